import JSONDocument
import KubernetesAPI

/// ReplicaSets.
struct ReplicaSetKind: ScalableRules {
  typealias Object = AppsV1.ReplicaSet

  let storagePath = "replicasets"
  let countsGenerations = true
  let selectableFields = [SelectableField("status.replicas", absent: "0")]

  func prepareForCreate(_ set: inout AppsV1.ReplicaSet) {
    set.status = AppsV1.ReplicaSetStatus()
    GatedFields.drop(from: &set.spec.template.spec)
  }

  func prepareForUpdate(_ set: inout AppsV1.ReplicaSet, from old: AppsV1.ReplicaSet) {
    set.status = old.status
    GatedFields.drop(from: &set.spec.template.spec, unlessIn: old.spec.template.spec)
  }

  func wantsDiffer(_ set: AppsV1.ReplicaSet, _ old: AppsV1.ReplicaSet) -> Bool { set.spec != old.spec }

  func validate(_ set: AppsV1.ReplicaSet, into errors: inout [FieldError]) {
    WorkloadRules.validate(
      replicas: set.spec.replicas, minReadySeconds: set.spec.minReadySeconds, selector: set.spec.selector,
      template: set.spec.template, into: &errors)
  }

  func validateUpdate(_ set: AppsV1.ReplicaSet, from old: AppsV1.ReplicaSet, into errors: inout [FieldError]) {
    WorkloadRules.immutable(set.spec.selector, old.spec.selector, into: &errors)
  }

  func object(_ current: AppsV1.ReplicaSet, withStatusOf sent: AppsV1.ReplicaSet) -> AppsV1.ReplicaSet {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ set: AppsV1.ReplicaSet, from old: AppsV1.ReplicaSet, into errors: inout [FieldError]
  ) {
    let status = set.status
    WorkloadRules.replicaCounts(
      replicas: status.replicas, fullyLabeled: status.fullyLabeledReplicas, ready: status.readyReplicas,
      available: status.availableReplicas, observedGeneration: status.observedGeneration, into: &errors)
  }

  func scale(of set: AppsV1.ReplicaSet) -> (wanted: Int32, actual: Int32, selector: String) {
    (set.spec.replicas ?? 0, set.status.replicas, TableCells.selector(set.spec.selector))
  }

  func setReplicas(_ replicas: Int32, of set: inout AppsV1.ReplicaSet) { set.spec.replicas = replicas }

  func cells(_ set: AppsV1.ReplicaSet, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(set.spec.template.spec)
    return [
      .string(set.metadata.name), TableCells.count(set.spec.replicas ?? 0), TableCells.count(set.status.replicas),
      TableCells.count(set.status.readyReplicas), TableCells.age(set.metadata, now), containers.names,
      containers.images, .string(TableCells.selector(set.spec.selector)),
    ]
  }
}
