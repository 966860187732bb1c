import FoundationEssentials
import FreePorts
import Glibc
import Supervision
import Testing
import Waiting

/// A cluster for clients to work with: a store, a front-end, the control plane and two nodes whose runtime only
/// pretends, each a process, all on loopback addresses.
struct ClientCluster: Sendable {
  /// Why there can be none here; nil when there can.
  static let obstacle: String? = {
    if geteuid() != 0 { return "the volumes of pods need root" }
    return access(Workbench.program, X_OK) == 0 ? nil : "\(Workbench.program) was not built"
  }()

  static let nodes = ["one", "two"]

  let folder: String
  let port: Int
  private let processes: [ChildProcess]

  private init() throws {
    folder = "/tmp/apus-clients-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    port = FreePorts.next()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = [
      "storeClient", "storePeer", "storeMetrics", "balancer", "kubelet", "controllerManager", "scheduler", "proxy",
    ]
    let ports = (names.map { "\($0): \(FreePorts.next())" } + ["apiserver: \(port)"]).joined(separator: ", ")
    let config = "\(folder)/cluster.yaml"
    try Data(
      """
      name: clients
      runtime: {kind: hollow}
      timing: {nodeMonitorGrace: 120s, leaderLease: 60s}
      ports: {\(ports)}
      hosts:
        - {name: one, address: 127.0.0.1, roles: [store, apiserver, controller-manager, scheduler, kubelet]}
        - {name: two, address: 127.0.0.2, roles: [kubelet]}

      """.utf8
    ).write(to: URL(filePath: config))
    let certificates = "\(folder)/certs"
    try Command.run([Workbench.program, "certs", "init", "--config", config, "--out", certificates])
    let shared = ["--config", config, "--certs", certificates]
    // The second host is none of its own: its node goes by the first one's balancer.
    processes = try [
      ChildProcess(
        [Workbench.program, "start", "--host", "one", "--data", "\(folder)/one"] + shared, log: "\(folder)/one.log"),
      ChildProcess(
        [Workbench.program, "kubelet", "--host", "two", "--data", "\(folder)/two"] + shared, log: "\(folder)/two.log"),
    ]
  }

  /// For the time of `body`. Whatever happens, its processes end, and what they mounted and wrote is removed.
  static func run(_ body: (ClientCluster) async throws -> Void) async throws {
    let cluster = try ClientCluster()
    let result: Result<Void, any Error>
    do {
      try await cluster.untilReady()
      result = .success(try await body(cluster))
    } catch {
      cluster.printLogs()
      result = .failure(error)
    }
    await cluster.remove()
    try result.get()
  }

  private func untilReady() async throws {
    let kubeconfig = try kubeconfig(namespace: "default", at: "\(folder)/kubeconfig")
    try await eventually("both nodes are ready", within: .seconds(300), every: .milliseconds(200)) {
      let said = try? Command.run([
        "timeout", "60", "kubectl", "--kubeconfig", kubeconfig, "get", "nodes", "--no-headers",
      ])
      return said?.split(separator: "\n").filter { $0.contains(" Ready ") }.count == Self.nodes.count
    }
  }

  /// Writes a kubeconfig of the administrator that goes to the front-end, with a namespace; returns its path.
  @discardableResult
  func kubeconfig(namespace: String, at path: String) throws -> String {
    let files = "\(folder)/certs/admin"
    let written = try String(contentsOfFile: "\(files)/kubeconfig", encoding: .utf8)
    var lines = written.split(separator: "\n").map { line in
      line.contains("server: ") ? "    server: https://127.0.0.1:\(port)" : String(line)
    }
    // Its files are named relative to its folder.
    for (index, line) in lines.enumerated() {
      for name in ["certificate-authority: ", "client-certificate: ", "client-key: "] {
        guard let range = line.firstRange(of: name), line[range.upperBound...].first != "/" else { continue }
        lines[index] = "\(line[..<range.upperBound])\(files)/\(line[range.upperBound...])"
      }
      if line == "    cluster: clients" { lines[index] += "\n    namespace: \(namespace)" }
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    return path
  }

  private func printLogs() {
    for host in Self.nodes {
      let log = (try? String(contentsOfFile: "\(folder)/\(host).log", encoding: .utf8)) ?? ""
      print("--- \(host)\n" + log.split(separator: "\n").suffix(30).joined(separator: "\n"))
    }
  }

  private func remove() async {
    for process in processes.reversed() { await process.stop(grace: .seconds(20)) }
    let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count > 1, fields[1].hasPrefix("\(folder)/") { umount2(String(fields[1]), Int32(MNT_DETACH)) }
    }
    try? FileManager.default.removeItem(atPath: folder)
  }
}

/// The programs of others that are run against it, where they are installed.
enum RealClients {
  /// The sessions are those of kubectl 1.32; older ones, as Debian's 1.20, say many things otherwise.
  static let kubectlObstacle: String? = {
    guard let said = try? Command.run(["kubectl", "version", "--client"]) else {
      return "kubectl is missing: dev/setup installs it"
    }
    let version = said.split(separator: "\n").first ?? ""
    let minor = version.firstRange(of: "v1.").flatMap { Int(version[$0.upperBound...].prefix { $0.isNumber }) }
    return (minor ?? 0) >= 32 ? nil : "kubectl 1.32 or newer is needed, here is: \(version)"
  }()

  /// The Python that has the client `kubernetes`; another one where APUS_PYTHON is its path.
  static let python: String? = {
    let own = "\(FileManager.default.currentDirectoryPath)/.apus/python"
    let isWhole = FileManager.default.fileExists(atPath: "\(own)/installed.txt")
    let paths = [ProcessInfo.processInfo.environment["APUS_PYTHON"], isWhole ? "\(own)/bin/python" : nil]
    return paths.compactMap(\.self).first(where: FileManager.default.isExecutableFile(atPath:))
  }()
}
