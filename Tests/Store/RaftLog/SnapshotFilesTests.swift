import Foundation
import RaftCore
import RaftLog
import Synchronization
import Testing

@Suite struct SnapshotFilesTests {
  private func metadata(_ index: UInt64) -> SnapshotMetadata {
    SnapshotMetadata(index: index, term: 2, membership: Membership(voters: [1, 2, 3]))
  }

  private func save(_ index: UInt64, _ body: [UInt8], in files: SnapshotFiles) throws {
    let writer = try files.begin(metadata(index), isReceived: false)
    for start in stride(from: 0, to: body.count, by: 100) {
      try writer.write(Array(body[start..<min(start + 100, body.count)]))
    }
    try files.commit(writer)
  }

  private func load(_ files: SnapshotFiles) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try files.load(try #require(files.newest)) { bytes += $0 }
    return bytes
  }

  @Test func theNewestTwoAreKept() throws {
    try withScratch { path in
      let body = (0..<1234).map { UInt8(truncatingIfNeeded: $0) }
      do {
        let files = try SnapshotFiles(path, clusterID: 7)
        #expect(files.newest == nil)
        for index in UInt64(1)...4 { try save(index * 10, body, in: files) }
        _ = try files.begin(metadata(50), isReceived: false)
      }
      let files = try SnapshotFiles(path, clusterID: 7)
      #expect(files.newest == metadata(40))
      #expect(try load(files) == body)
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(names.count == 2, "\(names)")
      #expect(try permissions("\(path)/\(names[0])") == 0o600)
    }
  }

  /// What is not needed any more has another name at once, and goes a part at a time, or at the next start.
  @Test func whatIsNotNeededIsRemovedByAnotherThread() throws {
    try withScratch { path in
      let gone = Mutex<[String]>([])
      do {
        let files = try SnapshotFiles(path, clusterID: 7)
        files.removal = .later { path in gone.withLock { $0.append(path) } }
        try save(10, [UInt8](repeating: 1, count: 9 << 20), in: files)
        for index in UInt64(2)...4 { try save(index * 10, [1], in: files) }
      }
      let paths = gone.withLock { $0 }
      #expect(paths.count == 2 && paths.allSatisfy { FileManager.default.fileExists(atPath: $0) })
      var sizes: [Int] = []
      try FileRemoval.removeInParts(try #require(paths.first)) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: paths[0])
        sizes.append((attributes?[.size] as? Int ?? 0) >> 20)
      }
      #expect(sizes == [9, 5, 1] && !FileManager.default.fileExists(atPath: paths[0]))
      #expect(try SnapshotFiles(path, clusterID: 7).newest == metadata(40))
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
    }
  }

