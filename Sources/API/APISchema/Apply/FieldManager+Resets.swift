extension FieldManager {
  /// What the server puts back when a kind is written through the object itself or through its status: for the
  /// initialiser's `resets`. Kinds whose strategies put back more need more.
  /// - Parameter subresource: empty for the object itself; others than `status` reset nothing here.
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
      default: break
      }
    default: return [:]
    }
    return [kind.apiVersion: FieldSet(paths)]
  }
}
