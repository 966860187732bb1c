import MVCC

/// A small generator with a seed, so that a failure can be run again.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Draws operations over few keys, so that they meet.
struct RandomOperations {
  var generator: Seeded
  let keyCount: Int
  /// How often a range is one that may hold any number of keys, in percent; it is a short prefix otherwise.
  var wideRanges = 100
  /// How far back revisions are read and compacted.
  var depth = 60
  /// Of a hundred compactions so many are made.
  var compactions = 100

  init(seed: UInt64, keyCount: Int) {
    generator = Seeded(state: seed)
    self.keyCount = keyCount
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }

  mutating func key() -> Bytes { Self.key(number(0...(keyCount - 1))) }

  static func key(_ number: Int) -> Bytes { Array("k\(number % 7)/\(number)".utf8) }

  mutating func value() -> Bytes { (0..<number(0...8)).map { _ in UInt8(number(0...3)) } }

  mutating func range() -> KeyRange {
    switch number(0...9) {
    case 0...4: return KeyRange(key: key())
    case _ where wideRanges < 100 && !chance(wideRanges): return .prefix(key())
    case 5: return .prefix(Array("k\(number(0...7))/".utf8))
    case 6: return KeyRange(key: key(), end: [0])
    case 7: return .all
    default: return KeyRange(key: key(), end: key())
    }
  }

  mutating func rangeRequest(_ revision: Int64) -> RangeRequest {
    var request = RangeRequest(range())
    if chance(40) { request.limit = Int64(number(0...6)) }
    if chance(40) { request.revision = revision + 2 - Int64(number(0...(depth * 2 / 3))) }
    request.sortOrder = RangeRequest.SortOrder.allCases.randomElement(using: &generator)!
    request.sortTarget = RangeRequest.SortTarget.allCases.randomElement(using: &generator)!
    request.keysOnly = chance(10)
    request.countOnly = chance(10)
    if chance(10) { request.minModRevision = revision - Int64(number(0...30)) }
    if chance(10) { request.maxModRevision = revision - Int64(number(0...30)) }
    if chance(10) { request.minCreateRevision = revision - Int64(number(0...30)) }
    if chance(10) { request.maxCreateRevision = revision - Int64(number(0...30)) }
    return request
  }

  mutating func put() -> PutRequest {
    var request = PutRequest(key: key(), value: value(), wantsPrevious: chance(30))
    if chance(15) { request.lease = LeaseID(number(1...4)) }
    if chance(5) {
      request.ignoresValue = true
      request.value = []
    }
    if chance(5) {
      request.ignoresLease = true
      request.lease = 0
    }
    return request
  }

  mutating func compare(_ revision: Int64) -> Compare {
    let relation = Compare.Relation.allCases.randomElement(using: &generator)!
    let target: Compare.Target =
      switch number(0...4) {
      case 0: .version(Int64(number(0...4)))
      case 1: .createRevision(chance(30) ? 0 : revision - Int64(number(0...20)))
      case 2: .modRevision(chance(30) ? 0 : revision - Int64(number(0...20)))
      case 3: .value(value())
      default: .lease(LeaseID(number(0...3)))
      }
    return Compare(range(), relation, target)
  }

  mutating func operations(_ revision: Int64, depth: Int) -> [Operation] {
    (0..<number(0...4)).map { _ in
      switch number(0...9) {
      case 0...3: .put(put())
      case 4...5: .deleteRange(DeleteRangeRequest(range(), wantsPrevious: chance(30)))
      case 6 where depth < 2: .transaction(transaction(revision, depth: depth + 1))
      default: .range(rangeRequest(revision))
      }
    }
  }

  mutating func transaction(_ revision: Int64, depth: Int = 0) -> TransactionRequest {
    TransactionRequest(
      compares: (0..<number(0...2)).map { _ in compare(revision) }, success: operations(revision, depth: depth),
      failure: operations(revision, depth: depth))
  }

  mutating func command(_ revision: Int64) -> Command {
    switch number(0...99) {
    case 0...54: return .put(put())
    case 55...69:
      let doomed = chance(70) ? KeyRange(key: key()) : range()
      return .deleteRange(DeleteRangeRequest(doomed, wantsPrevious: chance(50)))
    case 70...89: return .transaction(transaction(revision))
    case 90...91 where compactions == 100 || chance(compactions):
      return .compact(revision: revision + 1 - Int64(number(0...depth)))
    case 92...95: return .leaseGrant(id: LeaseID(number(1...4)), timeToLive: Int64(number(1...100)))
    default: return .leaseRevoke(id: LeaseID(number(1...4)))
    }
  }
}
