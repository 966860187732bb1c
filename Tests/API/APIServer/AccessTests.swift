import APIServer
import Access
import AccessTokens
import JSONDocument
import NIOHTTP1
import Registry
import StorageStandIn
import Testing
import Waiting

/// A front-end with roles, nodes' rights and tokens, as a process has them.
func withAuthority(
  _ body: (TestClient, ResourceRegistry, TokenKeys) async throws -> Void
) async throws {
  let host = try TestCertificates.shared.get().host("one")
  let authorizer = ClusterAuthorizer(logger: quiet)
  var environment = FrontEnd.environment(logger: quiet)
  environment.roleGuard = { authorizer.roleGuard(for: $0) }
  let registry = try ResourceRegistry(storage: InMemoryStorage(), configuration: .patient, environment: environment)
  let keys = TokenKeys(issuer: "https://kubernetes.default.svc.cluster.local", signing: .makeP256())
  let frontEnd = FrontEnd(
    configuration: .init(host: "127.0.0.1", port: 0, tls: try FrontEnd.serverTLS(host)), registry: registry,
    authorizer: authorizer, tokens: TokenService(registry: registry, keys: keys, logger: quiet), logger: quiet)
  let running = Task { await registry.run() }
  let following = Task { await authorizer.run(registry) }
  try await registry.waitUntilReady()
  try await FrontEnd.makeFirstObjects(registry, serviceAddress: "198.18.16.1", port: 6443, logger: quiet)
  try await makeDefaultAccount(registry)
  await FrontEnd.reconcilePolicy(registry, logger: quiet)
  let aggregating = Task { await FrontEnd.aggregateRoles(registry, logger: quiet) }
  let port = try await frontEnd.start()
  let client = try TestClient(.admin, port: port)
  let result: Result<Void, any Error>
  do { result = .success(try await body(client, registry, keys)) } catch { result = .failure(error) }
  try? await client.client.shutdown()
  await frontEnd.shutdown()
  for task in [aggregating, following, running] {
    task.cancel()
    await task.value
  }
  try result.get()
}

extension TestClient {
  fileprivate func post(_ path: String, _ document: JSONValue, as user: String, _ groups: String...) async throws
    -> Answer
  {
    var headers: HTTPHeaders = ["impersonate-user": user, "content-type": "application/json"]
    for group in groups { headers.add(name: "impersonate-group", value: group) }
    return try await send(.POST, path, text: document.description, headers: headers)
  }

  fileprivate func get(_ path: String, as user: String, _ groups: String...) async throws -> Answer {
    var headers: HTTPHeaders = ["impersonate-user": user]
    for group in groups { headers.add(name: "impersonate-group", value: group) }
    return try await send(.GET, path, headers: headers)
  }

  func bearing(_ token: String, _ method: HTTPMethod, _ path: String, _ text: String? = nil) async throws
    -> Answer
  {
    var headers: HTTPHeaders = ["authorization": "Bearer \(token)"]
    if text != nil { headers.add(name: "content-type", value: "application/json") }
    return try await send(method, path, text: text, headers: headers)
  }
}

@Suite("Who may do what, served")
struct AccessTests {
  static let rbac = "/apis/rbac.authorization.k8s.io/v1"
  static let pods = "/api/v1/namespaces/default/pods"

  private static func role(_ name: String, verbs: [JSONValue], resources: [JSONValue]) -> JSONValue {
    [
      "metadata": ["name": .string(name)],
      "rules": [["verbs": .array(verbs), "apiGroups": [""], "resources": .array(resources)]],
    ]
  }

