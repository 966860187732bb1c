import BenchKit
import ClusterConfig
import NIOCore
import NIOPosix
import NIOSSL

/// How this program's load reaches a front-end: kept connections over TLS, written and read as bytes, all on one event
/// loop. What this program needs less of the processors, the front-end has more of.
struct FrontEndDoor: Sendable {
  /// Address and port, as requests name them.
  let authority: String
  private let address: SocketAddress
  private let http1: NIOSSLContext
  private let http2: NIOSSLContext

  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  /// The one that all connections are on.
  var loop: any EventLoop { Self.group.next() }

  /// With the administrator's certificate, straight to the front-end of a trio.
  init(_ trio: Trio) throws {
    guard let host = trio.config.hosts(with: .apiserver).first else {
      throw Program.Failure("\(trio.name) has no host for a front-end")
    }
    authority = "\(host.address):\(trio.config.ports.apiserver)"
    address = try SocketAddress(ipAddress: host.address.description, port: Int(trio.config.ports.apiserver))
    http1 = try Self.tls(trio.certificates, "http/1.1")
    http2 = try Self.tls(trio.certificates, "h2")
  }

  private static func tls(_ certificates: CertificateFolder, _ application: String) throws -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificates.admin.certificate).map { .certificate($0) }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificates.admin.key, format: .pem))
    tls.trustRoots = .file(certificates.adminTrust(.cluster))
    tls.applicationProtocols = [application]
    return try NIOSSLContext(configuration: tls)
  }

  // MARK: Requests

  func get(_ target: String) -> ByteBuffer {
    ByteBuffer(
      string:
        "GET \(target) HTTP/1.1\r\nHost: \(authority)\r\nUser-Agent: apus-bench\r\nAccept: application/json\r\n\r\n")
  }

  /// A request with a JSON document.
  func send(_ method: String, _ target: String, _ document: String) -> ByteBuffer {
    let type = "Accept: application/json\r\nContent-Type: application/json\r\n"
    return ByteBuffer(
      string: "\(method) \(target) HTTP/1.1\r\nHost: \(authority)\r\nUser-Agent: apus-bench\r\n\(type)"
        + "Content-Length: \(document.utf8.count)\r\n\r\n\(document)")
  }

  // MARK: Connections

  /// One connection over HTTP/1.1, once the front-end has said on it that it is ready.
  func open() async throws -> RequestLoop {
    let ready = loop.makePromise(of: Void.self)
    let handler = RequestLoop(loop: loop, greeting: get("/readyz"), ready: ready)
    do { try await connect(http1, handler) } catch {
      ready.fail(error)
      throw error
    }
    handler.greet()
    try await ready.futureResult.get()
    return handler
  }

  /// Several of them.
  func open(_ count: Int) async throws -> [RequestLoop] {
    var loops: [RequestLoop] = []
    for _ in 0..<count { loops.append(try await open()) }
    return loops
  }

  /// One connection over HTTP/2 that opens watches.
  func open(_ watches: WatchConnection) async throws {
    try await connect(http2, watches)
    watches.begin()
  }

  private func connect(_ tls: NIOSSLContext, _ handler: any ChannelHandler & Sendable) async throws {
    _ = try await ClientBootstrap(group: loop)
      .connectTimeout(.seconds(5))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil))
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .connect(to: address).get()
  }
}
