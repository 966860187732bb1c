package import KubernetesAPI

extension CoreV1.Pod {
  /// All its containers have ended, and none will start again.
  package var isFinished: Bool { status.phase == "Succeeded" || status.phase == "Failed" }

  /// It is being deleted.
  package var isTerminating: Bool { metadata.deletionTimestamp != nil }

  /// It counts as a replica: neither ended nor on its way out.
  package var isActive: Bool { !isFinished && !isTerminating }

  /// The condition of a type, if it is set.
  package func condition(_ type: String) -> CoreV1.PodCondition? { status.conditions.first { $0.type == type } }

  /// It can serve.
  package var isReady: Bool { condition("Ready")?.status == "True" }

  /// It has been ready for at least so long. Without a minimum, ready is enough.
  package func isAvailable(minReadySeconds: Int32, now: Time) -> Bool {
    guard let ready = condition("Ready"), ready.status == "True" else { return false }
    if minReadySeconds == 0 { return true }
    guard let since = ready.lastTransitionTime else { return false }
    return since.secondsSinceEpoch + Int64(minReadySeconds) <= now.secondsSinceEpoch
  }
}

extension [CoreV1.PodCondition] {
  /// Sets a condition; its transition time moves only with its status. `true`: something changed.
  @discardableResult
  package mutating func set(
    _ type: String, _ status: String, reason: String = "", message: String = "", now: Time
  ) -> Bool {
    var condition = CoreV1.PodCondition()
    condition.type = type
    condition.status = status
    condition.reason = reason
    condition.message = message
    condition.lastTransitionTime = now
    guard let index = firstIndex(where: { $0.type == type }) else {
      append(condition)
      return true
    }
    let current = self[index]
    if current.status == status {
      condition.lastTransitionTime = current.lastTransitionTime
      condition.lastProbeTime = current.lastProbeTime
    }
    self[index] = condition
    return condition != current
  }
}

extension CoreV1.Node {
  /// The condition of a type, if it is set.
  package func condition(_ type: String) -> CoreV1.NodeCondition? { status.conditions.first { $0.type == type } }

  package var isReady: Bool { condition("Ready")?.status == "True" }
}
