import ByteCoding
import MVCC
import Testing

@Suite struct MVCCTests {
  private func bytes(_ text: String) -> Bytes { Array(text.utf8) }

  @Test func theFirstPutMakesRevisionTwo() throws {
    var store = MVCCStore()
    #expect(store.revision == 1)
    let result = try store.apply(.put(PutRequest(key: bytes("a"), value: bytes("1")))).get()
    #expect(result == .put(PutResult(revision: 2)))
    #expect(
      try store.range(RangeRequest(KeyRange(key: bytes("a")))).keyValues == [
        KeyValue(key: bytes("a"), value: bytes("1"), createRevision: 2, modRevision: 2, version: 1)
      ])
  }

  /// Keys that begin alike, of all lengths about a word's, that differ at any place, also by the highest bit.
  @Test func keysAreOrderedByteByByte() {
    var keys: [Bytes] = [[]]
    for length in 1...18 {
      let key = Bytes(repeating: 0x61, count: length)
      keys.append(key)
      for place in 0..<length {
        for byte: UInt8 in [0, 0x60, 0x62, 0xff] {
          var other = key
          other[place] = byte
          keys.append(other)
        }
      }
    }
    var wrong: [(Bytes, Bytes)] = []
    for left in keys {
      for right in keys {
        let order = left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
        if left.compare(right).signum() != order { wrong.append((left, right)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  @Test func aKeyThatComesBackBeginsAnew() throws {
    var store = MVCCStore()
    let key = bytes("a")
    _ = store.apply(.put(PutRequest(key: key, value: [])))
    _ = store.apply(.put(PutRequest(key: key, value: [])))
    _ = store.apply(.deleteRange(DeleteRangeRequest(KeyRange(key: key))))
    _ = store.apply(.put(PutRequest(key: key, value: [])))
    let now = try store.range(RangeRequest(KeyRange(key: key))).keyValues[0]
    #expect((now.createRevision, now.modRevision, now.version) == (5, 5, 1))
    #expect(try store.range(RangeRequest(KeyRange(key: key), revision: 4)).keyValues.isEmpty)
    #expect(try store.range(RangeRequest(KeyRange(key: key), revision: 3)).keyValues[0].version == 2)
  }

  @Test func aDeletionOfNothingMakesNoRevision() throws {
    var store = MVCCStore()
    _ = store.apply(.deleteRange(DeleteRangeRequest(.all)))
    #expect(store.revision == 1)
  }

  @Test func readsBelowACompactionAndAboveThePresentAreRefused() throws {
    var store = MVCCStore()
    for _ in 0..<5 { _ = store.apply(.put(PutRequest(key: bytes("a"), value: []))) }
    _ = try store.apply(.compact(revision: 4)).get()
    #expect(throws: MVCCError.compacted) { try store.range(RangeRequest(.all, revision: 3)) }
    #expect(try store.range(RangeRequest(.all, revision: 4)).keyValues[0].version == 3)
    #expect(throws: MVCCError.futureRevision) { try store.range(RangeRequest(.all, revision: 7)) }
    #expect(store.apply(.compact(revision: 4)) == .failure(.compacted))
    #expect(store.apply(.compact(revision: 7)) == .failure(.futureRevision))
    #expect(throws: MVCCError.compacted) { try store.events(from: 3) }
    #expect(try store.events(from: 4).events.count == 3)
  }

  @Test func aDeletionAtTheCompactedRevisionIsStillWatched() throws {
    var store = MVCCStore()
    _ = store.apply(.put(PutRequest(key: bytes("a"), value: [])))
    _ = store.apply(.deleteRange(DeleteRangeRequest(.all)))
    _ = store.apply(.compact(revision: 3))
    #expect(try store.events(from: 3).events.map(\.kind) == [.delete])
    var encoder = SnapshotEncoder(store)
    var decoder = SnapshotDecoder()
    while let chunk = encoder.nextChunk() { try decoder.feed(chunk) }
    #expect(try decoder.finish().events(from: 3).events.map(\.kind) == [.delete])
    _ = store.apply(.put(PutRequest(key: bytes("b"), value: [])))
    let size = store.size
    _ = store.apply(.compact(revision: 4))
    #expect(store.size < size)
  }

  @Test func revokingALeaseDeletesItsKeysInOneRevision() throws {
    var store = MVCCStore()
    _ = store.apply(.leaseGrant(id: 7, timeToLive: 10))
    for key in ["b", "a", "c"] { _ = store.apply(.put(PutRequest(key: bytes(key), value: [], lease: 7))) }
    _ = store.apply(.put(PutRequest(key: bytes("c"), value: [])))
    #expect(store.keys(of: 7) == [bytes("a"), bytes("b")])
    let before = store.revision
    #expect(store.apply(.leaseRevoke(id: 7)) == .success(.leaseRevoke(revision: before + 1)))
    #expect(try store.events(from: before + 1).events.map(\.keyValue.key) == [bytes("a"), bytes("b")])
    #expect(store.apply(.leaseRevoke(id: 7)) == .failure(.leaseNotFound))
    #expect(store.apply(.put(PutRequest(key: [1], value: [], lease: 7))) == .failure(.leaseNotFound))
  }

  @Test(arguments: [
    [Operation.put(PutRequest(key: [1], value: [])), .put(PutRequest(key: [1], value: []))],
    [.put(PutRequest(key: [1], value: [])), .deleteRange(DeleteRangeRequest(.all))],
    [
      .put(PutRequest(key: [1], value: [])),
      .transaction(TransactionRequest(failure: [.put(PutRequest(key: [1], value: []))])),
    ],
  ]) func aTransactionMayNotWriteAKeyTwice(operations: [Operation]) {
    var store = MVCCStore()
    #expect(store.apply(.transaction(TransactionRequest(success: operations))) == .failure(.duplicateKey))
    #expect(store.revision == 1)
  }

  @Test func branchesThatExcludeEachOtherMayWriteTheSameKey() throws {
    var store = MVCCStore()
    let put = Operation.put(PutRequest(key: [1], value: []))
    let nested = TransactionRequest(success: [put], failure: [put])
    _ = try store.apply(.transaction(TransactionRequest(success: [.transaction(nested)], failure: [put]))).get()
    #expect(store.revision == 2)
  }

  @Test func aTransactionThatCannotFinishChangesNothing() throws {
    var store = MVCCStore()
    let request = TransactionRequest(success: [
      .put(PutRequest(key: [1], value: [])), .put(PutRequest(key: [2], value: [], lease: 9)),
    ])
    #expect(store.apply(.transaction(request)) == .failure(.leaseNotFound))
    #expect(try store.range(RangeRequest(.all)).count == 0)
  }

  @Test func requestsThatAreNeverRightAreRefused() {
    #expect(throws: MVCCError.emptyKey) {
      try Command.put(PutRequest(key: [], value: [])).validate(maximumOperations: 1)
    }
    #expect(throws: MVCCError.valueProvided) {
      try Command.put(PutRequest(key: [1], value: [1], ignoresValue: true)).validate(maximumOperations: 1)
    }
    #expect(throws: MVCCError.leaseProvided) {
      try Command.put(PutRequest(key: [1], value: [], lease: 1, ignoresLease: true)).validate(maximumOperations: 1)
    }
    let two = TransactionRequest(success: [.range(RangeRequest(.all)), .range(RangeRequest(.all))])
    #expect(throws: MVCCError.tooManyOperations) { try Command.transaction(two).validate(maximumOperations: 1) }
    #expect(throws: MVCCError.tooManyOperations) {
      try Command.transaction(TransactionRequest(success: [.transaction(two)])).validate(maximumOperations: 2)
    }
  }

  @Test func prefixRanges() {
    #expect(KeyRange.prefix([1, 0xff]).end == [2])
    #expect(KeyRange.prefix([0xff]).isUnbounded)
    #expect(KeyRange.prefix([1, 2]).contains([1, 2, 9]))
    #expect(!KeyRange.prefix([1, 2]).contains([1, 3]))
  }

  @Test func damagedCommandsAreErrors() throws {
    var operations = RandomOperations(seed: 99, keyCount: 10)
    for _ in 0..<300 {
      let whole = operations.command(50).encoded()
      for cut in 0..<whole.count {
        #expect(throws: ByteCodingError.self) { try Command(decoding: whole[..<cut]) }
      }
      var altered = whole
      altered[operations.number(0...(whole.count - 1))] ^= UInt8(1 << operations.number(0...7))
      _ = try? Command(decoding: altered)
    }
  }

  @Test func deepNestingIsRefused() throws {
    var request = TransactionRequest()
    for _ in 0..<1000 { request = TransactionRequest(success: [.transaction(request)]) }
    #expect(throws: ByteCodingError.self) { try Command(decoding: Command.transaction(request).encoded()) }
  }

  @Test func everyDamageOfASnapshotIsFound() throws {
    var store = MVCCStore()
    for index in 0..<20 { _ = store.apply(.put(PutRequest(key: bytes("key\(index)"), value: [UInt8(index)]))) }
    var encoder = SnapshotEncoder(store, chunkSize: 64)
    var whole: Bytes = []
    while let chunk = encoder.nextChunk() { whole += chunk }
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 0x10
      #expect(throws: SnapshotError.self) {
        var decoder = SnapshotDecoder()
        try decoder.feed(damaged)
        _ = try decoder.finish()
      }
      #expect(throws: SnapshotError.self) {
        var decoder = SnapshotDecoder()
        try decoder.feed(whole[..<index])
        _ = try decoder.finish()
      }
    }
  }
}
