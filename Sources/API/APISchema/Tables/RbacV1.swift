extension SchemaTables {
  /// The types of rbac.authorization.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let rbacV1: StaticString = """
    AggregationRule
     clusterRoleSelectors 1 []meta/v1.LabelSelector oe list=atomic
    ClusterRole kind
     metadata 1 meta/v1.ObjectMeta oe
     rules 2 []PolicyRule o list=atomic
     aggregationRule 3 AggregationRule oep
    ClusterRoleBinding kind
     metadata 1 meta/v1.ObjectMeta oe
     subjects 2 []Subject oe list=atomic
     roleRef 3 RoleRef -
    ClusterRoleBindingList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ClusterRoleBinding -
    ClusterRoleList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ClusterRole -
    PolicyRule
     verbs 1 []string - list=atomic
     apiGroups 2 []string oe list=atomic
     resources 3 []string oe list=atomic
     resourceNames 4 []string oe list=atomic
     nonResourceURLs 5 []string oe list=atomic
    Role kind
     metadata 1 meta/v1.ObjectMeta oe
     rules 2 []PolicyRule o list=atomic
    RoleBinding kind
     metadata 1 meta/v1.ObjectMeta oe
     subjects 2 []Subject oe list=atomic
     roleRef 3 RoleRef -
    RoleBindingList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []RoleBinding -
    RoleList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Role -
    RoleRef atomic
     apiGroup 1 string -
     kind 2 string -
     name 3 string -
    Subject atomic
     kind 1 string -
     apiGroup 2 string oe
     name 3 string -
     namespace 4 string oe
    """
}
