package import KubernetesAPI

/// Everything that decides what users may do, at one moment: the group that may all, the node authoriser and roles, in
/// this order; whoever says yes first decides. A value, to be replaced whole when roles, bindings or pods change.
package struct AccessPolicy: Sendable {
  package var roles: RoleTable
  /// In which the pods of every node that is asked about have been read.
  package var nodes: NodeGraph

  package init(roles: RoleTable = RoleTable(), nodes: NodeGraph = NodeGraph()) {
    self.roles = roles
    self.nodes = nodes
  }

  package func opinion(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessOpinion {
    Self.opinion(user, attributes, roles: roles) { NodeAuthorizer.opinion($0, attributes, nodes) }
  }

  /// The same where roles and the nodes' graph are kept apart.
  /// - Parameter node: the node authoriser's answer; asked for kubelets only.
  package static func opinion(
    _ user: UserInfo, _ attributes: AccessAttributes, roles: RoleTable, node: (String) -> AccessOpinion
  ) -> AccessOpinion {
    if user.groups.contains(UserInfo.mastersGroup) { return .allow(reason: "") }
    var reasons: [String] = []
    if let name = user.nodeName {
      let opinion = node(name)
      if opinion.isAllowed { return opinion }
      reasons.append(opinion.reason)
    }
    let opinion = roles.opinion(user, attributes)
    if opinion.isAllowed { return opinion }
    reasons.append(opinion.reason)
    return .noOpinion(reason: reasons.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  package func decide(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessDecision {
    Self.decide(user, attributes, roles: roles) { NodeAuthorizer.opinion($0, attributes, nodes) }
  }

  /// What follows from the opinion. Most requests are allowed, and why interests nobody then: words are looked for only
  /// where the answer is no.
  ///
  /// - Parameters:
  ///   - roles: read only where the group that may all does not decide.
  ///   - node: as for the opinion; may be asked twice.
  package static func decide(
    _ user: UserInfo, _ attributes: AccessAttributes, roles: @autoclosure () -> RoleTable,
    node: (String) -> AccessOpinion
  ) -> AccessDecision {
    if user.groups.contains(UserInfo.mastersGroup) { return .allowed }
    let table = roles()
    if let name = user.nodeName, node(name).isAllowed { return .allowed }
    if table.allows(user, attributes) { return .allowed }
    return AccessDecision(opinion(user, attributes, roles: table, node: node), of: user, on: attributes)
  }

  /// The answer to a SelfSubjectRulesReview. A node's list is incomplete: what it may read depends on its pods.
  package static func rules(
    for user: UserInfo, in namespace: String, roles: RoleTable
  ) -> AuthorizationV1.SubjectRulesReviewStatus {
    let (rules, problem) = roles.rules(for: user, in: namespace)
    guard user.nodeName != nil else { return RuleListing.status(rules, problem: problem) }
    let node = "node authorizer does not support user rule resolution"
    return RuleListing.status(
      rules, problem: problem.isEmpty ? node : "[\(node), \(problem)]", isIncomplete: true)
  }

  /// What of a write to roles and bindings is to be refused to a user.
  package func roleGuard(for user: UserInfo) -> RoleGuard {
    RoleGuard(table: roles, user: user) { self.opinion(user, $0).isAllowed }
  }
}
