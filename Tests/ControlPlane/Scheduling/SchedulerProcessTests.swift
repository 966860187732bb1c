import ClusterClient
import ClusterStandIn
import ControllerKit
import KubernetesAPI
import Logging
import PodRules
import Scheduling
import Testing
import Waiting

/// The whole scheduler over an API in memory.
@Suite struct SchedulerProcessTests {
  let cluster = InMemoryCluster()

  private func withScheduler(_ body: () async throws -> Void) async throws {
    let options = SchedulerOptions(
      kubeconfig: "", identity: "test",
      election: LeaderElectionTiming(
        leaseDuration: .seconds(600), renewDeadline: .seconds(500), retryPeriod: .milliseconds(100)))
    let process = SchedulerProcess(options, client: cluster.client, logger: Logger(label: "test"))
    let task = Task { try await process.run() }
    defer { task.cancel() }
    try await body()
    task.cancel()
    _ = await task.result
  }

  private func pods() async throws -> [CoreV1.Pod] { try await cluster.client.list(CoreV1.Pod.self).items }

  @Test func placesAndBinds() async throws {
    for name in ["a", "b"] { _ = try await cluster.client.create(node(name)) }
    try await withScheduler {
      for index in 0..<20 { _ = try await cluster.client.create(pod("p\(index)", cpu: "100m", owner: "set")) }
      try await eventually("all are bound") { try await pods().allSatisfy { !$0.spec.nodeName.isEmpty } }
      let counts = Dictionary(grouping: try await pods(), by: \.spec.nodeName).mapValues(\.count)
      #expect(counts == ["a": 10, "b": 10])
      try await eventually("an event tells") {
        try await cluster.client.list(CoreV1.Event.self).items.contains {
          $0.reason == "Scheduled" && $0.message.hasPrefix("Successfully assigned default/p")
        }
      }
    }
  }

  @Test func tellsWhyNotAndTriesAgainWhenANodeComes() async throws {
    _ = try await cluster.client.create(node("a", cpu: "1"))
    try await withScheduler {
      _ = try await cluster.client.create(pod("big", cpu: "2"))
      try await eventually("it is unschedulable") {
        try await pods().first?.condition("PodScheduled")?.reason == "Unschedulable"
      }
      let message = try await pods().first?.condition("PodScheduled")?.message
      #expect(message == "0/1 nodes are available: 1 Insufficient cpu.")
      _ = try await cluster.client.create(node("b", cpu: "4"))
      try await eventually("it is bound to the new node") { try await pods().first?.spec.nodeName == "b" }
    }
  }

  @Test func refusedBindingsAreRepeated() async throws {
    _ = try await cluster.client.create(node("a"))
    cluster.intercept { $0.path.hasSuffix("/binding") ? .refuse(code: 500, reason: "InternalError") : nil }
    try await withScheduler {
      _ = try await cluster.client.create(pod("p"))
      try await eventually("a binding is asked for") { cluster.requests.contains { $0.path.hasSuffix("/binding") } }
      cluster.intercept(nil)
      try await eventually("it is bound") { try await pods().first?.spec.nodeName == "a" }
    }
  }

  /// A binding whose answer is lost is done all the same, and not done twice.
  @Test func lostAnswersAreNoDoubleBinding() async throws {
    for name in ["a", "b"] { _ = try await cluster.client.create(node(name)) }
    cluster.intercept { $0.path.hasSuffix("/binding") ? .loseAnswer : nil }
    try await withScheduler {
      for index in 0..<5 { _ = try await cluster.client.create(pod("p\(index)", owner: "set")) }
      try await eventually("all are bound") { try await pods().allSatisfy { !$0.spec.nodeName.isEmpty } }
      let before = try await pods().map(\.spec.nodeName)
      cluster.intercept(nil)
      _ = try await cluster.client.create(pod("last"))
      try await eventually("all are bound") { try await pods().allSatisfy { !$0.spec.nodeName.isEmpty } }
      let after = try await pods().filter { $0.metadata.name != "last" }.map(\.spec.nodeName)
      #expect(after == before)
    }
  }

  @Test func leavesOthersPodsAlone() async throws {
    _ = try await cluster.client.create(node("a"))
    try await withScheduler {
      _ = try await cluster.client.create(pod("theirs") { $0.spec.schedulerName = "other" })
      _ = try await cluster.client.create(
        pod("gated") { $0.spec.schedulingGates = [CoreV1.PodSchedulingGate(name: "x")] })
      _ = try await cluster.client.create(pod("ours") { $0.spec.schedulerName = "default-scheduler" })
      try await eventually("ours is bound") {
        try await pods().contains { $0.metadata.name == "ours" && $0.spec.nodeName == "a" }
      }
      let waiting = try await pods().filter { $0.spec.nodeName.isEmpty }.map(\.metadata.name)
      #expect(waiting == ["gated", "theirs"])
    }
  }
}
