import Access
import KubernetesAPI
import Testing

@Suite("The default roles")
struct DefaultPolicyTests {
  static let table = DefaultPolicy.standard.table
  static let manager = person("system:kube-controller-manager")
  static let scheduler = person("system:kube-scheduler")
  static let proxy = person("system:kube-proxy")
  static let frontEnd = person("kube-apiserver-kubelet-client")
  static let admin = person("root", "system:masters")
  static let joiner = person("system:bootstrap:abcdef", "system:bootstrappers")
  static let node = person("system:node:n1", "system:nodes")
  static let collector = person("system:serviceaccount:kube-system:generic-garbage-collector", "system:serviceaccounts")

  static let decisions: [(UserInfo, AccessAttributes, Bool)] = [
    (admin, on("delete", "nodes", name: "n1"), true), (admin, path("get", "/metrics"), true),
    (person("x"), on("get", "pods", in: "default", name: "a"), false),
    (person("x"), path("get", "/apis/apps/v1"), true), (person("x"), path("get", "/openapi/v3"), true),
    (person("x"), path("get", "/metrics"), false),
    (person("x"), on("create", "selfsubjectaccessreviews", group: "authorization.k8s.io"), true),
    (person("x"), on("create", "selfsubjectreviews", group: "authentication.k8s.io"), true),
    (person("x"), on("create", "subjectaccessreviews", group: "authorization.k8s.io"), false),
    (.anonymous, path("get", "/healthz"), true), (.anonymous, path("get", "/version"), true),
    (.anonymous, path("get", "/api"), false), (.anonymous, path("post", "/healthz"), false),
    (manager, on("create", "pods", in: "default"), true),
    (manager, on("update", "deployments", group: "apps", sub: "status", in: "default", name: "a"), true),
    (manager, on("create", "replicasets", group: "apps", in: "default"), true),
    (manager, on("create", "endpointslices", group: "discovery.k8s.io", in: "default"), true),
    (manager, on("update", "namespaces", sub: "finalize", name: "a"), true),
    (manager, on("deletecollection", "widgets", group: "example.com", in: "a"), true),
    (
      manager, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "kube-controller-manager"),
      true
    ),
    (manager, on("create", "serviceaccounts", in: "a"), true), (manager, on("create", "nodes"), false),
    (manager, on("delete", "pods", in: "a", name: "b"), true), (manager, on("delete", "nodes", name: "b"), true),
    (manager, on("create", "clusterroles", group: "rbac.authorization.k8s.io"), false),
    (scheduler, on("create", "pods", sub: "binding", in: "default", name: "a"), true),
    (scheduler, on("watch", "nodes"), true), (scheduler, on("create", "pods", in: "default"), false),
    (scheduler, on("patch", "pods", sub: "status", in: "default", name: "a"), true),
    (scheduler, on("get", "secrets", in: "default", name: "a"), false),
    (scheduler, on("create", "leases", group: "coordination.k8s.io", in: "kube-system"), true),
    (scheduler, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "kube-scheduler"), true),
    (scheduler, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "other"), false),
    (scheduler, on("update", "persistentvolumeclaims", in: "default", name: "a"), true),
    (proxy, on("watch", "endpointslices", group: "discovery.k8s.io"), true), (proxy, on("list", "services"), true),
    (proxy, on("update", "services", in: "default", name: "a"), false),
    (frontEnd, on("get", "nodes", sub: "log", name: "n1"), true),
    (frontEnd, on("create", "nodes", sub: "proxy", name: "n1"), true),
    (frontEnd, on("get", "secrets", in: "a", name: "b"), false),
    (joiner, on("create", "certificatesigningrequests", group: "certificates.k8s.io"), true),
    (joiner, on("create", "certificatesigningrequests", group: "certificates.k8s.io", sub: "nodeclient"), true),
    (joiner, on("list", "pods"), false), (joiner, on("list", "nodes"), false),
    // Roles do not let nodes in: the node authoriser does.
    (node, on("list", "pods"), false), (node, on("get", "secrets", in: "a", name: "b"), false),
    (collector, on("delete", "widgets", group: "example.com", in: "a", name: "b"), true),
    (collector, on("create", "pods", in: "a"), false),
    (collector, path("get", "/openid/v1/jwks"), true), (person("x"), path("get", "/openid/v1/jwks"), false),
  ]

  @Test("each row", arguments: 0..<decisions.count)
  func row(_ index: Int) {
    let (user, attributes, allowed) = Self.decisions[index]
    #expect(Self.table.opinion(user, attributes).isAllowed == allowed, "\(user.name) \(attributes)")
  }

  /// What the fixed table lets the components do, their roles do too.
  @Test("no component loses what it may do today")
  func components() {
    let verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"]
    let things: [(String, String, String)] = [
      ("", "pods", ""), ("", "pods", "status"), ("", "pods", "binding"), ("", "pods", "eviction"), ("", "events", ""),
      ("", "endpoints", ""), ("", "services", ""), ("", "namespaces", ""), ("", "nodes", ""), ("", "nodes", "status"),
      ("", "serviceaccounts", ""), ("", "configmaps", ""), ("apps", "deployments", ""), ("apps", "replicasets", ""),
      ("apps", "replicasets", "status"), ("discovery.k8s.io", "endpointslices", ""),
      ("coordination.k8s.io", "leases", ""), ("events.k8s.io", "events", ""), ("batch", "jobs", ""),
      ("storage.k8s.io", "storageclasses", ""), ("policy", "poddisruptionbudgets", ""),
    ]
    // Creating these is no controller's business; the fixed table was generous.
    let generous: Set<String> = [
      "create namespaces", "create services", "create pods/eviction", "get endpoints", "get services",
      "get endpointslices",
      // The scheduler read all of a group where its role names what it needs.
      "get storageclasses", "watch csinodes",
    ]
    for user in [Self.manager, Self.scheduler, Self.proxy] {
      for verb in verbs {
        for (group, resource, sub) in things {
          let request = on(verb, resource, group: group, sub: sub, in: "a", name: verb == "create" ? "" : "b")
          guard FixedAuthorizer().decide(user, request) == .allowed else { continue }
          if generous.contains("\(verb) \(request.combinedResource)") { continue }
          #expect(Self.table.opinion(user, request).isAllowed, "\(user.name) \(verb) \(request.combinedResource)")
        }
      }
    }
  }

  private static func people(_ role: String) -> (RoleTable, UserInfo) {
    var table = Self.table
    table.set(binding("b", in: "shop", "ClusterRole", role, subject("User", "ann")))
    return (table, person("ann"))
  }

  @Test("view, edit and admin hold what they are documented to, and no more")
  func userFacing() {
    let steps: [(String, AccessAttributes, from: Int)] = [
      ("view", on("get", "pods", sub: "log", in: "shop", name: "a"), 0),
      ("view", on("list", "configmaps", in: "shop"), 0),
      ("view", on("watch", "deployments", group: "apps", in: "shop"), 0),
      ("edit", on("get", "secrets", in: "shop", name: "a"), 1), ("edit", on("create", "pods", in: "shop"), 1),
      ("edit", on("create", "pods", sub: "exec", in: "shop", name: "a"), 1),
      ("edit", on("patch", "deployments", group: "apps", sub: "scale", in: "shop", name: "a"), 1),
      ("edit", on("impersonate", "serviceaccounts", in: "shop", name: "a"), 1),
      ("edit", on("create", "serviceaccounts", sub: "token", in: "shop", name: "a"), 1),
      ("admin", on("create", "rolebindings", group: "rbac.authorization.k8s.io", in: "shop"), 2),
      ("admin", on("create", "localsubjectaccessreviews", group: "authorization.k8s.io", in: "shop"), 2),
      ("none", on("update", "resourcequotas", in: "shop", name: "a"), 3),
      ("none", on("delete", "namespaces", in: "shop", name: "shop"), 3),
      ("none", on("update", "pods", sub: "status", in: "shop", name: "a"), 3),
      ("none", on("get", "pods", in: "other", name: "a"), 3), ("none", on("list", "nodes"), 3),
    ]
    for (level, role) in ["view", "edit", "admin"].enumerated() {
      let (table, user) = Self.people(role)
      for step in steps {
        #expect(table.opinion(user, step.1).isAllowed == (level >= step.from), "\(role): \(step.1)")
      }
    }
  }

  @Test("every binding's role exists, names are unique, every object carries the label and the annotation")
  func consistent() {
    let policy = DefaultPolicy.standard
    let names = policy.clusterRoles.map(\.metadata.name)
    #expect(Set(names).count == names.count)
    let bindings = policy.clusterRoleBindings.map(\.metadata.name)
    #expect(Set(bindings).count == bindings.count)
    #expect(policy.clusterRoleBindings.allSatisfy { names.contains($0.roleRef.name) })
    for binding in policy.roleBindings {
      #expect(
        policy.roles.contains {
          $0.metadata.name == binding.roleRef.name && $0.metadata.namespace == binding.metadata.namespace
        }, "\(binding.metadata.name)")
    }
    let all =
      policy.clusterRoles.map(\.metadata) + policy.roles.map(\.metadata)
      + policy.clusterRoleBindings.map(\.metadata) + policy.roleBindings.map(\.metadata)
    #expect(all.allSatisfy { $0.labels["kubernetes.io/bootstrapping"] == "rbac-defaults" })
    #expect(all.allSatisfy { $0.annotations[DefaultPolicy.autoUpdateAnnotation] == "true" })
    for name in [
      "cluster-admin", "admin", "edit", "view", "system:node", "system:discovery", "system:basic-user",
      "system:public-info-viewer", "system:node-proxier", "system:node-bootstrapper", "system:kube-scheduler",
      "system:kube-controller-manager", "system:auth-delegator", "system:volume-scheduler",
      "system:controller:deployment-controller", "system:controller:namespace-controller",
    ] {
      #expect(names.contains(name), "\(name)")
    }
  }

  // MARK: Reconciliation

  @Test("what is missing is added, what was added stays, and what says so is left alone")
  func reconciliation() {
    let wanted = RbacV1.ClusterRole(
      metadata: meta("r", labels: ["l": "1"], annotations: [DefaultPolicy.autoUpdateAnnotation: "true"]),
      rules: [rule(["get", "list"], ["pods"]), rule(["get"], ["nodes"])])
    #expect(PolicyReconciliation.step(wanted, stored: nil) == .create(wanted))
    #expect(PolicyReconciliation.step(wanted, stored: wanted) == nil)

    var stored = wanted
    stored.metadata.resourceVersion = "7"
    stored.metadata.labels = ["own": "x"]
    stored.rules = [rule(["get"], ["nodes", "secrets"]), rule(["get"], ["pods"])]
    var expected = stored
    expected.metadata.labels = ["own": "x", "l": "1"]
    expected.rules.append(rule(["get", "list"], ["pods"]))
    #expect(PolicyReconciliation.step(wanted, stored: stored) == .update(expected))
    #expect(PolicyReconciliation.step(wanted, stored: expected) == nil)

    stored.metadata.annotations = [DefaultPolicy.autoUpdateAnnotation: "false"]
    #expect(PolicyReconciliation.step(wanted, stored: stored) == nil)
  }

  @Test("the rules of an aggregated role are its controller's")
  func aggregated() throws {
    let view = try #require(DefaultPolicy.standard.clusterRoles.first { $0.metadata.name == "view" })
    var stored = view
    stored.rules = [rule(["get"], ["pods"])]
    #expect(PolicyReconciliation.step(view, stored: stored) == nil)
    stored.aggregationRule = nil
    var expected = stored
    expected.aggregationRule = view.aggregationRule
    #expect(PolicyReconciliation.step(view, stored: stored) == .update(expected))
  }

  @Test("bindings get their subjects back; one with another role is made anew")
  func bindings() {
    let wanted = clusterBinding("b", "r", subject("Group", "g"), subject("User", "u"))
    var stored = clusterBinding("b", "r", .init(kind: "User", name: "u"), subject("User", "own"))
    var expected = stored
    expected.subjects.append(subject("Group", "g"))
    #expect(PolicyReconciliation.step(wanted, stored: stored) == .update(expected))
    stored.roleRef.name = "other"
    #expect(PolicyReconciliation.step(wanted, stored: stored) == .recreate(wanted))
    let local = binding("b", in: "shop", "Role", "r", subject("Group", "g"))
    #expect(PolicyReconciliation.step(local, stored: local) == nil)
    #expect(PolicyReconciliation.step(local, stored: nil) == .create(local))
  }
}
