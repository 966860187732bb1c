import Access
import KubernetesAPI
import Testing

@Suite("Reviews and impersonation")
struct ReviewTests {
  private static func problems(_ body: () throws -> Void) -> [AccessReviews.Problem] {
    do {
      try body()
      return []
    } catch { return (error as? AccessReviews.Problems)?.all ?? [] }
  }

  private static func fields(_ body: () throws -> Void) -> [String] { problems(body).map(\.field) }

  @Test("a SubjectAccessReview asks about somebody")
  func aboutSomebody() throws {
    var review = AuthorizationV1.SubjectAccessReview()
    review.spec.user = "ann"
    review.spec.groups = ["g"]
    review.spec.uid = "1"
    review.spec.extra = ["k": ["v"]]
    review.spec.resourceAttributes = .init(
      namespace: "shop", verb: "get", group: "apps", version: "v1", resource: "deployments", subresource: "scale",
      name: "a")
    let (user, attributes) = try AccessReviews.question(review)
    #expect(user == UserInfo(name: "ann", uid: "1", groups: ["g"], extra: ["k": ["v"]]))
    #expect(attributes == on("get", "deployments", group: "apps", sub: "scale", in: "shop", name: "a"))
    review.spec.nonResourceAttributes = .init(path: "/metrics", verb: "get")
    #expect(
      Self.problems { _ = try AccessReviews.question(review) } == [
        .init(
          "spec.nonResourceAttributes", value: #"{"path":"/metrics","verb":"get"}"#,
          text: "cannot be specified in combination with resourceAttributes")
      ])
    review.spec.resourceAttributes = nil
    #expect(try AccessReviews.question(review).attributes == path("get", "/metrics"))
    review.spec.nonResourceAttributes = nil
    #expect(
      Self.problems { _ = try AccessReviews.question(review) }.map(\.text)
        == ["exactly one of nonResourceAttributes or resourceAttributes must be specified"])
    review.spec.user = ""
    review.spec.groups = []
    review.metadata.name = "x"
    #expect(
      Self.fields { _ = try AccessReviews.question(review) } == ["spec.resourceAttributes", "spec.user", "metadata"])
  }

  @Test("a LocalSubjectAccessReview stays in its namespace")
  func local() throws {
    var review = AuthorizationV1.LocalSubjectAccessReview()
    review.spec.user = "ann"
    review.spec.resourceAttributes = .init(namespace: "shop", verb: "get", resource: "pods")
    #expect(try AccessReviews.question(review, in: "shop").attributes == on("get", "pods", in: "shop"))
    #expect(
      Self.fields { _ = try AccessReviews.question(review, in: "other") } == ["spec.resourceAttributes.namespace"])
    review.metadata.namespace = "shop"
    #expect(Self.fields { _ = try AccessReviews.question(review, in: "shop") }.isEmpty)
    review.metadata.uid = "1"
    #expect(Self.fields { _ = try AccessReviews.question(review, in: "shop") }.isEmpty)
    review.metadata.labels = ["a": "b"]
    #expect(Self.fields { _ = try AccessReviews.question(review, in: "shop") } == ["metadata"])
    review.metadata.labels = [:]
    review.spec.resourceAttributes = nil
    review.spec.nonResourceAttributes = .init(path: "/", verb: "get")
    #expect(Self.fields { _ = try AccessReviews.question(review, in: "shop") } == ["spec.nonResourceAttributes"])
  }

  @Test("field selectors count as far as they are equalities")
  func selectors() throws {
    var review = AuthorizationV1.SelfSubjectAccessReview()
    review.spec.resourceAttributes = .init(verb: "list", resource: "pods")
    review.spec.resourceAttributes?.fieldSelector = .init(
      requirements: [
        .init(key: "spec.nodeName", operator: "In", values: ["n1"]), .init(key: "a", operator: "NotIn", values: ["b"]),
        .init(key: "c", operator: "In", values: ["d", "e"]),
      ])
    #expect(
      try AccessReviews.question(review, of: person("x")).attributes.fields == ["spec.nodeName": "n1"])
    review.spec.resourceAttributes?.fieldSelector = .init(rawSelector: "spec.nodeName=n1")
    #expect(
      try AccessReviews.question(review, of: person("x")).attributes.fields == ["spec.nodeName": "n1"])
    review.spec.resourceAttributes?.fieldSelector = .init()
    #expect(Self.problems { _ = try AccessReviews.question(review, of: person("x")) }.map(\.kind) == [.required])
    #expect(AccessReviews.equalities(of: "a=b,c==d,e!=f,g,=h") == ["a": "b", "c": "d"])
    #expect(AccessReviews.equalities(of: "a=b,a=c") == [:])
    #expect(AccessReviews.equalities(of: "a=b,a=b") == ["a": "b"])
  }

  @Test("answers")
  func answers() {
    #expect(AccessReviews.status(.allow(reason: "r")) == .init(allowed: true, reason: "r"))
    #expect(AccessReviews.status(.noOpinion(reason: "")) == .init())
    let user = UserInfo(name: "ann", uid: "1", groups: ["g"], extra: ["k": ["v"]])
    #expect(
      AccessReviews.answer(.init(), of: user).status.userInfo
        == .init(username: "ann", uid: "1", groups: ["g"], extra: ["k": ["v"]]))
    var review = AuthenticationV1.TokenReview()
    review.spec.token = "t"
    #expect(AccessReviews.audiences(of: review, own: ["api"]) == ["api"])
    review.spec.audiences = ["b"]
    #expect(AccessReviews.audiences(of: review, own: ["api"]) == ["b"])
    let good = AccessReviews.answer(review, .success((user, ["api"])))
    #expect(good.status.authenticated && good.status.user.username == "ann" && good.status.audiences == ["api"])
    let bad = AccessReviews.answer(review, .failure(.init("it has expired")))
    #expect(!bad.status.authenticated && bad.status.error == "[invalid bearer token, it has expired]")
  }

  @Test("the rules of a node are said to be incomplete")
  func rules() {
    let roles = DefaultPolicy.standard.table
    let anybody = AccessPolicy.rules(for: person("x"), in: "shop", roles: roles)
    #expect(!anybody.incomplete)
    #expect(anybody.resourceRules.count == 2)
    #expect(AccessPolicy.rules(for: person("system:node:n1", "system:nodes"), in: "shop", roles: roles).incomplete)
  }

  @Test("masters, then nodes, then roles; all that is missing is said")
  func chain() {
    let policy = AccessPolicy(roles: DefaultPolicy.standard.table)
    #expect(policy.decide(person("root", "system:masters"), on("delete", "nodes", name: "a")) == .allowed)
    let node = person("system:node:n1", "system:nodes")
    #expect(policy.decide(node, on("patch", "nodes", sub: "status", name: "n1")) == .allowed)
    // By its role as an authenticated user.
    #expect(policy.decide(node, path("get", "/api")) == .allowed)
    #expect(
      policy.decide(node, on("get", "secrets", in: "shop", name: "a"))
        == .denied(
          reason: #"User "system:node:n1" cannot get resource "secrets" in API group "" in the namespace "shop": "#
            + "no relationship found between node 'n1' and this object"))
    // Whoever is not vouched for by the group is no node.
    #expect(policy.decide(person("system:node:n1"), on("create", "nodes")) != .allowed)
  }

  // MARK: Impersonation

  private static func asked(_ headers: (String, String)...) throws -> Impersonation? {
    try Impersonation(headers: headers.map { (name: $0.0, value: $0.1) })
  }

  @Test("each part of an impersonation has to be allowed")
  func checks() throws {
    #expect(try Self.asked(("Accept", "x")) == nil)
    let all = try #require(
      try Self.asked(
        ("Impersonate-User", "ann"), ("impersonate-group", "g1"), ("Impersonate-Group", "g2"),
        ("Impersonate-Extra-Scopes", "view"), ("Impersonate-Extra-example.com%2fteam", "red"),
        ("Impersonate-Uid", "u1")))
    #expect(
      all.user
        == UserInfo(
          name: "ann", uid: "u1", groups: ["g1", "g2", "system:authenticated"],
          extra: ["scopes": ["view"], "example.com/team": ["red"]]))
    #expect(
      all.checks == [
        on("impersonate", "users", name: "ann"), on("impersonate", "groups", name: "g1"),
        on("impersonate", "groups", name: "g2"),
        on("impersonate", "userextras", group: "authentication.k8s.io", sub: "example.com/team", name: "red"),
        on("impersonate", "userextras", group: "authentication.k8s.io", sub: "scopes", name: "view"),
        on("impersonate", "uids", group: "authentication.k8s.io", name: "u1"),
      ])
  }

  @Test("a service account brings its groups; anonymous is not authenticated")
  func implied() throws {
    let account = try #require(try Self.asked(("Impersonate-User", "system:serviceaccount:shop:runner")))
    #expect(account.checks == [on("impersonate", "serviceaccounts", in: "shop", name: "runner")])
    #expect(
      account.user.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"])
    let grouped = try #require(
      try Self.asked(("Impersonate-User", "system:serviceaccount:shop:runner"), ("Impersonate-Group", "g")))
    #expect(grouped.user.groups == ["g", "system:authenticated"])
    #expect(try Self.asked(("Impersonate-User", "system:anonymous"))?.user.groups == ["system:unauthenticated"])
    #expect(
      try Self.asked(("Impersonate-User", "x"), ("Impersonate-Group", "system:unauthenticated"))?.user.groups
        == ["system:unauthenticated"])
  }

  @Test("groups without a user are an error, not nobody")
  func malformed() {
    #expect(throws: Impersonation.Malformed.self) { try Self.asked(("Impersonate-Group", "system:masters")) }
    #expect(throws: Impersonation.Malformed.self) { try Self.asked(("Impersonate-Extra-a", "b")) }
    #expect(throws: Impersonation.Malformed.self) { try Self.asked(("Impersonate-Uid", "b"), ("Impersonate-User", "")) }
  }

  @Test("the default roles let administrators impersonate anybody, editors their service accounts")
  func whoMay() {
    var table = DefaultPolicy.standard.table
    table.set(binding("b", in: "shop", "ClusterRole", "edit", subject("User", "ann")))
    let policy = AccessPolicy(roles: table)
    #expect(policy.decide(person("ann"), on("impersonate", "serviceaccounts", in: "shop", name: "a")) == .allowed)
    #expect(
      policy.decide(person("ann"), on("impersonate", "users", name: "bob"))
        == .denied(reason: #"User "ann" cannot impersonate resource "users" in API group "" at the cluster scope"#))
  }
}

