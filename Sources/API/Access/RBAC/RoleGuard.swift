package import KubernetesAPI

/// What may be written into roles and bindings: nobody grants what they do not hold, unless they may `escalate` or
/// `bind`. To be asked before each create, update and patch of the four kinds, also in a dry run.
///
/// It does not look at deletes, nor at changes that grant nothing.
package struct RoleGuard: Sendable {
  /// Why a write is refused: the text that follows `RESOURCE "NAME" is forbidden: `, or a role that is not there.
  package enum Refusal: Error, Hashable, Sendable {
    case forbidden(String)
    /// The resource (`clusterroles`, `roles`) and the name of the role that a binding refers to.
    case roleNotFound(resource: String, name: String)
  }

  package static let group = "rbac.authorization.k8s.io"
  private static let everything = [
    RbacV1.PolicyRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"]),
    RbacV1.PolicyRule(verbs: ["*"], nonResourceURLs: ["*"]),
  ]

  private let table: RoleTable
  private let user: UserInfo
  /// Whether the user may do something, by everything that authorises (not by roles alone).
  private let may: @Sendable (AccessAttributes) -> Bool

  /// - Parameter may: the answer of the whole chain of authorisers for this user.
  package init(table: RoleTable, user: UserInfo, may: @escaping @Sendable (AccessAttributes) -> Bool) {
    self.table = table
    self.user = user
    self.may = may
  }

  /// A cluster role that is to be written; `old` is what it replaces. A change of its labels counts too: they may put
  /// its rules into an aggregated role.
  package func check(_ role: RbacV1.ClusterRole, old: RbacV1.ClusterRole? = nil) throws(Refusal) {
    if let old, Self.onlyFreesOrOwns(role, old) { return }
    if isPrivileged || mayEscalate("clusterroles", role.metadata.name, "") { return }
    try confirm(role.rules, in: "")
    // What an aggregated role will hold is not known yet, so only who holds everything may have to do with it.
    guard role.aggregationRule != nil || old?.aggregationRule != nil else { return }
    guard try missing(Self.everything, in: "").isEmpty else {
      throw .forbidden("must have cluster-admin privileges to use the aggregationRule")
    }
  }

  /// A role of a namespace that is to be written; `old` is what it replaces.
  package func check(_ role: RbacV1.Role, old: RbacV1.Role? = nil) throws(Refusal) {
    if let old, Self.onlyFreesOrOwns(role, old) { return }
    let namespace = role.metadata.namespace
    if isPrivileged || mayEscalate("roles", role.metadata.name, namespace) { return }
    try confirm(role.rules, in: namespace)
  }

  package func check(_ binding: RbacV1.ClusterRoleBinding, old: RbacV1.ClusterRoleBinding? = nil) throws(Refusal) {
    if let old, Self.onlyFreesOrOwns(binding, old) { return }
    try checkBinding(to: binding.roleRef, in: "")
  }

  package func check(_ binding: RbacV1.RoleBinding, old: RbacV1.RoleBinding? = nil) throws(Refusal) {
    if let old, Self.onlyFreesOrOwns(binding, old) { return }
    try checkBinding(to: binding.roleRef, in: binding.metadata.namespace)
  }

  /// Whether a change is about finalizers and owners only: those who collect garbage grant nothing by it.
  private static func onlyFreesOrOwns<T: KubernetesObject & Equatable>(_ object: T, _ old: T) -> Bool {
    var object = object
    object.metadata.finalizers = old.metadata.finalizers
    object.metadata.ownerReferences = old.metadata.ownerReferences
    object.metadata.managedFields = old.metadata.managedFields
    object.metadata.resourceVersion = old.metadata.resourceVersion
    return object == old
  }

  private func checkBinding(to role: RbacV1.RoleRef, in namespace: String) throws(Refusal) {
    if isPrivileged { return }
    let resource = role.kind == "Role" ? "roles" : "clusterroles"
    let bind = AccessAttributes(
      verb: "bind", group: Self.group, resource: resource, namespace: namespace, name: role.name)
    if may(bind) { return }
    guard let rules = table.rules(of: role, in: namespace) else {
      throw .roleNotFound(resource: resource, name: role.name)
    }
    try confirm(rules, in: namespace)
  }

  private var isPrivileged: Bool { user.groups.contains(UserInfo.mastersGroup) }

  private func mayEscalate(_ resource: String, _ name: String, _ namespace: String) -> Bool {
    may(
      AccessAttributes(verb: "escalate", group: Self.group, resource: resource, namespace: namespace, name: name))
  }

  private func missing(_ rules: [RbacV1.PolicyRule], in namespace: String) throws(Refusal) -> [RbacV1.PolicyRule] {
    guard let missing = Escalation.missing(rules, from: table.rules(for: user, in: namespace).rules) else {
      throw .forbidden(
        "user \(Denial.quoted(user.name)) is attempting to grant too many combinations of verbs, groups and resources "
          + "in one role to be checked: more than \(Escalation.combinationLimit), or too many for what the user holds")
    }
    return missing
  }

  private func confirm(_ rules: [RbacV1.PolicyRule], in namespace: String) throws(Refusal) {
    let missing = try missing(rules, in: namespace)
    guard !missing.isEmpty else { return }
    let groups = user.groups.map { Denial.quoted($0) }.joined(separator: " ")
    var text =
      "user \(Denial.quoted(user.name)) (groups=[\(groups)]) is attempting to grant RBAC permissions not currently "
      + "held:\n" + missing.map(\.compactText).joined(separator: "\n")
    let problem = table.rules(for: user, in: namespace).problem
    if !problem.isEmpty { text += "; resolution errors: [\(problem)]" }
    throw .forbidden(text)
  }
}
