import ClusterConfig
import FoundationEssentials
import Glibc
import Supervision
import Testing
import Waiting

/// A lab of its own for a test: other addresses, names and ports than `make up` uses, so that both can run.
struct Workbench: Sendable {
  static let program: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
    return own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/apus"
  }()

  /// Why these tests cannot run here; nil when they can.
  static let obstacle: String? = {
    if geteuid() != 0 { return "namespaces and containers need root" }
    if access(program, X_OK) != 0 { return "\(program) was not built" }
    for tool in ["/usr/bin/containerd", "/usr/sbin/nft", "/usr/bin/etcdctl"] where access(tool, X_OK) != 0 {
      return "\(tool) is missing: dev/setup installs it"
    }
    let images = "\(FileManager.default.currentDirectoryPath)/.apus/images/pause.tar"
    return access(images, R_OK) == 0 ? nil : "\(images) is missing: docker/build-images makes it"
  }()

  let folder: String
  let config: String

  init() throws {
    let here = FileManager.default.currentDirectoryPath
    folder = "/tmp/apus-it-\(getpid())"
    config = "\(folder)/cluster.yaml"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      name: bench
      network: {services: 198.18.48.0/20, pods: 198.19.128.0/17, nodePrefix: 24}
      ports: {balancer: 6543}
      runtime:
        kind: managed
        images: [\(here)/.apus/images/pause.tar, \(here)/.apus/images/apus-demo-v1.tar, \(here)/.apus/images/apus-demo-v2.tar]

      """
    try Data((text + ClusterConfig.sevenHosts(in: "198.18.2")).utf8).write(to: URL(filePath: config))
  }

  static let storeNames = ["store-1", "store-2", "store-3"]
  static let stores = "198.18.2.11:2379,198.18.2.12:2379,198.18.2.13:2379"

  @discardableResult
  static func run(_ command: [String]) throws -> String { try Command.run(command) }

  @discardableResult
  func lab(_ arguments: String...) throws -> String {
    let all = [arguments[0], "--config", config, "--state", folder, "--name", "apusit"] + arguments.dropFirst()
    return try Command.run([Self.program, "lab"] + all)
  }

  @discardableResult
  func kubectl(_ arguments: String...) throws -> String { try kubectl(arguments) }

  @discardableResult
  func kubectl(_ arguments: [String]) throws -> String {
    try Command.run(["timeout", "300", "kubectl", "--kubeconfig", "\(folder)/kubeconfig"] + arguments)
  }

  @discardableResult
  func etcdctl(_ arguments: [String], endpoints: String = stores, input: String? = nil) throws -> String {
    let admin = "\(folder)/certs/admin"
    return try Command.run(
      [
        "timeout", "30", "env", "ETCDCTL_API=3", "etcdctl", "--endpoints", endpoints, "--cacert",
        "\(admin)/store-client-ca.crt", "--cert", "\(admin)/store-client.crt", "--key", "\(admin)/store-client.key",
      ] + arguments, input: input)
  }

  /// The host whose replica leads, by `endpoint status`.
  func leader() throws -> String {
    let lines = try etcdctl(["endpoint", "status", "-w", "simple"]).split(separator: "\n")
    for (name, line) in zip(Self.storeNames, lines) {
      // endpoint, id, version, size, is leader, …
      let fields = line.split(separator: ",").map { $0.drop { $0 == " " } }
      if fields.count > 4, fields[4] == "true" { return name }
    }
    throw Absent(description: "no member leads: \(lines)")
  }

  struct Absent: Error, CustomStringConvertible { var description: String }

  /// Repeats until it succeeds; what it says last is the failure.
  func eventually<Value>(
    _ what: String, seconds: Int = 180, _ body: () throws -> Value
  ) async throws -> Value {
    var failure: (any Error)?
    return try await Waiting.eventually(
      what, within: .seconds(seconds), every: .milliseconds(250), detail: { failure.map { "\($0)" } ?? "" }
    ) { () -> Value? in
      do {
        return try body()
      } catch {
        failure = error
        return nil
      }
    }
  }

  /// How many of the demo's servers run in containers of this cluster.
  static func demoProcesses() -> Int {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { process in
      guard Int(process) != nil,
        let line = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8),
        let groups = try? String(contentsOfFile: "/proc/\(process)/cgroup", encoding: .utf8)
      else { return false }
      return line.hasPrefix("/apus-demo") && groups.contains("/apus-bench/")
    }.count
  }

  func demand(_ condition: Bool, _ text: @autoclosure () -> String) throws {
    if !condition { throw Absent(description: text()) }
  }

  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
  }
}
