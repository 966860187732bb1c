import Controllers
import KubernetesAPI
import Testing

@Suite struct RolloutArithmeticTests {
  typealias Count = RolloutArithmetic.ReplicaSetCount

  private func strategy(_ surge: IntOrString?, _ unavailable: IntOrString?) -> AppsV1.DeploymentStrategy {
    var strategy = AppsV1.DeploymentStrategy()
    strategy.type = "RollingUpdate"
    strategy.rollingUpdate = AppsV1.RollingUpdateDeployment(maxUnavailable: unavailable, maxSurge: surge)
    return strategy
  }

  @Test(arguments: [
    (IntOrString.string("25%"), IntOrString.string("25%"), 4, 1, 1),
    (.string("25%"), .string("25%"), 3, 1, 0),
    (.string("25%"), .string("25%"), 10, 3, 2),
    (.int(2), .int(0), 3, 2, 0),
    (.int(0), .int(0), 3, 0, 1),
    (.int(0), .string("10%"), 3, 0, 1),
    (.int(1), .int(7), 3, 1, 3),
    (.string("nonsense"), .int(0), 4, 1, 0),
  ])
  func bounds(_ surge: IntOrString, _ unavailable: IntOrString, desired: Int, maxSurge: Int, maxUnavailable: Int) {
    #expect(RolloutArithmetic.bounds(strategy(surge, unavailable), desired: desired) == (maxSurge, maxUnavailable))
  }

  @Test func sharesBeyondAnIntegerAreCut() {
    let large = Int(Int32.max)
    let sets = ["a", "b"].map { Count(name: $0, desired: large, available: 0, current: 0) }
    let changes = RolloutArithmetic.proportional(allowed: 3 * large, sets: sets, previous: ["a": 1, "b": 1])
    #expect(changes.values.reduce(0, +) == 2 * large && changes.count == 1)
  }

  @Test func recreateHasNoBounds() {
    var strategy = AppsV1.DeploymentStrategy()
    strategy.type = "Recreate"
    #expect(RolloutArithmetic.bounds(strategy, desired: 5) == (0, 0))
  }

  private func count(_ name: String, _ desired: Int, available: Int? = nil) -> Count {
    Count(name: name, desired: desired, available: available ?? desired, current: desired)
  }

  @Test func newGrowsIntoTheSurge() {
    #expect(RolloutArithmetic.newReplicas(desired: 10, surge: 3, new: count("n", 0), old: [count("o", 10)]) == 3)
    #expect(RolloutArithmetic.newReplicas(desired: 10, surge: 3, new: count("n", 3), old: [count("o", 8)]) == 5)
    #expect(RolloutArithmetic.newReplicas(desired: 10, surge: 3, new: count("n", 3), old: [count("o", 10)]) == 3)
    #expect(RolloutArithmetic.newReplicas(desired: 10, surge: 3, new: count("n", 8), old: []) == 10)
    #expect(RolloutArithmetic.newReplicas(desired: 4, surge: 1, new: count("n", 9), old: []) == 4)
  }

  @Test func oldShrinksOnlyAsFarAsAvailabilityAllows() {
    // 10 old ready, 3 new not ready yet: two may be missing.
    #expect(
      RolloutArithmetic.oldReplicas(
        desired: 10, unavailable: 2, new: count("n", 3, available: 0), old: [count("o", 10)]) == ["o": 8])
    #expect(
      RolloutArithmetic.oldReplicas(
        desired: 10, unavailable: 0, new: count("n", 3, available: 0), old: [count("o", 10)]) == [:])
    #expect(
      RolloutArithmetic.oldReplicas(
        desired: 10, unavailable: 0, new: count("n", 3, available: 3), old: [count("o", 10)]) == ["o": 7])
  }

  @Test func whatIsBrokenGoesFirst() {
    // The old set never became ready: it gives way without costing availability.
    let changes = RolloutArithmetic.oldReplicas(
      desired: 3, unavailable: 1, new: count("n", 1, available: 0),
      old: [count("broken", 2, available: 0), count("good", 2, available: 2)])
    #expect(changes["broken"] == 0)
    #expect(changes["good"] == nil)
  }

  /// Whatever the bounds, a rollout ends, and never breaks them on its way.
  @Test(arguments: [1, 2, 3, 10, 17], [0, 1, 3])
  func rolloutsEndWithinBounds(desired: Int, surge: Int) {
    for unavailable in [0, 1, 2] where surge + unavailable > 0 {
      let least = desired - min(unavailable, desired)
      var new = count("n", 0)
      var old = [count("o", desired)]
      var steps = 0
      while new.desired != desired || old[0].desired != 0 || new.available != desired {
        steps += 1
        #expect(steps < 200, "stuck at \(new) \(old)")
        if steps >= 200 { return }
        let grown = RolloutArithmetic.newReplicas(desired: desired, surge: surge, new: new, old: old)
        if grown != new.desired {
          new.desired = grown
        } else {
          let changes = RolloutArithmetic.oldReplicas(
            desired: desired, unavailable: min(unavailable, desired), new: new, old: old)
          if let less = changes["o"] {
            old[0].desired = less
            old[0].available = min(old[0].available, less)
          } else if new.available < new.desired {
            new.available += 1
          }
        }
        #expect(new.desired + old[0].desired <= desired + surge)
        #expect(new.available + old[0].available >= least)
      }
    }
  }

  @Test func scalingMidwayIsShared() {
    let sets = [count("a", 6), count("b", 4)]
    #expect(
      RolloutArithmetic.proportional(allowed: 20, sets: sets, previous: ["a": 10, "b": 10]) == ["a": 12, "b": 8])
    #expect(RolloutArithmetic.proportional(allowed: 10, sets: sets, previous: [:]) == [:])
    let down = RolloutArithmetic.proportional(allowed: 5, sets: sets, previous: ["a": 10, "b": 10])
    #expect(down == ["a": 3, "b": 2])
    #expect(RolloutArithmetic.proportional(allowed: 0, sets: sets, previous: ["a": 10, "b": 10]) == ["a": 0, "b": 0])
    let odd = RolloutArithmetic.proportional(allowed: 11, sets: [count("a", 5), count("b", 5)], previous: [:])
    #expect((odd["a"] ?? 5) + (odd["b"] ?? 5) == 11)
  }
}
