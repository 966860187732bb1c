package import KubernetesAPI

/// The taints that the control plane itself sets.
package enum WellKnownTaint {
  package static let notReady = "node.kubernetes.io/not-ready"
  package static let unreachable = "node.kubernetes.io/unreachable"
  package static let unschedulable = "node.kubernetes.io/unschedulable"
}

/// What a taint does.
package enum TaintEffect {
  package static let noSchedule = "NoSchedule"
  package static let preferNoSchedule = "PreferNoSchedule"
  package static let noExecute = "NoExecute"
}

extension CoreV1.Toleration {
  /// Whether the toleration covers the taint: an empty effect covers every effect, an empty key with `Exists` every
  /// key.
  package func tolerates(_ taint: CoreV1.Taint) -> Bool {
    if !effect.isEmpty, effect != taint.effect { return false }
    if !key.isEmpty, key != taint.key { return false }
    switch `operator` {
    case "Exists": return true
    case "", "Equal": return !key.isEmpty && value == taint.value
    default: return false
    }
  }
}

extension [CoreV1.Toleration] {
  package func tolerate(_ taint: CoreV1.Taint) -> Bool { contains { $0.tolerates(taint) } }

  /// The first of `taints` that is not covered.
  package func firstUntolerated(among taints: some Sequence<CoreV1.Taint>) -> CoreV1.Taint? {
    taints.first { !tolerate($0) }
  }

  /// How long a pod with these tolerations may stay on a node with these taints.
  package func stay(on taints: [CoreV1.Taint]) -> TaintedStay {
    var least: Int64?
    for taint in taints where taint.effect == TaintEffect.noExecute {
      let covering = filter { $0.tolerates(taint) }
      guard !covering.isEmpty else { return .evicted }
      // Of several tolerations for a taint the shortest counts; one without a time does not end.
      if let seconds = covering.compactMap(\.tolerationSeconds).min() { least = Swift.min(least ?? seconds, seconds) }
    }
    guard let least else { return .unlimited }
    return least <= 0 ? .evicted : .limited(seconds: least)
  }
}

/// How long a pod may stay on a tainted node.
package enum TaintedStay: Equatable, Sendable {
  case unlimited
  /// From when the taint was set.
  case limited(seconds: Int64)
  case evicted
}
