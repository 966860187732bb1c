import JSONDocument
import KubernetesAPI

/// ControllerRevisions: what a controller keeps of its template's history.
struct ControllerRevisionKind: KindRules {
  typealias Object = AppsV1.ControllerRevision

  let storagePath = "controllerrevisions"

  func validate(_ revision: AppsV1.ControllerRevision, into errors: inout [FieldError]) {
    if revision.data ?? .null == .null { errors.append(.required(FieldPath("data"), "data is mandatory")) }
    ValueRules.notNegative(revision.revision, FieldPath("revision"), into: &errors)
  }

  func validateUpdate(
    _ revision: AppsV1.ControllerRevision, from old: AppsV1.ControllerRevision, into errors: inout [FieldError]
  ) {
    ValueRules.immutable(
      revision.data, old.data, FieldPath("data"), rendered: { $0?.description ?? "null" }, into: &errors)
  }

  func cells(_ revision: AppsV1.ControllerRevision, now: Int64) -> [JSONValue] {
    [
      .string(revision.metadata.name), .string(controller(revision.metadata)), .int(revision.revision),
      TableCells.age(revision.metadata, now),
    ]
  }

  /// `statefulset.apps/web`
  private func controller(_ metadata: MetaV1.ObjectMeta) -> String {
    guard let owner = metadata.controller else { return "<none>" }
    let group = owner.apiVersion.contains("/") ? "." + owner.apiVersion.prefix { $0 != "/" } : ""
    return "\(owner.kind.lowercased())\(group)/\(owner.name)"
  }
}
