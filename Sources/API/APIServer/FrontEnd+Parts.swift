package import ClusterConfig
import HTTPServer
package import Logging
package import NIOSSL
package import Registry

// What a process (and tests) put a front-end together from.
extension FrontEnd {
  /// The machine's clock and randomness for a registry.
  package static func environment(logger: Logger) -> RegistryEnvironment { .system(logger) }

  /// The server's TLS: its certificate, and clients' certificates optional but of the cluster's authority.
  package static func serverTLS(_ files: HostCertificates) throws -> NIOSSLContext {
    try HTTPServerTLS.context(
      certificateFile: files.apiserver.certificate, privateKeyFile: files.apiserver.key,
      clientAuthorities: files.trust(.cluster), clientCertificate: .optional)
  }

  /// How the front-end shows itself to kubelets.
  package static func kubeletTLS(_ files: HostCertificates) throws -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.trustRoots = .file(files.trust(.cluster))
    let pair = files.apiserverKubeletClient
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
    return tls
  }

  /// Makes the system's namespaces and the `kubernetes` Service where they are missing.
  package static func makeFirstObjects(
    _ registry: ResourceRegistry, serviceAddress: String, port: Int, logger: Logger
  ) async throws {
    try await ClusterBootstrap(registry: registry, serviceAddress: serviceAddress, port: port, logger: logger).run()
  }
}
