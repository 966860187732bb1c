import ByteCoding
package import MVCC
package import RaftCore
import StoreAuth

/// The state half of a replica: the key-value store, and what turns the log into it.
///
/// Everything that decides the state (the store, which proposals were applied, the membership) follows from the log
/// alone. Ticks only move leases, whose end is a proposal of the leader's like any other.
package struct ReplicaState: Sendable {
  package let configuration: ReplicaConfiguration
  /// The state itself. A copy is O(1) and can be read on another thread.
  package private(set) var store: MVCCStore
  /// The last entry that was applied, and its term.
  package private(set) var appliedIndex: LogIndex
  package private(set) var appliedTerm: Term
  /// The configuration as of ``appliedIndex``.
  package private(set) var membership: Membership

  private let start: UInt64
  /// What follows from the log besides the store.
  package internal(set) var records: ReplicatedRecords
  /// A bug, for tests (`checksStaleUsers`): what requests are held against in the place of `records.auth`.
  var authBefore: AuthState?
  private var leaseClock: LeaseClock
  package private(set) var isLeader = false
  var checks: Checks
  /// Until when each is waited for, in ticks of this state.
  private var waitingReads: [(index: LogIndex, ids: [UInt64], end: UInt64)] = []
  private var now: UInt64 = 0
  private var bytesSinceSnapshot = 0
  private var entriesSinceSnapshot = 0
  private var isSnapshotUnderWay = false
  /// An entry could not be read: nothing changes any more.
  private var hasFailed = false
  /// The driver and the consensus half have not been told of the members as they are now.
  var haveMembersChanged = true
  var effects: [StateEffect] = []
  /// For metrics: what was applied since the start.
  package private(set) var leasesRenewed: UInt64 = 0
  package private(set) var leasesExpired: UInt64 = 0

  /// An empty state before the first entry of a new cluster's log.
  ///
  /// - Parameters:
  ///   - start: ``ReplicaConsensus/start``.
  ///   - base: index 0 with the membership that the cluster starts with.
  package init(configuration: ReplicaConfiguration, start: UInt64, base: SnapshotMetadata) {
    self.init(
      configuration: configuration, start: start,
      snapshot: RestoredState(metadata: base, records: ReplicatedRecords(), store: MVCCStore()))
  }

  /// The state of a snapshot on disk; the entries behind it come by ``apply(_:)``.
  package init(configuration: ReplicaConfiguration, start: UInt64, snapshot: RestoredState) {
    self.configuration = configuration
    self.start = start
    store = snapshot.store
    appliedIndex = snapshot.metadata.index
    appliedTerm = snapshot.metadata.term
    membership = snapshot.metadata.membership
    records = snapshot.records
    store.mutations = configuration.raft.mutations.ofStore
    leaseClock = LeaseClock(tickMilliseconds: configuration.tickMilliseconds)
    leaseClock.restartAll(store.leases)
    checks = Checks(configuration)
  }

  /// What is to be done since the last call.
  package mutating func takeEffects() -> [StateEffect] {
    noteMembers()
    defer { effects = [] }
    return effects
  }

  // MARK: - Applying

  /// Applies committed entries, in order. Those that a snapshot has covered already are skipped.
  ///
  /// Stops before a compaction when there are changes before it: watches must get those while they are there. Act on
  /// the effects, then go on with what is left. At least one entry is taken.
  ///
  /// An entry that cannot be read is a ``StateEffect/fault(_:)``; it and all behind it are dropped.
  ///
  /// - Returns: the entries that are left.
  package mutating func apply(_ entries: ArraySlice<Entry>) -> ArraySlice<Entry> {
    guard !hasFailed else { return [] }
    let revision = store.revision
    let before = appliedIndex
    var rest = entries
    do throws(UnreadableEntry) {
      while let entry = rest.first {
        if entry.index > appliedIndex {
          precondition(entry.index == appliedIndex + 1, "entries are applied without gaps")
          guard try apply(entry, mayCompact: store.revision == revision) else { break }
          appliedIndex = entry.index
          appliedTerm = entry.term
          bytesSinceSnapshot += entry.payload.count + 32
          entriesSinceSnapshot += 1
        }
        _ = rest.popFirst()
      }
    } catch {
      hasFailed = true
      effects.append(.fault(error))
      rest = []
    }
    if appliedIndex > before { hasApplied(since: revision) }
    return rest
  }

  private mutating func hasApplied(since revision: Int64) {
    if store.revision != revision { effects.append(.advanced(revision: store.revision)) }
    releaseReads()
    effects.append(.applied(appliedIndex))
    if !isSnapshotUnderWay, isSnapshotDue {
      isSnapshotUnderWay = true
      effects.append(.snapshotDue)
    }
  }

  /// A snapshot holds the whole state: a large one is not worth writing for a few changes. And the members do not take
  /// theirs at the same entry, or all disks of the cluster would be busy at once: each has its own measure, from one to
  /// one and a half.
  private var isSnapshotDue: Bool {
    let measure = 128 + Int(configuration.raft.member % 65)
    let bytes = max(configuration.snapshotLogBytes, min(store.size / 4, Self.mostLogBytes))
    let entries = max(configuration.snapshotEntries, store.keyCount / 2)
    return bytesSinceSnapshot >= bytes * measure / 128 || entriesSinceSnapshot >= entries * measure / 128
  }

  /// The log behind a snapshot lies in memory, too.
  private static let mostLogBytes = 256 << 20

  /// - Returns: false for a compaction that has to wait.
  private mutating func apply(_ entry: Entry, mayCompact: Bool) throws(UnreadableEntry) -> Bool {
    // A leader's first entry is empty.
    guard !entry.payload.isEmpty || entry.kind == .configuration else {
      digest(entry)
      return true
    }
    checks.isCheckpointDue = true
    do throws(ByteCodingError) {
      switch entry.kind {
      case .command:
        let envelope = try Envelope(decoding: entry.payload[...])
        if envelope.command.isCompaction, !mayCompact { return false }
        let isCheckpoint = envelope.command == .checkpoint
        apply(envelope, at: entry.index)
        digest(entry)
        if isCheckpoint { applyCheckpoint(at: entry.index) }
      case .configuration:
        let change = try ConfigurationChange(decoding: entry.payload[...])
        membership = change.membership
        membershipWasApplied()
        records.digest.mix(membership)
        digest(entry)
        if let id = change.id, !change.membership.isJoint { answer(id, .membershipChanged) }
      }
    } catch {
      throw UnreadableEntry(index: entry.index, term: entry.term, reason: "\(error)")
    }
    return true
  }

  private mutating func apply(_ envelope: Envelope, at index: LogIndex) {
    let isNew = records.sessions.admit(envelope.id)
    records.digest.mix(isNew ? 1 : 0 as UInt64)
    guard isNew || has(.appliesDuplicates) else {
      if isOwn(envelope.id) { effects.append(.resultLost(sequence: envelope.id.sequence)) }
      return
    }
    let command: ReplicaCommand
    do throws(AuthError) {
      command = try permitted(envelope.command)
    } catch {
      answer(envelope.id, denied(error))
      return
    }
    switch command {
    case .store(let command):
      answer(envelope.id, .store(applyToStore(command, at: index)))
    case .leaseKeepAlive(let id):
      let lease = store.lease(id)
      if let lease {
        if has(.keepAliveLeavesClock) { records.renewals[id] = index } else { renew(lease, at: index) }
      }
      records.digest.mix(lease?.id ?? 0)
      if lease != nil { leasesRenewed += 1 }
      answer(envelope.id, .leaseKeptAlive(lease))
    case .leaseExpire(let id, let renewal):
      guard records.renewals[id] == renewal || has(.endsRenewedLeases) && records.renewals[id] != nil else {
        answer(envelope.id, .store(.failure(.leaseNotFound)))
        return
      }
      leasesExpired += 1
      answer(envelope.id, .store(applyToStore(.leaseRevoke(id: id), at: index)))
    case .auth(let command): answer(envelope.id, apply(command))
    case .members(let change): answer(envelope.id, .memberChange(apply(change)))
    case .checkpoint, .byUser: break
    }
  }

  /// For ``injectDivergence()``.
  mutating func applyUnlogged(_ command: Command) -> Result<CommandResult, MVCCError> { store.apply(command) }

  func has(_ mutation: Mutation) -> Bool { configuration.raft.mutations.contains(mutation) }

  /// Made by a client of this replica in this start.
  private func isOwn(_ id: ProposalID) -> Bool { id.origin == configuration.raft.member && id.start == start }

  private mutating func answer(_ id: ProposalID, _ result: ReplicaResult) {
    guard isOwn(id) else { return }
    effects.append(.result(sequence: id.sequence, result))
  }

  // MARK: - Reads

  /// These reads may run once `index` is applied.
  package mutating func awaitReads(_ ids: [UInt64], index: LogIndex) {
    if index <= appliedIndex || has(.readsUnapplied) {
      effects.append(.readable(ids: ids))
    } else {
      waitingReads.append((index, ids, now + UInt64(configuration.patienceTicks)))
    }
  }

  private mutating func releaseReads() {
    guard waitingReads.contains(where: { $0.index <= appliedIndex }) else { return }
    let released = waitingReads.filter { $0.index <= appliedIndex }.flatMap(\.ids)
    waitingReads.removeAll { $0.index <= appliedIndex }
    effects.append(.readable(ids: released))
  }

  /// A replica that is far behind (a snapshot is being installed) would let its clients wait for as long.
  private mutating func giveUpReads() {
    let overdue = waitingReads.filter { $0.end <= now }.flatMap(\.ids)
    guard !overdue.isEmpty else { return }
    waitingReads.removeAll { $0.end <= now }
    effects.append(.readsOverdue(ids: overdue))
  }

  // MARK: - Leases

  /// How many leases are revoked a tick at most, and after how many ticks a revocation is proposed again.
  private static let revocationsPerTick = 256
  private static let revocationRetryTicks: UInt64 = 20
  /// How long a new leader ends no lease: as long as one may be stretched.
  private static let leaseGraceMilliseconds: Int64 = 1000

  /// The role, the term or the leader changed.
  package mutating func leadershipChanged(_ leadership: Leadership) {
    let leads = leadership.role == .leader
    if leads, !isLeader {
      leaseClock.grantGrace(milliseconds: Self.leaseGraceMilliseconds)
      if has(.leasesRestartWithLeader) { leaseClock.restartAll(store.leases) }
    }
    isLeader = leads
  }

  /// A tick of time has passed.
  package mutating func tick() {
    now += 1
    giveUpReads()
    tickChecks()
    let expired = leaseClock.tick(
      limit: isLeader ? Self.revocationsPerTick : nil, retryTicks: Self.revocationRetryTicks)
    for id in expired {
      guard let renewal = records.renewals[id] else { continue }
      if has(.endsLeasesByItself) { _ = applyUnlogged(.leaseRevoke(id: id)) }
      effects.append(.propose(.leaseExpire(id, renewal: renewal)))
    }
  }

  /// How much of a lease is left by this replica's clock: on the leader's word it ends; elsewhere there may be less left,
  /// by how long ago this replica started, was given a snapshot, or applied what it had been behind with.
  package func remainingLeaseMilliseconds(_ lease: LeaseID) -> Int64? { leaseClock.remainingMilliseconds(lease) }

  private mutating func applyToStore(_ command: Command, at index: LogIndex) -> Result<CommandResult, MVCCError> {
    let result = store.apply(command)
    records.digest.mix(result)
    switch (command, result) {
    case (_, .success(.leaseGrant(let lease, _))): renew(lease, at: index)
    case (.leaseRevoke(let id), .success):
      leaseClock.remove(id)
      records.renewals[id] = nil
    default: break
    }
    return result
  }

  private mutating func renew(_ lease: Lease, at index: LogIndex) {
    records.renewals[lease.id] = index
    leaseClock.restart(lease)
  }

  // MARK: - Compaction

  /// How many changes a slice of a compaction's sweep looks at: well under a millisecond.
  private static let sweepSlice = 128

  /// Whether ``sweep()`` has something to do.
  package var hasSweepLeft: Bool { store.hasSweepLeft }

  /// Forgets a little of what compactions left. The driver calls it as long as there is something, and does between
  /// two calls whatever else has come up.
  package mutating func sweep() { store.sweep(limit: Self.sweepSlice) }

  // MARK: - Snapshots

  /// The present state, to be written in the background. O(1).
  package func freeze() -> FrozenState {
    var records = records
    if has(.snapshotLosesSessions) { records.sessions = ProposalSessions() }
    if has(.snapshotLosesRenewals) { records.renewals = [:] }
    if has(.snapshotLosesUsers) { records.auth = AuthState() }
    let index = appliedIndex + (has(.snapshotClaimsNextEntry) ? 1 : 0)
    return FrozenState(
      metadata: SnapshotMetadata(index: index, term: appliedTerm, membership: membership), records: records,
      store: store)
  }

  /// The snapshot that was due is on disk, or (nil) could not be written: either way the next is due when the
  /// log has grown as much again. Trying at once would only keep a full disk busy.
  package mutating func snapshotSaved(_ metadata: SnapshotMetadata?) {
    isSnapshotUnderWay = false
    bytesSinceSnapshot = 0
    entriesSinceSnapshot = 0
  }

  /// The newest snapshot on the disk has gone bad: another one is due at once, however little the log has grown.
  package mutating func renewSnapshot() {
    guard !isSnapshotUnderWay, !hasFailed else { return }
    isSnapshotUnderWay = true
    effects.append(.snapshotDue)
  }

  /// Puts a leader's snapshot in the place of the state.
  package mutating func restore(_ snapshot: RestoredState) {
    guard snapshot.metadata.index > appliedIndex, !hasFailed else { return }
    store = snapshot.store
    store.mutations = configuration.raft.mutations.ofStore
    appliedIndex = snapshot.metadata.index
    appliedTerm = snapshot.metadata.term
    membership = snapshot.metadata.membership
    records = snapshot.records
    haveMembersChanged = true
    leaseClock.restartAll(store.leases)
    bytesSinceSnapshot = 0
    entriesSinceSnapshot = 0
    effects.append(.advanced(revision: store.revision))
    releaseReads()
    effects.append(.applied(appliedIndex))
  }

  // MARK: - Comparing

  /// A hash of the whole replicated state: equal on replicas that have applied the same index.
  package func stateHash() -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
      hash ^= hash >> 32
    }
    mix(UInt64(bitPattern: store.revision))
    mix(UInt64(bitPattern: store.compactRevision))
    mix(store.changeHash)
    for lease in store.leases {
      mix(UInt64(bitPattern: lease.id))
      mix(UInt64(bitPattern: lease.timeToLive))
      mix(records.renewals[lease.id] ?? 0)
    }
    for group in [membership.incoming, membership.outgoing, membership.learners] {
      mix(UInt64(group.count))
      for member in group { mix(member) }
    }
    mix(UInt64(records.auth.checksum))
    return hash
  }
}
