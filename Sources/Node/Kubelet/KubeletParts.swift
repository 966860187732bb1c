import ClusterClient
import ClusterConfig
import ContainerRuntime
import KubernetesAPI
import Logging
import NIOPosix

/// The kubelet's parts, put together.
struct KubeletParts: Sendable {
  let runtime: any ContainerRuntime
  let manager: PodManager
  let publisher: StatusPublisher
  let probes: ProbeManager
  let events: EventRecorder
  let agent: NodeAgent
  let folders: PodFolders
  let cgroups: PodCgroups
  let refresher: VolumeRefresher

  init(options: KubeletOptions, client: ClusterClient, runtime: any ContainerRuntime, logger: Logger) {
    self.runtime = runtime
    folders = PodFolders(root: options.root)
    cgroups = PodCgroups(parent: options.cgroupParent)
    events = EventRecorder(client, component: "kubelet", host: options.nodeName, logger: logger)
    let machine = MachineInfo(folder: options.root)
    let isHollow = if case .hollow = options.runtime { true } else { false }
    let nodeBuilder = NodeStatusBuilder(
      name: options.nodeName, hostAddress: "\(options.hostAddress)", kubeletPort: Int32(options.port),
      kubeletVersion: options.version, machine: machine, maxPods: options.maxPods, isHollow: isHollow,
      labels: options.labels)
    var timing = NodeAgent.Timing()
    timing.renew = options.leaseRenew
    timing.leaseDuration = Int32(clamping: max(1, options.leaseRenew.components.seconds * 4))
    agent = NodeAgent(client: client, runtime: runtime, builder: nodeBuilder, timing: timing, logger: logger)
    let node = PodEnvironment(
      nodeName: options.nodeName, hostAddress: "\(options.hostAddress)", clusterDomain: options.clusterDomain,
      clusterDNS: options.clusterDNS, machineMemory: machine.memory, allocatable: nodeBuilder.allocatable)
    let handlers = HandlerRunner(runtime: runtime, group: MultiThreadedEventLoopGroup.singleton)
    let tokens = TokenStore(client: client, now: { WallTime.now() / 1_000_000_000 }, logger: logger)
    let actions = PodActions(
      runtime: runtime, folders: folders, cgroups: cgroups, node: node,
      references: APIReferenceSource(client: client, tokens: tokens),
      events: events, handlers: handlers, logger: logger)
    let publisher = StatusPublisher(client: client, logger: logger)
    self.publisher = publisher
    var builder = PodStatusBuilder(hostAddress: "\(options.hostAddress)")
    if isHollow { builder.runtimeName = "hollow" }
    let manager = PodManager(actions: actions, builder: builder, now: WallTime.now, logger: logger) {
      publisher.publish($0)
    }
    self.manager = manager
    refresher = VolumeRefresher(manager: manager, actions: actions, tokens: tokens)
    let events = self.events
    probes = ProbeManager(
      handlers: handlers,
      changed: { uid in Task { await manager.probeChanged(uid) } },
      report: { pod, message in events.record(pod, .warning, reason: "Unhealthy", message: message) })
  }

  /// The one circle among the parts: probes report to the manager that asks them.
  func connect() async { await manager.use(probes) }
}
