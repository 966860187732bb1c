package import KubernetesAPI

/// All roles and bindings, indexed by whom they are about, so that a decision looks only at the bindings that name
/// the user or one of its groups, and in a role only at the rules that name the resource.
///
/// A value: whoever keeps it current replaces it whole, and whoever decides holds a copy. Objects may come and go in
/// any order; a binding whose role does not exist (yet) grants nothing.
package struct RoleTable: Sendable {
  /// A role's place; the namespace is "" for cluster roles.
  struct Key: Hashable, Sendable {
    var namespace: String
    var name: String
  }

  /// One subject of one binding, as the index keeps it.
  struct Grant: Sendable {
    /// The binding's place; the namespace is "" for cluster role bindings.
    var binding: Key
    var role: Key
    var subject: RbacV1.Subject
  }

  /// Grants of one scope, by user name (service accounts by their user name too) and by group.
  struct Index: Sendable {
    var users: [String: [Grant]] = [:]
    var groups: [String: [Grant]] = [:]
    var isEmpty: Bool { users.isEmpty && groups.isEmpty }
  }

  private var roles: [Key: CompiledRole] = [:]
  /// By namespace; "" holds what cluster role bindings grant.
  private var grants: [String: Index] = [:]
  private var bindings: [Key: Binding] = [:]

  private struct Binding: Sendable {
    var subjects: [RbacV1.Subject]
    var roleRef: RbacV1.RoleRef
  }

  package init() {}

  // MARK: Keeping it current

  package mutating func set(_ role: RbacV1.ClusterRole) {
    roles[Key(namespace: "", name: role.metadata.name)] = CompiledRole(role.rules)
  }

  package mutating func set(_ role: RbacV1.Role) {
    guard !role.metadata.namespace.isEmpty else { return }
    roles[Key(namespace: role.metadata.namespace, name: role.metadata.name)] = CompiledRole(role.rules)
  }

  package mutating func set(_ binding: RbacV1.ClusterRoleBinding) {
    setBinding(
      Key(namespace: "", name: binding.metadata.name),
      Binding(subjects: binding.subjects, roleRef: binding.roleRef))
  }

  package mutating func set(_ binding: RbacV1.RoleBinding) {
    guard !binding.metadata.namespace.isEmpty else { return }
    setBinding(
      Key(namespace: binding.metadata.namespace, name: binding.metadata.name),
      Binding(subjects: binding.subjects, roleRef: binding.roleRef))
  }

  package mutating func removeClusterRole(_ name: String) { roles[Key(namespace: "", name: name)] = nil }

  package mutating func removeRole(_ name: String, in namespace: String) {
    guard !namespace.isEmpty else { return }
    roles[Key(namespace: namespace, name: name)] = nil
  }

  package mutating func removeClusterRoleBinding(_ name: String) { setBinding(Key(namespace: "", name: name), nil) }

  package mutating func removeRoleBinding(_ name: String, in namespace: String) {
    guard !namespace.isEmpty else { return }
    setBinding(Key(namespace: namespace, name: name), nil)
  }

  private mutating func setBinding(_ key: Key, _ binding: Binding?) {
    if let old = bindings[key] { index(key, old) { $0.removeAll { $0.binding == key } } }
    bindings[key] = binding
    guard let binding else { return }
    let role = Key(namespace: binding.roleRef.kind == "Role" ? key.namespace : "", name: binding.roleRef.name)
    // A cluster role binding cannot refer to a role of a namespace, and other kinds of roles there are none.
    let isUsable = binding.roleRef.kind == "ClusterRole" || (binding.roleRef.kind == "Role" && !key.namespace.isEmpty)
    guard isUsable else { return }
    for subject in binding.subjects {
      let only = Binding(subjects: [subject], roleRef: binding.roleRef)
      index(key, only) { $0.append(Grant(binding: key, role: role, subject: subject)) }
    }
  }

  /// Changes the lists under which a binding's subjects are found.
  private mutating func index(_ key: Key, _ binding: Binding, _ change: (inout [Grant]) -> Void) {
    var scope = grants[key.namespace] ?? Index()
    func apply(_ lists: inout [String: [Grant]], _ name: String) {
      change(&lists[name, default: []])
      if lists[name]?.isEmpty == true { lists[name] = nil }
    }
    for subject in binding.subjects {
      switch subject.kind {
      case "User": apply(&scope.users, subject.name)
      case "Group": apply(&scope.groups, subject.name)
      case "ServiceAccount":
        let namespace = subject.namespace.isEmpty ? key.namespace : subject.namespace
        guard !namespace.isEmpty else { continue }
        apply(&scope.users, ServiceAccountName(namespace: namespace, name: subject.name).userName)
      default: continue
      }
    }
    grants[key.namespace] = scope.isEmpty ? nil : scope
  }

  // MARK: Asking

  /// What roles and bindings say of a request. Never waits.
  package func opinion(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessOpinion {
    let (allowing, missing) = search(user, attributes)
    if let allowing { return .allow(reason: "RBAC: allowed by \(Self.describe(allowing))") }
    return .noOpinion(reason: missing.isEmpty ? "" : "RBAC: \(Self.describe(missing: missing))")
  }

  /// Whether roles and bindings allow a request: as `opinion`, without words, which cost more than the search.
  package func allows(_ user: UserInfo, _ attributes: AccessAttributes) -> Bool {
    search(user, attributes).allowing != nil
  }

  /// The first grant that allows a request, and the roles that were referred to before it and do not exist.
  private func search(_ user: UserInfo, _ attributes: AccessAttributes) -> (allowing: Grant?, missing: [Key]) {
    var missing: [Key] = []
    var allowing: Grant?
    visit(user, namespace: attributes.namespace) { grant in
      guard let role = roles[grant.role] else {
        if !missing.contains(grant.role) { missing.append(grant.role) }
        return true
      }
      guard role.allows(attributes) else { return true }
      allowing = grant
      return false
    }
    return (allowing, missing)
  }

  /// Every rule that holds for a user: cluster-wide, and in the namespace if it is not "". With it, what kept rules
  /// from being found ("" for nothing).
  package func rules(for user: UserInfo, in namespace: String) -> (rules: [RbacV1.PolicyRule], problem: String) {
    var rules: [RbacV1.PolicyRule] = []
    var missing: [Key] = []
    visit(user, namespace: namespace) { grant in
      if let role = roles[grant.role] {
        rules += role.rules
      } else if !missing.contains(grant.role) {
        missing.append(grant.role)
      }
      return true
    }
    return (rules, missing.isEmpty ? "" : Self.describe(missing: missing))
  }

  /// A role's rules, as a binding in the namespace ("": a cluster role binding) refers to it; nil if there is no such
  /// role.
  package func rules(of reference: RbacV1.RoleRef, in namespace: String) -> [RbacV1.PolicyRule]? {
    switch reference.kind {
    case "ClusterRole": roles[Key(namespace: "", name: reference.name)]?.rules
    case "Role" where !namespace.isEmpty: roles[Key(namespace: namespace, name: reference.name)]?.rules
    default: nil
    }
  }

  /// Walks over what is granted to a user, first cluster-wide, then in the namespace, until the visitor says false.
  private func visit(_ user: UserInfo, namespace: String, _ visitor: (Grant) -> Bool) {
    guard visit(user, scope: "", visitor), !namespace.isEmpty else { return }
    _ = visit(user, scope: namespace, visitor)
  }

  /// The same for what is granted in one scope. False: the visitor said so.
  private func visit(_ user: UserInfo, scope: String, _ visitor: (Grant) -> Bool) -> Bool {
    guard let index = grants[scope] else { return true }
    if let grants = index.users[user.name] {
      for grant in grants where !visitor(grant) { return false }
    }
    for group in user.groups {
      guard let grants = index.groups[group] else { continue }
      for grant in grants where !visitor(grant) { return false }
    }
    return true
  }

  // MARK: Words

  private static func describe(_ grant: Grant) -> String {
    let scope = grant.binding.namespace
    let subject: String
    if grant.subject.kind == "ServiceAccount" {
      let namespace = grant.subject.namespace.isEmpty ? scope : grant.subject.namespace
      subject = "ServiceAccount \(Denial.quoted("\(grant.subject.name)/\(namespace)"))"
    } else {
      subject = "\(grant.subject.kind) \(Denial.quoted(grant.subject.name))"
    }
    let role = "\(grant.role.namespace.isEmpty ? "ClusterRole" : "Role") \(Denial.quoted(grant.role.name))"
    return scope.isEmpty
      ? "ClusterRoleBinding \(Denial.quoted(grant.binding.name)) of \(role) to \(subject)"
      : "RoleBinding \(Denial.quoted("\(grant.binding.name)/\(scope)")) of \(role) to \(subject)"
  }

  private static func describe(missing: [Key]) -> String {
    let texts = missing.map { key in
      "\(key.namespace.isEmpty ? "clusterrole" : "role").rbac.authorization.k8s.io \(Denial.quoted(key.name)) not found"
    }
    return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
  }
}

/// A role's rules, with an index by what a request asks for.
struct CompiledRole: Sendable {
  let rules: [RbacV1.PolicyRule]
  /// Rules by each entry of their `resources`: `pods`, `pods/log`, `*/scale`, `*`.
  private var byResource: [String: [Int]] = [:]
  private var withPaths: [Int] = []

  init(_ rules: [RbacV1.PolicyRule]) {
    self.rules = rules
    for (position, rule) in rules.enumerated() {
      for resource in Set(rule.resources) { byResource[resource, default: []].append(position) }
      if !rule.nonResourceURLs.isEmpty { withPaths.append(position) }
    }
  }

  func allows(_ attributes: AccessAttributes) -> Bool {
    if attributes.nonResourcePath != nil { return withPaths.contains { rules[$0].allows(attributes) } }
    // That the resource fits is why these rules are looked at.
    func anyOf(_ positions: [Int]?) -> Bool {
      positions?.contains { rules[$0].allowsVerbGroupAndName(attributes) } ?? false
    }
    if anyOf(byResource[attributes.combinedResource]) || anyOf(byResource[RbacV1.PolicyRule.any]) { return true }
    return !attributes.subresource.isEmpty && anyOf(byResource["*/\(attributes.subresource)"])
  }
}
