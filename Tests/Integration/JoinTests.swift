import FoundationEssentials
import Glibc
import Supervision
import Testing
import Waiting

/// Two machines, each a network of its own: one that is a cluster, and one that has nothing but the program and a token.
@Suite(
  "apus join, with processes", .serialized,
  .enabled(if: Machines.obstacle == nil, "\(Machines.obstacle ?? "")"))
struct JoinTests {
  @Test func aMachineJoinsWithWhatTokenCreatePrints() async throws {
    let machines = try Machines()
    defer { machines.remove() }
    let first = try machines.start(
      machines.one, "one", config: "\(machines.folder)/cluster.yaml", certs: "\(machines.folder)/certs")
    let result: Result<Void, any Error>
    do { result = .success(try await join(machines)) } catch { result = .failure(error) }
    _ = await first.stop(grace: .seconds(120))
    try result.get()
  }

  private func join(_ machines: Machines) async throws {
    let admin = "\(machines.folder)/certs/admin/kubeconfig"
    let line = try await eventually(
      "the cluster makes tokens", within: .seconds(180), every: .milliseconds(250), detail: { machines.log("one") }
    ) { () -> String? in
      // A token that was made before there is a cluster-info stays; the next try makes another.
      try? machines.apus(machines.one, ["token", "create", "--kubeconfig", admin, "--ttl", "1h"])
    }
    var words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(words.starts(with: ["apus", "join", "--server", "https://198.18.60.1:6443"]), "\(line)")
    words.removeFirst()
    let own = "\(machines.folder)/two"
    for (placeholder, value) in ["ADDRESS": "198.18.60.2", "NAME": "two"] {
      guard let position = words.firstIndex(of: placeholder) else { continue }
      words[position] = value
    }
    words += ["--config", "\(own)/cluster.yaml", "--certs", "\(own)/certs", "--data", "\(own)/data"]
    let said = try machines.apus(machines.two, words)
    #expect(said.contains("two has joined joined"), "\(said)")
    #expect(try machines.apus(machines.two, words).contains("has joined joined before"))

    let second = try machines.start(machines.two, "two", config: "\(own)/cluster.yaml", certs: "\(own)/certs")
    let result: Result<Void, any Error>
    do { result = .success(try await use(machines)) } catch { result = .failure(error) }
    _ = await second.stop(grace: .seconds(120))
    try result.get()
  }

  private func use(_ machines: Machines) async throws {
    let both = { machines.log("one") + "\n--- two\n" + machines.log("two") }
    try await eventually("the node is ready", within: .seconds(180), every: .milliseconds(250), detail: both) {
      let nodes = (try? machines.kubectl("get", "nodes", "--no-headers")) ?? ""
      return nodes.contains("two") && nodes.contains(" Ready ")
    }
    _ = try machines.kubectl("run", "web", "--image", "web:1")
    try await eventually("a pod runs there", within: .seconds(180), every: .milliseconds(250), detail: both) {
      let pod = try? machines.kubectl("get", "pod", "web", "-o", "jsonpath={.spec.nodeName} {.status.phase}")
      return pod == "two Running"
    }
    let requests = try machines.kubectl("get", "csr", "--no-headers")
    #expect(requests.split(separator: "\n").filter { $0.contains("Approved,Issued") }.count == 3, "\(requests)")
    // The proxy follows the services with its own certificate: the API's address answers on the new machine.
    let version = [
      "timeout", "10", "kubectl", "--kubeconfig", "\(machines.folder)/certs/admin/kubeconfig", "--server",
      "https://10.96.0.1", "get", "--raw", "/version",
    ]
    try await eventually("the service of the API answers there", every: .milliseconds(250), detail: both) {
      (try? Command.run(machines.on(machines.two, version)))?.contains("gitVersion") == true
    }
    let tokens = try machines.apus(
      machines.one, ["token", "list", "--kubeconfig", "\(machines.folder)/certs/admin/kubeconfig"])
    #expect(tokens.contains("authentication,signing"), "\(tokens)")
    try await approveByHand(machines)
  }

