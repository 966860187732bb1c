package import KubernetesAPI

/// The roles and bindings that every cluster has from the start, as Kubernetes documents its own ("Default roles and
/// role bindings", "Roles for built-in controllers").
///
/// They are made or completed at each start (see `PolicyReconciliation`), so that an upgrade brings the rules that new
/// components need.
package struct DefaultPolicy: Sendable, Equatable {
  package var clusterRoles: [RbacV1.ClusterRole]
  package var clusterRoleBindings: [RbacV1.ClusterRoleBinding]
  /// In the namespaces that they name; those have to exist first.
  package var roles: [RbacV1.Role]
  package var roleBindings: [RbacV1.RoleBinding]

  /// On every object of the policy.
  package static let bootstrapLabels = ["kubernetes.io/bootstrapping": "rbac-defaults"]
  /// `"false"` on an object keeps it as it is.
  package static let autoUpdateAnnotation = "rbac.authorization.kubernetes.io/autoupdate"

  package static let standard = DefaultPolicy(
    clusterRoles: generalRoles + userFacingRoles + componentRoles + ControllerRoles.roles,
    clusterRoleBindings: generalBindings + ControllerRoles.bindings,
    roles: namespacedRoles, roleBindings: namespacedBindings)

  /// The whole policy as a table, for authorisers that have not read the stored one yet, and tests.
  package var table: RoleTable {
    var table = RoleTable()
    var roles = clusterRoles
    for (position, role) in roles.enumerated() {
      if let rules = RoleAggregation.rules(of: role, from: clusterRoles) { roles[position].rules = rules }
    }
    // `admin` takes from `edit`, which takes from `view`: three levels, so three rounds settle it.
    for _ in 0..<2 {
      let settled = roles
      for (position, role) in roles.enumerated() {
        if let rules = RoleAggregation.rules(of: role, from: settled) { roles[position].rules = rules }
      }
    }
    for role in roles { table.set(role) }
    for role in self.roles { table.set(role) }
    for binding in clusterRoleBindings { table.set(binding) }
    for binding in roleBindings { table.set(binding) }
    return table
  }
}

// MARK: - Shorthand

/// Rules, roles and bindings in a line each.
enum Policy {
  static let read = ["get", "list", "watch"]
  static let write = ["create", "delete", "deletecollection", "patch", "update"]
  static let readWrite = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
  static let group = "rbac.authorization.k8s.io"

  static func rule(
    _ verbs: [String], _ groups: [String], _ resources: [String], names: [String] = []
  ) -> RbacV1.PolicyRule {
    RbacV1.PolicyRule(verbs: verbs, apiGroups: groups, resources: resources, resourceNames: names)
  }

  static func rule(_ verbs: [String], _ group: String, _ resources: String...) -> RbacV1.PolicyRule {
    rule(verbs, [group], resources)
  }

  static func paths(_ verbs: [String], _ paths: String...) -> RbacV1.PolicyRule {
    RbacV1.PolicyRule(verbs: verbs, nonResourceURLs: paths)
  }

  /// What everyone may do who says what happens.
  static let events = rule(["create", "patch", "update"], ["", "events.k8s.io"], ["events"])

  static func metadata(_ name: String, namespace: String = "", labels: [String: String] = [:]) -> MetaV1.ObjectMeta {
    var metadata = MetaV1.ObjectMeta()
    metadata.name = name
    metadata.namespace = namespace
    metadata.labels = DefaultPolicy.bootstrapLabels.merging(labels) { $1 }
    metadata.annotations = [DefaultPolicy.autoUpdateAnnotation: "true"]
    return metadata
  }

  static func clusterRole(
    _ name: String, labels: [String: String] = [:], _ rules: [RbacV1.PolicyRule]
  ) -> RbacV1.ClusterRole {
    RbacV1.ClusterRole(metadata: metadata(name, labels: labels), rules: rules)
  }

  /// A cluster role that is put together from those with a label.
  static func aggregated(
    _ name: String, from label: String, labels: [String: String] = [:]
  ) -> RbacV1.ClusterRole {
    let selector = MetaV1.LabelSelector(matchLabels: [label: "true"])
    return RbacV1.ClusterRole(
      metadata: metadata(name, labels: labels), rules: [], aggregationRule: .init(clusterRoleSelectors: [selector]))
  }

  static func role(_ name: String, in namespace: String, _ rules: [RbacV1.PolicyRule]) -> RbacV1.Role {
    RbacV1.Role(metadata: metadata(name, namespace: namespace), rules: rules)
  }

  static func user(_ name: String) -> RbacV1.Subject { RbacV1.Subject(kind: "User", apiGroup: group, name: name) }
  static func group(_ name: String) -> RbacV1.Subject { RbacV1.Subject(kind: "Group", apiGroup: group, name: name) }
  static func serviceAccount(_ name: String) -> RbacV1.Subject {
    RbacV1.Subject(kind: "ServiceAccount", name: name, namespace: "kube-system")
  }

  /// A cluster role binding; its name is the role's unless said otherwise.
  static func bind(
    _ role: String, to subjects: RbacV1.Subject..., named name: String? = nil
  ) -> RbacV1.ClusterRoleBinding {
    RbacV1.ClusterRoleBinding(
      metadata: metadata(name ?? role), subjects: subjects,
      roleRef: RbacV1.RoleRef(apiGroup: group, kind: "ClusterRole", name: role))
  }

  static func bind(
    role: String, in namespace: String, to subjects: [RbacV1.Subject], named name: String? = nil
  ) -> RbacV1.RoleBinding {
    RbacV1.RoleBinding(
      metadata: metadata(name ?? role, namespace: namespace), subjects: subjects,
      roleRef: RbacV1.RoleRef(apiGroup: group, kind: "Role", name: role))
  }
}
