import ClusterClient
import ControllerKit
import KubernetesAPI
import Logging
import Synchronization
import Testing

@Suite struct LeaderElectorTests {
  static let timing = LeaderElectionTiming(
    leaseDuration: .milliseconds(400), renewDeadline: .milliseconds(250), retryPeriod: .milliseconds(50))

  private final class Leaders: Sendable {
    private let state = Mutex<(now: Set<String>, most: Int, ever: [String])>(([], 0, []))
    var now: Set<String> { state.withLock { $0.now } }
    var most: Int { state.withLock { $0.most } }
    var ever: [String] { state.withLock { $0.ever } }

    func work(as name: String) async throws {
      state.withLock { state in
        state.now.insert(name)
        state.most = max(state.most, state.now.count)
        state.ever.append(name)
      }
      defer { state.withLock { _ = $0.now.remove(name) } }
      try await Task.sleep(for: .seconds(3600))
    }
  }

  private func elector(_ cluster: InMemoryCluster, _ name: String) -> LeaderElector {
    LeaderElector(
      cluster.client, lease: ObjectKey(namespace: "kube-system", name: "test"), identity: name, timing: Self.timing,
      logger: Logger(label: "test"))
  }

  private func eventually(_ condition: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition() {
      guard ContinuousClock.now < deadline else {
        Issue.record("condition not reached")
        return
      }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  @Test func oneLeadsAndReleasesWhenItEnds() async throws {
    let cluster = InMemoryCluster()
    let leaders = Leaders()
    let a = Task { try await elector(cluster, "a").run { try await leaders.work(as: "a") } }
    try await eventually { leaders.now == ["a"] }
    let b = Task { try await elector(cluster, "b").run { try await leaders.work(as: "b") } }
    defer { b.cancel() }
    a.cancel()
    _ = await a.result
    let lease: CoordinationV1.Lease = try await cluster.client.get(name: "test", namespace: "kube-system")
    #expect(lease.spec.holderIdentity != "a", "given up on the way out")
    try await eventually { leaders.now == ["b"] }
    #expect(leaders.most == 1)
  }

  @Test func leaderThatCannotRenewStops() async throws {
    let cluster = InMemoryCluster()
    let leaders = Leaders()
    let a = Task { try await elector(cluster, "a").run { try await leaders.work(as: "a") } }
    defer { a.cancel() }
    try await eventually { leaders.now == ["a"] }
    cluster.intercept { _ in .unreachable }
    try await eventually { leaders.now.isEmpty }
    cluster.intercept(nil)
    try await eventually { leaders.now == ["a"] }
    #expect(leaders.ever == ["a", "a"])
  }

  @Test func workThatEndsGivesTheLeaseUp() async throws {
    let cluster = InMemoryCluster()
    let count = Mutex(0)
    let a = Task { try await elector(cluster, "a").run { count.withLock { $0 += 1 } } }
    defer { a.cancel() }
    try await eventually { count.withLock { $0 } >= 2 }
  }
}
