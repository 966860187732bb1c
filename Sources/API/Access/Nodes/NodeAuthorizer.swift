package import KubernetesAPI

/// What a kubelet may do: its own Node, Lease and CSINode, the pods that are bound to it, and reading what those need.
///
/// As Kubernetes' node authoriser with `AuthorizeNodeWithSelectors`, but for two things that Apus needs otherwise:
///
/// - a kubelet reads every Node, because it keeps the routes to their pods;
/// - it may `get` a pod that the graph does not know: there is none (or it is so new that the pod's own node has not
///   seen it either), and "not found" is what the kubelet has to hear to clean up after it.
///
/// What a document says (whether a status is for a pod of this node, a token is bound to one) is admission's to check.
package enum NodeAuthorizer {
  package static let leaseNamespace = "kube-node-lease"

  /// Whether a node may. Never waits.
  /// - Parameters:
  ///   - node: from `UserInfo.nodeName`.
  ///   - graph: in which this node's pods have been read, where the answer depends on what they refer to.
  package static func opinion(_ node: String, _ attributes: AccessAttributes, _ graph: NodeGraph) -> AccessOpinion {
    if attributes.nonResourcePath != nil { return .noOpinion(reason: "") }
    let place = ObjectPlace(namespace: attributes.namespace, name: attributes.name)
    switch (attributes.group, attributes.resource) {
    case ("", "secrets"):
      return readNamed(attributes) { graph.reachesSecret(place, from: node) ? nil : unrelated(node) }
    case ("", "configmaps"):
      return readNamed(attributes) { graph.reachesConfigMap(place, from: node) ? nil : unrelated(node) }
    case ("", "persistentvolumeclaims"):
      if attributes.subresource == "status" {
        guard ["update", "patch"].contains(attributes.verb) else { return no("can only update the status of claims") }
        return graph.reachesClaim(place, from: node) ? yes : no(unrelated(node))
      }
      return get(attributes) { graph.reachesClaim(place, from: node) ? nil : unrelated(node) }
    case ("", "persistentvolumes"):
      return get(attributes) { graph.reachesVolume(attributes.name, from: node) ? nil : unrelated(node) }
    case ("storage.k8s.io", "volumeattachments"):
      return get(attributes) { graph.reachesAttachment(attributes.name, from: node) ? nil : unrelated(node) }
    case ("", "serviceaccounts"): return serviceAccount(node, attributes, place, graph)
    case ("coordination.k8s.io", "leases"): return lease(node, attributes)
    case ("storage.k8s.io", "csinodes"): return csiNode(node, attributes)
    case ("", "nodes"): return ownNode(node, attributes)
    case ("", "pods"): return pod(node, attributes, place, graph)
    default: return generalRules.contains { $0.allows(attributes) } ? yes : .noOpinion(reason: "")
    }
  }

  /// Whether the opinion depends on what the node's pods refer to.
  package static func looksAtReferences(_ attributes: AccessAttributes) -> Bool {
    attributes.group.isEmpty && attributes.nonResourcePath == nil && referred.contains(attributes.resource)
  }

  private static let referred: Set<String> = [
    "secrets", "configmaps", "persistentvolumeclaims", "persistentvolumes", "serviceaccounts",
  ]

  private static let yes = AccessOpinion.allow(reason: "")
  private static func no(_ reason: String) -> AccessOpinion { .noOpinion(reason: reason) }
  private static func unrelated(_ node: String) -> String {
    "no relationship found between node '\(node)' and this object"
  }

  /// Single objects only; watching one by its name is reading it again.
  private static func readNamed(_ attributes: AccessAttributes, _ problem: () -> String?) -> AccessOpinion {
    guard Policy.read.contains(attributes.verb) else { return no("can only read resources of this type") }
    guard attributes.subresource.isEmpty else { return no("cannot read subresource") }
    guard !attributes.namespace.isEmpty else { return no("can only read namespaced object of this type") }
    guard !attributes.name.isEmpty else { return no("No Object name found") }
    return problem().map(no) ?? yes
  }

  private static func get(_ attributes: AccessAttributes, _ problem: () -> String?) -> AccessOpinion {
    guard attributes.verb == "get" else { return no("can only get individual resources of this type") }
    guard attributes.subresource.isEmpty else { return no("cannot get subresource") }
    guard !attributes.name.isEmpty else { return no("No Object name found") }
    return problem().map(no) ?? yes
  }

  private static func serviceAccount(
    _ node: String, _ attributes: AccessAttributes, _ place: ObjectPlace, _ graph: NodeGraph
  ) -> AccessOpinion {
    switch (attributes.verb, attributes.subresource) {
    case ("create", "token"):
      guard !attributes.name.isEmpty else { return no("No Object name found") }
    case ("get", ""):
      // So that a kubelet can ask a plugin for the credentials of images for an account.
      guard !attributes.name.isEmpty else { return no("No Object name found") }
    default: return no("can only create tokens for individual service accounts")
    }
    return graph.reachesServiceAccount(place, from: node) ? yes : no(unrelated(node))
  }

  private static let ownVerbs = ["get", "create", "update", "patch", "delete"]

  private static func lease(_ node: String, _ attributes: AccessAttributes) -> AccessOpinion {
    guard ownVerbs.contains(attributes.verb) else {
      return no("can only get, create, update, patch, or delete a node lease")
    }
    guard attributes.namespace == leaseNamespace else {
      return no("can only access leases in the \"\(leaseNamespace)\" system namespace")
    }
    guard attributes.subresource.isEmpty else { return no("cannot authorize lease subresources") }
    // A create names nothing in its path; admission looks at the document.
    guard attributes.name == node || (attributes.verb == "create" && attributes.name.isEmpty) else {
      return no("can only access node lease with the same name as the requesting node")
    }
    return yes
  }

  private static func csiNode(_ node: String, _ attributes: AccessAttributes) -> AccessOpinion {
    guard ownVerbs.contains(attributes.verb) else {
      return no("can only get, create, update, patch, or delete a CSINode")
    }
    guard attributes.subresource.isEmpty else { return no("cannot authorize CSINode subresources") }
    guard attributes.name == node || (attributes.verb == "create" && attributes.name.isEmpty) else {
      return no("can only access CSINode with the same name as the requesting node")
    }
    return yes
  }

  private static func ownNode(_ node: String, _ attributes: AccessAttributes) -> AccessOpinion {
    switch (attributes.verb, attributes.subresource) {
    case ("get", ""), ("list", ""), ("watch", ""), ("get", "status"): return yes
    case ("create", ""):
      return attributes.name.isEmpty || attributes.name == node ? yes : no("can only create its own Node")
    case ("update", ""), ("patch", ""), ("update", "status"), ("patch", "status"):
      return attributes.name == node ? yes : no("can only change its own Node")
    default: return .noOpinion(reason: "")
    }
  }

  private static func pod(
    _ node: String, _ attributes: AccessAttributes, _ place: ObjectPlace, _ graph: NodeGraph
  ) -> AccessOpinion {
    switch (attributes.verb, attributes.subresource) {
    case ("get", ""), ("get", "status"):
      guard !attributes.name.isEmpty else { return no("No Object name found") }
      guard let bound = graph.node(ofPod: place) else { return yes }
      return bound == node ? yes : no(unrelated(node))
    case ("list", ""), ("watch", ""):
      if attributes.fields["spec.nodeName"] == node { return yes }
      if !attributes.name.isEmpty, !attributes.namespace.isEmpty, graph.node(ofPod: place) == node { return yes }
      return no("can only list/watch pods with spec.nodeName field selector")
    // Mirror pods; admission sees to it that it is one, and this node's.
    case ("create", ""), ("delete", ""), ("update", "status"), ("patch", "status"), ("create", "eviction"): return yes
    default: return .noOpinion(reason: "")
    }
  }

  // MARK: As rules

  /// What every kubelet may do, whatever runs on it.
  package static let generalRules: [RbacV1.PolicyRule] = [
    // Checking who calls the kubelet, and what they may.
    Policy.rule(["create"], "authentication.k8s.io", "tokenreviews"),
    Policy.rule(["create"], "authorization.k8s.io", "subjectaccessreviews", "localsubjectaccessreviews"),
    Policy.rule(Policy.read, "", "services"),
    Policy.events,
    // Its own client and server certificates.
    Policy.rule(["create", "get", "list", "watch"], "certificates.k8s.io", "certificatesigningrequests"),
    Policy.rule(Policy.read, "storage.k8s.io", "csidrivers"),
    Policy.rule(Policy.read, "node.k8s.io", "runtimeclasses"),
    Policy.rule(["create"], "authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
    Policy.rule(["create"], "authentication.k8s.io", "selfsubjectreviews"),
  ]

  /// What it may do with single objects, without saying which: how the role `system:node` shows it.
  static let rulesByObject: [RbacV1.PolicyRule] = [
    Policy.rule(["create", "get", "list", "patch", "update", "watch"], "", "nodes"),
    Policy.rule(["patch", "update"], "", "nodes/status"),
    Policy.rule(["create", "delete", "get", "list", "watch"], "", "pods"),
    Policy.rule(["patch", "update"], "", "pods/status"), Policy.rule(["create"], "", "pods/eviction"),
    Policy.rule(Policy.read, "", "configmaps", "secrets"),
    Policy.rule(["get"], "", "persistentvolumeclaims", "persistentvolumes"),
    Policy.rule(["get", "patch", "update"], "", "persistentvolumeclaims/status"),
    Policy.rule(["create"], "", "serviceaccounts/token"), Policy.rule(["get"], "", "serviceaccounts"),
    Policy.rule(["get"], "storage.k8s.io", "volumeattachments"),
    Policy.rule(["create", "delete", "get", "patch", "update"], "coordination.k8s.io", "leases"),
    Policy.rule(["create", "delete", "get", "patch", "update"], "storage.k8s.io", "csinodes"),
  ]
}
