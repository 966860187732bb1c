import FoundationEssentials
import MVCC
import RaftCore
import RaftLog
import Replica
import StoreBackup
import Testing

/// Folders as members leave them, read without being changed.
@Suite struct SurvivorReaderTests {
  private let membership = Membership(voters: [1, 2, 3])
  private var bootstrap: SnapshotMetadata { SnapshotMetadata(index: 0, term: 0, membership: membership) }

  private func entries(_ range: ClosedRange<UInt64>, term: Term = 1, _ word: String = "v") -> [Entry] {
    range.map { Entry(term: term, index: $0, payload: put("key\($0 % 10)", "\(word)\($0)", sequence: $0)) }
  }

  /// Writes a member's folder: portions of entries, each synced by itself, and its hard state at the end.
  private func makeFolder(
    _ path: String, member: MemberID, _ portions: [[Entry]], commit: LogIndex, term: Term = 1, vote: MemberID? = nil,
    snapshotAt: LogIndex? = nil, segmentSize: UInt64 = 16384
  ) throws {
    let folder = try DataFolder(path)
    defer { folder.release() }
    try folder.establish(
      ReplicaIdentity(clusterID: 7, clusterName: "lab", memberID: member, memberName: "s\(member)", hasStarted: true))
    var settings = LogStorage.Configuration()
    settings.segmentSize = segmentSize
    let (log, _) = try LogStorage.open(
      folder.logPath, clusterID: 7, memberID: member, bootstrap: bootstrap, configuration: settings)
    let snapshots = try SnapshotFiles(folder.snapshotPath, clusterID: 7)
    // Before the last portion: that is what a torn end tears.
    for (number, portion) in portions.enumerated() {
      let isLast = number == portions.count - 1
      if isLast || portions.isEmpty {
        try log.append([
          LogWrite(token: 0, hardState: HardState(term: term, votedFor: vote, commit: commit, starts: 1))
        ])
      }
      try log.append([LogWrite(token: 1, entries: portion)])
    }
    guard let snapshotAt else { return }
    var state = ReplicaState(
      configuration: ReplicaConfiguration(member: member, seed: 1), start: 0, base: bootstrap)
    var rest = portions.joined().filter { $0.index <= snapshotAt }[...]
    while !rest.isEmpty { rest = state.apply(rest) }
    var frozen = state.freeze()
    let writer = try snapshots.begin(frozen.metadata, isReceived: false)
    while let chunk = frozen.nextChunk() { try writer.write(chunk) }
    try snapshots.commit(writer)
  }

  private func logFiles(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/log").filter { $0.hasSuffix(".log") }.sorted()
      .map { "\(path)/log/\($0)" }
  }

  private func snapshotFiles(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/snapshots").sorted().map { "\(path)/snapshots/\($0)" }
  }

  private func damage(_ file: String, _ change: (inout [UInt8]) throws -> Void) throws {
    var content = try contents(file)
    try change(&content)
    try write(content, to: file)
  }

  @Test func whatAMemberHasIsSaidExactly() throws {
    try withScratch { folder in
      try makeFolder(
        "\(folder)/s1", member: 1, [entries(1...20), entries(21...30)], commit: 20, term: 3, vote: 2, snapshotAt: 12)
      let before = try tree(folder)
      let survivor = try #require(try SurvivorReader(["\(folder)/s1"]).survivors.first)
      #expect(survivor.memberName == "s1" && survivor.clusterID == 7 && survivor.term == 3 && survivor.votedFor == 2)
      #expect(survivor.snapshot == .init(index: 12, term: 1) && survivor.snapshotRevision == 13)
      #expect(survivor.entries.map(\.index) == Array(13...30) && survivor.last == .init(index: 30, term: 1))
      #expect(survivor.knownCommit == 20 && survivor.revisionAtCommit == 21 && survivor.revisionAtEnd == 31)
      #expect(survivor.revisionAtHighestCommit == 21 && survivor.voters == [1, 2, 3])
      #expect(survivor.uncommittedChanges.first == "revision 22: put key1" && survivor.uncommittedChanges.count == 10)
      #expect(survivor.defects.isEmpty && !survivor.isInUse)
      #expect(try tree(folder) == before)
    }
  }