  /// One that a follower is being sent stays for it, beside the newest two.
  @Test func oneThatIsBeingReadIsKept() throws {
    try withScratch { path in
      let files = try SnapshotFiles(path, clusterID: 7)
      for index in UInt64(1)...5 {
        let writer = try files.begin(metadata(index * 10), isReceived: false)
        try writer.write([UInt8](repeating: UInt8(index), count: 100))
        try files.commit(writer, keeping: [20])
      }
      #expect(try files.read(index: 20, offset: 50, count: 9)?.data == [UInt8](repeating: 2, count: 9))
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 3)
      #expect(try files.read(index: 30, offset: 50, count: 9)?.metadata == metadata(50))
      let writer = try files.begin(metadata(60), isReceived: false)
      try files.commit(writer)
      #expect(try files.read(index: 20, offset: 50, count: 9)?.metadata == metadata(60))
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
    }
  }

  /// Whoever doubts the newest has it read again. A damaged one is given to nobody, nor is an older one in its place,
  /// and it goes when there is another, be that of the same index.
  @Test func oneThatHasGoneBadIsNotReadAnyMore() throws {
    // In the header, in the body, in the end.
    let places: [@Sendable (Int) -> Int] = [{ _ in 3 }, { _ in 30 }, { $0 / 2 }, { $0 - 10 }, { $0 - 2 }]
    for (place, next) in places.flatMap({ place in [UInt64(20), 21].map { (place, $0) } }) {
      try withScratch { path in
        let files = try SnapshotFiles(path, clusterID: 7)
        for index in [10, 20] as [UInt64] { try save(index, [UInt8](repeating: 9, count: 5000), in: files) }
        #expect(files.examine(20) == nil && files.examine(30) == nil)
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: path).sorted().last)
        var damaged = try read("\(path)/\(name)")
        damaged[place(damaged.count)] ^= 4
        try write(damaged, "\(path)/\(name)")
        #expect(!files.isNewestDamaged)
        #expect(files.examine(20)?.code == .corrupt)
        #expect(files.isNewestDamaged && files.examine(20) == nil)
        #expect(try files.read(index: 20, offset: 0, count: 9) == nil)
        #expect(try files.read(index: nil, offset: 0, count: 9) == nil)
        #expect(try files.read(index: 10, offset: 0, count: 9)?.metadata == metadata(10))
        try save(next, [UInt8](repeating: 8, count: 100), in: files)
        #expect(!files.isNewestDamaged)
        #expect(try files.read(index: 20, offset: 0, count: 9)?.metadata == metadata(next))
        #expect(try load(try SnapshotFiles(path, clusterID: 7)) == [UInt8](repeating: 8, count: 100))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
      }
    }
  }

  /// An older one is not needed: damage to its header or its end keeps nobody from starting. The newest is.
  @Test func anOlderOneThatIsDamagedIsSetAside() throws {
    try withScratch { path in
      do {
        let files = try SnapshotFiles(path, clusterID: 7)
        for index in [10, 20] as [UInt64] { try save(index, [UInt8](repeating: 9, count: 50), in: files) }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      let older = "\(path)/\(names[0])"
      let whole = try read(older)
      for place in [0, 13, 30, whole.count - 3] {
        var damaged = whole
        damaged[place] ^= 2
        try write(damaged, older)
        let files = try SnapshotFiles(path, clusterID: 7)
        #expect(files.newest == metadata(20))
        #expect(files.setAside.map(\.path) == [older + ".damaged"], "byte \(place)")
        #expect(try load(files).count == 50)
        #expect(try read(older + ".damaged") == damaged)
        // Once is enough.
        #expect(try SnapshotFiles(path, clusterID: 7).setAside.isEmpty)
      }
      try write(whole, older)
      let newer = "\(path)/\(names[1])"
      var damaged = try read(newer)
      damaged[3] ^= 1
      try write(damaged, newer)
      #expect(throws: StorageError.self) { try SnapshotFiles(path, clusterID: 7) }
      // Another cluster's is no damage.
      try FileManager.default.removeItem(atPath: newer)
      let error = #expect(throws: StorageError.self) { try SnapshotFiles(path, clusterID: 8) }
      #expect(error?.code == .foreign)
    }
  }

  @Test func piecesAreReadFromWhereTheyAreAsked() throws {
    try withScratch { path in
      let files = try SnapshotFiles(path, clusterID: 7)
      let body = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
      try save(10, body, in: files)
      let piece = try #require(try files.read(index: 10, offset: 700, count: 400))
      #expect(piece.data == Array(body[700...]) && piece.totalSize == 1000 && piece.offset == 700)
      // One that is gone: the newest, from its start.
      let other = try #require(try files.read(index: 9, offset: 700, count: 10))
      #expect(other.metadata == metadata(10) && other.offset == 0)
    }
  }

  @Test func everyDamageIsFound() throws {
    try withScratch { path in
      do { try save(10, [UInt8](repeating: 9, count: 50), in: try SnapshotFiles(path, clusterID: 7)) }
      let file = "\(path)/\(try FileManager.default.contentsOfDirectory(atPath: path)[0])"
      let whole = try read(file)
      for index in whole.indices {
        var damaged = whole
        damaged[index] ^= 2
        try write(damaged, file)
        #expect(throws: (any Error).self, "byte \(index)") { _ = try load(try SnapshotFiles(path, clusterID: 7)) }
        try write(Array(whole[..<index]), file)
        #expect(throws: (any Error).self, "cut at \(index)") { _ = try load(try SnapshotFiles(path, clusterID: 7)) }
      }
      try write(whole, file)
      #expect(throws: StorageError.self) { try SnapshotFiles(path, clusterID: 8) }
    }
  }
}