@Suite("Signers of certificates")
struct SignerRuleTests {
  @Test("a signer is allowed by its name, or with its whole domain")
  func signers() {
    var table = RoleTable()
    table.set(
      clusterRole("one", rule(["approve"], ["certificates.k8s.io"], ["signers"], names: ["example.com/server"])))
    table.set(clusterRole("all", rule(["sign"], ["certificates.k8s.io"], ["signers"], names: ["example.com/*"])))
    table.set(clusterBinding("one", "one", subject("User", "ann")))
    table.set(clusterBinding("all", "all", subject("User", "bob")))
    func allows(_ name: String, _ verb: SignerRule.Verb, _ signer: String) -> Bool {
      SignerRule.allows(verb, signer: signer) { table.opinion(person(name), $0).isAllowed }
    }
    #expect(allows("ann", .approve, "example.com/server"))
    #expect(!allows("ann", .approve, "example.com/client"))
    #expect(!allows("ann", .sign, "example.com/server"))
    #expect(allows("bob", .sign, "example.com/anything"))
    #expect(!allows("bob", .sign, "example.org/anything"))
    #expect(!allows("bob", .sign, "example.com"))
    #expect(!allows("bob", .approve, "example.com/server"))
  }

  @Test("the certificate controller may sign for kubelets, by its default role")
  func controller() {
    let table = DefaultPolicy.standard.table
    let user = person("system:kube-controller-manager")
    for signer in ["kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/kubelet-serving"] {
      #expect(SignerRule.allows(.sign, signer: signer) { table.opinion(user, $0).isAllowed })
    }
    #expect(!SignerRule.allows(.sign, signer: "example.com/x") { table.opinion(user, $0).isAllowed })
  }
}
