import KubernetesAPI

/// What holds for updates of a status.
enum StatusRules {
  /// Some kinds' status may only be written by who says which version was seen.
  static func requireVersion(_ metadata: MetaV1.ObjectMeta, into errors: inout [FieldError]) {
    if metadata.resourceVersion.isEmpty { errors.append(.required(FieldPath("resourceVersion"))) }
  }

  /// A counter of collisions between names: one that went back would lead to the same names again.
  static func onlyGrows(_ new: Int32?, _ old: Int32?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let old, new ?? .min < old else { return }
    errors.append(.invalid(path, new ?? 0, "cannot be decremented"))
  }
}
