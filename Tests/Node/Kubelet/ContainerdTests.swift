import ClusterConfig
import ContainerRuntime
import Files
import Foundation
import Glibc
import Kubelet
import KubernetesAPI
import Logging
import NIOPosix
import NodeNetwork
import Supervision
import Testing
import Waiting

/// What the test below needs of the machine; nil: all there.
private let missing: String? = {
  if geteuid() != 0 { return "not root" }
  for program in ["containerd", "ctr", "runc", "ip", "nsenter", "gcc", "bash"] where ContainerdHost.find(program) == nil
  {
    return "\(program) is not installed"
  }
  if access("/usr/lib/cni/bridge", X_OK) != 0 { return "the CNI plugins are not in /usr/lib/cni" }
  return nil
}()

/// A containerd in a network namespace of its own, below a temporary folder.
struct Machine {
  let folder: String
  let namespace: String
  let cgroups: PodCgroups
  let host: ContainerdHost
  let runtime: CRIRuntime
  let logger: Logger

  init() async throws {
    logger = Logger(label: "containerd-test") { _ in SwiftLogNoOpLogHandler() }
    let tag = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    folder = "/tmp/apus-ct-\(tag)"
    namespace = "apus-ct-\(tag)"
    cgroups = PodCgroups(parent: "/apus-ct-\(tag)")
    let configuration = ContainerdConfiguration(folder: folder)
    let range = try #require(IPv4Network("198.19.77.0/24"))
    try AtomicFile.makeFolder(folder, mode: 0o700)
    _ = try await Command(RouteTable.findIP(), ["netns", "add", namespace]).run()
    _ = try await Command(RouteTable.findIP(), ["-n", namespace, "link", "set", "lo", "up"]).run()
    try CNIConfiguration(podRange: range, addressFolder: configuration.addressFolder).write(
      into: configuration.networkFolder)
    host = ContainerdHost(
      configuration: configuration,
      launcher: [try #require(ContainerdHost.find("nsenter")), "--net=/run/netns/\(namespace)"], logger: logger)
    runtime = CRIRuntime(socket: configuration.socket, group: MultiThreadedEventLoopGroup.singleton, logger: logger)
  }

  func start() async throws {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
      path: "../../../docker/build-images")
    _ = try await Command("/bin/bash", [source.path, "\(folder)/images"]).run(timeout: .seconds(600))
    try await host.start(timeout: .seconds(120))
    try await host.importImages(["pause", "apus-demo-v1", "apus-demo-v2"].map { "\(folder)/images/\($0).tar" })
  }

  /// What an HTTP server of the namespace answers.
  func fetch(_ address: String) async throws -> String {
    let script = "exec 3<>/dev/tcp/\(address)/8080; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"
    return try await Command(
      try #require(ContainerdHost.find("nsenter")), ["--net=/run/netns/\(namespace)", "/bin/bash", "-c", script]
    ).run()
  }

  func manager(_ reports: Reports) -> PodManager {
    let handlers = HandlerRunner(runtime: runtime, group: MultiThreadedEventLoopGroup.singleton)
    let actions = PodActions(
      runtime: runtime, folders: PodFolders(root: "\(folder)/kubelet"), cgroups: cgroups,
      node: PodEnvironment(nodeName: "node1", hostAddress: "198.18.0.6"), references: FixedReferences(), events: nil,
      handlers: handlers, logger: logger)
    return PodManager(
      actions: actions, builder: PodStatusBuilder(hostAddress: "198.18.0.6"), now: { wallNow() }, logger: logger
    ) {
      reports.put($0)
    }
  }

  /// Ends this machine's containerd, shims and containers without a word. All are found by what belongs to this test
  /// alone: its folder in their command line, its cgroup.
  func losePower() async throws {
    var ids = processes()
    for hierarchy in try FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup") {
      let top = "/sys/fs/cgroup/\(hierarchy)\(cgroups.parent)"
      for path in FileManager.default.enumerator(atPath: top)?.compactMap({ $0 as? String }) ?? []
      where path.hasSuffix("cgroup.procs") {
        let text = (try? String(contentsOfFile: "\(top)/\(path)", encoding: .utf8)) ?? ""
        ids += text.split(separator: "\n").compactMap { Int32($0) }
      }
    }
    for id in Set(ids) where id > 1 { kill(id, SIGKILL) }
    try await eventually("all ended") { processes().isEmpty }
    // Clears what the host thinks of its child.
    await host.stop()
  }

