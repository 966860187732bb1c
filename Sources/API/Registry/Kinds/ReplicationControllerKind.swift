import JSONDocument
import KubernetesAPI

/// ReplicationControllers, the elder of the replica sets.
struct ReplicationControllerKind: ScalableRules {
  typealias Object = CoreV1.ReplicationController

  let storagePath = "controllers"
  let countsGenerations = true
  let selectableFields = [SelectableField("status.replicas", absent: "0")]
  let defaultPropagation: DeleteOptions.Propagation? = .orphan

  func prepareForCreate(_ controller: inout CoreV1.ReplicationController) {
    controller.status = CoreV1.ReplicationControllerStatus()
    if var template = controller.spec.template {
      GatedFields.drop(from: &template.spec)
      controller.spec.template = template
    }
  }

  func prepareForUpdate(_ controller: inout CoreV1.ReplicationController, from old: CoreV1.ReplicationController) {
    controller.status = old.status
    if var template = controller.spec.template {
      GatedFields.drop(from: &template.spec, unlessIn: old.spec.template?.spec)
      controller.spec.template = template
    }
  }

  func wantsDiffer(_ controller: CoreV1.ReplicationController, _ old: CoreV1.ReplicationController) -> Bool {
    controller.spec != old.spec
  }

  func validate(_ controller: CoreV1.ReplicationController, into errors: inout [FieldError]) {
    let spec = controller.spec
    let path = FieldPath("spec")
    ValueRules.notNegative(spec.minReadySeconds, path.child("minReadySeconds"), into: &errors)
    if spec.selector.isEmpty { errors.append(.required(path.child("selector"))) }
    if let replicas = spec.replicas {
      ValueRules.notNegative(replicas, path.child("replicas"), into: &errors)
    } else {
      errors.append(.required(path.child("replicas")))
    }
    guard let template = spec.template else {
      errors.append(.required(path.child("template")))
      return
    }
    if !spec.selector.isEmpty, spec.selector.contains(where: { template.metadata.labels[$0.key] != $0.value }) {
      errors.append(WorkloadRules.mismatch(template.metadata.labels, path.child("template")))
    }
    WorkloadRules.template(template, path.child("template"), into: &errors)
    WorkloadRules.runsForever(template.spec, path.child("template"), kind: "ReplicationController", into: &errors)
  }

  func object(
    _ current: CoreV1.ReplicationController, withStatusOf sent: CoreV1.ReplicationController
  ) -> CoreV1.ReplicationController {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ controller: CoreV1.ReplicationController, from old: CoreV1.ReplicationController,
    into errors: inout [FieldError]
  ) {
    let status = controller.status
    WorkloadRules.replicaCounts(
      replicas: status.replicas, fullyLabeled: status.fullyLabeledReplicas, ready: status.readyReplicas,
      available: status.availableReplicas, observedGeneration: status.observedGeneration, into: &errors)
  }

  func scale(of controller: CoreV1.ReplicationController) -> (wanted: Int32, actual: Int32, selector: String) {
    (controller.spec.replicas ?? 0, controller.status.replicas, selector(controller))
  }

  func setReplicas(_ replicas: Int32, of controller: inout CoreV1.ReplicationController) {
    controller.spec.replicas = replicas
  }

  private func selector(_ controller: CoreV1.ReplicationController) -> String {
    controller.spec.selector.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
  }

  func cells(_ controller: CoreV1.ReplicationController, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(controller.spec.template?.spec ?? CoreV1.PodSpec())
    return [
      .string(controller.metadata.name), TableCells.count(controller.spec.replicas ?? 0),
      TableCells.count(controller.status.replicas), TableCells.count(controller.status.readyReplicas),
      TableCells.age(controller.metadata, now), containers.names, containers.images,
      TableCells.text(selector(controller)),
    ]
  }
}
