import ClusterConfig
import FoundationEssentials
import FreePorts
import Glibc
import Supervision
import Testing
import Waiting

/// Three stores on loopback addresses, each run by the command that a user would type, in folders of a test's own.
final class StoreHosts {
  static let etcdctl = "/usr/bin/etcdctl"

  /// Why tests with them cannot run here; nil when they can.
  static let obstacle: String? = {
    if access(Workbench.program, X_OK) != 0 { return "\(Workbench.program) was not built" }
    return access(etcdctl, X_OK) == 0 ? nil : "\(etcdctl) is missing: dev/setup installs it"
  }()

  let folder: String
  let names = ["s1", "s2", "s3"]
  private let block: String
  private let clientPort = FreePorts.next()
  private var processes: [String: ChildProcess] = [:]

  init() throws {
    folder = "/tmp/apus-stores-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    block = "127.\(Int.random(in: 64..<250)).\(Int.random(in: 1..<250))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let (peerPort, metricsPort) = (FreePorts.next(), FreePorts.next())
    let hosts = names.enumerated().map { "  - {name: \($1), address: \(block).\($0 + 1), roles: [store]}\n" }
    let text =
      "name: three\nports: {storeClient: \(clientPort), storePeer: \(peerPort), storeMetrics: \(metricsPort)}\nhosts:\n"
      + hosts.joined()
    try Data(text.utf8).write(to: URL(filePath: config))
    try Command.run([Workbench.program, "certs", "init", "--config", config, "--out", "\(folder)/certs"])
  }

  /// Ends what runs and removes everything.
  func remove() async {
    for name in names { await kill(name) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  var config: String { "\(folder)/cluster.yaml" }
  func data(_ name: String) -> String { "\(folder)/\(name)" }

  /// Everything that a host's processes have said.
  func log(_ name: String) -> String { (try? String(contentsOfFile: "\(folder)/\(name).log", encoding: .utf8)) ?? "" }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  // MARK: Commands

  /// How a command ended and what it said.
  struct Outcome: CustomStringConvertible {
    var code: Int32?
    var text: String
    var description: String { "code \(code.map { "\($0)" } ?? "none"): \(text)" }
    func refuses(_ reason: String) -> Bool { code != 0 && code != nil && text.contains(reason) }
  }

  private func run(_ words: [String], _ limit: Duration) async -> Outcome {
    do throws(Command.Failure) {
      return Outcome(code: 0, text: try await Command(words).run(mergingErrors: true, timeout: limit))
    } catch {
      guard case .code(let code)? = error.exit else { return Outcome(text: "\(error)") }
      return Outcome(code: code, text: error.output)
    }
  }

  /// `apus store …`, to its end.
  func store(_ arguments: [String]) async -> Outcome {
    await run([Workbench.program, "store"] + arguments, .seconds(300))
  }

  /// `apus store --config … --host … --data … …`, of which it is expected that it ends by itself.
  func runs(_ name: String, data: String? = nil, _ flags: [String] = []) async -> Outcome {
    await store(options(name, data: data) + flags)
  }

  func restore(_ backup: String, _ name: String, _ flags: [String] = []) async -> Outcome {
    await store(["restore", backup, "--config", config, "--host", name, "--data", data(name)] + flags)
  }

  private func options(_ name: String, data: String?) -> [String] {
    ["--config", config, "--host", name, "--certs", "\(folder)/certs", "--data", data ?? self.data(name)]
  }

  /// `etcdctl`, on some hosts' stores; all unless given.
  @discardableResult
  func etcdctl(_ arguments: [String], on hosts: [String]? = nil) async throws -> String {
    let admin = "\(folder)/certs/admin"
    let endpoints = (hosts ?? names).map { "\(block).\((names.firstIndex(of: $0) ?? 0) + 1):\(clientPort)" }
    return try await Command(
      [
        "env", "ETCDCTL_API=3", Self.etcdctl, "--endpoints", endpoints.joined(separator: ","), "--cacert",
        "\(admin)/store-client-ca.crt", "--cert", "\(admin)/store-client.crt", "--key", "\(admin)/store-client.key",
        "--command-timeout=60s",
      ] + arguments
    ).run(timeout: .seconds(120))
  }

  func put(_ key: String, on hosts: [String]? = nil) async throws {
    try await etcdctl(["put", key, "value of \(key)"], on: hosts)
  }

  /// The keys from `a` to `z`, as one member has them.
  func keys(on name: String) async throws -> [String] {
    try await etcdctl(["get", "a", "z", "--keys-only", "--consistency=s"], on: [name])
      .split(separator: "\n").map(String.init)
  }

  // MARK: Processes

  /// `apus store --config … --host …`, until it is ended.
  func start(_ names: [String]? = nil, _ flags: [String] = []) throws {
    for name in names ?? self.names {
      processes[name] = try ChildProcess(
        [Workbench.program, "store"] + options(name, data: nil) + flags, log: "\(folder)/\(name).log")
    }
  }

  /// `apus start`, which looks after the store.
  func startSupervised(_ name: String) throws -> ChildProcess {
    let process = try ChildProcess(
      [Workbench.program, "start"] + options(name, data: nil), log: "\(folder)/\(name).log")
    processes[name] = process
    return process
  }

  func stop(_ names: [String]? = nil) async {
    for name in names ?? self.names {
      let end = await processes.removeValue(forKey: name)?.stop(grace: .seconds(120))
      #expect(end == nil || end == .code(0), "\(name): \(log(name))")
    }
  }

  func kill(_ name: String) async {
    await processes.removeValue(forKey: name)?.stop(grace: .zero)
  }

  /// Until each of these stores has a leader and answers a read that all others agree to.
  func untilServing(_ names: [String]? = nil) async throws {
    for name in names ?? self.names {
      try await eventually(
        "\(name) serves", every: .milliseconds(200), detail: { String(self.log(name).suffix(2000)) }
      ) {
        if let process = self.processes[name] { try #require(process.isRunning, "\(name) ended: \(self.log(name))") }
        return (try? await self.etcdctl(["get", "nothing", "--command-timeout=5s"], on: [name])) != nil
      }
    }
  }
}
