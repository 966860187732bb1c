import ContainerRuntime
import HTTPServer
import KubernetesAPI
import Logging
import NIOCore
import NIOHTTP1

/// Carries streams between a front-end's connection and the runtime's server on this host.
///
///     front-end ══ upgrade ══ kubelet ══ upgrade ══ runtime ── process
///
/// The runtime is asked for a URL that is good for this once, the request is made again there, and whatever both ends
/// then say to one another, in whichever of the protocols that they agree on, passes through as bytes.
struct StreamServer: Sendable {
  let manager: PodManager
  let runtime: any ContainerRuntime
  let dialer: UpgradeDialer
  let logger: Logger

  /// How long the runtime may take to answer.
  private static let patience = TimeAmount.seconds(30)

  /// What is handed to the runtime: it need not know who asks.
  private static let passedHeaders = ["x-stream-protocol-version", "user-agent"]

  private struct Refusal: Error {
    var status: HTTPResponseStatus
    var message: String
  }

  func serve(_ path: [String], _ request: HTTPServerRequest, _ writer: HTTPResponseWriter) async throws {
    let answer: UpgradeAnswer
    do {
      guard request.method == .GET || request.method == .POST else {
        throw Refusal(status: .methodNotAllowed, message: "method not allowed")
      }
      guard request.asksForUpgrade else {
        throw Refusal(status: .badRequest, message: "Upgrade request required")
      }
      // Nothing belongs there; what is there is not the streams'.
      _ = try await request.body.collect(upTo: 64 * 1024)
      let wanted: StreamRequest
      do { wanted = try StreamRequest(path: path, query: request.query) } catch {
        throw Refusal(status: error.code == .noSuchPath ? .notFound : .badRequest, message: error.description)
      }
      answer = try await open(url: try await location(of: wanted), for: request)
    } catch let refusal as Refusal {
      return try await writer.respond(
        refusal.status, headers: ["content-type": "text/plain; charset=utf-8"],
        body: ByteBuffer(string: refusal.message + "\n"))
    }
    let end = try await writer.relay(answer)
    if let end, end != .finished {
      logger.debug("stream ended", metadata: ["path": "\(request.path)", "how": "\(end)"])
    }
  }

  /// The runtime's URL for this request.
  private func location(of wanted: StreamRequest) async throws -> String {
    do {
      switch wanted.kind {
      case .exec(let container, let command, let streams):
        return try await runtime.exec(
          try await running(container, wanted).id, command: command, streams: streams)
      case .attach(let container, let streams):
        let (id, tty) = try await running(container, wanted)
        return try await runtime.attach(
          id,
          streams: ProcessStreams(stdin: streams.stdin, stdout: streams.stdout, stderr: streams.stderr, tty: tty))
      case .portForward(let ports):
        guard let found = await manager.sandbox(namespace: wanted.namespace, pod: wanted.pod),
          isMeant(found.pod, wanted)
        else { throw Refusal(status: .notFound, message: "pod does not exist") }
        guard let id = found.id else { throw Refusal(status: .notFound, message: "pod not found (\"\(wanted.pod)\")") }
        return try await runtime.portForward(id, ports: ports)
      }
    } catch let error as RuntimeError {
      let status: HTTPResponseStatus =
        switch error.code {
        case .notFound: .notFound
        case .invalidArgument: .badRequest
        case .unimplemented: .notImplemented
        case .unavailable, .deadlineExceeded: .serviceUnavailable
        default: .internalServerError
        }
      throw Refusal(status: status, message: error.message)
    }
  }

  /// The id of a container that runs, and whether it has a terminal.
  private func running(_ container: String, _ wanted: StreamRequest) async throws -> (id: String, tty: Bool) {
    guard
      let found = await manager.container(
        namespace: wanted.namespace, pod: wanted.pod, name: container, previous: false), isMeant(found.pod, wanted)
    else { throw Refusal(status: .notFound, message: "pod does not exist") }
    guard let status = found.status, status.state == .running else {
      throw Refusal(status: .notFound, message: "container not found (\"\(container)\")")
    }
    let spec = (found.pod.spec.containers + found.pod.spec.initContainers).first { $0.name == container }
    return (status.id, spec?.tty ?? false)
  }

  private func isMeant(_ pod: CoreV1.Pod, _ wanted: StreamRequest) -> Bool {
    wanted.uid.isEmpty || pod.metadata.uid == wanted.uid
  }

  private func open(url: String, for request: HTTPServerRequest) async throws -> UpgradeAnswer {
    guard let place = StreamLocation(url) else {
      logger.error("the runtime's streaming address cannot be used", metadata: ["url": "\(url)"])
      throw Refusal(
        status: .internalServerError, message: "the runtime's streaming address is not of the form http://HOST:PORT/…")
    }
    let target = UpgradeTarget(host: place.host, port: place.port)
    var headers: HTTPHeaders = ["host": target.authority, "connection": "Upgrade"]
    for field in request.headers {
      let name = field.name.lowercased()
      if name == "upgrade" || name.hasPrefix("sec-websocket-") || Self.passedHeaders.contains(name) {
        headers.add(name: field.name, value: field.value)
      }
    }
    if request.method == .POST { headers.add(name: "content-length", value: "0") }
    let head = HTTPRequestHead(version: .http1_1, method: request.method, uri: place.path, headers: headers)
    do { return try await dialer.open(target, head, patience: Self.patience) } catch let error as UpgradeError {
      throw Refusal(status: .badGateway, message: "the runtime's streaming server: \(error)")
    }
  }
}

/// The parts of the URL at which a runtime serves streams; cleartext, as it is on this host.
package struct StreamLocation: Hashable, Sendable {
  package var host: String
  package var port: Int
  /// With the query.
  package var path: String

  package init?(_ url: String) {
    let scheme = "http://"
    guard url.hasPrefix(scheme) else { return nil }
    let rest = url.dropFirst(scheme.count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    let authority = rest[..<slash]
    guard let colon = authority.lastIndex(of: ":"), let port = Int(authority[authority.index(after: colon)...]),
      (1...65535).contains(port)
    else { return nil }
    var host = authority[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.host = String(host)
    self.port = port
    path = slash == rest.endIndex ? "/" : String(rest[slash...])
  }
}
