package import ClusterClient
package import ControllerKit
import KubernetesAPI

/// Fills in the statuses of disruption budgets: how many of the pods that a budget selects may be evicted.
package final class DisruptionController: Reconciler {
  package let name = "disruption"

  private let client: ClusterClient
  private let budgets: Informer<PolicyV1.PodDisruptionBudget>
  private let pods: Informer<CoreV1.Pod>
  private let replicaSets: Informer<AppsV1.ReplicaSet>
  private let deployments: Informer<AppsV1.Deployment>
  private let statefulSets: Informer<AppsV1.StatefulSet>
  private let replicationControllers: Informer<CoreV1.ReplicationController>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    budgets = context.informers.informer()
    pods = context.informers.informer()
    replicaSets = context.informers.informer()
    deployments = context.informers.informer()
    statefulSets = context.informers.informer()
    replicationControllers = context.informers.informer()
    budgets.addHandler { change in
      if case .deleted = change { return }
      queue.add(change.object.key)
    }
    let budgets = budgets
    @Sendable func note(_ namespace: String, _ labels: [String: String]) {
      for budget in budgets.list(namespace: namespace) where Self.selects(budget, labels) { queue.add(budget.key) }
    }
    pods.addHandler { change in
      if case .updated(let old, _) = change { note(old.metadata.namespace, old.metadata.labels) }
      note(change.object.metadata.namespace, change.object.metadata.labels)
    }
    /// What wants another number of pods concerns every budget of its namespace that may count them.
    @Sendable func noteAll(_ namespace: String) {
      for budget in budgets.list(namespace: namespace) { queue.add(budget.key) }
    }
    deployments.addHandler { change in
      if case .updated(let old, let new) = change, old.spec.replicas == new.spec.replicas { return }
      noteAll(change.object.metadata.namespace)
    }
    replicaSets.addHandler { change in
      if case .updated(let old, let new) = change, old.spec.replicas == new.spec.replicas { return }
      noteAll(change.object.metadata.namespace)
    }
    statefulSets.addHandler { change in
      if case .updated(let old, let new) = change, old.spec.replicas == new.spec.replicas { return }
      noteAll(change.object.metadata.namespace)
    }
    replicationControllers.addHandler { change in
      if case .updated(let old, let new) = change, old.spec.replicas == new.spec.replicas { return }
      noteAll(change.object.metadata.namespace)
    }
  }

  /// A budget without a selector selects nothing; an empty one everything.
  private static func selects(_ budget: PolicyV1.PodDisruptionBudget, _ labels: [String: String]) -> Bool {
    budget.spec.selector?.matches(labels) ?? false
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let budget = budgets.get(key) else { return .done }
    let selected = pods.list(namespace: key.namespace).filter { Self.selects(budget, $0.metadata.labels) }
    let status = DisruptionRules.status(
      of: budget, pods: selected, scale: scale(selected), now: Time.now().secondsSinceEpoch)
    if status != budget.status {
      var changed = budget
      changed.status = status
      // With the version that was read: an eviction that was granted meanwhile must not be forgotten.
      do { _ = try await client.updateStatus(changed) } catch  where error.isNotFound { return .done }
    }
    return status.disruptedPods.isEmpty ? .done : .again(after: .seconds(DisruptionRules.evictionTimeout / 4))
  }

  /// How many pods the controllers of these want together; nil where it cannot be told of one.
  private func scale(_ pods: [CoreV1.Pod]) -> Int32? {
    var wanted: [String: Int32] = [:]
    for pod in pods {
      // Pods that nobody manages are not expected by anybody.
      guard let owner = pod.metadata.controller else { continue }
      guard let (uid, replicas) = scale(owner, pod.metadata.namespace) else { return nil }
      wanted[uid] = replicas
    }
    return wanted.values.reduce(0, &+)
  }

  private func scale(_ owner: MetaV1.OwnerReference, _ namespace: String) -> (uid: String, replicas: Int32)? {
    switch owner.kind {
    case "ReplicaSet":
      guard let set = replicaSets.get(name: owner.name, namespace: namespace), set.metadata.uid == owner.uid else {
        return nil
      }
      guard let parent = set.metadata.controller, parent.kind == "Deployment",
        let deployment = deployments.get(name: parent.name, namespace: namespace),
        deployment.metadata.uid == parent.uid
      else { return (owner.uid, set.spec.replicas ?? 1) }
      return (parent.uid, deployment.spec.replicas ?? 1)
    case "StatefulSet":
      guard let set = statefulSets.get(name: owner.name, namespace: namespace), set.metadata.uid == owner.uid else {
        return nil
      }
      return (owner.uid, set.spec.replicas ?? 1)
    case "ReplicationController":
      guard let set = replicationControllers.get(name: owner.name, namespace: namespace),
        set.metadata.uid == owner.uid
      else { return nil }
      return (owner.uid, set.spec.replicas ?? 1)
    default: return nil
    }
  }
}
