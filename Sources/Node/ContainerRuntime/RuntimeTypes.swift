package struct RuntimeVersion: Hashable, Sendable {
  /// "containerd", "hollow".
  package var name: String
  package var version: String
  package var apiVersion: String

  package init(name: String, version: String, apiVersion: String) {
    self.name = name
    self.version = version
    self.apiVersion = apiVersion
  }
}

package struct RuntimeCondition: Hashable, Sendable {
  package var type: String
  package var status: Bool
  package var reason: String
  package var message: String

  package init(type: String, status: Bool, reason: String = "", message: String = "") {
    self.type = type
    self.status = status
    self.reason = reason
    self.message = message
  }
}

/// Whose namespace of a kind (network, PID, IPC) is used.
package enum NamespaceMode: Hashable, Sendable {
  /// One that all containers of the pod share.
  case pod
  /// The container's own.
  case container
  /// The host's.
  case node
}

package enum TransportProtocol: Hashable, Sendable { case tcp, udp, sctp }

/// A port of the node that leads to the pod.
package struct PortMapping: Hashable, Sendable {
  package var transport: TransportProtocol
  package var containerPort: Int32
  package var hostPort: Int32
  /// "" for every address of the host.
  package var hostAddress: String

  package init(transport: TransportProtocol, containerPort: Int32, hostPort: Int32, hostAddress: String) {
    self.transport = transport
    self.containerPort = containerPort
    self.hostPort = hostPort
    self.hostAddress = hostAddress
  }
}

/// What stands in the pod's resolv.conf.
package struct DNSConfig: Hashable, Sendable {
  package var servers: [String]
  package var searches: [String]
  package var options: [String]

  package init(servers: [String] = [], searches: [String] = [], options: [String] = []) {
    self.servers = servers
    self.searches = searches
    self.options = options
  }
}

/// What tells sandboxes apart. The runtime refuses a second one with the same values.
package struct SandboxMetadata: Hashable, Sendable {
  package var name: String
  package var namespace: String
  package var uid: String
  /// Counts the sandboxes of a pod from 0.
  package var attempt: UInt32

  package init(name: String, namespace: String, uid: String, attempt: UInt32) {
    self.name = name
    self.namespace = namespace
    self.uid = uid
    self.attempt = attempt
  }
}

package struct SandboxConfig: Hashable, Sendable {
  package var metadata: SandboxMetadata
  package var hostname: String = ""
  /// Where the containers' log files go. Container configurations name theirs relative to it.
  package var logDirectory: String = ""
  /// Nil: the host's.
  package var dns: DNSConfig?
  package var portMappings: [PortMapping] = []
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  /// The cgroup below which the pod's cgroups are made, as a path in each hierarchy.
  package var cgroupParent: String = ""
  package var network: NamespaceMode = .pod
  package var pid: NamespaceMode = .container
  package var ipc: NamespaceMode = .pod
  package var sysctls: [String: String] = [:]
  package var security = SecurityConfig()

  package init(metadata: SandboxMetadata) { self.metadata = metadata }
}

package struct Sandbox: Hashable, Sendable {
  package var id: String
  package var metadata: SandboxMetadata
  package var isReady: Bool
  package var createdAt: Int64
  package var labels: [String: String]

  package init(id: String, metadata: SandboxMetadata, isReady: Bool, createdAt: Int64, labels: [String: String] = [:]) {
    self.id = id
    self.metadata = metadata
    self.isReady = isReady
    self.createdAt = createdAt
    self.labels = labels
  }
}

package struct SandboxStatus: Hashable, Sendable {
  package var sandbox: Sandbox
  /// The main address first. Empty in the host's network.
  package var addresses: [String]

  package init(sandbox: Sandbox, addresses: [String]) {
    self.sandbox = sandbox
    self.addresses = addresses
  }
}

package enum MountPropagation: Hashable, Sendable { case none, hostToContainer, bidirectional }

package struct ContainerMount: Hashable, Sendable {
  package var containerPath: String
  package var hostPath: String
  package var isReadOnly: Bool
  package var propagation: MountPropagation

  package init(
    containerPath: String, hostPath: String, isReadOnly: Bool = false, propagation: MountPropagation = .none
  ) {
    self.containerPath = containerPath
    self.hostPath = hostPath
    self.isReadOnly = isReadOnly
    self.propagation = propagation
  }
}

package struct EnvironmentVariable: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// Limits in the kernel's units. 0: none given.
package struct LinuxResources: Hashable, Sendable {
  /// Relative weight; 1024 is one CPU.
  package var cpuShares: Int64 = 0
  /// Microseconds of CPU time a period.
  package var cpuQuota: Int64 = 0
  package var cpuPeriod: Int64 = 0
  package var memoryLimit: Int64 = 0
  package var oomScoreAdjust: Int64 = 0

  package init() {}
}

package enum SeccompProfile: Hashable, Sendable {
  case runtimeDefault
  case unconfined
  /// A profile's path on the node.
  case localhost(String)
}

