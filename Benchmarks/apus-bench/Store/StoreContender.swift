import BenchKit
import EtcdAPI
import FoundationEssentials
import GRPC
import StoreClient
import Supervision
import Synchronization

/// One side of the comparison: three members that run, and the clients that load them.
final class StoreContender: Sendable {
  private struct Record {
    var term: UInt64 = 0
    var failures = 0
    var failure: String?
    /// How many keys of a prefix there are.
    var filled: [String: Int] = [:]
  }

  /// What a member says of itself.
  struct Standing {
    var member: Int
    var status: Etcdserverpb_StatusResponse
    var isLeader: Bool { status.leader == status.header.memberID && status.leader != 0 }
  }

  /// Each has a connection to each member; requests take turns over the members.
  private static let mostStores = 4
  private static let clientsAStore = 16
  /// Puts of one transaction while a state is made; servers take 128.
  private static let batch = 100

  let trio: Trio
  /// A connection to each member, for what is not load.
  let members: [GRPCConnection]
  private let stores: [StoreClient]
  private let record = Mutex(Record())

  var name: String { trio.name }

  init(_ trio: Trio) throws {
    self.trio = trio
    stores = try (0..<Self.mostStores).map { _ in try trio.client(balancing: .roundRobin) }
    members = try trio.hosts.indices.map { try trio.connection(to: $0) }
  }

  /// Opens the connections.
  func warmUp() async throws {
    _ = try await puts(workers: 64, time: .seconds(1), limit: 10_000, value: Self.value(256))
  }

  func close() async {
    for store in stores { await store.close() }
    for member in members { await member.close() }
  }

  // MARK: Load

