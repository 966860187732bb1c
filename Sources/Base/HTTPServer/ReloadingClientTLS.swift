import Files
package import NIOSSL

/// How a process shows itself to servers, by files that may change while it runs: certificates are renewed.
/// Connections that are there stay as they are; new ones show the new certificate (``ReloadedFiles``).
package struct ReloadingClientTLS: Sendable {
  /// What is made of the files.
  package struct Content: Sendable {
    /// For those who make contexts themselves, and say which protocols they speak: TLS 1.2 or newer.
    package let configuration: TLSConfiguration
    /// The same, offering the protocols that were given.
    package let context: NIOSSLContext
  }

  private let files: ReloadedFiles<Content>

  /// - Parameters:
  ///   - certificateFile: PEM, leaf first.
  ///   - privateKeyFile: PEM.
  ///   - authorities: PEM file of the authorities that sign the servers.
  ///   - applicationProtocols: what the context offers by ALPN.
  ///   - interval: default 30 s.
  /// - Throws: what keeps the files from being used at first.
  package init(
    certificateFile: String, privateKeyFile: String, authorities: String, applicationProtocols: [String],
    interval: Duration = .seconds(30)
  ) throws {
    files = try ReloadedFiles([certificateFile, privateKeyFile, authorities], interval: interval) {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.minimumTLSVersion = .tlsv12
      // Read, not named: who compares configurations sees that they have changed.
      tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: privateKeyFile, format: .pem))
      var own = tls
      own.applicationProtocols = applicationProtocols
      return Content(configuration: tls, context: try NIOSSLContext(configuration: own))
    }
  }

  /// For a new connection.
  package func current() -> Content { files.current() }
}
