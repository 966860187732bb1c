import ClusterConfig
import EtcdAPI
import FoundationEssentials
import GRPC
import Glibc
import Logging
import NIOPosix
import NIOSSL
import PKI
import StoreClient
import Supervision
import Synchronization

/// The hosts of a trial: namespaces, certificates, disks, and on each a store process that is started, killed, stopped.
///
/// The first half of them, but a minority, has a small disk (tmpfs) that can be filled; the others' data lies in the
/// trial's folder, on a real one.
final class TrialHosts: Sendable {
  /// A process, and what the trial knows of it.
  private struct Member {
    var process: ChildProcess?
    /// Whether it is to run; an end by itself is followed by another start.
    var isWanted = false
    /// Whose end was asked for, by their ids.
    var expectedEnds: Set<Int32> = []
    /// Whose disk was full at some time of their life.
    var sawFullDisk: Set<Int32> = []
    var isDiskFull = false
    var starts = 0
    /// The machine is gone, or has no member yet: nothing starts there.
    var isVacant = false
    /// A new member's process, that has not taken part yet: who asks a member that lags behind is told that it was
    /// another one, refuses to be that one on an empty disk, and is started again.
    var isNew = false
  }

  let folder: String
  let config: ClusterConfig
  let smallDisks: [Int]
  let network: TrialNetwork
  private let program: String
  private let certificates: CertificateFolder
  private let members: Mutex<[Member]>
  private let report: @Sendable (String) -> Void
  private let wishes = Atomic(0)
  private let unexpected = Mutex<[String]>([])

  /// Ends that nobody asked for and no full disk explains.
  var unexpectedEnds: [String] { unexpected.withLock(\.self) }

  var numbers: ClosedRange<Int> { 1...config.hosts.count }

  private static let smallDiskBytes = 400 << 20

  init(_ options: TrialOptions, report: @escaping @Sendable (String) -> Void) throws {
    folder = options.folder
    program = options.program
    self.report = report
    members = Mutex(Array(repeating: Member(), count: options.replicas + 1))
    smallDisks = options.faults.contains(.disk) ? Array((1...options.replicas).prefix((options.replicas - 1) / 2)) : []
    let text =
      "name: trial\nhosts:\n"
      + (1...options.replicas).map {
        "  - {name: store-\($0), address: \(TrialNetwork.address(ofPort: $0)), roles: [store]}\n"
      }.joined()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/cluster.yaml"
    config = try ClusterConfig(yaml: text, file: path)
    try Data(text.utf8).write(to: URL(filePath: path))
    certificates = CertificateFolder(path: "\(folder)/certs")
    // As an operator makes them.
    try Command.run([program, "certs", "init", "--config", path, "--out", certificates.path])
    network = try Self.makeNetwork(options)
    for number in 1...options.replicas {
      try FileManager.default.createDirectory(atPath: data(of: number), withIntermediateDirectories: true)
      if smallDisks.contains(number) {
        try Command.run([
          "mount", "-t", "tmpfs", "-o", "size=\(Self.smallDiskBytes)", "trial", data(of: number),
        ])
      }
    }
  }

  private static func makeNetwork(_ options: TrialOptions) throws -> TrialNetwork {
    // Named namespaces are mounts; these must not be seen outside.
    try FileManager.default.createDirectory(atPath: "/run/netns", withIntermediateDirectories: true)
    try Command.run(["mount", "-t", "tmpfs", "trial", "/run/netns"])
    for number in 1...options.replicas { try Command.run(["ip", "netns", "add", "store-\(number)"]) }
    let namespaces = [nil] + (1...options.replicas).map { "/run/netns/store-\($0)" }
    let network = try TrialNetwork(namespaces: namespaces, seed: options.seed)
    for port in 0...options.replicas {
      let ip = port == 0 ? ["ip"] : ["ip", "-n", "store-\(port)"]
      for words in [
        ["link", "set", "lo", "up"], ["addr", "add", "\(TrialNetwork.address(ofPort: port))/24", "dev", "net0"],
        ["link", "set", "net0", "mtu", "\(TrialNetwork.mtu)", "txqueuelen", "2000", "up"],
      ] { try Command.run(ip + words) }
    }
    return network
  }

