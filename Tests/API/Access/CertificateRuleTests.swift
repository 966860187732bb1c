import Access
import KubernetesAPI
import Testing

@Suite("Certificates on request")
struct CertificateRuleTests {
  static let serving = ["digital signature", "server auth"]
  static let client = ["digital signature", "client auth"]

  static func node(
    _ name: String = "system:node:n1", _ organizations: [String] = ["system:nodes"], dns: [String] = [],
    ip: [String] = [], email: [String] = [], uri: [String] = [], _ usages: [String] = client
  ) -> RequestedCertificate {
    RequestedCertificate(
      commonName: name, organizations: organizations, dnsNames: dns, addresses: ip, emailAddresses: email, uris: uri,
      usages: usages)
  }

  // MARK: Signers

  /// A request, and a part of what the signer says against it; "" for one that it signs.
  static let signed: [(CertificateSigner, RequestedCertificate, String)] = [
    (.kubeletClient, node(), ""),
    (.kubeletClient, node("system:node:n1", ["system:nodes"], client + ["key encipherment"]), ""),
    (.kubeletClient, node("system:node:n1", []), "organization"),
    (.kubeletClient, node("system:node:n1", ["system:nodes", "system:masters"]), "organization"),
    (.kubeletClient, node("system:node:n1", ["system:nodes", "system:nodes"]), "organization"),
    (.kubeletClient, node("system:node:"), "common name"), (.kubeletClient, node("n1"), "common name"),
    (.kubeletClient, node("system:node:n1", ["system:nodes"], ["client auth"]), "usages"),
    (.kubeletClient, node("system:node:n1", ["system:nodes"], serving), "usages"),
    (.kubeletClient, node("system:node:n1", ["system:nodes"], client + ["server auth"]), "usages"),
    (.kubeletClient, node(dns: ["n1"]), "DNS"), (.kubeletClient, node(ip: ["192.0.2.1"]), "IP"),
    (.kubeletClient, node(email: ["a@b"]), "Email"), (.kubeletClient, node(uri: ["urn:a"]), "URI"),

    (.kubeletServing, node(dns: ["n1"], serving), ""), (.kubeletServing, node(ip: ["192.0.2.1"], serving), ""),
    (.kubeletServing, node(dns: ["n1"], serving + ["key encipherment"]), ""),
    (.kubeletServing, node("system:node:n1", ["system:nodes"], serving), "subjectAltName is required"),
    (.kubeletServing, node(dns: ["n1"], client), "usages"),
    (.kubeletServing, node(dns: ["n1"], serving + ["client auth"]), "usages"),
    (.kubeletServing, node(dns: ["n1"], email: ["a@b"], serving), "Email"),
    (.kubeletServing, node(dns: ["n1"], uri: ["urn:a"], serving), "URI"),
    (.kubeletServing, node("web", dns: ["n1"], serving), "common name"),
    (.kubeletServing, node("system:node:n1", ["ops"], dns: ["n1"], serving), "organization"),

    (.client, node("ann", ["ops"], client), ""), (.client, node("ann", [], ["client auth"]), ""),
    (.client, node("ann", [], dns: ["a"], email: ["a@b"], client + ["key encipherment"]), ""),
    (.client, node("", [], client), ""), (.client, node("ann", [], ["digital signature"]), "client auth"),
    (.client, node("ann", [], client + ["server auth"]), "server auth"),
    (.client, node("ann", [], client + ["any"]), "any"),
    (.client, node("ann", ["ops", "system:masters"], client), "system:masters"),
  ]

  @Test("what each signer signs", arguments: 0..<signed.count)
  func signers(_ row: Int) {
    let (signer, request, problem) = Self.signed[row]
    let found = signer.problem(with: request)
    #expect(problem.isEmpty ? found == nil : found?.contains(problem) == true, "\(row): \(found ?? "nothing")")
  }

