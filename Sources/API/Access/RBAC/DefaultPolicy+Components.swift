import KubernetesAPI

// Roles for the cluster's own processes, and for what signs certificates.

extension DefaultPolicy {
  static let componentRoles: [RbacV1.ClusterRole] =
    [
      // Kubelets are let in by the node authoriser. This role is what they may do without regard to which pods run
      // where; it is bound to nobody.
      Policy.clusterRole("system:node", NodeAuthorizer.generalRules + NodeAuthorizer.rulesByObject),
      Policy.clusterRole(
        "system:node-problem-detector",
        [
          Policy.rule(["get"], "", "nodes"), Policy.rule(["patch"], "", "nodes/status"), Policy.events,
        ]),
      Policy.clusterRole(
        "system:node-proxier",
        [
          Policy.rule(["list", "watch"], "", "services", "endpoints"),
          Policy.rule(["get", "list", "watch"], "", "nodes"), Policy.events,
          Policy.rule(["list", "watch"], "discovery.k8s.io", "endpointslices"),
          Policy.rule(["list", "watch"], "networking.k8s.io", "servicecidrs"),
        ]),
      Policy.clusterRole(
        "system:kubelet-api-admin",
        [
          Policy.rule(Policy.read, "", "nodes"), Policy.rule(["proxy"], "", "nodes"),
          Policy.rule(
            ["*"], "", "nodes/proxy", "nodes/metrics", "nodes/stats", "nodes/log", "nodes/spec", "nodes/checkpoint",
            "nodes/configz", "nodes/healthz", "nodes/pods"),
        ]),
      Policy.clusterRole(
        "system:node-bootstrapper",
        [Policy.rule(["create", "get", "list", "watch"], "certificates.k8s.io", "certificatesigningrequests")]),
      Policy.clusterRole(
        "system:auth-delegator",
        [
          Policy.rule(["create"], "authentication.k8s.io", "tokenreviews"),
          Policy.rule(["create"], "authorization.k8s.io", "subjectaccessreviews"),
        ]),
      Policy.clusterRole(
        "system:kube-aggregator", [Policy.rule(Policy.read, "", "services", "endpoints")]),
      Policy.clusterRole("system:heapster", heapsterRules),
      Policy.clusterRole("system:kube-controller-manager", controllerManagerRules),
      Policy.clusterRole("system:kube-scheduler", schedulerRules),
      Policy.clusterRole(
        "system:volume-scheduler",
        [
          Policy.rule(Policy.read + ["patch", "update"], "", "persistentvolumes"),
          Policy.rule(Policy.read, "storage.k8s.io", "storageclasses"),
          Policy.rule(Policy.read + ["patch", "update"], "", "persistentvolumeclaims"),
        ]),
      Policy.clusterRole(
        "system:kube-dns", [Policy.rule(["list", "watch"], "", "endpoints", "services")]),
      Policy.clusterRole(
        "system:persistent-volume-provisioner",
        [
          Policy.rule(["create", "delete", "get", "list", "watch"], "", "persistentvolumes"),
          Policy.rule(["get", "list", "update", "watch"], "", "persistentvolumeclaims"),
          Policy.rule(["get", "list", "watch"], "storage.k8s.io", "storageclasses"),
          Policy.rule(["watch"], "", "events"), Policy.events,
        ]),
    ] + certificateRoles

  private static let heapsterRules = [
    Policy.rule(Policy.read, "", "events", "pods", "nodes", "namespaces"),
    Policy.rule(Policy.read, "extensions", "deployments"),
  ]

  /// Without its controllers' roles: those are bound to it one by one (see `ControllerRoles`).
  private static let controllerManagerRules: [RbacV1.PolicyRule] = [
    Policy.events,
    Policy.rule(["create"], "coordination.k8s.io", "leases"),
    Policy.rule(
      ["get", "update"], ["coordination.k8s.io"], ["leases"], names: ["kube-controller-manager"]),
    Policy.rule(["create"], "", "secrets", "serviceaccounts"),
    Policy.rule(["delete"], "", "secrets"),
    Policy.rule(["get"], "", "namespaces", "secrets", "serviceaccounts", "configmaps"),
    Policy.rule(["update"], "", "secrets", "serviceaccounts"),
    Policy.rule(["create"], "authentication.k8s.io", "tokenreviews"),
    Policy.rule(["create"], "authorization.k8s.io", "subjectaccessreviews"),
    // The garbage collector, quotas and namespaces' ends look at every kind there is.
    Policy.rule(["list", "watch"], "*", "*"),
    Policy.rule(["create"], "", "serviceaccounts/token"),
  ]