  /// A person's certificate, as Kubernetes' documentation has it: openssl makes the key and the request, kubectl approves.
  private func approveByHand(_ machines: Machines) async throws {
    let stem = "\(machines.folder)/ann"
    try Command.run([
      "openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "\(stem).key", "-out", "\(stem).csr",
      "-subj",
      "/O=ops/CN=ann",
    ])
    let request = try Data(contentsOf: URL(filePath: "\(stem).csr")).base64EncodedString()
    for name in ["ann", "bob"] {
      let manifest = """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: \(name)}
        spec:
          request: \(request)
          signerName: kubernetes.io/kube-apiserver-client
          expirationSeconds: 3600
          usages: ["client auth", "digital signature", "key encipherment"]
        """
      try Data(manifest.utf8).write(to: URL(filePath: "\(stem).yaml"))
      _ = try machines.kubectl("create", "-f", "\(stem).yaml")
    }
    #expect(try machines.kubectl("get", "csr", "ann", "--no-headers").contains("Pending"))
    #expect(try machines.kubectl("certificate", "approve", "ann").contains("approved"))
    #expect(try machines.kubectl("certificate", "deny", "bob").contains("denied"))
    let certificate = try await eventually("the certificate is there", every: .milliseconds(250)) { () -> Data? in
      let text = try machines.kubectl("get", "csr", "ann", "-o", "jsonpath={.status.certificate}")
      return text.isEmpty ? nil : Data(base64Encoded: text)
    }
    try certificate.write(to: URL(filePath: "\(stem).crt"))
    #expect(try machines.kubectl("get", "csr", "bob", "--no-headers").contains("Denied"))
    do {
      try Command.run(
        machines.on(
          machines.one,
          [
            "timeout", "60", "kubectl", "--kubeconfig", "/dev/null", "--server", "https://198.18.60.1:6443",
            "--certificate-authority", "\(machines.folder)/certs/hosts/one/trust/cluster.crt", "--client-certificate",
            "\(stem).crt", "--client-key", "\(stem).key", "get", "secrets", "-n", "default",
          ]))
      Issue.record("ann may read secrets")
    } catch {
      #expect(error.output.contains("User \"ann\" cannot list resource \"secrets\""), "\(error)")
    }
  }
}

/// Both machines.
private struct Machines {
  static let obstacle: String? = {
    if geteuid() != 0 { return "namespaces need root" }
    if access(Workbench.program, X_OK) != 0 { return "\(Workbench.program) was not built" }
    for tool in ["/usr/sbin/nft", "/usr/sbin/ip"] where access(tool, X_OK) != 0 { return "\(tool) is missing" }
    return nil
  }()

  let folder = "/tmp/apus-join-it-\(getpid())"
  let one = "apusj1-\(getpid())"
  let two = "apusj2-\(getpid())"

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let config = """
      name: joined
      runtime: {kind: hollow}
      timing: {nodeMonitorGrace: 120s, leaderLease: 60s}
      hosts:
        - {name: one, address: 198.18.60.1, roles: [store, apiserver, controller-manager, scheduler]}
      """
    try Data(config.utf8).write(to: URL(filePath: "\(folder)/cluster.yaml"))
    try Command.run([
      Workbench.program, "certs", "init", "--config", "\(folder)/cluster.yaml", "--out", "\(folder)/certs",
    ])
    for name in [one, two] { try Command.run(["ip", "netns", "add", name]) }
    // Names of links are short.
    try Command.run(["ip", "link", "add", "v0", "netns", one, "type", "veth", "peer", "name", "v0", "netns", two])
    for (name, address) in [(one, "198.18.60.1/24"), (two, "198.18.60.2/24")] {
      try Command.run(["ip", "-n", name, "address", "add", address, "dev", "v0"])
      for link in ["lo", "v0"] { try Command.run(["ip", "-n", name, "link", "set", link, "up"]) }
    }
  }

  func remove() {
    for name in [one, two] { _ = try? Command.run(["ip", "netns", "delete", name]) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  func on(_ machine: String, _ words: [String]) -> [String] { ["nsenter", "--net=/run/netns/\(machine)"] + words }

  func start(_ machine: String, _ host: String, config: String, certs: String) throws -> ChildProcess {
    try ChildProcess(
      on(
        machine,
        [
          Workbench.program, "start", "--config", config, "--host", host, "--certs", certs, "--data",
          "\(folder)/\(host)/data",
        ]), log: "\(folder)/\(host).log")
  }

  func kubectl(_ arguments: String...) throws -> String {
    try Command.run(
      on(one, ["timeout", "60", "kubectl", "--kubeconfig", "\(folder)/certs/admin/kubeconfig"] + arguments))
  }

  func apus(_ machine: String, _ arguments: [String]) throws -> String {
    try Command.run(on(machine, ["timeout", "300", Workbench.program] + arguments))
  }

  func log(_ host: String) -> String {
    let text = (try? String(contentsOfFile: "\(folder)/\(host).log", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(30).joined(separator: "\n")
  }
}
