import ContainerRuntime
import Foundation
import Kubelet
import KubernetesAPI
import Logging
import NIOPosix
import Synchronization
import Testing
import Waiting

struct FixedReferences: PodReferenceSource {
  var value = PodReferences()
  func references(of pod: CoreV1.Pod) async throws(PodActionError) -> PodReferences { value }
}

final class Reports: Sendable {
  private let reports = Mutex<[String: PodManager.PodReport]>([:])
  func put(_ report: PodManager.PodReport) { reports.withLock { $0[report.pod.metadata.uid] = report } }
  subscript(name: String) -> PodManager.PodReport? { reports.withLock { $0["uid-\(name)"] } }
}

func wallNow() -> Int64 { Int64(Date().timeIntervalSince1970 * 1e9) }

/// Waits for a condition, a minute at most.
@Suite("The pod manager over the hollow runtime", .timeLimit(.minutes(10)))
final class PodManagerTests: Sendable {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-manager-\(UUID().uuidString)"
  private let runtime = HollowRuntime(addressPrefix: "198.19.1", now: { wallNow() })
  private let reports = Reports()

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func makeManager() -> PodManager {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let handlers = HandlerRunner(runtime: runtime, group: MultiThreadedEventLoopGroup.singleton)
    let actions = PodActions(
      runtime: runtime, folders: PodFolders(root: root), cgroups: PodCgroups(parent: "/apus-test-none"),
      node: PodEnvironment(nodeName: "node1", hostAddress: "198.18.0.6"), references: FixedReferences(), events: nil,
      handlers: handlers, logger: logger)
    let reports = reports
    return PodManager(
      actions: actions, builder: PodStatusBuilder(hostAddress: "198.18.0.6"), now: { wallNow() }, logger: logger
    ) {
      reports.put($0)
    }
  }

  private func pods(_ count: Int) -> [CoreV1.Pod] {
    (0..<count).map { number in pod("p\(number)") { $0.metadata.resourceVersion = "1" } }
  }

  @Test("runs what is wanted, ends what is not, and a second manager adopts without a start")
  func life() async throws {
    let manager = makeManager()
    var wanted = pods(20)
    await manager.setDesired(wanted)
    try await eventually("all run") { (0..<20).allSatisfy { reports["p\($0)"]?.status.phase == "Running" } }
    #expect(runtime.calls.count { $0.hasPrefix("startContainer") } == 20)

    let second = makeManager()
    try await second.relist()
    #expect(try await runtime.listContainers(labels: [:]).count == 20)
    await second.setDesired(wanted)
    try await second.relist()
    try await eventually("adopted") { await second.runningLogs.count == 20 }
    #expect(runtime.calls.count { $0.hasPrefix("startContainer") } == 20)

    let crashed = try #require(try await runtime.listContainers(labels: [RuntimeLabels.podUID: "uid-p3"]).first)
    runtime.exitContainer(crashed.id, code: 1)
    try await second.relist()
    try await eventually("restarted") { reports["p3"]?.status.containerStatuses.first?.restartCount == 1 }

    wanted[4].metadata.deletionTimestamp = Time(secondsSinceEpoch: 1)
    wanted[4].metadata.deletionGracePeriodSeconds = 1
    wanted[4].metadata.resourceVersion = "2"
    await second.setDesired(wanted)
    try await eventually("stopped") { reports["p4"]?.isStopped == true }
    #expect(reports["p4"]?.status.containerStatuses.first?.state.terminated != nil)
    await second.setDesired([])
    try await eventually("all gone") { await second.uids.isEmpty }
    #expect(try await runtime.listPodSandboxes(labels: [:]).isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(root)/pods").isEmpty)
  }

  @Test("nothing is ended before the API's pods are known")
  func unknownDesire() async throws {
    let first = makeManager()
    await first.setDesired(pods(1))
    try await eventually("runs") { reports["p0"]?.status.phase == "Running" }
    let second = makeManager()
    for _ in 0..<5 { try await second.relist() }
    #expect(await second.uids.isEmpty)
    #expect(!runtime.calls.contains { $0.hasPrefix("stop") })
    await second.setDesired([])
    try await second.relist()
    try await eventually("orphan ended") { try await runtime.listPodSandboxes(labels: [:]).isEmpty }
  }

  @Test("a runtime that is down for a while leaves pods alone, and they go on afterwards")
  func runtimeDown() async throws {
    let manager = makeManager()
    let down = RuntimeError(.unavailable, "down")
    for method in ["listContainers", "listPodSandboxes", "runPodSandbox"] { runtime.setFailure(down, of: method) }
    await manager.setDesired(pods(3))
    for _ in 0..<3 { await #expect(throws: RuntimeError.self) { try await manager.relist() } }
    for method in ["listContainers", "listPodSandboxes", "runPodSandbox"] { runtime.setFailure(nil, of: method) }
    try await eventually("run") {
      try await manager.relist()
      return (0..<3).allSatisfy { reports["p\($0)"]?.status.phase == "Running" }
    }
    #expect(runtime.calls.count { $0.hasPrefix("startContainer") } == 3)
  }

  @Test("an exec probe decides readiness, and a failing liveness probe restarts")
  func probes() async throws {
    let manager = makeManager()
    let handlers = HandlerRunner(runtime: runtime, group: MultiThreadedEventLoopGroup.singleton)
    let probes = ProbeManager(handlers: handlers, changed: { uid in Task { await manager.probeChanged(uid) } })
    await manager.use(probes)
    var probe = CoreV1.Probe()
    probe.exec = CoreV1.ExecAction(command: ["check"])
    probe.periodSeconds = 1
    probe.timeoutSeconds = 60
    probe.failureThreshold = 1
    let readiness = probe
    let wanted = pod("p0") {
      $0.spec.terminationGracePeriodSeconds = 0
      $0.spec.containers = [
        container("ready") { $0.readinessProbe = readiness }, container("alive") { $0.livenessProbe = readiness },
      ]
    }
    runtime.setExecResult(ExecResult(exitCode: 1), inContainersNamed: "ready")
    await manager.setDesired([wanted])
    try await eventually("runs") { reports["p0"]?.status.phase == "Running" }
    #expect(reports["p0"]?.status.containerStatuses.first?.ready == false)
    runtime.setExecResult(ExecResult(exitCode: 0), inContainersNamed: "ready")
    try await eventually("ready") { reports["p0"]?.status.conditions.first { $0.type == "Ready" }?.status == "True" }
    runtime.setExecResult(ExecResult(exitCode: 1), inContainersNamed: "alive")
    try await eventually("restarted") { (reports["p0"]?.status.containerStatuses.last?.restartCount ?? 0) >= 1 }
    #expect(reports["p0"]?.status.containerStatuses.first?.restartCount == 0)
    await manager.setDesired([])
    try await eventually("gone") { await manager.uids.isEmpty }
  }
}
