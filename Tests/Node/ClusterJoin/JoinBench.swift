import APIServer
import Access
import ClusterClient
import ClusterConfig
import ClusterJoin
import ControllerKit
import Controllers
import FoundationEssentials
import Glibc
import KubernetesAPI
import Logging
import PKI
import Registry
import StorageStandIn
import Synchronization
import Testing
import Waiting

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

/// A cluster for machines to join: a real front-end over TLS with roles, tokens and everything, over a store in memory,
/// and the controllers. All in this process.
final class JoinBench: Sendable {
  let folder: String
  let port: Int
  let config: ClusterConfig
  let admin: ClusterClient
  let authorityPEM: String
  let token: BootstrapToken
  /// What joining machines have said.
  let said = Mutex<[String]>([])

  var server: String { "https://127.0.0.1:\(port)" }
  /// The same front-end at an address that its certificate does not have.
  let stray: String
  var pin: String { CertificateFacts(pem: authorityPEM)?.publicKeyPin ?? "" }
  var certificates: CertificateFolder { CertificateFolder(path: "\(folder)/cluster") }

  private init(
    _ folder: String, _ port: Int, stray: String, _ config: ClusterConfig, _ admin: ClusterClient,
    _ authorityPEM: String, _ token: BootstrapToken
  ) {
    self.stray = stray
    self.folder = folder
    self.port = port
    self.config = config
    self.admin = admin
    self.authorityPEM = authorityPEM
    self.token = token
  }

  /// - Parameter signs: whether the controllers have the authority's key.
  static func run(signs: Bool = true, _ body: (JoinBench) async throws -> Void) async throws {
    let folder = "/tmp/apus-join-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var config = ClusterConfig(
      name: "joined",
      hosts: [
        .init(name: "control", address: .init(127, 0, 0, 1), roles: [.store, .apiserver, .controllerManager])
      ])
    config.runtime.kind = .hollow
    // The balancer's default is the same, and this host is at the balancer's address.
    config.ports.apiserver = 6444
    let certificates = CertificateFolder(path: "\(folder)/cluster")
    var made = ClusterCertificates(config: config, folder: certificates)
    try made.makeAll()
    let files = certificates.host("control")

