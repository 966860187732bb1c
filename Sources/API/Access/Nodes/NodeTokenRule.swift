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

  // MARK: Audiences

  // For whom the tokens may be: as Kubernetes has it since 1.33 (`ServiceAccountNodeAudienceRestriction`). A node that
  // has been taken over gets no tokens for services that its pods have nothing to do with.

  /// The one audience that is asked for, "" for the API's own; nil where there are several, which no kubelet needs.
  package static func audience(_ asked: [String]) -> String? { asked.count > 1 ? nil : asked.first ?? "" }

  /// Whether one of the pod's volumes shows the pod a token for that audience.
  package static func isMounted(_ audience: String, in pod: CoreV1.Pod) -> Bool {
    pod.spec.volumes.contains { volume in
      (volume.projected?.sources ?? []).contains { $0.serviceAccountToken?.audience == audience }
    }
  }

  /// The right to tokens for an audience that no volume speaks for: the audience in the place of a resource, the
  /// service account as its name.
  package static func wish(_ audience: String, namespace: String, account: String) -> AccessAttributes {
    AccessAttributes(
      verb: "request-serviceaccounts-token-audience", resource: audience, namespace: namespace, name: account)
  }

  package static func refusal(_ audience: String, node: String) -> String {
    "audience \(Denial.quoted(audience)) not found in pod spec volume, \(UserInfo.nodePrefix)\(node) is not "
      + "authorized to request tokens for this audience"
  }
}
