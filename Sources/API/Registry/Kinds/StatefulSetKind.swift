import JSONDocument
import KubernetesAPI

/// StatefulSets.
struct StatefulSetKind: ScalableRules {
  typealias Object = AppsV1.StatefulSet

  let storagePath = "statefulsets"
  let countsGenerations = true

  func prepareForCreate(_ set: inout AppsV1.StatefulSet) {
    set.status = AppsV1.StatefulSetStatus()
    GatedFields.drop(from: &set.spec.template.spec)
    dropAlpha(&set)
  }

  func prepareForUpdate(_ set: inout AppsV1.StatefulSet, from old: AppsV1.StatefulSet) {
    set.status = old.status
    GatedFields.drop(from: &set.spec.template.spec, unlessIn: old.spec.template.spec)
    if old.spec.updateStrategy.rollingUpdate?.maxUnavailable == nil { dropAlpha(&set) }
  }

  /// `maxUnavailable` is behind a feature gate that is closed.
  private func dropAlpha(_ set: inout AppsV1.StatefulSet) {
    set.spec.updateStrategy.rollingUpdate?.maxUnavailable = nil
  }

  func wantsDiffer(_ set: AppsV1.StatefulSet, _ old: AppsV1.StatefulSet) -> Bool { set.spec != old.spec }

  /// As in Kubernetes, the pods' own rules are not asked here: a template may mount volumes that only come to be with
  /// a pod's claims.
  func validate(_ set: AppsV1.StatefulSet, into errors: inout [FieldError]) {
    let spec = set.spec
    let path = FieldPath("spec")
    switch spec.podManagementPolicy {
    case "": errors.append(.required(path.child("podManagementPolicy")))
    case "OrderedReady", "Parallel": break
    default:
      errors.append(
        .invalid(
          path.child("podManagementPolicy"), spec.podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"))
    }
    strategy(spec.updateStrategy, path.child("updateStrategy"), into: &errors)
    if let policy = spec.persistentVolumeClaimRetentionPolicy {
      let path = path.child("persistentVolumeClaimRetentionPolicy")
      for (name, value) in [("whenDeleted", policy.whenDeleted), ("whenScaled", policy.whenScaled)] {
        ValueRules.optionalChoice(value, of: ["Retain", "Delete"], path.child(name), into: &errors)
      }
    }
    ValueRules.notNegative(spec.replicas ?? 0, path.child("replicas"), into: &errors)
    ValueRules.notNegative(spec.minReadySeconds, path.child("minReadySeconds"), into: &errors)
    if let ordinals = spec.ordinals {
      ValueRules.notNegative(ordinals.start, path.child("ordinals", "start"), into: &errors)
    }
    ValueRules.notNegative(spec.revisionHistoryLimit, path.child("revisionHistoryLimit"), into: &errors)
    WorkloadRules.selector(spec.selector, kind: "statefulset", into: &errors)
    let template = path.child("template")
    let labels = spec.template.metadata.labels
    if !(spec.selector?.isEmpty ?? false), !(spec.selector?.matches(labels) ?? false) {
      errors.append(WorkloadRules.mismatch(labels, template))
    }
    MetadataRules.labels(labels, template.child("labels"), into: &errors)
    MetadataRules.annotations(
      spec.template.metadata.annotations, template.child("annotations"), into: &errors)
    WorkloadRules.runsForever(spec.template.spec, template, kind: "StatefulSet", into: &errors)
  }

  private func strategy(
    _ strategy: AppsV1.StatefulSetUpdateStrategy, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    switch strategy.type {
    case "": errors.append(.required(path))
    case "OnDelete":
      if let update = strategy.rollingUpdate {
        errors.append(
          .invalid(
            path.child("rollingUpdate"), rendered: String(decoding: update.jsonBytes, as: UTF8.self),
            "only allowed for updateStrategy 'RollingUpdate'"))
      }
    case "RollingUpdate":
      if let update = strategy.rollingUpdate {
        ValueRules.notNegative(update.partition ?? 0, path.child("rollingUpdate", "partition"), into: &errors)
      }
    default:
      errors.append(
        .invalid(
          path, rendered: String(decoding: strategy.jsonBytes, as: UTF8.self),
          "must be 'RollingUpdate' or 'OnDelete'"))
    }
  }

  func validateUpdate(_ set: AppsV1.StatefulSet, from old: AppsV1.StatefulSet, into errors: inout [FieldError]) {
    var fixed = set.spec
    fixed.replicas = old.spec.replicas
    fixed.template = old.spec.template
    fixed.updateStrategy = old.spec.updateStrategy
    fixed.minReadySeconds = old.spec.minReadySeconds
    fixed.ordinals = old.spec.ordinals
    fixed.revisionHistoryLimit = old.spec.revisionHistoryLimit
    fixed.persistentVolumeClaimRetentionPolicy = old.spec.persistentVolumeClaimRetentionPolicy
    guard fixed != old.spec else { return }
    errors.append(
      .forbidden(
        FieldPath("spec"),
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
          + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"))
  }

  func object(_ current: AppsV1.StatefulSet, withStatusOf sent: AppsV1.StatefulSet) -> AppsV1.StatefulSet {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ set: AppsV1.StatefulSet, from old: AppsV1.StatefulSet, into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let status = set.status
    let counts = [
      ("readyReplicas", status.readyReplicas), ("currentReplicas", status.currentReplicas),
      ("updatedReplicas", status.updatedReplicas), ("availableReplicas", status.availableReplicas),
    ]
    ValueRules.notNegative(status.replicas, path.child("replicas"), into: &errors)
    for (name, count) in counts { ValueRules.notNegative(count, path.child(name), into: &errors) }
    ValueRules.notNegative(status.observedGeneration, path.child("observedGeneration"), into: &errors)
    ValueRules.notNegative(status.collisionCount, path.child("collisionCount"), into: &errors)
    StatusRules.notMore(counts, than: status.replicas, into: &errors)
    if status.availableReplicas > status.readyReplicas {
      errors.append(
        .invalid(
          path.child("availableReplicas"), status.availableReplicas, "cannot be greater than status.readyReplicas"))
    }
    StatusRules.onlyGrows(
      status.collisionCount, old.status.collisionCount, path.child("collisionCount"), into: &errors)
  }

  func scale(of set: AppsV1.StatefulSet) -> (wanted: Int32, actual: Int32, selector: String) {
    (set.spec.replicas ?? 0, set.status.replicas, TableCells.selector(set.spec.selector))
  }

  func setReplicas(_ replicas: Int32, of set: inout AppsV1.StatefulSet) { set.spec.replicas = replicas }

  func cells(_ set: AppsV1.StatefulSet, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(set.spec.template.spec)
    return [
      .string(set.metadata.name), .string("\(set.status.readyReplicas)/\(set.spec.replicas ?? 0)"),
      TableCells.age(set.metadata, now), containers.names, containers.images,
    ]
  }
}