    let authorizer = ClusterAuthorizer(logger: quiet)
    var environment = FrontEnd.environment(logger: quiet)
    environment.roleGuard = { authorizer.roleGuard(for: $0) }
    environment.permits = { authorizer.judge($0, $1).isAllowed }
    // A machine that stands still for seconds is not what these tests are about: neither here nor below.
    var settings = RegistryConfiguration()
    settings.freshnessTimeout = 60
    settings.serviceCIDR = config.network.services.description
    let registry = try ResourceRegistry(
      storage: InMemoryStorage(), configuration: settings, environment: environment)
    func makeFrontEnd(_ address: String) throws -> FrontEnd {
      FrontEnd(
        configuration: .init(host: address, port: 0, tls: try FrontEnd.serverTLS(files)), registry: registry,
        authorizer: authorizer, tokens: TokenService(registry: registry, keys: nil, logger: quiet), logger: quiet)
    }
    let frontEnd = try makeFrontEnd("127.0.0.1")
    let stray = try makeFrontEnd("127.0.0.2")
    let background = [Task { await registry.run() }, Task { await authorizer.run(registry) }]
    let result: Result<Void, any Error>
    do {
      try await registry.waitUntilReady()
      try await FrontEnd.makeFirstObjects(registry, serviceAddress: "10.96.0.1", port: 6443, logger: quiet)
      await FrontEnd.reconcilePolicy(registry, logger: quiet)
      let port = try await frontEnd.start()
      let other = "https://127.0.0.2:\(try await stray.start())"
      try await serve(folder, port, stray: other, config, certificates, signs: signs, body)
      result = .success(())
    } catch { result = .failure(error) }
    for one in [frontEnd, stray] { await one.shutdown() }
    for task in background {
      task.cancel()
      await task.value
    }
    try result.get()
  }

  private static func serve(
    _ folder: String, _ port: Int, stray: String, _ config: ClusterConfig, _ certificates: CertificateFolder,
    signs: Bool, _ body: (JoinBench) async throws -> Void
  ) async throws {
    let files = certificates.host("control")
    let server = "https://127.0.0.1:\(port)"
    func client(_ kubeconfig: String) throws -> ClusterClient {
      var configuration = try ClientConfiguration(kubeconfigFile: kubeconfig)
      configuration.server = server
      configuration.requestTimeout = .seconds(60)
      return try ClusterClient(configuration: configuration)
    }
    let authorityPEM = try String(contentsOfFile: files.trust(.cluster), encoding: .utf8)
    let authority = try CertificateAuthority(
      certificatePEM: authorityPEM, keyPEM: String(contentsOfFile: files.clusterSigningKey, encoding: .utf8))
    var options = ControllerManagerOptions(kubeconfig: "", identity: "control")
    options.election = LeaderElectionTiming(
      leaseDuration: .seconds(600), renewDeadline: .seconds(500), retryPeriod: .seconds(1))
    options.nodes.gracePeriod = .seconds(600)
    options.certificates = CertificateOptions(
      authorityPEM: authorityPEM, authority: signs ? authority : nil, server: server, configuration: config.yaml,
      hosts: ["control": "127.0.0.1"], reserved: [config.network.services, config.network.pods])
    // The process shuts its client down.
    let manager = try ControllerManagerProcess(
      options, client: client(files.kubeconfig(.controllerManager)), logger: quiet)
    let managing = Task { try await manager.run() }
    var generator = SystemRandomNumberGenerator()
    let bench = JoinBench(
      folder, port, stray: stray, config, try client(certificates.adminKubeconfig), authorityPEM,
      BootstrapToken(using: &generator))
    let result: Result<Void, any Error>
    do {
      try await BootstrapTokens(bench.admin).create(bench.token, end: nil, description: "", groups: [])
      try await eventually("cluster-info is signed") {
        let map = try await bench.admin.find(CoreV1.ConfigMap.self, name: "cluster-info", namespace: "kube-public")
        let configuration = try await bench.admin.find(
          CoreV1.ConfigMap.self, name: "apus-config", namespace: "kube-system")
        return map?.data["jws-kubeconfig-\(bench.token.id)"] != nil && configuration != nil
      }
      result = .success(try await body(bench))
    } catch { result = .failure(error) }
    managing.cancel()
    _ = await managing.result
    await bench.admin.shutdown()
    try result.get()
  }

  // MARK: Machines

  /// What a machine is told by default.
  func options(_ name: String = "n1", address: IPv4Address = .init(192, 0, 2, 1)) -> JoinOptions {
    var options = JoinOptions(
      server: server, token: token, pins: [pin], host: name, address: address,
      configFile: "\(folder)/\(name)/cluster.yaml", certificates: CertificateFolder(path: "\(folder)/\(name)/certs"))
    options.patience = .seconds(120)
    options.signaturePatience = .seconds(1)
    return options
  }

  @discardableResult
  func join(_ options: JoinOptions) async throws -> ClusterJoin.Summary {
    try await ClusterJoin(options) { line in self.said.withLock { $0.append(line) } }.run()
  }

  /// Why a machine does not join; nil: it does.
  func refusal(_ options: JoinOptions) async throws -> JoinError? {
    do {
      try await join(options)
      return nil
    } catch let error as JoinError { return error }
  }

  /// A client with the identity in a joined machine's kubeconfig, towards this front-end.
  func client(of role: ClusterConfig.Role, _ name: String = "n1") throws -> ClusterClient {
    let files = CertificateFolder(path: "\(folder)/\(name)/certs").host(name)
    var configuration = try ClientConfiguration(kubeconfigFile: files.kubeconfig(role))
    configuration.server = server
    configuration.requestTimeout = .seconds(60)
    return try ClusterClient(configuration: configuration)
  }

  func node(_ name: String, address: String = "192.0.2.99") async throws {
    var node = CoreV1.Node()
    node.metadata.name = name
    node.status.addresses = [.init(type: "InternalIP", address: address)]
    node = try await admin.create(node)
    node.status.addresses = [.init(type: "InternalIP", address: address)]
    _ = try await admin.updateStatus(node)
  }
}
