import Controllers
import KubernetesAPI
import PodRules
import Testing

@Suite("Disruption budgets") struct DisruptionRulesTests {
  private func pods(ready: Int, of count: Int) -> [CoreV1.Pod] {
    (0..<count).map { index in
      var pod = CoreV1.Pod()
      pod.metadata.name = "p\(index)"
      pod.status.phase = "Running"
      pod.status.conditions.set("Ready", index < ready ? "True" : "False", now: Time(secondsSinceEpoch: 0))
      return pod
    }
  }

  private func budget(
    least: IntOrString? = nil, most: IntOrString? = nil, evicted: [String: Time] = [:]
  ) -> PolicyV1.PodDisruptionBudget {
    var budget = PolicyV1.PodDisruptionBudget()
    budget.metadata.generation = 3
    budget.spec.minAvailable = least
    budget.spec.maxUnavailable = most
    budget.status.disruptedPods = evicted
    return budget
  }

  @Test(
    "how many may go",
    arguments: [
      // least, most, ready, pods, scale → expected, healthy wanted, allowed
      (IntOrString.int(2), nil, 3, 3, 3, 3, 2, 1), (.int(3), nil, 3, 3, 3, 3, 3, 0),
      (.string("50%"), nil, 3, 3, 3, 3, 2, 1), (.string("50%"), nil, 1, 3, 3, 3, 2, 0),
      (nil, .int(1), 3, 3, 3, 3, 2, 1), (nil, .string("34%"), 3, 3, 3, 3, 1, 2), (nil, .int(5), 3, 3, 3, 3, 0, 3),
      // While there are fewer pods than there should be.
      (nil, .int(1), 2, 2, 4, 4, 3, 0), (.int(0), nil, 0, 0, 0, 0, 0, 0),
    ] as [(IntOrString?, IntOrString?, Int, Int, Int32, Int32, Int32, Int32)])
  func allowed(
    least: IntOrString?, most: IntOrString?, ready: Int, count: Int, scale: Int32, expected: Int32, healthy: Int32,
    allowed: Int32
  ) {
    let status = DisruptionRules.status(
      of: budget(least: least, most: most), pods: pods(ready: ready, of: count), scale: scale, now: 100)
    #expect(status.expectedPods == expected)
    #expect(status.desiredHealthy == healthy)
    #expect(status.currentHealthy == Int32(ready))
    #expect(status.disruptionsAllowed == allowed)
    #expect(status.observedGeneration == 3)
    #expect(status.conditions.map(\.status) == [allowed > 0 ? "True" : "False"])
    #expect(status.conditions.map(\.reason) == [allowed > 0 ? "SufficientPods" : "InsufficientPods"])
  }

  @Test("an eviction that was granted counts until its pod goes, or it took too long")
  func evictions() {
    let evicted = ["p0": Time(secondsSinceEpoch: 100), "gone": Time(secondsSinceEpoch: 100)]
    let one = budget(least: .int(1), evicted: evicted)
    let soon = DisruptionRules.status(of: one, pods: pods(ready: 3, of: 3), scale: 3, now: 110)
    #expect(soon.disruptedPods == ["p0": Time(secondsSinceEpoch: 100)])
    #expect(soon.disruptionsAllowed == 1)
    let late = DisruptionRules.status(of: one, pods: pods(ready: 3, of: 3), scale: 3, now: 221)
    #expect(late.disruptedPods.isEmpty)
    #expect(late.disruptionsAllowed == 2)
  }

  @Test("nobody goes while it cannot be told how many there should be")
  func unknown() {
    let status = DisruptionRules.status(
      of: budget(most: .int(1)), pods: pods(ready: 3, of: 3), scale: nil, now: 100)
    #expect(status.disruptionsAllowed == 0)
    #expect(status.conditions.map(\.reason) == ["SyncFailed"])
  }
}
