import KubernetesAPI

/// The roles of the built-in controllers: `system:controller:NAME`, bound to the service account NAME in
/// `kube-system`, as in Kubernetes. Apus runs all of them as one user, so that each is bound to that user as well.
enum ControllerRoles {
  /// Who runs the controllers.
  static let manager = "system:kube-controller-manager"

  static let roles: [RbacV1.ClusterRole] = rules.map { name, rules in
    Policy.clusterRole("system:controller:\(name)", rules)
  }

  static let bindings: [RbacV1.ClusterRoleBinding] = rules.flatMap { name, _ in
    [
      Policy.bind("system:controller:\(name)", to: Policy.serviceAccount(name)),
      Policy.bind("system:controller:\(name)", to: Policy.user(manager), named: "apus:controller-manager:\(name)"),
    ]
  }

  private static let rules: [(String, [RbacV1.PolicyRule])] = workloads + volumes + nodes + others

  private static let workloads: [(String, [RbacV1.PolicyRule])] = [
    (
      "deployment-controller",
      [
        Policy.rule(["get", "list", "update", "watch"], ["extensions", "apps"], ["deployments"]),
        // Apus' controller takes its revisions along by patches.
        Policy.rule(["patch"], "apps", "deployments"),
        Policy.rule(["update"], ["extensions", "apps"], ["deployments/status"]),
        Policy.rule(["update"], ["extensions", "apps"], ["deployments/finalizers"]),
        Policy.rule(
          ["create", "delete", "get", "list", "patch", "update", "watch"], ["apps", "extensions"], ["replicasets"]),
        Policy.rule(["get", "list", "update", "watch"], "", "pods"), Policy.events,
      ]
    ),
    (
      "replicaset-controller",
      [
        Policy.rule(["get", "list", "update", "watch"], ["extensions", "apps"], ["replicasets"]),
        Policy.rule(["update"], ["extensions", "apps"], ["replicasets/status"]),
        Policy.rule(["update"], ["extensions", "apps"], ["replicasets/finalizers"]),
        Policy.rule(["create", "delete", "list", "patch", "watch"], "", "pods"), Policy.events,
      ]
    ),
    (
      "replication-controller",
      [
        Policy.rule(["get", "list", "update", "watch"], "", "replicationcontrollers"),
        Policy.rule(["update"], "", "replicationcontrollers/status"),
        Policy.rule(["update"], "", "replicationcontrollers/finalizers"),
        Policy.rule(["create", "delete", "list", "patch", "watch"], "", "pods"), Policy.events,
      ]
    ),
    (
      "statefulset-controller",
      [
        Policy.rule(["list", "watch"], "", "pods"),
        Policy.rule(["get", "list", "watch"], "apps", "statefulsets"),
        Policy.rule(["update"], "apps", "statefulsets/status"),
        Policy.rule(["update"], "apps", "statefulsets/finalizers"),
        Policy.rule(["create", "delete", "get", "patch", "update"], "", "pods"),
        Policy.rule(
          ["create", "delete", "get", "list", "patch", "update", "watch"], "apps", "controllerrevisions"),
        Policy.rule(["create", "get"], "", "persistentvolumeclaims"), Policy.events,
        Policy.rule(["update", "delete"], "", "persistentvolumeclaims"),
      ]
    ),
    (
      "daemon-set-controller",
      [
        Policy.rule(["get", "list", "watch"], ["extensions", "apps"], ["daemonsets"]),
        Policy.rule(["update"], ["extensions", "apps"], ["daemonsets/status"]),
        Policy.rule(["update"], ["extensions", "apps"], ["daemonsets/finalizers"]),
        Policy.rule(["list", "watch"], "", "nodes"),
        Policy.rule(["create", "delete", "list", "patch", "watch"], "", "pods"),
        Policy.rule(["create"], "", "pods/binding"),
        Policy.rule(
          ["create", "delete", "get", "list", "patch", "update", "watch"], "apps", "controllerrevisions"),
        Policy.events,
      ]
    ),
    (
      "job-controller",
      [
        Policy.rule(["get", "list", "patch", "update", "watch"], "batch", "jobs"),
        Policy.rule(["update"], "batch", "jobs/status"), Policy.rule(["update"], "batch", "jobs/finalizers"),
        Policy.rule(["create", "delete", "list", "patch", "watch"], "", "pods"), Policy.events,
      ]
    ),
    (
      "cronjob-controller",
      [
        Policy.rule(["get", "list", "update", "watch"], "batch", "cronjobs"),
        Policy.rule(["create", "delete", "get", "list", "patch", "update", "watch"], "batch", "jobs"),
        Policy.rule(["update"], "batch", "cronjobs/status"), Policy.rule(["update"], "batch", "cronjobs/finalizers"),
        Policy.rule(["delete", "list"], "", "pods"), Policy.events,
      ]
    ),
    (
      "ttl-after-finished-controller",
      [Policy.rule(["delete", "get", "list", "watch"], "batch", "jobs"), Policy.events]
    ),
    (
      "disruption-controller",
      [
        Policy.rule(["get", "list", "watch"], ["extensions", "apps"], ["deployments", "replicasets"]),
        Policy.rule(["get", "list", "watch"], "", "replicationcontrollers"),
        Policy.rule(["get", "list", "watch"], "policy", "poddisruptionbudgets"),
        Policy.rule(["get", "list", "watch"], "apps", "statefulsets"),
        Policy.rule(["update"], "policy", "poddisruptionbudgets/status"),
        Policy.rule(["get", "list", "watch"], "", "pods"), Policy.rule(["patch", "update"], "", "pods/status"),
        Policy.rule(["get"], "*", "*/scale"), Policy.events,
      ]
    ),
    (
      "horizontal-pod-autoscaler",
      [
        Policy.rule(["get", "list", "watch"], "autoscaling", "horizontalpodautoscalers"),
        Policy.rule(["update"], "autoscaling", "horizontalpodautoscalers/status"),
        Policy.rule(["get", "update"], "*", "*/scale"), Policy.rule(["list"], "", "pods"),
        Policy.rule(["get", "list"], "custom.metrics.k8s.io", "*"),
        Policy.rule(["get", "list"], "external.metrics.k8s.io", "*"),
        Policy.rule(["list"], "metrics.k8s.io", "pods"), Policy.events,
      ]
    ),
  ]

