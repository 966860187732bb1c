package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules

/// Brings a Deployment's replica sets to what its template, scale and strategy ask for, a safe step at a time.
///
/// Each step is decided on the replica sets' state alone, and written with the version that was read: a step decided on
/// a stale cache meets a conflict and is decided anew. A new replica set's name follows from its template, so that it
/// cannot be made twice.
package final class DeploymentController: Reconciler {
  package let name = "deployment"

  private let client: ClusterClient
  private let recorder: EventSource
  private let deployments: Informer<AppsV1.Deployment>
  private let sets: Informer<AppsV1.ReplicaSet>
  private let pods: Informer<CoreV1.Pod>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    recorder = context.recorder.source("deployment-controller")
    deployments = context.informers.informer()
    sets = context.informers.informer()
    pods = context.informers.informer()
    OwnerIndex.add(to: sets)
    OwnerIndex.add(to: pods)
    let deployments = deployments
    deployments.addHandler { queue.add($0.object.key) }
    sets.addHandler { change in
      if case .updated(let old, _) = change { Self.enqueueOwner(of: old, deployments, queue) }
      Self.enqueueOwner(of: change.object, deployments, queue)
    }
    let sets = sets
    pods.addHandler { change in
      // Only "recreate" waits for pods to be gone.
      guard case .deleted(let pod) = change, let owner = pod.metadata.controller, owner.kind == "ReplicaSet",
        let set = sets.get(name: owner.name, namespace: pod.metadata.namespace)
      else { return }
      Self.enqueueOwner(of: set, deployments, queue)
    }
  }

  private static func enqueueOwner(
    of set: AppsV1.ReplicaSet, _ deployments: Informer<AppsV1.Deployment>, _ queue: WorkQueue<ObjectKey>
  ) {
    if let owner = set.metadata.controller {
      if owner.kind == "Deployment" { queue.add(ObjectKey(namespace: set.metadata.namespace, name: owner.name)) }
      return
    }
    // An orphan: whoever selects it may adopt it.
    for deployment in deployments.list(namespace: set.metadata.namespace)
    where deployment.spec.selector?.matches(set.metadata.labels) == true { queue.add(deployment.key) }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let deployment = deployments.get(key) else { return .done }
    guard let selector = deployment.spec.selector, !selector.isEmpty else {
      recorder.record(
        deployment, .warning, reason: "SelectingAll",
        message: "This deployment is selecting all pods. A non-empty selector is required.")
      return .done
    }
    let owned = try await claimSets(deployment)
    var rollout = Rollout(deployment: deployment, owned: owned)
    if !deployment.metadata.isTerminating {
      do { try await step(&rollout) } catch {
        // What was reached is worth reporting also when a step failed; the error brings the name back.
        try? await report(rollout)
        throw error
      }
    }
    try await report(rollout)
    guard let left = DeploymentStatusRules.secondsToDeadline(deployment, now: .now()) else { return .done }
    return .again(after: .seconds(max(1, left + 1)))
  }

  /// A reconcile's working state: the replica sets as read, and as written since.
  private struct Rollout {
    var deployment: AppsV1.Deployment
    var newSet: AppsV1.ReplicaSet?
    /// Oldest first.
    var old: [AppsV1.ReplicaSet]
    var created = false
    var creationFailure: String?
    var collisions: Int32?

    var desired: Int { Int(deployment.spec.replicas ?? 1) }
    var bounds: (surge: Int, unavailable: Int) { RolloutArithmetic.bounds(deployment.spec.strategy, desired: desired) }
    var all: [AppsV1.ReplicaSet] { old + (newSet.map { [$0] } ?? []) }

    init(deployment: AppsV1.Deployment, owned: [AppsV1.ReplicaSet]) {
      self.deployment = deployment
      collisions = deployment.status.collisionCount
      let new = DeploymentRules.newSet(deployment, among: owned)
      newSet = new
      old = DeploymentRules.oldestFirst(owned.filter { $0.metadata.uid != new?.metadata.uid })
    }

    mutating func replace(_ set: AppsV1.ReplicaSet) {
      if newSet?.metadata.uid == set.metadata.uid { newSet = set }
      for index in old.indices where old[index].metadata.uid == set.metadata.uid { old[index] = set }
    }
  }

  // MARK: Steps

  private func step(_ rollout: inout Rollout) async throws {
    let deployment = rollout.deployment
    if deployment.spec.paused {
      try await scale(&rollout)
      try await cleanUp(rollout)
      return
    }
    // A change of scale comes first, in proportion, and only then the rollout goes on.
    let rescaled = rollout.all.contains {
      ($0.spec.replicas ?? 1) > 0
        && $0.metadata.annotations[DeploymentRules.desiredReplicas].flatMap { Int($0) }.map { $0 != rollout.desired }
          ?? false
    }
    if rescaled {
      try await scale(&rollout)
      return
    }
    if deployment.spec.strategy.type == "Recreate" {
      try await recreate(&rollout)
    } else {
      try await roll(&rollout)
    }
    if Self.isComplete(rollout) { try await cleanUp(rollout) }
  }

  private static func isComplete(_ rollout: Rollout) -> Bool {
    guard let new = rollout.newSet else { return false }
    return Int(new.status.availableReplicas) == rollout.desired && rollout.old.allSatisfy { $0.status.replicas == 0 }
  }

  private func roll(_ rollout: inout Rollout) async throws {
    try await ensureNewSet(&rollout)
    guard let new = rollout.newSet else { return }
    let old = rollout.old.map(DeploymentRules.count)
    let bounds = rollout.bounds
    let replicas = RolloutArithmetic.newReplicas(
      desired: rollout.desired, surge: bounds.surge, new: DeploymentRules.count(new), old: old)
    if try await resize(new, to: replicas, &rollout) { return }
    let changes = RolloutArithmetic.oldReplicas(
      desired: rollout.desired, unavailable: bounds.unavailable, new: DeploymentRules.count(new), old: old)
    for set in rollout.old {
      if let count = changes[set.metadata.name] { _ = try await resize(set, to: count, &rollout) }
    }
  }

  private func recreate(_ rollout: inout Rollout) async throws {
    for set in rollout.old where (set.spec.replicas ?? 1) > 0 { _ = try await resize(set, to: 0, &rollout) }
    // No pod of the old kind may run, or be about to stop, beside one of the new kind.
    let lingering = rollout.old.contains { set in
      set.status.replicas > 0
        || pods.list(index: OwnerIndex.name, value: set.metadata.uid).contains {
          !["Succeeded", "Failed"].contains($0.status.phase)
        }
    }
    if lingering { return }
    try await ensureNewSet(&rollout)
    if let new = rollout.newSet { _ = try await resize(new, to: rollout.desired, &rollout) }
  }

  /// Sizes the replica sets after a change of scale, without going on with a rollout.
  private func scale(_ rollout: inout Rollout) async throws {
    let active = rollout.all.filter { ($0.spec.replicas ?? 1) > 0 }
    if active.count <= 1 {
      if let only = active.first ?? rollout.newSet ?? rollout.old.last {
        _ = try await resize(only, to: rollout.desired, &rollout)
      }
      return
    }
    if let new = rollout.newSet, Int(new.status.availableReplicas) >= rollout.desired,
      new.spec.replicas == Int32(clamping: rollout.desired)
    {
      for set in rollout.old where (set.spec.replicas ?? 1) > 0 { _ = try await resize(set, to: 0, &rollout) }
      return
    }
    guard deployment(rollout, rolls: true) else { return }
    let allowed = rollout.desired > 0 ? rollout.desired + rollout.bounds.surge : 0
    var previous: [String: Int] = [:]
    for set in active {
      previous[set.metadata.name] = set.metadata.annotations[DeploymentRules.maxReplicas].flatMap { Int($0) }
    }
    let changes = RolloutArithmetic.proportional(
      allowed: allowed, sets: active.map(DeploymentRules.count), previous: previous)
    for set in active {
      let count = changes[set.metadata.name] ?? Int(set.spec.replicas ?? 1)
      _ = try await resize(set, to: count, &rollout)
    }
  }

  private func deployment(_ rollout: Rollout, rolls: Bool) -> Bool {
    (rollout.deployment.spec.strategy.type != "Recreate") == rolls
  }

  /// Writes a replica set's size, if it or the note of what it was sized for changes. `true`: its size changed.
  private func resize(_ set: AppsV1.ReplicaSet, to replicas: Int, _ rollout: inout Rollout) async throws -> Bool {
    var changed = set
    DeploymentRules.resize(&changed, to: replicas, desired: rollout.desired, surge: rollout.bounds.surge)
    guard changed != set else { return false }
    let before = Int(set.spec.replicas ?? 1)
    rollout.replace(try await client.update(changed))
    guard replicas != before else { return false }
    recorder.record(
      rollout.deployment, .normal, reason: "ScalingReplicaSet",
      message:
        "Scaled \(replicas > before ? "up" : "down") replica set \(set.metadata.name) from \(before) to \(replicas)")
    return true
  }

  // MARK: The new replica set

  private func ensureNewSet(_ rollout: inout Rollout) async throws {
    let deployment = rollout.deployment
    // The annotations are anybody's to write: the largest number there must not overflow.
    let latest = rollout.old.map { DeploymentRules.revisionNumber($0.metadata) }.max() ?? 0
    let revision = min(latest, .max - 1) + 1
    if let new = rollout.newSet {
      var changed = new
      DeploymentRules.annotate(&changed, for: deployment, revision: revision)
      changed.spec.minReadySeconds = deployment.spec.minReadySeconds
      if changed != new { rollout.replace(try await client.update(changed)) }
    } else {
      try await createNewSet(&rollout, revision: revision)
    }
    // The Deployment carries its new set's revision: kubectl reads it there.
    guard let new = rollout.newSet, let number = new.metadata.annotations[DeploymentRules.revision],
      deployment.metadata.annotations[DeploymentRules.revision] != number
    else { return }
    let body = Array(#"{"metadata":{"annotations":{"\#(DeploymentRules.revision)":"\#(number)"}}}"#.utf8)
    rollout.deployment = try await client.patch(
      name: deployment.metadata.name, namespace: deployment.metadata.namespace, patch: .merge(body))
  }

  private func createNewSet(_ rollout: inout Rollout, revision: Int64) async throws {
    let deployment = rollout.deployment
    let hash = DeploymentRules.hash(deployment.spec.template, collisions: rollout.collisions)
    var set = AppsV1.ReplicaSet()
    set.metadata.name = "\(deployment.metadata.name)-\(hash)"
    set.metadata.namespace = deployment.metadata.namespace
    set.metadata.ownerReferences = [deployment.ownerReference()]
    set.spec.template = deployment.spec.template
    set.spec.template.metadata.labels[DeploymentRules.hashLabel] = hash
    set.metadata.labels = set.spec.template.metadata.labels
    set.spec.selector = DeploymentRules.hashed(deployment.spec.selector, hash)
    set.spec.minReadySeconds = deployment.spec.minReadySeconds
    DeploymentRules.annotate(&set, for: deployment, revision: revision)
    let bounds = rollout.bounds
    let empty = RolloutArithmetic.ReplicaSetCount(name: set.metadata.name, desired: 0, available: 0, current: 0)
    let replicas =
      deployment.spec.strategy.type == "Recreate"
      ? rollout.desired
      : RolloutArithmetic.newReplicas(
        desired: rollout.desired, surge: bounds.surge, new: empty, old: rollout.old.map(DeploymentRules.count))
    DeploymentRules.resize(&set, to: replicas, desired: rollout.desired, surge: bounds.surge)

    do {
      rollout.newSet = try await client.create(set)
      rollout.created = true
      if replicas > 0 {
        recorder.record(
          deployment, .normal, reason: "ScalingReplicaSet",
          message: "Scaled up replica set \(set.metadata.name) from 0 to \(replicas)")
      }
    } catch  where error.isAlreadyExists {
      let existing: AppsV1.ReplicaSet = try await client.get(name: set.metadata.name, namespace: set.metadata.namespace)
      if existing.metadata.controller?.uid == deployment.metadata.uid,
        DeploymentRules.matches(existing, deployment.spec.template)
      {
        rollout.newSet = existing
      } else {
        // Another template has this hash: a count makes the next one differ.
        rollout.collisions = (rollout.collisions ?? 0) + 1
        throw error
      }
    } catch {
      if let status = error.apiStatus { rollout.creationFailure = status.message }
      throw error
    }
  }

  private func cleanUp(_ rollout: Rollout) async throws {
    guard let limit = rollout.deployment.spec.revisionHistoryLimit, limit != .max else { return }
    for set in DeploymentRules.expendable(rollout.old, limit: Int(limit)) {
      var options = MetaV1.DeleteOptions()
      options.preconditions = MetaV1.Preconditions(uid: set.metadata.uid)
      do {
        try await client.delete(
          AppsV1.ReplicaSet.self, name: set.metadata.name, namespace: set.metadata.namespace, options: options)
      } catch  where error.isNotFound || error.isConflict {}
    }
  }

  // MARK: Ownership and status

  private func claimSets(_ deployment: AppsV1.Deployment) async throws -> [AppsV1.ReplicaSet] {
    var owned: [AppsV1.ReplicaSet] = []
    for set in sets.list(namespace: deployment.metadata.namespace) {
      switch ClaimDecision(owner: deployment.metadata, selector: deployment.spec.selector, object: set.metadata) {
      case .keep: owned.append(set)
      case .adopt:
        if let adopted = try await Ownership.adopt(set, by: deployment, client) { owned.append(adopted) }
      case .release: try await Ownership.release(set, by: deployment.metadata, client)
      case .ignore: break
      }
    }
    return owned
  }

  private func report(_ rollout: Rollout) async throws {
    var input = DeploymentStatusRules.Input(
      deployment: rollout.deployment, newSet: rollout.newSet, all: rollout.all, now: .now())
    input.created = rollout.created
    input.creationFailure = rollout.creationFailure
    input.collisionCount = rollout.collisions
    let status = DeploymentStatusRules.status(input)
    guard status != rollout.deployment.status else { return }
    var changed = rollout.deployment
    changed.status = status
    _ = try await client.updateStatus(changed)
  }
}
