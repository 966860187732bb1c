import AsyncHTTPClient
import HTTPServer
import JSONDocument
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Registry

/// Fetches what only a node has: the logs of a pod's containers, streamed through from its kubelet.
final class KubeletProxy: Sendable {
  private let client: HTTPClient
  private let defaultPort: Int
  /// How long a kubelet has to begin its answer, and to say what is wrong where it refuses.
  private let patience: TimeAmount
  /// The address of a node, and its kubelet's port if it says one; `nil` for a node that is not known.
  private let locate: @Sendable (_ node: String) async throws -> (host: String, port: Int?)?

  /// - Parameter tls: the front-end's client certificate for kubelets, and whom it trusts.
  init(
    tls: TLSConfiguration, defaultPort: Int, patience: TimeAmount,
    locate: @escaping @Sendable (_ node: String) async throws -> (host: String, port: Int?)?
  ) {
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.timeout = .init(connect: .seconds(5), read: nil)
    configuration.redirectConfiguration = .disallow
    configuration.connectionPool.idleTimeout = .seconds(30)
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.defaultPort = defaultPort
    self.patience = patience
    self.locate = locate
  }

  func shutdown() async { try? await client.shutdown() }

  /// Streams a container's log. Without `container=`, the pod's only container's.
  func log(_ request: APIRequest, _ responder: Responder, pod: JSONValue) async throws {
    let name = request.info.name
    let container = try Self.container(request.http.query["container"] ?? "", of: pod, name: name)
    guard let node = pod["spec"]?["nodeName"]?.stringValue, !node.isEmpty else {
      throw APIError.badRequest("pod \(name) does not have a host assigned")
    }
    guard let place = try await locate(node) else {
      throw APIError.internalError("the address of node \(node) is not known")
    }
    var query: [String] = []
    for option in ["follow", "previous", "timestamps"] where try request.flag(option) { query.append("\(option)=true") }
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
      "https://\(host):\(place.port ?? defaultPort)/containerLogs/\(path)"
      + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    try await forward(HTTPClientRequest(url: url), node: node, responder)
  }

  private func forward(_ request: HTTPClientRequest, node: String, _ responder: Responder) async throws {
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

  private static func container(_ asked: String, of pod: JSONValue, name: String) throws(APIError) -> String {
    var names: [String] = []
    var initial: [String] = []
    for item in pod["spec"]?["containers"]?.arrayValue ?? [] { names.append(item["name"]?.stringValue ?? "") }
    for list in ["initContainers", "ephemeralContainers"] {
      for item in pod["spec"]?[list]?.arrayValue ?? [] { initial.append(item["name"]?.stringValue ?? "") }
    }
    if asked.isEmpty {
      if names.count == 1 { return names[0] }
      throw .badRequest(
        "a container name must be specified for pod \(name), choose one of: [\(names.joined(separator: " "))]")
    }
    guard names.contains(asked) || initial.contains(asked) else {
      throw .badRequest("container \(asked) is not valid for pod \(name)")
    }
    return asked
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
