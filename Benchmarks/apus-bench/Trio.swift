import BenchKit
import ClusterClient
import ClusterConfig
import EtcdAPI
import FoundationEssentials
import Glibc
import Logging
import NIOPosix
import NIOSSL
import PKI
import StoreClient

/// Three members of a store as processes of their own, on three loopback addresses, over mutual TLS both between them
/// and to their clients, each with a data folder of its own on the same disk; and a front-end over them where wanted.
///
/// The members are ours or etcd's: the same certificates, ports, heartbeats and election timeouts.
struct Trio: Sendable {
  enum Members: Sendable {
    case apus
    case etcd(Peer)
  }

  /// What it is called in reports.
  let name: String
  let config: ClusterConfig
  private let members: Members
  private let program: String
  private let folder: String
  private let configPath: String
  private(set) var processes: [Program] = []
  private(set) var frontEnd: Program?

  var certificates: CertificateFolder { .init(path: "\(folder)/certs") }
  var processIDs: [Int32] { processes.map(\.pid) }

  /// Prepares configuration and certificates below `parent`; starts nothing.
  ///
  /// - Parameters:
  ///   - number: tells trios of one run apart, from 0.
  ///   - program: `apus`.
  init(_ members: Members, number: Int, program: String, parent: String) throws {
    self.members = members
    self.program = program
    switch members {
    case .apus: name = "apus"
    case .etcd(let peer): name = peer.name
    }
    folder = "\(parent)/trio-\(number)"
    configPath = "\(folder)/cluster.yaml"
    let block = Self.loopbackBlock
    let hosts = (1...3).map { "  - {name: member-\($0), address: \(block).\(number * 16 + $0), roles: [store]}\n" }
    let text =
      "name: bench-\(number)\nhosts:\n" + hosts.joined()
      + "  - {name: front, address: \(block).\(number * 16 + 4), roles: [apiserver]}\n"
    config = try ClusterConfig(yaml: text, file: configPath)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: configPath))
    var certificates = ClusterCertificates(config: config, folder: .init(path: "\(folder)/certs"))
    try certificates.makeAll()
  }

  /// 127.B.C, different for benchmarks that run at the same time.
  static let loopbackBlock: String = {
    let number = Int(getpid())
    return "127.\(64 + number % 128).\(number / 128 % 256)"
  }()

  /// Starts the members and waits until they take a write.
  mutating func start() async throws {
    for host in config.hosts(with: .store) {
      let data = "\(folder)/\(host.name)"
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      processes.append(
        try Program(
          name: "\(name) \(host.name)", command: command(of: host, data: data), log: "\(folder)/\(host.name).log"))
    }
    let client = try client(balancing: .sticky)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        _ = try await client.put(Self.put("bench/ready", value: []), idempotent: true)
        break
      } catch {
        for process in processes { try process.demandRunning() }
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    await client.close()
  }

  /// Starts a front-end over the members and waits until it is ready.
  mutating func startFrontEnd() async throws {
    guard let host = config.hosts(with: .apiserver).first else { return }
    let process = try Program(
      name: "front-end over \(name)", command: role("apiserver", host, data: "\(folder)/front"),
      log: "\(folder)/front.log")
    frontEnd = process
    let client = try clusterClient(connections: 1)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        _ = try await client.send(ClusterRequest(.get, "/readyz"))
        _ = try await client.send(ClusterRequest(.get, "/api/v1/namespaces/default"))
        break
      } catch {
        try process.demandRunning()
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    await client.shutdown()
  }

  private func command(of host: ClusterConfig.Host, data: String) -> [String] {
    switch members {
    case .apus:
      return role("store", host, data: data)
    case .etcd(let peer):
      let files = certificates.host(host.name)
      let clients = "https://\(host.address):\(config.ports.storeClient)"
      let peers = "https://\(host.address):\(config.ports.storePeer)"
      let all = config.hosts(with: .store).map { "\($0.name)=https://\($0.address):\(config.ports.storePeer)" }
      return [
        peer.program, "--name", host.name, "--data-dir", data, "--listen-client-urls", clients,
        "--advertise-client-urls", clients, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
        "--initial-cluster", all.joined(separator: ","), "--initial-cluster-state", "new",
        "--initial-cluster-token", config.name, "--heartbeat-interval", milliseconds(config.timing.heartbeat),
        "--election-timeout", milliseconds(config.timing.election), "--logger", "zap",
        "--client-cert-auth", "--cert-file", files.storeServer.certificate, "--key-file", files.storeServer.key,
        "--trusted-ca-file", files.trust(.storeClient), "--peer-client-cert-auth",
        "--peer-cert-file", files.storePeer.certificate, "--peer-key-file", files.storePeer.key,
        "--peer-trusted-ca-file", files.trust(.storePeer),
      ]
    }
  }

  private func milliseconds(_ duration: Duration) -> String { "\(duration.nanoseconds / 1_000_000)" }

  private func role(_ role: String, _ host: ClusterConfig.Host, data: String) -> [String] {
    [
      program, role, "--config", configPath, "--host", host.name, "--certs", certificates.path, "--data", data,
      "--log-level", "warning",
    ]
  }

  /// A client of the members with the administrator's certificate.
  func client(balancing: StoreClientConfiguration.Balancing) throws -> StoreClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificates.adminStoreClient.certificate).map {
      .certificate($0)
    }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificates.adminStoreClient.key, format: .pem))
    tls.trustRoots = .file(certificates.adminTrust(.storeClient))
    tls.applicationProtocols = ["h2"]
    var configuration = StoreClientConfiguration()
    configuration.balancing = balancing
    return StoreClient(
      endpoints: config.hosts(with: .store).map {
        .tcp(host: $0.address.description, port: Int(config.ports.storeClient))
      }, tls: try NIOSSLContext(configuration: tls), group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
  }

  /// A client of the front-end itself, with the administrator's rights and without a balancer between.
  func clusterClient(connections: Int) throws -> ClusterClient {
    var configuration = try ClientConfiguration(kubeconfigFile: certificates.adminKubeconfig)
    if let host = config.hosts(with: .apiserver).first {
      configuration.server = "https://\(host.address):\(config.ports.apiserver)"
    }
    configuration.maximumConnections = connections
    configuration.requestTimeout = .seconds(30)
    return try ClusterClient(configuration: configuration)
  }

  /// The greatest term that its members know: it grows with every election.
  func term(_ client: StoreClient) async -> UInt64 {
    var greatest: UInt64 = 0
    for index in config.hosts(with: .store).indices {
      if let status = try? await client.status(endpoint: index) { greatest = max(greatest, status.raftTerm) }
    }
    return greatest
  }

  static func put(_ key: String, value: [UInt8]) -> Etcdserverpb_PutRequest {
    var request = Etcdserverpb_PutRequest()
    request.key = Data(key.utf8)
    request.value = Data(value)
    return request
  }
}
