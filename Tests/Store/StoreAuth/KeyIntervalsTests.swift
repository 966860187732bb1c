import MVCC
import StoreAuth
import Testing

/// The union of ranges, held against a model that looks at every key by itself.
@Suite struct KeyIntervalsTests {
  private func range(_ key: String, _ end: String = "") -> KeyRange {
    KeyRange(key: Array(key.utf8), end: Array(end.utf8))
  }

  @Test func rangesThatMeetCoverWhatLiesAcrossThem() {
    let keys = KeyIntervals([range("m", "z"), range("a", "m"), range("zz")])
    #expect(keys.covers(range("a", "z")))
    #expect(keys.covers(range("b")))
    #expect(keys.covers(range("zz")))
    #expect(!keys.covers(range("a", "za")))
    #expect(!keys.covers(range("z")))
    #expect(!keys.covers(range("zz\0")))
    #expect(!keys.covers(range("a", "\0")))
  }

  @Test func aKeyAndWhatFollowsItMeet() {
    let keys = KeyIntervals([range("a"), range("a\0", "b")])
    #expect(keys.covers(range("a", "b")))
    #expect(!KeyIntervals([range("a"), range("aa", "b")]).covers(range("a", "b")))
  }

  @Test func theEndOfAllKeys() {
    let keys = KeyIntervals([range("a", "\0")])
    #expect(keys.covers(range("a", "\0")) && keys.covers(range("zzz")) && keys.covers(range("b", "\0")))
    #expect(!keys.covers(.all))
    #expect(KeyIntervals([.all]).covers(.all))
    #expect(KeyIntervals([.all]).covers(range("\0")))
  }

  @Test func rangesWithoutKeysCoverNothingAndAreNotCovered() {
    #expect(!KeyIntervals([range("b", "a")]).covers(range("a")))
    #expect(!KeyIntervals([.all]).covers(range("b", "a")))
    #expect(!KeyIntervals([.all]).covers(range("b", "b")))
    #expect(!KeyIntervals().covers(range("a")))
  }

  /// All keys of at most three letters out of {0x00, a, b, 0xff}, in order.
  private static let universe: [Bytes] = {
    var keys: [Bytes] = []
    var last: [Bytes] = [[]]
    for _ in 0..<3 {
      last = last.flatMap { key in [0x00, 0x61, 0x62, 0xff].map { key + [$0] } }
      keys += last
    }
    return keys.sorted { $0.precedes($1) }
  }()

  private func randomRange(_ generator: inout SplitMix) -> KeyRange {
    let universe = Self.universe
    let key = universe[Int(generator.next() % UInt64(universe.count))]
    switch generator.next() % 8 {
    case 0...1: return KeyRange(key: key)
    case 2: return KeyRange(key: key, end: [0])
    default: return KeyRange(key: key, end: universe[Int(generator.next() % UInt64(universe.count))])
    }
  }

  @Test(arguments: 0..<20)
  func unionsAgreeWithAModelThatLooksAtEachKey(seed: UInt64) {
    var generator = SplitMix(state: seed)
    for _ in 0..<150 {
      // Keys of one letter more tell a range from one that is a little longer; the model sees them too.
      let ranges = (0..<(generator.next() % 6)).map { _ in randomRange(&generator) }
      let keys = KeyIntervals(ranges)
      for _ in 0..<8 {
        let wanted = randomRange(&generator)
        let inside = Self.witnesses.filter(wanted.contains)
        let expected = !inside.isEmpty && inside.allSatisfy { key in ranges.contains { $0.contains(key) } }
        #expect(keys.covers(wanted) == expected, "\(wanted) in \(ranges)")
      }
    }
  }

  /// The universe, and behind each of its keys one that no end of a range is: enough to find every gap, since a gap
  /// begins at a start or an end of a range.
  private static let witnesses: [Bytes] = universe.flatMap { [$0, $0 + [0x00, 0x00]] }
}

/// Sebastiano Vigna's SplitMix64.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
