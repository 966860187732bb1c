package import KubernetesAPI
import PodRules

/// Which pods a ReplicaSet deletes first, and what its status says. Pure.
package enum ReplicaSetRules {
  static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"

  /// The pods to delete, `count` of them: those that are missed least. In this order: not assigned to a node; not
  /// running; not ready; of a lower deletion cost; on a node with more pods of this set; ready or made more
  /// recently; restarted more often.
  package static func victims(_ pods: [CoreV1.Pod], count: Int) -> [CoreV1.Pod] {
    guard count > 0 else { return [] }
    var crowd: [String: Int64] = [:]
    for pod in pods where !pod.spec.nodeName.isEmpty { crowd[pod.spec.nodeName, default: 0] += 1 }
    let ranked = pods.map { pod in (pod, rank(pod, crowd: crowd[pod.spec.nodeName] ?? 0)) }
    return ranked.sorted { left, right in
      for (a, b) in zip(left.1, right.1) where a != b { return a < b }
      return left.0.metadata.name < right.0.metadata.name
    }.prefix(count).map(\.0)
  }

  /// Compared number by number; the smaller goes first.
  private static func rank(_ pod: CoreV1.Pod, crowd: Int64) -> [Int64] {
    let phases: [String: Int64] = ["Pending": 0, "": 0, "Unknown": 1, "Running": 2]
    let ready = pod.isReady
    let readySince = ready ? pod.condition("Ready")?.lastTransitionTime?.secondsSinceEpoch ?? 0 : 0
    let restarts = pod.status.containerStatuses.map { Int64($0.restartCount) }.max() ?? 0
    return [
      pod.spec.nodeName.isEmpty ? 0 : 1,
      phases[pod.status.phase] ?? 2,
      ready ? 1 : 0,
      pod.metadata.annotations[deletionCost].flatMap { Int64($0) } ?? 0,
      -crowd,
      -readySince,
      -restarts,
      -(pod.metadata.creationTimestamp?.secondsSinceEpoch ?? 0),
    ]
  }

  /// Sizes of the batches in which pods are created: small first, so that what always fails fails seldom.
  package static func batches(_ count: Int) -> [Int] {
    var result: [Int] = []
    var remaining = count
    var size = 1
    while remaining > 0 {
      result.append(min(size, remaining))
      remaining -= min(size, remaining)
      size *= 2
    }
    return result
  }

  /// The status for these pods, which are the set's own and active.
  package static func status(
    _ set: AppsV1.ReplicaSet, pods: [CoreV1.Pod], failure: (reason: String, message: String)?, now: Time
  ) -> AppsV1.ReplicaSetStatus {
    var status = set.status
    status.replicas = Int32(clamping: pods.count)
    let labels = set.spec.template.metadata.labels
    status.fullyLabeledReplicas = Int32(
      clamping: pods.count { pod in labels.allSatisfy { pod.metadata.labels[$0.key] == $0.value } })
    status.readyReplicas = Int32(clamping: pods.count(where: \.isReady))
    status.availableReplicas = Int32(
      clamping: pods.count { $0.isAvailable(minReadySeconds: set.spec.minReadySeconds, now: now) })
    status.observedGeneration = set.metadata.generation
    report(failure, &status, now: now)
    return status
  }

  /// Says why pods could not be made or deleted, or that nothing is in the way any more.
  ///
  /// While it fails for one reason the condition stays as it is, message included: each attempt's message names another
  /// pod, and a status written after each attempt would come back as a change and bring on the next one, past the
  /// back-off.
  private static func report(
    _ failure: (reason: String, message: String)?, _ status: inout AppsV1.ReplicaSetStatus, now: Time
  ) {
    let before = status.conditions.first { $0.type == "ReplicaFailure" }
    if let failure, let before, before.status == "True", before.reason == failure.reason { return }
    status.conditions.removeAll { $0.type == "ReplicaFailure" }
    guard let failure else { return }
    var condition = AppsV1.ReplicaSetCondition()
    condition.type = "ReplicaFailure"
    condition.status = "True"
    condition.reason = failure.reason
    condition.message = failure.message
    condition.lastTransitionTime = before?.status == "True" ? before?.lastTransitionTime ?? now : now
    status.conditions.append(condition)
  }

  /// Seconds until a pod that is ready becomes available, if one is on its way.
  package static func secondsToAvailable(_ set: AppsV1.ReplicaSet, pods: [CoreV1.Pod], now: Time) -> Int64? {
    guard set.spec.minReadySeconds > 0 else { return nil }
    return pods.compactMap { pod -> Int64? in
      guard let ready = pod.condition("Ready"), ready.status == "True", let since = ready.lastTransitionTime else {
        return nil
      }
      let left = since.secondsSinceEpoch + Int64(set.spec.minReadySeconds) - now.secondsSinceEpoch
      return left > 0 ? left : nil
    }.min()
  }

  /// A pod as the set's template describes it.
  package static func pod(for set: AppsV1.ReplicaSet) -> CoreV1.Pod {
    var pod = CoreV1.Pod()
    let template = set.spec.template
    pod.metadata.namespace = set.metadata.namespace
    // What the server appends must still fit into a DNS label's 63 letters for the host name.
    pod.metadata.generateName =
      set.metadata.name.count > 57 ? String(set.metadata.name.prefix(57)) : "\(set.metadata.name)-"
    pod.metadata.labels = template.metadata.labels
    pod.metadata.annotations = template.metadata.annotations
    pod.metadata.finalizers = template.metadata.finalizers
    pod.metadata.ownerReferences = [set.ownerReference()]
    pod.spec = template.spec
    return pod
  }
}