  private static let volumes: [(String, [RbacV1.PolicyRule])] = [
    (
      "attachdetach-controller",
      [
        Policy.rule(["list", "watch"], "", "persistentvolumes", "persistentvolumeclaims"),
        Policy.rule(["get", "list", "watch"], "", "nodes"), Policy.rule(["patch", "update"], "", "nodes/status"),
        Policy.rule(["list", "watch"], "", "pods"), Policy.events,
        Policy.rule(["create", "delete", "get", "list", "watch"], "storage.k8s.io", "volumeattachments"),
        Policy.rule(["get", "list", "watch"], "storage.k8s.io", "csidrivers", "csinodes"),
      ]
    ),
    (
      "persistent-volume-binder",
      [
        Policy.rule(["create", "delete", "get", "list", "update", "watch"], "", "persistentvolumes"),
        Policy.rule(["update"], "", "persistentvolumes/status"),
        Policy.rule(["get", "list", "update", "watch"], "", "persistentvolumeclaims"),
        Policy.rule(["update"], "", "persistentvolumeclaims/status"),
        Policy.rule(["create", "delete", "get", "list", "watch"], "", "pods"),
        Policy.rule(["get", "list", "watch"], "storage.k8s.io", "storageclasses"),
        Policy.rule(["create", "delete", "get"], "", "endpoints", "services"),
        Policy.rule(["get", "list"], "", "secrets"), Policy.rule(["get", "list", "watch"], "", "nodes"), Policy.events,
      ]
    ),
    (
      "expand-controller",
      [
        Policy.rule(["get", "list", "patch", "update", "watch"], "", "persistentvolumes"),
        Policy.rule(["patch", "update"], "", "persistentvolumeclaims/status"),
        Policy.rule(["get", "list", "watch"], "", "persistentvolumeclaims"),
        Policy.rule(["get", "list", "watch"], "storage.k8s.io", "storageclasses"),
        Policy.rule(["get"], "", "endpoints", "services"), Policy.rule(["get"], "", "secrets"), Policy.events,
      ]
    ),
    (
      "ephemeral-volume-controller",
      [
        Policy.rule(["get", "list", "watch"], "", "pods"), Policy.rule(["update"], "", "pods/finalizers"),
        Policy.rule(["create", "get", "list", "watch"], "", "persistentvolumeclaims"), Policy.events,
      ]
    ),
    (
      "pvc-protection-controller",
      [
        Policy.rule(["get", "list", "update", "watch"], "", "persistentvolumeclaims"),
        Policy.rule(["get", "list", "watch"], "", "pods"), Policy.events,
      ]
    ),
    (
      "pv-protection-controller",
      [Policy.rule(["get", "list", "update", "watch"], "", "persistentvolumes"), Policy.events]
    ),
    (
      "service-cidrs-controller",
      [
        Policy.rule(["get", "list", "patch", "update", "watch"], "networking.k8s.io", "servicecidrs"),
        Policy.rule(["patch", "update"], "networking.k8s.io", "servicecidrs/finalizers", "servicecidrs/status"),
        Policy.rule(["get", "list", "watch"], "networking.k8s.io", "ipaddresses"), Policy.events,
      ]
    ),
  ]

