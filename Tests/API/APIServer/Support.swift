import APIServer
import Access
import AsyncHTTPClient
import ClusterConfig
import Foundation
import HTTPServer
import JSONDocument
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import PKI
import Registry
import Synchronization

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// Certificates of a cluster of one host, made once for all tests.
struct TestCertificates {
  static let config = ClusterConfig(
    name: "test",
    hosts: [
      .init(
        name: "one", address: .init(127, 0, 0, 1),
        roles: [.store, .apiserver, .controllerManager, .scheduler, .kubelet, .proxy])
    ])
  static let shared = Result { try make("cluster") }
  /// Another cluster's: its authorities are not trusted by the first.
  static let foreign = Result { try make("foreign") }

  /// For one whom no table of rights names, and for one who says what groups it is in but not who it is; by the
  /// cluster's own authority.
  static let unknown = Result { try issue("unknown", .init(commonName: "somebody", organizations: ["guests"])) }
  static let nameless = Result { try issue("nameless", .init(commonName: "", organizations: ["system:masters"])) }

  private static func issue(_ file: String, _ identity: CertificateIdentity) throws -> CertificateFolder.Pair {
    let folder = try shared.get()
    let authority = folder.authority(.cluster)
    let issued = try CertificateAuthority(
      certificatePEM: String(contentsOfFile: authority.certificate, encoding: .utf8),
      keyPEM: String(contentsOfFile: authority.key, encoding: .utf8)
    ).issue(to: identity, for: .client, now: Date(), lifetime: 3600)
    let pair = CertificateFolder.Pair("\(folder.path)/\(file)")
    try issued.certificatePEM.write(toFile: pair.certificate, atomically: true, encoding: .utf8)
    try issued.keyPEM.write(toFile: pair.key, atomically: true, encoding: .utf8)
    return pair
  }

  private static func make(_ name: String) throws -> CertificateFolder {
    let folder = CertificateFolder(path: "/tmp/apus-apiserver-tests-\(getpid())/\(name)")
    var certificates = ClusterCertificates(config: config, folder: folder)
    _ = try certificates.makeAll()
    atexit { try? FileManager.default.removeItem(atPath: "/tmp/apus-apiserver-tests-\(getpid())") }
    return folder
  }
}

/// Whom a test's client shows itself as.
enum Who: Sendable {
  case admin, node, scheduler, unknown, nameless, nobody, stranger

  func pair() throws -> CertificateFolder.Pair? {
    let folder = try TestCertificates.shared.get()
    switch self {
    case .admin: return folder.admin
    case .node: return folder.host("one").client(.kubelet)
    case .scheduler: return folder.host("one").client(.scheduler)
    case .unknown: return try TestCertificates.unknown.get()
    case .nameless: return try TestCertificates.nameless.get()
    case .nobody: return nil
    case .stranger: return try TestCertificates.foreign.get().admin
    }
  }
}

/// An answer, parsed.
struct Answer {
  var status: HTTPResponseStatus
  var headers: HTTPHeaders
  var body: ByteBuffer
  var text: String { String(buffer: body) }
  var json: JSONValue { (try? JSONValue(jsonBytes: Array(body.readableBytesView))) ?? .null }
  var code: Int { Int(status.code) }
  subscript(path: String...) -> JSONValue? { json[path: path] }
}

/// A client of a front-end under test.
final class TestClient: Sendable {
  let client: HTTPClient
  let port: Int

  init(_ who: Who, port: Int, http1: Bool = false, followsRedirects: Bool = true) throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    let folder = try TestCertificates.shared.get()
    tls.trustRoots = .file(folder.host("one").trust(.cluster))
    if let pair = try who.pair() {
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.timeout.connect = .seconds(60)
    configuration.httpVersion = http1 ? .http1Only : .automatic
    configuration.connectionPool.retryConnectionEstablishment = false
    if !followsRedirects { configuration.redirectConfiguration = .disallow }
    client = HTTPClient(configuration: configuration)
    self.port = port
  }

  func start(
    _ method: HTTPMethod, _ path: String, body: ByteBuffer? = nil, headers: HTTPHeaders = [:]
  ) async throws -> HTTPClientResponse {
    var request = HTTPClientRequest(url: "https://127.0.0.1:\(port)\(path)")
    request.method = method
    request.headers = headers
    if let body {
      request.body = .bytes(body)
      if !headers.contains(name: "content-type") {
        request.headers.add(name: "content-type", value: "application/json")
      }
    }
    return try await client.execute(request, timeout: .seconds(120))
  }

  func send(
    _ method: HTTPMethod, _ path: String, text: String? = nil, headers: HTTPHeaders = [:]
  ) async throws -> Answer {
    let response = try await start(method, path, body: text.map { ByteBuffer(string: $0) }, headers: headers)
    let body = try await response.body.collect(upTo: 64 << 20)
    return Answer(status: response.status, headers: response.headers, body: body)
  }

  func get(_ path: String, accept: String? = nil) async throws -> Answer {
    try await send(.GET, path, headers: accept.map { ["accept": $0] } ?? [:])
  }

  /// The first answer, by a client of its own, the cluster's administrator: it follows no redirects.
  func getWithoutRedirects(_ path: String, accept: String? = nil) async throws -> Answer {
    let second = try TestClient(.admin, port: port, followsRedirects: false)
    let result: Result<Answer, any Error>
    do { result = .success(try await second.get(path, accept: accept)) } catch { result = .failure(error) }
    try? await second.client.shutdown()
    return try result.get()
  }