  /// A value of so many bytes.
  static func value(_ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) } }

  static func key(_ prefix: String, _ number: Int) -> String {
    let digits = String(number)
    return prefix + String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
  }

  /// As ``Load/run(workers:time:limit:_:)``, with the client that a request is to go through: sixteen requests under
  /// way share one, and where there are more than 64, the four share all.
  func run(
    workers: Int, time: Duration, limit: Int,
    _ operation: @escaping @Sendable (_ store: StoreClient, _ number: Int) async throws -> Int
  ) async throws -> Load {
    let used = min(Self.mostStores, max(1, (workers + Self.clientsAStore - 1) / Self.clientsAStore))
    let load = try await Load.run(workers: workers, time: time, limit: limit) { [stores] number in
      try await operation(stores[number % used], number)
    }
    note(load)
    return load
  }

  /// Puts to ten thousand keys in turn.
  func puts(workers: Int, time: Duration, limit: Int, value: [UInt8]) async throws -> Load {
    try await run(workers: workers, time: time, limit: limit) { store, number in
      _ = try await store.put(.init(Self.key("bench/", number % 10_000), value: value))
      return 1
    }
  }

  /// A client for single requests.
  var store: StoreClient { stores[0] }

  /// Failures among a load are told once it is over.
  func note(_ load: Load) {
    record.withLock { record in
      record.failures += load.failures
      if record.failure == nil { record.failure = load.failure }
    }
  }

  // MARK: States

  /// Sees to it that a prefix has so many keys, by transactions of a hundred puts.
  ///
  /// - Returns: what was written just now; nil where nothing was missing.
  @discardableResult
  func fill(_ prefix: String, keys: Int, size: Int) async throws -> Load? {
    let first = record.withLock { $0.filled[prefix] ?? 0 }
    guard first < keys else { return nil }
    progress("writing \(keys - first) keys of \(size) bytes to \(name)")
    let load = try await write(prefix, first..<keys, size: size)
    record.withLock { $0.filled[prefix] = keys }
    return load
  }

  /// Writes keys, whether or not they are there.
  func write(_ prefix: String, _ numbers: Range<Int>, size: Int) async throws -> Load {
    let value = Data(Self.value(size))
    let batches = (numbers.count + Self.batch - 1) / Self.batch
    let load = try await Load.run(workers: 8, time: .seconds(1200), limit: batches) { [stores] number in
      var request = Etcdserverpb_TxnRequest()
      let begin = numbers.lowerBound + number * Self.batch
      for key in begin..<min(begin + Self.batch, numbers.upperBound) {
        var operation = Etcdserverpb_RequestOp()
        operation.requestPut.key = Data(Self.key(prefix, key).utf8)
        operation.requestPut.value = value
        request.success.append(operation)
      }
      for attempt in 1... {
        do {
          _ = try await stores[number % stores.count].txn(request, idempotent: true)
          break
        } catch {
          guard attempt < 10 else { throw error }
        }
      }
      return request.success.count
    }
    guard load.units == numbers.count else {
      throw Program.Failure(
        "\(name): only \(load.units) of \(numbers.count) keys written: \(load.failure ?? "no time")")
    }
    return load
  }

  /// Compacts all history, as front-ends do it every few minutes, and gives the followers a moment to do so too.
  func compact() async throws {
    _ = try await compactNow()
    try await Task.sleep(for: .milliseconds(300))
  }

  /// - Returns: how long it took.
  func compactNow() async throws -> Duration {
    var request = Etcdserverpb_CompactionRequest()
    request.revision = try await store.currentRevision()
    request.physical = true
    let leader = try await self.leader()
    let start = ContinuousClock.now
    let _: Etcdserverpb_CompactionResponse = try await members[leader].unary(
      EtcdCall.KV.compact, request, timeout: .seconds(120))
    return ContinuousClock.now - start
  }

  // MARK: Members

  /// What the members say that answer.
  func standings() async -> [Standing] {
    var standings: [Standing] = []
    for (member, connection) in members.enumerated() {
      guard trio.process(of: member) != nil else { continue }
      let status: Etcdserverpb_StatusResponse? = try? await connection.unary(
        EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), timeout: .seconds(3))
      if let status { standings.append(Standing(member: member, status: status)) }
    }
    return standings
  }

  /// The member that leads, by the latest term; waits for one up to 30 s.
  func leader() async throws -> Int {
    let deadline = ContinuousClock.now + .seconds(30)
    while true {
      let leaders = await standings().filter(\.isLeader)
      if let leader = leaders.max(by: { $0.status.raftTerm < $1.status.raftTerm }) { return leader.member }
      guard ContinuousClock.now < deadline else { throw Program.Failure("\(name) has no leader") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Waits until a member has applied what the leader had applied at the time of the call.
  func waitUntilCaughtUp(_ member: Int) async throws {
    let leader = try await leader()
    let goal = await standings().first { $0.member == leader }?.status.raftAppliedIndex ?? 0
    let deadline = ContinuousClock.now + .seconds(300)
    while true {
      let applied = await standings().first { $0.member == member }?.status.raftAppliedIndex ?? 0
      if applied >= goal { return }
      try trio.process(of: member)?.demandRunning()
      guard ContinuousClock.now < deadline else {
        throw Program.Failure("\(name): member \(member + 1) does not catch up (\(applied) of \(goal))")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Of each member, in MiB.
  func memory(_ figure: (ProcessFigures.Memory) -> Int) -> [Double] {
    trio.processIDs.compactMap { ProcessFigures.memory($0).map { Double(figure($0)) / Double(1 << 20) } }
  }

  // MARK: What is told

  /// A kind of measurement begins.
  func begin() async {
    let term = await greatestTerm()
    record.withLock { record in
      record.term = term
      (record.failures, record.failure) = (0, nil)
    }
  }

  /// What happened since ``begin()`` that a reader must know.
  func notes(expectsElections: Bool) async -> [String] {
    var notes: [String] = []
    let term = await greatestTerm()
    let (first, failures, failure) = record.withLock { ($0.term, $0.failures, $0.failure) }
    if term != first, !expectsElections {
      notes.append("\(name): the term went from \(first) to \(term): there were elections without a fault")
    }
    if let failure { notes.append("\(name): \(failures) requests failed and do not count; the first: \(failure)") }
    return notes
  }

  /// It grows with every election.
  func greatestTerm() async -> UInt64 { await standings().map(\.status.raftTerm).max() ?? 0 }
}
