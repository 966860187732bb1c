/// What runs containers on a node, as the kubelet sees it: the parts of the Container Runtime Interface that Apus uses,
/// in plain values, so that the kubelet's rules neither see protobuf nor gRPC.
///
/// `CRIRuntime` talks to containerd or another runtime; `HollowRuntime` only pretends.
///
/// All calls may be made concurrently. Stop and remove calls are idempotent: what is gone already is no error.
/// Times are nanoseconds since 1970; 0 means that it has not happened.
package protocol ContainerRuntime: Sendable {
  /// Name and versions of the runtime. Also the cheapest way to see whether it lives.
  func version() async throws(RuntimeError) -> RuntimeVersion

  /// The runtime's own conditions: `RuntimeReady`, `NetworkReady`.
  func conditions() async throws(RuntimeError) -> [RuntimeCondition]

  /// Makes a pod's sandbox: its namespaces, its network, its cgroup. Returns the sandbox' id.
  func runPodSandbox(_ config: SandboxConfig) async throws(RuntimeError) -> String

  /// Ends what runs in the sandbox, at once, and gives back its network. Containers and their logs stay.
  func stopPodSandbox(_ id: String) async throws(RuntimeError)

  /// Removes a stopped sandbox with all of its containers.
  func removePodSandbox(_ id: String) async throws(RuntimeError)

  /// Sandboxes that carry all of these labels, in no order.
  func listPodSandboxes(labels: [String: String]) async throws(RuntimeError) -> [Sandbox]

  /// A sandbox with its addresses. Throws `.notFound` when it is gone.
  func podSandboxStatus(_ id: String) async throws(RuntimeError) -> SandboxStatus

  /// Makes a container, not started. `sandboxConfig` must be the one that the sandbox was made with.
  func createContainer(
    _ config: ContainerConfig, in sandbox: String, sandboxConfig: SandboxConfig
  ) async throws(RuntimeError) -> String

  func startContainer(_ id: String) async throws(RuntimeError)

  /// Sends the stop signal, waits at most `gracePeriod` seconds (see `GracePeriod`), then kills. Returns once the
  /// container has ended. 0 kills at once.
  func stopContainer(_ id: String, gracePeriod: Int64) async throws(RuntimeError)

  /// Removes a container that does not run. Its log file stays: it belongs to the kubelet.
  func removeContainer(_ id: String) async throws(RuntimeError)

  /// Containers that carry all of these labels, in no order.
  func listContainers(labels: [String: String]) async throws(RuntimeError) -> [ContainerSummary]

  /// Throws `.notFound` when it is gone.
  func containerStatus(_ id: String) async throws(RuntimeError) -> ContainerStatus

  /// Runs a command in the container and waits for its end.
  /// Throws `.deadlineExceeded` after `timeout` seconds (0: the runtime's own limit).
  func execSync(_ id: String, command: [String], timeout: Int64) async throws(RuntimeError) -> ExecResult

  /// Prepares a command in the container whose streams the caller will carry. Returns the URL of the runtime's own
  /// server at which one connection, by SPDY/3.1 or WebSocket, starts it; only programs of this host reach it, and it is
  /// good for a short time and once.
  func exec(_ id: String, command: [String], streams: ProcessStreams) async throws(RuntimeError) -> String

  /// The same for the streams of the container's own process.
  func attach(_ id: String, streams: ProcessStreams) async throws(RuntimeError) -> String

  /// The same for connections to ports of the sandbox. Ports only matter to WebSocket connections: by SPDY each stream
  /// names its own.
  func portForward(_ sandbox: String, ports: [Int32]) async throws(RuntimeError) -> String

  /// Makes the runtime write to a new file at the container's log path, after the old one was renamed.
  func reopenContainerLog(_ id: String) async throws(RuntimeError)

  /// CPU and memory of running containers with these labels.
  func containerUsage(labels: [String: String]) async throws(RuntimeError) -> [ContainerUsage]

  /// The image under this name, if it is on the node.
  func imageStatus(_ name: String) async throws(RuntimeError) -> ImageInfo?

  /// Fetches an image. Returns its reference on the node.
  func pullImage(_ name: String, credentials: ImageCredentials?) async throws(RuntimeError) -> String

  func listImages() async throws(RuntimeError) -> [ImageInfo]

  /// Ends the connection. Containers run on.
  func shutdown() async
}

extension ContainerRuntime {
  // A runtime that carries no streams says so.
  package func exec(
    _ id: String, command: [String], streams: ProcessStreams
  ) async throws(RuntimeError) -> String {
    throw RuntimeError(.unimplemented, "this runtime runs no commands in containers")
  }

  package func attach(_ id: String, streams: ProcessStreams) async throws(RuntimeError) -> String {
    throw RuntimeError(.unimplemented, "this runtime attaches to no containers")
  }

  package func portForward(_ sandbox: String, ports: [Int32]) async throws(RuntimeError) -> String {
    throw RuntimeError(.unimplemented, "this runtime forwards no ports")
  }
}

/// How long a container may take to stop, in seconds. Who writes a pod may ask for any number of 64 bits.
package enum GracePeriod {
  /// A year: what is longer counts as this much, so that it can be turned into nanoseconds and added to a time.
  package static let longest: Int64 = 365 * 86_400

  /// The period that counts: between none and the longest.
  package static func bounded(_ seconds: Int64) -> Int64 { max(0, min(seconds, longest)) }
}
