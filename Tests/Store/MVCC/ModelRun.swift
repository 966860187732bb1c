import MVCC

/// Random operations on the store and on the model. Answers are compared always, the whole of both now and then.
///
/// A class: a value would be copied with all of the model for each comparison.
final class ModelRun {
  struct Mismatch: Error, CustomStringConvertible { var description: String }

  private let seed: Int
  private var operations: RandomOperations
  private var store = MVCCStore()
  private var model: NaiveStore
  private var step = 0
  /// Copies of earlier moments, and what they held.
  private var frozen: [(copy: MVCCStore, state: RangeResult)] = []

  init(seed: Int, bug: StoreMutation = []) {
    self.seed = seed
    store.mutations = bug
    let keyCount: Int
    switch seed % 8 {
    case 0: keyCount = 6000
    case 1, 2: keyCount = 400
    case 3: keyCount = 8
    default: keyCount = 24
    }
    operations = RandomOperations(seed: UInt64(seed), keyCount: keyCount)
    model = NaiveStore(keys: (0..<keyCount).map(RandomOperations.key))
    switch seed % 8 {
    // A tree of three levels: wide ranges would empty it all the time.
    case 0: operations.wideRanges = 1
    case 1: operations.wideRanges = 10
    case 2: operations.wideRanges = 3
    // Much history.
    case 3, 4: (operations.depth, operations.compactions) = (2000, 5)
    default: break
    }
  }

  func run(steps: Int) throws(Mismatch) {
    while step < steps {
      step += 1
      try one()
      if step % 50 == 0 { try compareEvents() }
      if step % 1000 == 0 { try compareAll() }
      if step % 10_000 == 0 { try goOnFromSnapshot() }
    }
    // Copies have not moved while the original did.
    for (copy, state) in frozen { try expect(range(copy, RangeRequest(.all)) == .success(state), "a copy has moved") }
    try compareAll()
    try goOnFromSnapshot()
  }

  private func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(Mismatch) {
    guard condition else { throw Mismatch(description: "seed \(seed), step \(step): \(what())") }
  }

  private func range(_ store: MVCCStore, _ request: RangeRequest) -> Result<RangeResult, MVCCError> {
    Result { () throws(MVCCError) in try store.range(request) }
  }

  /// A write and a read.
  private func one() throws(Mismatch) {
    let command = operations.command(model.revision)
    // What is not valid is refused by both in the same way: by not being applied.
    guard (try? command.validate(maximumOperations: 128)) != nil else {
      let revision = store.revision
      guard case .failure = store.apply(command), store.revision == revision else {
        throw Mismatch(description: "seed \(seed), step \(step): what is not valid was applied: \(command)")
      }
      return
    }
    try expect((try? Command(decoding: command.encoded())) == command, "another one when read again: \(command)")
    try expect(store.apply(command) == model.apply(command), "\(command)")
    try expect(store.revision == model.revision, "the revision is \(store.revision)")
    if store.hasSweepLeft, operations.chance(20) { store.sweep(limit: operations.number(1...100)) }
    let request = operations.rangeRequest(model.revision)
    try expect(range(store, request) == model.range(request), "\(request)")
  }

  private func compareEvents() throws(Mismatch) {
    let back = operations.number(0...(operations.chance(5) ? operations.depth * 4 / 3 : 80))
    try compareEvents(from: operations.chance(20) ? max(model.compacted, 1) : model.revision + 1 - Int64(back))
  }

  private func compareEvents(from first: Int64) throws(Mismatch) {
    guard let expected = model.events(from: first) else {
      return try expect((try? store.events(from: first)) == nil, "events from \(first), which is compacted")
    }
    var events: [Event] = []
    var next = first
    let limit = operations.number(1...60)
    while next <= store.revision {
      guard let batch = try? store.events(from: next, scanLimit: limit), batch.nextRevision > next else {
        throw Mismatch(description: "seed \(seed), step \(step): no events from \(next)")
      }
      events += batch.events
      next = batch.nextRevision
    }
    try expect(events == expected, "events from \(first)")
    for event in events.suffix(20) where event.keyValue.modRevision > model.compacted {
      let before = event.keyValue.modRevision - 1
      guard before >= max(model.compacted, 1) else { continue }
      try expect(
        store.withPrevious(event).previous == model.state(at: before)[event.keyValue.key], "what was before \(event)")
    }
  }

  private func compareAll() throws(Mismatch) {
    let all = range(store, RangeRequest(.all))
    try expect(all == model.range(RangeRequest(.all)), "the whole store")
    let first = max(model.compacted, 1)
    let past = RangeRequest(.all, revision: first + Int64(operations.number(0...Int(model.revision - first))))
    try expect(range(store, past) == model.range(past), "the whole store at \(past.revision)")
    try expect(store.keyCount == model.present.values(in: .all).count, "\(store.keyCount) keys are counted")
    try compareEvents(from: first)
    try expect(store.leases == model.leases.sorted { $0.key < $1.key }.map { Lease(id: $0, timeToLive: $1) }, "leases")
    for id in model.leases.keys {
      let keys = model.present.values(in: .all).filter { $0.lease == id }.map(\.key)
      try expect(store.keys(of: id) == keys, "the keys of lease \(id)")
    }
    if case .success(let state) = all { frozen.append((store, state)) }
    if frozen.count > 4 { frozen.remove(at: operations.number(0...3)) }
  }

  // MARK: - Through a snapshot

  /// What a snapshot gives is the same store, to the last of its figures; half of the times it goes on with that.
  private func goOnFromSnapshot() throws(Mismatch) {
    let bug = store.mutations
    var restored: MVCCStore
    do {
      var encoder = SnapshotEncoder(store, chunkSize: operations.number(16...4096))
      var bytes: Bytes = []
      while let chunk = encoder.nextChunk() { bytes += chunk }
      var decoder = SnapshotDecoder()
      for start in stride(from: 0, to: bytes.count, by: 333) {
        try decoder.feed(bytes[start..<min(start + 333, bytes.count)])
      }
      restored = try decoder.finish()
    } catch {
      throw Mismatch(description: "seed \(seed), step \(step): a snapshot cannot be read: \(error)")
    }
    restored.mutations = bug
    var swept = store
    while swept.hasSweepLeft { swept.sweep(limit: 1000) }
    try expect(
      restored.revision == store.revision && restored.compactRevision == store.compactRevision
        && restored.changeHash == store.changeHash && restored.size == swept.size && restored.leases == store.leases,
      "figures are others behind a snapshot")
    try expect((try? restored.hash(at: 0)) == (try? store.hash(at: 0)), "the history is another one behind a snapshot")
    try expect(
      range(restored, RangeRequest(.all)) == range(store, RangeRequest(.all)), "keys are others behind a snapshot")
    for lease in store.leases {
      try expect(restored.keys(of: lease.id) == store.keys(of: lease.id), "a lease's keys behind a snapshot")
    }
    let first = max(store.compactRevision, 1)
    try expect(
      (try? restored.events(from: first)) == (try? store.events(from: first)), "events are others behind a snapshot")
    if operations.chance(50) { store = restored }
  }
}