  func data(of number: Int) -> String { "\(folder)/store-\(number)" }
  func log(of number: Int) -> String { "\(folder)/store-\(number).log" }

  // MARK: Processes

  /// Starts a member's process, unless it runs; from then on it is started again when it ends.
  func start(_ number: Int) {
    do {
      let process: ChildProcess? = try members.withLock { members in
        members[number].isWanted = true
        guard members[number].process == nil, !members[number].isVacant else { return nil }
        let process = try ChildProcess(
          [
            "nsenter", "--net=/run/netns/store-\(number)", "--", program, "store", "--config",
            "\(folder)/cluster.yaml", "--host", "store-\(number)", "--certs", certificates.path, "--data",
            data(of: number), "--log-level", "debug",
          ], log: log(of: number))
        members[number].process = process
        members[number].starts += 1
        if members[number].isDiskFull { members[number].sawFullDisk.insert(process.pid) }
        return process
      }
      guard let process else { return }
      Task { await self.ended(number, process, await process.ended()) }
    } catch {
      unexpected.withLock { $0.append("store-\(number) could not be started: \(error)") }
    }
  }

  private func ended(_ number: Int, _ process: ChildProcess, _ end: ProcessEnd) async {
    let (isExpected, isExplained, isWanted) = members.withLock { members in
      if members[number].process === process { members[number].process = nil }
      let isExpected = members[number].expectedEnds.remove(process.pid) != nil
      let sawFullDisk = members[number].sawFullDisk.remove(process.pid) != nil
      let isRefusal = members[number].isNew && end == .code(1)
      return (isExpected, sawFullDisk && end == .code(1) || isRefusal, members[number].isWanted)
    }
    if !isExpected {
      report("store-\(number) \(end)\(isExplained ? ", which is borne" : "")")
      if !isExplained { unexpected.withLock { $0.append("store-\(number) \(end): see \(log(of: number))") } }
    }
    guard isWanted else { return }
    try? await Task.sleep(for: .milliseconds(300))
    if members.withLock({ $0[number].isWanted }) { start(number) }
  }

  /// Ends it at once and does not start it again.
  func kill(_ number: Int) async {
    await end(number) { process in
      process.signal(SIGKILL)
      _ = await process.ended()
    }
  }

  /// Asks it to end, and does not start it again.
  func stop(_ number: Int) async {
    await end(number) { process in
      // A stopped process hears nothing.
      process.signal(SIGCONT)
      _ = await process.stop(grace: .seconds(15))
    }
  }

  /// - Parameter end: ends a process and waits until it has ended.
  private func end(_ number: Int, by end: (ChildProcess) async -> Void) async {
    let process = members.withLock { members in
      members[number].isWanted = false
      if let process = members[number].process { members[number].expectedEnds.insert(process.pid) }
      return members[number].process
    }
    guard let process else { return }
    await end(process)
    members.withLock { if $0[number].process === process { $0[number].process = nil } }
  }

  func freeze(_ number: Int) { members.withLock { $0[number].process }?.signal(SIGSTOP) }
  func thaw(_ number: Int) { members.withLock { $0[number].process }?.signal(SIGCONT) }

  func starts(of number: Int) -> Int { members.withLock { $0[number].starts } }

  // MARK: Machines

  /// The machine is lost with its disk.
  func vacate(_ number: Int) async {
    members.withLock { $0[number].isVacant = true }
    await kill(number)
    // The folder itself may be a mount.
    _ = try? await Command(["sh", "-c", "rm -rf '\(data(of: number))'/*"]).run()
  }

  func isVacant(_ number: Int) -> Bool { members.withLock { $0[number].isVacant } }

  /// Another machine is there, and starts.
  func occupy(_ number: Int) {
    members.withLock { members in
      members[number].isVacant = false
      members[number].isNew = true
    }
    start(number)
  }

