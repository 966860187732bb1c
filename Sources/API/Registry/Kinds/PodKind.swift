import JSONDocument
import KubernetesAPI
import PodRules

/// Pods.
struct PodKind: KindRules {
  typealias Object = CoreV1.Pod

  let storagePath = "pods"
  let returnsDeletedObject = true
  let countsGenerations = true
  let selectableFields = [
    SelectableField("spec.nodeName"), SelectableField("spec.restartPolicy"), SelectableField("spec.schedulerName"),
    SelectableField("spec.serviceAccountName"), SelectableField("spec.hostNetwork", absent: "false"),
    SelectableField("status.phase"), SelectableField("status.podIP"), SelectableField("status.nominatedNodeName"),
  ]

  func prepareForCreate(_ pod: inout CoreV1.Pod) {
    GatedFields.drop(from: &pod.spec)
    // One field under two names.
    if pod.spec.serviceAccountName.isEmpty { pod.spec.serviceAccountName = pod.spec.serviceAccount }
    pod.spec.serviceAccount = pod.spec.serviceAccountName
    pod.status = CoreV1.PodStatus()
    pod.status.phase = "Pending"
    pod.status.qosClass = PodQoS(pod.spec).rawValue
    if !pod.spec.schedulingGates.isEmpty {
      pod.status.conditions.append(
        CoreV1.PodCondition(
          type: "PodScheduled", status: "False", reason: "SchedulingGated",
          message: "Scheduling is blocked due to non-empty scheduling gates"))
    }
  }

  func prepareForUpdate(_ pod: inout CoreV1.Pod, from old: CoreV1.Pod) {
    pod.status = old.status
    GatedFields.drop(from: &pod.spec, unlessIn: old.spec)
    if pod.spec.serviceAccountName == old.spec.serviceAccountName {
      pod.spec.serviceAccount = old.spec.serviceAccount
    }
  }

  func validate(_ pod: CoreV1.Pod, into errors: inout [FieldError]) {
    PodAnnotationRules.validate(
      pod.metadata.annotations, pod.spec, FieldPath("metadata.annotations"), into: &errors)
    PodSpecRules.validate(pod.spec, FieldPath("spec"), into: &errors)
  }

  /// Ephemeral containers are for pods that run.
  func validateCreate(_ pod: CoreV1.Pod, into errors: inout [FieldError]) {
    if !pod.spec.ephemeralContainers.isEmpty {
      errors.append(.forbidden(FieldPath("spec.ephemeralContainers"), "cannot be set on create"))
    }
    if !pod.spec.nodeName.isEmpty, !pod.spec.schedulingGates.isEmpty {
      errors.append(
        .forbidden(FieldPath("spec.nodeName"), "cannot be set until all schedulingGates have been cleared"))
    }
  }

  func wantsDiffer(_ pod: CoreV1.Pod, _ old: CoreV1.Pod) -> Bool { pod.spec != old.spec }

  func validateUpdate(_ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]) {
    PodAnnotationRules.validateUpdate(
      pod.metadata.annotations, from: old.metadata.annotations, FieldPath("metadata.annotations"), into: &errors)
    PodUpdateRules.validate(pod, from: old, into: &errors)
  }

  func object(_ current: CoreV1.Pod, withStatusOf sent: CoreV1.Pod) -> CoreV1.Pod {
    var result = sent
    result.spec = current.spec
    // Who reports a pod's state does not delete it.
    result.metadata.deletionTimestamp = nil
    result.metadata.ownerReferences = current.metadata.ownerReferences
    if result.status.qosClass.isEmpty { result.status.qosClass = current.status.qosClass }
    PodStatusRules.alignAddresses(&result.status)
    return result
  }

  func validateStatusUpdate(_ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]) {
    PodStatusRules.validate(pod, from: old, into: &errors)
  }

  // MARK: Deletion

  /// 100 years, in seconds. Longer grace periods are accepted, as in Kubernetes, but count as this much, so that the
  /// time of deletion stays one that can be computed and written.
  private static let longestGracePeriod: Int64 = 100 * 365 * 86_400

  /// The time that the kubelet gets to stop the containers. Who has no kubelet, or has ended, needs none.
  func gracePeriod(of pod: CoreV1.Pod, requested: Int64?) -> Int64 {
    if pod.spec.nodeName.isEmpty || pod.status.phase == "Failed" || pod.status.phase == "Succeeded" { return 0 }
    let period = requested ?? pod.spec.terminationGracePeriodSeconds ?? 30
    return period < 0 ? 1 : min(period, Self.longestGracePeriod)
  }

  func cells(_ pod: CoreV1.Pod, now: Int64) -> [JSONValue] { PodTable.cells(pod, now: now) }
}
