import KubernetesAPI

// `view`, `edit` and `admin`: put together from parts by label, so that a part of one's own (for custom resources)
// only needs the label. A view shows no secrets and no roles: whoever reads those can become somebody else.

extension DefaultPolicy {
  private static let toView = "rbac.authorization.k8s.io/aggregate-to-view"
  private static let toEdit = "rbac.authorization.k8s.io/aggregate-to-edit"
  private static let toAdmin = "rbac.authorization.k8s.io/aggregate-to-admin"

  static let userFacingRoles: [RbacV1.ClusterRole] = [
    Policy.aggregated("admin", from: toAdmin),
    Policy.aggregated("edit", from: toEdit, labels: [toAdmin: "true"]),
    Policy.aggregated("view", from: toView, labels: [toEdit: "true"]),
    Policy.clusterRole("system:aggregate-to-admin", labels: [toAdmin: "true"], adminRules),
    Policy.clusterRole("system:aggregate-to-edit", labels: [toEdit: "true"], editRules),
    Policy.clusterRole("system:aggregate-to-view", labels: [toView: "true"], viewRules),
  ]

  private static let adminRules: [RbacV1.PolicyRule] = [
    Policy.rule(["create"], "authorization.k8s.io", "localsubjectaccessreviews"),
    Policy.rule(Policy.readWrite, "rbac.authorization.k8s.io", "roles", "rolebindings"),
  ]

  private static let editRules: [RbacV1.PolicyRule] = [
    // Reading what hands over more than it shows: tunnels, secrets.
    Policy.rule(
      Policy.read, "", "pods/attach", "pods/proxy", "pods/exec", "pods/portforward", "secrets", "services/proxy"),
    Policy.rule(["impersonate"], "", "serviceaccounts"),
    Policy.rule(Policy.write, "", "pods", "pods/attach", "pods/proxy", "pods/exec", "pods/portforward"),
    Policy.rule(["create"], "", "pods/eviction"),
    Policy.rule(
      Policy.write, "", "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services",
      "services/proxy", "persistentvolumeclaims", "configmaps", "secrets", "events"),
    Policy.rule(["create"], "", "serviceaccounts/token"),
    Policy.rule(
      Policy.write, "apps", "statefulsets", "statefulsets/scale", "daemonsets", "deployments", "deployments/scale",
      "deployments/rollback", "replicasets", "replicasets/scale"),
    Policy.rule(Policy.write, "autoscaling", "horizontalpodautoscalers"),
    Policy.rule(Policy.write, "batch", "jobs", "cronjobs"),
    Policy.rule(
      Policy.write, "extensions", "daemonsets", "deployments", "deployments/scale", "deployments/rollback", "ingresses",
      "replicasets", "replicasets/scale", "replicationcontrollers/scale", "networkpolicies"),
    Policy.rule(Policy.write, "policy", "poddisruptionbudgets"),
    Policy.rule(Policy.write, "networking.k8s.io", "networkpolicies", "ingresses"),
    Policy.rule(Policy.readWrite, "coordination.k8s.io", "leases"),
  ]

  private static let viewRules: [RbacV1.PolicyRule] = [
    Policy.rule(
      Policy.read, "", "pods", "pods/status", "pods/log", "replicationcontrollers", "replicationcontrollers/scale",
      "replicationcontrollers/status", "serviceaccounts", "services", "services/status", "endpoints",
      "persistentvolumeclaims", "persistentvolumeclaims/status", "configmaps", "limitranges", "resourcequotas",
      "resourcequotas/status", "bindings", "events", "namespaces", "namespaces/status"),
    Policy.rule(Policy.read, "discovery.k8s.io", "endpointslices"),
    Policy.rule(
      Policy.read, "apps", "controllerrevisions", "statefulsets", "statefulsets/status", "statefulsets/scale",
      "daemonsets", "daemonsets/status", "deployments", "deployments/status", "deployments/scale", "replicasets",
      "replicasets/status", "replicasets/scale"),
    Policy.rule(Policy.read, "autoscaling", "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
    Policy.rule(Policy.read, "batch", "jobs", "cronjobs", "cronjobs/status", "jobs/status"),
    Policy.rule(
      Policy.read, "extensions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale",
      "deployments/status", "ingresses", "ingresses/status", "replicasets", "replicasets/scale", "replicasets/status",
      "replicationcontrollers/scale", "networkpolicies"),
    Policy.rule(Policy.read, "policy", "poddisruptionbudgets", "poddisruptionbudgets/status"),
    Policy.rule(Policy.read, "networking.k8s.io", "networkpolicies", "ingresses", "ingresses/status"),
  ]
}
