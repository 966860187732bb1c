import ContainerRuntime
import Testing
import Waiting

@Suite("The hollow runtime")
struct HollowRuntimeTests {
  private let runtime = HollowRuntime(addressPrefix: "198.19.1", now: { 1_000 })

  private func sandbox(_ name: String, attempt: UInt32 = 0) -> SandboxConfig {
    var config = SandboxConfig(metadata: .init(name: name, namespace: "default", uid: "u-\(name)", attempt: attempt))
    config.labels = [RuntimeLabels.podUID: "u-\(name)"]
    return config
  }

  @Test("keeps the life of a pod by the interface's rules")
  func life() async throws {
    let config = sandbox("web")
    let id = try await runtime.runPodSandbox(config)
    await #expect(throws: RuntimeError.self) { try await runtime.runPodSandbox(config) }
    #expect(try await runtime.podSandboxStatus(id).addresses == ["198.19.1.2"])
    var container = ContainerConfig(name: "c", attempt: 0, image: "demo:v1")
    container.labels = config.labels
    await #expect(throws: RuntimeError.self) {
      try await runtime.createContainer(container, in: id, sandboxConfig: config)
    }
    _ = try await runtime.pullImage("demo:v1", credentials: nil)
    let first = try await runtime.createContainer(container, in: id, sandboxConfig: config)
    await #expect(throws: RuntimeError.self) {
      try await runtime.createContainer(container, in: id, sandboxConfig: config)
    }
    try await runtime.startContainer(first)
    await #expect(throws: RuntimeError.self) { try await runtime.startContainer(first) }
    await #expect(throws: RuntimeError.self) { try await runtime.removeContainer(first) }
    await #expect(throws: RuntimeError.self) { try await runtime.removePodSandbox(id) }
    #expect(try await runtime.containerStatus(first).state == .running)
    try await runtime.stopPodSandbox(id)
    #expect(try await runtime.containerStatus(first).exitCode == 137)
    try await runtime.removePodSandbox(id)
    try await runtime.removePodSandbox(id)
    #expect(try await runtime.listContainers(labels: [:]).isEmpty)
    #expect(try await runtime.listPodSandboxes(labels: [:]).isEmpty)
  }

  @Test("lists by labels")
  func labels() async throws {
    _ = try await runtime.runPodSandbox(sandbox("a"))
    _ = try await runtime.runPodSandbox(sandbox("b"))
    let found = try await runtime.listPodSandboxes(labels: [RuntimeLabels.podUID: "u-b"])
    #expect(found.map(\.metadata.name) == ["b"])
  }

  @Test(
    "a container that ignores the stop signal ends at once when it is stopped without grace", .timeLimit(.minutes(5)))
  func stop() async throws {
    runtime.setBehaviour(.init(ignoresStop: true), ofContainersNamed: "c")
    let config = sandbox("web")
    let id = try await runtime.runPodSandbox(config)
    _ = try await runtime.pullImage("demo:v1", credentials: nil)
    let container = try await runtime.createContainer(
      ContainerConfig(name: "c", attempt: 0, image: "demo:v1"), in: id, sandboxConfig: config)
    try await runtime.startContainer(container)
    let slow = Task { try await runtime.stopContainer(container, gracePeriod: 3600) }
    try await runtime.stopContainer(container, gracePeriod: 0)
    #expect(try await runtime.containerStatus(container).state == .exited)
    slow.cancel()
    try await slow.value
  }

  @Test("a boundless grace period counts as a year: no clock of 64 bits can wait for what it says")
  func boundlessStop() async throws {
    #expect(GracePeriod.bounded(.max) == 31_536_000 && GracePeriod.bounded(.min) == 0 && GracePeriod.bounded(30) == 30)
    runtime.setBehaviour(.init(ignoresStop: true), ofContainersNamed: "c")
    let config = sandbox("web")
    let id = try await runtime.runPodSandbox(config)
    _ = try await runtime.pullImage("demo:v1", credentials: nil)
    let container = try await runtime.createContainer(
      ContainerConfig(name: "c", attempt: 0, image: "demo:v1"), in: id, sandboxConfig: config)
    try await runtime.startContainer(container)
    let slow = Task { try await runtime.stopContainer(container, gracePeriod: .max) }
    try await eventually("it is asked to stop") { runtime.calls.contains("stopContainer c \(Int64.max)") }
    try await Task.sleep(for: .milliseconds(5))
    slow.cancel()
    try await slow.value
    #expect(try await runtime.containerStatus(container).state == .exited)
  }
}
