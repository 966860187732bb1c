package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules
import Synchronization

/// Keeps as many pods of a ReplicaSet as it asks for.
///
/// A pod that is being deleted counts as gone, so that its replacement starts at once; pods on a node that is dead stay
/// in that state for as long as nobody can tell that they have stopped. A cache that does not show the controller's own
/// last creates and deletes yet is never acted on (`WriteBarrier`, and the pods deleted lately).
package final class ReplicaSetController: Reconciler {
  /// Pods created or deleted by one reconcile at most.
  static let burst = 500

  package let name = "replicaset"

  private let client: ClusterClient
  private let recorder: EventSource
  private let sets: Informer<AppsV1.ReplicaSet>
  private let pods: Informer<CoreV1.Pod>
  private let barrier = WriteBarrier()
  /// Uids of pods deleted by this controller that the cache may still show as active.
  private let deleted = Mutex<Set<String>>([])

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    recorder = context.recorder.source("replicaset-controller")
    sets = context.informers.informer()
    pods = context.informers.informer()
    OwnerIndex.add(to: pods)
    let sets = sets
    sets.addHandler { [barrier] change in
      if case .deleted(let set) = change { barrier.forget(set.key) }
      queue.add(change.object.key)
    }
    pods.addHandler { [self] change in
      if case .deleted(let pod) = change { _ = deleted.withLock { $0.remove(pod.metadata.uid) } }
      if case .updated(let old, _) = change { enqueueOwners(of: old, queue) }
      enqueueOwners(of: change.object, queue)
    }
  }

  private func enqueueOwners(of pod: CoreV1.Pod, _ queue: WorkQueue<ObjectKey>) {
    if let owner = pod.metadata.controller {
      if owner.kind == "ReplicaSet" { queue.add(ObjectKey(namespace: pod.metadata.namespace, name: owner.name)) }
      return
    }
    for set in sets.list(namespace: pod.metadata.namespace)
    where set.spec.selector?.matches(pod.metadata.labels) == true { queue.add(set.key) }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let set = sets.get(key) else {
      barrier.forget(key)
      return .done
    }
    guard let selector = set.spec.selector, !selector.isEmpty else { return .done }
    let candidates: [CoreV1.Pod]
    switch barrier.source(for: key, cacheRevision: pods.revision) {
    case .wait: return .again(after: .milliseconds(20))
    case .cache: candidates = pods.list(namespace: key.namespace)
    case .api:
      candidates = try await liveCandidates(set)
      barrier.settled(key, newest: candidates.compactMap { UInt64($0.metadata.resourceVersion) }.max() ?? 0)
    }
    let owned = try await claim(candidates, for: set)
    let active = owned.filter { pod in pod.isActive && !deleted.withLock { $0.contains(pod.metadata.uid) } }

    var failure: (reason: String, message: String)?
    var problem: (any Error)?
    if !set.metadata.isTerminating {
      do { try await adjust(set, active) } catch {
        problem = error
        let growing = active.count < Int(set.spec.replicas ?? 1)
        failure = (growing ? "FailedCreate" : "FailedDelete", error.apiStatus?.message ?? "\(error)")
      }
    }
    let now = Time.now()
    let status = ReplicaSetRules.status(set, pods: active, failure: failure, now: now)
    if status != set.status {
      var changed = set
      changed.status = status
      _ = try await client.updateStatus(changed)
    }
    if let problem { throw problem }
    guard let left = ReplicaSetRules.secondsToAvailable(set, pods: active, now: now) else { return .done }
    return .again(after: .seconds(left))
  }

  // MARK: Whose pods they are

  private func claim(_ candidates: [CoreV1.Pod], for set: AppsV1.ReplicaSet) async throws -> [CoreV1.Pod] {
    var owned: [CoreV1.Pod] = []
    for pod in candidates {
      switch ClaimDecision(owner: set.metadata, selector: set.spec.selector, object: pod.metadata) {
      case .keep: owned.append(pod)
      case .adopt:
        if pod.isActive, let adopted = try await Ownership.adopt(pod, by: set, client) { owned.append(adopted) }
      case .release: try await Ownership.release(pod, by: set.metadata, client)
      case .ignore: break
      }
    }
    return owned
  }

  /// The pods as the API has them now, for when a create's outcome is unknown.
  private func liveCandidates(_ set: AppsV1.ReplicaSet) async throws -> [CoreV1.Pod] {
    let labels = (set.spec.selector?.matchLabels ?? [:]).sorted { $0.key < $1.key }
    let selection = ListSelection(labelSelector: labels.map { "\($0.key)=\($0.value)" }.joined(separator: ","))
    return try await client.list(CoreV1.Pod.self, namespace: set.metadata.namespace, options: selection).items
  }

  // MARK: More and fewer

  private func adjust(_ set: AppsV1.ReplicaSet, _ active: [CoreV1.Pod]) async throws {
    let missing = Int(set.spec.replicas ?? 1) - active.count
    if missing > 0 {
      try await create(min(missing, Self.burst), for: set)
    } else if missing < 0 {
      try await delete(ReplicaSetRules.victims(active, count: min(-missing, Self.burst)), of: set)
    }
  }

  private func create(_ count: Int, for set: AppsV1.ReplicaSet) async throws {
    let template = ReplicaSetRules.pod(for: set)
    for batch in ReplicaSetRules.batches(count) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<batch {
          group.addTask { [self] in try await createOne(template, for: set) }
        }
        // All of a batch is awaited, its first error then thrown: an outcome must not go unnoticed.
        var first: (any Error)?
        while let result = await group.nextResult() {
          if case .failure(let error) = result, first == nil { first = error }
        }
        if let first { throw first }
      }
    }
  }

  private func createOne(_ template: CoreV1.Pod, for set: AppsV1.ReplicaSet) async throws {
    do {
      let pod = try await client.create(template)
      barrier.wrote(set.key, resourceVersion: pod.metadata.resourceVersion)
      recorder.record(set, .normal, reason: "SuccessfulCreate", message: "Created pod: \(pod.metadata.name)")
    } catch {
      guard let status = error.apiStatus else {
        // No answer, or none that can be read: the pod may exist.
        barrier.lost(set.key)
        throw error
      }
      // A namespace on its way out takes no pods; that is no failure to tell anybody of.
      if status.isNamespaceTerminating { return }
      recorder.record(set, .warning, reason: "FailedCreate", message: "Error creating: \(status.message)")
      throw error
    }
  }

  private func delete(_ victims: [CoreV1.Pod], of set: AppsV1.ReplicaSet) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for pod in victims {
        group.addTask { [self] in
          var options = MetaV1.DeleteOptions()
          options.preconditions = MetaV1.Preconditions(uid: pod.metadata.uid)
          do {
            try await client.delete(
              CoreV1.Pod.self, name: pod.metadata.name, namespace: pod.metadata.namespace, options: options)
            recorder.record(set, .normal, reason: "SuccessfulDelete", message: "Deleted pod: \(pod.metadata.name)")
          } catch  where error.isNotFound || error.isConflict {}
          // Only for as long as the cache has it: a pod that is gone from there leaves no event to forget it by.
          if pods.get(pod.key)?.metadata.uid == pod.metadata.uid {
            _ = deleted.withLock { $0.insert(pod.metadata.uid) }
            if pods.get(pod.key)?.metadata.uid != pod.metadata.uid {
              _ = deleted.withLock { $0.remove(pod.metadata.uid) }
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
