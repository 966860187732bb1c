import Logging
import MVCC
import NIOCore
import RaftCore
import RaftLog
import RaftTransport
import Replica
import Synchronization

/// What the threads of a replica share: their mailboxes, who waits, and the figures that anybody may read.
final class Engine: Sendable {
  struct Published: Sendable {
    var leadership = Leadership(role: .follower, term: 0, leader: nil)
    /// As of the last tick.
    var raft: RaftStatus?
    var revision: Int64 = 1
    var compactRevision: Int64 = 0
    var applied: LogIndex = 0
    var stateSize = 0
    /// What the log holds, in bytes; its files are larger.
    var logBytes: UInt64 = 0
    var leaderChanges = 0
    var keys = 0
    var tally = StoreTally()
    var leasesRenewed: UInt64 = 0
    var leasesExpired: UInt64 = 0
    var watches = WatchFigures()
    var reads = ReadFigures()
  }

  let consensusBox: LoopMailbox<ConsensusMessage>
  let diskBox = Mailbox<DiskMessage>()
  let snapshotBox = Mailbox<SnapshotMessage>()
  /// Paths of files that nothing is needed of.
  let removalBox = Mailbox<String>()
  let stateBox = Mailbox<StateMessage>()
  let waiters = Waiters()
  let leaseInquiries = LeaseInquiries()
  let metrics: StoreMetrics
  let logger: Logger
  /// Nil for a replica without peers.
  let peers: PeerTransport?
  /// Where notes for the next start go.
  let dataPath: String?
  let integrity = Integrity()
  let directory: MemberDirectory
  /// Nil for a replica without peers.
  let lookout: MemberLookout?
  let auth = AuthView()
  let quota: SpaceQuota
  /// See ``take(_:)-(DiskCondition)``.
  let diskStalls = Atomic<UInt64>(0)
  let handOversForDisk = Atomic<UInt64>(0)
  let isDiskStalled = Atomic<Bool>(false)
  /// The same as in `figures`, for the header of every answer.
  private let revision = Atomic<Int64>(1)
  private let term = Atomic<Term>(0)
  private let published = Mutex(Published())
  /// Leaders' snapshots that are stored and not installed yet. Each is taken by whoever learns what becomes of it:
  /// the state thread, or the consensus when nothing does.
  private let restored = Mutex<[RestoredState]>([])
  private let failure = Mutex<(reason: String?, handlers: [@Sendable (String) -> Void])>((nil, []))

  init(
    peers: PeerTransport?, loop: any EventLoop, directory: MemberDirectory, lookout: MemberLookout? = nil,
    dataPath: String?, quota: Int?, metrics: StoreMetrics, logger: Logger
  ) {
    consensusBox = LoopMailbox(loop: loop)
    self.directory = directory
    self.lookout = lookout
    self.quota = SpaceQuota(limit: quota)
    self.peers = peers
    self.dataPath = dataPath
    self.metrics = metrics
    self.logger = logger
  }

  var figures: Published { published.withLock { $0 } }

  /// The revision and the term that go with an answer.
  var position: (revision: Int64, term: Term) {
    (revision.load(ordering: .acquiring), term.load(ordering: .relaxed))
  }

  /// The term, and how far this replica knows the log to be committed and applied; nil as long as the consensus
  /// has said nothing. No message of a term leaves before the term is seen here: peers rely on it.
  var progress: (term: Term, commit: LogIndex)? {
    published.withLock { $0.raft == nil ? nil : ($0.leadership.term, $0.applied) }
  }

  // MARK: - From the threads

  func leadershipChanged(_ leadership: Leadership) {
    let before = published.withLock { figures in
      defer {
        if figures.leadership.leader != leadership.leader, leadership.leader != nil { figures.leaderChanges += 1 }
        figures.leadership = leadership
      }
      return figures.leadership
    }
    term.store(leadership.term, ordering: .relaxed)
    guard before != leadership else { return }
    logger.info(
      "leadership",
      metadata: [
        "role": "\(leadership.role)", "term": "\(leadership.term)",
        "leader": "\(leadership.leader.map { String($0, radix: 16) } ?? "none")",
      ])
  }

  func publish(_ status: RaftStatus, _ reads: ReadFigures) {
    published.withLock { figures in
      figures.raft = status
      figures.reads = reads
    }
  }

  /// Whoever is answered below must find the header at least at the answer's revision.
  func publish(_ state: borrowing ReplicaState) {
    let store = state.store
    revision.store(store.revision, ordering: .releasing)
    let (applied, renewed, expired) = (state.appliedIndex, state.leasesRenewed, state.leasesExpired)
    published.withLock { figures in
      figures.revision = store.revision
      figures.compactRevision = store.compactRevision
      figures.applied = applied
      figures.stateSize = store.size
      figures.keys = store.keyCount
      figures.tally = store.tally
      figures.leasesRenewed = renewed
      figures.leasesExpired = expired
    }
  }

  func publish(_ watches: WatchFigures) {
    published.withLock { $0.watches = watches }
  }

  func publish(logBytes: UInt64) {
    published.withLock { $0.logBytes = logBytes }
  }

  /// Proposes a command. `completion` runs on one of the replica's threads.
  func propose(_ command: ReplicaCommand, _ completion: Waiters.ProposalCompletion?) {
    let time = wallClockMilliseconds()
    let mustWake = waiters.propose(completion) { sequence in
      consensusBox.enqueue(.input(.propose(sequence: sequence, command, time: time)))
    }
    if mustWake == true { consensusBox.wake() }
  }

  func keepRestored(_ state: RestoredState) { restored.withLock { $0.append(state) } }

  func takeRestored(_ metadata: SnapshotMetadata) -> RestoredState? {
    restored.withLock { states in
      states.firstIndex { $0.metadata == metadata }.map { states.remove(at: $0) }
    }
  }

  // MARK: - The end

  /// Something that the replica must not survive. The first reason counts.
  func fail(_ reason: String) {
    let handlers: [@Sendable (String) -> Void]? = failure.withLock { failure in
      guard failure.reason == nil else { return nil }
      failure.reason = reason
      return failure.handlers
    }
    guard let handlers else { return }
    logger.critical("the replica stops", metadata: ["reason": "\(reason)"])
    consensusBox.post(.stop)
    waiters.stop()
    for handler in handlers { handler(reason) }
  }

  /// Runs `handler` once the replica has failed, at once when it has already.
  func onFailure(_ handler: @escaping @Sendable (String) -> Void) {
    let reason = failure.withLock { failure in
      failure.handlers.append(handler)
      return failure.reason
    }
    if let reason { handler(reason) }
  }
}
