package import KubernetesAPI
import PodRules

/// When a node last gave a sign of life, as this controller saw it. Pure: `now` counts from any fixed origin.
///
/// Nobody compares clocks: what counts is when a *change* of the node's Lease was seen here. A controller that takes
/// over begins to count anew, so that a node is never called dead for the time in which nobody looked.
///
/// Nor is it called dead for a time in which nobody *could* look, or in which the node could not renew because the
/// API was away: once a node is suspect, the Lease is read from the API itself, again and again, and only when that
/// has worked for half of the grace period without a break, and never showed a change, is the node silent.
package struct NodeHealthMonitor: Sendable {
  private struct Sign {
    var renewTime: MicroTime?
    var heartbeat: Time?
    var seenAt: Duration
    /// Since when the API has said, without a break, that nothing has changed.
    var checkedSince: Duration?
  }

  private let grace: Duration
  private var signs: [String: Sign] = [:]

  /// `grace`: how long a node may be silent.
  package init(grace: Duration) { self.grace = grace }

  /// Takes a node's Lease and heartbeat, from the cache or from the API.
  package mutating func observe(_ node: String, renewTime: MicroTime?, heartbeat: Time?, now: Duration) {
    if let sign = signs[node], sign.renewTime == renewTime, sign.heartbeat == heartbeat { return }
    // The controller itself does not touch the heartbeat, so a change of it is the node's.
    signs[node] = Sign(renewTime: renewTime, heartbeat: heartbeat, seenAt: now)
  }

  /// The node has been silent for so long that the API is to be asked.
  package func isSuspect(_ node: String, now: Duration) -> Bool {
    signs[node].map { now - $0.seenAt >= grace / 2 } ?? false
  }

  /// The API was asked, and its answer was observed.
  package mutating func checked(_ node: String, now: Duration) {
    if signs[node]?.checkedSince == nil { signs[node]?.checkedSince = now }
  }

  /// The API was asked, and did not answer.
  package mutating func couldNotCheck(_ node: String) { signs[node]?.checkedSince = nil }

  /// The node has fallen silent.
  package func isSilent(_ node: String, now: Duration) -> Bool {
    guard let sign = signs[node], let since = sign.checkedSince else { return false }
    return now - sign.seenAt >= grace && now - since >= grace / 2
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
    let managed = Set(
      [WellKnownTaint.unschedulable, WellKnownTaint.notReady, WellKnownTaint.unreachable] + pressureTaints.values)
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
