import JSONDocument

/// Defaults of rbac.authorization.k8s.io/v1.
enum RbacDefaults {
  static let kinds: KindDefaults.Group = ["RoleBinding": binding, "ClusterRoleBinding": binding]

  private static func binding(_ binding: inout JSONValue) {
    let group: JSONValue = "rbac.authorization.k8s.io"
    binding.update("roleRef") { $0.setDefaultForZero("apiGroup", group) }
    binding.updateEach("subjects") { subject in
      // A service account is of the core group, whose name is empty.
      if subject["kind"] == "User" || subject["kind"] == "Group" { subject.setDefaultForZero("apiGroup", group) }
    }
  }
}
