import MVCC
import Testing

/// The store against the plainest model, by random operations: every answer, every read, every event.
@Suite struct MVCCModelTests {
  @Test(arguments: 1...24) func behavesAsTheModel(seed: Int) throws {
    var operations = RandomOperations(seed: UInt64(seed), keyCount: seed % 3 == 0 ? 400 : 24)
    var store = MVCCStore()
    var model = NaiveStore()
    var frozen: [(copy: MVCCStore, state: RangeResult)] = []
    for step in 0..<1500 {
      let command = operations.command(model.revision)
      // What is not valid is refused by both in the same way: by not being applied.
      guard (try? command.validate(maximumOperations: 128)) != nil else {
        #expect(throws: MVCCError.self) { try store.apply(command).get() }
        continue
      }
      let read = try Command(decoding: command.encoded())
      #expect(read == command)
      try #require(store.apply(command) == model.apply(command), "seed \(seed), step \(step): \(command)")
      let request = operations.rangeRequest(model.revision)
      let found = Result { () throws(MVCCError) in try store.range(request) }
      try #require(found == model.range(request), "seed \(seed), step \(step): \(request)")
      if step % 50 == 0 {
        try compareEvents(store, model, from: model.revision + 1 - Int64(operations.number(0...80)), seed: seed)
        frozen.append((store, try store.range(RangeRequest(.all))))
        if frozen.count > 4 { frozen.removeFirst() }
      }
    }
    // Copies have not moved while the original did.
    for (copy, state) in frozen { #expect(try copy.range(RangeRequest(.all)) == state) }
    try compareEvents(store, model, from: max(model.compacted, 1), seed: seed)
    for (id, timeToLive) in model.leases {
      #expect(store.lease(id) == Lease(id: id, timeToLive: timeToLive))
      let keys = model.present.values.filter { $0.lease == id }.map(\.key)
      #expect(store.keys(of: id) == keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
    try roundTrip(store, chunkSize: operations.number(16...4096))
  }

  private func compareEvents(_ store: MVCCStore, _ model: NaiveStore, from first: Int64, seed: Int) throws {
    guard let expected = model.events(from: first) else {
      #expect(throws: MVCCError.compacted) { try store.events(from: first) }
      return
    }
    var events: [Event] = []
    var next = first
    while next <= store.revision {
      let batch = try store.events(from: next, scanLimit: 7)
      try #require(batch.nextRevision > next)
      events += batch.events
      next = batch.nextRevision
    }
    try #require(events == expected, "seed \(seed), events from \(first)")
    for event in events.suffix(20) where event.keyValue.modRevision > model.compacted {
      let before = model.states[event.keyValue.modRevision - 1]?[event.keyValue.key]
      #expect(store.withPrevious(event).previous == before)
    }
  }

  private func roundTrip(_ store: MVCCStore, chunkSize: Int) throws {
    var encoder = SnapshotEncoder(store, chunkSize: chunkSize)
    var bytes: Bytes = []
    while let chunk = encoder.nextChunk() { bytes += chunk }
    var decoder = SnapshotDecoder()
    var start = 0
    while start < bytes.count {
      let end = min(start + 333, bytes.count)
      try decoder.feed(bytes[start..<end])
      start = end
    }
    var restored = try decoder.finish()
    #expect(restored.revision == store.revision)
    #expect(restored.compactRevision == store.compactRevision)
    #expect(restored.changeHash == store.changeHash)
    #expect(restored.size == store.size)
    #expect(restored.leases == store.leases)
    #expect(try restored.hash(at: 0) == store.hash(at: 0))
    #expect(try restored.range(RangeRequest(.all)) == store.range(RangeRequest(.all)))
    let first = max(store.compactRevision, 1)
    #expect(try restored.events(from: first) == store.events(from: first))
    for lease in store.leases { #expect(restored.keys(of: lease.id) == store.keys(of: lease.id)) }
    // And it goes on as the original does.
    var original = store
    let command = Command.deleteRange(DeleteRangeRequest(.all, wantsPrevious: true))
    #expect(restored.apply(command) == original.apply(command))
    if store.revision > store.compactRevision {
      let compact = Command.compact(revision: original.revision)
      #expect(restored.apply(compact) == original.apply(compact))
    }
    #expect(restored.changeHash == original.changeHash)
    #expect(restored.size == original.size)
  }
}