  /// A follower with a stale tail, one with the committed entries, one that is behind: the second, and a backup of it.
  @Test func theBestOneBecomesABackup() throws {
    try withScratch { folder in
      let common = entries(1...20)
      try makeFolder("\(folder)/s1", member: 1, [common, entries(21...26, "stale")], commit: 18)
      try makeFolder("\(folder)/s2", member: 2, [common, entries(21...23, term: 2, "new")], commit: 21, term: 2)
      let before = try tree(folder)
      let reader = try SurvivorReader(["\(folder)/s1", "\(folder)/s2"])
      let plan = try RecoveryPlan(reader.survivors)
      #expect(plan.chosen.memberID == 2 && plan.holdsCommitted && plan.undecided == 22...23)
      #expect(plan.comparisons[0] == .diverged(from: 21, own: 1, best: 2, entries: 6))
      #expect(plan.chosen.revisionAtHighestCommit == 22 && plan.chosen.revisionAtEnd == 24)
      try reader.writeBackup(of: plan.best, to: "\(folder)/backup", time: 0)
      var after = try tree(folder)
      after["backup"] = nil
      #expect(after == before)
      let state = try BackupFile(reading: "\(folder)/backup").restore()
      #expect(state.store.revision == 24 && state.metadata.index == 23)
      #expect(
        try state.store.range(RangeRequest(KeyRange(key: bytes("key3")))).keyValues.map(\.value) == [bytes("new23")])
      #expect(throws: BackupError.self) { try reader.writeBackup(of: plan.best, to: "\(folder)/backup", time: 0) }
    }
  }

  @Test func aFolderInUseIsNamed() throws {
    try withScratch { folder in
      try makeFolder("\(folder)/s1", member: 1, [entries(1...3)], commit: 3)
      let used = try DataFolder("\(folder)/s1")
      let plan = try RecoveryPlan(try SurvivorReader(["\(folder)/s1"]).survivors)
      #expect(plan.chosen.isInUse && plan.warnings.contains { $0.contains("still uses") })
      used.release()
      let reader = try SurvivorReader(["\(folder)/s1"])
      #expect(reader.survivors.first?.isInUse == false)
      // And nobody starts while it is being looked at.
      #expect(throws: StorageError.self) { try DataFolder("\(folder)/s1") }
      _ = consume reader
      _ = try DataFolder("\(folder)/s1")
    }
  }

  /// Cut anywhere in the last write: what was synced before is there, and the tear is reported with its place.
  @Test func tornTailsAreReportedAndNotMended() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(path, member: 1, [entries(1...8), entries(9...12)], commit: 8, segmentSize: 8192)
      let file = try #require(try logFiles(path).last)
      let good = try contents(file)
      let end = try #require(good.lastIndex { $0 != 0 }) + 1
      // The last portion is the last sync; its records are of about equal size.
      let start = end - 4 * ((end - 64) / 14)
      for cut in stride(from: start + 40, to: end, by: 9) {
        try write(good[..<cut] + [UInt8](repeating: 0, count: good.count - cut), to: file)
        let before = try tree(path)
        let survivor = try #require(try SurvivorReader([path]).survivors.first)
        let last = try #require(survivor.last)
        #expect((8...12).contains(last.index), "cut at \(cut)")
        if last.index < 12, cut % 8 != 0 || good[cut - 1] != 0 {
          #expect(survivor.defects.contains { $0.kind == .tornTail && $0.place.contains("byte") }, "cut at \(cut)")
        }
        #expect(survivor.revisionAtCommit == 9)
        #expect(try tree(path) == before)
      }
    }
  }

  /// A damaged record in the middle of what was synced: everything before it is used, and what is lost is said.
  @Test func damageInTheMiddleOfTheLogIsSaid() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(
        path, member: 1, (0..<20).map { entries(($0 * 10 + 1)...($0 * 10 + 10)) }, commit: 195, segmentSize: 2048)
      let files = try logFiles(path)
      #expect(files.count > 3)
      try damage(files[1]) { $0[200] ^= 0xff }
      let plan = try RecoveryPlan(try SurvivorReader([path]).survivors)
      let last = try #require(plan.chosen.last)
      #expect(last.index < 190 && last.index > 1)
      #expect(plan.chosen.defects.contains { $0.kind == .damage && $0.place.contains(files[1]) })
      #expect(!plan.holdsCommitted && plan.warnings.contains { $0.contains("does NOT hold") })
    }
  }

  /// The damage lies before the snapshot: the state is made of the snapshot and the log behind the damage, all of it.
  @Test func damageThatASnapshotCoversCostsNothing() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(
        path, member: 1, (0..<20).map { entries(($0 * 10 + 1)...($0 * 10 + 10)) }, commit: 195, snapshotAt: 150,
        segmentSize: 2048)
      let files = try logFiles(path)
      try damage(files[1]) { $0[200] ^= 0xff }
      var plan = try RecoveryPlan(try SurvivorReader([path]).survivors)
      #expect(plan.chosen.last == .init(index: 200, term: 1) && plan.chosen.revisionAtEnd == 201 && plan.holdsCommitted)
      #expect(plan.chosen.defects.count == 1)
      // A whole segment is missing.
      try FileManager.default.removeItem(atPath: files[1])
      plan = try RecoveryPlan(try SurvivorReader([path]).survivors)
      #expect(plan.chosen.last == .init(index: 200, term: 1) && plan.holdsCommitted && !plan.chosen.defects.isEmpty)
      // And the snapshot cannot be read either: then only what stands before the gap is left.
      let snapshot = try #require(try snapshotFiles(path).last)
      try damage(snapshot) { $0[$0.count / 2] ^= 0xff }
      plan = try RecoveryPlan(try SurvivorReader([path]).survivors)
      #expect((plan.chosen.last?.index ?? 0) < 60 && !plan.holdsCommitted)
    }
  }

  @Test func aDamagedSnapshotLeavesTheLog() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(path, member: 1, [entries(1...40)], commit: 40, snapshotAt: 30)
      let snapshot = try #require(try snapshotFiles(path).last)
      for at in [3, 200, try contents(snapshot).count - 5] {
        let good = try contents(snapshot)
        try damage(snapshot) { $0[at] ^= 0xff }
        let survivor = try #require(try SurvivorReader([path]).survivors.first)
        #expect(survivor.snapshot == nil && survivor.last?.index == 40 && survivor.revisionAtEnd == 41, "\(at)")
        #expect(survivor.defects.contains { $0.kind == .damage })
        try write(good, to: snapshot)
      }
    }
  }

  @Test func aLostIdentityIsTakenFromTheLog() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(path, member: 1, [entries(1...5)], commit: 5)
      try damage("\(path)/identity") { $0[3] ^= 1 }
      let survivor = try #require(try SurvivorReader([path]).survivors.first)
      #expect(survivor.memberID == 1 && survivor.clusterID == 7 && survivor.revisionAtEnd == 6)
      #expect(survivor.defects.contains { $0.place.contains("identity") })
      #expect(throws: StorageError.self) { try SurvivorReader(["\(folder)/nothing"]) }
      try FileManager.default.createDirectory(atPath: "\(folder)/empty", withIntermediateDirectories: true)
      #expect(throws: StorageError.self) { try SurvivorReader(["\(folder)/empty"]) }
    }
  }

  /// Bytes flipped all over a folder: whatever is read, nothing crashes and nothing is changed.
  @Test func noDamageIsTooMuch() throws {
    try withScratch { folder in
      let path = "\(folder)/s1"
      try makeFolder(
        path, member: 1, (0..<6).map { entries(($0 * 10 + 1)...($0 * 10 + 10)) }, commit: 55, snapshotAt: 30,
        segmentSize: 4096)
      var generator = SystemRandomNumberGenerator()
      let files = try logFiles(path) + snapshotFiles(path) + ["\(path)/identity"]
      for _ in 0..<60 {
        let file = try #require(files.randomElement(using: &generator))
        let good = try contents(file)
        let place = Int.random(in: 0..<good.count, using: &generator)
        try damage(file) { $0[place] ^= UInt8.random(in: 1...255, using: &generator) }
        let before = try tree(path)
        let reader = try SurvivorReader([path])
        if let plan = try? RecoveryPlan(reader.survivors) {
          #expect((plan.chosen.last?.index ?? 0) <= 60)
          _ = RecoveryReport(plan).text
        }
        #expect(try tree(path) == before)
        try write(good, to: file)
      }
    }
  }
}
