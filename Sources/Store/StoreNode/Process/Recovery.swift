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

  private func identity(clusterID: UInt64) -> ReplicaIdentity {
    ReplicaIdentity(
      clusterID: clusterID, clusterName: configuration.clusterName, memberID: configuration.memberID,
      memberName: configuration.name)
  }

  /// Whose folder it is, nil for an empty one. Throws when it is another replica's. Which of the clusters of this name
  /// it belongs to, only the folder says.
  func identity(of folder: DataFolder) throws -> ReplicaIdentity? {
    let identity: ReplicaIdentity?
    do throws(StorageError) {
      identity = try folder.identity()
    } catch {
      guard error.code == .missing else { throw error }
      throw StoreStartError.emptiedFolder(member: configuration.name, path: folder.path, "\(error)")
    }
    guard let found = identity else { return nil }
    var expected = self.identity(clusterID: found.clusterID)
    expected.hasStarted = found.hasStarted
    guard found == expected else {
      throw StoreStartError.foreignData(
        path: folder.path, found: "member \(found.memberName) of \(found.clusterName)",
        expected: "member \(configuration.name) of \(configuration.clusterName)")
    }
    return found
  }

  /// Opens the files, making those of a new replica.
  ///
  /// - Parameters:
  ///   - clusterID: the cluster's, which a new replica has learned.
  ///   - rejoining: what to begin with instead, for one that lost its disk.
  ///   - present: the configuration of the cluster that a new replica comes to; nil for a new cluster.
  func open(
    _ folder: DataFolder, clusterID: UInt64, isNew: Bool, rejoining: HardState?, present: Membership?
  ) throws -> Opened {
    var membership = present ?? Membership(voters: configuration.peers.map(\.id))
    // One that comes back begins no cluster: it may have an even number of voters by now.
    if isNew, present == nil, rejoining == nil {
      do throws(Membership.BootstrapError) {
        membership = try Membership.bootstrap(voters: configuration.peers.map(\.id))
      } catch {
        throw StoreStartError.membership(error)
      }
    }
    let bootstrap = SnapshotMetadata(index: 0, term: 0, membership: membership)
    if isNew { try folder.establish(identity(clusterID: clusterID)) }
    var settings = LogStorage.Configuration()
    settings.segmentSize = configuration.segmentSize
    let snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: clusterID)
    for (path, defect) in snapshots.setAside {
      logger.warning(
        "an older snapshot was damaged and is set aside; there is a newer one, and nothing is missing",
        metadata: ["file": "\(path)", "defect": "\(defect)"])
    }
    let (log, segments) = try LogStorage.open(
      folder.logPath, clusterID: clusterID, memberID: configuration.memberID, bootstrap: bootstrap,
      initial: rejoining ?? HardState(), configuration: settings)
    guard rejoining == nil || segments.hardState.hasLostAll else {
      throw StoreStartError.cannotRejoin(
        member: configuration.name, "there is a log in \(folder.path) already: move the folder away")
    }
    if isNew {
      var started = identity(clusterID: clusterID)
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