  @Test("how long certificates hold")
  func lifetimes() {
    #expect(CertificateSigner.lifetime(requested: nil, longest: 1000) == 1000)
    #expect(CertificateSigner.lifetime(requested: 700, longest: 1000) == 700)
    #expect(CertificateSigner.lifetime(requested: 5000, longest: 1000) == 1000)
    #expect(CertificateSigner.lifetime(requested: 1, longest: 1000) == 600)
    #expect(CertificateSigner.lifetime(requested: .max, longest: 1000) == 1000)
  }

  // MARK: Approval

  static let cluster = ClusterNames(
    hosts: ["control": "192.0.2.10"], nodes: ["n1", "n2"], nodesByAddress: ["192.0.2.1": ["n1"], "192.0.2.2": ["n2"]],
    isReserved: { $0.hasPrefix("127.") || $0.hasPrefix("10.") || $0.contains(":") })

  static func verdict(_ signer: CertificateSigner, _ request: RequestedCertificate, by author: String) -> String {
    switch AutomaticApproval.verdict(signer: signer, request, author: author, cluster: cluster) {
    case .ask(let checks): checks.map(\.subresource).joined(separator: " ")
    case .left(let reason): "left: \(reason)"
    case .notOurs: "not ours"
    }
  }

  static let joiner = "system:bootstrap:abcdef"
  static let proxy = RequestedCertificate(commonName: "system:kube-proxy", usages: client)

  static let approvals: [(CertificateSigner, RequestedCertificate, String, String)] = [
    (.kubeletClient, node("system:node:n3"), joiner, "nodeclient"),
    (.kubeletClient, node(), "system:node:n1", "selfnodeclient"),
    // A token makes nobody a node that is there already, nor one of the cluster's own hosts.
    (.kubeletClient, node(), joiner, "left: there is a node n1"),
    (.kubeletClient, node(), "system:node:n2", "left: there is a node n1"),
    (.kubeletClient, node("system:node:control"), joiner, "left: control is the name of a host"),
    (.kubeletClient, node("system:node:control"), "system:node:control", "selfnodeclient"),
    // What the signer would not sign is not approved either.
    (.kubeletClient, node("system:node:n3", ["system:masters"]), joiner, "not ours"),
    (.kubeletClient, node("system:node:n3", dns: ["n3"]), joiner, "not ours"),
    (.kubeletClient, node("system:node:n3", serving), joiner, "not ours"),

    (.kubeletServing, node(dns: ["n1"], ip: ["192.0.2.1"], serving), "system:node:n1", "selfnodeserver"),
    // Not registered yet, an address that nobody has.
    (
      .kubeletServing, node("system:node:n3", dns: ["n3"], ip: ["192.0.2.3"], serving), "system:node:n3",
      "selfnodeserver"
    ),
    (.kubeletServing, node(dns: ["n1"], serving), joiner, "not ours"),
    (.kubeletServing, node(dns: ["n1"], serving), "system:node:n2", "not ours"),
    (.kubeletServing, node(dns: ["n2"], serving), "system:node:n1", "left: the name n2"),
    (.kubeletServing, node(dns: ["n1", "*.n1"], serving), "system:node:n1", "left: the name *.n1"),
    (.kubeletServing, node(ip: ["192.0.2.2"], serving), "system:node:n1", "left: 192.0.2.2 is the address of the node"),
    (
      .kubeletServing, node(ip: ["192.0.2.10"], serving), "system:node:n1", "left: 192.0.2.10 is the address of control"
    ),
    (.kubeletServing, node(ip: ["127.0.0.1"], serving), "system:node:n1", "left: 127.0.0.1"),
    (.kubeletServing, node(ip: ["10.96.0.1"], serving), "system:node:n1", "left: 10.96.0.1"),
    (.kubeletServing, node(ip: ["0:0:0:0:0:0:0:1"], serving), "system:node:n1", "left: 0:0"),
    (
      .kubeletServing, node("system:node:kubernetes", dns: ["kubernetes"], serving), "system:node:kubernetes",
      "left: kubernetes is a name of the API"
    ),
    (
      .kubeletServing, node("system:node:localhost", dns: ["localhost"], serving), "system:node:localhost",
      "left: localhost"
    ),
    // Names that those who check certificates would take for others.
    (.kubeletClient, node("system:node:CONTROL"), joiner, "left: “CONTROL” is no name"),
    (.kubeletClient, node("system:node:*.default"), joiner, "left: “*.default” is no name"),
    (.kubeletServing, node("system:node:*", dns: ["*"], serving), "system:node:*", "left: “*” is no name"),
    (
      .kubeletServing, node("system:node:LocalHost", dns: ["LocalHost"], serving), "system:node:LocalHost",
      "left: “LocalHost” is no name"
    ),
    (
      .kubeletServing, node("system:node:hook.a.svc", dns: ["hook.a.svc"], serving), "system:node:hook.a.svc",
      "left: hook.a.svc is a name of the API or of a service"
    ),

    (.client, proxy, "system:node:n1", "nodeproxyclient"),
    (.client, node("system:kube-proxy", ["ops"], client), "system:node:n1", "not ours"),
    (.client, node("system:kube-proxy", [], dns: ["a"], client), "system:node:n1", "not ours"),
    (.client, node("system:kube-scheduler", [], client), "system:node:n1", "not ours"),
    (.client, node("ann", [], client), "ann", "not ours"),
  ]

