import Access
import KubernetesAPI

// Shorthand of this folder's tests.

func person(_ name: String, _ groups: String...) -> UserInfo { .authenticated(name: name, groups: groups) }

func on(
  _ verb: String, _ resource: String, group: String = "", sub: String = "", in namespace: String = "",
  name: String = "", fields: [String: String] = [:]
) -> AccessAttributes {
  AccessAttributes(
    verb: verb, group: group, resource: resource, subresource: sub, namespace: namespace, name: name, fields: fields)
}

func path(_ verb: String, _ path: String) -> AccessAttributes { AccessAttributes(verb: verb, path: path) }

/// On the core group.
func rule(_ verbs: [String], _ resources: [String], names: [String] = []) -> RbacV1.PolicyRule {
  .init(verbs: verbs, apiGroups: [""], resources: resources, resourceNames: names)
}

func rule(
  _ verbs: [String], _ groups: [String], _ resources: [String], names: [String] = []
) -> RbacV1.PolicyRule {
  .init(verbs: verbs, apiGroups: groups, resources: resources, resourceNames: names)
}

func rule(_ verbs: [String], paths: [String]) -> RbacV1.PolicyRule { .init(verbs: verbs, nonResourceURLs: paths) }

func meta(
  _ name: String, in namespace: String = "", uid: String = "", labels: [String: String] = [:],
  annotations: [String: String] = [:]
) -> MetaV1.ObjectMeta {
  var metadata = MetaV1.ObjectMeta()
  metadata.name = name
  metadata.namespace = namespace
  metadata.uid = uid
  metadata.labels = labels
  metadata.annotations = annotations
  return metadata
}

func subject(_ kind: String, _ name: String, in namespace: String = "") -> RbacV1.Subject {
  .init(
    kind: kind, apiGroup: kind == "ServiceAccount" ? "" : "rbac.authorization.k8s.io", name: name, namespace: namespace)
}

func reference(_ kind: String, _ name: String) -> RbacV1.RoleRef {
  .init(apiGroup: "rbac.authorization.k8s.io", kind: kind, name: name)
}

func clusterRole(_ name: String, _ rules: RbacV1.PolicyRule...) -> RbacV1.ClusterRole {
  .init(metadata: meta(name), rules: rules)
}

func clusterBinding(_ name: String, _ role: String, _ subjects: RbacV1.Subject...) -> RbacV1.ClusterRoleBinding {
  .init(metadata: meta(name), subjects: subjects, roleRef: reference("ClusterRole", role))
}

func binding(
  _ name: String, in namespace: String, _ kind: String, _ role: String, _ subjects: RbacV1.Subject...
) -> RbacV1.RoleBinding {
  .init(metadata: meta(name, in: namespace), subjects: subjects, roleRef: reference(kind, role))
}
