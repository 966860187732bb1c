import Access
package import ClusterConfig
package import HTTPServer
package import Logging
package import NIOSSL
import PKI
package import Registry
package import StoreClient

// What a process (and tests) put a front-end together from.
extension FrontEnd {
  /// The machine's clock and randomness for a registry, and one who reads requests for certificates.
  package static func environment(logger: Logger) -> RegistryEnvironment {
    var environment = RegistryEnvironment.system(logger)
    environment.problemWithCertificateRequest = { der in
      do throws(CertificateRequest.Malformed) { _ = try CertificateRequest(der: der) } catch { return "\(error)" }
      return nil
    }
    environment.readCertificateRequest = { der in
      guard let request = try? CertificateRequest(der: der) else { return nil }
      return RequestedCertificate(commonName: request.commonName, organizations: request.organizations)
    }
    return environment
  }

  /// The server's TLS: its certificate, and clients' certificates optional but of the cluster's authority.
  package static func serverTLS(_ files: HostCertificates) throws -> NIOSSLContext {
    try HTTPServerTLS.context(
      certificateFile: files.apiserver.certificate, privateKeyFile: files.apiserver.key,
      clientAuthorities: files.trust(.cluster), clientCertificate: .optional)
  }

  /// The same by files that may change while the front-end runs.
  package static func reloadingServerTLS(_ files: HostCertificates) throws -> ReloadingServerTLS {
    try ReloadingServerTLS(
      certificateFile: files.apiserver.certificate, privateKeyFile: files.apiserver.key,
      clientAuthorities: files.trust(.cluster), clientCertificate: .optional)
  }

  /// How the front-end shows itself to kubelets; its contexts are for tunnels, which begin as HTTP/1.1.
  package static func kubeletTLS(_ files: HostCertificates) throws -> ReloadingClientTLS {
    let pair = files.apiserverKubeletClient
    return try ReloadingClientTLS(
      certificateFile: pair.certificate, privateKeyFile: pair.key, authorities: files.trust(.cluster),
      applicationProtocols: ["http/1.1"])
  }

  /// How the front-end shows itself to stores.
  package static func storeTLS(_ files: HostCertificates) throws -> ReloadingClientTLS {
    let pair = files.apiserverStoreClient
    return try ReloadingClientTLS(
      certificateFile: pair.certificate, privateKeyFile: pair.key, authorities: files.trust(.storeClient),
      applicationProtocols: ["h2"])
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
