import ClusterConfig
import ContainerRuntime
import Files
import KubernetesAPI
import Logging
import NIOPosix
import NodeNetwork

/// Brings up the container runtime that the options name.
struct RuntimeSetup: Sendable {
  let runtime: any ContainerRuntime
  /// Where the pod network's configuration goes; nil: nowhere.
  let networkFolder: String?
  let addressFolder: String
  private let options: KubeletOptions
  private let host: ContainerdHost?
  private let images: [String]

  init(options: KubeletOptions, logger: Logger) {
    self.options = options
    let group = MultiThreadedEventLoopGroup.singleton
    switch options.runtime {
    case .managed(let folder, let images):
      let configuration = ContainerdConfiguration(folder: folder, pauseImage: options.pauseImage)
      host = ContainerdHost(configuration: configuration, logger: logger)
      self.images = images
      networkFolder = configuration.networkFolder
      addressFolder = configuration.addressFolder
      runtime = CRIRuntime(socket: configuration.socket, group: group, logger: logger)
    case .socket(let path, let folder):
      host = nil
      images = []
      networkFolder = folder
      addressFolder = "\(options.root)/cni/ipam"
      runtime = CRIRuntime(socket: path, group: group, logger: logger)
    case .hollow:
      host = nil
      images = []
      networkFolder = nil
      addressFolder = ""
      let range = options.podRange ?? options.clusterPods
      let prefix = "\(range.address)".split(separator: ".").prefix(3).joined(separator: ".")
      runtime = HollowRuntime(addressPrefix: prefix, now: WallTime.now)
    }
  }

  func start() async throws {
    try await host?.start()
    try await host?.importImages(images)
  }

  /// Keeps a managed runtime running until cancelled.
  func supervise() async throws {
    if let host { return try await host.supervise() }
    while true { try await Task.sleep(for: .seconds(3600)) }
  }

  func stop() async {
    await runtime.shutdown()
    await host?.stop()
  }
}

/// Keeps the node's pod network as the API's nodes say: its own range for the runtime, routes to the others'.
actor NodeNetworkKeeper {
  private let options: KubeletOptions
  private let setup: RuntimeSetup
  private let logger: Logger
  private var range: IPv4Network?
  private var routes: RouteTable?

  init(options: KubeletOptions, setup: RuntimeSetup, logger: Logger) {
    self.options = options
    self.setup = setup
    self.logger = logger
  }

  func reconcile(_ nodes: [CoreV1.Node]) async {
    let own = nodes.first { $0.metadata.name == options.nodeName }
    guard let range = options.podRange ?? own.flatMap({ IPv4Network($0.spec.podCIDR) }) else { return }
    do {
      try configure(range)
    } catch {
      logger.error("pod network not configured", metadata: ["error": "\(error)"])
      return
    }
    let others = nodes.compactMap { node -> RemoteNode? in
      guard node.metadata.name != options.nodeName, let range = IPv4Network(node.spec.podCIDR),
        let text = node.status.addresses.first(where: { $0.type == "InternalIP" })?.address,
        let address = IPv4Address(text)
      else { return nil }
      return RemoteNode(name: node.metadata.name, address: address, podRange: range)
    }
    await routes?.reconcile(others)
  }

  private func configure(_ range: IPv4Network) throws {
    guard self.range != range, let folder = setup.networkFolder else { return }
    try CNIConfiguration(podRange: range, addressFolder: setup.addressFolder).write(into: folder)
    if options.managesRoutes {
      let table = RouteTable(planner: RoutePlanner(own: range, clusterPods: options.clusterPods), logger: logger)
      routes = table
      try AtomicFile.writeInPlace("1", to: "/proc/sys/net/ipv4/ip_forward")
    }
    self.range = range
    logger.info("pod network configured", metadata: ["range": "\(range)"])
  }
}
