import ByteCoding
package import MVCC
import Replica

extension FuzzTarget {
  /// One command of the log, and what it does to a store that holds something.
  static let command = FuzzTarget("command") { bytes in
    guard let command = try? Command(decoding: bytes) else { return false }
    try expect(try Command(decoding: command.encoded()) == command, "read again, \(command) is another command")
    var store = StoreChecks.example
    try StoreChecks.apply(command, to: &store)
    try StoreChecks.check(store)
    return true
  }

  /// The payload of an entry.
  static let envelope = FuzzTarget("envelope") { bytes in
    guard let envelope = try? Envelope(decoding: bytes[...]) else { return false }
    try expect(try Envelope(decoding: envelope.encoded()[...]) == envelope, "read again, \(envelope) is another one")
    return true
  }

  /// Many commands after each other; then the store goes through a snapshot.
  static let commandSequence = FuzzTarget("command-sequence") { bytes in
    var input = FuzzInput(bytes)
    var store = MVCCStore()
    while !input.isEmpty {
      guard let command = try? Command(decoding: input.block()) else { continue }
      try StoreChecks.apply(command, to: &store)
    }
    try StoreChecks.check(store)
    try StoreChecks.checkSnapshot(of: store)
    return store.revision > 1
  }
}

/// What holds for every store, whatever it was made from.
package enum StoreChecks {
  /// A store with keys, versions, deletions, leases and a compaction.
  package static let example: MVCCStore = {
    var store = MVCCStore()
    _ = store.apply(.leaseGrant(id: 7, timeToLive: 10))
    for number in UInt8(0)..<8 {
      _ = store.apply(.put(PutRequest(key: [97 + number % 4], value: [number], lease: number == 5 ? 7 : 0)))
    }
    _ = store.apply(.deleteRange(DeleteRangeRequest(KeyRange(key: [97]))))
    _ = store.apply(.compact(revision: 5))
    return store
  }()

  /// Applies a command, and holds a refused one to have changed nothing.
  package static func apply(_ command: Command, to store: inout MVCCStore) throws {
    let before = (store.revision, store.changeHash, store.compactRevision, store.keyCount, store.leases)
    var refusal: MVCCError?
    do throws(MVCCError) { try command.validate(maximumOperations: 128) } catch { refusal = error }
    if case .transaction(let request) = command {
      let isDouble = Self.writesTwice(request.success) || Self.writesTwice(request.failure)
      try expect(refusal != .duplicateKey || isDouble, "\(request) writes no key twice")
      try expect(refusal != nil || !isDouble, "\(request) writes a key twice")
    }
    switch store.apply(command) {
    case .success(let result):
      try expect(refusal != .duplicateKey && refusal != .emptyKey, "\(command) was refused, and then applied")
      try expect(result.revision == store.revision, "\(command) answers revision \(result.revision)")
      try expect(store.revision - before.0 <= 1, "\(command) made more than one revision")
    case .failure:
      let after = (store.revision, store.changeHash, store.compactRevision, store.keyCount, store.leases)
      try expect(after == before, "\(command) was refused, and changed the store")
    }
  }

  /// The rule about writing a key twice, looked at pair by pair.
  private static func writesTwice(_ operations: [MVCC.Operation]) -> Bool {
    var units: [(puts: [Bytes], deletions: [KeyRange])] = []
    for operation in operations {
      switch operation {
      case .range: break
      case .put(let put): units.append(([put.key], []))
      case .deleteRange(let deletion): units.append(([], [deletion.range]))
      case .transaction(let nested):
        if writesTwice(nested.success) || writesTwice(nested.failure) { return true }
        units.append(written(nested.success + nested.failure))
      }
    }
    for (position, unit) in units.enumerated() {
      for (other, second) in units.enumerated() where other != position {
        if unit.puts.contains(where: second.puts.contains) { return true }
        if unit.puts.contains(where: { key in second.deletions.contains { $0.contains(key) } }) { return true }
      }
    }
    return false
  }

  private static func written(_ operations: [MVCC.Operation]) -> (puts: [Bytes], deletions: [KeyRange]) {
    var all: (puts: [Bytes], deletions: [KeyRange]) = ([], [])
    for operation in operations {
      switch operation {
      case .range: break
      case .put(let put): all.puts.append(put.key)
      case .deleteRange(let deletion): all.deletions.append(deletion.range)
      case .transaction(let nested):
        let inner = written(nested.success + nested.failure)
        all.puts += inner.puts
        all.deletions += inner.deletions
      }
    }
    return all
  }

  package static func check(_ store: MVCCStore) throws {
    try expect(store.compactRevision <= store.revision, "compacted at \(store.compactRevision), above all revisions")
    let all = try store.range(RangeRequest(.all))
    try expect(all.count == Int64(store.keyCount), "\(all.count) keys, and \(store.keyCount) are counted")
    for (left, right) in zip(all.keyValues, all.keyValues.dropFirst()) {
      try expect(left.key.precedes(right.key), "key \(left.key) stands before \(right.key)")
    }
    var leased = 0
    for pair in all.keyValues {
      try expect(pair.createRevision > 1 && pair.createRevision <= pair.modRevision, "created after it was changed")
      try expect(pair.modRevision <= store.revision && pair.version >= 1, "revision \(pair.modRevision) of a key")
      guard pair.lease != 0 else { continue }
      leased += 1
      try expect(store.keys(of: pair.lease).contains(pair.key), "lease \(pair.lease) does not know key \(pair.key)")
    }
    let attached = store.leases.reduce(0) { $0 + store.keys(of: $1.id).count }
    try expect(attached == leased, "\(leased) keys have leases, leases have \(attached) keys")
    var last: Int64 = 0
    for event in try store.events(from: store.compactRevision, withPrevious: true).events {
      try expect(event.keyValue.modRevision >= last, "an event of revision \(event.keyValue.modRevision) after \(last)")
      last = event.keyValue.modRevision
    }
    try expect(last <= store.revision, "an event of revision \(last), and the store is at \(store.revision)")
  }

  /// A snapshot of it is the same store.
  package static func checkSnapshot(of store: MVCCStore) throws {
    var encoder = SnapshotEncoder(store, chunkSize: 64)
    var decoder = SnapshotDecoder()
    while let chunk = encoder.nextChunk() { try decoder.feed(chunk) }
    let again = try decoder.finish()
    try check(again)
    try expect(
      again.revision == store.revision && again.compactRevision == store.compactRevision
        && again.changeHash == store.changeHash && again.keyCount == store.keyCount && again.leases == store.leases,
      "a store is another one behind a snapshot")
    let (old, new) = (try store.hash(at: 0), try again.hash(at: 0))
    try expect(old == new, "a store's history is another one behind a snapshot")
    let first = store.compactRevision
    try expect(
      try store.events(from: first).events == again.events(from: first).events, "events are lost in a snapshot")
  }
}