package struct SecurityConfig: Hashable, Sendable {
  package var isPrivileged = false
  package var runAsUser: Int64?
  package var runAsGroup: Int64?
  package var supplementalGroups: [Int64] = []
  package var isRootFilesystemReadOnly = false
  package var noNewPrivileges = false
  package var addedCapabilities: [String] = []
  package var droppedCapabilities: [String] = []
  package var seccomp: SeccompProfile = .unconfined
  package var maskedPaths: [String] = []
  package var readOnlyPaths: [String] = []

  package init() {}
}

package struct ContainerConfig: Hashable, Sendable {
  package var name: String
  /// Counts the containers of this name in the pod from 0.
  package var attempt: UInt32
  package var image: String
  /// Replaces the image's entry point, if not empty.
  package var command: [String] = []
  package var arguments: [String] = []
  package var workingDirectory: String = ""
  package var environment: [EnvironmentVariable] = []
  package var mounts: [ContainerMount] = []
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  /// Relative to the sandbox' log directory.
  package var logPath: String = ""
  package var stdin = false
  package var stdinOnce = false
  package var tty = false
  package var resources = LinuxResources()
  package var security = SecurityConfig()
  package var network: NamespaceMode = .pod
  package var pid: NamespaceMode = .container
  package var ipc: NamespaceMode = .pod

  package init(name: String, attempt: UInt32, image: String) {
    self.name = name
    self.attempt = attempt
    self.image = image
  }
}

/// Which of a process' streams are wanted.
package struct ProcessStreams: Hashable, Sendable {
  package let stdin: Bool
  package let stdout: Bool
  /// Never together with `tty`: a terminal has one output.
  package let stderr: Bool
  package let tty: Bool

  package init(stdin: Bool = false, stdout: Bool = false, stderr: Bool = false, tty: Bool = false) {
    self.stdin = stdin
    self.stdout = stdout
    self.stderr = stderr && !tty
    self.tty = tty
  }

  package var isEmpty: Bool { !stdin && !stdout && !stderr }
}

package enum ContainerState: Hashable, Sendable { case created, running, exited, unknown }

package struct ContainerSummary: Hashable, Sendable {
  package var id: String
  package var sandboxID: String
  package var name: String
  package var attempt: UInt32
  package var state: ContainerState
  package var createdAt: Int64
  package var labels: [String: String]
  package var annotations: [String: String]

  package init(
    id: String, sandboxID: String, name: String, attempt: UInt32, state: ContainerState, createdAt: Int64,
    labels: [String: String] = [:], annotations: [String: String] = [:]
  ) {
    self.id = id
    self.sandboxID = sandboxID
    self.name = name
    self.attempt = attempt
    self.state = state
    self.createdAt = createdAt
    self.labels = labels
    self.annotations = annotations
  }
}

package struct ContainerStatus: Hashable, Sendable {
  package var id: String
  package var name: String
  package var attempt: UInt32
  package var state: ContainerState
  package var createdAt: Int64 = 0
  package var startedAt: Int64 = 0
  package var finishedAt: Int64 = 0
  package var exitCode: Int32 = 0
  /// As the container's configuration named it.
  package var image: String = ""
  /// The image's digest on the node.
  package var imageRef: String = ""
  /// "Completed", "Error", "OOMKilled" and the like.
  package var reason: String = ""
  package var message: String = ""
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  package var logPath: String = ""

  package init(id: String, name: String, attempt: UInt32, state: ContainerState) {
    self.id = id
    self.name = name
    self.attempt = attempt
    self.state = state
  }
}

package struct ExecResult: Hashable, Sendable {
  package var exitCode: Int32
  package var stdout: [UInt8]
  package var stderr: [UInt8]

  package init(exitCode: Int32, stdout: [UInt8] = [], stderr: [UInt8] = []) {
    self.exitCode = exitCode
    self.stdout = stdout
    self.stderr = stderr
  }
}

package struct ContainerUsage: Hashable, Sendable {
  package var id: String
  package var labels: [String: String]
  /// CPU time used since the container's start, in nanoseconds.
  package var cpuNanoseconds: UInt64
  package var workingSetBytes: UInt64

  package init(id: String, labels: [String: String], cpuNanoseconds: UInt64, workingSetBytes: UInt64) {
    self.id = id
    self.labels = labels
    self.cpuNanoseconds = cpuNanoseconds
    self.workingSetBytes = workingSetBytes
  }
}

package struct ImageInfo: Hashable, Sendable {
  package var id: String
  package var tags: [String]
  package var digests: [String]
  package var size: UInt64
  /// The user that the image runs as, where it is a number.
  package var user: Int64?
  /// The user that the image runs as, where it is a name.
  package var userName: String

  package init(
    id: String, tags: [String] = [], digests: [String] = [], size: UInt64 = 0, user: Int64? = nil, userName: String = ""
  ) {
    self.id = id
    self.tags = tags
    self.digests = digests
    self.size = size
    self.user = user
    self.userName = userName
  }
}

package struct ImageCredentials: Hashable, Sendable {
  package var user: String
  package var password: String
  package var serverAddress: String

  package init(user: String, password: String, serverAddress: String) {
    self.user = user
    self.password = password
    self.serverAddress = serverAddress
  }
}