  @Test("what is approved by itself, if its author may", arguments: 0..<approvals.count)
  func approval(_ row: Int) {
    let (signer, request, author, wanted) = Self.approvals[row]
    let found = Self.verdict(signer, request, by: author)
    #expect(wanted.hasPrefix("left") ? found.hasPrefix(wanted) : found == wanted, "\(row): \(found)")
  }

  @Test("the question names the author as the request does")
  func question() {
    let check = AutomaticApproval.Check(subresource: "nodeclient", message: "")
    var spec = CertificatesV1.CertificateSigningRequestSpec()
    spec.username = "u"
    spec.uid = "1"
    spec.groups = ["g"]
    spec.extra = ["k": ["v"]]
    let review = check.review(of: spec)
    #expect(review.user == "u" && review.uid == "1" && review.groups == ["g"] && review.extra == ["k": ["v"]])
    let attributes = review.resourceAttributes
    #expect(attributes?.verb == "create" && attributes?.group == "certificates.k8s.io")
    #expect(attributes?.resource == "certificatesigningrequests" && attributes?.subresource == "nodeclient")
  }

  /// By default: a bootstrap token brings in a node, a node renews what is its own, and nobody else any of it.
  @Test("who may, by the default roles")
  func defaults() {
    let table = DefaultPolicy.standard.table
    let joiner = person(Self.joiner, BootstrapToken.group)
    let node = person("system:node:n1", UserInfo.nodesGroup)
    let rows: [(String, joiner: Bool, node: Bool)] = [
      ("nodeclient", true, false), ("selfnodeclient", false, true), ("selfnodeserver", false, true),
      ("nodeproxyclient", false, true),
    ]
    for row in rows {
      let wish = on("create", "certificatesigningrequests", group: "certificates.k8s.io", sub: row.0)
      #expect(table.opinion(joiner, wish).isAllowed == row.joiner, "\(row.0)")
      #expect(table.opinion(node, wish).isAllowed == row.node, "\(row.0)")
      #expect(!table.opinion(person("ann"), wish).isAllowed, "\(row.0)")
    }
    let manager = person("system:kube-controller-manager")
    for signer in CertificateSigner.allCases {
      for verb in [SignerRule.Verb.approve, .sign] {
        #expect(SignerRule.allows(verb, signer: signer.rawValue) { table.opinion(manager, $0).isAllowed })
        #expect(!SignerRule.allows(verb, signer: signer.rawValue) { table.opinion(node, $0).isAllowed })
      }
    }
    let info = on("get", "configmaps", in: "kube-public", name: "cluster-info")
    let config = on("get", "configmaps", in: "kube-system", name: "apus-config")
    #expect(table.opinion(.anonymous, info).isAllowed && !table.opinion(.anonymous, config).isAllowed)
    #expect(table.opinion(joiner, info).isAllowed && table.opinion(joiner, config).isAllowed)
    #expect(table.opinion(node, config).isAllowed && !table.opinion(person("ann"), config).isAllowed)
    #expect(!table.opinion(.anonymous, on("get", "configmaps", in: "kube-public", name: "other")).isAllowed)
    #expect(!table.opinion(.anonymous, on("list", "configmaps", in: "kube-public")).isAllowed)
    #expect(table.opinion(joiner, on("get", "nodes", name: "n1")).isAllowed)
    #expect(table.opinion(manager, on("update", "configmaps", in: "kube-public", name: "cluster-info")).isAllowed)
    #expect(table.opinion(manager, on("update", "configmaps", in: "kube-system", name: "apus-config")).isAllowed)
  }

