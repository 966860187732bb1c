package import KubernetesAPI

/// The numbers of a rolling update. Pure. The rules are those that Kubernetes documents for Deployments.
package enum RolloutArithmetic {
  /// The strategy's bounds as pod counts. A share of `desired` is rounded up for the surge, down for the unavailable;
  /// both zero would stand still, so that then one pod may be unavailable. What cannot be read counts as its default,
  /// 25 %.
  package static func bounds(_ strategy: AppsV1.DeploymentStrategy, desired: Int) -> (surge: Int, unavailable: Int) {
    guard strategy.type != "Recreate" else { return (0, 0) }
    let rolling = strategy.rollingUpdate
    let surge = count(rolling?.maxSurge ?? .string("25%"), of: desired, roundingUp: true)
    let unavailable = count(rolling?.maxUnavailable ?? .string("25%"), of: desired, roundingUp: false)
    if surge == 0, unavailable == 0 { return (0, 1) }
    return (surge, min(unavailable, desired))
  }

  /// A count, or a percentage of a count.
  package static func count(_ value: IntOrString, of total: Int, roundingUp: Bool) -> Int {
    let scaled =
      value.scaled(total: total, roundingUp: roundingUp)
      ?? IntOrString.string("25%").scaled(total: total, roundingUp: roundingUp)
    return max(0, scaled ?? 0)
  }

  /// What one replica set has and wants.
  package struct ReplicaSetCount: Sendable, Equatable {
    package var name: String
    /// What its spec asks for.
    package var desired: Int
    /// Pods that have been ready for long enough.
    package var available: Int
    /// What its pods are, ready or not.
    package var current: Int

    package init(name: String, desired: Int, available: Int, current: Int) {
      self.name = name
      self.desired = desired
      self.available = available
      self.current = current
    }
  }

  /// How many replicas the new replica set should have next, while older ones still have some.
  package static func newReplicas(
    desired: Int, surge: Int, new: ReplicaSetCount, old: [ReplicaSetCount]
  ) -> Int {
    if new.desired > desired { return desired }
    let total = new.desired + old.reduce(0) { $0 + $1.desired }
    let room = desired + surge - total
    guard room > 0 else { return new.desired }
    return min(desired, new.desired + room)
  }

  /// What the old replica sets, oldest first, should have next; only those that change.
  ///
  /// First goes what is not available anyway (it costs nothing), then what the available pods of all allow above the
  /// least that must be available.
  package static func oldReplicas(
    desired: Int, unavailable: Int, new: ReplicaSetCount, old: [ReplicaSetCount]
  ) -> [String: Int] {
    let leastAvailable = desired - unavailable
    let total = new.desired + old.reduce(0) { $0 + $1.desired }
    // What the new set asks for but does not have yet must not be made up for by the old ones.
    let newUnavailable = max(0, new.desired - new.available)
    var spare = total - leastAvailable - newUnavailable
    guard spare > 0 else { return [:] }

    var next = old
    for index in next.indices where spare > 0 {
      let unhealthy = min(spare, max(0, next[index].desired - next[index].available))
      next[index].desired -= unhealthy
      spare -= unhealthy
    }
    var surplus = new.available + old.reduce(0) { $0 + min($1.available, $1.desired) } - leastAvailable
    for index in next.indices where surplus > 0 {
      let less = min(surplus, next[index].desired)
      next[index].desired -= less
      surplus -= less
    }
    var changes: [String: Int] = [:]
    for (before, after) in zip(old, next) where before.desired != after.desired { changes[before.name] = after.desired }
    return changes
  }

  /// Shares a change of a Deployment's scale out over several active replica sets in the middle of a rollout, by their
  /// sizes; what rounding leaves goes to the largest. `allowed` is the sum that they may have afterwards.
  /// `previous[name]` is the sum allowed when a set was last sized (0: unknown).
  package static func proportional(
    allowed: Int, sets: [ReplicaSetCount], previous: [String: Int]
  ) -> [String: Int] {
    let total = sets.reduce(0) { $0 + $1.desired }
    var remaining = allowed - total
    guard remaining != 0 else { return [:] }
    // Growing, the larger sets first; shrinking too: they bear it best.
    let ordered = sets.sorted { ($0.desired, $1.name) > ($1.desired, $0.name) }
    var result: [String: Int] = [:]
    for set in ordered {
      let before = previous[set.name].flatMap { $0 > 0 ? $0 : nil } ?? max(total, 1)
      let exact = Double(set.desired) * Double(allowed) / Double(before) - Double(set.desired)
      // Beyond these bounds it is cut to what remains anyway, and could be more than an integer holds.
      let limit = Double(remaining.magnitude)
      let share = Int(min(max(exact.rounded(.toNearestOrAwayFromZero), -limit), limit))
      let bounded = remaining > 0 ? min(max(share, 0), remaining) : max(min(share, 0), remaining)
      result[set.name] = set.desired + bounded
      remaining -= bounded
    }
    if remaining != 0, let largest = ordered.first {
      result[largest.name] = max(0, (result[largest.name] ?? largest.desired) + remaining)
    }
    return result.filter { name, count in sets.first { $0.name == name }?.desired != count }
  }
}
