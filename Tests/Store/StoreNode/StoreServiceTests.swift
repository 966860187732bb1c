import ClusterConfig
import Foundation
import Logging
import MVCC
import Metrics
import NIOCore
import NIOPosix
import RaftCore
import RaftTransport
import StoreNode
import Testing
import Waiting

/// One replica through its service, without a network.
@Suite struct StoreServiceTests {
  private func configuration(_ path: String) -> StoreNodeConfiguration {
    let id = StoreNodeConfiguration.memberID(cluster: "test", name: "one")
    var configuration = StoreNodeConfiguration(
      clusterName: "test", name: "one",
      peers: [Peer(id: id, name: "one", address: IPv4Address(127, 0, 0, 1), port: 0)], dataPath: path)
    configuration.tickMilliseconds = 5
    configuration.electionTicks = 4
    return configuration
  }

  private func withNode(
    at path: String? = nil, adjust: (inout StoreNodeConfiguration) -> Void = { _ in },
    _ body: (StoreNode) async throws -> Void
  ) async throws {
    let folder = path ?? Self.scratch()
    defer { if path == nil { try? FileManager.default.removeItem(atPath: folder) } }
    var configuration = configuration(folder)
    adjust(&configuration)
    let node = StoreNode(configuration: configuration, metrics: NOOPMetricsHandler.instance, logger: TestCluster.logger)
    try await node.start(credentials: nil, loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
    do {
      try await body(node)
    } catch {
      await node.stop()
      throw error
    }
    await node.stop()
  }

  private static func scratch() -> String { "/tmp/apus-service-\(getpid())-\(UInt64.random(in: 0...(.max)))" }

  private func bytes(_ text: String) -> Bytes { Array(text.utf8) }

  private func put(
    _ node: StoreNode, _ key: String, _ value: String = "", lease: LeaseID = 0
  ) async throws -> Int64 {
    try await node.propose(.put(PutRequest(key: bytes(key), value: bytes(value), lease: lease))).revision
  }

  private func next(_ stream: any WatchStream) async throws -> WatchResponse { try #require(await stream.next()) }

  // MARK: - Reads and writes

  @Test func aReadSeesWhatWasWrittenBefore() async throws {
    try await withNode { node in
      for index in 0..<50 {
        let revision = try await put(node, "key", "\(index)")
        let result = try await node.range(RangeRequest(KeyRange(key: bytes("key"))))
        #expect(result.keyValues.map(\.value) == [bytes("\(index)")])
        #expect(result.revision == revision && node.header().revision == revision)
      }
      #expect(try await node.range(RangeRequest(.all)).count == 1)
      let status = await node.status()
      #expect(status.leader == node.identity.memberID && status.revision == 51)
    }
  }

  @Test func manyClientsAtOnce() async throws {
    try await withNode { node in
      try await withThrowingTaskGroup(of: Int64.self) { group in
        for index in 0..<500 { group.addTask { try await put(node, "key\(index % 10)", "\(index)") } }
        var revisions: Set<Int64> = []
        for try await revision in group { revisions.insert(revision) }
        #expect(revisions == Set(2...501))
      }
    }
  }

  @Test func refusalsAreTheStateMachines() async throws {
    try await withNode { node in
      await #expect(throws: StoreError.mvcc(.leaseNotFound)) { try await put(node, "a", lease: 4) }
      await #expect(throws: StoreError.mvcc(.emptyKey)) { try await put(node, "") }
      await #expect(throws: StoreError.mvcc(.futureRevision)) {
        try await node.range(RangeRequest(.all, revision: 99))
      }
      let tooMany = TransactionRequest(success: (0..<129).map { .range(RangeRequest(KeyRange(key: [UInt8($0)]))) })
      await #expect(throws: StoreError.mvcc(.tooManyOperations)) { try await node.transaction(tooMany) }
    }
  }

  @Test func aStoppedReplicaAnswersEverybody() async throws {
    let path = Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await withNode(at: path) { node in
      _ = try await put(node, "a")
      let stream = node.openWatchStream()
      await node.stop()
      await #expect(throws: StoreError.stopped) { try await put(node, "a") }
      await #expect(throws: StoreError.stopped) { try await node.range(RangeRequest(.all)) }
      #expect(await stream.next() == nil)
    }
  }

  // MARK: - Disk

  @Test func stateIsKeptOverStopsWithAndWithoutSnapshots() async throws {
    let path = Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var hash: UInt32 = 0
    for round in 0..<4 {
      try await withNode(
        at: path,
        adjust: {
          $0.snapshotEntries = 40
          $0.trailingEntries = 10
          $0.followerLogBytes = 0
          $0.segmentSize = 4096
        }
      ) { node in
        #expect(try await node.range(RangeRequest(.all)).count == Int64(round * 30))
        if round > 0 { #expect(try await node.hash(at: 0).hash == hash) }
        for index in 0..<30 { _ = try await put(node, "key\(round)/\(index)", String(repeating: "x", count: 100)) }
        hash = try await node.hash(at: 0).hash
      }
    }
    // The stop may have come in the middle of another one.
    let snapshots = try FileManager.default.contentsOfDirectory(atPath: "\(path)/snapshots")
      .filter { $0.hasSuffix(".snapshot") }
    #expect((1...2).contains(snapshots.count), "\(snapshots)")
  }

  /// Not the room that the log's file has reserved.
  @Test func theSizeIsWhatIsThere() async throws {
    try await withNode { node in
      _ = try await put(node, "a", String(repeating: "x", count: 10_000))
      var status = await node.status()
      #expect(status.databaseSize > 10_000 && status.databaseSize < 100_000, "\(status.databaseSize)")
      #expect(status.databaseSizeInUse > 10_000 && status.databaseSizeInUse <= status.databaseSize)
      for index in 0..<20 { _ = try await put(node, "b\(index)", String(repeating: "x", count: 10_000)) }
      status = await node.status()
      #expect(status.databaseSize > 210_000 && status.databaseSize < 400_000, "\(status.databaseSize)")
    }
  }

  @Test func aTornTailIsCutOffAndTheReplicaGoesOn() async throws {
    let path = Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: path) }
    // (The test itself reads and writes whole segments, and must not hold up the others that run beside it.)
    try await withNode(at: path, adjust: { $0.segmentSize = 65536 }) { node in
      for index in 0..<5 { _ = try await put(node, "key\(index)") }
    }
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(path)/log").sorted().last)
    var log = try Data(contentsOf: URL(fileURLWithPath: "\(path)/log/\(name)"))
    let end = try #require(log.lastIndex { $0 != 0 })
    log[end - 1] ^= 0xff
    try log.write(to: URL(fileURLWithPath: "\(path)/log/\(name)"))
    try await withNode(at: path, adjust: { $0.segmentSize = 65536 }) { node in
      _ = try await put(node, "after")
      #expect(try await node.range(RangeRequest(.prefix(bytes("key")))).count >= 4)
    }
  }

