import ClusterConfig
import Foundation
import FreePorts
import Logging
import MVCC
import Metrics
import NIOPosix
import RaftTransport
import StoreNode
import Synchronization
import Testing
import Waiting

#if canImport(Glibc)
  import Glibc
#endif

/// Three replicas over TLS that are killed, fall behind, and lose the ends of their logs.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ReplicaFailureTests {
  /// A follower that is further behind than the leader's log reaches back gets the leader's snapshot, goes on from
  /// the log behind it, and has it all after a start of its own.
  @Test func aFollowerThatIsFarBehindGetsTheLeadersSnapshot() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      _ = try await replicas.put("first", "1", at: "s1")
      await replicas.stop("s3")
      for index in 0..<300 { _ = try await replicas.put("key\(index % 40)", "\(index)", at: "s1") }
      try await replicas.until("whoever leads has a snapshot, and not the log before it") {
        try ["s1", "s2"].allSatisfy { try replicas.files($0, in: "snapshots").contains { $0.hasSuffix(".snapshot") } }
      }
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
      try await replicas.until("s3 says that it was given a snapshot") {
        replicas.messages("s3").contains("installed a leader's snapshot")
      }
      for index in 0..<20 { _ = try await replicas.put("more\(index)", "x", at: "s3") }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      await replicas.stop("s3")
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
      let values = try await replicas.node("s3").range(RangeRequest(.all)).keyValues
      #expect(values.count == 61)
    }
  }

  /// All three die at once, in the middle of writes, twice over: whatever a client was told is there, nothing is
  /// there that nobody wrote, and the replicas agree.
  @Test func whatWasAcknowledgedSurvivesAKill() async throws {
    let cluster = try TestCluster(3)
    do {
      for round in 1...2 {
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [place = cluster.place as TestCluster.Place, round = round as Int] in
          try await CrashingChild(place: place, round: round).run()
        }
      }
      let replicas = Replicas(cluster)
      try await replicas.start(cluster.names)
      try await replicas.untilEqual(cluster.names)
      let found = try await replicas.node("s1").range(RangeRequest(.all)).keyValues
      let values = Dictionary(uniqueKeysWithValues: found.map { (String(decoding: $0.key, as: UTF8.self), $0.value) })
      let acknowledged = try String(contentsOfFile: "\(cluster.path)/acknowledged", encoding: .utf8)
        .split(separator: "\n").map(String.init)
      #expect(acknowledged.count >= 2 * CrashingChild.enough)
      for key in acknowledged {
        #expect(values[key] == Array("value of \(key)".utf8), "\(key) was acknowledged and is gone")
      }
      for (key, value) in values { #expect(value == Array("value of \(key)".utf8)) }
      await replicas.stopAll()
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  /// One of three is gone for good, another lost the end of its log: the two of them elect nobody, and say why, until
  /// an operator starts the second one with the flag; then it is enough once.
  @Test func anOperatorCanGoOnWithALostTail() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      for index in 0..<20 { _ = try await replicas.put("key\(index)", "x", at: "s1") }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      await replicas.stopAll()
      try replicas.damageTail("s2")
      try await replicas.start(["s1", "s2"])
      // The healthy one campaigns many times over within the patience of a write.
      try await replicas.until("it knows no leader") {
        await replicas.node("s1").status().errors.contains("etcdserver: no leader")
      }
      await #expect(throws: StoreError.self) { try await replicas.put("refused", "x", at: "s1") }
      try await replicas.until("s2 says what is to be done") {
        await replicas.node("s2").status().errors.contains { $0.contains("--accept-torn-tail") }
          && replicas.messages("s2").contains { $0.contains("--accept-torn-tail") }
      }
      await replicas.stop("s2")
      try await replicas.start(["s2"]) { $0.acceptsLostTail = true }
      _ = try await replicas.put("accepted", "x", at: "s1")
      await replicas.stop("s2")
      try await replicas.start(["s2"])
      _ = try await replicas.put("accepted again", "x", at: "s2")
      try await replicas.untilEqual(["s1", "s2"])
      try await replicas.until("all is well") { await replicas.node("s2").status().errors.isEmpty }
    }
  }

  /// Nobody is there whom a replica with an empty disk could ask: it waits, however long, and is refused once somebody
  /// comes who knows it. If it began, it would take what its earlier life proposed for its own, and could vote twice.
  @Test func anEmptyDiskWaitsForTheOthers() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      for index in 0..<20 { _ = try await replicas.put("key\(index)", "x", at: "s3") }
      await replicas.stopAll()
      try FileManager.default.removeItem(atPath: replicas.cluster.dataPath("s3"))
      let waiting = Task { try await replicas.start(["s3"]) }
      try await replicas.until("s3 says for whom it waits") {
        replicas.messages("s3").contains { $0.contains("does not begin before they have") }
      }
      #expect(try replicas.logFiles("s3").isEmpty)
      try await replicas.start(["s1", "s2"])
      let refusal = await #expect(throws: StoreStartError.self) { try await waiting.value }
      let isKnown = if case .emptiedDisk("s3", _)? = refusal { true } else { false }
      #expect(isKnown, "\(refusal as Any)")
      try await replicas.start(["s3"]) { $0.rejoins = true }
      #expect(try await replicas.put("own", "y", at: "s3") > 20)
    }
  }

  /// A host of a new cluster is not there yet: the others wait, until an operator says that it has never run.
  @Test func aNewClusterBeginsWithoutAHostWhenToldTo() async throws {
    try await withReplicas { replicas in
      let waiting = Task { try await replicas.start(["s1", "s2"]) }
      try await replicas.until("they say for whom they wait") {
        ["s1", "s2"].allSatisfy { name in
          replicas.messages(name).contains { $0.contains("--new-cluster") }
        }
      }
      #expect(try replicas.logFiles("s1").isEmpty)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      try await replicas.start(["s1", "s2"]) { $0.beginsAnew = true }
      _ = try await replicas.put("key", "x", at: "s1")
      // It comes after all, and everybody else says that it is new.
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
    }
  }

  /// Hosts whose files name other voters are not of one cluster, whatever its name: two majorities could come of it.
  @Test func hostsWithOtherFilesAreOfAnotherCluster() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2"]) { $0.beginsAnew = true }
      _ = try await replicas.put("key", "x", at: "s1")
      let refusal = await #expect(throws: StoreStartError.foreignCluster(member: "s3", on: ["s2"])) {
        try await replicas.start(["s3"]) { configuration in configuration.peers.removeAll { $0.name == "s1" } }
      }
      #expect(refusal == nil || "\(refusal as Any)".contains("other hosts in its cluster's file"))
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
    }
  }

  /// A replica that lost its disk is refused, and told how to come back. So it does, with all that was acknowledged:
  /// then another one can go. An empty disk is not enough to elect anybody.
  @Test func aReplicaThatLostItsDiskRejoins() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      for index in 0..<120 { _ = try await replicas.put("key\(index)", "\(index)", at: "s1") }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      await replicas.stop("s2")
      try FileManager.default.removeItem(atPath: replicas.cluster.dataPath("s2"))
      let refusal = await #expect(throws: StoreStartError.self) { try await replicas.start(["s2"]) }
      // The first of them that knows it is enough.
      let isKnown = if case .emptiedDisk("s2", _)? = refusal { true } else { false }
      #expect(isKnown && "\(refusal as Any)".contains("apus store --rejoin"), "\(refusal as Any)")
      // Without everybody's word on the terms it might believe a leader that was deposed with its own vote.
      await replicas.stop("s3")
      await #expect(throws: StoreStartError.self) { try await replicas.start(["s2"]) { $0.rejoins = true } }
      #expect(try replicas.logFiles("s2").isEmpty)
      try await replicas.start(["s3"])
      for index in 0..<10 { _ = try await replicas.put("later\(index)", "x", at: "s3") }
      try await replicas.start(["s2"]) { $0.rejoins = true }
      try await replicas.until("it votes again") {
        replicas.messages("s2").contains("caught up with what was lost, voting again")
      }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      // Its own proposals are new ones, whatever numbers its earlier life gave to its own.
      for index in 0..<5 { _ = try await replicas.put("mine\(index)", "x", at: "s2") }
      await replicas.stop("s1")
      _ = try await replicas.put("without s1", "x", at: "s2")
      // The flag is without effect on a disk that is not empty.
      await replicas.stop("s2")
      try await replicas.start(["s2"]) { $0.rejoins = true }
      _ = try await replicas.put("after", "x", at: "s2")
      try await replicas.untilEqual(["s2", "s3"])
      let keys = Set(
        try await replicas.node("s2").range(RangeRequest(.all)).keyValues.map {
          String(decoding: $0.key, as: UTF8.self)
        })
      let expected = (0..<120).map { "key\($0)" } + (0..<10).map { "later\($0)" } + (0..<5).map { "mine\($0)" }
      #expect(keys == Set(expected + ["without s1", "after"]))
      try await replicas.until("all is well") { await replicas.node("s2").status().errors.isEmpty }
    }
  }

  /// All but one lost their disks: what they had acknowledged is nowhere, and nobody pretends otherwise.
  @Test func aMajorityThatLostItsDisksElectsNobody() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      _ = try await replicas.put("key", "x", at: "s1")
      try await replicas.untilEqual(["s1", "s2", "s3"])
      for name in ["s2", "s3"] {
        await replicas.stop(name)
        try FileManager.default.removeItem(atPath: replicas.cluster.dataPath(name))
      }
      try await replicas.start(["s2", "s3"]) { $0.rejoins = true }
      await #expect(throws: StoreError.self) { try await replicas.put("refused", "x", at: "s1") }
      for name in ["s2", "s3"] {
        try await replicas.until("\(name) says why") {
          await replicas.node(name).status().errors.contains { $0.contains("came back with an empty disk") }
        }
      }
    }
  }
}

