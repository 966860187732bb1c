import BenchKit
import ClusterClient
import ClusterConfig
import Crypto
import FoundationEssentials
import Glibc
import PKI
import StoreClient
import Supervision
import Synchronization

/// Three members of a store, or one, as processes on loopback addresses of their own, over mutual TLS both between them
/// and to their clients, each with a data folder of its own on the same disk; and a front-end over them where wanted.
///
/// The members are ours or etcd's: the same certificates, ports, heartbeats and election timeouts. So is the front-end
/// ours or Kubernetes' own.
final class Trio: Sendable {
  enum Members: Sendable {
    case apus
    case etcd(Peer)
  }

  enum FrontEnd: Sendable {
    case apus
    case kubernetes(Peer)
  }

  private struct Running {
    var members: [Program?] = [nil, nil, nil]
    var frontEnd: Program?
  }

  /// What it is called in reports.
  let name: String
  let config: ClusterConfig
  let certificates: CertificateFolder
  private let members: Members
  private let frontEndKind: FrontEnd
  private let program: String
  /// Everything of it lies here.
  let folder: String
  private let configPath: String
  private let running = Mutex(Running())

  /// Ours, then etcd's where it is installed.
  ///
  /// - Parameters:
  ///   - first: the number of ours; see ``init(_:frontEnd:number:size:program:parent:)``.
  ///   - size: likewise.
  static func pair(program: String, parent: String, first: Int = 0, size: Int = 3) throws -> [Trio] {
    let ours = try Trio(.apus, number: first, size: size, program: program, parent: parent)
    guard let peer = Peer.etcd() else { return [ours] }
    return [ours, try Trio(.etcd(peer), number: first + 1, size: size, program: program, parent: parent)]
  }

  /// What a report says when there is no second one of a pair.
  static let missingPeer = "no etcd was found (PATH, or the variable ETCD): nothing to compare with"

