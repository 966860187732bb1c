import BenchKit
import ClusterClient
import Supervision

/// Many watches of one namespace's config maps, and writes at even intervals: the time from a write's beginning to its
/// events, and to the last of them.
///
/// Every watcher has to see every write once: anything else is an error of the front-end's, and is told as one.
struct APIWatchMeasurement: APIMeasurement {
  let common: CommonOptions
  let api: APIOptions

  var title: String {
    "\(api.watchers) watches on \(api.watchConnections) connections, \(api.watchRate) writes a second, "
      + "\(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] {
    [
      .init(Self.events, "events/s", aim: "\(api.watchers * api.watchRate)"), .init(Self.events, "p50, ms"),
      .init(Self.events, "p99, ms"), .init(Self.last, "p50, ms"), .init(Self.last, "p99, ms"),
      .init(Self.events, "missing or more than once", aim: "0"),
    ]
  }

  private static let namespace = "bench-watched"
  /// How many objects the writes go to in turn.
  private static let objects = 100
  private static let events = "write to its events"
  private static let last = "write to the last watcher's event"
  private static let writes = "write to its answer"

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    var measured = Measured()
    var crowds: [String: APIWatchCrowd] = [:]
    for contender in contenders { crowds[contender.name] = try await open(contender) }
    var figures: [String: Series] = [Self.events: Series(), Self.last: Series(), Self.writes: Series()]
    rounds: for (number, order) in Rounds.order(participants: contenders.count, rounds: common.rounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        guard let crowd = crowds[contender.name] else { continue }
        progress("watches, round \(number + 1) of \(common.rounds): \(contender.name)")
        do {
          let (round, seen) = try await write(contender, crowd.board)
          add(round, seen, of: contender, to: &figures)
          measured.demand(
            seen.missing + seen.twice + seen.strays == 0,
            "\(contender.name), round \(number + 1): of \(round.load.count * api.watchers) events \(seen.missing) are "
              + "missing, \(seen.twice) came twice, \(seen.strays) are of no write")
        } catch {
          // The other kinds can still be measured.
          measured.errors.append("\(contender.name), round \(number + 1): \(error)")
          break rounds
        }
      }
    }
    for contender in contenders {
      figures[Self.events]?.add(contender.name, "RssAnon of the front-end with the watches, MiB", contender.memory)
      crowds[contender.name]?.close()
    }
    for subject in [Self.events, Self.last, Self.writes] { measured.rows += figures[subject]?.rows(subject) ?? [] }
    return measured
  }

  private func add(
    _ round: APIContender.Round, _ seen: WatchBoard.Round, of contender: APIContender,
    to figures: inout [String: Series]
  ) {
    let name = contender.name
    let (count, seconds) = (Double(max(seen.events.count, 1)), round.load.seconds)
    func latencies(_ subject: String, _ sorted: [Int64]) {
      guard !sorted.isEmpty else { return }
      for (metric, percent) in [("p50, ms", 50.0), ("p99, ms", 99.0), ("worst, ms", 100.0)] {
        figures[subject]?.add(name, metric, Statistics.percentile(percent, ofSorted: sorted) / 1e6)
      }
    }
    figures[Self.events]?.add(name, "events/s", Double(seen.events.count) / seconds)
    latencies(Self.events, seen.events)
    figures[Self.events]?.add(name, "missing or more than once", Double(seen.missing + seen.twice + seen.strays))
    figures[Self.events]?.add(name, "front-end's CPU, µs an event", round.frontEndSeconds * 1e6 / count)
    figures[Self.events]?.add(name, "members' CPU, µs an event", round.membersSeconds * 1e6 / count)
    figures[Self.events]?.add(name, "this program's CPU, µs an event", round.load.ownSeconds * 1e6 / count)
    let used = round.frontEndSeconds + round.membersSeconds + round.load.ownSeconds
    figures[Self.events]?.add(name, "processors busy, %", used / seconds / APIRounds.processors * 100)
    latencies(Self.last, seen.last)
    figures[Self.writes]?.add(name, "writes/s", round.load.rate)
    latencies(Self.writes, round.load.latencies)
    figures[Self.writes]?.add(name, "failed writes", Double(round.load.failures))
  }

  // MARK: Watches

  private func open(_ contender: APIContender) async throws -> APIWatchCrowd {
    progress("opening \(api.watchers) watches of \(contender.name)")
    try await contender.ensure(namespace: Self.namespace)
    _ = try await contender.create(
      .configMaps, 0..<Self.objects, in: Self.namespace, connections: 1, statuses: [201, 409])
    let newest = try await version(contender)
    return try await APIWatchCrowd(
      contender.door, target: "\(path)?watch=1&timeoutSeconds=7200&resourceVersion=\(newest)",
      watches: api.watchers, connections: api.watchConnections)
  }

  private var path: String { APIObjects.path(.configMaps, in: Self.namespace) }

  /// The version of the whole list: what comes after it are the writes of the rounds.
  private func version(_ contender: APIContender) async throws -> String {
    let body = try await contender.client.send(ClusterRequest(.get, path))
    let mark = Array(#""metadata":{"#.utf8) + Array(#""resourceVersion":""#.utf8)
    // The list's metadata stands before its items.
    let head = Array(body.prefix(2048))
    for index in head.indices where head[index...].starts(with: mark) {
      return String(decoding: head[(index + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
    throw Program.Failure("a list without a version: \(String(decoding: head.prefix(200), as: UTF8.self))")
  }

  // MARK: Writes

  /// One round, until the last watcher has seen the last write.
  private func write(
    _ contender: APIContender, _ board: WatchBoard
  ) async throws -> (APIContender.Round, WatchBoard.Round) {
    let first = contender.takeWrites()
    let most = api.watchRate * common.seconds
    let objects = api.objects
    let (client, collection) = (contender.client, path)
    board.begin(first: first, most: most)
    let round = try await contender.measured {
      let before = ProcessFigures.ownSeconds
      let start = ContinuousClock.now
      var load = try await Load.paced(
        rate: api.watchRate, time: common.time, limit: most, while: { true }
      ) { number in
        let object = number % Self.objects
        let document = objects.configMap(object, in: Self.namespace, write: first + number)
        board.willWrite(first + number)
        _ = try await client.send(
          ClusterRequest(
            .put, "\(collection)/\(APIObjects.name(object))", contentType: "application/json",
            body: Array(document.utf8)))
        board.didWrite(first + number)
      }
      try await board.waitUntilSeen(.seconds(30))
      load.seconds = (ContinuousClock.now - start).inSeconds
      load.ownSeconds = ProcessFigures.ownSeconds - before
      return load
    }
    // Whoever sees a write twice does so soon.
    try await Task.sleep(for: .milliseconds(200))
    return (round, board.settle())
  }
}

/// Watches that are spread over a few connections.
final class APIWatchCrowd: Sendable {
  let board: WatchBoard
  private let connections: [WatchConnection]

  /// Opens them and waits until all are there.
  init(_ door: FrontEndDoor, target: String, watches: Int, connections count: Int) async throws {
    let board = WatchBoard(watchers: watches)
    self.board = board
    var connections: [WatchConnection] = []
    for index in 0..<count {
      let (first, end) = (watches * index / count, watches * (index + 1) / count)
      let connection = WatchConnection(
        loop: door.loop, target: target, authority: door.authority, watchers: first..<end, board: board)
      try await door.open(connection)
      connections.append(connection)
    }
    self.connections = connections
    try await board.waitUntilOpen(.seconds(60))
  }

  func close() { for connection in connections { connection.close() } }
}