/// Three replicas, which are stopped and removed at the end.
func withReplicas(_ body: (Replicas) async throws -> Void) async throws {
  let cluster = try TestCluster(3)
  let replicas = Replicas(cluster)
  do {
    try await body(replicas)
  } catch {
    await replicas.stopAll()
    await cluster.remove()
    throw error
  }
  await replicas.stopAll()
  await cluster.remove()
}

/// What runs in a process of its own until it kills itself: three replicas, and clients that note what they were told.
struct CrashingChild: Sendable {
  /// It dies at this many acknowledged writes.
  static let enough = 400

  var place: TestCluster.Place
  var round: Int

  func run() async throws {
    let cluster = TestCluster(at: place)
    let replicas = Replicas(cluster)
    try await replicas.start(cluster.names)
    let notes = open("\(cluster.path)/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    precondition(notes >= 0)
    let acknowledged = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<12 {
        group.addTask {
          for number in 0... {
            let key = "\(round)/\(client)/\(number)"
            _ = try await replicas.put(key, "value of \(key)", at: cluster.names[client % 3])
            _ = Array("\(key)\n".utf8).withUnsafeBytes { write(notes, $0.baseAddress, $0.count) }
            if acknowledged.increment() == Self.enough { kill(getpid(), SIGKILL) }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

/// Replicas of a cluster in this process, each with a log of what it reports.
final class Replicas: Sendable {
  private struct State {
    var nodes: [String: StoreNode] = [:]
    var messages: [String: [String]] = [:]
    var reasons: [String: [String]] = [:]
  }

  let cluster: TestCluster
  private let state = Mutex(State())

  init(_ cluster: TestCluster) { self.cluster = cluster }

  /// Small enough that snapshots are made, logs are cut and segments are begun within a few hundred writes.
  func start(_ names: [String], adjust: (inout StoreNodeConfiguration) -> Void = { _ in }) async throws {
    for name in names {
      var configuration = try #require(
        StoreNodeConfiguration(cluster.config, host: name, dataPath: cluster.dataPath(name)))
      configuration.snapshotEntries = 50
      configuration.trailingEntries = 10
      configuration.followerLogBytes = 0
      configuration.segmentSize = 16384
      configuration.tickMilliseconds = 20
      adjust(&configuration)
      var logger = Logger(label: "test") { _ in
        Recorder { message, reason in
          self.state.withLock { state in
            state.messages[name, default: []].append(message)
            if let reason { state.reasons[name, default: []].append(reason) }
          }
        }
      }
      logger.logLevel = .info
      let node = StoreNode(configuration: configuration, metrics: NOOPMetricsHandler.instance, logger: logger)
      state.withLock { $0.nodes[name] = node }
    }
    // All at once: a new one waits for the others' word.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask {
          try await FreePorts.whenFree {
            try await self.node(name).start(
              credentials: try PeerCredentials(files: self.cluster.certificates.host(name)),
              loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  func node(_ name: String) -> StoreNode { state.withLock { $0.nodes[name]! } }

  func messages(_ name: String) -> [String] { state.withLock { $0.messages[name] ?? [] } }

  /// What was told as the reason of something.
  func reasons(_ name: String) -> [String] { state.withLock { $0.reasons[name] ?? [] } }

  func stop(_ name: String) async {
    guard let node = state.withLock({ $0.nodes.removeValue(forKey: name) }) else { return }
    await node.stop()
  }

  func stopAll() async { for name in cluster.names { await stop(name) } }

  func put(_ key: String, _ value: String, at name: String) async throws -> Int64 {
    try await node(name).propose(.put(PutRequest(key: Array(key.utf8), value: Array(value.utf8)))).revision
  }

  /// Waits until these have the same state, with all that was acknowledged before.
  func untilEqual(_ names: [String]) async throws {
    try await node(names[0]).linearizableBarrier()
    try await until("\(names) are equal") {
      var hashes: Set<StoreHash> = []
      for name in names { hashes.insert(try await self.node(name).hash(at: 0)) }
      return hashes.count == 1
    }
  }

  func until(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    try await eventually(
      what, sourceLocation: sourceLocation, detail: { "\(state.withLock { $0.messages })" }, condition)
  }

  func logFiles(_ name: String) throws -> [String] { try files(name, in: "log") }

  func files(_ name: String, in part: String) throws -> [String] {
    let folder = "\(cluster.dataPath(name))/\(part)"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder)
  }

  /// Alters a byte of the last record of a stopped replica's log.
  func damageTail(_ name: String) throws {
    let folder = "\(cluster.dataPath(name))/log"
    let last = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".log") }.sorted().last)
    var log = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(last)"))
    let end = try #require(log.lastIndex { $0 != 0 })
    log[end] ^= 0xff
    try log.write(to: URL(fileURLWithPath: "\(folder)/\(last)"))
  }
}

private struct Recorder: LogHandler {
  let record: @Sendable (_ message: String, _ reason: String?) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(_ record: @escaping @Sendable (String, String?) -> Void) { self.record = record }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { record("\(event.message)", event.metadata?["reason"].map { "\($0)" }) }
}
