import ClusterClient
package import KubernetesAPI

/// What a Deployment's status says, given its replica sets. Pure: `now` is handed in.
package enum DeploymentStatusRules {
  package struct Input {
    package var deployment: AppsV1.Deployment
    package var newSet: AppsV1.ReplicaSet?
    package var all: [AppsV1.ReplicaSet]
    /// The new replica set was made just now.
    package var created = false
    /// Why the new replica set could not be made, if so.
    package var creationFailure: String?
    package var collisionCount: Int32?
    package var now: Time

    package init(deployment: AppsV1.Deployment, newSet: AppsV1.ReplicaSet?, all: [AppsV1.ReplicaSet], now: Time) {
      self.deployment = deployment
      self.newSet = newSet
      self.all = all
      self.now = now
      collisionCount = deployment.status.collisionCount
    }
  }

  package static func status(_ input: Input) -> AppsV1.DeploymentStatus {
    let deployment = input.deployment
    let old = deployment.status
    let desired = deployment.spec.replicas ?? 1
    let sets = input.all
    var status = AppsV1.DeploymentStatus()
    status.observedGeneration = deployment.metadata.generation
    status.replicas = sum(sets) { $0.status.replicas }
    status.updatedReplicas = input.newSet?.status.replicas ?? 0
    status.readyReplicas = sum(sets) { $0.status.readyReplicas }
    status.availableReplicas = sum(sets) { $0.status.availableReplicas }
    let wanted = sets.reduce(0) { $0 + Int($1.spec.replicas ?? 1) }
    status.unavailableReplicas = Int32(clamping: max(0, wanted - Int(status.availableReplicas)))
    status.collisionCount = input.collisionCount
    status.conditions = old.conditions

    let unavailable = RolloutArithmetic.bounds(deployment.spec.strategy, desired: Int(desired)).unavailable
    if Int(status.availableReplicas) >= Int(desired) - unavailable {
      set("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", &status, input.now)
    } else {
      set(
        "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", &status,
        input.now)
    }
    progress(input, old: old, desired: desired, &status)

    let failure = sets.compactMap { $0.status.conditions.first { $0.type == "ReplicaFailure" && $0.status == "True" } }
      .first
    if let failure {
      set("ReplicaFailure", "True", failure.reason, failure.message, &status, input.now)
    } else {
      status.conditions.removeAll { $0.type == "ReplicaFailure" }
    }
    return status
  }

  /// Several sets may each ask for as many as one number holds: the sum is clamped, it must not overflow.
  private static func sum(_ sets: [AppsV1.ReplicaSet], _ count: (AppsV1.ReplicaSet) -> Int32) -> Int32 {
    Int32(clamping: sets.reduce(0) { $0 + Int(count($1)) })
  }

  private static func progress(
    _ input: Input, old: AppsV1.DeploymentStatus, desired: Int32, _ status: inout AppsV1.DeploymentStatus
  ) {
    let deployment = input.deployment
    guard let deadline = deployment.spec.progressDeadlineSeconds, deadline != .max else {
      status.conditions.removeAll { $0.type == "Progressing" }
      return
    }
    let current = status.conditions.first { $0.type == "Progressing" }
    let name = input.newSet?.metadata.name ?? deployment.metadata.name
    func report(_ value: String, _ reason: String, _ message: String, again: Bool = false) {
      set("Progressing", value, reason, message, &status, input.now, refresh: again)
    }

    if deployment.spec.paused {
      return report("Unknown", "DeploymentPaused", "Deployment is paused")
    }
    if let failure = input.creationFailure {
      return report("False", "ReplicaSetCreateError", failure)
    }
    if current?.reason == "DeploymentPaused" {
      report("Unknown", "DeploymentResumed", "Deployment is resumed", again: true)
    }
    if input.created {
      return report("True", "NewReplicaSetCreated", "Created new replica set \"\(name)\"", again: true)
    }
    let complete =
      status.updatedReplicas == desired && status.replicas == desired && status.availableReplicas == desired
    if current?.reason == "NewReplicaSetAvailable", status.replicas == status.updatedReplicas { return }
    let progressed =
      status.updatedReplicas > old.updatedReplicas
      || Int(status.replicas) - Int(status.updatedReplicas) < Int(old.replicas) - Int(old.updatedReplicas)
      || status.readyReplicas > old.readyReplicas || status.availableReplicas > old.availableReplicas
    if complete {
      report("True", "NewReplicaSetAvailable", "ReplicaSet \"\(name)\" has successfully progressed.", again: true)
    } else if progressed {
      report("True", "ReplicaSetUpdated", "ReplicaSet \"\(name)\" is progressing.", again: true)
    } else if current == nil {
      report("True", "FoundNewReplicaSet", "Found new replica set \"\(name)\"")
    } else if let left = secondsToDeadline(deployment, now: input.now), left <= 0 {
      report("False", "ProgressDeadlineExceeded", "ReplicaSet \"\(name)\" has timed out progressing.")
    }
  }

  /// Seconds until a rollout that makes no progress has failed; `nil` when none is under way or has failed already.
  package static func secondsToDeadline(_ deployment: AppsV1.Deployment, now: Time) -> Int64? {
    guard let deadline = deployment.spec.progressDeadlineSeconds, deadline != .max, !deployment.spec.paused,
      let current = deployment.status.conditions.first(where: { $0.type == "Progressing" }),
      !["NewReplicaSetAvailable", "ProgressDeadlineExceeded"].contains(current.reason),
      let since = current.lastUpdateTime ?? current.lastTransitionTime
    else { return nil }
    return since.secondsSinceEpoch + Int64(deadline) - now.secondsSinceEpoch
  }

  /// Sets a condition. Its transition time moves only with its status; nothing changes if status and reason are the
  /// same, unless `refresh` asks for a new update time.
  private static func set(
    _ type: String, _ value: String, _ reason: String, _ message: String, _ status: inout AppsV1.DeploymentStatus,
    _ now: Time, refresh: Bool = false
  ) {
    let index = status.conditions.firstIndex { $0.type == type }
    let current = index.map { status.conditions[$0] }
    if let current, !refresh, current.status == value, current.reason == reason { return }
    var condition = AppsV1.DeploymentCondition()
    condition.type = type
    condition.status = value
    condition.reason = reason
    condition.message = message
    condition.lastUpdateTime = now
    condition.lastTransitionTime = current?.status == value ? current?.lastTransitionTime ?? now : now
    if let index { status.conditions[index] = condition } else { status.conditions.append(condition) }
  }
}