  /// Waits until the new member is one of a majority's again, for some time: its disk counts from then on.
  func hasJoined(_ number: Int) async {
    guard let connection = try? connection(to: number) else { return }
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      let status: Etcdserverpb_StatusResponse? = try? await connection.unary(
        EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), timeout: .seconds(1))
      if let status, status.leader != 0, !status.isLearner { break }
      try? await Task.sleep(for: .milliseconds(100))
    }
    await connection.close()
    members.withLock { $0[number].isNew = false }
  }

  /// The operator's command that lets a new member take the place of a host's.
  func replacement(of number: Int) -> [String] {
    let name = "store-\(number)"
    return [
      program, "store", "member", "replace", name, name, "--config", "\(folder)/cluster.yaml", "--certs",
      certificates.path,
    ]
  }

  // MARK: Disks

  /// Takes every free byte of a small disk.
  func fillDisk(_ number: Int) throws {
    members.withLock { members in
      members[number].isDiskFull = true
      if let process = members[number].process { members[number].sawFullDisk.insert(process.pid) }
    }
    let file = open(ballast(number), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw TrialTrouble("\(ballast(number)): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var size = off_t(0)
    // As much as there is, to the last page.
    for piece in [1 << 20, 1 << 12] as [off_t] {
      while posix_fallocate(file, size, piece) == 0 { size += piece }
    }
  }

  func freeDisk(_ number: Int) {
    unlink(ballast(number))
    members.withLock { $0[number].isDiskFull = false }
  }

  private func ballast(_ number: Int) -> String { "\(data(of: number))/ballast" }

  /// Whether much is to be written: only who wants to write notices that a disk is full, and only where much was
  /// written somebody who comes back needs a snapshot.
  var wantsMuch: Bool { wishes.load(ordering: .relaxed) > 0 || members.withLock { $0.contains(where: \.isDiskFull) } }

  func wantMuch(_ isWanted: Bool) { wishes.add(isWanted ? 1 : -1, ordering: .relaxed) }

  /// What lies on small disks goes with them: copies it to where it stays.
  func keepSmallDisks() {
    for number in smallDisks {
      freeDisk(number)
      _ = try? Command.run(["cp", "-r", data(of: number), "\(folder)/kept-store-\(number)"])
    }
  }

  /// So that their folders can be removed.
  func removeSmallDisks() { for number in smallDisks { _ = try? Command.run(["umount", "-l", data(of: number)]) } }

  // MARK: Clients

  /// A connection to one member, on which nothing is repeated behind the caller's back.
  func connection(to number: Int) throws -> GRPCConnection {
    var configuration = GRPCConnectionConfiguration()
    configuration.connectTimeout = .milliseconds(1500)
    configuration.initialBackoff = .milliseconds(20)
    configuration.maximumBackoff = .milliseconds(200)
    configuration.keepAlive = GRPCKeepAlive(interval: .seconds(5), timeout: .seconds(2))
    configuration.maximumMessageSize = 1 << 28
    return GRPCConnection(
      target: target(number), tls: try tls(), group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: Self.silence)
  }

  /// The members as one, or only one of them.
  func client(of numbers: [Int]) throws -> StoreClient {
    var configuration = StoreClientConfiguration()
    // As front-ends do; who asks a single member has a stream for each call.
    configuration.sharesStream = true
    configuration.requestTimeout = .seconds(4)
    configuration.attemptTimeout = .milliseconds(1500)
    configuration.connection.connectTimeout = .milliseconds(1500)
    configuration.connection.maximumBackoff = .milliseconds(300)
    return StoreClient(
      endpoints: numbers.map(target), tls: try tls(), group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: Self.silence)
  }

  private static let silence = Logger(label: "trial") { _ in SwiftLogNoOpLogHandler() }

  private func target(_ number: Int) -> GRPCTarget {
    .tcp(host: TrialNetwork.address(ofPort: number), port: Int(config.ports.storeClient))
  }

  private func tls() throws -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificates.adminStoreClient.certificate).map {
      .certificate($0)
    }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificates.adminStoreClient.key, format: .pem))
    tls.trustRoots = .file(certificates.adminTrust(.storeClient))
    tls.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: tls)
  }
}
