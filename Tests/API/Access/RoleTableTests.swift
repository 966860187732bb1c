import Access
import KubernetesAPI
import Testing

@Suite("Roles and bindings")
struct RoleTableTests {
  static let account = person("system:serviceaccount:build:robot", "system:serviceaccounts")

  static let table: RoleTable = {
    var table = RoleTable()
    table.set(clusterRole("reader", rule(["get", "list"], ["pods", "pods/log"])))
    table.set(clusterRole("scaler", rule(["update"], ["apps", "extensions"], ["*/scale"])))
    table.set(clusterRole("everything", rule(["*"], ["*"], ["*"])))
    table.set(clusterRole("one-map", rule(["get", "update"], ["configmaps"], names: ["settings"])))
    table.set(clusterRole("paths", rule(["get"], paths: ["/metrics", "/logs/*", "/exact/"])))
    table.set(RbacV1.Role(metadata: meta("writer", in: "shop"), rules: [rule(["create"], ["pods"])]))
    table.set(clusterBinding("readers", "reader", subject("Group", "readers")))
    table.set(clusterBinding("scalers", "scaler", subject("User", "sam")))
    table.set(clusterBinding("mappers", "one-map", subject("User", "mia")))
    table.set(clusterBinding("pathers", "paths", subject("User", "pat")))
    table.set(clusterBinding("robots", "reader", subject("ServiceAccount", "robot", in: "build")))
    table.set(binding("writers", in: "shop", "Role", "writer", subject("User", "will")))
    table.set(binding("owners", in: "shop", "ClusterRole", "everything", subject("User", "olga")))
    table.set(binding("local-robots", in: "build", "ClusterRole", "one-map", subject("ServiceAccount", "robot")))
    table.set(binding("dangling", in: "shop", "Role", "gone", subject("User", "dan")))
    return table
  }()

  static let decisions: [(UserInfo, AccessAttributes, Bool)] = [
    (person("rita", "readers"), on("get", "pods", in: "shop", name: "a"), true),
    (person("rita", "readers"), on("list", "pods"), true),
    (person("rita", "readers"), on("watch", "pods"), false),
    (person("rita", "readers"), on("get", "pods", sub: "log", in: "shop", name: "a"), true),
    (person("rita", "readers"), on("get", "pods", sub: "exec", in: "shop", name: "a"), false),
    (person("rita", "readers"), on("get", "pods", group: "metrics.k8s.io", in: "shop", name: "a"), false),
    (person("rita", "Readers"), on("list", "pods"), false),
    (person("readers"), on("list", "pods"), false),
    (person("sam"), on("update", "deployments", group: "apps", sub: "scale", in: "shop", name: "a"), true),
    (person("sam"), on("update", "statefulsets", group: "apps", sub: "scale", in: "shop", name: "a"), true),
    (person("sam"), on("update", "deployments", group: "apps", in: "shop", name: "a"), false),
    (person("sam"), on("update", "widgets", group: "example.com", sub: "scale", in: "shop", name: "a"), false),
    (person("mia"), on("get", "configmaps", in: "shop", name: "settings"), true),
    (person("mia"), on("get", "configmaps", in: "shop", name: "other"), false),
    // A list names no object, so a rule with names does not speak for it.
    (person("mia"), on("list", "configmaps", in: "shop"), false),
    (person("pat"), path("get", "/metrics"), true),
    (person("pat"), path("post", "/metrics"), false),
    (person("pat"), path("get", "/metrics/cadvisor"), false),
    (person("pat"), path("get", "/logs/"), true),
    (person("pat"), path("get", "/logs/kubelet.log"), true),
    (person("pat"), path("get", "/logs"), false),
    (person("pat"), path("get", "/exact"), false),
    (person("will"), on("create", "pods", in: "shop"), true),
    (person("will"), on("create", "pods", in: "other"), false),
    (person("will"), on("create", "pods"), false),
    (person("olga"), on("delete", "secrets", in: "shop", name: "a"), true),
    (person("olga"), on("create", "anything", group: "example.com", sub: "any", in: "shop"), true),
    (person("olga"), on("delete", "secrets", in: "other", name: "a"), false),
    (person("olga"), on("list", "nodes"), false),
    // Rules on resources say nothing of paths.
    (person("olga"), path("get", "/metrics"), false),
    (account, on("list", "pods", in: "shop"), true),
    (account, on("get", "configmaps", in: "build", name: "settings"), true),
    (account, on("get", "configmaps", in: "shop", name: "settings"), false),
    (person("system:serviceaccount:other:robot"), on("list", "pods", in: "shop"), false),
    (.anonymous, on("list", "pods"), false),
    (person("dan"), on("list", "pods", in: "shop"), false),
  ]

  @Test("each row", arguments: 0..<decisions.count)
  func row(_ index: Int) {
    let (user, attributes, allowed) = Self.decisions[index]
    #expect(Self.table.opinion(user, attributes).isAllowed == allowed, "\(user.name) \(attributes)")
  }

