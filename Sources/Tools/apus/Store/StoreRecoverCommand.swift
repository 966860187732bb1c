import ArgumentParser
import FoundationEssentials
import StoreBackup
import StoreNode

/// `apus store recover`: what is left of a store that has lost its majority.
struct StoreRecover: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Say what the members of a store that lost its majority have, and make a backup of the best one.",
    discussion: """
      Works on the data folders of the members that are left, copied to or mounted on this machine, while their stores do \
      not run. Reads snapshots and logs and changes nothing in them. Says of each what it has, which one Raft would take, \
      what would be lost with it, and what of it may never have been acknowledged. With --yes --output FILE the state of \
      the best one, its log applied to the end, becomes a backup, of which `apus store restore` makes a new cluster. \
      Should the lost members come back afterwards, the new ones refuse them. See docs/backup.md.
      """)

  @Flag(help: "Only say what there is. Also what happens without --yes.")
  var plan = false

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "A member's data folder (the host's, or the folder `store` in it). Once for each member that is left.",
      valueName: "folder"))
  var folders: [String] = []

  @Option(help: "The cluster's file, if there is one: then members that are missing are called by their names.")
  var config: String?

  @Option(help: "The backup to write. No file of this name may exist.")
  var output: String?

  @Flag(help: "Do it: write the backup.")
  var yes = false

  @Option(
    help: ArgumentHelp(
      "Take this member instead of the best one.",
      discussion: "Entries that only others have are lost then. Its name as the plan shows it.", valueName: "name"))
  var take: String?

  @Flag(help: "The plan for scripts.")
  var json = false

  func validate() throws {
    if folders.isEmpty { throw ValidationError("name the members' data folders with --data") }
    if plan, yes { throw ValidationError("--plan only looks; --yes goes on: choose one") }
    if yes != (output != nil) { throw ValidationError("--yes and --output FILE go together") }
  }

  func run() throws {
    let reader = try SurvivorReader(folders.map(storeFolder))
    let plan = try RecoveryPlan(reader.survivors)
    if json {
      try printJSON(RecoveryDocument(plan))
    } else {
      print(RecoveryReport(plan, names: try names()).text, terminator: "")
    }
    guard yes, let output else {
      if !json { print("Nothing was changed. To go on: the same with --yes --output FILE, then apus store restore.") }
      return
    }
    var chosen = plan.best
    if let take {
      guard let position = plan.survivors.firstIndex(where: { $0.memberName == take }) else {
        throw ValidationError("no folder is \(take)'s")
      }
      chosen = position
    }
    guard !plan.survivors.contains(where: \.isInUse) else {
      throw ValidationError("a process still uses one of the folders: stop it first")
    }
    let time = UInt64(Date().timeIntervalSince1970 * 1000)
    try reader.writeBackup(of: chosen, to: output, time: time)
    if !json {
      let survivor = plan.survivors[chosen]
      print("wrote \(output): \(survivor.memberName)'s state at revision \(survivor.revisionAtEnd)")
      print("Now, on every host, into an empty folder: apus store restore \(output) --config … --host … --data …")
    }
  }

  /// The host's data folder has the store's in it.
  private func storeFolder(_ path: String) -> String {
    FileManager.default.fileExists(atPath: "\(path)/store/log")
      || FileManager.default.fileExists(atPath: "\(path)/store/identity") ? "\(path)/store" : path
  }

  private func names() throws -> [UInt64: String] {
    guard let config else { return [:] }
    var file = ConfigOptions()
    file.config = config
    let cluster = try file.load()
    return Dictionary(
      cluster.hosts(with: .store).map { host in
        (StoreNodeConfiguration.memberID(cluster: cluster.name, name: host.name), host.name)
      }, uniquingKeysWith: { first, _ in first })
  }
}