  private func processes() -> [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }.filter { id in
      (AtomicFile.read("/proc/\(id)/cmdline") ?? []).split(separator: 0)
        .contains { String(decoding: $0, as: UTF8.self).contains(folder) }
    }
  }

  /// The addresses that the network plugins hold as taken.
  func takenAddresses() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: "\(ContainerdConfiguration(folder: folder).addressFolder)/podnet"
    )
    .filter { $0.hasPrefix("198.19.") }
  }

  /// Ends everything, also after a test that failed midway. Returns what could not be removed.
  func tearDown() async -> [String] {
    try? await eventually("containerd answers") { (try? await runtime.version()) != nil }
    for sandbox in (try? await runtime.listPodSandboxes(labels: [:])) ?? [] {
      try? await runtime.stopPodSandbox(sandbox.id)
      try? await runtime.removePodSandbox(sandbox.id)
    }
    await runtime.shutdown()
    await host.stop()
    _ = try? await Command(RouteTable.findIP(), ["netns", "del", namespace]).run()
    for uid in cgroups.uids { _ = cgroups.remove(uid: uid) }
    cgroups.removeParents()
    var left = leftovers()
    // Shims end by themselves, a moment after what they held.
    for _ in 0..<300 where !left.isEmpty {
      try? await Task.sleep(for: .milliseconds(100))
      for uid in cgroups.uids { _ = cgroups.remove(uid: uid) }
      cgroups.removeParents()
      left = leftovers()
    }
    if left.isEmpty { try? FileManager.default.removeItem(atPath: folder) }
    return left
  }

  private func leftovers() -> [String] {
    var left: [String] = []
    let mounts = (try? String(contentsOfFile: "/proc/mounts", encoding: .utf8)) ?? ""
    left += mounts.split(separator: "\n").filter { $0.contains(folder) }.map { "mount \($0)" }
    left += processes().map { "process \($0)" }
    for hierarchy in (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
    where access("/sys/fs/cgroup/\(hierarchy)\(cgroups.parent)", F_OK) == 0 {
      left.append("cgroup \(hierarchy)\(cgroups.parent)")
    }
    return left
  }
}

@Suite("The kubelet's pods on a real containerd", .serialized, .enabled(if: missing == nil, "\(missing ?? "")"))
struct ContainerdTests {
  @Test("a pod runs, logs, is restarted, adopted, and stopped; nothing is left", .timeLimit(.minutes(20)))
  func life() async throws { try await withMachine(scenario) }

  func withMachine(_ body: (Machine) async throws -> Void) async throws {
    let machine = try await Machine()
    var failure: (any Error)?
    do {
      try await machine.start()
      try await body(machine)
    } catch {
      failure = error
    }
    #expect(await machine.tearDown() == [])
    if let failure { throw failure }
  }

  private func scenario(_ machine: Machine) async throws {
    let reports = Reports()
    let manager = machine.manager(reports)
    #expect(try await machine.runtime.version().name == "containerd")
    try await eventually("the runtime is ready") { try await machine.runtime.conditions().allSatisfy(\.status) }
    var wanted = pod("web") {
      $0.metadata.resourceVersion = "1"
      $0.spec.terminationGracePeriodSeconds = 60
      $0.spec.containers[0].image = "apus-demo:v1"
      $0.spec.containers[0].env = [CoreV1.EnvVar(name: "APUS_DEMO_DRAIN_MS", value: "300")]
      // As the API's defaults and everyday pods have it.
      $0.spec.dnsPolicy = "ClusterFirst"
      $0.spec.securityContext = CoreV1.PodSecurityContext(fsGroup: 3000)
      $0.spec.containers[0].terminationMessagePath = "/dev/termination-log"
      $0.spec.containers[0].terminationMessagePolicy = "File"
      $0.spec.volumes = [
        CoreV1.Volume(name: "scratch", emptyDir: .init()),
        CoreV1.Volume(name: "memory", emptyDir: .init(medium: "Memory", sizeLimit: Quantity("1Mi"))),
        CoreV1.Volume(
          name: "info", downwardAPI: .init(items: [.init(path: "n", fieldRef: .init(fieldPath: "metadata.name"))])),
      ]
      $0.spec.containers[0].volumeMounts = ["scratch", "memory", "info"].map {
        CoreV1.VolumeMount(name: $0, mountPath: "/\($0)")
      }
      var probe = CoreV1.Probe(exec: .init(command: ["/apus-demo-has-no-such-command"]))
      probe.initialDelaySeconds = 3600
      $0.spec.containers[0].livenessProbe = probe
      $0.spec.containers[0].resources.limits = ["memory": Quantity("64Mi") ?? Quantity()]
    }
    await manager.setDesired([wanted])
    try await eventually("runs", within: .seconds(180)) { reports["web"]?.status.phase == "Running" }
    let status = try #require(reports["web"]?.status)
    #expect(status.podIP.hasPrefix("198.19.77."))
    #expect(status.containerStatuses[0].ready)
    #expect(status.containerStatuses[0].containerID.hasPrefix("containerd://"))
    try await eventually("answers") {
      let answer = try? await machine.fetch(status.podIP)
      return answer?.hasSuffix("apus-demo v1 pod=web address=\(status.podIP)\n") == true
    }

    let log = try #require(
      await manager.container(namespace: "default", pod: "web", name: "app", previous: false)?.status)
    // What a container says reaches its log by way of its shim.
    try await eventually("it has said so", detail: { try await text(of: log.logPath) }) {
      try await text(of: log.logPath) == "web v1 listening\n"
    }

