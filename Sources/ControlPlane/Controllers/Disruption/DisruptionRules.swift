package import KubernetesAPI
import PodRules

/// What a disruption budget comes to. Pure.
package enum DisruptionRules {
  /// Evictions that are not seen within this time did not take place, in seconds.
  package static let evictionTimeout: Int64 = 120

  /// What a budget asks for.
  package enum Demand: Equatable, Sendable {
    case counts(expected: Int32, healthy: Int32)
    /// Why it cannot be told.
    case failure(String)
  }

  /// - Parameters:
  ///   - pods: how many pods the budget selects.
  ///   - scale: how many the pods' controllers want together; nil where one of them cannot be told.
  package static func demand(
    _ spec: PolicyV1.PodDisruptionBudgetSpec, pods: Int32, scale: Int32?
  ) -> Demand {
    if let least = spec.minAvailable, case .int(let number) = least {
      return .counts(expected: pods, healthy: number)
    }
    guard let scale else { return .failure("the pods' controllers do not say how many there should be") }
    if let most = spec.maxUnavailable {
      guard let number = amount(most, of: scale) else { return .failure("maxUnavailable cannot be read") }
      return .counts(expected: scale, healthy: max(0, scale - number))
    }
    guard let least = spec.minAvailable, let number = amount(least, of: scale) else {
      return .counts(expected: pods, healthy: 0)
    }
    return .counts(expected: scale, healthy: number)
  }

  /// A number, or a share, which is rounded up.
  private static func amount(_ value: IntOrString, of total: Int32) -> Int32? {
    switch value {
    case .int(let number): return number
    case .string(let text):
      guard text.hasSuffix("%"), let percent = Int64(text.dropLast()), percent >= 0 else { return nil }
      return Int32(clamping: (Int64(total) * percent + 99) / 100)
    }
  }

  /// The evictions that are still under way: those of pods that are there and are not being deleted, and that did not
  /// take too long.
  package static func pending(
    _ evicted: [String: Time], _ pods: [CoreV1.Pod], now: Int64
  ) -> [String: Time] {
    let waiting = Set(pods.filter { $0.metadata.deletionTimestamp == nil }.map(\.metadata.name))
    return evicted.filter { waiting.contains($0.key) && $0.value.secondsSinceEpoch + evictionTimeout > now }
  }

  /// The status that follows.
  package static func status(
    of budget: PolicyV1.PodDisruptionBudget, pods: [CoreV1.Pod], scale: Int32?, now: Int64
  ) -> PolicyV1.PodDisruptionBudgetStatus {
    var status = budget.status
    status.observedGeneration = budget.metadata.generation
    status.disruptedPods = pending(budget.status.disruptedPods, pods, now: now)
    status.currentHealthy = Int32(
      clamping: pods.count {
        $0.metadata.deletionTimestamp == nil && $0.isReady && status.disruptedPods[$0.metadata.name] == nil
      })
    var condition = MetaV1.Condition(
      type: "DisruptionAllowed", status: "False", observedGeneration: budget.metadata.generation)
    switch demand(budget.spec, pods: Int32(clamping: pods.count), scale: scale) {
    case .failure(let reason):
      // Nobody is let go while it is not known who may.
      status.disruptionsAllowed = 0
      condition.reason = "SyncFailed"
      condition.message = reason
    case .counts(let expected, let healthy):
      status.expectedPods = expected
      status.desiredHealthy = healthy
      status.disruptionsAllowed = expected > 0 ? max(0, status.currentHealthy - healthy) : 0
      condition.status = status.disruptionsAllowed > 0 ? "True" : "False"
      condition.reason = status.disruptionsAllowed > 0 ? "SufficientPods" : "InsufficientPods"
    }
    let before = budget.status.conditions.first { $0.type == condition.type }
    condition.lastTransitionTime =
      before?.status == condition.status ? before?.lastTransitionTime : Time(secondsSinceEpoch: now)
    status.conditions.removeAll { $0.type == condition.type }
    status.conditions.append(condition)
    return status
  }
}
