import KubernetesAPI

// Roles for people and for everybody; the bindings of all but the controllers.

extension DefaultPolicy {
  static let generalRoles: [RbacV1.ClusterRole] = [
    Policy.clusterRole("cluster-admin", [Policy.rule(["*"], "*", "*"), Policy.paths(["*"], "*")]),
    Policy.clusterRole(
      "system:discovery",
      [
        Policy.paths(
          ["get"], "/livez", "/readyz", "/healthz", "/version", "/version/", "/openapi", "/openapi/*", "/api", "/api/*",
          "/apis", "/apis/*")
      ]),
    Policy.clusterRole(
      "system:public-info-viewer",
      [Policy.paths(["get"], "/livez", "/readyz", "/healthz", "/version", "/version/")]),
    Policy.clusterRole(
      "system:monitoring",
      [
        Policy.paths(
          ["get"], "/healthz", "/healthz/*", "/livez", "/livez/*", "/metrics", "/metrics/slis", "/readyz", "/readyz/*")
      ]),
    Policy.clusterRole(
      "system:basic-user",
      [
        Policy.rule(["create"], "authorization.k8s.io", "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
        Policy.rule(["create"], "authentication.k8s.io", "selfsubjectreviews"),
      ]),
    Policy.clusterRole(
      "system:service-account-issuer-discovery",
      [
        Policy.paths(
          ["get"], "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks",
          "/openid/v1/jwks/")
      ]),
  ]

  static let generalBindings: [RbacV1.ClusterRoleBinding] = [
    Policy.bind("cluster-admin", to: Policy.group(UserInfo.mastersGroup)),
    Policy.bind("system:monitoring", to: Policy.group("system:monitoring")),
    Policy.bind("system:discovery", to: Policy.group(UserInfo.authenticatedGroup)),
    Policy.bind("system:basic-user", to: Policy.group(UserInfo.authenticatedGroup)),
    Policy.bind(
      "system:public-info-viewer", to: Policy.group(UserInfo.authenticatedGroup),
      Policy.group(UserInfo.unauthenticatedGroup)),
    Policy.bind("system:service-account-issuer-discovery", to: Policy.group(ServiceAccountName.allGroup)),
    Policy.bind("system:node-proxier", to: Policy.user("system:kube-proxy")),
    Policy.bind("system:kube-controller-manager", to: Policy.user("system:kube-controller-manager")),
    Policy.bind("system:kube-dns", to: Policy.serviceAccount("kube-dns")),
    Policy.bind("system:kube-scheduler", to: Policy.user("system:kube-scheduler")),
    Policy.bind("system:volume-scheduler", to: Policy.user("system:kube-scheduler")),
    // Nodes are let in by the node authoriser; the binding exists, as in Kubernetes, and names nobody.
    RbacV1.ClusterRoleBinding(
      metadata: Policy.metadata("system:node"), subjects: [],
      roleRef: RbacV1.RoleRef(apiGroup: Policy.group, kind: "ClusterRole", name: "system:node")),
    // The front-ends' own access to kubelets: in Kubernetes the one who sets up a cluster makes this binding.
    Policy.bind("system:kubelet-api-admin", to: Policy.user(FixedAuthorizer.kubeletClientName)),
    // What lets a new machine join with a bootstrap token, as kubeadm sets it up.
    Policy.bind(
      "system:node-bootstrapper", to: Policy.group(BootstrapToken.group), named: "apus:kubelet-bootstrap"),
    Policy.bind(
      "system:certificates.k8s.io:certificatesigningrequests:nodeclient", to: Policy.group(BootstrapToken.group),
      named: "apus:node-autoapprove-bootstrap"),
    Policy.bind(
      "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", to: Policy.group(UserInfo.nodesGroup),
      named: "apus:node-autoapprove-certificate-rotation"),
    Policy.bind(
      "apus:certificatesigningrequests:selfnodeserver", to: Policy.group(UserInfo.nodesGroup),
      named: "apus:node-autoapprove-server"),
    Policy.bind(
      "apus:certificatesigningrequests:nodeproxyclient", to: Policy.group(UserInfo.nodesGroup),
      named: "apus:node-autoapprove-proxy"),
    Policy.bind("apus:get-nodes", to: Policy.group(BootstrapToken.group)),
    Policy.bind("apus:controller:certificate-approver", to: Policy.user("system:kube-controller-manager")),
  ]

  static let namespacedRoles: [RbacV1.Role] = [
    // Who serves an API by aggregation reads there how its requests are authenticated.
    Policy.role(
      "extension-apiserver-authentication-reader", in: "kube-system",
      [Policy.rule(Policy.read, [""], ["configmaps"], names: ["extension-apiserver-authentication"])]),
    Policy.role(
      "system:controller:bootstrap-signer", in: "kube-system", [Policy.rule(Policy.read, "", "secrets")]),
    Policy.role(
      "system:controller:cloud-provider", in: "kube-system",
      [Policy.rule(["create", "get", "list", "watch"], "", "configmaps")]),
    Policy.role(
      "system:controller:token-cleaner", in: "kube-system",
      [Policy.rule(Policy.read + ["delete"], "", "secrets"), Policy.events]),
    Policy.role(
      "system::leader-locking-kube-controller-manager", in: "kube-system",
      [
        Policy.rule(["watch"], "", "configmaps"),
        Policy.rule(["get", "update"], [""], ["configmaps"], names: ["kube-controller-manager"]),
      ]),
    Policy.role(
      "system::leader-locking-kube-scheduler", in: "kube-system",
      [
        Policy.rule(["watch"], "", "configmaps"),
        Policy.rule(["get", "update"], [""], ["configmaps"], names: ["kube-scheduler"]),
      ]),
    Policy.role(
      "system:controller:bootstrap-signer", in: "kube-public",
      [
        Policy.rule(Policy.read, "", "configmaps"),
        Policy.rule(["update"], [""], ["configmaps"], names: ["cluster-info"]),
        Policy.events,
      ]),
    // How a machine that has nothing but a token finds the cluster, and what it is told once it has shown the token.
    Policy.role(
      "apus:cluster-info", in: ClusterInfo.namespace,
      [Policy.rule(["get"], [""], ["configmaps"], names: [ClusterInfo.name])]),
    Policy.role(
      "apus:cluster-config", in: BootstrapToken.namespace,
      [Policy.rule(["get"], [""], ["configmaps"], names: [ClusterInfo.configName])]),
    publisher("apus:cluster-info-publisher", in: ClusterInfo.namespace, of: ClusterInfo.name),
    publisher("apus:cluster-config-publisher", in: BootstrapToken.namespace, of: ClusterInfo.configName),
  ]

  private static func publisher(_ role: String, in namespace: String, of name: String) -> RbacV1.Role {
    // What is created has no name yet, as far as rules see.
    Policy.role(
      role, in: namespace,
      [Policy.rule(["create"], "", "configmaps"), Policy.rule(["get", "update"], [""], ["configmaps"], names: [name])])
  }

  static let namespacedBindings: [RbacV1.RoleBinding] = [
    Policy.bind(
      role: "apus:cluster-info", in: ClusterInfo.namespace,
      to: [Policy.group(UserInfo.unauthenticatedGroup), Policy.group(UserInfo.authenticatedGroup)]),
    Policy.bind(
      role: "apus:cluster-config", in: BootstrapToken.namespace,
      to: [Policy.group(BootstrapToken.group), Policy.group(UserInfo.nodesGroup)]),
    Policy.bind(
      role: "apus:cluster-info-publisher", in: ClusterInfo.namespace,
      to: [Policy.user("system:kube-controller-manager")]),
    Policy.bind(
      role: "apus:cluster-config-publisher", in: BootstrapToken.namespace,
      to: [Policy.user("system:kube-controller-manager")]),
    Policy.bind(
      role: "extension-apiserver-authentication-reader", in: "kube-system",
      to: [Policy.user("system:kube-controller-manager"), Policy.user("system:kube-scheduler")],
      named: "system::extension-apiserver-authentication-reader"),
    Policy.bind(
      role: "system::leader-locking-kube-controller-manager", in: "kube-system",
      to: [Policy.user("system:kube-controller-manager"), Policy.serviceAccount("kube-controller-manager")]),
    Policy.bind(
      role: "system::leader-locking-kube-scheduler", in: "kube-system",
      to: [Policy.user("system:kube-scheduler"), Policy.serviceAccount("kube-scheduler")]),
    Policy.bind(
      role: "system:controller:bootstrap-signer", in: "kube-system", to: [Policy.serviceAccount("bootstrap-signer")]),
    Policy.bind(
      role: "system:controller:cloud-provider", in: "kube-system", to: [Policy.serviceAccount("cloud-provider")]),
    Policy.bind(
      role: "system:controller:token-cleaner", in: "kube-system", to: [Policy.serviceAccount("token-cleaner")]),
    Policy.bind(
      role: "system:controller:bootstrap-signer", in: "kube-public", to: [Policy.serviceAccount("bootstrap-signer")]),
  ]
}
