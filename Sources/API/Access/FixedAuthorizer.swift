/// The table of what the cluster's own components may do. Everybody else may see that the server is there, and
/// authenticated users what it serves; the rest is denied.
///
/// It stands where RBAC will stand. The rights follow the roles that Kubernetes documents for its components.
package struct FixedAuthorizer: Authorizer {
  /// The name in the client certificate that front-ends show to kubelets.
  package static let kubeletClientName = "kube-apiserver-kubelet-client"

  private let components: [String: [AccessRule]]

  package init() {
    components = [
      "system:kube-controller-manager": AccessRule.controllerManager,
      "system:kube-scheduler": AccessRule.scheduler,
      "system:kube-proxy": AccessRule.proxy,
      Self.kubeletClientName: AccessRule.kubeletClient,
    ]
  }

  package func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision {
    decide(user, attributes)
  }

  /// The decision itself, which waits for nothing.
  package func decide(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessDecision {
    if user.groups.contains(UserInfo.mastersGroup) { return .allowed }
    if let path = attributes.nonResourcePath {
      return decidePath(user, attributes.verb, path)
    }
    if let node = user.nodeName { return NodeRights.decide(node, attributes) ? .allowed : denial(user, attributes) }
    let rules = (components[user.name] ?? []) + (isAuthenticated(user) ? AccessRule.everyone : [])
    return rules.contains { $0.covers(attributes) } ? .allowed : denial(user, attributes)
  }

  private func isAuthenticated(_ user: UserInfo) -> Bool { user.groups.contains(UserInfo.authenticatedGroup) }

  private func decidePath(_ user: UserInfo, _ verb: String, _ path: String) -> AccessDecision {
    let reads = verb == "get" || verb == "head"
    let isUnder = { (prefix: String) in path == prefix || path.hasPrefix(prefix + "/") }
    if reads, ["/healthz", "/livez", "/readyz", "/version"].contains(where: isUnder) { return .allowed }
    if reads, isAuthenticated(user), ["/api", "/apis", "/openapi"].contains(where: isUnder) { return .allowed }
    return .denied(reason: "User \"\(user.name)\" cannot \(verb) path \"\(path)\"")
  }

  private func denial(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessDecision {
    .denied(reason: Denial.sentence(user, attributes))
  }
}
