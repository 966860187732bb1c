/// Changes inputs at random, from a seed: what the tests do where no coverage guides.
package struct Mutator {
  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next(below bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ (word >> 31)) % UInt64(max(bound, 1)))
  }

  private static let interesting: [UInt8] = [0, 1, 2, 3, 7, 0x7f, 0x80, 0xfe, 0xff, 0xc0, 0x12, 0x0a]

  /// A few changes of one input, with pieces of others.
  package mutating func mutate(_ input: [UInt8], from corpus: [[UInt8]]) -> [UInt8] {
    var bytes = input
    for _ in 0...next(below: 4) {
      let position = next(below: bytes.count + 1)
      switch next(below: 7) {
      case 0 where position < bytes.count: bytes[position] ^= 1 << UInt8(next(below: 8))
      case 1 where position < bytes.count: bytes[position] = Self.interesting[next(below: Self.interesting.count)]
      case 2: bytes.insert(UInt8(next(below: 256)), at: position)
      case 3: bytes.removeSubrange(position..<min(position + 1 + next(below: 8), bytes.count))
      case 4: bytes.insert(contentsOf: [UInt8](repeating: 0xff, count: 1 + next(below: 9)), at: position)
      case 5:
        let other = corpus.isEmpty ? bytes : corpus[next(below: corpus.count)]
        let start = next(below: other.count)
        bytes.insert(contentsOf: other[start..<min(start + 1 + next(below: 32), other.count)], at: position)
      default: bytes = Array(bytes.prefix(position)) + bytes.dropFirst(next(below: bytes.count))
      }
      if bytes.count > 4096 { bytes.removeLast(bytes.count - 4096) }
    }
    return bytes
  }
}

extension FuzzTarget {
  /// Runs random changes of some inputs; a finding comes with the input that led to it.
  package func runMutations(of corpus: [[UInt8]], rounds: Int, seed: UInt64 = 1) throws {
    var mutator = Mutator(seed: seed)
    for _ in 0..<rounds {
      let input = mutator.mutate(corpus[mutator.next(below: corpus.count)], from: corpus)
      do {
        _ = try run(input)
      } catch {
        throw FuzzFinding("\(name): \(error)\n\(input)")
      }
    }
  }
}
