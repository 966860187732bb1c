package import ClusterConfig
package import Logging
import NIOCore
import NIOSSL
import PKI

/// The member's certificate and the authority of all members, as TLS contexts for both directions. Copies share what
/// ``look(_:)`` finds.
package struct PeerCredentials: Sendable {
  private struct Contexts: Sendable {
    let server: NIOSSLContext
    let client: NIOSSLContext

    init(_ content: TLSFiles.Content) throws {
      let key = NIOSSLPrivateKeySource.privateKey(content.key)
      let trust = NIOSSLTrustRoots.certificates(content.trust)
      // A member is known by its name in the certificate and not by its address: the hello is checked against it.
      var server = TLSConfiguration.makeServerConfiguration(certificateChain: content.sources, privateKey: key)
      server.trustRoots = trust
      server.certificateVerification = .noHostnameVerification
      server.minimumTLSVersion = .tlsv13
      self.server = try NIOSSLContext(configuration: server)
      var client = TLSConfiguration.makeClientConfiguration()
      client.certificateChain = content.sources
      client.privateKey = key
      client.trustRoots = trust
      client.certificateVerification = .noHostnameVerification
      client.minimumTLSVersion = .tlsv13
      self.client = try NIOSSLContext(configuration: client)
    }
  }

  private let tls: ReloadedTLS<Contexts>

  /// For a connection that comes, and for one that goes out.
  var server: NIOSSLContext { tls.current.server }
  var client: NIOSSLContext { tls.current.client }

  /// When the certificate in use ends, in seconds since 1970.
  package var expires: Int64 { tls.expires }

  /// Reads the files of a host.
  ///
  /// - Throws: ``TLSFiles/Defect`` when one of them cannot be used, or the certificate is none that the others would
  ///   accept.
  package init(files: HostCertificates) throws {
    let files = TLSFiles(files.storePeer, trust: files.trust(.storePeer))
    tls = try ReloadedTLS<Contexts>(files) { content in
      guard content.isOwnAuthoritys else { throw files.foreignCertificate }
      return try Contexts(content)
    }
  }

  /// Reads the files again if they have changed: see ``ReloadedTLS/look(_:)``.
  package func look(_ logger: Logger) { tls.look(logger) }
}

/// Who is at the other end, by its certificate. Nil before the handshake, or when the certificate names nobody.
func peerIdentity(_ context: ChannelHandlerContext) -> CertificateIdentity? {
  guard let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self),
    let certificate = handler.peerCertificate, let bytes = try? certificate.toDERBytes()
  else { return nil }
  return CertificateIdentity(derEncoded: bytes)
}
