import Access
import AccessTokens
import ClusterClient
import ClusterStandIn
import ControllerKit
import Controllers
import FoundationEssentials
import KubernetesAPI
import Logging
import PKI
import Synchronization
import Testing
import Waiting

/// The controllers of certificates and of joining, over an API in memory that lets everybody do everything; who may is
/// answered by the test.
@Suite struct CertificateControllerTests {
  typealias Request = CertificatesV1.CertificateSigningRequest

  private final class Bench: Sendable {
    let cluster = InMemoryCluster()
    let authority: CertificateAuthority
    let options: CertificateOptions
    /// Seconds since 1970, moved by hand.
    let time = Mutex<Int64>(Time.now().secondsSinceEpoch)
    /// `USER SUBRESOURCE`: what is answered with yes.
    let rights: Set<String>
    let asked = Mutex<[String]>([])
    var client: ClusterClient { cluster.client }

    init(rights: Set<String>) throws {
      self.rights = rights
      authority = try CertificateAuthority(name: "test", now: Date(), lifetime: 10 * 365 * 86_400)
      options = CertificateOptions(
        authorityPEM: try authority.root.certificatePEM, authority: authority, server: "https://192.0.2.10:6443",
        configuration: "name: test\n", hosts: ["control": "192.0.2.10"], reserved: [])
    }

    func tasks(_ context: ControllerContext) -> [any LeaderTask] {
      let approvals = WorkQueue<ObjectKey>()
      let signatures = WorkQueue<ObjectKey>()
      let approver = CertificateApprover(context, options: options, queue: approvals) { spec in
        let wish = "\(spec.user) \(spec.resourceAttributes?.subresource ?? "")"
        self.asked.withLock { $0.append(wish) }
        return self.rights.contains(wish)
      }
      let signer = CertificateSigningController(
        context, authority: authority, longestLifetime: options.longestLifetime, queue: signatures)
      let now: @Sendable () -> Int64 = { self.time.withLock { $0 } }
      return [
        ReconcileLoop(approver, queue: approvals, logger: context.logger),
        ReconcileLoop(signer, queue: signatures, logger: context.logger),
        CertificateRequestCleaner(context, period: .milliseconds(20), now: now),
        JoiningControllers(context, options: options, now: now),
      ]
    }

    func find(_ name: String) async throws -> Request? { try await client.find(Request.self, name: name) }

    func node(_ name: String, address: String) async throws {
      var node = CoreV1.Node()
      node.metadata.name = name
      node.status.addresses = [.init(type: "InternalIP", address: address)]
      _ = try await client.create(node)
    }

    /// Creates a request as the front-end would keep it.
    func ask(
      _ name: String, _ signer: CertificateSigner, _ identity: CertificateIdentity, names: [String] = [],
      by user: String, usages: [String] = ["digital signature", "client auth"], seconds: Int32? = nil,
      approved: Bool = false
    ) async throws {
      var request = Request()
      request.metadata.name = name
      request.spec.request = Array(try CertificateRequest(for: identity, names: names, key: CertificateKey()).pem.utf8)
      request.spec.signerName = signer.rawValue
      request.spec.usages = usages
      request.spec.username = user
      request.spec.expirationSeconds = seconds
      if approved { request.status.conditions = [.init(type: "Approved", status: "True", lastUpdateTime: .now())] }
      _ = try await client.create(request)
    }
  }

  private func withBench(rights: Set<String> = [], _ body: (Bench) async throws -> Void) async throws {
    let bench = try Bench(rights: rights)
    let term = Task {
      let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
      try await runLeaderTerm(client: bench.client, component: "test", logger: quiet) { bench.tasks($0) }
    }
    let result: Result<Void, any Error>
    do { result = .success(try await body(bench)) } catch { result = .failure(error) }
    term.cancel()
    _ = await term.result
    try result.get()
  }

  private static func node(_ name: String) -> CertificateIdentity {
    .init(commonName: "system:node:\(name)", organizations: ["system:nodes"])
  }

  // MARK: Certificates