  func post(_ path: String, _ document: JSONValue) async throws -> Answer {
    try await send(.POST, path, text: document.description)
  }

  func put(_ path: String, _ document: JSONValue) async throws -> Answer {
    try await send(.PUT, path, text: document.description)
  }

  func patch(_ path: String, _ type: String, _ text: String) async throws -> Answer {
    try await send(.PATCH, path, text: text, headers: ["content-type": type])
  }
}

/// Reads a watch's lines.
struct WatchLines {
  private var iterator: HTTPClientResponse.Body.AsyncIterator
  private var pending = ByteBuffer()

  init(_ response: HTTPClientResponse) { iterator = response.body.makeAsyncIterator() }

  mutating func next() async throws -> JSONValue? {
    while true {
      if let end = pending.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
        let line = pending.readSlice(length: end - pending.readerIndex) ?? ByteBuffer()
        pending.moveReaderIndex(forwardBy: 1)
        return try JSONValue(jsonBytes: Array(line.readableBytesView))
      }
      guard var chunk = try await iterator.next() else { return nil }
      pending.writeBuffer(&chunk)
    }
  }

  /// `ADDED name`, skipping bookmarks.
  mutating func nextChange() async throws -> String? {
    while let event = try await next() {
      let type = event["type"]?.stringValue ?? ""
      if type == "BOOKMARK" { continue }
      return "\(type) \(event[path: "object", "metadata", "name"]?.stringValue ?? "")"
    }
    return nil
  }
}

/// Whoever is in system:masters may do everything; nodes may read; others nothing.
struct TestAuthorizer: Authorizer {
  func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision {
    if user.groups.contains(UserInfo.mastersGroup) { return .allowed }
    if user.groups.contains(UserInfo.nodesGroup), ["get", "list", "watch"].contains(attributes.verb) {
      return .allowed
    }
    if let path = attributes.nonResourcePath {
      return .denied(reason: "User \"\(user.name)\" cannot \(attributes.verb) path \"\(path)\"")
    }
    return .denied(
      reason: "User \"\(user.name)\" cannot \(attributes.verb) resource \"\(attributes.resource)\" in API group "
        + "\"\(attributes.group)\" in the namespace \"\(attributes.namespace)\"")
  }
}

/// Makes the account that pods of the namespace `default` run as, which a controller makes elsewhere. Its pods get no
/// token.
func makeDefaultAccount(_ registry: ResourceRegistry) async throws {
  guard let accounts = registry.resource(group: "", version: "v1", plural: "serviceaccounts") else { return }
  do {
    _ = try await registry.create(
      accounts, namespace: "default",
      document: ["metadata": ["name": "default"], "automountServiceAccountToken": false],
      options: WriteOptions(user: UserInfo(name: "test", groups: [UserInfo.mastersGroup])))
  } catch {
    guard error.reason == .alreadyExists else { throw error }
  }
}

extension RegistryConfiguration {
  /// Waits for the cache for longer than a busy machine stands still.
  static var patient: RegistryConfiguration {
    var configuration = RegistryConfiguration()
    configuration.freshnessTimeout = 60
    return configuration
  }
}

/// Runs a front-end over `storage` for the time of `body`; its first objects exist.
func withFrontEnd(
  storage: any Storage, registry settings: RegistryConfiguration = .patient, http1: Bool = false,
  kubeletPatience: TimeAmount = .seconds(60), proxiesToOwnAddresses: Bool = true,
  authorizer: any Authorizer = TestAuthorizer(),
  limits: @escaping @Sendable (inout HTTPServerConfiguration) -> Void = { _ in },
  _ body: (FrontEnd, TestClient) async throws -> Void
) async throws {
  let host = try TestCertificates.shared.get().host("one")
  let registry = try ResourceRegistry(
    storage: storage, configuration: settings, environment: FrontEnd.environment(logger: quiet))
  let tls = try FrontEnd.serverTLS(host)
  var configuration = FrontEnd.Configuration(
    host: "127.0.0.1", port: 0, tls: tls, kubeletTLS: try FrontEnd.kubeletTLS(host),
    kubeletPatience: kubeletPatience, proxiesToOwnAddresses: proxiesToOwnAddresses)
  configuration.adjustLimits = {
    $0.handshakeTimeout = .seconds(60)
    $0.firstRequestTimeout = .seconds(60)
    limits(&$0)
  }
  let frontEnd = FrontEnd(
    configuration: configuration, registry: registry, authorizer: authorizer, logger: quiet)
  let running = Task { await registry.run() }
  try await registry.waitUntilReady()
  try await FrontEnd.makeFirstObjects(registry, serviceAddress: "198.18.16.1", port: 6443, logger: quiet)
  try await makeDefaultAccount(registry)
  let port = try await frontEnd.start()
  let client = try TestClient(.admin, port: port, http1: http1)
  let result: Result<Void, any Error>
  do { result = .success(try await body(frontEnd, client)) } catch { result = .failure(error) }
  try? await client.client.shutdown()
  await frontEnd.shutdown()
  running.cancel()
  await running.value
  try result.get()
}

/// A client as somebody else, for the time of `body`.
func withClient<T>(
  _ who: Who, port: Int, http1: Bool = false, _ body: (TestClient) async throws -> T
) async throws -> T {
  let client = try TestClient(who, port: port, http1: http1)
  let result: Result<T, any Error>
  do { result = .success(try await body(client)) } catch { result = .failure(error) }
  try? await client.client.shutdown()
  return try result.get()
}
