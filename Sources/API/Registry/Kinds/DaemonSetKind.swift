import JSONDocument
import KubernetesAPI

/// DaemonSets.
struct DaemonSetKind: KindRules {
  typealias Object = AppsV1.DaemonSet
  /// Where `v1` keeps the number of changes of the template, which older versions had in the spec.
  static let templateGeneration = "deprecated.daemonset.template.generation"

  let storagePath = "daemonsets"
  let countsGenerations = true

  func prepareForCreate(_ set: inout AppsV1.DaemonSet) {
    set.status = AppsV1.DaemonSetStatus()
    GatedFields.drop(from: &set.spec.template.spec)
    let number = set.metadata.annotations[Self.templateGeneration].flatMap(Int64.init) ?? 0
    set.metadata.annotations[Self.templateGeneration] = String(max(number, 1))
  }

  func prepareForUpdate(_ set: inout AppsV1.DaemonSet, from old: AppsV1.DaemonSet) {
    set.status = old.status
    GatedFields.drop(from: &set.spec.template.spec, unlessIn: old.spec.template.spec)
    let number = old.metadata.annotations[Self.templateGeneration].flatMap(Int64.init) ?? 1
    set.metadata.annotations[Self.templateGeneration] = String(
      set.spec.template == old.spec.template ? number : number &+ 1)
  }

  func wantsDiffer(_ set: AppsV1.DaemonSet, _ old: AppsV1.DaemonSet) -> Bool { set.spec != old.spec }

  func validate(_ set: AppsV1.DaemonSet, into errors: inout [FieldError]) {
    let spec = set.spec
    let path = FieldPath("spec")
    let labels = spec.template.metadata.labels
    if spec.selector == nil { errors.append(.required(path.child("selector"))) }
    SelectorRules.validate(spec.selector, path.child("selector"), into: &errors)
    if !(spec.selector?.matches(labels) ?? false) {
      errors.append(WorkloadRules.mismatch(labels, path.child("template")))
    }
    if let selector = spec.selector, selector.isEmpty {
      errors.append(
        .invalid(path.child("selector"), rendered: "{}", "empty selector is invalid for daemonset"))
    }
    WorkloadRules.template(spec.template, path.child("template"), into: &errors)
    WorkloadRules.runsForever(spec.template.spec, path.child("template"), kind: "DaemonSet", into: &errors)
    ValueRules.notNegative(spec.minReadySeconds, path.child("minReadySeconds"), into: &errors)
    strategy(spec.updateStrategy, path.child("updateStrategy"), into: &errors)
    ValueRules.notNegative(spec.revisionHistoryLimit, path.child("revisionHistoryLimit"), into: &errors)
  }

  private func strategy(
    _ strategy: AppsV1.DaemonSetUpdateStrategy, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    switch strategy.type {
    case "OnDelete": break
    case "RollingUpdate":
      let path = path.child("rollingUpdate")
      guard let update = strategy.rollingUpdate else {
        errors.append(.required(path))
        return
      }
      let unavailable = path.child("maxUnavailable")
      let surge = path.child("maxSurge")
      for (amount, path) in [(update.maxUnavailable, unavailable), (update.maxSurge, surge)] {
        if let amount { ValueRules.countOrPercentage(amount, path, into: &errors) }
      }
      switch (ValueRules.isZero(update.maxUnavailable), ValueRules.isZero(update.maxSurge)) {
      case (false, false):
        errors.append(
          .invalid(
            surge, rendered: update.maxSurge?.json.description ?? "null",
            "may not be set when maxUnavailable is non-zero"))
      case (true, true): errors.append(.required(unavailable, "cannot be 0 when maxSurge is 0"))
      default: break
      }
      for (amount, path) in [(update.maxUnavailable, unavailable), (update.maxSurge, surge)] {
        if let amount { ValueRules.atMostEverything(amount, path, into: &errors) }
      }
    default:
      errors.append(
        .notSupported(
          path, rendered: String(decoding: strategy.jsonBytes, as: UTF8.self),
          supported: ["RollingUpdate", "OnDelete"]))
    }
  }

  func validateUpdate(_ set: AppsV1.DaemonSet, from old: AppsV1.DaemonSet, into errors: inout [FieldError]) {
    WorkloadRules.immutable(set.spec.selector, old.spec.selector, into: &errors)
  }

  func object(_ current: AppsV1.DaemonSet, withStatusOf sent: AppsV1.DaemonSet) -> AppsV1.DaemonSet {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ set: AppsV1.DaemonSet, from old: AppsV1.DaemonSet, into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let status = set.status
    for (name, count) in [
      ("currentNumberScheduled", Int64(status.currentNumberScheduled)),
      ("numberMisscheduled", Int64(status.numberMisscheduled)),
      ("desiredNumberScheduled", Int64(status.desiredNumberScheduled)), ("numberReady", Int64(status.numberReady)),
      ("observedGeneration", status.observedGeneration),
      ("updatedNumberScheduled", Int64(status.updatedNumberScheduled)),
      ("numberAvailable", Int64(status.numberAvailable)), ("numberUnavailable", Int64(status.numberUnavailable)),
      ("collisionCount", Int64(status.collisionCount ?? 0)),
    ] { ValueRules.notNegative(count, path.child(name), into: &errors) }
    StatusRules.onlyGrows(
      status.collisionCount, old.status.collisionCount, path.child("collisionCount"), into: &errors)
  }

  func cells(_ set: AppsV1.DaemonSet, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(set.spec.template.spec)
    let status = set.status
    return [
      .string(set.metadata.name), TableCells.count(status.desiredNumberScheduled),
      TableCells.count(status.currentNumberScheduled), TableCells.count(status.numberReady),
      TableCells.count(status.updatedNumberScheduled), TableCells.count(status.numberAvailable),
      TableCells.labels(set.spec.template.spec.nodeSelector), TableCells.age(set.metadata, now), containers.names,
      containers.images, .string(TableCells.selector(set.spec.selector)),
    ]
  }
}