  private static let nodes: [(String, [RbacV1.PolicyRule])] = [
    (
      "node-controller",
      [
        Policy.rule(["delete", "get", "list", "patch", "update", "watch"], "", "nodes"),
        Policy.rule(["patch", "update"], "", "nodes/status"), Policy.rule(["patch", "update"], "", "pods/status"),
        Policy.rule(["delete", "list", "get", "watch"], "", "pods"),
        Policy.rule(["get", "list", "watch"], "coordination.k8s.io", "leases"), Policy.events,
      ]
    ),
    (
      "ttl-controller",
      [Policy.rule(["list", "patch", "update", "watch"], "", "nodes"), Policy.events]
    ),
    (
      "pod-garbage-collector",
      [
        Policy.rule(["delete", "list", "watch"], "", "pods"), Policy.rule(["get", "list", "watch"], "", "nodes"),
        Policy.rule(["patch", "update"], "", "pods/status"),
      ]
    ),
    (
      "route-controller",
      [
        Policy.rule(["list", "watch"], "", "nodes"), Policy.rule(["patch"], "", "nodes/status"), Policy.events,
      ]
    ),
    (
      "service-controller",
      [
        Policy.rule(["get", "list", "watch"], "", "services"),
        Policy.rule(["patch", "update"], "", "services/status"), Policy.rule(["list", "watch"], "", "nodes"),
        Policy.events,
      ]
    ),
    (
      "certificate-controller",
      [
        Policy.rule(["delete", "get", "list", "watch"], "certificates.k8s.io", "certificatesigningrequests"),
        Policy.rule(
          ["update"], "certificates.k8s.io", "certificatesigningrequests/approval", "certificatesigningrequests/status"),
        Policy.rule(
          ["approve"], ["certificates.k8s.io"], ["signers"], names: ["kubernetes.io/kube-apiserver-client-kubelet"]),
        Policy.rule(
          ["sign"], ["certificates.k8s.io"], ["signers"],
          names: [
            "kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet",
            "kubernetes.io/kubelet-serving", "kubernetes.io/legacy-unknown",
          ]),
        Policy.rule(["create"], "authorization.k8s.io", "subjectaccessreviews"), Policy.events,
      ]
    ),
  ]

  private static let others: [(String, [RbacV1.PolicyRule])] = [
    (
      "clusterrole-aggregation-controller",
      [
        // It joins rules that it does not hold itself.
        Policy.rule(
          ["escalate", "get", "list", "patch", "update", "watch"], "rbac.authorization.k8s.io", "clusterroles")
      ]
    ),
    (
      "endpoint-controller",
      [
        Policy.rule(["get", "list", "watch"], "", "pods", "services"),
        Policy.rule(["create", "delete", "get", "list", "update", "watch"], "", "endpoints"),
        Policy.rule(["create"], "", "endpoints/restricted"), Policy.events,
      ]
    ),
    (
      "endpointslice-controller",
      [
        Policy.rule(["get", "list", "watch"], "", "nodes", "pods", "services"),
        Policy.rule(["update"], "", "services/finalizers"),
        Policy.rule(
          ["create", "delete", "get", "list", "update", "watch"], "discovery.k8s.io", "endpointslices"),
        Policy.rule(["create"], "discovery.k8s.io", "endpointslices/restricted"), Policy.events,
      ]
    ),
    (
      "endpointslicemirroring-controller",
      [
        Policy.rule(["get", "list", "watch"], "", "endpoints", "services"),
        Policy.rule(["update"], "", "services/finalizers"), Policy.rule(["update"], "", "endpoints/finalizers"),
        Policy.rule(
          ["create", "delete", "get", "list", "update", "watch"], "discovery.k8s.io", "endpointslices"),
        Policy.rule(["create"], "discovery.k8s.io", "endpointslices/restricted"), Policy.events,
      ]
    ),
    (
      "generic-garbage-collector",
      [Policy.rule(["delete", "get", "list", "patch", "update", "watch"], "*", "*"), Policy.events]
    ),
    (
      "namespace-controller",
      [
        Policy.rule(["delete", "get", "list", "watch"], "", "namespaces"),
        Policy.rule(["update"], "", "namespaces/finalize", "namespaces/status"),
        Policy.rule(["delete", "deletecollection", "get", "list"], "*", "*"),
      ]
    ),
    (
      "resourcequota-controller",
      [
        Policy.rule(["list", "watch"], "*", "*"), Policy.rule(["update"], "", "resourcequotas/status"), Policy.events,
      ]
    ),
    (
      "root-ca-cert-publisher",
      [Policy.rule(["create", "update"], "", "configmaps"), Policy.events]
    ),
    (
      "service-account-controller",
      [Policy.rule(["create"], "", "serviceaccounts"), Policy.events]
    ),
    (
      "legacy-service-account-token-cleaner",
      [
        Policy.rule(["get"], [""], ["configmaps"], names: ["kube-apiserver-legacy-service-account-token-tracking"]),
        Policy.rule(["delete", "patch"], "", "secrets"),
      ]
    ),
    (
      "validatingadmissionpolicy-status-controller",
      [
        Policy.rule(["get", "list", "watch"], "admissionregistration.k8s.io", "validatingadmissionpolicies"),
        Policy.rule(
          ["get", "patch", "update"], "admissionregistration.k8s.io", "validatingadmissionpolicies/status"),
        Policy.events,
      ]
    ),
  ]
}
