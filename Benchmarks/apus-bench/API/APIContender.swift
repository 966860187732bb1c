import BenchKit
import ClusterClient
import Supervision
import Synchronization

/// A front-end over a store, ours or a peer's, and the clients that load it.
final class APIContender: Sendable {
  /// What a list holds, as it was counted by itself.
  struct Listing: Sendable {
    var objects: Int
    var bytes: Int
  }

  /// What came of one round, and what it cost those who answered.
  struct Round {
    var load: Load
    var frontEndSeconds: Double
    var membersSeconds: Double
  }

  private struct Record {
    var failures = 0
    var failure: String?
    /// How many objects of a kind there are, from number 0.
    var filled: [APIObjects.Kind: Int] = [:]
    var namespaces: Set<String> = []
    var idle: Double?
    /// The number of the next round's first write.
    var nextWrite = 0
    /// What wrk shows.
    var token: String?
  }

  /// A run of writes has at most so many numbers.
  private static let writesARound = 1_000_000

  let trio: Trio
  let door: FrontEndDoor
  /// For what is not load, and for the few writes that watchers see.
  let client: ClusterClient
  private let objects: APIObjects
  private let record = Mutex(Record())

  var name: String { trio.frontEndName }

  /// - Parameter trio: its members and its front-end are started by the caller.
  init(_ trio: Trio, objects: APIObjects) throws {
    self.trio = trio
    self.objects = objects
    door = try FrontEndDoor(trio)
    client = try trio.clusterClient(connections: 32)
  }

  func close() async { await client.shutdown() }

  // MARK: The front-end

  /// Starts it anew.
  ///
  /// - Returns: how long it took from its process' start to its first ready answer.
  func restart() async throws -> Duration {
    trio.stopFrontEnd()
    let start = ContinuousClock.now
    let process = try trio.launchFrontEnd()
    while true {
      do {
        let connection = try await door.open()
        let time = ContinuousClock.now - start
        connection.close()
        return time
      } catch {
        try process.demandRunning()
        guard ContinuousClock.now - start < .seconds(120) else { throw error }
        try await Task.sleep(for: .milliseconds(3))
      }
    }
  }

  /// What it has for itself, in MiB; NaN when it does not run.
  var memory: Double {
    guard let process = trio.frontEnd, let bytes = ProcessFigures.anonymous(process.pid) else { return .nan }
    return Double(bytes) / Double(1 << 20)
  }

  /// Takes note of what it has in memory now as that of a front-end without objects.
  func noteIdle() {
    let now = memory
    record.withLock { $0.idle = now }
  }

  /// In MiB; nil when nobody has looked.
  var idle: Double? { record.withLock { $0.idle } }

  private var frontEndSeconds: Double { ProcessFigures.processorSeconds(trio.frontEnd.map { [$0.pid] } ?? []) }
  private var membersSeconds: Double { ProcessFigures.processorSeconds(trio.processIDs) }

  // MARK: Load

