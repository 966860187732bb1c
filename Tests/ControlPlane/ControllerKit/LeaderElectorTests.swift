import ClusterClient
import ClusterStandIn
import ControllerKit
import KubernetesAPI
import Logging
import Synchronization
import Testing
import Waiting

@Suite struct LeaderElectorTests {
  static let timing = LeaderElectionTiming(
    leaseDuration: .seconds(3), renewDeadline: .seconds(2), retryPeriod: .milliseconds(50))

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
    elector(cluster.client, name, Self.timing)
  }

  private func elector(_ client: ClusterClient, _ name: String, _ timing: LeaderElectionTiming) -> LeaderElector {
    LeaderElector(
      client, lease: ObjectKey(namespace: "kube-system", name: "test"), identity: name, timing: timing,
      logger: Logger(label: "test"))
  }

  /// From when it is told to, it answers reads late and writes never.
  private final class SlowTransport: ClusterTransport {
    private let cluster: InMemoryCluster
    private let delay: Duration
    private let isSlow = Mutex(false)

    init(_ cluster: InMemoryCluster, delay: Duration) {
      self.cluster = cluster
      self.delay = delay
    }

    func slowDown() { isSlow.withLock { $0 = true } }

    func perform(_ request: ClusterRequest) async throws -> ClusterResponse {
      if isSlow.withLock({ $0 }) {
        try await Task.sleep(for: request.method == .get ? delay : .seconds(3600))
      }
      return try await cluster.perform(request)
    }

    func open(_ request: ClusterRequest) async throws -> ClusterByteStream { try await cluster.open(request) }
    func shutdown() async {}
  }

  @Test func oneLeadsAndReleasesWhenItEnds() async throws {
    let cluster = InMemoryCluster()
    let leaders = Leaders()
    // So long that only a release, never the lease's end, lets the other lead, however slow the machine is.
    let timing = LeaderElectionTiming(
      leaseDuration: .seconds(600), renewDeadline: .seconds(500), retryPeriod: .milliseconds(20))
    let a = Task { try await elector(cluster.client, "a", timing).run { try await leaders.work(as: "a") } }
    try await eventually("a leads") { leaders.now == ["a"] }
    let b = Task { try await elector(cluster.client, "b", timing).run { try await leaders.work(as: "b") } }
    defer { b.cancel() }
    a.cancel()
    _ = await a.result
    let lease: CoordinationV1.Lease = try await cluster.client.get(name: "test", namespace: "kube-system")
    #expect(lease.spec.holderIdentity != "a", "given up on the way out")
    try await eventually("b leads") { leaders.now == ["b"] }
    #expect(leaders.most == 1)
  }

  @Test func leaderThatCannotRenewStops() async throws {
    let cluster = InMemoryCluster()
    let leaders = Leaders()
    let a = Task { try await elector(cluster, "a").run { try await leaders.work(as: "a") } }
    defer { a.cancel() }
    try await eventually("a leads") { leaders.now == ["a"] }
    cluster.intercept { _ in .unreachable }
    try await eventually("nobody leads") { leaders.now.isEmpty }
    cluster.intercept(nil)
    try await eventually("a leads again") { leaders.now == ["a"] }
    // More often where the machine stood still for as long as a leader may.
    #expect(leaders.ever.count >= 2 && Set(leaders.ever) == ["a"])
  }

  /// A leader whose look at the Lease took nearly all of its time has none left for the write.
  @Test func leaderStopsBeforeAnotherMayBegin() async throws {
    // Five seconds lie between a leader's end and another's beginning: a machine may stand still for some of them. A
    // write that had as long as the read would take it beyond.
    let timing = LeaderElectionTiming(
      leaseDuration: .seconds(13), renewDeadline: .seconds(8), retryPeriod: .milliseconds(100))
    let cluster = InMemoryCluster()
    let slow = SlowTransport(cluster, delay: .milliseconds(7200))
    let leaders = Leaders()
    let a = Task {
      try await elector(ClusterClient(transport: slow), "a", timing).run { try await leaders.work(as: "a") }
    }
    defer { a.cancel() }
    try await eventually("a leads") { leaders.now == ["a"] }
    let b = Task { try await elector(cluster.client, "b", timing).run { try await leaders.work(as: "b") } }
    defer { b.cancel() }
    slow.slowDown()
    try await eventually("b leads") { leaders.now.contains("b") }
    #expect(leaders.most == 1)
  }

  @Test func workThatEndsGivesTheLeaseUp() async throws {
    let cluster = InMemoryCluster()
    let count = Mutex(0)
    let a = Task { try await elector(cluster, "a").run { count.withLock { $0 += 1 } } }
    defer { a.cancel() }
    try await eventually("the work began twice") { count.withLock { $0 } >= 2 }
  }
}
