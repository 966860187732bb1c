import Foundation
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization
import Testing

/// The last requests that a stand-in saw, by their targets.
final class SeenRequests: Sendable {
  struct Seen: Sendable {
    var method: HTTPMethod
    var target: String
    var headers: HTTPHeaders
    var peer: String
  }

  private let seen = Mutex<[Seen]>([])
  func note(_ request: HTTPServerRequest) {
    seen.withLock {
      $0.append(
        Seen(
          method: request.method, target: request.target, headers: request.headers,
          peer: request.peer?.commonName ?? ""))
    }
  }
  var last: Seen? { seen.withLock { $0.last } }
}

/// A server for the time of `body`, with a kubelet's certificate and demands if `isKubelet`.
func withStandIn(
  isKubelet: Bool = false, tls: Bool = false, handler: @escaping HTTPRequestHandler, _ body: (Int) async throws -> Void
) async throws {
  var context: NIOSSLContext?
  if isKubelet || tls {
    let files = try TestCertificates.shared.get().host("one")
    context = try HTTPServerTLS.context(
      certificateFile: files.kubeletServer.certificate, privateKeyFile: files.kubeletServer.key,
      clientAuthorities: isKubelet ? files.trust(.cluster) : nil, clientCertificate: isKubelet ? .required : .none)
  }
  var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), tls: context)
  configuration.shutdownGrace = .milliseconds(200)
  let server = HTTPServer(configuration: configuration, logger: quiet, handler: handler)
  let port = try await server.start()
  let result: Result<Void, any Error>
  do { result = .success(try await body(port)) } catch { result = .failure(error) }
  await server.shutdown()
  try result.get()
}

extension TestClient {
  /// A node `one` with a kubelet at that port, and pods on it, at this host's address.
  func makeNode(kubelet: Int, pods: [String], port: Int = 0) async throws {
    var node = try await post(
      "/api/v1/nodes", ["apiVersion": "v1", "kind": "Node", "metadata": ["name": "one"]]
    ).json
    node["status"] = [
      "addresses": [["type": "InternalIP", "address": "127.0.0.1"]],
      "daemonEndpoints": ["kubeletEndpoint": ["Port": .int(Int64(kubelet))]],
    ]
    #expect(try await put("/api/v1/nodes/one/status", node).code == 200)
    for name in pods {
      var container: JSONValue = ["name": "main", "image": "demo"]
      if port > 0 { container["ports"] = [["containerPort": .int(Int64(port))]] }
      var containers: [JSONValue] = [container]
      if name == "pair" { containers.append(["name": "side", "image": "demo"]) }
      let pod: JSONValue = [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name)],
        "spec": ["nodeName": name == "homeless" ? .null : "one", "containers": .array(containers)],
      ]
      let created = try await post("/api/v1/namespaces/default/pods", pod)
      #expect(created.code == 201, "\(created.text)")
      var object = created.json
      object["status"] = ["phase": "Running", "podIP": "127.0.0.1", "podIPs": [["ip": "127.0.0.1"]]]
      let status = try await put("/api/v1/namespaces/default/pods/\(name)/status", object)
      #expect(status.code == 200, "\(status.text)")
    }
  }

  /// Asks for other protocols, as `who`.
  func upgrade(
    _ method: HTTPMethod, _ path: String, as who: Who = .admin, headers: HTTPHeaders = ["upgrade": "SPDY/3.1"]
  ) async throws -> UpgradeAnswer {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(try TestCertificates.shared.get().host("one").trust(.cluster))
    if let pair = try who.pair() {
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
    }
    var headers = headers
    headers.add(name: "host", value: "front-end:\(port)")
    headers.add(name: "connection", value: "Upgrade")
    if method == .POST { headers.add(name: "content-length", value: "0") }
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)
    return try await UpgradeDialer().open(
      UpgradeTarget(host: "127.0.0.1", port: port, tls: try NIOSSLContext(configuration: tls)), head,
      patience: .seconds(120))
  }

  /// The tunnel that such a request leads to.
  func tunnel(
    _ method: HTTPMethod, _ path: String, as who: Who = .admin, headers: HTTPHeaders = ["upgrade": "SPDY/3.1"],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> (HTTPResponseHead, ByteTunnel) {
    switch try await upgrade(method, path, as: who, headers: headers) {
    case .switched(let head, let tunnel): return (head, tunnel)
    case .refused(let refusal):
      let text = String(buffer: await refusal.text(patience: .seconds(60)))
      try #require(Bool(false), "\(path): \(refusal.head.status) \(text)", sourceLocation: sourceLocation)
      throw CancellationError()
    }
  }

  /// The answer of one that does not.
  func refused(
    _ method: HTTPMethod, _ path: String, as who: Who = .admin, headers: HTTPHeaders = ["upgrade": "SPDY/3.1"]
  ) async throws -> Answer {
    switch try await upgrade(method, path, as: who, headers: headers) {
    case .switched(let head, let tunnel):
      tunnel.close()
      return Answer(status: head.status, headers: head.headers, body: ByteBuffer())
    case .refused(let refusal):
      return Answer(
        status: refusal.head.status, headers: refusal.head.headers, body: await refusal.text(patience: .seconds(60)))
    }
  }
}

extension ByteTunnel {
  /// What comes until the end, or until the text ends so.
  func text(until wanted: String? = nil) async throws -> String {
    var text = ""
    for try await bytes in inbound {
      text += String(buffer: bytes)
      if let wanted, text.hasSuffix(wanted) { break }
    }
    return text
  }

  func write(_ text: String) async throws { try await write(ByteBuffer(string: text)) }
}
