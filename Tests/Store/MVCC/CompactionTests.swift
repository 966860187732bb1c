import MVCC
import Testing

/// A compaction is in force at once and forgets bit by bit: how far that has come must not show.
@Suite struct CompactionTests {
  private func swept(_ store: MVCCStore) -> MVCCStore {
    var store = store
    while store.hasSweepLeft { store.sweep(limit: 1000) }
    return store
  }

  private func snapshot(_ store: MVCCStore) -> Bytes {
    var encoder = SnapshotEncoder(store, chunkSize: 700)
    var bytes: Bytes = []
    while let chunk = encoder.nextChunk() { bytes += chunk }
    return bytes
  }

  /// Random writes, with a compaction every now and then while the last one's sweep is under way.
  @Test(arguments: 1...8) func nobodySeesHowFarASweepHasCome(seed: Int) throws {
    var operations = RandomOperations(seed: UInt64(seed), keyCount: 700)
    var store = MVCCStore()
    var partial = 0
    for round in 0..<12 {
      for _ in 0..<operations.number(50...900) {
        let command = operations.command(store.revision)
        if case .compact = command { continue }
        _ = store.apply(command)
        if operations.number(0...30) == 0 { store.sweep(limit: operations.number(1...40)) }
      }
      let target = store.revision - Int64(operations.number(0...60))
      guard target > store.compactRevision else { continue }
      _ = try store.apply(.compact(revision: target)).get()
      if store.hasSweepLeft { partial += 1 }
      for _ in 0..<4 {
        let done = swept(store)
        #expect(!done.hasSweepLeft)
        #expect(try store.hash(at: 0) == done.hash(at: 0), "round \(round)")
        #expect(try store.hash(at: target) == done.hash(at: target))
        #expect(snapshot(store) == snapshot(done))
        #expect(try store.range(RangeRequest(.all)) == done.range(RangeRequest(.all)))
        #expect(
          try store.range(RangeRequest(.all, revision: target)) == done.range(RangeRequest(.all, revision: target)))
        #expect(try store.events(from: target) == done.events(from: target))
        #expect(throws: MVCCError.compacted) { try store.range(RangeRequest(.all, revision: target - 1)) }
        #expect(done.size <= store.size)
        store.sweep(limit: operations.number(1...300))
      }
    }
    #expect(partial > 3, "the sweeps were not interrupted often enough to prove anything")
  }

  /// What is left after the last sweep is as if each had been done at once, to the byte.
  @Test func everythingIsFreedInTheEnd() throws {
    func key(_ number: Int) -> Bytes { Bytes("key\(number)".utf8) }
    var store = MVCCStore()
    for round in 0..<4 {
      for number in 0..<2000 {
        _ = store.apply(.put(PutRequest(key: key(number), value: Bytes(repeating: UInt8(round), count: 100))))
      }
    }
    _ = store.apply(.deleteRange(DeleteRangeRequest(KeyRange(key: key(0), end: key(3)))))
    _ = try store.apply(.compact(revision: store.revision / 2)).get()
    #expect(store.hasSweepLeft)
    _ = try store.apply(.compact(revision: store.revision)).get()
    store = swept(store)
    var fresh = MVCCStore()
    let left = try store.range(RangeRequest(.all))
    for pair in left.keyValues { _ = fresh.apply(.put(PutRequest(key: pair.key, value: pair.value))) }
    // The deletions right at the compaction stay for watches, until the next one.
    _ = store.apply(.put(PutRequest(key: key(3), value: Bytes(repeating: 3, count: 100))))
    _ = try store.apply(.compact(revision: store.revision)).get()
    store = swept(store)
    #expect(store.size == fresh.size)
  }

  /// One revision may hold more changes than a slice takes.
  @Test func aRevisionIsSweptInPieces() throws {
    var store = MVCCStore()
    for number in 0..<3000 { _ = store.apply(.put(PutRequest(key: Bytes("k\(number)".utf8), value: [1]))) }
    _ = store.apply(.deleteRange(DeleteRangeRequest(.all)))
    _ = store.apply(.put(PutRequest(key: [1], value: [1])))
    _ = try store.apply(.compact(revision: store.revision)).get()
    var slices = 0
    while store.hasSweepLeft {
      store.sweep(limit: 100)
      slices += 1
    }
    #expect(slices > 50)
    #expect(try store.range(RangeRequest(.all)).count == 1)
    #expect(store.size < 1000)
  }
}
