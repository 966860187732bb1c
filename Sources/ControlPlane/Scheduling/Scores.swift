import KubernetesAPI
import PodRules

/// How well a pod would go on each of the nodes that it can go to. Pure. Each score is 0 to 100; the weights are
/// those of Kubernetes' default profile.
package enum Scores {
  /// The weighted sums, in the order of `nodes`.
  package static func total(_ pod: PodFootprint, _ nodes: [NodeState]) -> [Double] {
    var totals = [Double](repeating: 0, count: nodes.count)
    func add(_ weight: Double, _ scores: [Double]) {
      for index in totals.indices { totals[index] += weight * scores[index] }
    }
    add(1, nodes.map { leastAllocated(pod, $0) })
    add(1, nodes.map { balanced(pod, $0) })
    add(2, spread(pod, nodes))
    add(3, normalized(nodes.map { Double(softTaints(pod, $0)) }, reversed: true))
    add(
      2,
      normalized(
        nodes.map { state in Double(state.node.map { pod.pod.spec.preference(for: $0) } ?? 0) }, reversed: false))
    return totals
  }

  /// More is free, the better.
  static func leastAllocated(_ pod: PodFootprint, _ state: NodeState) -> Double {
    let shares = fractions(pod, state)
    return shares.reduce(0) { $0 + (1 - $1) * 100 } / Double(shares.count)
  }

  /// The more alike the shares of CPU and memory in use are, the better.
  static func balanced(_ pod: PodFootprint, _ state: NodeState) -> Double {
    let shares = fractions(pod, state)
    return (1 - abs(shares[0] - shares[1]) / 2) * 100
  }

  /// The fewer pods of the same owner, the better.
  static func spread(_ pod: PodFootprint, _ nodes: [NodeState]) -> [Double] {
    guard let owner = pod.ownerUID else { return [Double](repeating: 100, count: nodes.count) }
    return normalized(nodes.map { Double($0.count(ofOwner: owner)) }, reversed: true)
  }

  private static func softTaints(_ pod: PodFootprint, _ state: NodeState) -> Int {
    (state.node?.spec.taints ?? []).count {
      $0.effect == TaintEffect.preferNoSchedule && !pod.pod.spec.tolerations.tolerate($0)
    }
  }

  /// The shares of CPU and memory in use once the pod is there, 0 to 1.
  private static func fractions(_ pod: PodFootprint, _ state: NodeState) -> [Double] {
    [ResourceAmounts.cpu, ResourceAmounts.memory].map { name in
      let allocatable = Double(state.allocatable[name])
      guard allocatable > 0 else { return 1 }
      let used = Double(state.scoringRequested[name]) + Double(pod.scoringRequests[name])
      return min(1, max(0, used / allocatable))
    }
  }

  /// Scaled to 0…100 by the largest; reversed, the largest gets 0.
  static func normalized(_ values: [Double], reversed: Bool) -> [Double] {
    guard let largest = values.max(), largest > 0 else {
      return [Double](repeating: reversed ? 100 : 0, count: values.count)
    }
    return values.map { reversed ? (largest - $0) * 100 / largest : $0 * 100 / largest }
  }
}
