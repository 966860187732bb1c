import JSONDocument
import KubernetesAPI

/// PersistentVolumeClaims.
struct PersistentVolumeClaimKind: KindRules {
  typealias Object = CoreV1.PersistentVolumeClaim

  let storagePath = "persistentvolumeclaims"
  let returnsDeletedObject = true

  func prepareForCreate(_ claim: inout Object) {
    claim.status = CoreV1.PersistentVolumeClaimStatus(phase: "Pending")
    claim.spec.volumeAttributesClassName = nil
    ClaimRules.normalize(&claim.spec)
  }

  func prepareForUpdate(_ claim: inout Object, from old: Object) {
    claim.status = old.status
    if old.spec.volumeAttributesClassName == nil { claim.spec.volumeAttributesClassName = nil }
    ClaimRules.normalize(&claim.spec)
  }

  func validate(_ claim: Object, into errors: inout [FieldError]) {
    ClaimRules.validate(claim.spec, FieldPath("spec"), into: &errors)
  }

  /// What was asked for stays, so that quotas cannot be tricked; a bound claim may grow.
  func validateUpdate(_ claim: Object, from old: Object, into errors: inout [FieldError]) {
    var fixed = claim.spec
    if old.spec.volumeName.isEmpty { fixed.volumeName = old.spec.volumeName }
    // A default class that came to be later.
    if old.spec.storageClassName == nil { fixed.storageClassName = nil }
    if old.status.phase == "Bound" {
      fixed.resources.requests["storage"] = old.spec.resources.requests["storage"]
    }
    if fixed != old.spec {
      errors.append(
        .forbidden(
          FieldPath("spec"),
          "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"))
    }
    if let wanted = claim.spec.resources.requests["storage"], let before = old.spec.resources.requests["storage"],
      wanted < before, let granted = old.status.capacity["storage"], wanted <= granted
    {
      errors.append(
        .forbidden(
          FieldPath("spec.resources.requests.storage"), "field can not be less than status.capacity"))
    }
    if claim.spec.volumeMode != old.spec.volumeMode {
      errors.append(.invalid(FieldPath("volumeMode"), claim.spec.volumeMode ?? "", "field is immutable"))
    }
  }

  func object(_ current: Object, withStatusOf sent: Object) -> Object {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(_ claim: Object, from old: Object, into errors: inout [FieldError]) {
    StatusRules.requireVersion(claim.metadata, into: &errors)
    for (name, amount) in claim.status.capacity.sorted(by: { $0.key < $1.key }) where amount < Quantity(0) {
      errors.append(
        .invalid(FieldPath("status.capacity").key(name), amount.value, "must be a valid resource quantity"))
    }
    for (name, amount) in claim.status.allocatedResources.sorted(by: { $0.key < $1.key }) {
      ResourceRules.amount(amount, of: name, FieldPath("status.allocatedResources").key(name), into: &errors)
    }
  }

  func cells(_ claim: Object, now: Int64) -> [JSONValue] {
    let isBound = !claim.spec.volumeName.isEmpty
    return [
      .string(claim.metadata.name),
      .string(claim.metadata.deletionTimestamp == nil ? claim.status.phase : "Terminating"),
      .string(claim.spec.volumeName),
      .string(isBound ? claim.status.capacity["storage"]?.text ?? "0" : ""),
      .string(isBound ? VolumeCells.modes(claim.status.accessModes) : ""),
      .string(
        claim.metadata.annotations[VolumeCells.classAnnotation] ?? claim.spec.storageClassName ?? ""),
      .string(claim.spec.volumeAttributesClassName ?? "<unset>"),
      TableCells.age(claim.metadata, now), .string(claim.spec.volumeMode ?? "<unset>"),
    ]
  }
}

/// What the tables of claims and volumes have in common.
enum VolumeCells {
  /// Where the class was before it had a field.
  static let classAnnotation = "volume.beta.kubernetes.io/storage-class"

  /// `RWO,RWX`
  static func modes(_ modes: [String]) -> String {
    [
      ("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP"),
    ].filter { modes.contains($0.0) }.map(\.1).joined(separator: ",")
  }
}
