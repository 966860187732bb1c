package import ContainerRuntime
package import HTTPServer
import JSONDocument
import KubernetesAPI
package import Logging
import NIOCore
import NIOHTTP1
import Observability

/// What the node answers on its port: logs for the front-ends, its pods, its health, its figures; and it carries the
/// streams of commands, of attached containers and of forwarded ports between the front-ends and the runtime.
///
/// Who may ask for what: ``KubeletAccess``. TLS has verified the client's certificate, if it showed one, before a
/// request comes here.
package struct KubeletServer: Sendable {
  private let manager: PodManager
  private let access: KubeletAccess
  private let streams: StreamServer
  private let now: @Sendable () -> Int64
  private let logger: Logger

  /// - Parameter dialer: how the runtime's own server is reached; it listens on this host only.
  package init(
    manager: PodManager, runtime: any ContainerRuntime, access: KubeletAccess,
    dialer: UpgradeDialer = UpgradeDialer(), now: @escaping @Sendable () -> Int64, logger: Logger
  ) {
    self.manager = manager
    self.access = access
    streams = StreamServer(manager: manager, runtime: runtime, dialer: dialer, logger: logger)
    self.now = now
    self.logger = logger
  }

  /// Answers one request.
  package func handle(_ request: HTTPServerRequest, _ writer: HTTPResponseWriter) async throws {
    guard let path = request.pathSegments else { return try await text(writer, .badRequest, "the path is not valid\n") }
    do throws(KubeletAccess.Refusal) {
      try await access.check(request.peer, token: request.bearerToken, method: request.method, path: path)
    } catch {
      return try await text(writer, error.status, error.message + "\n")
    }
    switch path.first {
    case "exec", "attach", "portForward": return try await streams.serve(path, request, writer)
    case "run": return try await text(writer, .notImplemented, "this kubelet does not serve run: use exec\n")
    default: break
    }
    guard request.method == .GET || request.method == .HEAD else {
      return try await text(writer, .methodNotAllowed, "method not allowed\n")
    }
    switch path {
    case ["healthz"], ["livez"], ["readyz"]: try await text(writer, .ok, "ok")
    case ["metrics"]: try await text(writer, .ok, await metrics())
    case ["pods"]: try await pods(writer)
    case _ where path.count == 4 && path[0] == "containerLogs":
      try await logs(namespace: path[1], pod: path[2], container: path[3], request.query, writer)
    default: try await text(writer, .notFound, "404 page not found\n")
    }
  }

  private func text(_ writer: HTTPResponseWriter, _ status: HTTPResponseStatus, _ body: String) async throws {
    try await writer.respond(
      status, headers: ["content-type": "text/plain; charset=utf-8"], body: ByteBuffer(string: body))
  }

  private func pods(_ writer: HTTPResponseWriter) async throws {
    let list = ObjectList(items: await manager.pods)
    try await writer.respond(
      .ok, headers: ["content-type": "application/json"], body: ByteBuffer(bytes: list.jsonBytes))
  }

  private func metrics() async -> String {
    let pods = await manager.pods
    let running = await manager.runningLogs.count
    return """
      # HELP kubelet_running_pods Pods that this kubelet runs.
      # TYPE kubelet_running_pods gauge
      kubelet_running_pods \(pods.count { $0.status.phase == "Running" })
      # HELP kubelet_running_containers Containers that run.
      # TYPE kubelet_running_containers gauge
      kubelet_running_containers{container_state="running"} \(running)

      """ + Observability.exposition()
  }

  // MARK: Logs

  private func logs(
    namespace: String, pod: String, container: String, _ query: HTTPQuery, _ writer: HTTPResponseWriter
  ) async throws {
    let options: ContainerLogOptions
    let isPrevious: Bool
    do throws(LogQuery.Failure) {
      options = try LogQuery.options(query, now: now())
      isPrevious = try LogQuery.flag(query, "previous")
    } catch {
      return try await text(writer, .badRequest, "\(error)\n")
    }
    guard let found = await manager.container(namespace: namespace, pod: pod, name: container, previous: isPrevious)
    else {
      return try await text(writer, .notFound, "pod \(pod) does not exist on this node\n")
    }
    let names = (found.pod.spec.containers + found.pod.spec.initContainers).map(\.name)
    guard names.contains(container) else {
      return try await text(writer, .notFound, "container \(container) not found in pod \(pod)_\(namespace)\n")
    }
    guard let status = found.status, !status.logPath.isEmpty else {
      let reason = found.pod.containerStatus(container)?.state.waiting?.reason ?? "ContainerCreating"
      let message =
        isPrevious
        ? "previous terminated container \"\(container)\" in pod \"\(pod)\" not found"
        : "container \"\(container)\" in pod \"\(pod)\" is waiting to start: \(reason)"
      return try await text(writer, .badRequest, message + "\n")
    }
    let reader = ContainerLogReader(path: status.logPath, options: options) { [manager] in
      await manager.isRunning(container: status.id)
    }
    // The head goes out once the log is open: what cannot be opened is still an error to the client, and who follows a
    // silent container is not left to wonder whether the kubelet lives.
    var hasHead = false
    do {
      try await reader.run {
        try await writer.writeHead(.ok, headers: ["content-type": "text/plain; charset=utf-8"])
        hasHead = true
      } _: { bytes in
        try await writer.write(ByteBuffer(bytes: bytes))
      }
      try await writer.finish()
    } catch let error as ContainerLogReader.Failure where !hasHead {
      try await text(writer, .internalServerError, "\(error)\n")
    }
  }
}

/// The parameters of a log request, as `PodLogOptions` has them.
package enum LogQuery {
  package struct Failure: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  package static func flag(_ query: HTTPQuery, _ name: String) throws(Failure) -> Bool {
    switch query[name] {
    case nil, "false", "0": false
    case "true", "1", "": true
    case let text?: throw Failure(description: "\(name): \"\(text)\" is not true or false")
    }
  }

  private static func number(_ query: HTTPQuery, _ name: String, least: Int) throws(Failure) -> Int? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let value = Int(text), value >= least else {
      throw Failure(description: "\(name): \"\(text)\" is not a number of at least \(least)")
    }
    return value
  }

  package static func options(_ query: HTTPQuery, now: Int64) throws(Failure) -> ContainerLogOptions {
    var options = ContainerLogOptions()
    options.follow = try flag(query, "follow")
    options.timestamps = try flag(query, "timestamps")
    options.tailLines = try number(query, "tailLines", least: 0)
    options.limitBytes = try number(query, "limitBytes", least: 1)
    if let seconds = try number(query, "sinceSeconds", least: 1) {
      options.since = now - Int64(min(seconds, 1 << 31)) * nanosecondsPerSecond
    }
    if let text = query["sinceTime"], !text.isEmpty {
      guard options.since == nil else {
        throw Failure(description: "at most one of sinceTime or sinceSeconds may be given")
      }
      guard let time = LogTime.parse(Array(text.utf8)) else {
        throw Failure(description: "sinceTime: \"\(text)\" is not a time (RFC 3339)")
      }
      options.since = time
    }
    switch query["stream"] {
    case nil, "", "All": break
    case "Stdout": options.stream = .stdout
    case "Stderr": options.stream = .stderr
    case let text?: throw Failure(description: "stream: \"\(text)\" is not All, Stdout or Stderr")
    }
    return options
  }
}
