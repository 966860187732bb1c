import Access
import JSONDocument
import KubernetesAPI
import Testing

@Suite("What tokens mean")
struct TokenTests {
  static let now: Int64 = 1_800_000_000
  static let account = CoreV1.ServiceAccount(metadata: meta("runner", in: "shop", uid: "sa-1"))
  static let issuance = TokenIssuance(issuer: "https://issuer", audiences: ["api"])

  static func pod(_ account: String = "runner") -> CoreV1.Pod {
    var pod = CoreV1.Pod(metadata: meta("web", in: "shop", uid: "pod-1"))
    pod.spec.serviceAccountName = account
    pod.spec.nodeName = "n1"
    return pod
  }
  static let node = CoreV1.Node(metadata: meta("n1", uid: "node-1"))

  static func request(
    _ kind: String? = nil, uid: String = "", seconds: Int64? = nil, audiences: [String] = []
  ) -> AuthenticationV1.TokenRequest {
    var request = AuthenticationV1.TokenRequest()
    request.spec.audiences = audiences
    request.spec.expirationSeconds = seconds
    let names = ["Pod": "web", "Node": "n1", "Secret": "s"]
    if let kind {
      request.spec.boundObjectRef = .init(kind: kind, apiVersion: "v1", name: names[kind] ?? "x", uid: uid)
    }
    return request
  }

  private static func issue(
    _ request: AuthenticationV1.TokenRequest, _ bound: TokenIssuance.Bound? = nil,
    by issuance: TokenIssuance = issuance
  ) throws -> (ServiceAccountClaims, AuthenticationV1.TokenRequest) {
    try issuance.claims(for: try issuance.completed(request), account: account, bound: bound, id: "jti-1", now: now)
  }

  private static func refusal(
    _ request: AuthenticationV1.TokenRequest, _ bound: TokenIssuance.Bound? = nil
  ) -> TokenIssuance.Refusal? {
    do {
      _ = try issue(request, bound)
      return nil
    } catch { return error as? TokenIssuance.Refusal }
  }

  @Test("a request is answered with claims that say all that Kubernetes' tokens say")
  func claims() throws {
    let (claims, answer) = try Self.issue(Self.request("Pod", uid: "pod-1"), .pod(Self.pod(), node: Self.node))
    let text = String(decoding: claims.json.jsonBytes, as: UTF8.self)
    #expect(
      text
        == #"{"aud":["api"],"exp":1800003600,"iat":1800000000,"iss":"https://issuer","jti":"jti-1","#
        + #""kubernetes.io":{"namespace":"shop","node":{"name":"n1","uid":"node-1"},"pod":{"name":"web","uid":"pod-1"},"#
        + #""serviceaccount":{"name":"runner","uid":"sa-1"}},"nbf":1800000000,"#
        + #""sub":"system:serviceaccount:shop:runner"}"#)
    #expect(ServiceAccountClaims(json: claims.json) == claims)
    #expect(answer.status.expirationTimestamp == Time(secondsSinceEpoch: Self.now + 3600))
    #expect(answer.spec.expirationSeconds == 3600)
    #expect(answer.spec.audiences == ["api"])
    #expect(answer.metadata.name == "runner")
  }

