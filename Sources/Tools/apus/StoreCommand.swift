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

  @Flag(
    help: ArgumentHelp(
      "Vote although the log's end was lost, from this start on.",
      discussion: """
        Only when no leader can be elected because other voters are gone for good: writes that only they and this \
        replica had acknowledged are given up. See docs/design/store.md.
        """))
  var acceptTornTail = false

  @Flag(
    help: ArgumentHelp(
      "Come back with an empty disk, where this member has taken part before.",
      discussion: """
        For one start, with every other member running. The replica fetches everything from the leader and does not \
        vote before it has it. See docs/design/store.md.
        """))
  var rejoin = false

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    StoreNodeProcess(
      options: .init(
        cluster: config, host: host.name, certificates: CertificateFolder(path: options.certs),
        dataPath: "\(options.data)/store", acceptsTornTail: acceptTornTail, rejoins: rejoin,
        exposition: { Observability.exposition() }),
      metrics: Observability.metrics, logger: logger)
  }
}