  private static func binding(_ name: String, _ kind: String, _ role: String, user: String) -> JSONValue {
    [
      "metadata": ["name": .string(name)],
      "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": .string(kind), "name": .string(role)],
      "subjects": [["kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": .string(user)]],
    ]
  }

  @Test func rolesLetPeopleIn() async throws {
    try await withAuthority { admin, _, _ in
      let refused = try await admin.get(Self.pods, as: "ann")
      #expect(refused.code == 403 && refused["reason"] == "Forbidden")
      #expect(
        refused["message"]
          == #"pods is forbidden: User "ann" cannot list resource "pods" in API group "" in the namespace "default""#)
      let roles = "\(Self.rbac)/namespaces/default/roles"
      #expect(try await admin.post(roles, Self.role("reader", verbs: ["list"], resources: ["pods"])).code == 201)
      let bindings = "\(Self.rbac)/namespaces/default/rolebindings"
      #expect(try await admin.post(bindings, Self.binding("b", "Role", "reader", user: "ann")).code == 201)
      try await eventually("the binding holds") { try await admin.get(Self.pods, as: "ann").code == 200 }
      #expect(try await admin.get("/api/v1/namespaces/kube-system/pods", as: "ann").code == 403)
      #expect(try await admin.send(.DELETE, "\(bindings)/b").code == 200)
      try await eventually("the binding is gone") { try await admin.get(Self.pods, as: "ann").code == 403 }
    }
  }

  /// What a request is about is read from its method and path, and told to whoever may not do it.
  @Test func denialsSayWhatWasAsked() async throws {
    let inX = #"in API group "" in the namespace "x""#
    let table: [(method: HTTPMethod, path: String, sentence: String, name: String?)] = [
      (.GET, "/api/v1/namespaces/x/pods/p", #"get resource "pods" \#(inX)"#, "p"),
      (.GET, "/api/v1/watch/namespaces/x/pods/p", #"watch resource "pods" \#(inX)"#, "p"),
      (.GET, "/api/v1/watch/namespaces/x/pods", #"watch resource "pods" \#(inX)"#, nil),
      (.GET, "/api/v1/namespaces/x/pods", #"list resource "pods" \#(inX)"#, nil),
      (.GET, "/api/v1/namespaces/x/status", #"get resource "namespaces/status" \#(inX)"#, "x"),
      (.PUT, "/api/v1/namespaces/x/finalize", #"update resource "namespaces/finalize" \#(inX)"#, "x"),
      (.GET, "/api/v1/namespaces/x", #"get resource "namespaces" \#(inX)"#, "x"),
      (.GET, "/api/v1/namespaces", #"list resource "namespaces" in API group "" at the cluster scope"#, nil),
      (.GET, "/api/v1/pods?watch=False", #"list resource "pods" in API group "" at the cluster scope"#, nil),
      (.GET, "/api/v1/pods?watch=True", #"watch resource "pods" in API group "" at the cluster scope"#, nil),
      (
        .GET, "/api/v1/namespaces/x/pods?fieldSelector=metadata.name==a,metadata.name=b",
        #"list resource "pods" \#(inX)"#, nil
      ),
      (
        .DELETE, "/api/v1/namespaces/x/pods?fieldSelector=metadata.name=a",
        #"deletecollection resource "pods" \#(inX)"#, nil
      ),
      (.POST, "/api/v1/namespaces/x/pods/p/eviction", #"create resource "pods/eviction" \#(inX)"#, "p"),
      (
        .PATCH, "/apis/apps/v1/namespaces/x/deployments/d/scale",
        #"patch resource "deployments/scale" in API group "apps" in the namespace "x""#, "d"
      ),
      (.OPTIONS, "/api/v1/namespaces/x/pods", #"options resource "pods" \#(inX)"#, nil),
      (.GET, "/metrics", #"get path "/metrics""#, nil),
    ]
    try await withAuthority { admin, _, _ in
      for row in table {
        let refused = try await admin.send(row.method, row.path, text: nil, headers: ["impersonate-user": "ann"])
        #expect(refused.code == 403, "\(row.path): \(refused.text)")
        let message = refused["message"]?.stringValue ?? ""
        #expect(message.hasSuffix(#"User "ann" cannot \#(row.sentence)"#), "\(row.path): \(message)")
        // What is refused is the object, not a part of it.
        if let name = row.name, let kind = refused["details", "kind"]?.stringValue {
          #expect(!kind.contains("/") && message.contains(#" "\#(name)" is forbidden: "#), "\(row.path): \(message)")
        }
        #expect(refused["details", "name"]?.stringValue == row.name, "\(row.path): \(refused.text)")
      }
    }
  }

  /// A selector of one name makes a list or a watch a request about that object, but not the deletion of a collection.
  @Test func rulesForNamesCoverListsOfOneName() async throws {
    try await withAuthority { admin, _, _ in
      let maps = "/api/v1/namespaces/default/configmaps"
      #expect(try await admin.post(maps, ["metadata": ["name": "one"]]).code == 201)
      let role: JSONValue = [
        "metadata": ["name": "keeper"],
        "rules": [
          [
            "verbs": ["list", "deletecollection"], "apiGroups": [""], "resources": ["configmaps"],
            "resourceNames": ["one"],
          ]
        ],
      ]
      #expect(try await admin.post("\(Self.rbac)/namespaces/default/roles", role).code == 201)
      #expect(
        try await admin.post(
          "\(Self.rbac)/namespaces/default/rolebindings", Self.binding("b", "Role", "keeper", user: "ann")
        ).code == 201)
      let named = "\(maps)?fieldSelector=metadata.name%3Done"
      try await eventually("the binding holds") { try await admin.get(named, as: "ann").code == 200 }
      #expect(try await admin.get(maps, as: "ann").code == 403)
      #expect(try await admin.send(.DELETE, named, headers: ["impersonate-user": "ann"]).code == 403)
      #expect(try await admin.get("\(maps)/one").code == 200)
    }
  }

  @Test func theDefaultRolesAreThereAndPutTogether() async throws {
    try await withAuthority { admin, registry, _ in
      #expect(try await admin.get("\(Self.rbac)/clusterroles/cluster-admin").code == 200)
      #expect(try await admin.get("\(Self.rbac)/clusterrolebindings/system:kube-scheduler").code == 200)
      #expect(
        try await admin.get("\(Self.rbac)/namespaces/kube-system/roles/system:controller:token-cleaner").code == 200)
      for name in ["view", "edit", "admin"] {
        try await eventually("\(name) has rules") {
          try await admin.get("\(Self.rbac)/clusterroles/\(name)")["rules"]?.arrayValue?.isEmpty == false
        }
      }
      // What is taken away comes back at the next start; what an operator added stays.
      let path = "\(Self.rbac)/clusterroles/system:node-proxier"
      var changed = try await admin.get(path).json
      changed["rules"] = [["verbs": ["get"], "apiGroups": ["example.com"], "resources": ["widgets"]]]
      #expect(try await admin.put(path, changed).code == 200)
      await FrontEnd.reconcilePolicy(registry, logger: quiet)
      let rules = try await admin.get(path)["rules"]?.arrayValue ?? []
      #expect(rules.count > 3)
      #expect(rules.first?["resources"] == ["widgets"])
    }
  }

  @Test func nobodyGrantsWhatTheyDoNotHold() async throws {
    try await withAuthority { admin, _, _ in
      // Ann administers the namespace: she may write roles and bindings in it.
      let bindings = "\(Self.rbac)/namespaces/default/rolebindings"
      let roles = "\(Self.rbac)/namespaces/default/roles"
      #expect(try await admin.post(bindings, Self.binding("ann", "ClusterRole", "admin", user: "ann")).code == 201)
      let mine = Self.role("mine", verbs: ["get"], resources: ["pods"])
      try await eventually("ann administers the namespace") {
        let code = try await admin.post(roles, mine, as: "ann").code
        return code == 201 || code == 409
      }
      let tooMuch = try await admin.post(
        roles, Self.role("more", verbs: ["get"], resources: ["nodes"]), as: "ann")
      #expect(tooMuch.code == 403)
      let message = tooMuch["message"]?.stringValue ?? ""
      #expect(
        message.contains("is attempting to grant RBAC permissions not currently held:\n")
          && message.hasSuffix(#"{APIGroups:[""], Resources:["nodes"], Verbs:["get"]}"#), "\(message)")
      #expect(
        try await admin.post(bindings, Self.binding("x", "ClusterRole", "cluster-admin", user: "ann"), as: "ann").code
          == 403)
      #expect(
        try await admin.post(bindings, Self.binding("y", "ClusterRole", "view", user: "bob"), as: "ann").code == 201)
      #expect(
        try await admin.post(bindings, Self.binding("z", "Role", "nowhere", user: "bob"), as: "ann").code == 404)
      // Neither by an update nor by a patch.
      var wider = Self.role("mine", verbs: ["*"], resources: ["*"])
      wider["metadata"]?["namespace"] = "default"
      let headers: HTTPHeaders = ["impersonate-user": "ann", "content-type": "application/json"]
      #expect(try await admin.send(.PUT, "\(roles)/mine", text: wider.description, headers: headers).code == 403)
      let patching: HTTPHeaders = ["impersonate-user": "ann", "content-type": "application/merge-patch+json"]
      #expect(
        try await admin.send(
          .PATCH, "\(roles)/mine", text: #"{"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}"#,
          headers: patching
        ).code == 403)
      #expect(try await admin.get("\(roles)/mine")["rules"]?.arrayValue?.first?["verbs"] == ["get"])
    }
  }

  @Test func impersonationIsAsked() async throws {
    try await withAuthority { admin, _, _ in
      let whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
      let me = try await admin.send(
        .POST, whoami, text: "{}",
        headers: [
          "impersonate-user": "ann", "impersonate-group": "g", "impersonate-uid": "7", "impersonate-extra-team": "red",
        ])
      #expect(me["status", "userInfo", "username"] == "ann")
      #expect(me["status", "userInfo", "groups"] == ["g", "system:authenticated"])
      #expect(me["status", "userInfo", "uid"] == "7")
      #expect(me["status", "userInfo", "extra", "team"] == ["red"])
      try await withClient(.unknown, port: admin.port) { somebody in
        let refused = try await somebody.get("/api", as: "ann")
        #expect(
          refused["message"]
            == #"users "ann" is forbidden: User "somebody" cannot impersonate resource "users" in API group "" at the cluster scope"#
        )
        #expect(refused.code == 403)
      }
      let alone = try await admin.send(.GET, "/api", headers: ["impersonate-group": "system:masters"])
      #expect(alone.code == 500)
    }
  }

  @Test func reviewsAnswer() async throws {
    try await withAuthority { admin, _, _ in
      let authorization = "/apis/authorization.k8s.io/v1"
      let question: JSONValue = [
        "spec": ["user": "ann", "resourceAttributes": ["verb": "list", "resource": "pods", "namespace": "default"]]
      ]
      let no = try await admin.post("\(authorization)/subjectaccessreviews", question)
      #expect(no.code == 201 && no["status", "allowed"] == false)
      #expect(no["kind"] == "SubjectAccessReview" && no["spec", "user"] == "ann")
      let local = "\(authorization)/namespaces/default/localsubjectaccessreviews"
      #expect(try await admin.post(local, question)["status", "allowed"] == false)
      #expect(
        try await admin.post("\(authorization)/namespaces/kube-system/localsubjectaccessreviews", question).code == 422)
      let bad = try await admin.post("\(authorization)/subjectaccessreviews", ["spec": ["user": "ann"]])
      #expect(bad.code == 422 && bad["reason"] == "Invalid")
      #expect(bad["details", "causes"]?.arrayValue?.first?["field"] == "spec.resourceAttributes")
      let yes = try await admin.post(
        "\(authorization)/subjectaccessreviews",
        [
          "spec": [
            "user": "system:kube-scheduler",
            "resourceAttributes": ["verb": "create", "resource": "pods", "subresource": "binding", "namespace": "a"],
          ]
        ])
      #expect(yes["status", "allowed"] == true)
      #expect(yes["status", "reason"]?.stringValue?.hasPrefix("RBAC: allowed by ClusterRoleBinding") == true)
      let list = try await admin.post(
        "\(authorization)/selfsubjectrulesreviews", ["spec": ["namespace": "default"]])
      #expect(list.code == 201 && list["status", "incomplete"] == false)
      let rules = list["status", "resourceRules"]?.arrayValue ?? []
      #expect(rules.contains { $0["verbs"] == ["*"] && $0["resources"] == ["*"] })
      #expect(try await admin.post("\(authorization)/selfsubjectrulesreviews", ["spec": [:]]).code == 400)
      // Whoever is not allowed to ask about others is told so.
      #expect(try await admin.post("\(authorization)/subjectaccessreviews", question, as: "ann").code == 403)
      #expect(
        try await admin.post(
          "\(authorization)/selfsubjectaccessreviews",
          ["spec": ["nonResourceAttributes": ["verb": "get", "path": "/api"]]], as: "ann")["status", "allowed"] == true)
    }
  }

  @Test func serviceAccountsComeWithTokens() async throws {
    try await withAuthority { admin, _, keys in
      let accounts = "/api/v1/namespaces/default/serviceaccounts"
      #expect(try await admin.post(accounts, ["metadata": ["name": "robot"]]).code == 201)
      let issued = try await admin.post("\(accounts)/robot/token", ["spec": ["expirationSeconds": 600]])
      #expect(issued.code == 201 && issued["kind"] == "TokenRequest")
      let token = try #require(issued["status", "token"]?.stringValue)
      #expect(try await admin.post("\(accounts)/nobody/token", [:]).code == 404)
      #expect(try await admin.post("\(accounts)/robot/token", ["spec": ["expirationSeconds": 5]]).code == 422)
      #expect(
        try await admin.post(
          "\(accounts)/robot/token",
          ["spec": ["boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "none"]]]
        ).code == 404)
      let whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
      try await withClient(.nobody, port: admin.port) { robot in
        let me = try await robot.bearing(token, .POST, whoami, "{}")
        #expect(me["status", "userInfo", "username"] == "system:serviceaccount:default:robot")
        #expect(me["status", "userInfo", "groups"]?.arrayValue?.contains("system:serviceaccounts") == true)
        let refused = try await robot.bearing(token, .GET, Self.pods)
        #expect(refused.code == 403)
        #expect(refused["message"]?.stringValue?.contains(#"User "system:serviceaccount:default:robot""#) == true)
        // Others' keys, other audiences, changed tokens.
        let claims = try keys.claims(of: token)
        let foreign = TokenKeys(issuer: keys.issuer, signing: .makeP256())
        var elsewhere = claims
        elsewhere.audiences = ["somebody-else"]
        var late = claims
        late.expires = 1
        let refusedTokens = [
          try foreign.token(claims), token + "x", "none", "a.b.c", try keys.token(elsewhere), try keys.token(late),
        ]
        for bad in refusedTokens {
          let answer = try await robot.bearing(bad, .GET, "/api")
          #expect(answer.code == 401 && answer["reason"] == "Unauthorized", "\(answer.text)")
        }
        let documents = try await robot.bearing(token, .GET, "/.well-known/openid-configuration")
        #expect(documents["issuer"]?.stringValue == keys.issuer)
        let set = try await robot.bearing(token, .GET, "/openid/v1/jwks")
        #expect(set.headers.first(name: "content-type") == "application/jwk-set+json")
        #expect(set["keys"]?.arrayValue?.count == 1)
      }
      let reviews = "/apis/authentication.k8s.io/v1/tokenreviews"
      let good = try await admin.post(reviews, ["spec": ["token": .string(token)]])
      #expect(good["status", "authenticated"] == true)
      #expect(good["status", "user", "username"] == "system:serviceaccount:default:robot")
      let wrong = try await admin.post(reviews, ["spec": ["token": .string(token), "audiences": ["vault"]]])
      #expect(wrong["status", "authenticated"] != true && wrong["status", "error"] != nil)
      let empty = try await admin.post(reviews, ["spec": [:]])
      #expect(empty.code == 400 && empty["message"] == "token is required for TokenReview in authentication")
      // With its account the token ends.
      #expect(try await admin.send(.DELETE, "\(accounts)/robot").code == 200)
      try await withClient(.nobody, port: admin.port) { robot in
        try await eventually("the token has ended") {
          try await robot.bearing(token, .POST, whoami, "{}").code == 401
        }
      }
    }
  }

  @Test func machinesJoinWithBootstrapTokens() async throws {
    try await withAuthority { admin, _, _ in
      let secrets = "/api/v1/namespaces/kube-system/secrets"
      let secret: JSONValue = [
        "metadata": ["name": "bootstrap-token-abcdef"], "type": "bootstrap.kubernetes.io/token",
        "stringData": [
          "token-id": "abcdef", "token-secret": "0123456789abcdef", "usage-bootstrap-authentication": "true",
        ],
      ]
      #expect(try await admin.post(secrets, secret).code == 201)
      try await withClient(.nobody, port: admin.port) { machine in
        let whoami = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
        try await eventually("the token is known") {
          try await machine.bearing("abcdef.0123456789abcdef", .POST, whoami, "{}")["status", "userInfo", "username"]
            == "system:bootstrap:abcdef"
        }
        #expect(try await machine.bearing("abcdef.0123456789abcdee", .GET, "/api").code == 401)
        #expect(try await machine.bearing("abcdef.0123456789abcdef", .GET, Self.pods).code == 403)
      }
    }
  }

  @Test func kubeletsReadWhatTheirPodsNeed() async throws {
    try await withAuthority { admin, _, _ in
      for name in ["mine", "theirs"] {
        #expect(
          try await admin.post("/api/v1/namespaces/default/secrets", ["metadata": ["name": .string(name)]]).code == 201)
      }
      #expect(
        try await admin.post(
          Self.pods,
          [
            "metadata": ["name": "web"],
            "spec": [
              "nodeName": "one", "containers": [["name": "c", "image": "i"]],
              "volumes": [["name": "v", "secret": ["secretName": "mine"]]],
            ],
          ]
        ).code == 201)
      try await withClient(.node, port: admin.port) { node in
        try await eventually("the node reads its pod's secret") {
          try await node.get("/api/v1/namespaces/default/secrets/mine").code == 200
        }
        let refused = try await node.get("/api/v1/namespaces/default/secrets/theirs")
        #expect(refused.code == 403)
        #expect(
          refused["message"]?.stringValue?.hasSuffix("no relationship found between node 'one' and this object") == true
        )
        #expect(try await node.get("/api/v1/namespaces/default/secrets").code == 403)
        #expect(try await node.get("/api/v1/pods?fieldSelector=spec.nodeName%3Done").code == 200)
        #expect(try await node.get("/api/v1/pods").code == 403)
      }
    }
  }

  private static func wish(_ audiences: [JSONValue], pod: String) -> String {
    let document: JSONValue = [
      "spec": [
        "audiences": .array(audiences),
        "boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "web", "uid": .string(pod)],
      ]
    ]
    return document.description
  }

  /// A kubelet gets tokens for whom its pods' volumes name, for whom their drivers want them, and for whom a role says.
  @Test func kubeletsGetTokensForTheAudiencesOfTheirPods() async throws {
    try await withAuthority { admin, _, _ in
      let driver: JSONValue = [
        "metadata": ["name": "disk.example.com"], "spec": ["tokenRequests": [["audience": "disk"]]],
      ]
      #expect(try await admin.post("/apis/storage.k8s.io/v1/csidrivers", driver).code == 201)
      let vault: JSONValue = [
        "name": "v", "projected": ["sources": [["serviceAccountToken": ["path": "token", "audience": "vault"]]]],
      ]
      let disk: JSONValue = ["name": "d", "csi": ["driver": "disk.example.com"]]
      let made = try await admin.post(
        Self.pods,
        [
          "metadata": ["name": "web"],
          "spec": ["nodeName": "one", "containers": [["name": "c", "image": "i"]], "volumes": [vault, disk]],
        ])
      #expect(made.code == 201, "\(made.text)")
      let pod = try #require(made["metadata", "uid"]?.stringValue)
      let path = "/api/v1/namespaces/default/serviceaccounts/default/token"
      try await withClient(.node, port: admin.port) { node in
        try await eventually("the pod is known to be the node's") {
          try await node.send(.POST, path, text: Self.wish(["vault"], pod: pod)).code == 201
        }
        #expect(try await node.send(.POST, path, text: Self.wish(["disk"], pod: pod)).code == 201)
        let others: [[JSONValue]] = [[], ["bank"], ["vault", "disk"]]
        for audiences in others {
          let refused = try await node.send(.POST, path, text: Self.wish(audiences, pod: pod))
          #expect(refused.code == 403, "\(audiences): \(refused.text)")
        }
        let role: JSONValue = [
          "metadata": ["name": "banking"],
          "rules": [
            ["verbs": ["request-serviceaccounts-token-audience"], "apiGroups": [""], "resources": ["bank"]]
          ],
        ]
        #expect(try await admin.post("\(Self.rbac)/clusterroles", role).code == 201)
        let binding = Self.binding("banking", "ClusterRole", "banking", user: "system:node:one")
        #expect(try await admin.post("\(Self.rbac)/clusterrolebindings", binding).code == 201)
        try await eventually("the role holds") {
          try await node.send(.POST, path, text: Self.wish(["bank"], pod: pod)).code == 201
        }
      }
    }
  }
}
