/// The consensus of one member: Raft (Ongaro and Ousterhout, 2014; Ongaro's dissertation) with pre-vote, check-quorum,
/// pipelined appends, batched ReadIndex, learners, joint consensus, leadership transfer and snapshots in pieces.
///
/// Nothing here waits or fails by itself. Tell it what happens (``tick()``, ``receive(_:)``, ``persisted(_:)``, …), as
/// often as things happen, then take what is to be done with ``takeReady(applyBytes:)`` and do it. One `Ready` after a
/// burst of inputs serves all of them: one write, one append a follower, one round of heartbeats.
///
/// Safety rests on the driver for three things only: it writes as ``LogWrite`` says; it tells ``persisted(_:)`` only
/// after a sync that succeeded; and it never starts a member on a disk that it has lost, unless with
/// ``HardState/rejoining(_:after:)``.
package struct Raft: Sendable {
  package internal(set) var configuration: RaftConfiguration
  var generator: SeededGenerator

  // What the disk holds, or will once the next write is done.
  package internal(set) var term: Term
  var votedFor: MemberID?
  var log: LogWindow
  package let starts: UInt64
  /// The end of the log was lost, and the member has not caught up with a leader since: its votes are provisional.
  package internal(set) var mustCatchUp: Bool
  /// Nor is there anything that it could vote by: it has lost its disk.
  package internal(set) var hasLostAll: Bool

  // The disk's progress.
  /// The last index that the disk is known to have.
  var stable: LogIndex
  /// The last index that was put into a write.
  var written: LogIndex
  var writtenHardState: HardState
  /// The term that the disk is known to have.
  var durableTerm: Term
  var pendingBase: SnapshotMetadata?
  var nextToken: WriteToken = 1
  var pendingWrites: [PendingWrite] = []
  /// What waits for a write, in order; those without a token for the one that is not made yet.
  var held: [Held] = []

  // What every member knows.
  package internal(set) var role = Role.follower
  package internal(set) var leader: MemberID?
  package internal(set) var commit: LogIndex
  var applying: LogIndex
  var electionElapsed = 0
  var electionTimeout = 0
  var reported = Leadership(role: .follower, term: 0, leader: nil)
  var incoming: IncomingSnapshot?
  /// How far the log is known to agree with the leader's, in `verifiedTerm`.
  var verified: LogIndex = 0
  var verifiedTerm: Term = 0
  var recoveryNonce: UInt64
  /// The own disk does not answer: no time to campaign, for a leader's first entry could not be written. The driver says
  /// so, as only it knows how long is too long.
  package var isDiskStalled = false
  var recoveryTarget: (term: Term, index: LogIndex)?

  // What a candidate knows.
  var votes: [MemberID: VoteResponse] = [:]

  // What a leader knows.
  var progress: [MemberID: Progress] = [:]
  var heartbeatElapsed = 0
  var isHeartbeatDue = false
  var round: UInt64 = 0
  var waitingReads: [PendingRead] = []
  var sentReads: [ReadBatch] = []
  var uncommittedBytes = 0
  var transferTarget: MemberID?
  /// For how many ticks candidates that could be promoted have waited for others.
  var promotionWait = 0

  var ready = Ready()

  struct PendingWrite: Sendable {
    var token: WriteToken
    /// The last of its entries that is still in the log.
    var lastIndex: LogIndex
    var term: Term
  }

  struct Held: Sendable {
    enum Content: Sendable {
      case message(RaftMessage)
      case selfVote(Term)
    }
    /// Nil: the next write, if there is one to be made.
    var token: WriteToken?
    var content: Content
  }

  struct IncomingSnapshot: Sendable {
    var from: MemberID
    var metadata: SnapshotMetadata
    var totalSize: UInt64
    /// What has arrived; it is stored but for the last piece, if ``isStoring``.
    var nextOffset: UInt64 = 0
    var isComplete: Bool { nextOffset >= totalSize && hasStarted }
    var hasStarted = false
    /// A piece is on its way to the disk: no other is taken meanwhile, so that none gather where the disk is slow.
    var isStoring = false
    /// Nobody goes on with it: it is dropped as soon as that piece is stored.
    var isVoid = false
  }

  /// Starts a member from what its disk had. Take a ``Ready`` at once: the start itself is written.
  package init(configuration: RaftConfiguration, recovered: RecoveredLog) throws(RecoveredLog.Defect) {
    self.configuration = configuration
    generator = SeededGenerator(seed: configuration.seed)
    let hardState = recovered.hardState
    log = try LogWindow(base: recovered.base, entries: recovered.entries)
    term = max(hardState.term, log.lastTerm)
    votedFor = hardState.term == term ? hardState.votedFor : nil
    starts = hardState.starts + 1
    hasLostAll = hardState.hasLostAll && !configuration.mutations.contains(.votesAfterRejoining)
    let accepts =
      recovered.acceptsLostTail && !hardState.hasLostAll
      || configuration.mutations.contains(hardState.hasLostAll ? .votesAfterRejoining : .votesAfterLostTail)
    mustCatchUp = (hardState.mustCatchUp || recovered.hasLostTail) && !accepts
    stable = log.lastIndex
    written = log.lastIndex
    writtenHardState = hardState
    durableTerm = hardState.term
    if recovered.mustRebase { pendingBase = recovered.base }
    commit = max(log.base.index, min(hardState.commit, log.lastIndex))
    applying = log.base.index
    recoveryNonce = generator.next()
    resetElectionTimer()
  }

  // MARK: - Time

  /// A tick of time has passed.
  package mutating func tick() {
    electionElapsed += 1
    if role == .leader {
      tickLeader()
    } else if electionElapsed >= electionTimeout {
      electionTimedOut()
    }
  }

  mutating func resetElectionTimer() {
    electionElapsed = 0
    electionTimeout = configuration.electionTicks + Int.random(in: 0..<configuration.electionTicks, using: &generator)
  }

  /// For campaigns, which may be tried again sooner than a silent leader is given up.
  mutating func resetCampaignTimer(part: Int) {
    electionElapsed = 0
    let span = max(2, configuration.electionTicks / part)
    electionTimeout = span + Int.random(in: 0..<span, using: &generator)
  }

  // MARK: - Disk

  /// The write with this token, and all before it, are on the disk.
  package mutating func persisted(_ token: WriteToken) {
    while let first = pendingWrites.first, first.token <= token {
      stable = max(stable, min(first.lastIndex, log.lastIndex))
      durableTerm = max(durableTerm, first.term)
      pendingWrites.removeFirst()
    }
    release()
    if role == .leader { acknowledgeOwnLog() }
    endCatchUpIfPossible()
  }

  /// Keeps a message back until everything that this member knows now is on its disk.
  mutating func hold(_ body: RaftMessage.Body, to: MemberID) {
    let message = RaftMessage(from: configuration.member, to: to, term: term, body: body)
    if configuration.mutations.contains(.acknowledgesBeforeSync), case .appendResponse = body {
      ready.messages.append(message)
    } else {
      held.append(Held(token: nil, content: .message(message)))
    }
  }

  private mutating func release() {
    let oldest = pendingWrites.first?.token ?? .max
    var kept: [Held] = []
    var selfVotes: [Term] = []
    for item in held {
      guard let token = item.token, token < oldest else {
        kept.append(item)
        continue
      }
      switch item.content {
      case .message(let message): ready.messages.append(message)
      case .selfVote(let term): selfVotes.append(term)
      }
    }
    held = kept
    for term in selfVotes { countOwnVote(in: term) }
  }

  /// The log changes from `index` on: what is being written there does not count any more.
  mutating func truncate(from index: LogIndex) {
    log.truncate(from: index, keepsChanges: configuration.mutations.contains(.keepsReplacedConfiguration))
    stable = min(stable, index - 1)
    written = min(written, index - 1)
    verified = min(verified, index - 1)
    for position in pendingWrites.indices {
      pendingWrites[position].lastIndex = min(pendingWrites[position].lastIndex, index - 1)
    }
  }

  var hardState: HardState {
    HardState(
      term: term, votedFor: configuration.mutations.contains(.forgetsVote) ? nil : votedFor, commit: commit,
      starts: starts, mustCatchUp: mustCatchUp, hasLostAll: hasLostAll)
  }

  // MARK: - Output

  /// What is to be done. At most `applyBytes` of committed payload is given out to be applied (but an entry at
  /// least, unless it is zero); the rest comes with a later one. Call again until it is empty.
  package mutating func takeReady(applyBytes: Int = .max) -> Ready {
    if role == .leader {
      if wantsReadRound { isHeartbeatDue = true }
      if isHeartbeatDue { broadcastHeartbeat() }
      replicateToAll()
    }
    takeWrite()
    takeCommitted(applyBytes)
    let leadership = Leadership(role: role, term: term, leader: leader)
    if leadership != reported {
      reported = leadership
      ready.leadership = leadership
    }
    defer { ready = Ready() }
    return ready
  }

  private mutating func takeWrite() {
    var state = hardState
    state.commit = writtenHardState.commit
    let isStateNew = state != writtenHardState
    let entries = log.slice(from: written + 1, through: log.lastIndex, maximumBytes: .max)
    if isStateNew || !entries.isEmpty || pendingBase != nil {
      let isCommitNew = commit != writtenHardState.commit
      ready.write = LogWrite(
        token: nextToken, base: pendingBase, entries: entries,
        hardState: isStateNew || isCommitNew || pendingBase != nil ? hardState : nil)
      pendingWrites.append(PendingWrite(token: nextToken, lastIndex: log.lastIndex, term: term))
      nextToken += 1
      written = log.lastIndex
      writtenHardState = hardState
      pendingBase = nil
    }
    guard held.contains(where: { $0.token == nil }) else { return }
    let token = pendingWrites.last?.token
    for position in held.indices where held[position].token == nil { held[position].token = token ?? 0 }
    if token == nil { release() }
  }

  private mutating func takeCommitted(_ maximumBytes: Int) {
    guard applying < commit, maximumBytes > 0 else { return }
    let entries = log.slice(
      from: applying + 1, through: commit, maximumBytes: min(maximumBytes, configuration.maximumApplyBytes))
    guard let last = entries.last else { return }
    applying = last.index
    ready.apply.append(.entries(entries))
  }

  mutating func send(_ body: RaftMessage.Body, to: MemberID) {
    ready.messages.append(RaftMessage(from: configuration.member, to: to, term: term, body: body))
  }

  mutating func commit(to index: LogIndex) {
    let index = min(index, log.lastIndex)
    guard index > commit else { return }
    if role == .leader { uncommittedBytes -= log.payloadBytes(from: commit + 1, through: index) }
    commit = index
    if let incoming, incoming.metadata.index <= commit { dropIncoming() }
    if role == .leader { membershipMayHaveCommitted() }
  }

  /// Drops entries up to and with `index` from memory; they must have been applied, and a snapshot on disk must
  /// cover them.
  package mutating func compact(through index: LogIndex) {
    log.compact(through: min(index, applying))
  }

  /// Where to compact to, so that some entries before a snapshot at `index` stay for followers that are near.
  package func compactionIndex(before index: LogIndex, count: UInt64, bytes: Int) -> LogIndex {
    log.trailingStart(before: min(index, applying), count: count, bytes: bytes)
  }

  /// The last index in the log.
  package var lastIndex: LogIndex { log.lastIndex }
  /// The index before the first one that is still in memory.
  package var baseIndex: LogIndex { log.base.index }
  /// The configuration in force.
  package var membership: Membership { log.membership }

  /// The configuration whose quorums decide: the one in force.
  var deciding: Membership {
    guard !configuration.mutations.isDisjoint(with: [.ignoresOldHalf, .countsLearners]) else { return log.membership }
    let membership = log.membership
    let countsLearners = configuration.mutations.contains(.countsLearners)
    return Membership(
      voters: membership.incoming + (countsLearners ? membership.learners : []),
      outgoing: configuration.mutations.contains(.ignoresOldHalf) ? [] : membership.outgoing)
  }
  /// The last index that was given out to be applied.
  package var applyingIndex: LogIndex { applying }
}
