package import Logging
import MVCC
package import Metrics
import NIOCore
import RaftCore
import RaftLog
package import RaftTransport
import Replica
import Synchronization

/// One replica of the store, running: its files, its threads, its streams to the peers.
///
///     peers ──▶ PeerInbox ──▶ consensus, on ───▶ disk thread        one sync for all that waits
///                             the peers' loop
///                              ▲   │   ▲   │
///     clients ─ StoreService ──┘   │   │   └────▶ snapshot thread   snapshots out and in
///                 ▲                ▼   │
///                 └──────────── state thread                        apply, reads, watches
///
/// ``start(credentials:loops:)`` to ``stop()`` is its life; what it offers is ``StoreService``.
package final class StoreNode: Sendable {
  let configuration: StoreNodeConfiguration
  let logger: Logger
  let metrics: StoreMetrics
  private let running = Mutex<Running?>(nil)
  private let establishedClusterID: Atomic<UInt64>
  let backups = BackupsUnderWay()
  private let snapshotSize = Mutex<(bytes: UInt64, expires: MonotonicTime)>((0, MonotonicTime(nanoseconds: 0)))

  struct Running: Sendable {
    var engine: Engine
    /// Nil when the replica is out of service.
    var consensus: ConsensusLoop?
    var transport: PeerTransport?
    var threads: [WorkerThread]
    var folder: FolderHolder
    var lastWatchStream: UInt64 = 0
  }

  /// Keeps the lock on the data folder for as long as the replica runs.
  final class FolderHolder: @unchecked Sendable {
    let folder: DataFolder
    init(_ folder: DataFolder) { self.folder = folder }
  }

  package init(configuration: StoreNodeConfiguration, metrics: any MetricsFactory, logger: Logger) {
    self.configuration = configuration
    establishedClusterID = Atomic(configuration.clusterID)
    self.metrics = StoreMetrics(factory: metrics)
    var logger = logger
    logger[metadataKey: "member"] = "\(configuration.name)"
    self.logger = logger
  }

  /// Opens the files and starts to take part. Returns as soon as the replica runs: it may not know a leader yet.
  ///
  /// - Parameters:
  ///   - credentials: for the streams between members; not needed for a single one.
  ///   - loops: for those streams and the consensus.
  ///   - whenHeld: runs once the data folder is this replica's alone, before it waits for anybody.
  package func start(
    credentials: PeerCredentials?, loops: PeerLoops, whenHeld: @Sendable () async throws -> Void = {}
  ) async throws {
    let folder = FolderHolder(try await openFolder(credentials, loops, whenHeld))
    if let note = try DivergenceNote.load(from: folder.folder.path) {
      return stayOutOfService(note, folder, loops.streams)
    }
    let known = try KnownPeers(folder.folder)
    let recovery = Recovery(configuration: configuration, logger: logger)
    let identity = try recovery.identity(of: folder.folder)
    if RemovalNote.isPresent(in: folder.folder.path) { throw StoreStartError.removed(path: folder.folder.path) }
    let entrance = try await enter(identity, known: known, credentials, loops)
    do {
      let start = MonotonicTime.now
      configuration.assignment.waits(for: "reading snapshot and log")
      self.establishedClusterID.store(entrance.clusterID, ordering: .relaxed)
      entrance.inbox.establish(clusterID: entrance.clusterID)
      let opened = try recovery.open(
        folder.folder, clusterID: entrance.clusterID, isNew: identity?.hasStarted != true,
        rejoining: entrance.rejoining, present: entrance.membership)
      report(opened, since: start)
      let lookout = credentials.map { credentials in
        MemberLookout { [joining = joining(credentials, loops.streams)] in await joining.latest() }
      }
      try run(opened, known, entrance, lookout, folder, loops.streams)
      publishAttributes()
    } catch {
      await entrance.transport?.close()
      throw error
    }
  }

  /// What was found on the disk, and how long that took.
  private func report(_ opened: Recovery.Opened, since start: MonotonicTime) {
    let snapshot = opened.state.map { "index \($0.metadata.index), revision \($0.store.revision)" }
    logger.info(
      "store replica",
      metadata: [
        "data": "\(configuration.dataPath)", "term": "\(opened.recovered.hardState.term)",
        "snapshot": "\(snapshot ?? "none")", "entries": "\(opened.recovered.entries.count)",
        "log": "\(opened.log.segmentCount) segments, \(opened.log.size) bytes",
        "milliseconds": "\(start.elapsed / 1_000_000)",
      ])
  }

  func openTransport(
    _ credentials: PeerCredentials?, _ loops: PeerLoops, _ inbox: PeerInbox, clusterID: UInt64?
  ) async throws -> PeerTransport? {
    guard let credentials, let own = configuration.ownPeer else { return nil }
    let transport = PeerTransport(
      configuration: .init(
        cluster: configuration.clusterName, clusterID: clusterID, member: own.id, address: own.address, port: own.port),
      credentials: credentials, loop: loops.streams, bulkLoop: loops.bulk, delegate: inbox, logger: logger)
    inbox.use(transport)
    // Before it listens: a member that comes at once would be turned away as a stranger, and give up.
    transport.setPeers(configuration.presentPeers)
    do {
      try await transport.listen()
    } catch {
      await transport.close()
      throw error
    }
    return transport
  }

  private func run(
    _ opened: Recovery.Opened, _ known: KnownPeers, _ entrance: Entrance, _ lookout: MemberLookout?,
    _ folder: FolderHolder, _ loop: any EventLoop
  ) throws {
    let (inbox, transport) = (entrance.inbox, entrance.transport)
    let engine = Engine(
      peers: transport, loop: loop, directory: directory(ahead: entrance.answer), lookout: lookout,
      dataPath: folder.folder.path, quota: configuration.quota, metrics: metrics, logger: logger)
    let replica = configuration.replica
    let consensus: ReplicaConsensus
    do throws(RecoveredLog.Defect) {
      consensus = try ReplicaConsensus(configuration: replica, recovered: opened.recovered)
    } catch {
      throw StoreStartError.unreadableLog(path: folder.folder.logPath, "\(error)")
    }
    let state =
      opened.state.map { ReplicaState(configuration: replica, start: consensus.start, snapshot: $0) }
      ?? ReplicaState(configuration: replica, start: consensus.start, base: opened.base)
    _ = engine.directory.take(
      MembersAsApplied(table: state.members, membership: state.membership, index: state.appliedIndex))
    let removal = FileRemoval.later { engine.removalBox.post($0) }
    opened.log.removal = removal
    opened.snapshots.removal = removal
    let confined = Confined((opened.log, opened.snapshots, known))
    let (log, snapshots, peers) = (confined, confined, confined)
    let beforeWrite = configuration.beforeWrite
    let (last, base) = (opened.recovered.entries.last, opened.recovered.base)
    let recovered = (index: last?.index ?? base.index, term: last?.term ?? base.term)
    // Each thread alone touches what it is given.
    let recorder = stepRecorder(folder.folder.path, start: consensus.start)
    var threads = [
      WorkerThread("apus-disk", .prompt) {
        var loop = DiskLoop(log.value.0, engine: engine, beforeWrite: beforeWrite)
        loop.run()
      },
      WorkerThread("apus-snapshot", .background) {
        var loop = SnapshotLoop(snapshots.value.1, peersFile: peers.value.2, engine: engine)
        loop.run()
      },
      WorkerThread("apus-removal", .background) { RemovalLoop(engine: engine).run() },
      WorkerThread("apus-state", .prompt) {
        var loop = StateLoop(state, recovered: recovered, engine: engine)
        loop.run()
      },
    ]
    if let recorder { threads.append(WorkerThread("apus-record", .background) { recorder.run() }) }
    let consensusLoop = ConsensusLoop(
      consensus, engine: engine, loop: loop, tap: recorder.map { StepTap($0, opened.recovered, consensus) })
    consensusLoop.start()
    running.withLock {
      $0 = Running(
        engine: engine, consensus: consensusLoop, transport: transport, threads: threads, folder: folder)
    }
    configuration.assignment.runs()
    inbox.start(engine, peers: configuration.presentPeers.map(\.id))
  }

  private func directory(ahead: MemberAnswer? = nil) -> MemberDirectory {
    MemberDirectory(
      own: configuration.memberID, fallback: configuration.presentPeers + configuration.peers, ahead: ahead)
  }

  /// An earlier start found that this replica's state is wrong: the process is there to say so, and does nothing else.
  private func stayOutOfService(_ note: DivergenceNote, _ folder: FolderHolder, _ loop: any EventLoop) {
    let engine = Engine(
      peers: nil, loop: loop, directory: directory(), dataPath: nil, quota: nil, metrics: metrics, logger: logger)
    engine.goOutOfService(note)
    running.withLock { $0 = Running(engine: engine, consensus: nil, transport: nil, threads: [], folder: folder) }
    configuration.assignment.runs()
  }

  /// Values that are handed to one thread each.
  private struct Confined<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  /// Stops in order: no new work, what waits for the disk is written, everybody who waits is answered.
  package func stop() async {
    guard
      let running = running.withLock({ running in
        defer { running = nil }
        return running
      })
    else { return }
    let engine = running.engine
    engine.consensusBox.post(.stop)
    await running.consensus?.join()
    engine.waiters.stop()
    await running.transport?.close()
    // Files that are not removed yet go at the next start.
    for close in [
      engine.diskBox.close, engine.snapshotBox.close, engine.stateBox.close, engine.removalBox.close,
    ] as [() -> Void] { close() }
    for thread in running.threads { await thread.join() }
    // Not left to the last reference: somebody may just be looking at the sizes.
    running.folder.folder.release()
  }

  /// Hands the leadership over, when this replica has it and there is somebody to have it, and waits for that a
  /// short time, so that clients hardly notice that it stops.
  package func stepDown() async {
    guard let engine, engine.figures.leadership.role == .leader,
      engine.figures.raft.map({ $0.membership.voters.count > 1 }) ?? false
    else { return }
    engine.consensusBox.post(.input(.transferLeadership(to: nil)))
    let deadline = MonotonicTime.now + 500
    while engine.figures.leadership.role == .leader, MonotonicTime.now < deadline {
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Returns the reason when the replica has failed by itself; waits until then.
  package func failure() async throws -> String {
    guard let engine else { throw StoreError.stopped }
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    engine.onFailure { continuation.yield($0) }
    for await reason in stream { return reason }
    throw CancellationError()
  }

  /// The cluster's id; before the start, that of one that begins empty.
  var clusterID: UInt64 { establishedClusterID.load(ordering: .relaxed) }

  /// What the start waits for, for people; nil when it does not.
  var waitsAtStart: String? { configuration.assignment.waitsFor }

  /// Nil before the start and after the stop.
  var engine: Engine? { running.withLock { $0?.engine } }

  func nextWatchStream() -> (Engine, UInt64)? {
    running.withLock { running in
      guard running != nil else { return nil }
      running?.lastWatchStream += 1
      return running.map { ($0.engine, $0.lastWatchStream) }
    }
  }

  /// The bytes that log and snapshots hold, without what the log has only preallocated, and no less than the state.
  /// The snapshots' part is not older than a second: it costs a look at their folder.
  var dataSize: UInt64 {
    guard let (engine, folder) = running.withLock({ $0.map { ($0.engine, $0.folder) } }) else { return 0 }
    let snapshots = snapshotSize.withLock { measured in
      if MonotonicTime.now >= measured.expires {
        measured = (folder.folder.snapshotBytes(), MonotonicTime.now + 1000)
      }
      return measured.bytes
    }
    let figures = engine.figures
    return max(figures.logBytes + snapshots, UInt64(clamping: figures.stateSize))
  }
}