@Suite struct SnapshotPinsTests {
  private static let second: UInt64 = 1_000_000_000

  @Test func aPinLastsAsLongAsItsTransferComesOn() {
    var pins = SnapshotPins()
    for step in 0..<10 as Range<UInt64> {
      pins.served(4, index: 100, offset: step, at: step * 50 * Self.second)
      #expect(pins.pinned(at: step * 50 * Self.second) == [100])
    }
    // The same piece again is nothing further.
    pins.served(4, index: 100, offset: 9, at: 490 * Self.second)
    #expect(pins.pinned(at: 509 * Self.second) == [100])
    #expect(pins.pinned(at: 510 * Self.second) == [])
    pins.served(4, index: 200, offset: 0, at: 600 * Self.second)
    #expect(pins.pinned(at: 600 * Self.second) == [200])
  }

  @Test func thereAreTwoAtMost() {
    var pins = SnapshotPins()
    for member in 1...5 as ClosedRange<UInt64> {
      pins.served(member, index: member * 100, offset: member % 3, at: 0)
    }
    #expect(pins.pinned(at: 1) == [200, 500])
  }
}

@Suite struct DataFolderTests {
  private let identity = ReplicaIdentity(clusterID: 7, clusterName: "lab", memberID: 1, memberName: "store-1")

  @Test func aFolderRemembersWhoseItIs() throws {
    try withScratch { path in
      do {
        let folder = try DataFolder("\(path)/data")
        #expect(try folder.identity() == nil)
        try folder.establish(identity)
        #expect(try permissions("\(path)/data") == 0o700)
        #expect(try permissions("\(path)/data/identity") == 0o600)
      }
      #expect(try DataFolder("\(path)/data").identity() == identity)
    }
  }

  @Test func twoProcessesCannotShareAFolder() throws {
    try withScratch { path in
      let folder = try DataFolder(path)
      let error = #expect(throws: StorageError.self) { _ = try DataFolder(path) }
      #expect(error?.code == .inUse)
      _ = try folder.identity()
    }
  }

  @Test func filesThatWereRemovedByHandAreMissed() throws {
    try withScratch { path in
      let folder = try DataFolder(path)
      var started = identity
      started.hasStarted = true
      try folder.establish(started)
      #expect(throws: StorageError.self) { try folder.identity() }
      _ = try openLog(folder.logPath)
      #expect(try folder.identity() == started)
      try FileManager.default.removeItem(atPath: "\(path)/identity")
      #expect(throws: StorageError.self) { try folder.identity() }
    }
  }

  @Test func aDamagedIdentityIsAnError() throws {
    try withScratch { path in
      let folder = try DataFolder(path)
      try folder.establish(identity)
      let whole = try read("\(path)/identity")
      for index in whole.indices {
        var damaged = whole
        damaged[index] ^= 1
        try write(damaged, "\(path)/identity")
        #expect(throws: StorageError.self) { try folder.identity() }
      }
    }
  }

  @Test func knownMembersAreRemembered() throws {
    try withScratch { path in
      let folder = try DataFolder(path)
      let known = try KnownPeers(folder)
      try known.remember(5)
      try known.remember(9)
      try known.remember(5)
      #expect(try KnownPeers(folder).members == [5, 9])
      var bytes = try read("\(path)/known-members")
      bytes[3] ^= 1
      try write(bytes, "\(path)/known-members")
      #expect(throws: StorageError.self) { try KnownPeers(folder) }
    }
  }
}
