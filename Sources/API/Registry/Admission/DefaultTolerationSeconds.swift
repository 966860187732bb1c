import KubernetesAPI
import PodRules

/// DefaultTolerationSeconds: pods stay on a node that is not ready, or not reachable, for five minutes unless they say
/// otherwise.
struct DefaultTolerationSeconds: MutatingPlugin {
  private static let seconds: Int64 = 300

  func admit(
    _ pod: inout CoreV1.Pod, old: CoreV1.Pod?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.subresource.isEmpty else { return }
    for key in [WellKnownTaint.notReady, WellKnownTaint.unreachable] {
      let isTold = pod.spec.tolerations.contains { toleration in
        (toleration.key == key || toleration.key.isEmpty)
          && (toleration.effect == TaintEffect.noExecute || toleration.effect.isEmpty)
      }
      guard !isTold else { continue }
      pod.spec.tolerations.append(
        CoreV1.Toleration(
          key: key, operator: "Exists", effect: TaintEffect.noExecute, tolerationSeconds: Self.seconds))
    }
  }
}
