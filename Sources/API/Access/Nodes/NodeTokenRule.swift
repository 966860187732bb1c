package import KubernetesAPI

/// What a kubelet may ask a service account's token for: to be bound to a pod of its own, which runs as that account.
/// It is part of admission (`NodeRestriction` in Kubernetes), since only the document tells.
package enum NodeTokenRule {
  /// - Parameter pod: the pod that the request binds the token to, as it is stored; nil if there is none.
  /// - Returns: why it is refused; nil if it is not.
  package static func problem(
    _ spec: AuthenticationV1.TokenRequestSpec, node: String, pod: CoreV1.Pod?
  ) -> String? {
    guard let reference = spec.boundObjectRef, reference.kind == "Pod", ["", "v1"].contains(reference.apiVersion) else {
      return "node requested token not bound to a pod"
    }
    guard !reference.uid.isEmpty else { return "node requested token with a pod binding without a uid" }
    guard let pod else { return "pod \(Denial.quoted(reference.name)) not found" }
    guard pod.metadata.uid == reference.uid else {
      return "the UID in the bound object reference (\(reference.uid)) does not match the UID in record "
        + "(\(pod.metadata.uid)). The object might have been deleted and then recreated"
    }
    guard pod.spec.nodeName == node else { return "node requested token bound to a pod scheduled on a different node" }
    return nil
  }
}