  // MARK: Ends

  @Test("when a request has been there long enough")
  func age() {
    let hour: Int64 = 3600
    func request(_ type: String?, at time: Int64) -> CertificatesV1.CertificateSigningRequest {
      var request = CertificatesV1.CertificateSigningRequest()
      request.metadata.creationTimestamp = Time(secondsSinceEpoch: 0)
      if let type {
        request.status.conditions = [
          .init(type: type, status: "True", lastUpdateTime: Time(secondsSinceEpoch: time))
        ]
      }
      return request
    }
    func isOver(_ request: CertificatesV1.CertificateSigningRequest, _ now: Int64, end: Int64? = nil) -> Bool {
      CertificateRequestAge.isOver(request, now: now, certificateEnd: end) != nil
    }
    #expect(!isOver(request(nil, at: 0), 24 * hour) && isOver(request(nil, at: 0), 24 * hour + 1))
    for type in ["Approved", "Denied", "Failed"] {
      #expect(!isOver(request(type, at: 100), 100 + hour), "\(type)")
      #expect(isOver(request(type, at: 100), 101 + hour), "\(type)")
    }
    #expect(isOver(request("Approved", at: 100), 150, end: 149) && !isOver(request("Approved", at: 100), 150, end: 150))
  }

  // MARK: Tokens

  @Test("a token and the secret that it is kept in")
  func tokens() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let token = BootstrapToken(using: &generator)
      #expect(BootstrapToken(token.text) == token)
    }
    let token = try #require(BootstrapToken("abcdef.0123456789abcdef"))
    let secret = token.stored(end: 1_800_000_000, description: "for n3", groups: ["system:bootstrappers:a"])
    #expect(BootstrapToken(stored: secret) == token)
    let user = try #require(token.user(stored: secret, now: 1_799_999_999))
    #expect(user.groups == ["system:bootstrappers", "system:bootstrappers:a", "system:authenticated"])
    #expect(BootstrapToken.serves("signing", secret) && BootstrapToken.serves("authentication", secret))
    #expect(BootstrapToken.end(of: secret) == .at(1_800_000_000))
    #expect(!BootstrapToken.hasEnded(secret, now: 1_799_999_999) && BootstrapToken.hasEnded(secret, now: 1_800_000_000))
    var other = token.stored(end: nil)
    #expect(BootstrapToken.end(of: other) == .never && !BootstrapToken.hasEnded(other, now: .max))
    other.data["expiration"] = Array("soon".utf8)
    #expect(BootstrapToken.end(of: other) == .unreadable && BootstrapToken.hasEnded(other, now: 0))
    other.metadata.name = "bootstrap-token-zzzzzz"
    #expect(BootstrapToken(stored: other) == nil, "the name is part of it")
  }
}
