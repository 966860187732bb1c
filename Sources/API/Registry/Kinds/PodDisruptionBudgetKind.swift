import JSONDocument
import KubernetesAPI

/// PodDisruptionBudgets.
struct PodDisruptionBudgetKind: KindRules {
  typealias Object = PolicyV1.PodDisruptionBudget

  let storagePath = "poddisruptionbudgets"
  let countsGenerations = true
  let allowsUnconditionalUpdate = false

  func prepareForCreate(_ budget: inout Object) { budget.status = PolicyV1.PodDisruptionBudgetStatus() }

  func prepareForUpdate(_ budget: inout Object, from old: Object) { budget.status = old.status }

  func wantsDiffer(_ budget: Object, _ old: Object) -> Bool { budget.spec != old.spec }

  func validate(_ budget: Object, into errors: inout [FieldError]) {
    let spec = budget.spec
    let path = FieldPath("spec")
    if spec.minAvailable != nil, spec.maxUnavailable != nil {
      errors.append(
        .invalid(
          path, rendered: String(decoding: spec.jsonBytes, as: UTF8.self),
          "minAvailable and maxUnavailable cannot be both set"))
    }
    for (name, amount) in [("minAvailable", spec.minAvailable), ("maxUnavailable", spec.maxUnavailable)] {
      guard let amount else { continue }
      ValueRules.countOrPercentage(amount, path.child(name), into: &errors)
      ValueRules.atMostEverything(amount, path.child(name), into: &errors)
    }
    SelectorRules.validate(spec.selector, path.child("selector"), into: &errors)
    ValueRules.optionalChoice(
      spec.unhealthyPodEvictionPolicy, of: ["AlwaysAllow", "IfHealthyBudget"],
      path.child("unhealthyPodEvictionPolicy"), into: &errors)
  }

  func object(_ current: Object, withStatusOf sent: Object) -> Object {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(_ budget: Object, from old: Object, into errors: inout [FieldError]) {
    let path = FieldPath("status")
    let status = budget.status
    ConditionRules.validate(status.conditions, path.child("conditions"), into: &errors)
    for (name, count) in [
      ("disruptionsAllowed", status.disruptionsAllowed), ("currentHealthy", status.currentHealthy),
      ("desiredHealthy", status.desiredHealthy), ("expectedPods", status.expectedPods),
    ] { ValueRules.notNegative(count, path.child(name), into: &errors) }
  }

  func cells(_ budget: Object, now: Int64) -> [JSONValue] {
    [
      .string(budget.metadata.name), .string(budget.spec.minAvailable?.description ?? "N/A"),
      .string(budget.spec.maxUnavailable?.description ?? "N/A"),
      TableCells.count(budget.status.disruptionsAllowed), TableCells.age(budget.metadata, now),
    ]
  }
}
