import GRPC
package import Logging
package import NIOCore
import SwiftProtobuf

/// A container runtime reached over the Container Runtime Interface v1, on a unix socket.
package struct CRIRuntime: ContainerRuntime {
  /// How long calls may take. A stop call gets its grace period on top, a pull has a limit of its own.
  package struct Timeouts: Sendable {
    package var call: TimeAmount = .minutes(2)
    package var list: TimeAmount = .seconds(10)
    package var pull: TimeAmount = .minutes(30)

    package init() {}
  }

  private let connection: GRPCConnection
  private let timeouts: Timeouts

  /// - Parameter socket: the runtime's socket, as a path or in the form `unix:///path`.
  package init(socket: String, group: any EventLoopGroup, timeouts: Timeouts = .init(), logger: Logger) {
    let path = socket.hasPrefix("unix://") ? String(socket.dropFirst("unix://".count)) : socket
    connection = GRPCConnection(target: .unix(path: path), tls: nil, serverName: nil, group: group, logger: logger)
    self.timeouts = timeouts
  }

  package func shutdown() async { await connection.close() }

  private enum ServiceName: String { case runtime = "RuntimeService", image = "ImageService" }

  private func call<Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message>(
    _ method: String, of service: ServiceName = .runtime, _ request: Request, timeout: TimeAmount? = nil
  ) async throws(RuntimeError) -> Response {
    do {
      return try await connection.unary(
        "/runtime.v1.\(service.rawValue)/\(method)", request, timeout: timeout ?? timeouts.call)
    } catch {
      throw RuntimeError(method, error)
    }
  }

  /// The same for calls that are to succeed when what they name is gone.
  private func callIgnoringAbsence<Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message>(
    _ method: String, _ request: Request, timeout: TimeAmount? = nil, answer: Response.Type
  ) async throws(RuntimeError) {
    do {
      let _: Response = try await call(method, request, timeout: timeout)
    } catch {
      if error.code != .notFound { throw error }
    }
  }

  package func version() async throws(RuntimeError) -> RuntimeVersion {
    let response: Runtime_V1_VersionResponse = try await call(
      "Version", Runtime_V1_VersionRequest(), timeout: timeouts.list)
    return RuntimeVersion(
      name: response.runtimeName, version: response.runtimeVersion, apiVersion: response.runtimeApiVersion)
  }

  package func conditions() async throws(RuntimeError) -> [RuntimeCondition] {
    let response: Runtime_V1_StatusResponse = try await call(
      "Status", Runtime_V1_StatusRequest(), timeout: timeouts.list)
    return response.status.conditions.map {
      RuntimeCondition(type: $0.type, status: $0.status, reason: $0.reason, message: $0.message)
    }
  }

  // MARK: Sandboxes

  package func runPodSandbox(_ config: SandboxConfig) async throws(RuntimeError) -> String {
    var request = Runtime_V1_RunPodSandboxRequest()
    request.config = .init(config)
    let response: Runtime_V1_RunPodSandboxResponse = try await call("RunPodSandbox", request, timeout: .minutes(4))
    return response.podSandboxID
  }

  package func stopPodSandbox(_ id: String) async throws(RuntimeError) {
    var request = Runtime_V1_StopPodSandboxRequest()
    request.podSandboxID = id
    try await callIgnoringAbsence("StopPodSandbox", request, answer: Runtime_V1_StopPodSandboxResponse.self)
  }

  package func removePodSandbox(_ id: String) async throws(RuntimeError) {
    var request = Runtime_V1_RemovePodSandboxRequest()
    request.podSandboxID = id
    try await callIgnoringAbsence("RemovePodSandbox", request, answer: Runtime_V1_RemovePodSandboxResponse.self)
  }

  package func listPodSandboxes(labels: [String: String]) async throws(RuntimeError) -> [Sandbox] {
    var request = Runtime_V1_ListPodSandboxRequest()
    if !labels.isEmpty { request.filter.labelSelector = labels }
    let response: Runtime_V1_ListPodSandboxResponse = try await call("ListPodSandbox", request, timeout: timeouts.list)
    return response.items.map(Sandbox.init)
  }

  package func podSandboxStatus(_ id: String) async throws(RuntimeError) -> SandboxStatus {
    var request = Runtime_V1_PodSandboxStatusRequest()
    request.podSandboxID = id
    let response: Runtime_V1_PodSandboxStatusResponse = try await call(
      "PodSandboxStatus", request, timeout: timeouts.list)
    return SandboxStatus(response.status)
  }

  // MARK: Containers

  package func createContainer(
    _ config: ContainerConfig, in sandbox: String, sandboxConfig: SandboxConfig
  ) async throws(RuntimeError) -> String {
    var request = Runtime_V1_CreateContainerRequest()
    request.podSandboxID = sandbox
    request.config = .init(config)
    request.sandboxConfig = .init(sandboxConfig)
    let response: Runtime_V1_CreateContainerResponse = try await call("CreateContainer", request)
    return response.containerID
  }

  package func startContainer(_ id: String) async throws(RuntimeError) {
    var request = Runtime_V1_StartContainerRequest()
    request.containerID = id
    let _: Runtime_V1_StartContainerResponse = try await call("StartContainer", request)
  }

  package func stopContainer(_ id: String, gracePeriod: Int64) async throws(RuntimeError) {
    var request = Runtime_V1_StopContainerRequest()
    request.containerID = id
    request.timeout = GracePeriod.bounded(gracePeriod)
    try await callIgnoringAbsence(
      "StopContainer", request, timeout: .seconds(request.timeout) + timeouts.call,
      answer: Runtime_V1_StopContainerResponse.self)
  }

  package func removeContainer(_ id: String) async throws(RuntimeError) {
    var request = Runtime_V1_RemoveContainerRequest()
    request.containerID = id
    try await callIgnoringAbsence("RemoveContainer", request, answer: Runtime_V1_RemoveContainerResponse.self)
  }

  package func listContainers(labels: [String: String]) async throws(RuntimeError) -> [ContainerSummary] {
    var request = Runtime_V1_ListContainersRequest()
    if !labels.isEmpty { request.filter.labelSelector = labels }
    let response: Runtime_V1_ListContainersResponse = try await call("ListContainers", request, timeout: timeouts.list)
    return response.containers.map(ContainerSummary.init)
  }

  package func containerStatus(_ id: String) async throws(RuntimeError) -> ContainerStatus {
    var request = Runtime_V1_ContainerStatusRequest()
    request.containerID = id
    let response: Runtime_V1_ContainerStatusResponse = try await call(
      "ContainerStatus", request, timeout: timeouts.list)
    return ContainerStatus(response.status)
  }

  package func execSync(
    _ id: String, command: [String], timeout: Int64
  ) async throws(RuntimeError) -> ExecResult {
    var request = Runtime_V1_ExecSyncRequest()
    request.containerID = id
    request.cmd = command
    request.timeout = timeout
    // The runtime ends the command itself; the call's own limit only guards against a runtime that hangs.
    let response: Runtime_V1_ExecSyncResponse = try await call(
      "ExecSync", request, timeout: timeout > 0 ? .seconds(min(timeout, 86_400)) + .seconds(5) : timeouts.call)
    return ExecResult(exitCode: response.exitCode, stdout: Array(response.stdout), stderr: Array(response.stderr))
  }

  package func exec(
    _ id: String, command: [String], streams: ProcessStreams
  ) async throws(RuntimeError) -> String {
    var request = Runtime_V1_ExecRequest()
    request.containerID = id
    request.cmd = command
    request.tty = streams.tty
    request.stdin = streams.stdin
    request.stdout = streams.stdout
    request.stderr = streams.stderr
    let response: Runtime_V1_ExecResponse = try await call("Exec", request, timeout: timeouts.list)
    return response.url
  }

  package func attach(_ id: String, streams: ProcessStreams) async throws(RuntimeError) -> String {
    var request = Runtime_V1_AttachRequest()
    request.containerID = id
    request.tty = streams.tty
    request.stdin = streams.stdin
    request.stdout = streams.stdout
    request.stderr = streams.stderr
    let response: Runtime_V1_AttachResponse = try await call("Attach", request, timeout: timeouts.list)
    return response.url
  }

  package func portForward(_ sandbox: String, ports: [Int32]) async throws(RuntimeError) -> String {
    var request = Runtime_V1_PortForwardRequest()
    request.podSandboxID = sandbox
    request.port = ports
    let response: Runtime_V1_PortForwardResponse = try await call("PortForward", request, timeout: timeouts.list)
    return response.url
  }

  package func reopenContainerLog(_ id: String) async throws(RuntimeError) {
    var request = Runtime_V1_ReopenContainerLogRequest()
    request.containerID = id
    let _: Runtime_V1_ReopenContainerLogResponse = try await call("ReopenContainerLog", request)
  }

  package func containerUsage(labels: [String: String]) async throws(RuntimeError) -> [ContainerUsage] {
    var request = Runtime_V1_ListContainerStatsRequest()
    if !labels.isEmpty { request.filter.labelSelector = labels }
    let response: Runtime_V1_ListContainerStatsResponse = try await call("ListContainerStats", request)
    return response.stats.map {
      ContainerUsage(
        id: $0.attributes.id, labels: $0.attributes.labels, cpuNanoseconds: $0.cpu.usageCoreNanoSeconds.value,
        workingSetBytes: $0.memory.workingSetBytes.value)
    }
  }

  // MARK: Images

  package func imageStatus(_ name: String) async throws(RuntimeError) -> ImageInfo? {
    var request = Runtime_V1_ImageStatusRequest()
    request.image.image = name
    let response: Runtime_V1_ImageStatusResponse = try await call(
      "ImageStatus", of: .image, request, timeout: timeouts.list)
    return response.hasImage ? ImageInfo(response.image) : nil
  }

  package func pullImage(_ name: String, credentials: ImageCredentials?) async throws(RuntimeError) -> String {
    var request = Runtime_V1_PullImageRequest()
    request.image.image = name
    if let credentials {
      request.auth.username = credentials.user
      request.auth.password = credentials.password
      request.auth.serverAddress = credentials.serverAddress
    }
    let response: Runtime_V1_PullImageResponse = try await call(
      "PullImage", of: .image, request, timeout: timeouts.pull)
    return response.imageRef
  }

  package func listImages() async throws(RuntimeError) -> [ImageInfo] {
    let response: Runtime_V1_ListImagesResponse = try await call(
      "ListImages", of: .image, Runtime_V1_ListImagesRequest(), timeout: timeouts.list)
    return response.images.map(ImageInfo.init)
  }
}

extension RuntimeError {
  /// A gRPC status as the runtime answered it. containerd answers "not found" as NOT_FOUND, but some of its paths lose
  /// the code and leave only the text.
  init(_ method: String, _ status: GRPCStatus) {
    let code: Code =
      switch status.code {
      case .notFound: .notFound
      case .alreadyExists: .alreadyExists
      case .invalidArgument: .invalidArgument
      case .deadlineExceeded: .deadlineExceeded
      case .unavailable, .cancelled: .unavailable
      case .unimplemented: .unimplemented
      case .unknown where status.message.hasSuffix("not found"): .notFound
      default: .failed
      }
    self.init(code, "\(method): \(status.message)")
  }
}
