/// A small generator whose numbers follow from its seed (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators": SplitMix64), so that a run can be replayed.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// What the next number follows from: a generator with this as its seed goes on alike.
  package private(set) var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
