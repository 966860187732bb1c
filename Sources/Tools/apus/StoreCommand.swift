import ArgumentParser
import ClusterConfig
import FoundationEssentials
import Logging
import Observability
import ServiceLifecycle
import StoreNode

/// `apus store run`, or just `apus store`: one replica of the store.
struct StoreRun: RoleCommand {
  static let role = ClusterConfig.Role.store
  static let configuration = CommandConfiguration(
    commandName: "run",
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

  @Flag(
    help: ArgumentHelp(
      "Join a cluster that runs, and wait until this host is added to it.",
      discussion: """
        Where the disk is empty a host looks for itself among the members of a cluster that runs anyhow; with this flag \
        it never begins a new cluster, and it does not mind to be there before `etcdctl member add`. See \
        docs/members.md.
        """))
  var join = false

  @Flag(
    help: ArgumentHelp(
      "Begin a new cluster with an empty disk, although not every member answers.",
      discussion: """
        For one start. A host with an empty disk waits until each other member has said that it never heard of it. Only \
        when you know that none of those who are silent has ever run with this host. See docs/design/store.md.
        """))
  var newCluster = false

  @Flag(
    help: ArgumentHelp(
      "Move the data folder aside and fetch everything from the other members.",
      discussion: """
        For one start of a replica that took itself out of service because its state differs from the others', with \
        every other member running. See docs/design/store.md.
        """))
  var rebuild = false

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    try FileManager.default.createDirectory(
      atPath: options.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    return StoreNodeProcess(
      options: .init(
        cluster: config, host: host.name, certificates: CertificateFolder(path: options.certs),
        dataPath: "\(options.data)/store", acceptsTornTail: acceptTornTail, rejoins: rejoin,
        joins: join, beginsAnew: newCluster, rebuilds: rebuild,
        exposition: { Observability.exposition() }),
      metrics: Observability.metrics, logger: logger)
  }
}
