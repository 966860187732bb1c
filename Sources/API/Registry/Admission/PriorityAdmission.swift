import KubernetesAPI

/// Priority, for pods: a class's name becomes a number, and whether the pod may push others out. Pods without a class
/// get the cluster's default one, or zero.
struct PriorityAdmission: MutatingPlugin {
  private static let usualPolicy = "PreemptLowerPriority"

  func admit(
    _ pod: inout CoreV1.Pod, old: CoreV1.Pod?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.subresource.isEmpty else { return }
    if let old {
      if pod.spec.priority == nil { pod.spec.priority = old.spec.priority }
      if pod.spec.preemptionPolicy == nil { pod.spec.preemptionPolicy = old.spec.preemptionPolicy }
      return
    }
    var priority: Int32 = 0
    var policy: String? = Self.usualPolicy
    let name = pod.spec.priorityClassName
    if name.isEmpty {
      if let usual = try Self.defaultClass(facts) {
        pod.spec.priorityClassName = usual.metadata.name
        priority = usual.value
        policy = usual.preemptionPolicy
      }
    } else {
      guard let found = try facts.find(SchedulingV1.PriorityClass.self, name: name) else {
        throw request.refusal("no PriorityClass with name \(name) was found")
      }
      priority = found.value
      policy = found.preemptionPolicy
    }
    if let given = pod.spec.priority, given != priority {
      throw request.refusal(
        "the integer value of priority (\(given)) must not be provided in pod spec; priority admission controller "
          + "computed \(priority) from the given PriorityClass name")
    }
    pod.spec.priority = priority
    guard let policy else { return }
    if let given = pod.spec.preemptionPolicy, given != policy {
      throw request.refusal(
        "the string value of PreemptionPolicy (\(given)) must not be provided in pod spec; priority admission "
          + "controller computed \(policy) from the given PriorityClass name")
    }
    pod.spec.preemptionPolicy = policy
  }

  /// Of several that say so (two front-ends may have let one in each) the lowest.
  static func defaultClass(_ facts: any AdmissionFacts) throws(AdmissionRefusal) -> SchedulingV1.PriorityClass? {
    try facts.list(SchedulingV1.PriorityClass.self).filter(\.globalDefault).min { $0.value < $1.value }
  }
}

/// Priority, for its classes: there is one default at most.
struct PriorityClassAdmission: ValidatingPlugin {
  var kinds: [any KubernetesObject.Type] { [SchedulingV1.PriorityClass.self] }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard let one = object as? SchedulingV1.PriorityClass, one.globalDefault, request.operation != .delete,
      let other = try PriorityAdmission.defaultClass(facts)
    else { return }
    if request.operation == .create || other.metadata.name != one.metadata.name {
      throw request.refusal(
        "PriorityClass \(other.metadata.name) is already marked as default. Only one default can exist")
    }
  }
}