  private static let schedulerRules: [RbacV1.PolicyRule] = [
    Policy.events,
    Policy.rule(["create"], "coordination.k8s.io", "leases"),
    Policy.rule(["get", "list", "watch", "update"], ["coordination.k8s.io"], ["leases"], names: ["kube-scheduler"]),
    Policy.rule(["get", "list", "watch"], "", "nodes"),
    Policy.rule(["delete", "get", "list", "watch"], "", "pods"),
    Policy.rule(["create"], "", "bindings", "pods/binding"),
    Policy.rule(["patch", "update"], "", "pods/status"),
    Policy.rule(["get", "list", "watch"], "", "replicationcontrollers", "services"),
    Policy.rule(["get", "list", "watch"], ["apps", "extensions"], ["replicasets"]),
    Policy.rule(["get", "list", "watch"], "apps", "statefulsets"),
    Policy.rule(["get", "list", "watch"], "policy", "poddisruptionbudgets"),
    Policy.rule(["get", "list", "watch"], "", "persistentvolumeclaims", "persistentvolumes"),
    Policy.rule(["create"], "authentication.k8s.io", "tokenreviews"),
    Policy.rule(["create"], "authorization.k8s.io", "subjectaccessreviews"),
    Policy.rule(["get", "list", "watch"], "storage.k8s.io", "csinodes", "csidrivers", "csistoragecapacities"),
    Policy.rule(["get", "list", "watch"], "", "namespaces"),
  ]

  /// Rights to approve and sign, one for each signer; and what a signing request of a kubelet has to come with so that
  /// it is approved by itself.
  private static var certificateRoles: [RbacV1.ClusterRole] {
    func signer(_ role: String, _ name: String) -> RbacV1.ClusterRole {
      Policy.clusterRole(
        "system:certificates.k8s.io:\(role)-approver",
        [Policy.rule(["approve"], ["certificates.k8s.io"], ["signers"], names: [name])])
    }
    return [
      Policy.clusterRole(
        "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
        [Policy.rule(["create"], "certificates.k8s.io", "certificatesigningrequests/nodeclient")]),
      Policy.clusterRole(
        "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
        [Policy.rule(["create"], "certificates.k8s.io", "certificatesigningrequests/selfnodeclient")]),
      // Beyond Kubernetes' own; see AutomaticApproval.
      Policy.clusterRole(
        "apus:certificatesigningrequests:selfnodeserver",
        [Policy.rule(["create"], "certificates.k8s.io", "certificatesigningrequests/selfnodeserver")]),
      Policy.clusterRole(
        "apus:certificatesigningrequests:nodeproxyclient",
        [Policy.rule(["create"], "certificates.k8s.io", "certificatesigningrequests/nodeproxyclient")]),
      Policy.clusterRole(
        "apus:controller:certificate-approver",
        [
          Policy.rule(
            ["approve"], ["certificates.k8s.io"], ["signers"],
            names: ["kubernetes.io/kube-apiserver-client", "kubernetes.io/kubelet-serving"])
        ]),
      // As kubeadm lets who joins see whether a name is free.
      Policy.clusterRole("apus:get-nodes", [Policy.rule(["get"], "", "nodes")]),
      signer("legacy-unknown", "kubernetes.io/legacy-unknown"),
      signer("kubelet-serving", "kubernetes.io/kubelet-serving"),
      signer("kube-apiserver-client", "kubernetes.io/kube-apiserver-client"),
      signer("kube-apiserver-client-kubelet", "kubernetes.io/kube-apiserver-client-kubelet"),
    ]
  }
}
