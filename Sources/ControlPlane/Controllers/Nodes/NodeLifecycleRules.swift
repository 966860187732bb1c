package import KubernetesAPI
import PodRules

/// When a node last gave a sign of life, as this controller saw it. Pure: `now` counts from any fixed origin.
///
/// Nobody compares clocks: what counts is when a *change* of the node's Lease was seen here. A controller that takes over
/// begins to count anew, so that a node is never called dead for the time in which nobody looked.
package struct NodeHealthMonitor: Sendable {
  private struct Sign {
    var renewTime: MicroTime?
    var heartbeat: Time?
    var seenAt: Duration
  }

  private var signs: [String: Sign] = [:]

  package init() {}

  /// Takes what the caches show of a node, and says how long it has been silent.
  package mutating func observe(
    _ node: String, renewTime: MicroTime?, heartbeat: Time?, now: Duration
  ) -> Duration {
    guard var sign = signs[node] else {
      signs[node] = Sign(renewTime: renewTime, heartbeat: heartbeat, seenAt: now)
      return .zero
    }
    if sign.renewTime != renewTime || sign.heartbeat != heartbeat {
      sign.renewTime = renewTime
      // The controller itself does not touch the heartbeat, so a change of it is the node's.
      sign.heartbeat = heartbeat
      sign.seenAt = now
      signs[node] = sign
    }
    return now - sign.seenAt
  }

  /// Forgets the nodes that are not among `nodes`.
  package mutating func keep(_ nodes: Set<String>) { signs = signs.filter { nodes.contains($0.key) } }
}

/// What a node's conditions and taints should be. Pure.
package enum NodeLifecycleRules {
  /// Conditions that nobody reports any more when the node is silent.
  static let reported = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"]

  /// Taints that follow from conditions other than Ready being true.
  private static let pressureTaints = [
    "MemoryPressure": "node.kubernetes.io/memory-pressure", "DiskPressure": "node.kubernetes.io/disk-pressure",
    "PIDPressure": "node.kubernetes.io/pid-pressure", "NetworkUnavailable": "node.kubernetes.io/network-unavailable",
  ]

  /// The conditions of a node that has fallen silent.
  package static func silenced(_ conditions: [CoreV1.NodeCondition], now: Time) -> [CoreV1.NodeCondition] {
    var result = conditions
    for type in reported {
      guard let index = result.firstIndex(where: { $0.type == type }) else {
        var condition = CoreV1.NodeCondition()
        condition.type = type
        condition.status = "Unknown"
        condition.reason = "NodeStatusNeverUpdated"
        condition.message = "Kubelet never posted node status."
        condition.lastTransitionTime = now
        result.append(condition)
        continue
      }
      guard result[index].status != "Unknown" else { continue }
      result[index].status = "Unknown"
      result[index].reason = "NodeStatusUnknown"
      result[index].message = "Kubelet stopped posting node status."
      result[index].lastTransitionTime = now
    }
    return result
  }

  /// The taints that a node should have: those that others set, and those that follow from its state. Taints that stay
  /// keep the time they were set at.
  package static func taints(_ node: CoreV1.Node, now: Time) -> [CoreV1.Taint] {
    var wanted: [(key: String, effect: String)] = []
    if node.spec.unschedulable { wanted.append((WellKnownTaint.unschedulable, TaintEffect.noSchedule)) }
    switch node.condition("Ready")?.status {
    case "True": break
    case "False", nil:
      wanted.append((WellKnownTaint.notReady, TaintEffect.noSchedule))
      // A node that has never reported is not ready, but nothing runs on it that could be evicted.
      if node.condition("Ready") != nil { wanted.append((WellKnownTaint.notReady, TaintEffect.noExecute)) }
    default:
      wanted.append((WellKnownTaint.unreachable, TaintEffect.noSchedule))
      wanted.append((WellKnownTaint.unreachable, TaintEffect.noExecute))
    }
    for condition in node.status.conditions where condition.status == "True" {
      if let key = pressureTaints[condition.type] { wanted.append((key, TaintEffect.noSchedule)) }
    }
    let managed = Set([WellKnownTaint.unschedulable, WellKnownTaint.notReady, WellKnownTaint.unreachable] + pressureTaints.values)
    var result = node.spec.taints.filter { taint in
      !managed.contains(taint.key) || wanted.contains { $0.key == taint.key && $0.effect == taint.effect }
    }
    for (key, effect) in wanted where !result.contains(where: { $0.key == key && $0.effect == effect }) {
      var taint = CoreV1.Taint()
      taint.key = key
      taint.effect = effect
      taint.timeAdded = now
      result.append(taint)
    }
    return result
  }
}