  /// Runs operations on several connections, which are opened before and closed after what is measured.
  func run(connections: Int, time: Duration, limit: Int, _ script: any RequestScript) async throws -> Round {
    let loops = try await door.open(connections)
    defer { for loop in loops { loop.close() } }
    return try await measured {
      let before = ProcessFigures.ownSeconds
      let start = ContinuousClock.now
      let job = RequestLoop.Job(tickets: Tickets(), limit: limit, deadline: start + time)
      let parts = try await withThrowingTaskGroup(of: Load.self, returning: [Load].self) { group in
        for loop in loops {
          group.addTask { try await loop.run(script, job) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      var load = Load(parts, seconds: (ContinuousClock.now - start).inSeconds)
      load.ownSeconds = ProcessFigures.ownSeconds - before
      guard load.count > 0 else { throw Program.Failure("nothing succeeded: \(load.failure ?? "no time")") }
      return load
    }
  }

  /// What a load costs the front-end and the members.
  func measured(_ body: () async throws -> Load) async throws -> Round {
    let (frontEnd, members) = (frontEndSeconds, membersSeconds)
    let load = try await body()
    note(load)
    return Round(
      load: load, frontEndSeconds: frontEndSeconds - frontEnd, membersSeconds: membersSeconds - members)
  }

  /// The same of a run of wrk.
  func measured(_ wrk: Wrk, _ request: Wrk.Request, connections: Int, seconds: Int) async throws -> WrkRound {
    let (frontEnd, members) = (frontEndSeconds, membersSeconds)
    let found = try await wrk.run(request, authority: door.authority, connections: connections, seconds: seconds)
    let round = WrkRound(
      found: found, frontEndSeconds: frontEndSeconds - frontEnd, membersSeconds: membersSeconds - members)
    var load = Load()
    (load.failures, load.failure) = (found.failures, found.failure)
    note(load)
    return round
  }

  /// The token that wrk shows; nil: it has none yet.
  var wrkTokenKept: String? { record.withLock { $0.token } }

  func keepWrkToken(_ token: String) { record.withLock { $0.token = token } }

  /// Failures among a load are told once it is over.
  func note(_ load: Load) {
    record.withLock { record in
      record.failures += load.failures
      if record.failure == nil { record.failure = load.failure }
    }
  }

  /// The first of a million numbers of writes that nobody else has.
  func takeWrites() -> Int {
    record.withLock { record in
      defer { record.nextWrite += Self.writesARound }
      return record.nextWrite
    }
  }

  // MARK: Objects

  /// Sees to it that a namespace is there, with the account that its pods run as.
  func ensure(namespace: String) async throws {
    guard !record.withLock({ $0.namespaces.contains(namespace) }) else { return }
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      do {
        try await make(
          "/api/v1/namespaces", #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(namespace)"}}"#)
        try await make(
          "/api/v1/namespaces/\(namespace)/serviceaccounts",
          #"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}"#)
        break
      } catch {
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    record.withLock { _ = $0.namespaces.insert(namespace) }
  }

  /// Creates one object, which may be there.
  func make(_ path: String, _ document: String) async throws {
    do {
      _ = try await client.send(
        ClusterRequest(.post, path, contentType: "application/json", body: Array(document.utf8)))
    } catch let error as APIStatusError {
      guard error.isAlreadyExists else { throw error }
    }
  }

  /// Creates objects of a kind, each of which must be new.
  func create(
    _ kind: APIObjects.Kind, _ numbers: Range<Int>, in namespace: String, connections: Int, statuses: [Int] = [201]
  ) async throws -> Round {
    let path = APIObjects.path(kind, in: namespace)
    let script = SingleRequests(
      statuses: statuses,
      request: { [door, objects] number in
        door.send("POST", path, objects.document(kind, numbers.lowerBound + number, in: namespace))
      })
    return try await run(connections: connections, time: .seconds(300), limit: numbers.count, script)
  }

  /// Opens what has to be opened, and lets both sides warm up, uncounted.
  func warmUp(connections: Int) async throws {
    let namespace = "bench-warm"
    try await ensure(namespace: namespace)
    for kind in [APIObjects.Kind.configMaps, .pods] {
      _ = try await create(kind, 0..<300, in: namespace, connections: connections)
    }
  }

  /// How many objects of a kind are known to be there.
  func filled(_ kind: APIObjects.Kind) -> Int { record.withLock { $0.filled[kind] ?? 0 } }

  /// Takes note that the first so many objects of a kind are there.
  func note(_ kind: APIObjects.Kind, filled count: Int) { record.withLock { $0.filled[kind] = count } }

  /// Sees to it that there are so many objects of a kind.
  ///
  /// - Returns: the creates, where any were missing.
  @discardableResult
  func fill(_ kind: APIObjects.Kind, _ count: Int, connections: Int) async throws -> Round? {
    let first = filled(kind)
    guard first < count else { return nil }
    progress("creating \(count - first) \(kind.rawValue) through \(name)")
    try await ensure(namespace: kind.namespace)
    // Some of them may be there: of a round that ran out of time.
    let round = try await create(
      kind, first..<count, in: kind.namespace, connections: connections, statuses: [201, 409])
    guard round.load.count == count - first else {
      throw Program.Failure(
        "\(name): only \(round.load.count) of \(count - first) \(kind.rawValue): \(round.load.failure ?? "no time")")
    }
    note(kind, filled: count)
    return round
  }

  /// Counts what a list holds: outside of the rounds, to be sure that they list what they say.
  ///
  /// - Parameter target: a path, and a query where there is one, as they stand in a request.
  func look(_ target: String) async throws -> Listing {
    let body = try await client.send(ClusterRequest(.get, target))
    let mark = Array(#""name":"bench-"#.utf8)
    var count = 0
    var index = 0
    while index + mark.count <= body.count {
      if body[index] == mark[0] && body[index..<(index + mark.count)].elementsEqual(mark) { count += 1 }
      index += 1
    }
    return Listing(objects: count, bytes: body.count)
  }

  // MARK: What is told

  /// A kind of measurement begins.
  func begin() { record.withLock { ($0.failures, $0.failure) = (0, nil) } }

  /// What happened since ``begin()`` that a reader must know.
  func notes() -> [String] {
    record.withLock { record in
      record.failure.map { ["\(name): \(record.failures) requests failed and do not count; the first: \($0)"] } ?? []
    }
  }
}