  @Test("an answer says by which binding")
  func reasons() {
    let rita = person("rita", "readers")
    #expect(
      Self.table.opinion(rita, on("list", "pods")).reason
        == #"RBAC: allowed by ClusterRoleBinding "readers" of ClusterRole "reader" to Group "readers""#)
    #expect(
      Self.table.opinion(person("will"), on("create", "pods", in: "shop")).reason
        == #"RBAC: allowed by RoleBinding "writers/shop" of Role "writer" to User "will""#)
    #expect(
      Self.table.opinion(Self.account, on("get", "configmaps", in: "build", name: "settings")).reason
        == #"RBAC: allowed by RoleBinding "local-robots/build" of ClusterRole "one-map" to ServiceAccount "robot/build""#
    )
    #expect(
      Self.table.opinion(person("dan"), on("list", "pods", in: "shop")).reason
        == #"RBAC: role.rbac.authorization.k8s.io "gone" not found"#)
    #expect(Self.table.opinion(person("nobody"), on("list", "pods")).reason == "")
  }

  @Test("a denial says who, what and where")
  func denials() {
    func text(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessDecision {
      AccessDecision(Self.table.opinion(user, attributes), of: user, on: attributes)
    }
    #expect(
      text(person("x"), on("list", "pods", in: "y"))
        == .denied(reason: #"User "x" cannot list resource "pods" in API group "" in the namespace "y""#))
    #expect(
      text(person("x"), on("update", "deployments", group: "apps", sub: "scale"))
        == .denied(
          reason: #"User "x" cannot update resource "deployments/scale" in API group "apps" at the cluster scope"#))
    #expect(
      text(person("x\"\n"), path("get", "/metrics")) == .denied(reason: #"User "x\"\n" cannot get path "/metrics""#))
    #expect(
      text(person("dan"), on("list", "pods", in: "shop"))
        == .denied(
          reason: #"User "dan" cannot list resource "pods" in API group "" in the namespace "shop": "#
            + #"RBAC: role.rbac.authorization.k8s.io "gone" not found"#))
  }

  @Test("roles and bindings come and go in any order")
  func changes() {
    var table = RoleTable()
    let user = person("ann")
    let request = on("get", "pods", in: "shop", name: "a")
    let bound = binding("b", in: "shop", "Role", "r", subject("User", "ann"), subject("User", "ann"))
    table.set(bound)
    #expect(!table.opinion(user, request).isAllowed)
    table.set(RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["get"], ["pods"])]))
    #expect(table.opinion(user, request).isAllowed)
    // The same binding for somebody else: the first subject has lost it.
    table.set(binding("b", in: "shop", "Role", "r", subject("User", "bob")))
    #expect(!table.opinion(user, request).isAllowed)
    #expect(table.opinion(person("bob"), request).isAllowed)
    table.set(bound)
    table.set(RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["list"], ["pods"])]))
    #expect(!table.opinion(user, request).isAllowed)
    table.set(RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["get"], ["pods"])]))
    #expect(table.opinion(user, request).isAllowed)
    table.removeRoleBinding("b", in: "other")
    table.removeClusterRoleBinding("b")
    table.removeClusterRole("r")
    #expect(table.opinion(user, request).isAllowed)
    table.removeRoleBinding("b", in: "shop")
    #expect(!table.opinion(user, request).isAllowed)
  }

  @Test("a cluster role binding cannot refer to a role of a namespace, nor any binding to other kinds")
  func references() {
    var table = RoleTable()
    table.set(RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["*"], ["*"], ["*"])]))
    table.set(clusterRole("r", rule(["*"], ["*"], ["*"])))
    table.set(
      RbacV1.ClusterRoleBinding(
        metadata: meta("b"), subjects: [subject("User", "ann")], roleRef: reference("Role", "r")))
    table.set(binding("b", in: "shop", "Other", "r", subject("User", "ann")))
    #expect(!table.opinion(person("ann"), on("get", "pods", in: "shop", name: "a")).isAllowed)
  }

  @Test("the rules of a user are those of everywhere and of the namespace")
  func rules() {
    let (rules, problem) = Self.table.rules(for: Self.account, in: "build")
    #expect(
      rules == [
        rule(["get", "list"], ["pods", "pods/log"]), rule(["get", "update"], ["configmaps"], names: ["settings"]),
      ])
    #expect(problem == "")
    #expect(
      Self.table.rules(for: person("dan"), in: "shop").problem == #"role.rbac.authorization.k8s.io "gone" not found"#)
    let status = RuleListing.status(rules + [rule(["get"], paths: ["/metrics"])])
    #expect(status.resourceRules.count == 2)
    #expect(status.resourceRules[1].resourceNames == ["settings"])
    #expect(status.nonResourceRules == [.init(verbs: ["get"], nonResourceURLs: ["/metrics"])])
    #expect(!status.incomplete)
    #expect(RuleListing.status([], problem: "x").incomplete)
  }

  @Test("an aggregated role takes the rules of those that its selectors match, once each, never its own")
  func aggregation() {
    let selector = MetaV1.LabelSelector(matchLabels: ["to": "view"])
    var sum = RbacV1.ClusterRole(
      metadata: meta("sum", labels: ["to": "view"]), rules: [rule(["delete"], ["pods"])],
      aggregationRule: .init(clusterRoleSelectors: [selector]))
    let b = RbacV1.ClusterRole(
      metadata: meta("b", labels: ["to": "view"]), rules: [rule(["get"], ["pods"]), rule(["get"], ["services"])])
    let a = RbacV1.ClusterRole(metadata: meta("a", labels: ["to": "view"]), rules: [rule(["get"], ["pods"])])
    let other = RbacV1.ClusterRole(metadata: meta("c", labels: ["to": "edit"]), rules: [rule(["update"], ["pods"])])
    let wanted = [rule(["get"], ["pods"]), rule(["get"], ["services"])]
    #expect(RoleAggregation.rules(of: sum, from: [b, sum, other, a]) == wanted)
    sum.rules = wanted
    #expect(RoleAggregation.rules(of: sum, from: [b, sum, other, a]) == nil)
    #expect(RoleAggregation.rules(of: a, from: [b, sum, other, a]) == nil)
    sum.aggregationRule = .init(clusterRoleSelectors: [])
    #expect(RoleAggregation.rules(of: sum, from: [b, a]) == [])
  }
}
