extension FieldManager {
  /// What the server puts back when a kind is written through the object itself or through one of its parts: for the
  /// initialiser's `resets`.
  /// - Parameter subresource: empty for the object itself; for parts that are not named here nothing is put back.
  package static func usualResets(
    of kind: GroupVersionKind, subresource: String, schema: Schema = .builtIn
  ) -> [String: FieldSet] {
    guard schema[kind]?.field("status") != nil else { return [:] }
    var paths: [[PathElement]]
    switch subresource {
    case "": paths = [[.field("status")]]
    case "status":
      paths = [[.field("spec")]]
      switch kind.kind {
      case "Pod":
        paths += ["deletionTimestamp", "ownerReferences"].map { [.field("metadata"), .field($0)] }
      case "Deployment": paths.append([.field("metadata"), .field("labels")])
      case "VolumeAttachment", "ServiceCIDR": paths.append([.field("metadata")])
      default: break
      }
    case "approval": paths = [[.field("spec")], [.field("status"), .field("certificate")]]
    default: return [:]
    }
    return [kind.apiVersion: FieldSet(paths)]
  }

  /// What alone can be written through a part of an object that is not its status: for the initialiser's `only`.
  package static func usualLimits(of kind: GroupVersionKind, subresource: String) -> [[PathElement?]] {
    let spec = PathElement?.some(.field("spec"))
    switch (kind.kind, subresource) {
    case ("Pod", "resize"):
      return ["containers", "initContainers"].flatMap { list in
        ["resources", "resizePolicy"].map { [spec, .field(list), nil, .field($0)] }
      }
    case ("Pod", "ephemeralcontainers"): return [[spec, .field("ephemeralContainers")]]
    case ("Namespace", "finalize"): return [[spec, .field("finalizers")]]
    default: return []
    }
  }
}
