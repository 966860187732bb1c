import ArgumentParser
import FoundationEssentials
import RaftLog
import StoreBackup
import StoreNode

/// `apus store restore`: a backup as the beginning of a new cluster.
struct StoreRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make this host's part of a new store from a backup.",
    discussion: """
      Run it on every host that has a store, with the same backup, the same cluster's file and the same options, while no \
      store runs; then start all of them. The new cluster has an id of its own, which follows from all that, so that its \
      members and those of the old one refuse each other. Users, leases and the history of the keys are kept; the members \
      are those of the cluster's file. The folder must be empty: it appears whole or not at all. See docs/backup.md.
      """)

  @Argument(help: "The backup, as `etcdctl snapshot save` or `apus store recover` wrote it.")
  var backup: String

  @OptionGroup var file: ConfigOptions

  @Option(help: "This host's name in the cluster's file.")
  var host: String

  @Option(help: "The folder for this host's data; the store's part is its folder `store`.")
  var data: String

  @Option(
    help: ArgumentHelp(
      "Let so many revisions pass, and mark all before them as compacted.",
      discussion: """
        For clients that have seen later revisions than the backup holds: watches and caches (informers) read anew, and \
        are not given other changes under revisions that they know. More than were written since the backup; a billion \
        is plenty.
        """, valueName: "count"))
  var bumpRevision: Int64 = 0

  @Option(
    help: ArgumentHelp(
      "Any text, the same on every host: makes another id of it.",
      discussion: "For restoring the same backup again while members of the first restoring are still about."))
  var salt = ""

  func validate() throws {
    guard bumpRevision >= 0 else { throw ValidationError("--bump-revision cannot be negative") }
  }

  func run() throws {
    let cluster = try file.load()
    guard let node = StoreNodeConfiguration(cluster, host: host, dataPath: "\(data)/store") else {
      throw ValidationError("\(file.config) gives the host “\(host)” no store")
    }
    let member = BackupRestore.Member(
      clusterName: node.clusterName, id: node.memberID, name: node.name, voters: node.peers.map(\.id))
    var options = BackupRestore.Options()
    options.skippedRevisions = bumpRevision
    options.salt = salt
    let backup = try BackupFile(reading: backup)
    let outcome = try BackupRestore(backup, as: member, options: options).run(into: node.dataPath)
    print("restored \(node.dataPath), member \(node.name) of \(node.clusterName)")
    print("cluster id  \(String(outcome.clusterID, radix: 16)): every host must show the same")
    print(
      "revision    \(outcome.revision)"
        + (bumpRevision > 0 ? ", everything up to it is compacted; the backup's is \(outcome.backupRevision)" : ""))
    print("voters      \(outcome.voters): \(node.peers.map(\.name).joined(separator: ", "))")
  }
}

/// `apus store snapshot`.
struct StoreSnapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Look at backups. (They are made with `etcdctl snapshot save`.)",
    subcommands: [Status.self])

  /// `apus store snapshot status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Check every byte of a backup, and say what is in it.",
      discussion: "etcdctl's own `snapshot status` reads etcd's files only.")

    @Argument(help: "The backup.")
    var backup: String

    @Flag(help: "For scripts.")
    var json = false

    func run() throws {
      let status = try BackupStatus(try BackupFile(reading: backup))
      if json { try printJSON(status) } else { print(status.text, terminator: "") }
    }
  }
}

/// One line of JSON, with sorted keys.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
