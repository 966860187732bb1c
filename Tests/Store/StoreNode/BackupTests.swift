import ClusterConfig
import EtcdAPI
import Foundation
import GRPC
import MVCC
import Metrics
import NIOCore
import NIOPosix
import RaftCore
import RaftTransport
import StoreBackup
import StoreNode
import Testing
import Waiting

/// Backups of stores that run, and clusters made of them.
@Suite(.serialized, .timeLimit(.minutes(4))) struct BackupTests {
  // MARK: - With etcdctl

  /// The real etcdctl saves a snapshot while clients write: it is one moment of the store, and writes did not wait.
  @Test(.enabled(if: TestCluster.hasEtcdctl)) func etcdctlSavesASnapshotUnderWrites() async throws {
    let cluster = try TestCluster(3)
    cluster.start()
    do {
      try await untilServed(cluster)
      // Large enough for many messages.
      let value = String(repeating: "x", count: 30_000)
      for index in 0..<100 { try await expect(cluster.etcdctl(["put", "large\(index)", value])) }
      let written = Counter()
      let writers = Task {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for client in 0..<3 {
            group.addTask {
              while !Task.isCancelled {
                let outcome = try await cluster.etcdctl(["put", "w\(client)", "\(written.increment())"])
                #expect(outcome.code == 0, "\(outcome.output)")
              }
            }
          }
          try await group.waitForAll()
        }
      }
      var revisions: [Int64] = []
      for name in cluster.names {
        let path = "\(cluster.path)/\(name).db"
        let before = written.value
        let saved = try await cluster.etcdctl(["snapshot", "save", path], endpoints: [name])
        #expect(saved.code == 0 && saved.output.contains("Snapshot saved at \(path)"), "\(saved.output)")
        try await eventually("writes go on") { written.value >= before + 5 }
        let status = try BackupStatus(try BackupFile(reading: path))
        #expect(status.totalSize > 3_000_000 && status.totalSize % 512 == 32 && status.takenFrom == name)
        #expect(status.members.map(\.name).sorted() == cluster.names && status.totalKeys >= 100)
        revisions.append(status.revision)
        // What the member itself has at that revision has the same hash.
        let hash = try await cluster.etcdctl(
          ["endpoint", "hashkv", "--rev", "\(status.revision)", "-w", "json"], endpoints: [name])
        #expect(
          ["}", ","].contains { hash.output.contains("\"hash\":\(status.hash)\($0)") }, "\(hash.output) \(status.hash)")
      }
      writers.cancel()
      _ = try? await writers.value
      #expect(revisions == revisions.sorted() && Set(revisions).count == 3)
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func untilServed(_ cluster: TestCluster) async throws {
    try await cluster.until("the cluster serves") { try await cluster.etcdctl(["get", "none"]).code == 0 }
  }

  private func expect(_ outcome: (output: String, code: Int32)) { #expect(outcome.code == 0, "\(outcome.output)") }

  // MARK: - The stream

  /// What remains is said right in every message, the last one is the checksum, and nothing is kept when it is over.
  @Test func theStreamIsAsEtcds() async throws {
    try await LoneReplica.withBackups { server in
      try await server.fill(megabytes: 2)
      let revision = server.node.header().revision
      try await server.connected { connection in
        let stream = try await Self.snapshot(connection)
        var messages: [Etcdserverpb_SnapshotResponse] = []
        for try await message in stream { messages.append(message) }
        #expect(messages.count > 10 && messages.allSatisfy { $0.header.revision == revision })
        #expect(messages.allSatisfy { $0.blob.count <= 128 << 10 })
        let total = messages.dropLast().reduce(0) { $0 + $1.blob.count }
        var sent = 0
        for message in messages.dropLast() {
          sent += message.blob.count
          #expect(message.remainingBytes == UInt64(total - sent))
        }
        #expect(messages.last?.blob.count == 32 && messages.last?.remainingBytes == 0 && total % 512 == 0)
      }
      #expect(server.node.backupsUnderWay == 0)
    }
  }

  /// Only so many at once, each let go of when its client goes away in the middle; one who does not read is cut off.
  @Test func cutAndSlowStreamsLeaveNothing() async throws {
    try await LoneReplica.withBackups { server in
      // More than windows and buffers hold.
      try await server.fill(megabytes: 24)
      try await server.connected { connection in
        let cancelled = try await Self.snapshot(connection)
        var cancelledMessages = cancelled.makeAsyncIterator()
        _ = try await cancelledMessages.next()
        var stalledMessages = try await Self.snapshot(connection).makeAsyncIterator()
        _ = try await stalledMessages.next()
        #expect(server.node.backupsUnderWay == 2)
        let refused = try await Self.snapshot(connection)
        let error = await #expect(throws: GRPCStatus.self) { for try await _ in refused {} }
        #expect(error?.code == .resourceExhausted && error?.message == "etcdserver: too many requests")
        cancelled.cancel()
        try await server.untilBackupsUnderWay(1)
        // The other one is not read any more.
        try await server.untilBackupsUnderWay(0)
        do throws(GRPCStatus) {
          while try await stalledMessages.next() != nil {}
          Issue.record("the stream of a client that did not read has come to its end")
        } catch {
          #expect(error.code == .deadlineExceeded, "\(error)")
        }
        // Then there is room again.
        var count = 0
        for try await message in try await Self.snapshot(connection) { count += message.blob.count }
        #expect(count % 512 == 32)
      }
      try await server.connected { connection in
        var messages = try await Self.snapshot(connection).makeAsyncIterator()
        _ = try await messages.next()
        await connection.close()
        _ = try? await messages.next()
      }
      // Its connection is gone.
      try await server.untilBackupsUnderWay(0)
    }
  }

  private static func snapshot(
    _ connection: GRPCConnection
  ) async throws -> GRPCClientStream<Etcdserverpb_SnapshotRequest, Etcdserverpb_SnapshotResponse> {
    let stream: GRPCClientStream<Etcdserverpb_SnapshotRequest, Etcdserverpb_SnapshotResponse> =
      try await connection.stream(EtcdCall.Maintenance.snapshot, metadata: [:])
    try await stream.send(Etcdserverpb_SnapshotRequest())
    stream.finishSending()
    return stream
  }

  // MARK: - New clusters

  /// A backup of a running cluster, three new data folders, three replicas: data, revision, history and leases are
  /// there, and it is a cluster like any other.
  @Test func aClusterComesBackFromABackup() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      for index in 0..<80 { _ = try await replicas.put("key\(index % 30)", "\(index)", at: "s1") }
      let lease = try await replicas.node("s2").leaseGrant(id: 77, timeToLive: 600).lease
      _ = try await replicas.node("s2").propose(
        .put(PutRequest(key: Array("leased".utf8), value: [1], lease: lease.id)))
      try await replicas.untilEqual(["s1", "s2", "s3"])
      let hash = try await replicas.node("s3").hash(at: 0)
      let revision = replicas.node("s3").header().revision
      let oldID = replicas.node("s3").header().clusterID
      let backup = "\(replicas.cluster.path)/backup.db"
      try await replicas.backUp("s3", to: backup)
      _ = try await replicas.put("after the backup", "x", at: "s1")
      await replicas.stopAll()
      for name in replicas.cluster.names { try replicas.moveAside(name) }
      let ids = try replicas.cluster.names.map { try replicas.restore(backup, at: $0).clusterID }
      #expect(Set(ids).count == 1 && ids[0] != oldID)
      let began = ContinuousClock.now
      try await replicas.start(["s1", "s2", "s3"])
      #expect(try await replicas.put("new", "y", at: "s2") == revision + 1)
      try await replicas.untilEqual(["s1", "s2", "s3"])
      for name in replicas.cluster.names {
        let node = replicas.node(name)
        #expect(node.header().clusterID == ids[0] && node.identity.clusterID == ids[0])
        let old = try await node.hash(at: revision)
        #expect(old.hash == hash.hash)
        #expect(try await node.range(RangeRequest(KeyRange(key: Array("after the backup".utf8)))).count == 0)
        let left = try await node.leaseTimeToLive(id: 77, wantsKeys: true)
        // It has its full time again, less what has gone by since.
        let since = began.duration(to: .now).components.seconds
        #expect(left.remaining >= 599 - since && left.keys == [Array("leased".utf8)], "\(left) after \(since) s")
      }
      // History of before, proposals of all members, and snapshots and restarts of its own.
      let early = try await replicas.node("s1").range(RangeRequest(KeyRange(key: Array("key1".utf8)), revision: 10))
      #expect(early.keyValues.map(\.value) == [Array("1".utf8)])
      for index in 0..<150 { _ = try await replicas.put("more\(index % 7)", "z", at: "s\(index % 3 + 1)") }
      await replicas.stopAll()
      try await replicas.start(["s1", "s2", "s3"])
      _ = try await replicas.put("again", "y", at: "s3")
      try await replicas.untilEqual(["s1", "s2", "s3"])
      #expect(replicas.node("s1").header().clusterID == ids[0])
      // One loses its disk: the backup does not bring it back, --rejoin does, into the new cluster.
      await replicas.stop("s2")
      try replicas.moveAside("s2", as: "lost")
      _ = try replicas.restore(backup, at: "s2")
      let refusal = await #expect(throws: StoreStartError.self) { try await replicas.start(["s2"]) }
      #expect("\(refusal as Any)".contains("--rejoin"), "\(refusal as Any)")
      try replicas.moveAside("s2", as: "restored")
      try await replicas.start(["s2"]) { $0.rejoins = true }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      #expect(replicas.node("s2").header().clusterID == ids[0])
    }
  }

  /// A member of the old cluster and a host that was not restored are refused, and say why; so is one that was restored
  /// in another way.
  @Test func oldAndNewMembersRefuseEachOther() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      for index in 0..<10 { _ = try await replicas.put("key\(index)", "old", at: "s1") }
      try await replicas.untilEqual(["s1", "s2", "s3"])
      let backup = "\(replicas.cluster.path)/backup.db"
      try await replicas.backUp("s1", to: backup)
      await replicas.stopAll()
      for name in ["s1", "s2"] {
        try replicas.moveAside(name)
        _ = try replicas.restore(backup, at: name)
      }
      // s3 is the old cluster's, with a log that is longer than theirs; it says nothing to them.
      try await replicas.start(["s1", "s2", "s3"]) { $0.beginsAnew = true }
      _ = try await replicas.put("new", "x", at: "s1")
      try await replicas.until("s3 is refused by the restored one") {
        replicas.reasons("s3").contains { $0.contains("was restored from a backup") }
      }
      try await replicas.until("s1 is refused by the restored one") {
        replicas.reasons("s1").contains { $0.contains("was restored from a backup") }
      }
      #expect(await replicas.node("s3").status().leader == 0)
      #expect(replicas.node("s3").header().clusterID != replicas.node("s1").header().clusterID)
      await replicas.stop("s3")
      // An empty folder.
      try replicas.moveAside("s3")
      let refusal = await #expect(throws: StoreStartError.self) { try await replicas.start(["s3"]) }
      let isForeign = if case .foreignCluster("s3", _)? = refusal { true } else { false }
      #expect(isForeign && "\(refusal as Any)".contains("apus store restore"), "\(refusal as Any)")
      // Restored, but not as the others.
      _ = try replicas.restore(backup, at: "s3") { $0.salt = "mine" }
      let waiting = Task { try await replicas.start(["s3"]) }
      try await replicas.until("s3 is refused by the one restored from another backup") {
        replicas.reasons("s3").contains { $0.contains("or from another one") }
      }
      #expect(await replicas.node("s3").status().leader == 0)
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      await replicas.stop("s3")
      try replicas.moveAside("s3", as: "otherwise")
      // As the others.
      _ = try replicas.restore(backup, at: "s3")
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
      #expect(try await replicas.node("s3").range(RangeRequest(KeyRange(key: Array("new".utf8)))).count == 1)
    }
  }

  /// A watcher that knows a later revision than the backup holds is told to read anew.
  @Test func watchersOfLostRevisionsAreTold() async throws {
    try await withReplicas(1) { replicas in
      try await replicas.start(["s1"])
      _ = try await replicas.put("a", "1", at: "s1")
      let backup = "\(replicas.cluster.path)/backup.db"
      try await replicas.backUp("s1", to: backup)
      for index in 0..<5 { _ = try await replicas.put("b", "\(index)", at: "s1") }
      let seen = replicas.node("s1").header().revision
      await replicas.stopAll()
      try replicas.moveAside("s1")
      let outcome = try replicas.restore(backup, at: "s1") { $0.skippedRevisions = 1000 }
      #expect(outcome.revision == outcome.backupRevision + 1000 && outcome.revision > seen)
      try await replicas.start(["s1"])
      _ = try await replicas.put("c", "1", at: "s1")
      let stream = replicas.node("s1").openWatchStream()
      await stream.create(WatchRequest(.all, startRevision: seen + 1))
      var answer = await stream.next()
      if case .created? = answer { answer = await stream.next() }
      guard case .canceled(_, _, let compacted, _)? = answer else {
        Issue.record("\(answer as Any)")
        return
      }
      #expect(compacted == outcome.revision)
      stream.close()
    }
  }

  // MARK: - Recovery

  /// Three replicas are killed in the middle of writes. With two of their folders everything that was acknowledged is
  /// there; with any one of them a new cluster begins, with nothing that nobody wrote.
  @Test func aKilledClusterIsRecoveredFromWhatIsLeft() async throws {
    let cluster = try TestCluster(3)
    do {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [place = cluster.place as TestCluster.Place] in
        try await CrashingChild(place: place, round: 1).run()
      }
      let acknowledged = try String(contentsOfFile: "\(cluster.path)/acknowledged", encoding: .utf8)
        .split(separator: "\n").map(String.init)
      for names in [["s1", "s2"], ["s2", "s3"], ["s3"], ["s1"]] {
        let reader = try SurvivorReader(names.map(cluster.dataPath))
        let plan = try RecoveryPlan(reader.survivors)
        #expect(plan.hasMajority == (names.count == 2) && plan.holdsCommitted)
        #expect(plan.chosen.names.isEmpty || plan.chosen.names.values.contains("s1"))
        let output = "\(cluster.path)/recovered-\(names.joined())"
        try reader.writeBackup(of: plan.best, to: output, time: 0)
        let store = try BackupFile(reading: output).restore().store
        #expect(store.revision == plan.chosen.revisionAtEnd)
        let values = try store.range(RangeRequest(.all)).keyValues
        for value in values {
          #expect(value.value == Array("value of \(String(decoding: value.key, as: UTF8.self))".utf8))
        }
        if names.count == 2 {
          let keys = Set(values.map { String(decoding: $0.key, as: UTF8.self) })
          #expect(acknowledged.allSatisfy(keys.contains), "what was acknowledged is gone")
        }
      }
      // One is left, and a cluster of one is made of it, which then serves.
      let replicas = Replicas(cluster)
      for name in cluster.names { try replicas.moveAside(name) }
      let backup = "\(cluster.path)/recovered-s3"
      for name in cluster.names { _ = try replicas.restore(backup, at: name) }
      try await replicas.start(cluster.names)
      _ = try await replicas.put("new life", "value of new life", at: "s2")
      try await replicas.untilEqual(cluster.names)
      await replicas.stopAll()
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func withReplicas(_ count: Int = 3, _ body: (Replicas) async throws -> Void) async throws {
    let cluster = try TestCluster(count)
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
}

extension Replicas {
  func backUp(_ name: String, to path: String) async throws {
    try await node(name).withBackup { backup in
      var bytes = Data()
      while let piece = await backup.next() { bytes.append(contentsOf: piece.bytes) }
      try bytes.write(to: URL(fileURLWithPath: path))
    }
  }

  /// Takes a stopped replica's folder away.
  func moveAside(_ name: String, as suffix: String = "old") throws {
    let path = cluster.dataPath(name)
    try FileManager.default.moveItem(atPath: path, toPath: "\(path).\(suffix)")
  }

  /// Does what `apus store restore` does.
  @discardableResult
  func restore(
    _ backup: String, at name: String, _ adjust: (inout BackupRestore.Options) -> Void = { _ in }
  ) throws -> BackupRestore.Outcome {
    let node = try #require(StoreNodeConfiguration(cluster.config, host: name, dataPath: cluster.dataPath(name)))
    var options = BackupRestore.Options()
    adjust(&options)
    return try BackupRestore(
      try BackupFile(reading: backup),
      as: .init(clusterName: node.clusterName, id: node.memberID, name: name, voters: node.peers.map(\.id)),
      options: options
    ).run(into: node.dataPath, segmentSize: 16384)
  }
}

extension LoneReplica {
  fileprivate static func withBackups(_ body: (LoneReplica) async throws -> Void) async throws {
    try await with({ $0.snapshotPatience = .seconds(10) }, body)
  }

  fileprivate func fill(megabytes: Int) async throws {
    let value = [UInt8](repeating: 7, count: 100_000)
    for index in 0..<(megabytes * 10) {
      _ = try await node.propose(.put(PutRequest(key: Array("key\(index)".utf8), value: value)))
    }
  }

  fileprivate func untilBackupsUnderWay(_ count: Int) async throws {
    try await eventually("\(count) backups are under way") { node.backupsUnderWay == count }
  }
}
