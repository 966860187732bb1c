import JSONDocument
import KubernetesAPI

/// Deployments.
struct DeploymentKind: ScalableRules {
  typealias Object = AppsV1.Deployment

  let storagePath = "deployments"
  let countsGenerations = true

  func prepareForCreate(_ deployment: inout AppsV1.Deployment) {
    deployment.status = AppsV1.DeploymentStatus()
    GatedFields.drop(from: &deployment.spec.template.spec)
  }

  func prepareForUpdate(_ deployment: inout AppsV1.Deployment, from old: AppsV1.Deployment) {
    deployment.status = old.status
    GatedFields.drop(from: &deployment.spec.template.spec, unlessIn: old.spec.template.spec)
  }

  func wantsDiffer(_ deployment: AppsV1.Deployment, _ old: AppsV1.Deployment) -> Bool {
    deployment.spec != old.spec || deployment.metadata.annotations != old.metadata.annotations
  }

  func validate(_ deployment: AppsV1.Deployment, into errors: inout [FieldError]) {
    let spec = deployment.spec
    let path = FieldPath("spec")
    WorkloadRules.validate(
      replicas: spec.replicas, minReadySeconds: spec.minReadySeconds, selector: spec.selector,
      template: spec.template, into: &errors)
    validate(spec.strategy, path.child("strategy"), into: &errors)
    if let limit = spec.revisionHistoryLimit {
      ValueRules.notNegative(limit, path.child("revisionHistoryLimit"), into: &errors)
    }
    if let deadline = spec.progressDeadlineSeconds {
      ValueRules.notNegative(deadline, path.child("progressDeadlineSeconds"), into: &errors)
      if deadline <= spec.minReadySeconds {
        errors.append(
          .invalid(path.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds"))
      }
    }
  }

  private func validate(
    _ strategy: AppsV1.DeploymentStrategy, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    switch strategy.type {
    case "Recreate":
      if strategy.rollingUpdate != nil {
        errors.append(
          .forbidden(
            path.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'"))
      }
    case "RollingUpdate":
      guard let update = strategy.rollingUpdate else {
        errors.append(.required(path.child("rollingUpdate"), "this should be defaulted and never be nil"))
        return
      }
      let path = path.child("rollingUpdate")
      if let amount = update.maxUnavailable {
        ValueRules.countOrPercentage(amount, path.child("maxUnavailable"), into: &errors)
      }
      if let amount = update.maxSurge {
        ValueRules.countOrPercentage(amount, path.child("maxSurge"), into: &errors)
      }
      if ValueRules.isZero(update.maxUnavailable), ValueRules.isZero(update.maxSurge) {
        errors.append(
          .invalid(
            path.child("maxUnavailable"), rendered: update.maxUnavailable?.json.description ?? "0",
            "may not be 0 when `maxSurge` is 0"))
      }
      if let amount = update.maxUnavailable {
        ValueRules.atMostEverything(amount, path.child("maxUnavailable"), into: &errors)
      }
    default:
      errors.append(
        .notSupported(path.child("type"), strategy.type, supported: ["Recreate", "RollingUpdate"]))
    }
  }

  func validateUpdate(
    _ deployment: AppsV1.Deployment, from old: AppsV1.Deployment, into errors: inout [FieldError]
  ) {
    WorkloadRules.immutable(deployment.spec.selector, old.spec.selector, into: &errors)
  }

  func object(_ current: AppsV1.Deployment, withStatusOf sent: AppsV1.Deployment) -> AppsV1.Deployment {
    var result = sent
    result.spec = current.spec
    result.metadata.labels = current.metadata.labels
    return result
  }

  func validateStatusUpdate(
    _ deployment: AppsV1.Deployment, from old: AppsV1.Deployment, into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let status = deployment.status
    for (name, count) in [
      ("replicas", status.replicas), ("updatedReplicas", status.updatedReplicas),
      ("readyReplicas", status.readyReplicas), ("availableReplicas", status.availableReplicas),
      ("unavailableReplicas", status.unavailableReplicas),
    ] { ValueRules.notNegative(count, path.child(name), into: &errors) }
    ValueRules.notNegative(status.observedGeneration, path.child("observedGeneration"), into: &errors)
    ValueRules.notNegative(status.collisionCount, path.child("collisionCount"), into: &errors)
    StatusRules.notMore(
      [
        ("updatedReplicas", status.updatedReplicas), ("readyReplicas", status.readyReplicas),
        ("availableReplicas", status.availableReplicas),
      ], than: status.replicas, into: &errors)
    if status.availableReplicas > status.readyReplicas {
      errors.append(
        .invalid(
          path.child("availableReplicas"), status.availableReplicas, "cannot be greater than readyReplicas"))
    }
    StatusRules.onlyGrows(
      status.collisionCount, old.status.collisionCount, path.child("collisionCount"), into: &errors)
  }

  func scale(of deployment: AppsV1.Deployment) -> (wanted: Int32, actual: Int32, selector: String) {
    (
      deployment.spec.replicas ?? 0, deployment.status.replicas, TableCells.selector(deployment.spec.selector)
    )
  }

  func setReplicas(_ replicas: Int32, of deployment: inout AppsV1.Deployment) { deployment.spec.replicas = replicas }

  func cells(_ deployment: AppsV1.Deployment, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(deployment.spec.template.spec)
    return [
      .string(deployment.metadata.name),
      .string("\(deployment.status.readyReplicas)/\(deployment.spec.replicas ?? 0)"),
      TableCells.count(deployment.status.updatedReplicas), TableCells.count(deployment.status.availableReplicas),
      TableCells.age(deployment.metadata, now), containers.names, containers.images,
      .string(TableCells.selector(deployment.spec.selector)),
    ]
  }
}