    // containerd dies and comes back; a new manager finds the pod as it was.
    await machine.host.stop()
    try await machine.host.start(timeout: .seconds(120))
    let successor = machine.manager(reports)
    try await eventually("containerd answers again") { (try? await successor.relist()) != nil }
    await successor.setDesired([wanted])
    try await eventually("adopted") { await successor.runningLogs.map(\.id) == [log.id] }
    #expect(try await machine.runtime.listPodSandboxes(labels: [:]).count == 1)

    // Killed from outside: restarted, in the same sandbox, at the same address.
    _ = try await Command(
      try #require(ContainerdHost.find("ctr")),
      ["-a", machine.host.socket, "-n", "k8s.io", "tasks", "kill", "-s", "SIGKILL", log.id]
    ).run()
    try await eventually("restarted", within: .seconds(180)) {
      try await successor.relist()
      let status = reports["web"]?.status.containerStatuses[0]
      return status?.restartCount == 1 && status?.ready == true
    }
    #expect(reports["web"]?.status.podIP == status.podIP)
    #expect(reports["web"]?.status.containerStatuses[0].lastState.terminated?.exitCode == 137)

    // The host loses its power: everything ends at once. The pod comes back under its uid, with one address.
    await successor.setDesired([wanted])
    try await machine.losePower()
    try await machine.host.start(timeout: .seconds(120))
    let third = machine.manager(reports)
    try await eventually("containerd answers again") { (try? await third.relist()) != nil }
    await third.setDesired([wanted])
    try await eventually("runs again", within: .seconds(180)) {
      try await third.relist()
      let status = reports["web"]?.status
      guard status?.containerStatuses[0].restartCount == 2, status?.containerStatuses[0].ready == true else {
        return false
      }
      return (try? await machine.fetch(status?.podIP ?? ""))?.contains("apus-demo v1 pod=web") == true
    }
    #expect(try await machine.runtime.listPodSandboxes(labels: [:]).count { $0.isReady } == 1)
    #expect(try machine.takenAddresses().count == 1)

    // A new image.
    wanted.spec.containers[0].image = "apus-demo:v2"
    wanted.metadata.resourceVersion = "2"
    await third.setDesired([wanted])
    try await eventually("v2 answers", within: .seconds(180)) {
      try await third.relist()
      return (try? await machine.fetch(reports["web"]?.status.podIP ?? ""))?.contains("apus-demo v2 pod=web") == true
    }
    let last = try #require(
      await third.container(namespace: "default", pod: "web", name: "app", previous: false)?.status)

    // Deleted: it ends by itself within its grace period, well before it would be killed.
    wanted.metadata.deletionTimestamp = Time(secondsSinceEpoch: wallNow() / second)
    wanted.metadata.deletionGracePeriodSeconds = 60
    wanted.metadata.resourceVersion = "3"
    await third.setDesired([wanted])
    try await eventually("stopped", within: .seconds(180)) { reports["web"]?.isStopped == true }
    #expect(reports["web"]?.status.containerStatuses[0].state.terminated?.exitCode == 0)
    try await eventually("it has said so", detail: { try await text(of: last.logPath) }) {
      try await text(of: last.logPath).hasSuffix("web v2 draining\nweb v2 stopped\n")
    }
    await third.setDesired([])
    try await eventually("gone", within: .seconds(180)) { await third.uids.isEmpty }
    #expect(try machine.takenAddresses().isEmpty)
    #expect(try await machine.runtime.listPodSandboxes(labels: [:]).isEmpty)
    #expect(machine.cgroups.uids.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(machine.folder)/kubelet/pods").isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(machine.folder)/kubelet/logs").isEmpty)
  }

  private func text(of path: String) async throws -> String {
    let got = Gathered()
    try await ContainerLogReader(path: path, options: .init()).run { await got.add($0) }
    return await got.text
  }
}

private actor Gathered {
  private(set) var text = ""
  func add(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
}
