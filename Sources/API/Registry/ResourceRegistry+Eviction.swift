import JSONDocument
import KubernetesAPI
import PodRules

/// Evictions: deletes of pods that ask the disruption budgets first.
extension ResourceRegistry {
  /// How many evictions a budget's status may hold that the disruption controller has not seen yet.
  private static let unconfirmedLimit = 2000

  /// Deletes a pod on behalf of a drain, unless a budget stands against it.
  func evict(
    _ rules: PodKind, _ target: Target, _ document: JSONValue, _ options: WriteOptions
  ) async throws(APIError) {
    if let name = document[path: "metadata", "name"]?.stringValue, !name.isEmpty, name != target.name {
      throw .badRequest("name in URL does not match name in Eviction object")
    }
    var delete = DeleteOptions(user: options.user)
    if let sent = document["deleteOptions"], !sent.isNull {
      delete = try DeleteOptions(document: sent, user: options.user)
    }
    delete.dryRun = delete.dryRun || options.dryRun
    guard let current = try await store.readFresh(target) else {
      throw .notFound(target.groupResource, name: target.name)
    }
    let pod = try store.decode(current, rules)
    try store.validateDelete(pod, target, through: "eviction", options.user)
    if !Self.needsNoBudget(pod) {
      try await takeFromBudget(pod, current, target, dryRun: delete.dryRun)
      // The pod that the budget was asked for, and no other of its name.
      if delete.uid == nil { delete.uid = current.uid }
      if !delete.dryRun { try await markEvicted(rules, target, options) }
    }
    _ = try await store.delete(rules, target, options: delete)
  }

  /// A pod that does not run, or is going already, is nobody's to miss.
  private static func needsNoBudget(_ pod: CoreV1.Pod) -> Bool {
    ["Succeeded", "Failed", "Pending"].contains(pod.status.phase) || pod.metadata.deletionTimestamp != nil
  }

  private func takeFromBudget(
    _ pod: CoreV1.Pod, _ current: StoredObject, _ target: Target, dryRun: Bool
  ) async throws(APIError) {
    guard let resource = resource(group: "policy", version: "v1", plural: "poddisruptionbudgets") else { return }
    let rules = PodDisruptionBudgetKind()
    var budgets: [PolicyV1.PodDisruptionBudget] = []
    for object in try await list(resource, namespace: target.namespace, options: ListOptions()).objects {
      let budget = try store.decode(object, rules)
      if let selector = budget.spec.selector, selector.matches(pod.metadata.labels) { budgets.append(budget) }
    }
    guard let budget = budgets.first else { return }
    guard budgets.count == 1 else {
      throw APIError(
        code: 500, reason: .internalError,
        message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
        details: nil)
    }
    let place = try namedTarget(resource, target.namespace, budget.metadata.name)
    let isReady = pod.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
    let now = Time(secondsSinceEpoch: store.now)
    _ = try await store.modify(rules, place, dryRun: dryRun) { (old, _) throws(APIError) in
      if !isReady, Self.letsUnhealthyGo(old) { return .keep }
      var budget = try Self.taking(pod.metadata.name, from: old, now, place)
      record(&budget, over: old, place, WriteOptions(fieldManager: WriteOptions.serverManager), through: "status")
      return .put(budget)
    }
  }

  /// A pod that is not ready does not count for the budget as long as enough others are.
  private static func letsUnhealthyGo(_ budget: PolicyV1.PodDisruptionBudget) -> Bool {
    if budget.spec.unhealthyPodEvictionPolicy == "AlwaysAllow" { return true }
    return budget.status.currentHealthy >= budget.status.desiredHealthy && budget.status.desiredHealthy > 0
  }

  /// The budget with one disruption fewer.
  private static func taking(
    _ pod: String, from budget: PolicyV1.PodDisruptionBudget, _ now: Time, _ target: Target
  ) throws(APIError) -> PolicyV1.PodDisruptionBudget {
    let name = budget.metadata.name
    let status = budget.status
    if status.observedGeneration < budget.metadata.generation {
      throw refusal("The disruption budget \(name) is still being processed by the server.", retryAfter: 10)
    }
    if status.disruptionsAllowed < 0 {
      throw .forbidden(target.groupResource, name: name, because: "pdb disruptions allowed is negative")
    }
    if status.disruptedPods.count > unconfirmedLimit {
      throw .forbidden(
        target.groupResource, name: name,
        because: "DisruptedPods map too big - too many evictions not confirmed by PDB controller")
    }
    if status.disruptionsAllowed == 0 {
      let condition = status.conditions.first { $0.type == "DisruptionAllowed" }
      if let condition, condition.status == "False", condition.reason == "SyncFailed" {
        throw refusal(
          "The disruption budget \(name) does not allow evicting pods currently because it failed sync: "
            + condition.message, retryAfter: 0)
      }
      throw refusal(
        "The disruption budget \(name) needs \(status.desiredHealthy) healthy pods and has \(status.currentHealthy) "
          + "currently", retryAfter: 0)
    }
    var result = budget
    result.status.disruptionsAllowed -= 1
    result.status.disruptedPods[pod] = now
    if result.status.disruptionsAllowed == 0 {
      result.status.conditions.removeAll { $0.type == "DisruptionAllowed" }
      result.status.conditions.append(
        MetaV1.Condition(
          type: "DisruptionAllowed", status: "False", observedGeneration: budget.metadata.generation,
          lastTransitionTime: now, reason: "InsufficientPods"))
    }
    return result
  }

  private static func refusal(_ message: String, retryAfter: Int) -> APIError {
    APIError(
      code: 429, reason: .tooManyRequests,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: APIError.Details(
        causes: [APIError.Cause(reason: "DisruptionBudget", message: message, field: "")],
        retryAfterSeconds: retryAfter))
  }

  /// The pod itself says why it goes.
  private func markEvicted(_ rules: PodKind, _ target: Target, _ options: WriteOptions) async throws(APIError) {
    let now = Time(secondsSinceEpoch: store.now)
    _ = try await store.modify(rules, target, dryRun: false) { (old, _) throws(APIError) in
      var pod = old
      let known = pod.status.conditions.first { $0.type == "DisruptionTarget" }
      if known?.status == "True", known?.reason == "EvictionByEvictionAPI" { return .keep }
      pod.status.conditions.removeAll { $0.type == "DisruptionTarget" }
      pod.status.conditions.append(
        CoreV1.PodCondition(
          type: "DisruptionTarget", status: "True", lastTransitionTime: now, reason: "EvictionByEvictionAPI",
          message: "Eviction API: evicting"))
      record(&pod, over: old, target, options, through: "eviction")
      return .put(pod)
    }
  }
}