  /// Prepares configuration and certificates below `parent`; starts nothing.
  ///
  /// - Parameters:
  ///   - frontEnd: what ``startFrontEnd()`` starts.
  ///   - number: tells trios of one run apart, from 0 to 3.
  ///   - size: how many members there are, 1 to 3.
  ///   - program: `apus`.
  init(
    _ members: Members, frontEnd: FrontEnd = .apus, number: Int, size: Int = 3, program: String, parent: String
  ) throws {
    self.members = members
    frontEndKind = frontEnd
    self.program = program
    switch members {
    case .apus: name = "apus"
    case .etcd(let peer): name = peer.name
    }
    folder = "\(parent)/trio-\(number)"
    configPath = "\(folder)/cluster.yaml"
    let block = Self.loopbackBlock
    let hosts = (1...size).map { "  - {name: member-\($0), address: \(block).\(number * 16 + $0), roles: [store]}\n" }
    let text =
      "name: bench-\(number)\nhosts:\n" + hosts.joined()
      + "  - {name: front, address: \(block).\(number * 16 + 4), roles: [apiserver]}\n"
    config = try ClusterConfig(yaml: text, file: configPath)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: configPath))
    certificates = CertificateFolder(path: "\(folder)/certs")
    var maker = ClusterCertificates(config: config, folder: certificates)
    try maker.makeAll()
  }

  /// 127.B.C, different for benchmarks that run at the same time.
  static let loopbackBlock: String = {
    let number = Int(getpid())
    return "127.\(64 + number % 128).\(number / 128 % 256)"
  }()

  /// The hosts of the members, which are known by their place in it.
  var hosts: [ClusterConfig.Host] { config.hosts(with: .store) }
  var isOurs: Bool { if case .apus = members { true } else { false } }
  var isOursInFront: Bool { if case .apus = frontEndKind { true } else { false } }
  /// What its front-end is called in reports.
  var frontEndName: String {
    switch (frontEndKind, members) {
    case (.kubernetes(let peer), _): peer.name
    case (.apus, .apus): "apus"
    case (.apus, .etcd): "apus over \(name)"
    }
  }

  // MARK: Processes

  /// Of the members that were started and not stopped.
  var processIDs: [Int32] { running.withLock { $0.members.compactMap { $0?.pid } } }
  var frontEnd: Program? { running.withLock { $0.frontEnd } }

  /// The process of a member; nil when it was not started.
  func process(of member: Int) -> Program? { running.withLock { $0.members[member] } }

  /// Where a member's files lie.
  func data(of member: Int) -> String { "\(folder)/\(hosts[member].name)" }

  /// Starts the members and waits until they take a write.
  func start() async throws {
    progress("starting \(hosts.count == 1 ? "one member" : "\(hosts.count) members") of \(name)")
    for member in hosts.indices { try startMember(member) }
    let client = try client(balancing: .sticky)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      do {
        _ = try await client.put(.init("bench/ready", value: []), idempotent: true)
        break
      } catch {
        for member in hosts.indices { try process(of: member)?.demandRunning() }
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    await client.close()
  }

  /// Starts one member, with the data it has, and waits for nothing.
  func startMember(_ member: Int) throws {
    try FileManager.default.createDirectory(atPath: data(of: member), withIntermediateDirectories: true)
    let host = hosts[member]
    let process = try Program(
      name: "\(name) \(host.name)", command: command(of: host, data: data(of: member)),
      log: "\(folder)/\(host.name).log")
    running.withLock { $0.members[member] = process }
  }

  /// Kills one member at once (SIGKILL); its data stays.
  func crashMember(_ member: Int) {
    running.withLock { running in
      defer { running.members[member] = nil }
      return running.members[member]
    }?.crash()
  }

  /// Ends the members and the front-end, and removes their data.
  func stop() {
    let ended = running.withLock { running in
      defer { running = Running() }
      return running.members.compactMap { $0 } + [running.frontEnd].compactMap { $0 }
    }
    for process in ended { process.stop() }
    for member in hosts.indices { try? FileManager.default.removeItem(atPath: data(of: member)) }
  }

  /// Starts a front-end over the members and waits until it is ready.
  func startFrontEnd() async throws {
    progress("starting \(frontEndName == name ? "a front-end" : frontEndName) over \(name)")
    let process = try launchFrontEnd()
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

  /// Starts a front-end over the members and waits for nothing.
  @discardableResult
  func launchFrontEnd() throws -> Program {
    guard let host = config.hosts(with: .apiserver).first else {
      throw Program.Failure("the cluster's file has no host for a front-end")
    }
    let command =
      switch frontEndKind {
      case .apus: role("apiserver", host, data: "\(folder)/front")
      case .kubernetes(let peer): try kubeAPIServer(peer, host)
      }
    let process = try Program(name: "front-end over \(name)", command: command, log: "\(folder)/front.log")
    running.withLock { $0.frontEnd = process }
    return process
  }

  /// Ends the front-end as a supervisor does; the members go on.
  func stopFrontEnd() {
    let process = running.withLock { running in
      defer { running.frontEnd = nil }
      return running.frontEnd
    }
    process?.stop()
  }

  // MARK: Commands

  private func command(of host: ClusterConfig.Host, data: String) -> [String] {
    switch members {
    case .apus:
      return role("store", host, data: data)
    case .etcd(let peer):
      let files = certificates.host(host.name)
      let clients = "https://\(host.address):\(config.ports.storeClient)"
      let peers = "https://\(host.address):\(config.ports.storePeer)"
      let all = hosts.map { "\($0.name)=https://\($0.address):\(config.ports.storePeer)" }
      return [
        peer.program, "--name", host.name, "--data-dir", data, "--listen-client-urls", clients,
        "--advertise-client-urls", clients, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
        "--initial-cluster", all.joined(separator: ","), "--initial-cluster-state", "new",
        "--initial-cluster-token", config.name, "--heartbeat-interval", milliseconds(config.timing.heartbeat),
        "--election-timeout", milliseconds(config.timing.election), "--logger", "zap",
        // The most that its documentation advises; by default 2 GiB, which a large state's file can exceed.
        "--quota-backend-bytes", "8589934592",
        "--client-cert-auth", "--cert-file", files.storeServer.certificate, "--key-file", files.storeServer.key,
        "--trusted-ca-file", files.trust(.storeClient), "--peer-client-cert-auth",
        "--peer-cert-file", files.storePeer.certificate, "--peer-key-file", files.storePeer.key,
        "--peer-trusted-ca-file", files.trust(.storePeer),
      ]
    }
  }

  /// With what kubeadm gives it, as far as it bears on what is measured.
  private func kubeAPIServer(_ peer: Peer, _ host: ClusterConfig.Host) throws -> [String] {
    let files = certificates.host(host.name)
    // It finds no public key in a private one's file.
    let key = try P256.Signing.PrivateKey(
      pemRepresentation: String(contentsOfFile: files.serviceAccountKey, encoding: .utf8))
    let publicKey = "\(folder)/service-account.pub"
    try Data(key.publicKey.pemRepresentation.utf8).write(to: URL(filePath: publicKey))
    let members = hosts.map { "https://\($0.address):\(config.ports.storeClient)" }
    return [
      peer.program, "--bind-address", "\(host.address)", "--secure-port", "\(config.ports.apiserver)",
      // It takes no loopback address for one that others could reach it by, and here nobody looks for it.
      "--advertise-address", "198.18.0.1", "--endpoint-reconciler-type", "none",
      "--tls-cert-file", files.apiserver.certificate, "--tls-private-key-file", files.apiserver.key,
      "--client-ca-file", files.trust(.cluster), "--etcd-servers", members.joined(separator: ","),
      "--etcd-cafile", files.trust(.storeClient), "--etcd-certfile", files.apiserverStoreClient.certificate,
      "--etcd-keyfile", files.apiserverStoreClient.key, "--authorization-mode", "Node,RBAC",
      "--enable-admission-plugins", "NodeRestriction", "--enable-bootstrap-token-auth=true",
      "--service-cluster-ip-range", "10.96.0.0/16", "--service-account-issuer", "https://kubernetes.default.svc",
      "--service-account-key-file", publicKey,
      "--service-account-signing-key-file", files.serviceAccountKey,
    ]
  }

  private func milliseconds(_ duration: Duration) -> String { "\(duration.nanoseconds / 1_000_000)" }

  private func role(_ role: String, _ host: ClusterConfig.Host, data: String) -> [String] {
    [
      program, role, "--config", configPath, "--host", host.name, "--certs", certificates.path, "--data", data,
      "--log-level", "warning",
    ]
  }
}
