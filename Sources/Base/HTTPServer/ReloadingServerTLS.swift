import Files
package import NIOSSL

/// A server's TLS context by files that may change while it serves: certificates are renewed. Connections that are there
/// stay as they are; new ones show the new certificate (``ReloadedFiles``).
package struct ReloadingServerTLS: Sendable {
  private let files: ReloadedFiles<NIOSSLContext>

  /// The parameters are `HTTPServerTLS.context`'s.
  /// - Parameter interval: default 30 s.
  /// - Throws: what keeps the files from being used at first.
  package init(
    certificateFile: String, privateKeyFile: String, clientAuthorities: String? = nil,
    clientCertificate: HTTPServerTLS.ClientCertificate = .none, interval: Duration = .seconds(30)
  ) throws {
    let paths = [certificateFile, privateKeyFile] + (clientAuthorities.map { [$0] } ?? [])
    files = try ReloadedFiles(paths, interval: interval) {
      try HTTPServerTLS.context(
        certificateFile: certificateFile, privateKeyFile: privateKeyFile, clientAuthorities: clientAuthorities,
        clientCertificate: clientCertificate)
    }
  }

  /// The context for a new connection.
  package func current() -> NIOSSLContext { files.current() }
}
