import Access
import ClusterClient
import ClusterConfig
import ClusterJoin
import FoundationEssentials
import Glibc
import KubernetesAPI
import PKI
import Testing
import Waiting

@Suite("apus join", .serialized) struct ClusterJoinTests {
  /// What `apus start` finds on a machine that has joined, and that each identity is good for what it is for.
  @Test func aMachineBecomesAHost() async throws {
    try await JoinBench.run { bench in
      let options = bench.options()
      let summary = try await bench.join(options)
      #expect(summary.cluster == "joined" && summary.issued.count == 3)

      let text = try String(contentsOfFile: options.configFile, encoding: .utf8)
      let config = try ClusterConfig(yaml: text, file: options.configFile)
      #expect(config.host(named: "n1") == .init(name: "n1", address: options.address, roles: [.kubelet, .proxy]))
      #expect(config.hosts(with: .apiserver).map(\.name) == ["control"])
      var others = config
      others.hosts.removeLast()
      #expect(others == bench.config, "all else is the cluster's")

      let files = options.certificates.host("n1")
      for path in [
        files.client(.kubelet).key, files.kubeletServer.key, files.client(.proxy).key, files.kubeconfig(.kubelet),
      ] {
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600, "\(path)")
      }
      let server = try String(contentsOfFile: files.kubeletServer.certificate, encoding: .utf8)
      #expect(CertificateFacts(pem: server)?.commonName == "system:node:n1")
      #expect(CertificateFacts.isSigned(server, by: bench.authorityPEM))
      #expect(try String(contentsOfFile: files.kubeconfig(.kubelet), encoding: .utf8).contains("127.0.0.1:6443"))

      let kubelet = try bench.client(of: .kubelet)
      var node = CoreV1.Node()
      node.metadata.name = "n1"
      _ = try await kubelet.create(node)
      node.metadata.name = "n2"
      let other = node
      await #expect(throws: APIStatusError.self) { _ = try await kubelet.create(other) }
      await kubelet.shutdown()
      let proxy = try bench.client(of: .proxy)
      let services = try await proxy.list(CoreV1.Service.self).items
      #expect(services.map(\.metadata.name) == ["kubernetes"])
      _ = try await proxy.list(DiscoveryV1.EndpointSlice.self)
      await #expect(throws: APIStatusError.self) { _ = try await proxy.list(CoreV1.Secret.self) }
      await proxy.shutdown()

      try await runAgain(bench, options)
    }
  }

  /// Whoever has joined may do so again, also when the node is there and the token is gone; what is missing is made.
  private func runAgain(_ bench: JoinBench, _ before: JoinOptions) async throws {
    var options = before
    try await BootstrapTokens(bench.admin).delete(id: bench.token.id)
    options.signaturePatience = .zero
    let files = options.certificates.host("n1")
    let key = try String(contentsOfFile: files.client(.kubelet).key, encoding: .utf8)
    #expect(try await bench.join(options).issued.isEmpty)
    try FileManager.default.removeItem(atPath: files.kubeletServer.certificate)
    try FileManager.default.removeItem(atPath: files.client(.proxy).key)
    try FileManager.default.removeItem(atPath: options.configFile)
    let summary = try await bench.join(options)
    #expect(summary.issued == [files.kubeletServer.certificate, files.client(.proxy).certificate])
    #expect(try String(contentsOfFile: files.client(.kubelet).key, encoding: .utf8) == key)
    #expect(FileManager.default.fileExists(atPath: options.configFile))
    // A file that is not this cluster's, or not this host's, is left alone.
    let foreign = bench.config.yaml
    try foreign.write(toFile: options.configFile, atomically: true, encoding: .utf8)
    #expect(try await bench.refusal(options)?.code == .files)
    #expect(try String(contentsOfFile: options.configFile, encoding: .utf8) == foreign)
  }

  /// One that was interrupted once it had sent its request finds it again.
  @Test func anInterruptedMachineGoesOn() async throws {
    try await JoinBench.run { bench in
      // Nobody approves: the role's binding is taken away.
      let binding = "apus:node-autoapprove-bootstrap"
      let before: RbacV1.ClusterRoleBinding = try await bench.admin.get(name: binding)
      try await bench.admin.delete(RbacV1.ClusterRoleBinding.self, name: binding)
      var review = AuthorizationV1.SubjectAccessReview()
      review.spec.user = "system:bootstrap:\(bench.token.id)"
      review.spec.groups = [BootstrapToken.group]
      review.spec.resourceAttributes = .init(
        verb: "create", group: "certificates.k8s.io", resource: "certificatesigningrequests", subresource: "nodeclient")
      let question = review
      try await eventually("the right is gone") { try await !bench.admin.create(question).status.allowed }
      var options = bench.options()
      options.patience = .seconds(8)
      let refusal = try await bench.refusal(options)
      let error = try #require(refusal)
      #expect(error.code == .noCertificate)
      #expect(error.message.contains("kubectl certificate approve n1-kubelet-client-"))
      let requests = try await bench.admin.list(CertificatesV1.CertificateSigningRequest.self).items
      #expect(requests.count == 1)
      #expect(requests.first?.spec.username == "system:bootstrap:\(bench.token.id)")

      // As `kubectl certificate approve` does it.
      var request = try #require(requests.first)
      request.status.conditions = [.init(type: "Approved", status: "True", reason: "KubectlApprove")]
      _ = try await bench.admin.send(
        ClusterRequest(
          .put,
          CertificatesV1.CertificateSigningRequest.resource.path(
            name: request.metadata.name, subresource: "approval"),
          contentType: "application/json", body: request.jsonBytes))
      options.patience = .seconds(120)
      #expect(try await bench.join(options).issued.count == 3)
      #expect(try await bench.admin.list(CertificatesV1.CertificateSigningRequest.self).items.count == 3)
      #expect(before.subjects.map(\.name) == ["system:bootstrappers"])
    }
  }

  @Test func whatCanGoWrongIsSaidClearly() async throws {
    try await JoinBench.run { bench in
      var options = bench.options()
      options.server = "https://127.0.0.1:1"
      options.patience = .milliseconds(100)
      #expect(try await bench.refusal(options)?.code == .noServer)

      options = bench.options()
      options.token = try #require(BootstrapToken("zzzzzz.0123456789abcdef"))
      let unknown = try await bench.refusal(options)
      #expect(unknown?.code == .unknownToken && unknown?.message.contains("zzzzzz") == true)

      options.token = try #require(BootstrapToken("\(bench.token.id).0123456789abcdef"))
      #expect(try await bench.refusal(options)?.code == .wrongSecret)

      options = bench.options()
      options.pins = ["sha256:" + String(repeating: "0", count: 64)]
      let wrong = try await bench.refusal(options)
      #expect(wrong?.code == .wrongAuthority && wrong?.message.contains(bench.pin) == true)

      // The front-end's certificate has no such address.
      options = bench.options()
      options.server = bench.stray
      #expect(try await bench.refusal(options)?.code == .untrustedServer)

      try await bench.node("n9")
      let taken = try await bench.refusal(bench.options("n9"))
      #expect(taken?.code == .taken && taken?.message.contains("kubectl delete node n9") == true)
      #expect(try await bench.refusal(bench.options("control"))?.code == .taken)
      #expect(try await bench.refusal(bench.options(address: .init(127, 0, 0, 1)))?.code == .taken)
      for (name, address) in [("Bad_Name", IPv4Address(192, 0, 2, 1)), ("n1", IPv4Address(10, 96, 0, 9))] {
        #expect(try await bench.refusal(bench.options(name, address: address))?.code == .badConfiguration, "\(name)")
      }

      // The address of a node that is there: the client's certificate is had, the server's needs somebody to decide.
      try await bench.node("n8", address: "192.0.2.8")
      options = bench.options("n7", address: .init(192, 0, 2, 8))
      options.patience = .seconds(8)
      let undecided = try await bench.refusal(options)
      #expect(undecided?.code == .noCertificate && undecided?.message.contains("n7-kubelet-server-") == true)

      // Somebody says no.
      var requests = try await bench.admin.list(CertificatesV1.CertificateSigningRequest.self).items
      var request = try #require(requests.first { $0.metadata.name.hasPrefix("n7-kubelet-server-") })
      request.status.conditions = [.init(type: "Denied", status: "True", message: "not you")]
      let path = CertificatesV1.CertificateSigningRequest.resource.path(
        name: request.metadata.name, subresource: "approval")
      _ = try await bench.admin.send(
        ClusterRequest(.put, path, contentType: "application/json", body: request.jsonBytes))
      let denied = try await bench.refusal(options)
      #expect(denied?.code == .noCertificate && denied?.message.contains("was denied: not you") == true)
      requests = try await bench.admin.list(CertificatesV1.CertificateSigningRequest.self).items
      #expect(!requests.contains { $0.metadata.name.hasPrefix("n9-") }, "no request for a name that is taken")
      try await endTheToken(bench)
    }
  }

  /// A token whose time is over, and one that was deleted.
  private func endTheToken(_ bench: JoinBench) async throws {
    let tokens = BootstrapTokens(bench.admin)
    var generator = SystemRandomNumberGenerator()
    let late = BootstrapToken(using: &generator)
    try await tokens.create(late, end: nil, description: "", groups: [])
    try await eventually("it is signed with, and then is not") {
      let map: CoreV1.ConfigMap = try await bench.admin.get(name: "cluster-info", namespace: "kube-public")
      return map.data["jws-kubeconfig-\(late.id)"] != nil
    }
    let end = late.stored(end: Time.now().secondsSinceEpoch + 2)
    var stored: CoreV1.Secret = try await bench.admin.get(name: end.metadata.name, namespace: end.metadata.namespace)
    stored.data["expiration"] = end.data["expiration"]
    _ = try await bench.admin.update(stored)
    try await eventually("the cleaner takes it") { try await !tokens.list().contains { $0.token == late } }
    var options = bench.options("n5")
    options.token = late
    try await eventually("its signature goes as well") {
      let map: CoreV1.ConfigMap = try await bench.admin.get(name: "cluster-info", namespace: "kube-public")
      return map.data["jws-kubeconfig-\(late.id)"] == nil
    }
    #expect(try await bench.refusal(options)?.code == .unknownToken)

    // One that may sign, and not authenticate: the cluster is found, and does not let it in.
    let half = BootstrapToken(using: &generator)
    var secret = half.stored(end: nil)
    secret.data["usage-bootstrap-authentication"] = nil
    _ = try await bench.admin.create(secret)
    options.token = half
    options.signaturePatience = .seconds(60)
    let refused = try await bench.refusal(options)
    #expect(refused?.code == .unknownToken && refused?.message.contains("does not take the token") == true)
  }

  @Test func withoutTheAuthoritysKeyNobodySigns() async throws {
    try await JoinBench.run(signs: false) { bench in
      var options = bench.options()
      options.patience = .seconds(8)
      let refused = try await bench.refusal(options)
      #expect(refused?.code == .noCertificate)
    }
  }

  @Test func tokensAreMadeListedAndDeleted() async throws {
    try await JoinBench.run { bench in
      let tokens = BootstrapTokens(bench.admin)
      let token = try #require(BootstrapToken("abcdef.0123456789abcdef"))
      let end = Time.now().secondsSinceEpoch + 3600
      try await tokens.create(token, end: end, description: "for n3", groups: ["system:bootstrappers:a"])
      let entry = try await tokens.list().first { $0.token == token }
      #expect(entry?.end == .at(end) && entry?.usages == ["authentication", "signing"])
      #expect(entry?.description == "for n3" && entry?.groups == ["system:bootstrappers:a"])
      await #expect(throws: JoinError.self) {
        try await tokens.create(token, end: nil, description: "", groups: [])
      }
      #expect(
        try await tokens.joinCommand(token, authority: bench.authorityPEM)
          == "apus join --server \(bench.server) --token abcdef.0123456789abcdef "
          + "--discovery-token-ca-cert-hash \(bench.pin)")
      try await tokens.delete(id: "abcdef")
      let left = try await tokens.list().map(\.token)
      #expect(left == [bench.token])
      await #expect(throws: JoinError.self) { try await tokens.delete(id: "abcdef") }
    }
  }

  // MARK: Words

  @Test func serversAndPinsAreRead() {
    for good in ["192.0.2.1:6443", "https://192.0.2.1:6443", "https://a.example:6443/"] {
      #expect(JoinOptions.url(ofServer: good)?.hasPrefix("https://") == true, "\(good)")
    }
    for bad in [
      "", "192.0.2.1", "http://192.0.2.1:6443", "https://192.0.2.1:0", "https://a b:1", "a:1/x", "a:b", ":1",
    ] {
      #expect(JoinOptions.url(ofServer: bad) == nil, "\(bad)")
    }
    let digits = String(repeating: "aB", count: 32)
    #expect(JoinOptions.pin("sha256:\(digits)") == "sha256:\(digits.lowercased())")
    for bad in ["", digits, "sha256:", "sha1:\(digits)", "sha256:\(digits)0", "sha256:\(digits.dropLast())x"] {
      #expect(JoinOptions.pin(bad) == nil, "\(bad)")
    }
  }
}
