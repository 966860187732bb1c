import AsyncHTTPClient
import HTTPServer
import JSONDocument
import Logging
import NIOCore
import NIOHTTP1
import Registry

/// Fetches what only a node has: the logs of a pod's containers, streamed through from its kubelet, and the streams of
/// commands, attached containers and forwarded ports, as byte tunnels.
final class KubeletProxy: Sendable {
  private let client: HTTPClient
  private let tls: ReloadingClientTLS
  private let dialer: UpgradeDialer
  private let defaultPort: Int
  /// How long a kubelet has to begin its answer, and to say what is wrong where it refuses.
  private let patience: TimeAmount
  /// The address of a node, and its kubelet's port if it says one; `nil` for a node that is not known.
  private let locate: @Sendable (_ node: String) async throws -> (host: String, port: Int?)?

  /// - Parameter tls: the front-end's client certificate for kubelets, and whom it trusts.
  init(
    tls: ReloadingClientTLS, defaultPort: Int, patience: TimeAmount, dialer: UpgradeDialer = UpgradeDialer(),
    locate: @escaping @Sendable (_ node: String) async throws -> (host: String, port: Int?)?
  ) {
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls.current().configuration)
    configuration.timeout = .init(connect: .seconds(5), read: nil)
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.idleTimeout = .seconds(30)
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.tls = tls
    self.dialer = dialer
    self.defaultPort = defaultPort
    self.patience = patience
    self.locate = locate
  }

  func shutdown() async { try? await client.shutdown() }

  /// Streams a container's log. Without `container=`, the pod's only container's.
  func log(_ request: APIRequest, _ responder: Responder, pod: JSONValue) async throws {
    let name = request.info.name
    let container = try Self.container(request.http.query["container"] ?? "", of: pod, name: name)
    let node = try Self.node(of: pod, name: name)
    let place = try await kubelet(of: node)
    var query: [String] = []
    for option in ["follow", "previous", "timestamps"] where request.flag(option) { query.append("\(option)=true") }
    for option in ["tailLines", "sinceSeconds", "limitBytes"] {
      if let value = try request.integer(option) {
        guard value >= 0 else { throw APIError.badRequest("\(option): Invalid value: must not be negative") }
        query.append("\(option)=\(value)")
      }
    }
    if let since = request.http.query["sinceTime"], !since.isEmpty { query.append("sinceTime=\(Self.escaped(since))") }
    let host = place.host.contains(":") ? "[\(place.host)]" : place.host
    let path = [request.info.namespace, name, container].map(Self.escaped).joined(separator: "/")
    let url =
      "https://\(host):\(place.port)/containerLogs/\(path)"
      + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    try await forward(HTTPClientRequest(url: url), node: node, responder)
  }

  private func forward(_ request: HTTPClientRequest, node: String, _ responder: Responder) async throws {
    var request = request
    request.tlsConfiguration = tls.current().configuration
    let response: HTTPClientResponse
    // A log that is followed has no end: the deadline is the answer's head's only.
    do { response = try await client.execute(request, deadline: .now() + patience) } catch is CancellationError {
      throw CancellationError()
    } catch let error as HTTPClientError where error == .deadlineExceeded {
      throw APIError.timeout(
        "Get \"\(request.url)\": the kubelet of node \(node) did not answer within "
          + "\(patience.nanoseconds / 1_000_000) ms")
    } catch {
      throw APIError(
        code: 500, reason: .internalError,
        message: "Get \"\(request.url)\": the kubelet of node \(node) cannot be reached: \(error)")
    }
    guard response.status == .ok else {
      let text = try await refusal(response)
      throw APIError(
        code: response.status == .notFound ? 404 : response.status == .badRequest ? 400 : 500,
        reason: response.status == .notFound
          ? .notFound : response.status == .badRequest ? .badRequest : .internalError,
        message: text.isEmpty ? "the kubelet of node \(node) answered \(response.status.code)" : text)
    }
    try await responder.writer.writeHead(
      .ok, headers: ["content-type": "text/plain", "cache-control": "no-cache, private"])
    for try await bytes in response.body { try await responder.writer.write(bytes) }
    try await responder.writer.finish()
  }

  /// What a kubelet says of why it refuses; "" when that does not come in time.
  private func refusal(_ response: HTTPClientResponse) async throws -> String {
    let patience = Duration.nanoseconds(patience.nanoseconds)
    return try await withThrowingTaskGroup(of: String.self) { group in
      group.addTask {
        String(buffer: (try? await response.body.collect(upTo: 64 * 1024)) ?? ByteBuffer()).trimmed
      }
      group.addTask {
        try await Task.sleep(for: patience)
        return ""
      }
      defer { group.cancelAll() }
      return try await group.next() ?? ""
    }
  }

  // MARK: Places

  /// Where a node's kubelet answers.
  func kubelet(of node: String) async throws -> (host: String, port: Int) {
    guard let place = try await locate(node) else {
      throw APIError.internalError("the address of node \(node) is not known")
    }
    return (place.host, place.port ?? defaultPort)
  }

  private static func node(of pod: JSONValue, name: String) throws(APIError) -> String {
    guard let node = pod["spec"]?["nodeName"]?.stringValue, !node.isEmpty else {
      throw .badRequest("pod \(name) does not have a host assigned")
    }
    return node
  }

  private static func container(_ asked: String, of pod: JSONValue, name: String) throws(APIError) -> String {
    func names(_ list: String) -> [String] {
      (pod["spec"]?[list]?.arrayValue ?? []).map { $0["name"]?.stringValue ?? "" }
    }
    let own = names("containers")
    let initial = names("initContainers")
    if asked.isEmpty {
      if own.count == 1 { return own[0] }
      var message =
        "a container name must be specified for pod \(name), choose one of: [\(own.joined(separator: " "))]"
      if !initial.isEmpty { message += " or one of the init containers: [\(initial.joined(separator: " "))]" }
      throw .badRequest(message)
    }
    guard (own + initial + names("ephemeralContainers")).contains(asked) else {
      throw .badRequest("container \(asked) is not valid for pod \(name)")
    }
    return asked
  }

  // MARK: Streams

  /// Carries the streams of `exec`, `attach` or `portforward` between the client and the pod's kubelet.
  func stream(_ kind: ConnectKind, _ request: APIRequest, _ responder: Responder, pod: JSONValue) async throws {
    guard request.http.asksForUpgrade else { throw APIError.badRequest("Upgrade request required") }
    // Nothing belongs there; what is there is not the streams'.
    _ = try await request.body()
    let name = request.info.name
    var path = [request.info.namespace, name].map(Self.escaped).joined(separator: "/")
    var query: [String] = []
    var channels = ProcessChannels()
    switch kind {
    case .portForward:
      path = "/portForward/" + path
      query = try Self.ports(request.http.query).map { "port=\($0)" }
    default:
      let container = try Self.container(request.http.query["container"] ?? "", of: pod, name: name)
      path = "/\(kind.rawValue)/\(path)/\(Self.escaped(container))"
      channels = ProcessChannels(
        stdin: request.flag("stdin"), stdout: request.flag("stdout"), stderr: request.flag("stderr"),
        tty: request.flag("tty"))
      // The kubelet has names of its own for these.
      for (parameter, isWanted) in [
        ("input", channels.stdin), ("output", channels.stdout), ("error", channels.stderr), ("tty", channels.tty),
      ] where isWanted { query.append("\(parameter)=1") }
      if kind == .exec { query += request.http.query.all("command").map { "command=\(Self.escaped($0))" } }
    }
    let node = try Self.node(of: pod, name: name)
    let place = try await kubelet(of: node)
    let target = UpgradeTarget(host: place.host, port: place.port, tls: tls.current().context)
    let translation = StreamTranslation(kind, request.http, channels)
    let handshake: HTTPHeaders =
      try translation == .none ? [:] : WebSocketHandshake.headers(request.http)
    let method = translation == .none ? request.http.method : .POST
    var headers: HTTPHeaders = ["host": target.authority, "connection": "Upgrade"]
    headers.add(contentsOf: translation.request ?? Self.passed(request.http.headers))
    if method == .POST { headers.add(name: "content-length", value: "0") }
    let head = HTTPRequestHead(
      version: .http1_1, method: method, uri: path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")),
      headers: headers)
    switch try await open(target, head, node: node) {
    case .refused(let refusal) where refusal.head.status.code < 400:
      refusal.close()
      throw APIError.internalError("invalid upgrade response: status code \(refusal.head.status.code)")
    case .switched(let answer, let tunnel) where translation != .none:
      try await translation.serve(responder.writer, handshake: handshake, answer, tunnel)
    case let answer: try await responder.writer.relay(answer)
    }
  }

  /// What is handed to the kubelet: it need not know who asks.
  private static func passed(_ headers: HTTPHeaders) -> HTTPHeaders {
    HTTPHeaders(
      headers.withoutTokens.filter {
        let name = $0.name.lowercased()
        return name.hasPrefix("sec-websocket-")
          || ["upgrade", "x-stream-protocol-version", "user-agent"].contains(name)
      }.map { ($0.name, $0.value) })
  }

  private func open(_ target: UpgradeTarget, _ head: HTTPRequestHead, node: String) async throws -> UpgradeAnswer {
    // The kubelet has to ask its runtime before it answers.
    do { return try await dialer.open(target, head, patience: patience + .seconds(30)) } catch let error as UpgradeError
    {
      if error.code == .timeout {
        throw APIError.timeout("error dialing backend: the kubelet of node \(node): \(error)")
      }
      throw APIError.internalError("error dialing backend: the kubelet of node \(node): \(error)")
    }
  }

  /// Each parameter may name several, separated by commas.
  private static func ports(_ query: HTTPQuery) throws(APIError) -> [Int] {
    var ports: [Int] = []
    for text in query.all("ports").flatMap({ $0.split(separator: ",") }) {
      guard let port = Int(text), (1...65535).contains(port) else {
        throw .badRequest(
          "invalid value for ports: \(FieldError.quoted(String(text))): must be a number from 1 to 65535")
      }
      ports.append(port)
    }
    return ports
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return result
  }
}