  @Test("what a request may not ask for")
  func refusals() {
    #expect(
      Self.refusal(Self.request(seconds: 599))
        == .invalid(
          field: "spec.expirationSeconds", value: "599", text: "may not specify a duration less than 10 minutes"))
    #expect(
      Self.refusal(Self.request(seconds: 1 << 33))
        == .invalid(
          field: "spec.expirationSeconds", value: "8589934592",
          text: "may not specify a duration larger than 2^32 seconds"))
    #expect(
      Self.refusal(Self.request("Deployment"))
        == .badRequest("cannot bind token to object of type /v1, Kind=Deployment"))
    #expect(Self.refusal(Self.request("Pod")) == .notFound(resource: "pods", name: "web"))
    #expect(
      Self.refusal(Self.request("Pod"), .pod(Self.pod("other"), node: nil))
        == .badRequest(
          "cannot bind token for serviceaccount \"runner\" to pod running with different serviceaccount name."))
    guard
      case .conflict(kind: "Pod", name: "web", _) = Self.refusal(
        Self.request("Pod", uid: "old"), .pod(Self.pod(), node: nil))
    else { return #expect(Bool(false), "a stale UID is a conflict") }
  }

  @Test("lifetimes: limited, and longer for what kubelets project")
  func lifetimes() throws {
    let limited = TokenIssuance(issuer: "https://issuer", audiences: ["api"], lifetimeLimit: 1200)
    let (short, answer) = try Self.issue(Self.request(seconds: 7200), by: limited)
    #expect(short.expires == Self.now + 1200)
    #expect(answer.spec.expirationSeconds == 1200)
    let bound = TokenIssuance.Bound.pod(Self.pod(), node: Self.node)
    let (long, projected) = try Self.issue(Self.request("Pod", seconds: 3607), bound)
    #expect(long.expires == Self.now + 365 * 86_400)
    #expect(long.warnAfter == Self.now + 3607)
    #expect(projected.status.expirationTimestamp == Time(secondsSinceEpoch: Self.now + 3607))
    let (other, _) = try Self.issue(Self.request("Pod", seconds: 3607, audiences: ["vault"]), bound)
    #expect(other.expires == Self.now + 3607)
    let (unbound, _) = try Self.issue(Self.request(seconds: 3607))
    #expect(unbound.expires == Self.now + 3607)
  }

  private static let found: [ServiceAccountClaims.Dependency: ServiceAccountClaims.Existing] = [
    .serviceAccount(.init(namespace: "shop", name: "runner")): .init(uid: "sa-1"),
    .pod(.init(namespace: "shop", name: "web")): .init(uid: "pod-1"),
    .secret(.init(namespace: "shop", name: "s")): .init(uid: "secret-1"),
    .node("n1"): .init(uid: "node-1"),
  ]

  private static func check(
    _ claims: ServiceAccountClaims, at time: Int64 = now, for audiences: [String] = ["api"],
    _ change: (inout [ServiceAccountClaims.Dependency: ServiceAccountClaims.Existing]) -> Void = { _ in }
  ) -> Result<UserInfo, ServiceAccountClaims.Refusal> {
    var found = found
    change(&found)
    do {
      return .success(
        try claims.user(issuers: ["https://issuer"], audiences: audiences, now: time) { found[$0] }.user)
    } catch { return .failure(error) }
  }

  private static func fails(_ result: Result<UserInfo, ServiceAccountClaims.Refusal>) -> Bool {
    if case .failure = result { true } else { false }
  }

  @Test("what no object can save is refused without a look at any")
  func refusedAtOnce() throws {
    let (claims, _) = try Self.issue(Self.request("Pod", uid: "pod-1"), .pod(Self.pod(), node: Self.node))
    let audience = try #require(claims.audiences.first)
    func fits(_ issuer: String, _ audience: String, at time: Int64) -> Bool {
      (try? claims.fitting(issuers: [issuer], audiences: [audience], now: time)) == [audience]
    }
    let leeway = ServiceAccountClaims.leeway
    #expect(fits(claims.issuer, audience, at: claims.issuedAt) && fits(claims.issuer, audience, at: claims.expires))
    #expect(!fits("https://other", audience, at: claims.issuedAt) && !fits(claims.issuer, "x", at: claims.issuedAt))
    #expect(!fits(claims.issuer, audience, at: claims.expires + leeway + 1))
    #expect(!fits(claims.issuer, audience, at: claims.issuedAt - leeway - 1))
  }

  @Test("who comes with a token")
  func user() throws {
    let (claims, _) = try Self.issue(Self.request("Pod", uid: "pod-1"), .pod(Self.pod(), node: Self.node))
    let user = try Self.check(claims).get()
    #expect(user.name == "system:serviceaccount:shop:runner")
    #expect(user.uid == "sa-1")
    #expect(user.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"])
    #expect(
      user.extra == [
        "authentication.kubernetes.io/credential-id": ["JTI=jti-1"],
        "authentication.kubernetes.io/pod-name": ["web"], "authentication.kubernetes.io/pod-uid": ["pod-1"],
        "authentication.kubernetes.io/node-name": ["n1"], "authentication.kubernetes.io/node-uid": ["node-1"],
      ])
  }

  @Test("a token ends with its time, its audience and each object that it is bound to")
  func ends() throws {
    let pod = try Self.issue(Self.request("Pod"), .pod(Self.pod(), node: Self.node)).0
    let secret = try Self.issue(
      Self.request("Secret"), .secret(CoreV1.Secret(metadata: meta("s", in: "shop", uid: "secret-1")))
    ).0
    let node = try Self.issue(Self.request("Node"), .node(Self.node)).0
    let free = try Self.issue(Self.request()).0
    for claims in [pod, secret, node, free] {
      #expect(!Self.fails(Self.check(claims)))
      #expect(!Self.fails(Self.check(claims, at: Self.now + 3600)))
      #expect(Self.fails(Self.check(claims, at: Self.now + 3600 + 61)))
      #expect(Self.fails(Self.check(claims, at: Self.now - 61)))
      #expect(Self.fails(Self.check(claims, for: ["other"])))
      #expect(Self.fails(Self.check(claims, for: [])))
      #expect(
        Self.fails(Self.check(claims) { $0[.serviceAccount(.init(namespace: "shop", name: "runner"))] = nil }))
      #expect(
        Self.fails(
          Self.check(claims) { $0[.serviceAccount(.init(namespace: "shop", name: "runner"))] = .init(uid: "again") }))
      var foreign = claims
      foreign.issuer = "https://elsewhere"
      #expect(Self.fails(Self.check(foreign)))
    }
    let place = ObjectPlace(namespace: "shop", name: "web")
    #expect(Self.fails(Self.check(pod) { $0[.pod(place)] = nil }))
    #expect(Self.fails(Self.check(pod) { $0[.pod(place)] = .init(uid: "again") }))
    // A pod that is being deleted still ends its work.
    #expect(!Self.fails(Self.check(pod) { $0[.pod(place)] = .init(uid: "pod-1", deletedAt: Self.now - 30) }))
    #expect(Self.fails(Self.check(pod) { $0[.pod(place)] = .init(uid: "pod-1", deletedAt: Self.now - 61) }))
    // The pod's node may go: the token is the pod's.
    #expect(!Self.fails(Self.check(pod) { $0[.node("n1")] = nil }))
    #expect(Self.fails(Self.check(node) { $0[.node("n1")] = nil }))
    #expect(Self.fails(Self.check(secret) { $0[.secret(.init(namespace: "shop", name: "s"))] = nil }))
    #expect(!Self.fails(Self.check(free) { $0[.pod(place)] = nil }))
  }

  @Test("claims that lack something, or contradict themselves, are none")
  func malformed() throws {
    let good = try Self.issue(Self.request("Pod"), .pod(Self.pod(), node: Self.node)).0.json
    #expect(ServiceAccountClaims(json: good) != nil)
    func changed(_ change: (inout JSONValue) -> Void) -> ServiceAccountClaims? {
      var json = good
      change(&json)
      return ServiceAccountClaims(json: json)
    }
    #expect(changed { $0["aud"] = "api" }?.audiences == ["api"])
    #expect(changed { $0["exp"] = 1_800_003_600.5 }?.expires == 1_800_003_600)
    #expect(changed { $0["sub"] = "system:serviceaccount:kube-system:admin" } == nil)
    #expect(changed { $0["exp"] = nil } == nil)
    #expect(changed { $0["exp"] = "soon" } == nil)
    #expect(changed { $0["exp"] = 1e300 } == nil)
    #expect(changed { $0["aud"] = 7 } == nil)
    #expect(changed { $0["aud"] = ["api", 7] } == nil)
    #expect(changed { $0["iss"] = nil } == nil)
    #expect(changed { $0["kubernetes.io"] = nil } == nil)
    #expect(changed { $0["kubernetes.io"]?["serviceaccount"] = nil } == nil)
    // A binding that cannot be read must not become a token without one.
    #expect(changed { $0["kubernetes.io"]?["pod"] = ["name": "web"] } == nil)
    #expect(changed { $0["kubernetes.io"]?["pod"] = "web" } == nil)
  }

  @Test("base64url reads only what it would have written")
  func base64() {
    for bytes: [UInt8] in [[], [0], [255, 254], [1, 2, 3], [250, 251, 252, 253], Array(0...255)] {
      #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
    }
    #expect(Base64URL.encode([251, 255, 191]) == "-_-_")
    for text in ["A", "AA=", "AA==", "A+", "A/", "AB", "AAB", "A A", "AAAAA", "é"] {
      #expect(Base64URL.decode(text.utf8) == nil, "\(text)")
    }
  }

  // MARK: Bootstrap tokens

  static func secret(_ change: (inout CoreV1.Secret) -> Void = { _ in }) -> CoreV1.Secret {
    var secret = CoreV1.Secret(metadata: meta("bootstrap-token-abcdef", in: "kube-system"))
    secret.type = "bootstrap.kubernetes.io/token"
    secret.data = [
      "token-id": Array("abcdef".utf8), "token-secret": Array("0123456789abcdef".utf8),
      "usage-bootstrap-authentication": Array("true".utf8), "expiration": Array("2027-01-15T08:00:01Z".utf8),
      "auth-extra-groups": Array("system:bootstrappers:workers,system:bootstrappers:a-b:c".utf8),
    ]
    change(&secret)
    return secret
  }

  @Test("a bootstrap token lets in whom its secret says")
  func bootstrap() throws {
    let token = try #require(BootstrapToken("abcdef.0123456789abcdef"))
    #expect(token.secretName == "bootstrap-token-abcdef")
    let user = try #require(token.user(stored: Self.secret(), now: Self.now))
    #expect(user.name == "system:bootstrap:abcdef")
    #expect(
      user.groups == [
        "system:bootstrappers", "system:bootstrappers:a-b:c", "system:bootstrappers:workers", "system:authenticated",
      ])
    #expect(token.user(stored: Self.secret { $0.data["expiration"] = nil }, now: Self.now) != nil)
    let bad: [CoreV1.Secret?] = [
      nil, Self.secret { $0.data["token-secret"] = Array("0123456789abcdeX".utf8) },
      Self.secret { $0.data["token-secret"] = [] }, Self.secret { $0.data["token-id"] = Array("abcdeg".utf8) },
      Self.secret { $0.data["expiration"] = Array("2027-01-15T08:00:00Z".utf8) },
      Self.secret { $0.data["expiration"] = Array("tomorrow".utf8) },
      Self.secret { $0.data["usage-bootstrap-authentication"] = Array("yes".utf8) },
      Self.secret { $0.data["usage-bootstrap-authentication"] = nil },
      Self.secret { $0.data["auth-extra-groups"] = Array("system:masters".utf8) },
      Self.secret { $0.data["auth-extra-groups"] = Array("system:bootstrappers:".utf8) },
      Self.secret { $0.data["auth-extra-groups"] = Array("system:bootstrappers:a-".utf8) },
      Self.secret { $0.type = "Opaque" }, Self.secret { $0.metadata.namespace = "default" },
      Self.secret { $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1) },
    ]
    for (index, secret) in bad.enumerated() { #expect(token.user(stored: secret, now: Self.now) == nil, "\(index)") }
  }

  @Test(
    "what is no bootstrap token",
    arguments: [
      "", "abcdef", "abcdef.", "abcde.0123456789abcdef", "ABCDEF.0123456789abcdef", "abcdef.0123456789abcde",
      "abcdef.0123456789abcdef.", "abcdef.0123456789abcdeé", " abcdef.0123456789abcdef",
    ])
  func noBootstrap(_ text: String) { #expect(BootstrapToken(text) == nil) }
}
