import Logging
import RaftCore
import RaftLog
import RaftTransport
import Replica

/// Opens a replica's files and makes of them what it starts from.
struct Recovery {
  let configuration: StoreNodeConfiguration
  let logger: Logger

  /// What is on the disk, opened.
  struct Opened {
    var log: LogStorage
    var snapshots: SnapshotFiles
    var recovered: RecoveredLog
    /// Nil for a replica without a snapshot.
    var state: RestoredState?
    var base: SnapshotMetadata
  }

  private var identity: ReplicaIdentity {
    ReplicaIdentity(
      clusterID: configuration.clusterID, clusterName: configuration.clusterName,
      memberID: configuration.memberID, memberName: configuration.name)
  }

  /// Whether the folder has been started in. Throws when it is another replica's.
  func hasStarted(_ folder: DataFolder) throws -> Bool {
    let identity: ReplicaIdentity?
    do throws(StorageError) {
      identity = try folder.identity()
    } catch {
      guard error.code == .missing else { throw error }
      throw StoreStartError.emptiedFolder(member: configuration.name, path: folder.path, "\(error)")
    }
    guard let found = identity else { return false }
    var expected = self.identity
    expected.hasStarted = found.hasStarted
    guard found == expected else {
      throw StoreStartError.foreignData(
        path: folder.path, found: "member \(found.memberName) of \(found.clusterName)",
        expected: "member \(configuration.name) of \(configuration.clusterName)")
    }
    return found.hasStarted
  }

  /// Opens the files, making those of a new replica.
  ///
  /// - Parameter rejoining: what to begin with instead, for one that lost its disk.
  func open(_ folder: DataFolder, isNew: Bool, rejoining: HardState?) throws -> Opened {
    let membership: Membership
    do throws(Membership.BootstrapError) {
      membership = try Membership.bootstrap(voters: configuration.peers.map(\.id))
    } catch {
      throw StoreStartError.membership(error)
    }
    let bootstrap = SnapshotMetadata(index: 0, term: 0, membership: membership)
    if isNew { try folder.establish(identity) }
    var settings = LogStorage.Configuration()
    settings.segmentSize = configuration.segmentSize
    let snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: configuration.clusterID)
    let (log, segments) = try LogStorage.open(
      folder.logPath, clusterID: configuration.clusterID, memberID: configuration.memberID, bootstrap: bootstrap,
      initial: rejoining ?? HardState(), configuration: settings)
    guard rejoining == nil || segments.hardState.hasLostAll else {
      throw StoreStartError.cannotRejoin(
        member: configuration.name, "there is a log in \(folder.path) already: move the folder away")
    }
    if isNew {
      var started = identity
      started.hasStarted = true
      try folder.establish(started)
    }
    if let torn = segments.tornTail {
      logger.warning("the log's end was torn and has been cut off", metadata: ["where": "\(torn)"])
    }
    if segments.tornTail != nil || segments.hardState.mustCatchUp {
      logger.warning(
        configuration.acceptsLostTail && !segments.hardState.hasLostAll
          ? "the log's end was lost, and this replica votes all the same, as it was told to"
          : "\(LostTail.explanation(hasLostAll: segments.hardState.hasLostAll))")
    }
    // Where both say the same, the snapshot knows the membership for certain.
    let logBase = snapshots.newest.flatMap { $0.index == segments.base.index ? $0 : nil } ?? segments.base
    var recovered = RecoveredLog(
      hardState: segments.hardState, logBase: logBase, entries: segments.entries,
      newestSnapshot: snapshots.newest, hasLostTail: segments.tornTail != nil)
    recovered.acceptsLostTail = configuration.acceptsLostTail
    let newest = snapshots.newest?.index ?? 0
    guard recovered.base.index <= newest else {
      throw StoreStartError.missingSnapshot(path: folder.path, logBegins: recovered.base.index, newest: newest)
    }
    return Opened(
      log: log, snapshots: snapshots, recovered: recovered, state: try load(snapshots), base: recovered.base)
  }

  private func load(_ snapshots: SnapshotFiles) throws -> RestoredState? {
    guard let newest = snapshots.newest else { return nil }
    var decoder = StateDecoder()
    try snapshots.load(newest) { try decoder.feed($0) }
    return try decoder.finish()
  }
}
