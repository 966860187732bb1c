import RaftCore
import RaftLog

/// A replica's files, opened in the order in which a store's start opens them (StoreNode's `start`, `Recovery`).
struct OpenReplica {
  static let (cluster, member): (UInt64, UInt64) = (0xc1, 1)

  let folder: DataFolder
  let known: KnownPeers
  let snapshots: SnapshotFiles
  let log: LogStorage
  let recovered: RecoveredSegments
  /// What the consensus makes of it.
  let start: RecoveredLog
  /// As it was found.
  let stage: Ledger.Stage
  let isRemoved: Bool
  let addresses: AddressBook?

  init(_ path: String, segmentSize: UInt64) throws {
    folder = try DataFolder(path)
    try folder.setRebuilt(false)
    guard try DivergenceNote.load(from: path) == nil else { throw CrashFinding("a note of a divergence") }
    known = try KnownPeers(folder)
    let identity = try folder.identity()
    isRemoved = RemovalNote.isPresent(in: path)
    addresses = AddressBook.load(from: path)
    stage = identity.map { $0.hasStarted ? Ledger.Stage.started : .established } ?? .nobody
    var own = ReplicaIdentity(
      clusterID: Self.cluster, clusterName: "lab", memberID: Self.member, memberName: "store-1")
    if stage != .started { try folder.establish(own) }
    snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: Self.cluster)
    var settings = LogStorage.Configuration()
    settings.segmentSize = segmentSize
    (log, recovered) = try LogStorage.open(
      folder.logPath, clusterID: Self.cluster, memberID: Self.member, bootstrap: Ledger.bootstrap,
      configuration: settings)
    own.hasStarted = true
    if stage != .started { try folder.establish(own) }
    let base = recovered.base
    let logBase = snapshots.newest.flatMap { $0.index == base.index ? $0 : nil } ?? base
    start = RecoveredLog(
      hardState: recovered.hardState, logBase: logBase, entries: recovered.entries, newestSnapshot: snapshots.newest,
      hasLostTail: recovered.tornTail != nil)
    guard start.base.index <= snapshots.newest?.index ?? 0 else {
      throw CrashFinding("the log begins behind entry \(start.base.index), and no snapshot reaches there")
    }
    _ = try Raft(configuration: RaftConfiguration(member: Self.member, seed: 1), recovered: start)
  }
}
