import BenchKit
import EtcdAPI
import GRPC
import Glibc
import Supervision
import Synchronization

/// The leader is killed while puts come in: how long until the next one is acknowledged.
///
/// Puts start every 5 ms, on the two other members in turn, whatever became of those before: no client's back-off or
/// retry is in the figure. What counts is the first acknowledgement of a put that began after the kill.
struct FailoverMeasurement: StoreMeasurement {
  private static let rate = 200
  private static let patience = Duration.seconds(30)
  private static let subject = "leader killed"
  private static let pause = "ms to the next acknowledged put"

  let store: StoreOptions

  var title: String {
    "kill -9 of the leader, heartbeat 100 ms and election timeout 1 s, \(store.failovers) times each"
  }
  var headlines: [Headline] { [.init(Self.subject, Self.pause, aim: "0.3 or less")] }
  var causesElections: Bool { true }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    var measured = Measured()
    var figures = Series()
    var terms: [String: UInt64] = [:]
    for contender in contenders { terms[contender.name] = await contender.greatestTerm() }
    for (round, order) in Rounds.order(participants: contenders.count, rounds: store.failovers).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        progress("kill -9 of the leader, \(round + 1) of \(store.failovers): \(contender.name)")
        let leader = try await contender.leader()
        let pause = try await kill(leader, of: contender)
        figures.add(contender.name, Self.pause, Double(pause.nanoseconds) / 1e6)
        let start = ContinuousClock.now
        try contender.trio.startMember(leader)
        try await contender.waitUntilCaughtUp(leader)
        let back = ContinuousClock.now - start
        figures.add(contender.name, "ms until the killed one is back and level", Double(back.nanoseconds) / 1e6)
        // Until all are connected to all again.
        try await Task.sleep(for: .seconds(2))
      }
    }
    measured.rows = figures.rows(Self.subject)
    for contender in contenders {
      let elections = await contender.greatestTerm() - (terms[contender.name] ?? 0)
      guard elections != UInt64(store.failovers) else { continue }
      measured.notes.append("\(contender.name): \(store.failovers) kills took \(elections) terms")
    }
    return measured
  }

  private func kill(_ leader: Int, of contender: StoreContender) async throws -> Duration {
    let others = contender.members.indices.filter { $0 != leader }.map { contender.members[$0] }
    let killed = Atomic(false)
    let answered = Mutex<ContinuousClock.Instant?>(nil)
    async let puts = Load.paced(
      rate: Self.rate, time: Self.patience, limit: Self.rate * 60,
      while: { answered.withLock { $0 == nil } },
      { number in
        let isAfter = killed.load(ordering: .acquiring)
        let _: Etcdserverpb_PutResponse = try await others[number % others.count].unary(
          EtcdCall.KV.put, Etcdserverpb_PutRequest("failover", value: Array("\(number)".utf8)), timeout: .seconds(3))
        guard isAfter else { return }
        let now = ContinuousClock.now
        answered.withLock { if $0 == nil { $0 = now } }
      })
    try await Task.sleep(for: .milliseconds(500))
    let start = ContinuousClock.now
    guard let process = contender.trio.process(of: leader) else { throw Program.Failure("the leader does not run") }
    process.signal(SIGKILL)
    killed.store(true, ordering: .releasing)
    let load = try await puts
    contender.trio.crashMember(leader)
    guard let end = answered.withLock({ $0 }) else {
      throw Program.Failure(
        "\(contender.name): no put in \(Self.patience) after the leader's end: \(load.failure ?? "none ended")")
    }
    return end - start
  }
}
