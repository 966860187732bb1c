import KubernetesAPI
import PodRules

/// Why a pod cannot go to a node; the text is what `kubectl describe` shows.
package struct FilterReason: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  static let unschedulable = FilterReason("node(s) were unschedulable")
  static let selector = FilterReason("node(s) didn't match Pod's node affinity/selector")
  static let ports = FilterReason("node(s) didn't have free ports for the requested pod ports")
  static let tooManyPods = FilterReason("Too many pods")
  static let affinity = FilterReason("node(s) didn't match pod affinity rules")
  static let antiAffinity = FilterReason("node(s) didn't match pod anti-affinity rules")
  static let repelled = FilterReason("node(s) didn't satisfy existing pods anti-affinity rules")

  static func taint(_ taint: CoreV1.Taint) -> FilterReason {
    FilterReason("node(s) had untolerated taint {\(taint.key): \(taint.value)}")
  }

  static func insufficient(_ resource: String) -> FilterReason { FilterReason("Insufficient \(resource)") }
}

/// Whether a pod can go to a node. Pure. The cheap questions come first; the first that says no answers, except that
/// all resources that are lacking are named.
package enum Filters {
  package static func reasons(_ pod: PodFootprint, _ state: NodeState, _ affinities: Affinities) -> [FilterReason] {
    guard let node = state.node else { return [.unschedulable] }
    let spec = pod.pod.spec
    if node.spec.unschedulable, !spec.tolerations.tolerate(unschedulableTaint) { return [.unschedulable] }
    let hard = node.spec.taints.filter { $0.effect == TaintEffect.noSchedule || $0.effect == TaintEffect.noExecute }
    if let taint = spec.tolerations.firstUntolerated(among: hard) { return [.taint(taint)] }
    if !spec.admits(node) { return [.selector] }
    if pod.hostPorts.contains(where: { port in state.hostPorts.contains { $0.conflicts(with: port) } }) {
      return [.ports]
    }
    let lacking = resources(pod, state)
    if !lacking.isEmpty { return lacking }
    return affinities.reason(against: node).map { [$0] } ?? []
  }

  static func resources(_ pod: PodFootprint, _ state: NodeState) -> [FilterReason] {
    var reasons: [FilterReason] = []
    let limit = state.allocatable[ResourceAmounts.pods]
    if Int64(state.pods.count) + 1 > limit { reasons.append(.tooManyPods) }
    for (name, wanted) in pod.requests.values.sorted(by: { $0.key < $1.key }) where wanted > 0 {
      let (sum, overflow) = state.requested[name].addingReportingOverflow(wanted)
      if overflow || sum > state.allocatable[name] { reasons.append(.insufficient(name)) }
    }
    return reasons
  }

  private static let unschedulableTaint: CoreV1.Taint = {
    var taint = CoreV1.Taint()
    taint.key = WellKnownTaint.unschedulable
    taint.effect = TaintEffect.noSchedule
    return taint
  }()
}
