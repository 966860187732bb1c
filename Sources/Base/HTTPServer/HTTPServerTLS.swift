package import NIOSSL

/// Makes the TLS contexts of servers: TLS 1.2 or newer, `h2` and `http/1.1` by ALPN.
package enum HTTPServerTLS {
  /// What is asked of a client.
  package enum ClientCertificate: Sendable, Equatable {
    /// None is asked for; every request is without identity.
    case none
    /// One is asked for. A client without one is served (and has no identity); one that does not verify, for
    /// instance of another authority, fails the handshake.
    case optional
    /// As `optional`, but a client without one fails the handshake.
    case required
  }

  /// - Parameters:
  ///   - certificateFile: PEM, leaf first.
  ///   - privateKeyFile: PEM.
  ///   - clientAuthorities: PEM file of the authorities that sign clients; needed unless `clientCertificate`
  ///     is `.none`.
  package static func context(
    certificateFile: String, privateKeyFile: String, clientAuthorities: String? = nil,
    clientCertificate: ClientCertificate = .none
  ) throws -> NIOSSLContext {
    try context(
      certificates: NIOSSLCertificate.fromPEMFile(certificateFile),
      privateKey: NIOSSLPrivateKey(file: privateKeyFile, format: .pem),
      clientAuthorities: clientAuthorities.map { try NIOSSLCertificate.fromPEMFile($0) } ?? [],
      clientCertificate: clientCertificate)
  }

  /// The same from memory.
  package static func context(
    certificates: [NIOSSLCertificate], privateKey: NIOSSLPrivateKey, clientAuthorities: [NIOSSLCertificate] = [],
    clientCertificate: ClientCertificate = .none
  ) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["h2", "http/1.1"]
    configuration.trustRoots = .certificates(clientAuthorities)
    switch clientCertificate {
    case .none: configuration.certificateVerification = .none
    case .optional:
      configuration.certificateVerification = .optionalVerification
      configuration.sendCANameList = true
    case .required:
      configuration.certificateVerification = .noHostnameVerification
      configuration.sendCANameList = true
    }
    return try NIOSSLContext(configuration: configuration)
  }
}
