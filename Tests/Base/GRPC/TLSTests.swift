import Crypto
import FoundationEssentials
import GRPC
import NIOCore
import NIOPosix
import NIOSSL
import SwiftASN1
import SwiftProtobuf
import Testing
import X509

@Suite("TLS with client certificates", .serialized, .timeLimit(.minutes(3)))
struct TLSTests {
  @Test("The handler sees the client's certificate, also of calls that share a stream")
  func mutual() async throws {
    let authority = try Authority("test authority")
    let tls = try (
      server: authority.context(leaf: "server", trusting: authority, isServer: true),
      client: authority.context(leaf: "somebody", trusting: authority, isServer: false)
    )
    try await withLoopback(tls: tls) { router in
      router.unary("/test.T/Who") { (_: Text, context) in
        let der = try context.peerCertificate?.toDERBytes() ?? []
        return Text(try Certificate(derEncoded: der).subject.description)
      }
      router.unary("/test.T/Echo") { (request: Text, _) in request }
      router.servesSessions = true
    } _: { connection, _, _ in
      let answer: Text = try await connection.unary("/test.T/Who", Text(""), timeout: .seconds(60))
      #expect(answer.value == "CN=somebody")
      try await openSession(connection)
      let shared: Text = try await connection.unary("/test.T/Who", Text(""), timeout: .seconds(60), sharesStream: true)
      #expect(shared.value == "CN=somebody")
    }
  }

  @Test("A certificate of another authority is refused, on either side")
  func wrongAuthority() async throws {
    let authority = try Authority("test authority")
    let other = try Authority("other authority")
    let server = try authority.context(leaf: "server", trusting: authority, isServer: true)
    for client in [
      try other.context(leaf: "somebody", trusting: authority, isServer: false),
      try authority.context(leaf: "somebody", trusting: other, isServer: false),
    ] {
      let called = Counter()
      try await withLoopback(tls: (server, client)) { router in
        router.unary("/test.T/Who") { (request: Text, _) in
          called.increment()
          return request
        }
      } _: { connection, _, _ in
        let failure = await status {
          try await connection.unary("/test.T/Who", Text(""), timeout: .seconds(60)) as Text
        }
        #expect(failure.code == .unavailable)
        #expect(failure.delivery == .notExecuted)
      }
      #expect(called.value == 0)
    }
  }

  @Test("Cleartext on a TLS port is closed")
  func cleartext() async throws {
    let authority = try Authority("test authority")
    let tls = try (
      server: authority.context(leaf: "server", trusting: authority, isServer: true),
      client: authority.context(leaf: "somebody", trusting: authority, isServer: false)
    )
    try await withLoopback(tls: tls) { router in
      router.unary("/test.T/Echo") { (request: Text, _) in request }
    } _: { connection, _, port in
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port).get()
      try await channel.writeAndFlush(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).get()
      try await channel.closeFuture.get()
      let answer: Text = try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60))
      #expect(answer.value == "a")
    }
  }
}

/// A certificate authority for the time of a test.
struct Authority {
  private let key = P256.Signing.PrivateKey()
  private let certificate: Certificate

  init(_ name: String) throws {
    let subject = try DistinguishedName { CommonName(name) }
    self.certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(self.key.publicKey),
      notValidBefore: Date().addingTimeInterval(-3600), notValidAfter: Date().addingTimeInterval(86_400),
      issuer: subject, subject: subject,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions { Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil)) },
      issuerPrivateKey: .init(self.key))
  }

  func context(leaf name: String, trusting roots: Authority, isServer: Bool) throws -> NIOSSLContext {
    let leafKey = P256.Signing.PrivateKey()
    let leaf = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: .init(leafKey.publicKey),
      notValidBefore: Date().addingTimeInterval(-3600), notValidAfter: Date().addingTimeInterval(86_400),
      issuer: self.certificate.subject,
      subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions {
        SubjectAlternativeNames([.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1]))])
      },
      issuerPrivateKey: .init(self.key))
    let chain = [NIOSSLCertificateSource.certificate(try Self.convert(leaf))]
    let key = NIOSSLPrivateKeySource.privateKey(
      try NIOSSLPrivateKey(bytes: Array(leafKey.pemRepresentation.utf8), format: .pem))
    var configuration =
      isServer
      ? TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
      : TLSConfiguration.makeClientConfiguration()
    configuration.certificateChain = chain
    configuration.privateKey = key
    configuration.trustRoots = .certificates([try Self.convert(roots.certificate)])
    configuration.certificateVerification = isServer ? .noHostnameVerification : .fullVerification
    configuration.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: configuration)
  }

  private static func convert(_ certificate: Certificate) throws -> NIOSSLCertificate {
    var serializer = DER.Serializer()
    try serializer.serialize(certificate)
    return try NIOSSLCertificate(bytes: serializer.serializedBytes, format: .der)
  }
}
