import MVCC
import RaftCore
import Replica
import StoreBackup
import Testing

@Suite struct BackupFileTests {
  private func someState(_ count: Int = 300) -> ReplicaState {
    var payloads = [command(.leaseGrant(id: 5, timeToLive: 60), sequence: 1)]
    for index in 0..<count {
      payloads.append(
        put(
          "key\(index % 40)", String(repeating: "v\(index)", count: 20), lease: index % 3 == 0 ? 5 : 0,
          sequence: UInt64(index + 2)))
    }
    payloads.append(command(.compact(revision: 100), sequence: UInt64(count + 2)))
    return state(payloads)
  }

  /// The rules that etcdctl holds a snapshot to: whole blocks of 512 bytes and the SHA-256 of them; what is said to
  /// remain is what then comes.
  @Test func aBackupHasTheShapeThatEtcdsClientsCheck() throws {
    for count in [0, 1, 300, 5000] {
      let state = someState(count)
      var encoder = try BackupEncoder(header(state), state.freeze())
      let total = encoder.contentSize
      var file: [UInt8] = []
      var pieces = 0
      while let piece = encoder.nextPiece() {
        pieces += 1
        file += piece
        #expect(encoder.remaining == total - min(total, UInt64(file.count)))
      }
      #expect(file.count % 512 == 32 && UInt64(file.count) == total + 32)
      #expect(encoder.remaining == 0 && encoder.nextPiece() == nil)
      if count == 5000 { #expect(pieces > 4) }
    }
  }

  @Test func aBackupHoldsTheWholeState() throws {
    try withScratch { folder in
      let state = someState()
      try backUp(state, to: "\(folder)/b")
      let backup = try BackupFile(reading: "\(folder)/b")
      let restored = try backup.restore()
      #expect(restored.metadata == state.freeze().metadata && restored.records == state.records)
      #expect(try restored.store.hash(at: 0) == state.store.hash(at: 0))
      #expect(restored.store.leases == state.store.leases)
      let status = try BackupStatus(backup)
      #expect(status.revision == 301 && status.compactRevision == 100 && status.totalKeys == 40 && status.leases == 1)
      #expect(status.clusterName == "lab" && status.clusterID == "0000000000000007" && status.members.count == 2)
      #expect(status.hash == (try state.store.hash(at: 0)) && status.totalSize % 512 == 32)
      #expect(status.text.contains("2026-11-21 10:00:00 UTC"), "\(status.text)")
    }
  }

  @Test func nothingIsOverwritten() throws {
    try withScratch { folder in
      try write(bytes("precious"), to: "\(folder)/b")
      #expect(throws: BackupError.self) { try backUp(someState(3), to: "\(folder)/b") }
      #expect(try contents("\(folder)/b") == bytes("precious"))
      #expect(try tree(folder).count == 1)
    }
  }

  /// Wherever a bit is flipped, and wherever the file is cut or grown: it is refused.
  @Test func everyAlterationIsNoticed() throws {
    try withScratch { folder in
      try backUp(someState(60), to: "\(folder)/b")
      let good = try contents("\(folder)/b")
      _ = try BackupFile(reading: "\(folder)/b").restore()
      for index in stride(from: 0, to: good.count, by: 7) {
        var bad = good
        bad[index] ^= 1 << UInt8(index % 8)
        try write(bad, to: "\(folder)/bad")
        #expect(throws: BackupError.self, "byte \(index)") { try BackupFile(reading: "\(folder)/bad") }
      }
      for size in Array(stride(from: 0, to: good.count, by: 101)) + [good.count - 1, good.count - 32, good.count - 512]
      {
        try write(good[..<size], to: "\(folder)/bad")
        #expect(throws: BackupError.self, "cut at \(size)") { try BackupFile(reading: "\(folder)/bad") }
      }
      for more in [1, 32, 480, 512] {
        try write(good + [UInt8](repeating: 0, count: more), to: "\(folder)/bad")
        #expect(throws: BackupError.self, "\(more) more") { try BackupFile(reading: "\(folder)/bad") }
      }
    }
  }

  @Test func otherFilesAreNamedForWhatTheyAre() throws {
    try withScratch { folder in
      // The first page of a bolt database: a page's header, then the meta page's magic number.
      var bolt = [UInt8](repeating: 0, count: 4096 + 32)
      bolt.replaceSubrange(8..<10, with: [4, 0])
      bolt.replaceSubrange(16..<20, with: [0xed, 0xda, 0x0c, 0xed])
      try write(bolt, to: "\(folder)/bolt")
      let error = #expect(throws: BackupError.self) { try BackupFile(reading: "\(folder)/bolt") }
      #expect(error?.code == .foreign && "\(error as Any)".contains("etcd"), "\(error as Any)")
      for other in [[], bytes("kind: Pod\n"), [UInt8](repeating: 0, count: 544)] {
        try write(other, to: "\(folder)/other")
        #expect(throws: BackupError.self) { try BackupFile(reading: "\(folder)/other") }
      }
      #expect(throws: BackupError.self) { try BackupFile(reading: "\(folder)/nothing") }
      #expect(throws: BackupError.self) { try BackupFile(reading: folder) }
    }
  }

  @Test func countingCanBeGivenUp() throws {
    let state = someState(10)
    #expect(throws: CancellationError.self) {
      try BackupEncoder(header(state), state.freeze()) { throw CancellationError() }
    }
  }
}
