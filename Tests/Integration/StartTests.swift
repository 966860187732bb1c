import FoundationEssentials
import FreePorts
import Glibc
import Supervision
import Testing
import Waiting

/// `apus start` by itself: a store and a front-end on loopback, without the lab.
@Suite(
  "apus start", .serialized, .enabled(if: access(Workbench.program, X_OK) == 0, "\(Workbench.program) was not built"))
struct StartTests {
  private struct Host {
    let folder: String
    let port = FreePorts.next()

    init() throws {
      folder = "/tmp/apus-start-\(getpid())-\(UInt32.random(in: 0 ... .max))"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let config = """
        name: solo
        ports:
          {storeClient: \(FreePorts.next()), storePeer: \(FreePorts.next()), storeMetrics: \(FreePorts.next()),
          apiserver: \(port)}
        hosts:
          - {name: one, address: 127.0.0.1, roles: [store, apiserver]}
        """
      try Data(config.utf8).write(to: URL(filePath: "\(folder)/cluster.yaml"))
      try Command.run([
        Workbench.program, "certs", "init", "--config", "\(folder)/cluster.yaml", "--out", "\(folder)/certs",
      ])
    }

    func start() throws -> ChildProcess {
      try ChildProcess(
        [
          Workbench.program, "start", "--config", "\(folder)/cluster.yaml", "--host", "one", "--certs",
          "\(folder)/certs", "--data", "\(folder)/data",
        ], log: "\(folder)/log")
    }

    func kubectl(_ arguments: String...) throws -> String {
      try Command.run(
        [
          "timeout", "60", "kubectl", "--kubeconfig", "\(folder)/certs/admin/kubeconfig", "--server",
          "https://127.0.0.1:\(port)",
        ] + arguments)
    }

    func untilItServes() async throws {
      try await until("the front-end serves") { (try? kubectl("get", "service", "kubernetes")) != nil }
    }

    func until(_ what: String, _ condition: () -> Bool) async throws {
      try await eventually(
        what, within: .seconds(180), every: .milliseconds(100),
        detail: { (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "" }, condition)
    }
  }

  private static func children(of process: ChildProcess) throws -> [Int32] {
    try String(contentsOfFile: "/proc/\(process.pid)/task/\(process.pid)/children", encoding: .utf8)
      .split(separator: " ").compactMap { Int32($0) }
  }

  /// Neither there nor only waiting to be reaped by whoever inherited it.
  private static func isGone(_ pid: Int32) -> Bool {
    guard let line = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
    return line.split(separator: ")").last?.split(separator: " ").first == "Z"
  }

  @Test func rolesEndWithTheirSupervisorAndStartAgain() async throws {
    let host = try Host()
    defer { try? FileManager.default.removeItem(atPath: host.folder) }
    let first = try host.start()
    try await host.untilItServes()
    _ = try host.kubectl("create", "configmap", "kept", "--from-literal=a=b")
    // Threads that have nothing to do end after some seconds; what they asked of the kernel must not end with them.
    try await Task.sleep(for: .seconds(10))
    let children = try Self.children(of: first)
    #expect(children.count == 2)
    first.signal(SIGKILL)
    #expect(await first.ended() == .signal(SIGKILL))
    defer { for child in children where !Self.isGone(child) { kill(child, SIGKILL) } }
    try await host.until("the roles end with their supervisor") { children.allSatisfy(Self.isGone) }

    let second = try host.start()
    try await host.untilItServes()
    #expect(try host.kubectl("get", "configmap", "kept", "-o", "jsonpath={.data.a}") == "b")
    #expect(await second.stop(grace: .seconds(120)) == .code(0))
  }
}