  @Test func whatNeedsNobodysJudgementIsApprovedAndSigned() async throws {
    let rights: Set<String> = ["joiner nodeclient", "system:node:n1 selfnodeserver", "system:node:n1 nodeproxyclient"]
    try await withBench(rights: rights) { bench in
      try await bench.ask("client", .kubeletClient, Self.node("n1"), by: "joiner", seconds: 7200)
      try await bench.ask(
        "server", .kubeletServing, Self.node("n1"), names: ["n1"], by: "system:node:n1",
        usages: ["digital signature", "server auth"])
      try await bench.ask("proxy", .client, .init(commonName: "system:kube-proxy"), by: "system:node:n1")
      let root = try bench.authority.root.certificatePEM
      for (name, lifetime) in [("client", 7200.0), ("server", 365 * 86_400), ("proxy", 365 * 86_400)] {
        let request = try await eventually("\(name) is signed") {
          try await bench.find(name).flatMap { $0.status.certificate.isEmpty ? nil : $0 }
        }
        #expect(request.status.conditions.map(\.type) == ["Approved"])
        #expect(request.status.conditions.first?.reason == "AutoApproved")
        let pem = String(decoding: request.status.certificate, as: UTF8.self)
        let facts = try #require(CertificateFacts(pem: pem))
        #expect(CertificateFacts.isSigned(pem, by: root))
        #expect(abs(facts.notAfter.timeIntervalSinceNow - lifetime) < 600, "\(name)")
      }
    }
  }

  @Test func theRestIsLeftToPeople() async throws {
    try await withBench(rights: ["joiner nodeclient", "ann nodeproxyclient"]) { bench in
      try await bench.node("n1", address: "192.0.2.1")
      // A node that is there; a host of the cluster's file; one whose author lacks the right; an ordinary user's.
      try await bench.ask("taken", .kubeletClient, Self.node("n1"), by: "joiner")
      try await bench.ask("host", .kubeletClient, Self.node("control"), by: "joiner")
      try await bench.ask("stranger", .kubeletClient, Self.node("n2"), by: "stranger")
      try await bench.ask("ann", .client, .init(commonName: "ann"), by: "ann")
      try await eventually("the right is asked for") { bench.asked.withLock { Set($0) == ["stranger nodeclient"] } }
      try await eventually("it is said why") {
        let events = try await bench.client.list(EventsV1.Event.self).items
        let core = try await bench.client.list(CoreV1.Event.self).items
        return (events.map(\.note) + core.map(\.message)).count { $0.contains("Not approved by itself") } >= 2
      }
      for name in ["taken", "host", "stranger", "ann"] {
        #expect(try await bench.find(name)?.status.conditions.isEmpty == true, "\(name)")
      }
      // As `kubectl certificate approve` does it.
      var request = try #require(try await bench.find("ann"))
      request.status.conditions = [.init(type: "Approved", status: "True", reason: "KubectlApprove")]
      _ = try await bench.client.updateStatus(request)
      try await eventually("what somebody has approved is signed") {
        try await bench.find("ann")?.status.certificate.isEmpty == false
      }
    }
  }

