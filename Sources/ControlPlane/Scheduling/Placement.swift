/// Chooses nodes for pods. Pure: randomness only breaks ties, and comes from a seeded generator.
package struct Placement: Sendable {
  /// Where a pod goes, or why nowhere.
  package enum Choice: Equatable, Sendable {
    case node(String)
    case none(Unschedulable)
  }

  /// Why a pod fits nowhere.
  package struct Unschedulable: Equatable, Sendable, CustomStringConvertible {
    package var nodeCount: Int
    package var reasons: [FilterReason: Int]

    package init(nodeCount: Int, reasons: [FilterReason: Int]) {
      self.nodeCount = nodeCount
      self.reasons = reasons
    }

    /// "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable."
    package var description: String {
      guard nodeCount > 0 else { return "no nodes available to schedule pods" }
      let parts = reasons.map { "\($0.value) \($0.key)" }.sorted()
      return "0/\(nodeCount) nodes are available: \(parts.joined(separator: ", "))."
    }
  }

  /// Beyond so many nodes, not all of them are looked at for each pod: enough that fit are enough.
  static let fullSearch = 100

  private var generator: SplitMix64
  /// Where the search begins next time, so that all nodes have their turn in large clusters.
  private var start = 0

  package init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  package mutating func choose(
    _ pod: PodFootprint, _ cache: SchedulingCache, namespaceLabels: (String) -> [String: String] = { _ in [:] }
  ) -> Choice {
    let names = cache.nodeNames
    guard !names.isEmpty else { return .none(Unschedulable(nodeCount: 0, reasons: [:])) }
    let affinities = Affinities(pod, cache, namespaceLabels: namespaceLabels)
    let enough = Self.enough(of: names.count)
    var feasible: [NodeState] = []
    var reasons: [FilterReason: Int] = [:]
    start %= names.count
    var looked = 0
    while looked < names.count, feasible.count < enough {
      let name = names[(start + looked) % names.count]
      looked += 1
      guard let state = cache[name] else { continue }
      let against = Filters.reasons(pod, state, affinities)
      if against.isEmpty { feasible.append(state) } else { for reason in against { reasons[reason, default: 0] += 1 } }
    }
    if names.count > Self.fullSearch { start += looked }
    guard !feasible.isEmpty else { return .none(Unschedulable(nodeCount: names.count, reasons: reasons)) }
    if feasible.count == 1 { return .node(feasible[0].name) }

    let scores = Scores.total(pod, feasible)
    var best = 0
    var ties = 1
    for index in feasible.indices.dropFirst() {
      if scores[index] > scores[best] + 1e-9 {
        best = index
        ties = 1
      } else if scores[index] > scores[best] - 1e-9 {
        // Each of n equals is taken with a chance of 1/n.
        ties += 1
        if Int.random(in: 0..<ties, using: &generator) == 0 { best = index }
      }
    }
    return .node(feasible[best].name)
  }

  /// How many nodes that fit are looked for: all of a hundred, and a falling share of more, down to 5 %.
  static func enough(of count: Int) -> Int {
    guard count > fullSearch else { return count }
    return max(fullSearch, count * max(5, 50 - count / 125) / 100)
  }
}

/// A small generator with a seed: Steele, Lea and Flood's SplitMix64.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
