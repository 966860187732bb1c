import Foundation
import MVCC
import Metrics
import NIOPosix
import RaftCore
import Replay
import Replica
import StoreNode
import Synchronization
import Testing

/// What replicas record of their steps while they run, replayed. (Recordings of simulated ones, with faults and bugs:
/// Tests/Simulation/RecordingTests.)
@Suite(.serialized, .timeLimit(.minutes(3))) struct RecordingTests {
  /// Three replicas elect a leader, write, lose it and get it back: every step of each comes out again, and they do not
  /// contradict each other.
  @Test func whatThreeReplicasDidHappensAgain() async throws {
    let cluster = try TestCluster(3)
    let stores = Stores(cluster)
    stores.start(cluster.names)
    do {
      try await stores.until("it serves") {
        for name in cluster.names where (try? await stores.node(name).linearizableBarrier()) == nil { return false }
        return true
      }
      for index in 0..<60 { try await stores.put("key\(index % 7)", Array("value".utf8), at: cluster.names[index % 3]) }
      let leader = try await stores.one(leading: true)
      await stores.stop(leader)
      let other = try #require(cluster.names.first { $0 != leader })
      try await stores.until("another one leads") { (try? await stores.put("after", at: other)) != nil }
      stores.start([leader])
      try await stores.until("it is back") { (try? await stores.put("back", at: leader)) != nil }
      // What was recorded comes to the disk a moment later.
      try await stores.until("the recordings have it") {
        try cluster.names.allSatisfy { name in
          try RecordingFiles(cluster.dataPath(name)).replay { _ in }.report.committed.count > 60
        }
      }
      // While they run, too: a recording that is looked at has no end yet.
      try check(cluster, leader: leader, areStopped: false)
      await stores.stopAll()
      try check(cluster, leader: leader, areStopped: true)
    } catch {
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func check(_ cluster: TestCluster, leader: String, areStopped: Bool) throws {
    var comparison = ReplayComparison()
    for name in cluster.names {
      let lines = Lines()
      let replayer = try RecordingFiles(cluster.dataPath(name)).replay { lines.add($0) }
      let report = replayer.report
      #expect(report.isClean && report.gaps == 0 && report.tornEnds == 0, "\(name): \(lines.texts.suffix(5))")
      #expect(report.name == name && report.inputs > 100 && report.committed.count > 60)
      #expect(lines.of(.start).count == (name == leader ? 2 : 1))
      #expect(lines.of(.end).count == (areStopped ? 1 : 0) + (name == leader ? 1 : 0) + (areStopped ? 0 : 1))
      #expect(
        lines.of(.effect).contains { $0.contains("leader in term") } == replayer.leaders.values.contains(report.member))
      comparison.add(report, leaders: replayer.leaders)
    }
    #expect(comparison.contradictions.isEmpty && comparison.comparedEntries > 100)
  }

  /// The ring keeps to its size, drops the oldest, and what is left is replayed.
  @Test func theOldestGoes() async throws {
    let limit = 512 << 10
    try await Lone.with(recordSize: limit) { lone in
      var newest = 0
      try await lone.write(until: "there are many segments, and the first are gone") {
        newest = lone.segments.last.flatMap { Int($0.prefix(16), radix: 16) } ?? 0
        return newest > 12 && lone.segments.count < newest
      }
      await lone.stop()
      #expect(lone.size <= limit + 64 << 10, "\(lone.size)")
      let lines = Lines()
      let report = try RecordingFiles(lone.path).replay { lines.add($0) }.report
      #expect(report.isClean && report.gaps == 0, "\(lines.texts.suffix(5))")
      #expect(report.segments == lone.segments.count && report.segments > 3)
      #expect(lines.of(.start).first?.contains("the recording begins in the 1st start") == true)
      // Nothing of what was written is in it.
      for name in lone.segments {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(lone.path)/record/\(name)"))
        #expect(bytes.range(of: Data(Lone.value)) == nil && bytes.range(of: Data(Lone.key)) == nil)
      }
    }
  }

  @Test func nothingIsRecordedWhereNothingIsWanted() async throws {
    try await Lone.with(recordSize: 0) { lone in
      try await lone.put()
      await lone.stop()
      #expect(!FileManager.default.fileExists(atPath: "\(lone.path)/record"))
      #expect(throws: RecordingFiles.Failure.self) { try RecordingFiles(lone.path) }
    }
  }

  /// A recording that cannot be written is no reason to stop.
  @Test func aReplicaGoesOnWithoutItsRecording() async throws {
    try await Lone.with(
      recordSize: 1 << 20,
      prepare: { path in
        // A file is where the folder should be.
        _ = FileManager.default.createFile(atPath: "\(path)/record", contents: Data())
      }
    ) { lone in
      for _ in 0..<50 { try await lone.put() }
    }
  }

  @Test func damageIsNamed() async throws {
    try await Lone.with(recordSize: 1 << 20) { lone in
      for _ in 0..<50 { try await lone.put() }
      await lone.stop()
      let file = "\(lone.path)/record/\(try #require(lone.segments.last))"
      var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      bytes[bytes.count / 2] ^= 16
      try bytes.write(to: URL(fileURLWithPath: file))
      let report = try RecordingFiles(file).replay { _ in }.report
      #expect(report.damages.count == 1 && report.damages[0].contains("damaged at byte"), "\(report.damages)")
      try bytes.prefix(5).write(to: URL(fileURLWithPath: file))
      #expect(try RecordingFiles(file).replay { _ in }.report.damages.count == 1)
      // What was written in part is read to there.
      bytes[bytes.count / 2] ^= 16
      try bytes.dropLast(9).write(to: URL(fileURLWithPath: file))
      let torn = try RecordingFiles(file).replay { _ in }.report
      #expect(torn.isClean && torn.tornEnds == 1)
    }
  }

  // MARK: - Helpers

  private final class Lines: Sendable {
    private let lines = Mutex<[ReplayLine]>([])

    func add(_ line: ReplayLine) { lines.withLock { $0.append(line) } }
    func of(_ kind: ReplayLine.Kind) -> [String] { lines.withLock { $0.filter { $0.kind == kind }.map(\.text) } }
    var texts: [String] { lines.withLock { $0.map(\.text) } }
  }

  /// A replica without peers.
  private final class Lone: Sendable {
    static let key = Array("the name of a key".utf8)
    static let value = Array("what nobody else is to know".utf8)

    let node: StoreNode
    let path: String

    init(recordSize: Int, prepare: (String) -> Void) async throws {
      path = "/tmp/apus-recording-\(getpid())-\(UInt64.random(in: 0...(.max)))"
      var configuration = StoreNodeConfiguration(
        clusterName: "test", name: "one",
        peers: [
          .init(
            id: StoreNodeConfiguration.memberID(cluster: "test", name: "one"), name: "one",
            address: .init(127, 0, 0, 1), port: 0)
        ],
        dataPath: path)
      configuration.tickMilliseconds = 5
      configuration.electionTicks = 10
      configuration.recordSize = recordSize
      // Segments begin with the log in memory: let it be short.
      configuration.snapshotEntries = 500
      configuration.trailingEntries = 50
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      prepare(path)
      node = StoreNode(configuration: configuration, metrics: NOOPMetricsHandler.instance, logger: TestCluster.logger)
      try await node.start(credentials: nil, loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
      try await node.linearizableBarrier()
    }

    static func with(
      recordSize: Int, prepare: (String) -> Void = { _ in }, _ body: (Lone) async throws -> Void
    ) async throws {
      let lone = try await Lone(recordSize: recordSize, prepare: prepare)
      do {
        try await body(lone)
      } catch {
        await lone.remove()
        throw error
      }
      await lone.remove()
    }

    func stop() async { await node.stop() }

    private func remove() async {
      await node.stop()
      try? FileManager.default.removeItem(atPath: path)
    }

    func put() async throws { _ = try await node.propose(.put(PutRequest(key: Self.key, value: Self.value))) }

    func write(until what: String, _ condition: () -> Bool) async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      while !condition() {
        guard ContinuousClock.now < deadline else { throw Patience(what: what) }
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<64 { group.addTask { try await self.put() } }
          try await group.waitForAll()
        }
      }
    }

    struct Patience: Error { var what: String }

    /// The files' names, in order.
    var segments: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/record")) ?? []).sorted()
    }

    var size: Int {
      segments.reduce(0) { sum, name in
        let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/record/\(name)")
        return sum + ((attributes?[.size] as? Int) ?? 0)
      }
    }
  }
}