  @Test func whatASignerDoesNotSignFails() async throws {
    try await withBench { bench in
      try await bench.ask(
        "masters", .client, .init(commonName: "ann", organizations: ["system:masters"]), by: "ann", approved: true)
      try await bench.ask("usages", .kubeletClient, Self.node("n1"), by: "x", usages: ["server auth"], approved: true)
      var rubbish = Request()
      rubbish.metadata.name = "rubbish"
      rubbish.spec.request = Array("rubbish".utf8)
      rubbish.spec.signerName = CertificateSigner.client.rawValue
      rubbish.status.conditions = [.init(type: "Approved", status: "True", lastUpdateTime: .now())]
      _ = try await bench.client.create(rubbish)
      for name in ["masters", "usages", "rubbish"] {
        let request = try await eventually("\(name) fails") {
          try await bench.find(name).flatMap { $0.status.conditions.count == 2 ? $0 : nil }
        }
        #expect(request.status.certificate.isEmpty)
        #expect(request.status.conditions.last?.type == "Failed")
        #expect(request.status.conditions.last?.reason == "SignerValidationFailure")
      }
      // Somebody else's signer is nobody's business here.
      var foreign = rubbish
      foreign.metadata.name = "foreign"
      foreign.spec.signerName = "example.com/mine"
      _ = try await bench.client.create(foreign)
      try await bench.ask("denied", .client, .init(commonName: "a"), by: "a")
      var denied = try #require(try await bench.find("denied"))
      denied.status.conditions = ["Approved", "Denied"].map { .init(type: $0, status: "True", lastUpdateTime: .now()) }
      _ = try await bench.client.updateStatus(denied)
      try await bench.ask("last", .client, .init(commonName: "a"), by: "a", approved: true)
      try await eventually("the last one is signed") {
        try await bench.find("last")?.status.certificate.isEmpty == false
      }
      for name in ["foreign", "denied"] { #expect(try await bench.find(name)?.status.certificate.isEmpty == true) }
    }
  }

  @Test func whatIsOverGoes() async throws {
    try await withBench { bench in
      try await bench.ask("pending", .client, .init(commonName: "a"), by: "a")
      try await bench.ask("signed", .client, .init(commonName: "a"), by: "a", approved: true)
      try await eventually("it is signed") { try await bench.find("signed")?.status.certificate.isEmpty == false }
      bench.time.withLock { $0 += 3700 }
      try await eventually("the signed one goes") { try await bench.find("signed") == nil }
      #expect(try await bench.find("pending") != nil)
      bench.time.withLock { $0 += 86_400 }
      try await eventually("the other one goes") { try await bench.find("pending") == nil }
    }
  }

  // MARK: Joining

  @Test func clusterInfoIsSignedByEveryToken() async throws {
    try await withBench { bench in
      func map(_ name: String, _ namespace: String) async throws -> CoreV1.ConfigMap? {
        try await bench.client.find(CoreV1.ConfigMap.self, name: name, namespace: namespace)
      }
      func signatures() async throws -> Set<String> {
        let data = try await map("cluster-info", "kube-public")?.data ?? [:]
        return Set(data.keys.filter { $0 != "kubeconfig" })
      }
      try await eventually("both are there") {
        let information = try await map("cluster-info", "kube-public")
        let configuration = try await map("apus-config", "kube-system")
        return information != nil && configuration?.data == ["cluster.yaml": "name: test\n"]
      }
      let document = try #require(try await map("cluster-info", "kube-public")?.data["kubeconfig"])
      let parsed = try ClientConfiguration(
        kubeconfig: document.replacing("contexts: null", with: "contexts: [{name: c, context: {cluster: \"\"}}]")
          .replacing("current-context: \"\"", with: "current-context: c"))
      #expect(parsed.server == "https://192.0.2.10:6443")
      #expect(parsed.certificateAuthority == Array(bench.options.authorityPEM.utf8))

      let now = bench.time.withLock { $0 }
      let tokens = ["aaaaaa", "bbbbbb", "cccccc", "dddddd"].compactMap { BootstrapToken("\($0).0123456789abcdef") }
      _ = try await bench.client.create(tokens[0].stored(end: nil))
      _ = try await bench.client.create(tokens[1].stored(end: now + 100))
      var silent = tokens[2].stored(end: nil)
      silent.data["usage-bootstrap-signing"] = nil
      _ = try await bench.client.create(silent)
      try await eventually("those that may have signed") {
        try await signatures() == ["jws-kubeconfig-aaaaaa", "jws-kubeconfig-bbbbbb"]
      }
      let info = try #require(try await map("cluster-info", "kube-public"))
      #expect(
        DetachedSignature.isValid(info.data["jws-kubeconfig-aaaaaa"] ?? "", of: document, by: tokens[0]))

      // What somebody has spoilt is made good; what they have added stays.
      var spoilt = info
      spoilt.data["kubeconfig"] = "mine"
      spoilt.data["jws-kubeconfig-zzzzzz"] = "forged"
      spoilt.data["note"] = "hello"
      _ = try await bench.client.update(spoilt)
      try await eventually("it is as it was") {
        let data = try await map("cluster-info", "kube-public")?.data
        return data == info.data.merging(["note": "hello"]) { $1 }
      }

      // A token that ends goes, and its signature.
      bench.time.withLock { $0 += 200 }
      _ = try await bench.client.create(tokens[3].stored(end: now + 150))
      try await eventually("the one that has ended before it was seen is gone") {
        try await bench.client.find(CoreV1.Secret.self, name: "bootstrap-token-dddddd", namespace: "kube-system") == nil
      }
      try await bench.client.delete(CoreV1.Secret.self, name: "bootstrap-token-aaaaaa", namespace: "kube-system")
      try await eventually("no signature is left") { try await signatures() == ["note"] }
    }
  }
}
