package import ClusterConfig
import HTTPServer
package import Logging
package import NIOSSL
package import Registry
package import StoreClient

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

  /// The registry's storage over a store, and the rounds that compact it every `interval`.
  package static func storage(
    _ client: StoreClient, prefix: String = RegistryConfiguration().prefix, logger: Logger
  ) -> any Storage {
    StoreStorage(client: client, prefix: prefix, logger: logger)
  }

  /// Compacts the store in rounds until the task is cancelled; see `Compactor`.
  package static func compact(_ client: StoreClient, every interval: Duration, logger: Logger) async {
    await Compactor(client: client, interval: interval, logger: logger).run()
  }

  /// Keeps a front-end in the `kubernetes` endpoints until the task is cancelled.
  package static func announce(
    address: String, port: Int, registry: ResourceRegistry, storage: any Storage, logger: Logger
  ) async {
    await FrontEndPresence(
      storage: storage, registry: registry, prefix: registry.configuration.prefix, address: address, port: port,
      logger: logger
    ).run()
  }

  /// Makes the system's namespaces and the `kubernetes` Service where they are missing.
  package static func makeFirstObjects(
    _ registry: ResourceRegistry, serviceAddress: String, port: Int, logger: Logger
  ) async throws {
    try await ClusterBootstrap(registry: registry, serviceAddress: serviceAddress, port: port, logger: logger).run()
  }

  /// Keeps aggregated cluster roles put together until the task is cancelled; see `RoleAggregator`.
  package static func aggregateRoles(_ registry: ResourceRegistry, logger: Logger) async {
    await RoleAggregator(registry: registry, logger: logger).run()
  }

  /// Brings the stored roles and bindings up to the default policy; see `PolicyBootstrap`. The system's namespaces have
  /// to exist.
  package static func reconcilePolicy(_ registry: ResourceRegistry, logger: Logger) async {
    await PolicyBootstrap(registry: registry, logger: logger).run()
  }
}
