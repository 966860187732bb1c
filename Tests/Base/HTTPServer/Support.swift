import AsyncHTTPClient
import Crypto
import Foundation
import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SwiftASN1
import Synchronization
import X509

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// A throw-away authority.
struct TestAuthority {
  let name: DistinguishedName
  let key = P256.Signing.PrivateKey()
  let certificate: Certificate

  init(_ commonName: String = "test authority") throws {
    name = try DistinguishedName { CommonName(commonName) }
    certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: .now - 3600,
      notValidAfter: .now + 3600, issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true))
      }, issuerPrivateKey: .init(key))
  }

  func issue(
    _ commonName: String, organizations: [String] = []
  ) throws -> (certificate: NIOSSLCertificate, key: NIOSSLPrivateKey) {
    let (leaf, key) = try make(commonName, organizations)
    return (try leaf.nio, try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der))
  }

  /// The same in PEM, for files.
  func issueText(_ commonName: String) throws -> (certificate: String, key: String) {
    let (leaf, key) = try make(commonName, [])
    return (try leaf.serializeAsPEM().pemString, key.pemRepresentation)
  }

  private func make(
    _ commonName: String, _ organizations: [String]
  ) throws -> (Certificate, P256.Signing.PrivateKey) {
    let key = P256.Signing.PrivateKey()
    let subject = try DistinguishedName {
      CommonName(commonName)
      for organization in organizations { OrganizationName(organization) }
    }
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: .now - 3600,
      notValidAfter: .now + 3600, issuer: name, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try .init {
        SubjectAlternativeNames([.dnsName("localhost"), .ipAddress(.init(contentBytes: [127, 0, 0, 1]))])
      }, issuerPrivateKey: .init(self.key))
    return (leaf, key)
  }
}

extension Certificate {
  var nio: NIOSSLCertificate {
    get throws {
      var serializer = DER.Serializer()
      try serializer.serialize(self)
      return try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der)
    }
  }
}

/// Runs a server on a free port for the time of `body`.
/// - Parameter onLoops: whether handlers run on their connections' event loops.
func withServer(
  onLoops: Bool = false, tls: NIOSSLContext? = nil, configure: (inout HTTPServerConfiguration) -> Void = { _ in },
  handler: @escaping HTTPRequestHandler, _ body: (HTTPServer, Int) async throws -> Void
) async throws {
  var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), tls: tls)
  configuration.shutdownGrace = .milliseconds(200)
  // A busy machine is no slow client: whoever tests these limits sets them.
  configuration.firstRequestTimeout = .seconds(60)
  configuration.handshakeTimeout = .seconds(60)
  configuration.runsHandlersOnEventLoops = onLoops
  configure(&configuration)
  let server = HTTPServer(configuration: configuration, logger: quiet, handler: handler)
  let port = try await server.start()
  do { try await body(server, port) } catch {
    await server.shutdown()
    throw error
  }
  await server.shutdown()
}

/// A TCP connection whose bytes a test writes and reads itself.
final class RawConnection: Sendable {
  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    let continuation: AsyncStream<ByteBuffer>.Continuation
    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  let channel: any Channel
  private let stream: AsyncStream<ByteBuffer>

  /// - Parameter lower: makes handlers that stand between the socket and what a test sees.
  init(
    port: Int, autoRead: Bool = true, lower: @escaping @Sendable () throws -> [any ChannelHandler] = { [] }
  ) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
    self.stream = stream
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: autoRead)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          for handler in try lower() { try pipeline.addHandler(handler) }
          try pipeline.addHandler(Collector(continuation))
        }
      }.connect(host: "127.0.0.1", port: port).get()
  }

  func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }
  func closeOutput() async throws { try await channel.close(mode: .output) }

  /// Everything until `text` has been seen, or until the end.
  func read(until text: String? = nil) async -> String {
    var result = ""
    for await chunk in stream {
      result += String(buffer: chunk)
      if let text, result.contains(text) { break }
    }
    return result
  }
}

/// A client for HTTPS requests; HTTP/2 unless `http1`.
func withClient<T: Sendable>(
  trusting authority: TestAuthority, certificate: (NIOSSLCertificate, NIOSSLPrivateKey)? = nil, http1: Bool = false,
  _ body: (HTTPClient) async throws -> T
) async throws -> T {
  var tls = TLSConfiguration.makeClientConfiguration()
  tls.trustRoots = .certificates([try authority.certificate.nio])
  if let certificate {
    tls.certificateChain = [.certificate(certificate.0)]
    tls.privateKey = .privateKey(certificate.1)
  }
  var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
  configuration.timeout.connect = .seconds(60)
  configuration.httpVersion = http1 ? .http1Only : .automatic
  configuration.connectionPool.retryConnectionEstablishment = false
  let client = HTTPClient(configuration: configuration)
  do {
    let result = try await body(client)
    try await client.shutdown()
    return result
  } catch {
    try? await client.shutdown()
    throw error
  }
}

/// What one task sets and another one waits for.
final class Flag: Sendable {
  private let value = Mutex(false)
  func set() { value.withLock { $0 = true } }
  var isSet: Bool { value.withLock { $0 } }
}
