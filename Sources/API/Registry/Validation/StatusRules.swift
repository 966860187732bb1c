import KubernetesAPI

/// What holds for updates of a status.
enum StatusRules {
  /// Some kinds' status may only be written by who says which version was seen.
  static func requireVersion(_ metadata: MetaV1.ObjectMeta, into errors: inout [FieldError]) {
    if metadata.resourceVersion.isEmpty { errors.append(.required(FieldPath("resourceVersion"))) }
  }

  /// Of the replicas that there are, no more can be in some state than there are at all.
  static func notMore(_ counts: [(String, Int32)], than replicas: Int32, into errors: inout [FieldError]) {
    for (name, count) in counts where count > replicas {
      errors.append(.invalid(FieldPath("status").child(name), count, "cannot be greater than status.replicas"))
    }
  }

  /// A counter of collisions between names: one that went back would lead to the same names again.
  static func onlyGrows(_ new: Int32?, _ old: Int32?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let old, new ?? .min < old else { return }
    errors.append(.invalid(path, new ?? 0, "cannot be decremented"))
  }
}
