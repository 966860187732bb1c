import ClusterConfig
import Foundation
import HTTPServer
import Kubelet
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import PKI

/// Certificates of a cluster of one host, made once for all tests.
enum KubeletCertificates {
  static let shared = Result { () throws -> CertificateFolder in
    let folder = CertificateFolder(path: "/tmp/apus-kubelet-tests-\(getpid())")
    let config = ClusterConfig(
      name: "test", hosts: [.init(name: "one", address: .init(127, 0, 0, 1), roles: [.store, .apiserver, .kubelet])])
    var certificates = ClusterCertificates(config: config, folder: folder)
    _ = try certificates.makeAll()
    atexit { try? FileManager.default.removeItem(atPath: "/tmp/apus-kubelet-tests-\(getpid())") }
    return folder
  }

  /// Who dials a kubelet, by certificate.
  enum Caller: Sendable { case frontEnd, node, nobody }

  static func client(_ caller: Caller = .frontEnd) throws -> NIOSSLContext {
    let files = try shared.get().host("one")
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(files.trust(.cluster))
    if caller != .nobody {
      let pair = caller == .frontEnd ? files.apiserverKubeletClient : files.client(.kubelet)
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
    }
    return try NIOSSLContext(configuration: tls)
  }
}

let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// A server for the time of `body`, over TLS as a kubelet's if it is one.
func withServer(
  isKubelet: Bool = false, handler: @escaping HTTPRequestHandler, _ body: (Int) async throws -> Void
) async throws {
  var tls: NIOSSLContext?
  if isKubelet {
    let files = try KubeletCertificates.shared.get().host("one")
    tls = try HTTPServerTLS.context(
      certificateFile: files.kubeletServer.certificate, privateKeyFile: files.kubeletServer.key,
      clientAuthorities: files.trust(.cluster), clientCertificate: .optional)
  }
  var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), tls: tls)
  configuration.shutdownGrace = .milliseconds(200)
  let server = HTTPServer(configuration: configuration, logger: silent, handler: handler)
  let port = try await server.start()
  let result: Result<Void, any Error>
  do { result = .success(try await body(port)) } catch { result = .failure(error) }
  await server.shutdown()
  try result.get()
}

/// Asks a kubelet for other protocols.
func dialKubelet(
  _ port: Int, _ method: HTTPMethod, _ path: String, as caller: KubeletCertificates.Caller = .frontEnd,
  headers: HTTPHeaders = ["upgrade": "SPDY/3.1"]
) async throws -> UpgradeAnswer {
  var headers = headers
  headers.add(name: "host", value: "kubelet")
  headers.add(name: "connection", value: "Upgrade")
  if method == .POST { headers.add(name: "content-length", value: "0") }
  return try await UpgradeDialer().open(
    UpgradeTarget(host: "127.0.0.1", port: port, tls: try KubeletCertificates.client(caller)),
    HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers), patience: .seconds(60))
}

extension UpgradeAnswer {
  /// Status and text of an answer that does not switch; closes a tunnel.
  func refusal() async -> (code: Int, text: String) {
    switch self {
    case .switched(_, let tunnel):
      tunnel.close()
      return (101, "")
    case .refused(let refusal):
      let text = await refusal.text(patience: .seconds(30))
      return (Int(refusal.head.status.code), String(buffer: text))
    }
  }
}
