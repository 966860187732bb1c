import Foundation
import Logging
import MVCC
import Metrics
import NIOPosix
import RaftCore
import RaftTransport
import StoreNode
import Synchronization
import Testing
import Waiting

/// The space quota of a replica that starts: what counts is the state once the log is read, not what a snapshot left.
@Suite(.timeLimit(.minutes(2))) struct QuotaAtStartTests {
  private static let quota = 1 << 20
  private static let outcry = "the space quota is used up"

  @Test func theLogIsReadBeforeTheQuotaIsJudged() async throws {
    let path = "/tmp/apus-quota-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // A snapshot of three quotas at least; what follows it in the log takes all of it away.
    _ = try await Self.withNode(at: path, quota: nil) { node in
      for index in 0..<46 { try await Self.put(node, index) }
      try await eventually("there is a snapshot") {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/snapshots")) ?? []
        return files.contains { $0.hasSuffix(".snapshot") }
      }
      let deletion = DeleteRangeRequest(KeyRange.all)
      let revision = try await node.propose(.deleteRange(deletion)).revision
      _ = try await node.propose(.compact(revision: revision))
      try await node.compactionsFinish()
    }
    let messages = try await Self.withNode(at: path, quota: Self.quota) { node in
      try await node.linearizableBarrier()
      #expect(try await node.range(RangeRequest(.all)).count == 0)
      #expect(await node.alarms().isEmpty)
      try await Self.put(node, 0)
    }
    #expect(!messages.contains { $0.hasPrefix(Self.outcry) }, "\(messages)")
  }

  @Test func aFullStoreSaysSoOnceItHasReadItsLog() async throws {
    let path = "/tmp/apus-quota-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try await Self.withNode(at: path, quota: nil) { node in
      for index in 0..<20 { try await Self.put(node, index) }
    }
    let messages = try await Self.withNode(at: path, quota: Self.quota) { node in
      try await eventually("it is full") { await !node.alarms().isEmpty }
      await #expect(throws: StoreError.noSpace) { try await Self.put(node, 0) }
    }
    #expect(messages.contains { $0.hasPrefix(Self.outcry) }, "\(messages)")
  }

  private static func put(_ node: StoreNode, _ index: Int) async throws {
    let value = [UInt8](repeating: 7, count: 100_000)
    _ = try await node.propose(.put(PutRequest(key: Array("key\(index)".utf8), value: value)))
  }

  /// - Returns: what it logged.
  private static func withNode(
    at path: String, quota: Int?, _ body: (StoreNode) async throws -> Void
  ) async throws -> [String] {
    let id = StoreNodeConfiguration.memberID(cluster: "test", name: "one")
    var configuration = StoreNodeConfiguration(
      clusterName: "test", name: "one",
      peers: [Peer(id: id, name: "one", address: .init(127, 0, 0, 1), port: 0)], dataPath: path)
    configuration.tickMilliseconds = 5
    configuration.electionTicks = 4
    // One snapshot in 46 entries, and none in a few more.
    configuration.snapshotEntries = 30
    configuration.quota = quota
    let lines = LoggedLines()
    let node = StoreNode(
      configuration: configuration, metrics: NOOPMetricsHandler.instance,
      logger: Logger(label: "test") { _ in lines.handler })
    try await node.start(credentials: nil, loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
    do {
      try await body(node)
    } catch {
      await node.stop()
      throw error
    }
    await node.stop()
    return lines.all
  }
}

/// What was logged, for tests that look for a line.
final class LoggedLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  var handler: any LogHandler { Handler { line in self.lines.withLock { $0.append(line) } } }

  /// The level does not matter: all is noted.
  var logger: Logger { Logger(label: "test") { _ in self.handler } }

  private struct Handler: LogHandler {
    let note: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(_ note: @escaping @Sendable (String) -> Void) { self.note = note }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    /// Message and metadata, as `message key=value`.
    func log(event: LogEvent) {
      let values = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
      note("\(event.message)\(values)")
    }
  }
}
