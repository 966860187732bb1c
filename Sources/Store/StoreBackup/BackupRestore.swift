import Crypto
import FoundationEssentials
import Glibc
package import RaftCore
import RaftLog
import Replica

/// A backup as the data folder of one member of a new cluster.
///
/// Every member's folder is made from the same backup with the same options, each on its own host. Nothing is agreed on
/// over the network, and need not be: the state, the log's beginning and the cluster's id follow from the backup and the
/// options alone. The id differs from the old cluster's, so that members of the two refuse each other, and from that of
/// any restoring with another backup or other options.
package struct BackupRestore: Sendable {
  /// The member whose folder it will be.
  package struct Member: Hashable, Sendable {
    package var clusterName: String
    package var id: MemberID
    package var name: String
    /// Who votes in the new cluster, this member included.
    package var voters: [MemberID]

    package init(clusterName: String, id: MemberID, name: String, voters: [MemberID]) {
      self.clusterName = clusterName
      self.id = id
      self.name = name
      self.voters = voters
    }
  }

  /// Must be the same on every host.
  package struct Options: Hashable, Sendable {
    /// So many revisions are passed over, and all before them compacted: for clients (informers) that have seen later
    /// revisions than the backup holds. 0: the revision is the backup's.
    package var skippedRevisions: Int64 = 0
    /// Tells one restoring from another one of the same backup, whose members must not meet either.
    package var salt = ""

    package init() {}
  }

  /// What came of it.
  package struct Outcome: Hashable, Sendable {
    package var clusterID: UInt64
    package var revision: Int64
    package var compactRevision: Int64
    /// The revision that the backup holds.
    package var backupRevision: Int64
    package var voters: Int
  }

  package let backup: BackupFile
  package let member: Member
  package let options: Options
  private let membership: Membership

  /// Throws when the options cannot be those of a cluster.
  package init(_ backup: BackupFile, as member: Member, options: Options = Options()) throws(BackupError) {
    self.backup = backup
    self.member = member
    self.options = options
    do throws(Membership.BootstrapError) {
      membership = try Membership.bootstrap(voters: member.voters)
    } catch {
      throw BackupError(.refused, backup.path, "it cannot be restored: \(error)")
    }
    guard membership.isVoter(member.id) else {
      throw BackupError(.refused, backup.path, "\(member.name) is not one of the voters of \(member.clusterName)")
    }
    // Far from the end of the numbers, so that nobody comes near it by writing.
    guard (0...(1 << 60)).contains(options.skippedRevisions), backup.header.revision < 1 << 61 else {
      throw BackupError(.refused, backup.path, "\(options.skippedRevisions) revisions cannot be passed over")
    }
  }

  /// The new cluster's id.
  package var clusterID: UInt64 {
    var hash = SHA256()
    func mix(_ bytes: [UInt8]) {
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: bytes)
    }
    mix(Array("apus cluster from a backup, 1".utf8))
    mix(Array(member.clusterName.utf8))
    mix(backup.checksum)
    mix(Array("\(options.skippedRevisions)".utf8))
    mix(Array(options.salt.utf8))
    for voter in membership.voters { mix(Array(hexadecimal(voter).utf8)) }
    let id = Array(hash.finalize()).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return id == 0 ? 1 : id
  }

  /// Makes the folder, which must not exist yet, or be empty. It is there whole and on the disk, or not at all.
  ///
  /// - Parameter segmentSize: the size of the log's first segment, in bytes.
  package func run(into target: String, segmentSize: UInt64 = 64 << 20) throws(BackupError) -> Outcome {
    try Self.requireEmpty(target)
    let state = try backup.restore().asNewCluster(of: membership, skipping: options.skippedRevisions)
    let parent = Folder.parent(target)
    let temporary = "\(target).restoring"
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw BackupError(.system, parent, "the folder cannot be made: \(error)")
    }
    try Self.clear(temporary)
    do {
      try write(state, to: temporary, segmentSize)
      try Self.requireEmpty(target)
      rmdir(target)
      try Folder.rename(temporary, to: target)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      if let error = error as? StorageError { throw BackupError(error) }
      throw error as? BackupError ?? BackupError(.system, temporary, "\(error)")
    }
    try BackupError.translating { () throws(StorageError) in try Folder.sync(parent) }
    return Outcome(
      clusterID: clusterID, revision: state.store.revision, compactRevision: state.store.compactRevision,
      backupRevision: backup.header.revision, voters: membership.voters.count)
  }

  /// Not marked as started: at its first start the member asks its peers whether they know it, as one with an empty disk
  /// does. A host that has taken part and lost its disk cannot come back by restoring the backup again: what it promised
  /// meanwhile would be forgotten.
  private func write(_ state: RestoredState, to path: String, _ segmentSize: UInt64) throws {
    let folder = try DataFolder(path)
    defer { folder.release() }
    let snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: clusterID)
    let writer = try snapshots.begin(state.metadata, isReceived: false)
    var frozen = state.frozen()
    while let chunk = frozen.nextChunk() { try writer.write(chunk) }
    try snapshots.commit(writer)
    var settings = LogStorage.Configuration()
    settings.segmentSize = segmentSize
    _ = try LogStorage.open(
      folder.logPath, clusterID: clusterID, memberID: member.id, bootstrap: state.metadata,
      initial: HardState(term: state.metadata.term, commit: state.metadata.index), configuration: settings)
    try folder.establish(
      ReplicaIdentity(
        clusterID: clusterID, clusterName: member.clusterName, memberID: member.id, memberName: member.name))
  }

  /// A folder in which a start was refused holds the file that was locked, and nothing else.
  private static func requireEmpty(_ path: String) throws(BackupError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR, let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else {
      throw BackupError(.refused, path, "this is not a folder that can be read")
    }
    guard names.allSatisfy({ $0 == "lock" }) else {
      throw BackupError(
        .refused, path,
        """
        the folder is not empty: a backup is restored into an empty one only. Stop the store of this host, and move the \
        folder away (do not delete it before the new cluster works)
        """)
    }
    guard names.isEmpty || isFree("\(path)/lock") else {
      throw BackupError(.refused, path, "another process uses this folder")
    }
    unlink("\(path)/lock")
  }

  /// Removes what an earlier restoring that was killed has left.
  private static func clear(_ temporary: String) throws(BackupError) {
    guard Folder.exists(temporary) else { return }
    guard isFree("\(temporary)/lock") else {
      throw BackupError(.refused, temporary, "another process is restoring into this folder")
    }
    do {
      try FileManager.default.removeItem(atPath: temporary)
    } catch {
      throw BackupError(.system, temporary, "what an earlier restoring left cannot be removed: \(error)")
    }
  }

  private static func isFree(_ lock: String) -> Bool {
    guard Folder.exists(lock) else { return true }
    return (try? File(lock, flags: O_RDONLY).lock()) ?? false
  }
}
