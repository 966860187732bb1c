package import ContainerRuntime
package import KubernetesAPI
import PodRules

/// What of the node goes into the configuration of its pods.
package struct PodEnvironment: Sendable {
  package var nodeName: String
  package var hostAddress: String
  package var clusterDomain: String
  /// Addresses of the cluster's DNS. Empty: there is none, and pods use the host's resolv.conf.
  package var clusterDNS: [String]
  package var machineMemory: Int64
  package var allocatable: [String: Quantity]

  package init(
    nodeName: String, hostAddress: String, clusterDomain: String = "cluster.local", clusterDNS: [String] = [],
    machineMemory: Int64 = 0, allocatable: [String: Quantity] = [:]
  ) {
    self.nodeName = nodeName
    self.hostAddress = hostAddress
    self.clusterDomain = clusterDomain
    self.clusterDNS = clusterDNS
    self.machineMemory = machineMemory
    self.allocatable = allocatable
  }
}

/// Turns a pod into configurations for the runtime. Pure.
package struct RuntimeConfigs: Sendable {
  package var pod: CoreV1.Pod
  package var node: PodEnvironment
  package var logDirectory: String
  package var cgroupParent: String

  package init(pod: CoreV1.Pod, node: PodEnvironment, logDirectory: String, cgroupParent: String) {
    self.pod = pod
    self.node = node
    self.logDirectory = logDirectory
    self.cgroupParent = cgroupParent
  }

  private var identity: [String: String] {
    [
      RuntimeLabels.podName: pod.metadata.name, RuntimeLabels.podNamespace: pod.metadata.namespace,
      RuntimeLabels.podUID: pod.metadata.uid,
    ]
  }

  /// The host name inside of the pod: the host's own in its network, otherwise the pod's, cut to what a host name may
  /// be.
  package var hostname: String {
    if pod.spec.hostNetwork { return node.nodeName }
    var name = String((pod.spec.hostname.isEmpty ? pod.metadata.name : pod.spec.hostname).prefix(63))
    while name.hasSuffix("-") || name.hasSuffix(".") { name.removeLast() }
    return name
  }

  // MARK: Sandbox

  package func sandbox(attempt: UInt32) -> SandboxConfig {
    var config = SandboxConfig(
      metadata: SandboxMetadata(
        name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid, attempt: attempt))
    // The node has its name already, and the runtime refuses to set it without a namespace for it.
    if !pod.spec.hostNetwork { config.hostname = hostname }
    config.logDirectory = logDirectory
    config.dns = dns
    config.cgroupParent = cgroupParent
    config.labels = pod.metadata.labels.merging(identity) { _, own in own }
    config.annotations = pod.metadata.annotations
    config.annotations[RuntimeLabels.podTerminationGrace] = String(pod.gracePeriod)
    config.network = pod.spec.hostNetwork ? .node : .pod
    config.pid = pod.spec.hostPID ? .node : pod.spec.shareProcessNamespace == true ? .pod : .container
    config.ipc = pod.spec.hostIPC ? .node : .pod
    if !pod.spec.hostNetwork {
      config.portMappings = pod.spec.containers.flatMap(\.ports).filter { $0.hostPort > 0 }.map {
        PortMapping(
          transport: Self.transport($0.protocol), containerPort: $0.containerPort, hostPort: $0.hostPort,
          hostAddress: $0.hostIP)
      }
    }
    let context = pod.spec.securityContext
    config.sysctls = Dictionary(
      context?.sysctls.map { ($0.name, $0.value) } ?? [], uniquingKeysWith: { _, last in last })
    config.security.runAsUser = context?.runAsUser
    config.security.runAsGroup = context?.runAsUser == nil ? nil : context?.runAsGroup
    config.security.supplementalGroups = groups
    // A privileged container may only live in a sandbox that was made for it.
    config.security.isPrivileged = (pod.spec.initContainers + pod.spec.containers)
      .contains { $0.securityContext?.privileged == true }
    config.security.seccomp = Self.seccomp(context?.seccompProfile)
    return config
  }

  private static func transport(_ name: String) -> TransportProtocol {
    switch name {
    case "UDP": .udp
    case "SCTP": .sctp
    default: .tcp
    }
  }

  private static func seccomp(_ profile: CoreV1.SeccompProfile?) -> SeccompProfile {
    switch profile?.type {
    case "RuntimeDefault": .runtimeDefault
    case "Localhost": .localhost(profile?.localhostProfile ?? "")
    default: .unconfined
    }
  }

  private var groups: [Int64] {
    let context = pod.spec.securityContext
    return (context?.fsGroup.map { [$0] } ?? []) + (context?.supplementalGroups ?? [])
  }

  /// Nil: the host's resolv.conf, unchanged.
  private var dns: DNSConfig? {
    let own = pod.spec.dnsConfig
    var config: DNSConfig?
    let policy = pod.spec.hostNetwork && pod.spec.dnsPolicy == "ClusterFirst" ? "Default" : pod.spec.dnsPolicy
    switch policy {
    case "None": config = DNSConfig()
    case "Default": config = nil
    default:
      if !node.clusterDNS.isEmpty {
        let domain = node.clusterDomain
        config = DNSConfig(
          servers: node.clusterDNS, searches: ["\(pod.metadata.namespace).svc.\(domain)", "svc.\(domain)", domain],
          options: ["ndots:5"])
      }
    }
    guard let own else { return config }
    var merged = config ?? DNSConfig()
    merged.servers = Self.unique(merged.servers + own.nameservers)
    merged.searches = Self.unique(merged.searches + own.searches)
    for option in own.options {
      merged.options.removeAll { $0 == option.name || $0.hasPrefix("\(option.name):") }
      merged.options.append(option.value.map { "\(option.name):\($0)" } ?? option.name)
    }
    return merged
  }

  private static func unique(_ items: [String]) -> [String] {
    var seen = Set<String>()
    return items.filter { seen.insert($0).inserted }
  }

  // MARK: Container

  /// - Parameter image: what is known of the image on the node; its user matters to `runAsNonRoot`.
  package func container(
    _ container: CoreV1.Container, attempt: UInt32, environment: [EnvironmentVariable], mounts: [ContainerMount],
    image: ImageInfo?
  ) throws(PodActionError) -> ContainerConfig {
    var config = ContainerConfig(name: container.name, attempt: attempt, image: container.image)
    let values = Dictionary(environment.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    config.command = container.command.map { EnvironmentBuilder.expand($0, values) }
    config.arguments = container.args.map { EnvironmentBuilder.expand($0, values) }
    config.workingDirectory = container.workingDir
    config.environment = environment
    // The shells' convention, which images rely on; the runtime sets it only where the image does.
    if values["HOSTNAME"] == nil { config.environment.insert(.init(name: "HOSTNAME", value: hostname), at: 0) }
    config.mounts = mounts
    config.labels = identity
    config.labels[RuntimeLabels.containerName] = container.name
    config.annotations = [
      RuntimeLabels.containerHash: container.restartHash, RuntimeLabels.restartCount: String(attempt),
      RuntimeLabels.terminationMessagePath: container.terminationMessagePath,
      RuntimeLabels.terminationMessagePolicy: container.terminationMessagePolicy,
    ]
    config.logPath = "\(container.name)/\(attempt).log"
    config.stdin = container.stdin
    config.stdinOnce = container.stdinOnce
    config.tty = container.tty
    config.resources = LinuxResources(of: container, in: pod, machineMemory: node.machineMemory)
    config.network = pod.spec.hostNetwork ? .node : .pod
    config.pid = pod.spec.hostPID ? .node : pod.spec.shareProcessNamespace == true ? .pod : .container
    config.ipc = pod.spec.hostIPC ? .node : .pod
    config.security = try security(of: container, image: image)
    return config
  }

  private func security(of container: CoreV1.Container, image: ImageInfo?) throws(PodActionError) -> SecurityConfig {
    let own = container.securityContext
    let shared = pod.spec.securityContext
    var config = SecurityConfig()
    config.isPrivileged = own?.privileged ?? false
    config.runAsUser = own?.runAsUser ?? shared?.runAsUser
    config.runAsGroup = own?.runAsGroup ?? shared?.runAsGroup
    // CRI takes a group only together with a user.
    if config.runAsUser == nil, config.runAsGroup != nil { config.runAsUser = image?.user ?? 0 }
    config.supplementalGroups = groups
    config.isRootFilesystemReadOnly = own?.readOnlyRootFilesystem ?? false
    config.noNewPrivileges = own?.allowPrivilegeEscalation == false
    config.addedCapabilities = own?.capabilities?.add ?? []
    config.droppedCapabilities = own?.capabilities?.drop ?? []
    config.seccomp = Self.seccomp(own?.seccompProfile ?? shared?.seccompProfile)
    if !config.isPrivileged, own?.procMount != "Unmasked" {
      config.maskedPaths = Self.maskedPaths
      config.readOnlyPaths = Self.readOnlyPaths
    }
    if own?.runAsNonRoot ?? shared?.runAsNonRoot ?? false {
      let problem: String? =
        if let user = config.runAsUser {
          user == 0 ? "container's runAsUser breaks non-root policy" : nil
        } else if let image, !image.userName.isEmpty {
          "container has runAsNonRoot and image has non-numeric user (\(image.userName)), cannot verify user is non-root"
        } else {
          (image?.user ?? 0) == 0 ? "container has runAsNonRoot and image will run as root" : nil
        }
      if let problem { throw PodActionError(reason: "CreateContainerConfigError", message: problem) }
    }
    return config
  }

  /// Paths of /proc and /sys that tell of, or reach, the host: the set that container runtimes hide by custom.
  private static let maskedPaths = [
    "/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
    "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
  ]
  private static let readOnlyPaths = [
    "/proc/asound", "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
  ]
}
