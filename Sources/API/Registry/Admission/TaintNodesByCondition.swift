import KubernetesAPI
import PodRules

/// TaintNodesByCondition: no pod is placed on a new node before it has been seen to be ready. The node lifecycle
/// controller takes the taint off.
struct TaintNodesByCondition: MutatingPlugin {
  func admit(
    _ node: inout CoreV1.Node, old: CoreV1.Node?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty else { return }
    let isThere = node.spec.taints.contains {
      $0.key == WellKnownTaint.notReady && $0.effect == TaintEffect.noSchedule
    }
    if !isThere {
      node.spec.taints.append(CoreV1.Taint(key: WellKnownTaint.notReady, effect: TaintEffect.noSchedule))
    }
  }
}
