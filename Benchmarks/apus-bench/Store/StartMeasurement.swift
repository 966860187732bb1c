import BenchKit
import EtcdAPI
import FoundationEssentials
import GRPC
import Supervision

/// A follower with a large state is killed and started again: the time from its start to its first linearisable answer.
struct StartMeasurement: StoreMeasurement {
  private static let prefix = "bulk/"
  private static let size = 1024
  private static let patience = Duration.seconds(300)

  let store: StoreOptions

  var title: String {
    "Start of one member from \(store.startSize) MiB of keys and values, after kill -9, \(store.startRounds) times"
  }
  var headlines: [Headline] { [.init("a member's start", "s to its first answer")] }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    for contender in contenders { try await makeState(contender) }
    var figures = Series()
    for (round, order) in Rounds.order(participants: contenders.count, rounds: store.startRounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        progress("start from a large state, \(round + 1) of \(store.startRounds): \(contender.name)")
        let leader = try await contender.leader()
        let member = (leader + 1 + round % 2) % contender.members.count
        contender.trio.crashMember(member)
        let start = ContinuousClock.now
        try contender.trio.startMember(member)
        try await waitUntilServing(contender, member)
        let time = ContinuousClock.now - start
        figures.add(contender.name, "s to its first answer", time.inSeconds)
        guard let process = contender.trio.process(of: member) else { continue }
        figures.add(contender.name, "CPU until then, s", ProcessFigures.processorSeconds([process.pid]))
        if let memory = ProcessFigures.memory(process.pid) {
          figures.add(contender.name, "RssAnon then, MiB", Double(memory.anonymous) / Double(1 << 20))
        }
        try await contender.waitUntilCaughtUp(member)
        try await Task.sleep(for: .seconds(1))
      }
    }
    var measured = Measured()
    measured.rows = figures.rows("a member's start")
    measured.notes.append("the files are in the page cache")
    return measured
  }

  /// The keys of the other measurements, and larger ones on top until the size is reached.
  private func makeState(_ contender: StoreContender) async throws {
    let keyBytes = StoreContender.key(MemoryMeasurement.prefix, 0).utf8.count
    let wanted = store.startSize << 20
    let first = min(store.keys, wanted / (MemoryMeasurement.size + keyBytes))
    try await contender.fill(MemoryMeasurement.prefix, keys: first, size: MemoryMeasurement.size)
    let rest = wanted - first * (MemoryMeasurement.size + keyBytes)
    try await contender.fill(Self.prefix, keys: rest / (Self.size + keyBytes), size: Self.size)
    // What the filling has left to do is not the start's business.
    try await Task.sleep(for: .seconds(store.settle))
  }

  private func waitUntilServing(_ contender: StoreContender, _ member: Int) async throws {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(StoreContender.key(MemoryMeasurement.prefix, 0).utf8)
    let deadline = ContinuousClock.now + Self.patience
    while true {
      do {
        let answer: Etcdserverpb_RangeResponse = try await contender.members[member].unary(
          EtcdCall.KV.range, request, timeout: .seconds(10))
        guard answer.kvs.count == 1 else { throw Program.Failure("\(contender.name) has lost a key") }
        return
      } catch let failure as GRPCStatus {
        try contender.trio.process(of: member)?.demandRunning()
        guard ContinuousClock.now < deadline else {
          throw Program.Failure("\(contender.name) does not serve after \(Self.patience): \(failure)")
        }
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }
}
