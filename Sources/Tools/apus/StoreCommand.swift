import ArgumentParser
import ClusterConfig
import Logging
import Observability
import ServiceLifecycle
import StoreNode

/// `apus store`: one replica of the store.
struct Store: RoleCommand {
  static let role = ClusterConfig.Role.store
  static let configuration = CommandConfiguration(
    abstract: "Run one replica of the store, which speaks the etcd v3 API.",
    discussion: "Clients need a certificate of the store-client authority, peers one of the store-peer authority.")

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    StoreNodeProcess(
      options: .init(
        cluster: config, host: host.name, certificates: CertificateFolder(path: options.certs),
        dataPath: "\(options.data)/store", exposition: { Observability.exposition() }),
      metrics: Observability.metrics, logger: logger)
  }
}
