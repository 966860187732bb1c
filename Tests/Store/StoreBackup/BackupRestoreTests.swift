import FoundationEssentials
import MVCC
import RaftCore
import RaftLog
import Replica
import StoreBackup
import Testing

@Suite struct BackupRestoreTests {
  private let payloads = [
    // The old member's fourth start; the new cluster's begins with the first.
    command(.leaseGrant(id: 5, timeToLive: 60), start: 4, sequence: 1),
    put("a", "1", lease: 5, start: 4, sequence: 2), put("b", "2", start: 4, sequence: 3),
    put("a", "3", lease: 5, start: 4, sequence: 4),
  ]

  private func withBackup(_ body: (_ folder: String, BackupFile) throws -> Void) throws {
    try withScratch { folder in
      try backUp(state(payloads), to: "\(folder)/b")
      try body(folder, try BackupFile(reading: "\(folder)/b"))
    }
  }

  private func member(_ id: MemberID = 1, voters: [MemberID] = [1, 2, 3]) -> BackupRestore.Member {
    .init(clusterName: "lab", id: id, name: "s\(id)", voters: voters)
  }

  /// What a restored folder holds, opened as a replica opens it.
  private func open(_ path: String, _ restore: BackupRestore) throws -> (ReplicaState, RecoveredSegments) {
    let folder = try DataFolder(path)
    let identity = try #require(try folder.identity())
    #expect(identity.clusterID == restore.clusterID && identity.memberID == restore.member.id)
    #expect(!identity.hasStarted)
    let snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: identity.clusterID)
    let newest = try #require(snapshots.newest)
    var decoder = StateDecoder()
    try snapshots.load(newest) { try decoder.feed($0) }
    let (_, segments) = try LogStorage.open(
      folder.logPath, clusterID: identity.clusterID, memberID: identity.memberID,
      bootstrap: SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [9])))
    let state = ReplicaState(
      configuration: ReplicaConfiguration(member: identity.memberID, seed: 1), start: 1,
      snapshot: try decoder.finish())
    return (state, segments)
  }

  @Test func aRestoredFolderIsANewClustersBeginning() throws {
    try withBackup { folder, backup in
      let restore = try BackupRestore(backup, as: member())
      let outcome = try restore.run(into: "\(folder)/s1/store", segmentSize: 65536)
      #expect(outcome.clusterID == restore.clusterID && outcome.revision == 4 && outcome.voters == 3)
      let (state, segments) = try open("\(folder)/s1/store", restore)
      #expect(state.store.revision == 4 && state.membership == Membership(voters: [1, 2, 3]))
      #expect(try state.store.range(RangeRequest(KeyRange(key: bytes("a")))).keyValues.map(\.value) == [bytes("3")])
      #expect(state.store.keys(of: 5) == [bytes("a")] && state.remainingLeaseMilliseconds(5) ?? 0 >= 60_000)
      #expect(segments.base == state.freeze().metadata && segments.entries.isEmpty)
      #expect(segments.hardState.term == segments.base.term && segments.hardState.votedFor == nil)
      #expect(try tree(folder).keys.allSatisfy { !$0.contains("restoring") })
    }
  }

  /// A member of the new cluster counts its starts and proposals anew, and the old ones' numbers are not in their way.
  @Test func theNewClustersProposalsAreNotTakenForOldOnes() throws {
    try withBackup { folder, backup in
      let restore = try BackupRestore(backup, as: member())
      _ = try restore.run(into: "\(folder)/store", segmentSize: 65536)
      var (state, _) = try open("\(folder)/store", restore)
      let next = Entry(term: 2, index: 2, payload: put("c", "4", sequence: 1))
      _ = state.apply([next])
      #expect(state.store.revision == 5)
      // A lease that nobody renewed since is revoked on the leader's word.
      let expire = Envelope(
        id: ProposalID(origin: 1, start: 1, sequence: 2), time: 0,
        command: .leaseExpire(5, renewal: RestoredState.firstIndex))
      _ = state.apply([Entry(term: 2, index: 3, payload: expire.encoded())])
      #expect(state.store.leases.isEmpty)
    }
  }

  /// All hosts that restore the same backup in the same way agree on the cluster's id; nobody else does.
  @Test func theIdFollowsFromTheBackupAndTheOptions() throws {
    try withBackup { folder, backup in
      func id(_ member: BackupRestore.Member, _ adjust: (inout BackupRestore.Options) -> Void = { _ in }) throws
        -> UInt64
      {
        var options = BackupRestore.Options()
        adjust(&options)
        return try BackupRestore(backup, as: member, options: options).clusterID
      }
      let first = try id(member(1))
      #expect(try id(member(2)) == first)
      #expect(try id(member(3, voters: [3, 2, 1])) == first)
      var renamed = member(1)
      renamed.clusterName = "other"
      try backUp(state(payloads + [put("c", "", start: 4, sequence: 5)]), to: "\(folder)/later")
      let later = try BackupFile(reading: "\(folder)/later")
      let others = [
        try id(renamed), try id(member(1, voters: [1])), try id(member(1)) { $0.salt = "again" },
        try id(member(1)) { $0.skippedRevisions = 10 }, try BackupRestore(later, as: member(1)).clusterID, 7,
      ]
      #expect(Set(others + [first]).count == 7)
    }
  }

  @Test func revisionsCanBePassedOver() throws {
    try withBackup { folder, backup in
      var options = BackupRestore.Options()
      options.skippedRevisions = 1_000_000
      let restore = try BackupRestore(backup, as: member(), options: options)
      let outcome = try restore.run(into: "\(folder)/store", segmentSize: 65536)
      #expect(outcome.revision == 1_000_004 && outcome.compactRevision == 1_000_004 && outcome.backupRevision == 4)
      var (state, _) = try open("\(folder)/store", restore)
      // Whoever comes with a revision of the old cluster's, or of one of its later ones, is told to read anew.
      for old: Int64 in [2, 4, 5, 900_000] {
        #expect(throws: MVCCError.compacted) { try state.store.events(from: old) }
        #expect(throws: MVCCError.compacted) { try state.store.range(RangeRequest(.all, revision: old)) }
      }
      #expect(try state.store.range(RangeRequest(.all)).keyValues.map(\.modRevision) == [4, 3])
      _ = state.apply([Entry(term: 2, index: 2, payload: put("c", "4", sequence: 1))])
      #expect(state.store.revision == 1_000_005)
      #expect(try state.store.events(from: 1_000_005).events.count == 1)
      // It is a state like any other: it survives a snapshot.
      var frozen = state.freeze()
      var decoder = StateDecoder()
      while let chunk = frozen.nextChunk() { try decoder.feed(chunk) }
      let copy = try decoder.finish()
      #expect(try copy.store.hash(at: 0) == state.store.hash(at: 0) && copy.store.compactRevision == 1_000_004)
    }
  }

  @Test func whatCannotBeIsRefused() throws {
    try withBackup { folder, backup in
      #expect(throws: BackupError.self) { try BackupRestore(backup, as: member(voters: [1, 2])) }
      #expect(throws: BackupError.self) { try BackupRestore(backup, as: member(voters: [])) }
      #expect(throws: BackupError.self) { try BackupRestore(backup, as: member(4)) }
      var options = BackupRestore.Options()
      options.skippedRevisions = -1
      #expect(throws: BackupError.self) { try BackupRestore(backup, as: member(), options: options) }
      let restore = try BackupRestore(backup, as: member())
      _ = try restore.run(into: "\(folder)/store", segmentSize: 65536)
      let before = try tree("\(folder)/store")
      let error = #expect(throws: BackupError.self) { try restore.run(into: "\(folder)/store", segmentSize: 65536) }
      #expect("\(error as Any)".contains("not empty"))
      #expect(try tree("\(folder)/store") == before)
      try write([1], to: "\(folder)/file")
      #expect(throws: BackupError.self) { try restore.run(into: "\(folder)/file", segmentSize: 65536) }
    }
  }

  /// A folder in which a start was refused, and what a restoring that was killed has left, are in nobody's way.
  @Test func leftoversAreInNobodysWay() throws {
    try withBackup { folder, backup in
      let restore = try BackupRestore(backup, as: member())
      do { _ = try DataFolder("\(folder)/store") }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/store.restoring/log", withIntermediateDirectories: true)
      try write([1, 2], to: "\(folder)/store.restoring/log/x.log")
      _ = try restore.run(into: "\(folder)/store", segmentSize: 65536)
      _ = try open("\(folder)/store", restore)
      // But one that a process has locked is.
      let used = try DataFolder("\(folder)/used")
      #expect(throws: BackupError.self) { try restore.run(into: "\(folder)/used", segmentSize: 65536) }
      used.release()
    }
  }

  /// Altered anywhere: refused before anything is made.
  @Test func aDamagedBackupLeavesNothingBehind() throws {
    try withBackup { folder, backup in
      let good = try contents(backup.path)
      for index in stride(from: 0, to: good.count, by: 53) {
        var bad = good
        bad[index] ^= 0x10
        try write(bad, to: "\(folder)/bad")
        #expect(throws: BackupError.self) {
          try BackupRestore(try BackupFile(reading: "\(folder)/bad"), as: member()).run(into: "\(folder)/new/store")
        }
        // It changes between the check and the reading: that is noticed too.
        let restore = try BackupRestore(backup, as: member())
        try write(bad, to: backup.path)
        #expect(throws: BackupError.self) { try restore.run(into: "\(folder)/new/store") }
        try write(good, to: backup.path)
      }
      #expect(Set(try tree(folder).keys) == ["b", "bad"])
    }
  }
}
