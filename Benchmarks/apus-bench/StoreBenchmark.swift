import ArgumentParser
import BenchKit
import EtcdAPI
import StoreClient

/// `apus-bench store`: durable puts.
struct StoreBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Durable puts a second and their latency, for three members over TLS.",
    discussion: """
      The same load generator for both: our store client, which takes turns over the members. Between rounds the \
      history is compacted, as front-ends do it.
      """)

  @OptionGroup var options: CommonOptions

  @Option(parsing: .upToNextOption, help: "How many clients put at once, each its next when its last is answered.")
  var clients = [1, 16, 64]

  @Option(help: "A value's size in bytes.")
  var size = 256

  @Option(help: "How many puts a round makes at most.")
  var limit = 100_000

  func measure() async throws -> [Report] {
    let parent = try options.scratch()
    let program = try options.program()
    let peer = Peer.etcd()
    var trios = [try Trio(.apus, number: 0, program: program, parent: parent)]
    if let peer { trios.append(try Trio(.etcd(peer), number: 1, program: program, parent: parent)) }
    var report = Report(
      title: "Durable puts: three members, TLS, \(size)-byte values, \(options.rounds) rounds of \(options.seconds) s",
      participants: trios.map(\.name), compared: trios.count > 1 ? trios.map(\.name) : [])
    for index in trios.indices {
      progress("starting three members of \(trios[index].name)")
      try await trios[index].start()
    }
    var participants: [PutLoad] = []
    for trio in trios { participants.append(try PutLoad(trio, size: size, most: clients.max() ?? 1)) }
    for participant in participants {
      _ = try await participant.round(clients: 16, time: .seconds(1), limit: limit)
      await participant.noteTerm()
    }
    for count in clients {
      report.rows += try await rows(count, participants)
    }
    for participant in participants {
      report.notes += await participant.notes()
    }
    report.rows.append(
      .init(
        "after the last round", "RssAnon of a member, MiB",
        Dictionary(uniqueKeysWithValues: trios.map { ($0.name, Self.memory($0)) })))
    if peer == nil { report.notes.append("no etcd was found (PATH, or the variable ETCD): nothing to compare with") }
    for participant in participants { await participant.close() }
    return [report]
  }

  private func rows(_ count: Int, _ participants: [PutLoad]) async throws -> [Report.Row] {
    var figures = Series()
    for (round, order) in Rounds.order(participants: participants.count, rounds: options.rounds).enumerated() {
      for participant in order.map({ participants[$0] }) {
        progress("\(Self.subject(count)), round \(round + 1) of \(options.rounds): \(participant.name)")
        let before = ProcessFigures.processorSeconds(participant.processIDs)
        let load = try await participant.round(clients: count, time: options.time, limit: limit)
        let used = ProcessFigures.processorSeconds(participant.processIDs) - before
        figures.add(participant.name, load, ["puts/s": { $0.rate }])
        figures.add(participant.name, "members' CPU, µs a put", used * 1e6 / Double(load.count))
        figures.add(participant.name, "this program's CPU, µs a put", load.ownSeconds * 1e6 / Double(load.count))
      }
    }
    return figures.rows(Self.subject(count))
  }

  private static func subject(_ clients: Int) -> String { clients == 1 ? "1 client" : "\(clients) clients" }

  private static func memory(_ trio: Trio) -> [Double] {
    trio.processIDs.compactMap { ProcessFigures.memory($0).map { Double($0.anonymous) / Double(1 << 20) } }
  }
}

/// Puts to one trio.
final class PutLoad: Sendable {
  let name: String
  let processIDs: [Int32]
  private let trio: Trio
  private let stores: [StoreClient]
  private let value: [UInt8]
  private let record = Record()

  /// What is told after the rounds.
  private actor Record {
    var firstTerm: UInt64 = 0
    var failures = 0
    var failure: String?

    func start(_ term: UInt64) { firstTerm = term }
    func add(_ load: Load) {
      failures += load.failures
      if failure == nil { failure = load.failure }
    }
  }

  /// - Parameter most: the greatest number of clients; sixteen share a connection to each member.
  init(_ trio: Trio, size: Int, most: Int) throws {
    self.trio = trio
    name = trio.name
    processIDs = trio.processIDs
    var stores: [StoreClient] = []
    for _ in 0..<max(1, (most + 15) / 16) { stores.append(try trio.client(balancing: .roundRobin)) }
    self.stores = stores
    value = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
  }

  /// Puts to ten thousand keys in turn, then compacts what is older.
  func round(clients: Int, time: Duration, limit: Int) async throws -> Load {
    let used = stores.prefix(max(1, (clients + 15) / 16))
    let load = try await Load.run(workers: clients, time: time, limit: limit) { [value] number in
      let digits = String(number % 10_000)
      let key = "bench/" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      _ = try await used[number % used.count].put(Trio.put(key, value: value))
      return 1
    }
    await record.add(load)
    var request = Etcdserverpb_CompactionRequest()
    request.revision = try await stores[0].currentRevision()
    request.physical = true
    _ = try await stores[0].compact(request)
    // For what the followers still do about it.
    try await Task.sleep(for: .milliseconds(300))
    return load
  }

  func noteTerm() async { await record.start(await trio.term(stores[0])) }

  func notes() async -> [String] {
    var notes: [String] = []
    let term = await trio.term(stores[0])
    let first = await record.firstTerm
    if term != first { notes.append("\(name): the term went from \(first) to \(term): there were elections") }
    if let failure = await record.failure {
      notes.append("\(name): \(await record.failures) puts failed and do not count; the first: \(failure)")
    }
    return notes
  }

  func close() async {
    for store in stores { await store.close() }
  }
}