  @Test func anotherClustersFolderIsRefused() async throws {
    let path = Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try await withNode(at: path) { _ in }
    await #expect(throws: StoreStartError.self) {
      try await withNode(at: path, adjust: { $0.clusterName = "other" }) { _ in }
    }
  }

  @Test func anEvenNumberOfVotersIsRefused() async throws {
    await #expect(throws: StoreStartError.membership(.evenNumberOfVoters(2))) {
      try await withNode(adjust: {
        $0.peers.append(Peer(id: 9, name: "two", address: IPv4Address(127, 0, 0, 1), port: 1))
      }) { _ in }
    }
  }

  /// As while members change: the file may be ahead of the log, or stay behind it.
  @Test func aReplicaThatHasRunStartsByAFileWithAnEvenNumber() async throws {
    let folder = Self.scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var revision: Int64 = 0
    try await withNode(at: folder) { revision = try await put($0, "a") }
    try await withNode(
      at: folder,
      adjust: { $0.peers.append(Peer(id: 9, name: "two", address: IPv4Address(127, 0, 0, 1), port: 1)) }
    ) { node in
      let next = try await put(node, "b")
      #expect(next == revision + 1)
    }
  }

  // MARK: - Leases

  @Test func aLeaseHasItsKeysAndIsRenewed() async throws {
    try await withNode { node in
      let (lease, _) = try await node.leaseGrant(id: 0, timeToLive: 600)
      #expect(lease.id != 0)
      _ = try await put(node, "a", lease: lease.id)
      #expect(try await node.leaseKeepAlive(id: lease.id) == 600)
      #expect(try await node.leaseTimeToLive(id: lease.id, wantsKeys: true).keys == [bytes("a")])
    }
  }

  @Test func aLeaseThatIsNotRenewedEndsWithItsKeysAndNotBefore() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all))
      _ = try await next(stream)
      var granted = ContinuousClock.now
      var id: Int64 = 0
      // On a busy machine one may end before its key is written.
      for attempt in 1...20 {
        granted = .now
        id = try await node.leaseGrant(id: 0, timeToLive: 2).0.id
        do {
          _ = try await put(node, "a", lease: id)
          break
        } catch StoreError.mvcc(.leaseNotFound) where attempt < 20 {}
      }
      var kinds: [Event.Kind] = []
      while kinds.count < 2 {
        guard case .events(_, _, let events) = try await next(stream) else { continue }
        kinds += events.map(\.kind)
      }
      #expect(kinds == [.put, .delete])
      #expect(granted.duration(to: .now) >= .seconds(2), "cut short")
      await #expect(throws: StoreError.mvcc(.leaseNotFound)) { try await node.leaseKeepAlive(id: id) }
      stream.close()
    }
  }

  // MARK: - Watches

  @Test func aWatchSeesHistoryAndPresentOnceAndInOrder() async throws {
    try await withNode { node in
      for index in 0..<100 { _ = try await put(node, "key\(index)") }
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.prefix(bytes("key")), startRevision: 2))
      let writer = Task { for index in 100..<300 { _ = try await put(node, "key\(index)") } }
      guard case .created(0, _) = try await next(stream) else {
        Issue.record("not created")
        return
      }
      var revisions: [Int64] = []
      while revisions.count < 300 {
        guard case .events(0, let revision, let events) = try await next(stream) else { continue }
        revisions += events.map(\.keyValue.modRevision)
        #expect(revision >= revisions.last!)
      }
      #expect(revisions == Array(2...301))
      try await writer.value
      stream.close()
      #expect(await stream.next() == nil)
    }
  }

  @Test func filtersPreviousValuesAndIds() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(
        WatchRequest(KeyRange(key: bytes("a")), excludedKinds: [.delete], wantsPrevious: true, watchID: 7))
      await stream.create(WatchRequest(KeyRange(key: bytes("b")), watchID: 7))
      await stream.create(WatchRequest(KeyRange(key: bytes("b"))))
      #expect(try await next(stream) == .created(watchID: 7, revision: 1))
      guard case .canceled(-1, _, 0, let reason) = try await next(stream) else {
        Issue.record("the same id twice")
        return
      }
      #expect(reason.contains("duplicate watch ID"))
      #expect(try await next(stream) == .created(watchID: 0, revision: 1))
      _ = try await put(node, "a", "1")
      _ = try await node.propose(.deleteRange(DeleteRangeRequest(KeyRange(key: bytes("a")))))
      _ = try await put(node, "b", "2")
      _ = try await put(node, "a", "3")
      _ = try await put(node, "a", "4")
      var events: [Int64: [Event]] = [:]
      while events.values.reduce(0, { $0 + $1.count }) < 4 {
        guard case .events(let id, _, let more) = try await next(stream) else { continue }
        events[id, default: []] += more
      }
      #expect(events[7]?.map(\.keyValue.value) == [bytes("1"), bytes("3"), bytes("4")])
      #expect(events[7]?.map { $0.previous?.value } == [nil, nil, bytes("3")])
      #expect(events[0]?.map(\.keyValue.value) == [bytes("2")])
      await stream.cancel(watchID: 0)
      guard case .canceled(0, _, 0, _) = try await next(stream) else {
        Issue.record("not cancelled")
        return
      }
      stream.close()
    }
  }

  @Test func aWatchFromTheFutureSkipsWhatComesBefore() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all, startRevision: 4))
      _ = try await next(stream)
      for key in ["a", "b", "c"] { _ = try await put(node, key) }
      guard case .events(_, _, let events) = try await next(stream) else {
        Issue.record("no event")
        return
      }
      #expect(events.map(\.keyValue.key) == [bytes("c")])
      stream.close()
    }
  }

  @Test func aWatchOfCompactedHistoryIsCancelledWithTheRevision() async throws {
    try await withNode { node in
      for _ in 0..<5 { _ = try await put(node, "a") }
      _ = try await node.propose(.compact(revision: 4))
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all, startRevision: 2))
      _ = try await next(stream)
      #expect(
        try await next(stream)
          == .canceled(watchID: 0, revision: 6, compactRevision: 4, reason: ""))
      stream.close()
    }
  }

  /// A compaction right behind changes, in one batch with them, takes them from no watch that is up to date.
  @Test func aCompactionDoesNotOvertakeTheChangesBeforeIt() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all))
      guard case .created(_, var revision) = try await next(stream) else {
        Issue.record("not created")
        return
      }
      for _ in 0..<40 {
        let last = revision + 3
        try await withThrowingTaskGroup(of: Void.self) { group in
          for key in ["a", "b", "c"] { group.addTask { _ = try await put(node, key) } }
          group.addTask {
            // Too early it is one of a revision that does not exist yet.
            while true {
              do {
                _ = try await node.propose(.compact(revision: last))
                return
              } catch StoreError.mvcc(.futureRevision) {
                continue
              }
            }
          }
          try await group.waitForAll()
        }
        while revision < last {
          guard case .events(_, _, let events) = try await next(stream) else {
            Issue.record("the watch ended at revision \(revision)")
            return
          }
          revision = events.last!.keyValue.modRevision
        }
      }
      stream.close()
    }
  }

  /// A client that asks and asks and does not read is made to wait, and gets all its answers once it reads.
  @Test func requestsWaitForTheirAnswersToBeRead() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      let asked = Counter()
      let client = Task {
        for _ in 0..<1500 {
          await stream.create(WatchRequest(KeyRange(key: bytes("a"))))
          asked.increment()
        }
      }
      try await eventually("500 watches are asked for") { asked.value >= 500 }
      for index in 0..<50 {
        _ = try await put(node, "other\(index)")
        #expect(asked.value < 600)
      }
      var created: Set<Int64> = []
      while created.count < 1500 {
        guard case .created(let id, _) = try await next(stream) else { continue }
        created.insert(id)
      }
      await client.value
      // Whoever waits is let go when its task is cancelled, and when the stream ends.
      let waiting = (0..<2).map { _ in
        Task { for _ in 0..<2000 where !Task.isCancelled { await stream.requestProgress() } }
      }
      waiting[0].cancel()
      await waiting[0].value
      stream.close()
      await waiting[1].value
    }
  }

  @Test func progressComesBehindTheEventsThatItSpeaksOf() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all))
      await stream.create(WatchRequest(KeyRange(key: bytes("x")), startRevision: 1))
      for _ in 0..<20 { _ = try await put(node, "a") }
      await stream.requestProgress()
      var seen: Int64 = 1
      while true {
        switch try await next(stream) {
        case .events(_, _, let events): seen = events.last!.keyValue.modRevision
        case .progress(let id, let revision):
          #expect(id == -1 && revision >= 21 && seen == revision)
          stream.close()
          return
        default: continue
        }
      }
    }
  }

  /// A client that does not read costs bounded memory, and misses nothing once it reads again.
  @Test func aSlowWatcherFallsBackToTheHistory() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      await stream.create(WatchRequest(.all))
      let value = String(repeating: "v", count: 60_000)
      for index in 0..<150 { _ = try await put(node, "key\(index)", value) }
      var revisions: [Int64] = []
      while revisions.count < 150 {
        guard case .events(_, _, let events) = try await next(stream) else { continue }
        revisions += events.map(\.keyValue.modRevision)
      }
      #expect(revisions == Array(2...151))
      _ = try await put(node, "last")
      guard case .events(_, _, let events) = try await next(stream) else {
        Issue.record("no event")
        return
      }
      #expect(events.map(\.keyValue.key) == [bytes("last")])
      stream.close()
    }
  }

  @Test func aCancelledReaderGetsTheEnd() async throws {
    try await withNode { node in
      let stream = node.openWatchStream()
      let reader = Task { await stream.next() }
      try await Task.sleep(for: .milliseconds(5))
      reader.cancel()
      #expect(await reader.value == nil)
      stream.close()
    }
  }
}
