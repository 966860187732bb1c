import Foundation

// Between the plain values of this module and CRI's messages.

extension Runtime_V1_PodSandboxConfig {
  init(_ config: SandboxConfig) {
    self.init()
    metadata.name = config.metadata.name
    metadata.namespace = config.metadata.namespace
    metadata.uid = config.metadata.uid
    metadata.attempt = config.metadata.attempt
    hostname = config.hostname
    logDirectory = config.logDirectory
    if let dns = config.dns {
      dnsConfig.servers = dns.servers
      dnsConfig.searches = dns.searches
      dnsConfig.options = dns.options
    }
    portMappings = config.portMappings.map { mapping in
      var message = Runtime_V1_PortMapping()
      message.protocol = .init(mapping.transport)
      message.containerPort = mapping.containerPort
      message.hostPort = mapping.hostPort
      message.hostIp = mapping.hostAddress
      return message
    }
    labels = config.labels
    annotations = config.annotations
    linux.cgroupParent = config.cgroupParent
    linux.sysctls = config.sysctls
    linux.securityContext.namespaceOptions = .init(network: config.network, pid: config.pid, ipc: config.ipc)
    linux.securityContext.privileged = config.security.isPrivileged
    if let user = config.security.runAsUser { linux.securityContext.runAsUser.value = user }
    if let group = config.security.runAsGroup { linux.securityContext.runAsGroup.value = group }
    linux.securityContext.supplementalGroups = config.security.supplementalGroups
    linux.securityContext.readonlyRootfs = config.security.isRootFilesystemReadOnly
    linux.securityContext.seccomp = .init(config.security.seccomp)
  }
}

extension Runtime_V1_Protocol {
  init(_ transport: TransportProtocol) {
    switch transport {
    case .tcp: self = .tcp
    case .udp: self = .udp
    case .sctp: self = .sctp
    }
  }
}

extension Runtime_V1_NamespaceMode {
  init(_ mode: NamespaceMode) {
    switch mode {
    case .pod: self = .pod
    case .container: self = .container
    case .node: self = .node
    }
  }
}

extension Runtime_V1_NamespaceOption {
  init(network: NamespaceMode, pid: NamespaceMode, ipc: NamespaceMode) {
    self.init()
    self.network = .init(network)
    self.pid = .init(pid)
    self.ipc = .init(ipc)
  }
}

extension Runtime_V1_SecurityProfile {
  init(_ profile: SeccompProfile) {
    self.init()
    switch profile {
    case .runtimeDefault: profileType = .runtimeDefault
    case .unconfined: profileType = .unconfined
    case .localhost(let path):
      profileType = .localhost
      localhostRef = path
    }
  }
}

extension Runtime_V1_ContainerConfig {
  init(_ config: ContainerConfig) {
    self.init()
    metadata.name = config.name
    metadata.attempt = config.attempt
    image.image = config.image
    command = config.command
    args = config.arguments
    workingDir = config.workingDirectory
    envs = config.environment.map { variable in
      var message = Runtime_V1_KeyValue()
      message.key = variable.name
      message.value = Data(variable.value.utf8)
      return message
    }
    mounts = config.mounts.map { mount in
      var message = Runtime_V1_Mount()
      message.containerPath = mount.containerPath
      message.hostPath = mount.hostPath
      message.readonly = mount.isReadOnly
      switch mount.propagation {
      case .none: message.propagation = .propagationPrivate
      case .hostToContainer: message.propagation = .propagationHostToContainer
      case .bidirectional: message.propagation = .propagationBidirectional
      }
      return message
    }
    labels = config.labels
    annotations = config.annotations
    logPath = config.logPath
    stdin = config.stdin
    stdinOnce = config.stdinOnce
    tty = config.tty
    linux.resources.cpuShares = config.resources.cpuShares
    linux.resources.cpuQuota = config.resources.cpuQuota
    linux.resources.cpuPeriod = config.resources.cpuPeriod
    linux.resources.memoryLimitInBytes = config.resources.memoryLimit
    linux.resources.oomScoreAdj = config.resources.oomScoreAdjust
    let security = config.security
    linux.securityContext.namespaceOptions = .init(network: config.network, pid: config.pid, ipc: config.ipc)
    linux.securityContext.privileged = security.isPrivileged
    if let user = security.runAsUser { linux.securityContext.runAsUser.value = user }
    if let group = security.runAsGroup { linux.securityContext.runAsGroup.value = group }
    linux.securityContext.supplementalGroups = security.supplementalGroups
    linux.securityContext.readonlyRootfs = security.isRootFilesystemReadOnly
    linux.securityContext.noNewPrivs = security.noNewPrivileges
    linux.securityContext.capabilities.addCapabilities = security.addedCapabilities
    linux.securityContext.capabilities.dropCapabilities = security.droppedCapabilities
    linux.securityContext.seccomp = .init(security.seccomp)
    linux.securityContext.maskedPaths = security.maskedPaths
    linux.securityContext.readonlyPaths = security.readOnlyPaths
  }
}

extension Sandbox {
  init(_ message: Runtime_V1_PodSandbox) {
    self.init(
      id: message.id, metadata: .init(message.metadata), isReady: message.state == .sandboxReady,
      createdAt: message.createdAt, labels: message.labels)
  }
}

extension SandboxMetadata {
  init(_ message: Runtime_V1_PodSandboxMetadata) {
    self.init(name: message.name, namespace: message.namespace, uid: message.uid, attempt: message.attempt)
  }
}

extension SandboxStatus {
  init(_ message: Runtime_V1_PodSandboxStatus) {
    let sandbox = Sandbox(
      id: message.id, metadata: .init(message.metadata), isReady: message.state == .sandboxReady,
      createdAt: message.createdAt, labels: message.labels)
    let addresses = [message.network.ip] + message.network.additionalIps.map(\.ip)
    self.init(sandbox: sandbox, addresses: addresses.filter { !$0.isEmpty })
  }
}

extension ContainerState {
  init(_ state: Runtime_V1_ContainerState) {
    switch state {
    case .containerCreated: self = .created
    case .containerRunning: self = .running
    case .containerExited: self = .exited
    case .containerUnknown, .UNRECOGNIZED: self = .unknown
    }
  }
}

extension ContainerSummary {
  init(_ message: Runtime_V1_Container) {
    self.init(
      id: message.id, sandboxID: message.podSandboxID, name: message.metadata.name, attempt: message.metadata.attempt,
      state: .init(message.state), createdAt: message.createdAt, labels: message.labels,
      annotations: message.annotations)
  }
}

extension ContainerStatus {
  init(_ message: Runtime_V1_ContainerStatus) {
    self.init(
      id: message.id, name: message.metadata.name, attempt: message.metadata.attempt, state: .init(message.state))
    createdAt = message.createdAt
    startedAt = message.startedAt
    finishedAt = message.finishedAt
    exitCode = message.exitCode
    image = message.image.image
    imageRef = message.imageRef
    reason = message.reason
    self.message = message.message
    labels = message.labels
    annotations = message.annotations
    logPath = message.logPath
  }
}

extension ImageInfo {
  init(_ message: Runtime_V1_Image) {
    self.init(
      id: message.id, tags: message.repoTags, digests: message.repoDigests, size: message.size,
      user: message.hasUid ? message.uid.value : nil, userName: message.username)
  }
}
