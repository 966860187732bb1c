import JSONDocument
import KubernetesAPI

/// PriorityClasses.
struct PriorityClassKind: KindRules {
  typealias Object = SchedulingV1.PriorityClass
  static let systemPrefix = "system-"
  /// What users' classes may have at most.
  static let highestOfUsers: Int32 = 1_000_000_000
  /// The classes that every cluster has.
  static let system: [String: Int32] = [
    "system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000,
  ]

  let storagePath = "priorityclasses"
  let countsGenerations = true

  func validate(_ one: SchedulingV1.PriorityClass, into errors: inout [FieldError]) {
    let name = one.metadata.name
    if name.hasPrefix(Self.systemPrefix) {
      if let problem = problem(ofSystemClass: one) {
        errors.append(
          .forbidden(
            FieldPath("metadata.name"),
            "priority class names with '\(Self.systemPrefix)' prefix are reserved for system use only. error: \(problem)"
          ))
      }
    } else if one.value > Self.highestOfUsers {
      errors.append(
        .forbidden(
          FieldPath("value"), "maximum allowed value of a user defined priority is \(Self.highestOfUsers)"))
    }
    if let policy = one.preemptionPolicy {
      let path = FieldPath("preemptionPolicy")
      if policy.isEmpty {
        errors.append(.required(path))
      } else if !["PreemptLowerPriority", "Never"].contains(policy) {
        errors.append(.notSupported(path, policy, supported: ["PreemptLowerPriority", "Never"]))
      }
    }
  }

  private func problem(ofSystemClass one: SchedulingV1.PriorityClass) -> String? {
    let name = one.metadata.name
    guard let value = Self.system[name] else { return "\(name) is not a known system priority class" }
    if one.value != value { return "value of \(name) PriorityClass must be \(value)" }
    return one.globalDefault ? "globalDefault of \(name) PriorityClass must be false" : nil
  }

  func validateUpdate(
    _ one: SchedulingV1.PriorityClass, from old: SchedulingV1.PriorityClass, into errors: inout [FieldError]
  ) {
    if one.value != old.value { errors.append(.forbidden(FieldPath("value"), "may not be changed in an update.")) }
    if one.preemptionPolicy != old.preemptionPolicy {
      errors.append(.immutable(FieldPath("preemptionPolicy"), one.preemptionPolicy))
    }
  }

  func reasonToKeep(_ one: SchedulingV1.PriorityClass) -> String? {
    Self.system[one.metadata.name] == nil ? nil : "this is a system priority class and cannot be deleted"
  }

  func cells(_ one: SchedulingV1.PriorityClass, now: Int64) -> [JSONValue] {
    [
      .string(one.metadata.name), .int(Int64(one.value)), .bool(one.globalDefault), TableCells.age(one.metadata, now),
      .string(one.preemptionPolicy ?? ""),
    ]
  }
}
