/// What a kubelet may do: its own Node and Lease, the pods that are bound to it, and reading what pods need.
///
/// Which pods, secrets and config maps belong to a node is a question about other objects, which a table cannot
/// answer: a kubelet may read them all for now, and the node authoriser with its graph will narrow that down. What a
/// request says about itself is checked here.
enum NodeRights {
  /// The namespace of the nodes' heartbeats.
  private static let leaseNamespace = "kube-node-lease"

  private static let rules: [AccessRule] = [
    AccessRule("", ["nodes", "services", "endpoints", "namespaces"], AccessRule.read),
    AccessRule("", ["pods"], AccessRule.read),
    AccessRule("", ["pods"], ["create", "delete"]),
    AccessRule("", ["pods/status"], ["get", "update", "patch"]),
    AccessRule("", ["configmaps", "secrets", "serviceaccounts"], AccessRule.read),
    AccessRule("", ["persistentvolumeclaims", "persistentvolumes"], AccessRule.read),
    AccessRule("", ["serviceaccounts/token"], ["create"]),
    AccessRule("", ["events"], ["create", "update", "patch"]),
    AccessRule("events.k8s.io", ["events"], ["create", "update", "patch"]),
    AccessRule("discovery.k8s.io", ["endpointslices"], AccessRule.read),
    AccessRule("node.k8s.io", ["runtimeclasses"], AccessRule.read),
    AccessRule("storage.k8s.io", ["csidrivers", "volumeattachments"], AccessRule.read),
    AccessRule("certificates.k8s.io", ["certificatesigningrequests"], ["create", "get", "list", "watch"]),
    AccessRule("authentication.k8s.io", ["tokenreviews"], ["create"]),
    AccessRule("authorization.k8s.io", ["subjectaccessreviews", "localsubjectaccessreviews"], ["create"]),
  ]

  static func decide(_ node: String, _ attributes: AccessAttributes) -> Bool {
    switch (attributes.group, attributes.resource) {
    case ("", "nodes") where !AccessRule.read.contains(attributes.verb):
      return changesOwnNode(node, attributes)
    case ("coordination.k8s.io", "leases"):
      return usesOwnLease(node, attributes)
    default:
      return rules.contains { $0.covers(attributes) }
    }
  }

  /// A kubelet registers itself and keeps its own object and status current. A create names no object in its path: the
  /// registry's admission compares the name in the document.
  private static func changesOwnNode(_ node: String, _ attributes: AccessAttributes) -> Bool {
    switch (attributes.verb, attributes.subresource) {
    case ("create", ""): attributes.name.isEmpty || attributes.name == node
    case ("update", ""), ("patch", ""), ("update", "status"), ("patch", "status"): attributes.name == node
    default: false
    }
  }

  private static func usesOwnLease(_ node: String, _ attributes: AccessAttributes) -> Bool {
    guard attributes.namespace == leaseNamespace, attributes.subresource.isEmpty else { return false }
    switch attributes.verb {
    case "create": return attributes.name.isEmpty || attributes.name == node
    case "get", "update", "patch", "delete": return attributes.name == node
    default: return false
    }
  }
}
