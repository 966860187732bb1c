package import RaftCore

/// The consensus half of a replica: ``Raft``, and the bookkeeping of what this replica's clients want of it.
///
/// A proposal is tried again until it is in force or its patience ends: its id goes with it, and the state half applies
/// an id once. A read is asked again likewise. So a client rides out a leader's end with one slow answer.
package struct ReplicaConsensus: Sendable {
  package let configuration: ReplicaConfiguration
  var raft: Raft
  var effects: [ReplicaEffect] = []
  var proposals = PendingProposals()
  /// Membership changes that were asked for here, with the tick at which each is given up.
  var membershipChanges: [UInt64: UInt64] = [:]
  var reads: PendingReads
  var now: UInt64 = 0
  /// For metrics.
  package internal(set) var readFigures = ReadFigures()
  /// The record of this start is on disk: from here on its proposals' ids are its own.
  var isStarted = false
  var canRetryReads = true
  /// What the state half was given and has not applied: the last index and the bytes of each portion.
  var unapplied: [(last: LogIndex, bytes: Int)] = []
  var unappliedBytes = 0
  var service = ServiceState.active
  var disk = DiskWatch()
  /// What the state half last said of the members.
  var members: MembersAsApplied?

  /// Starts the half from what the disk had. Take the effects at once: the start itself is written.
  package init(configuration: ReplicaConfiguration, recovered: RecoveredLog) throws(RecoveredLog.Defect) {
    self.configuration = configuration
    raft = try Raft(configuration: configuration.raft, recovered: recovered)
    reads = PendingReads(start: raft.starts)
  }

  /// Which of this member's starts this is, for ``ReplicaState``.
  package var start: UInt64 { raft.starts }

  /// Who leads, as far as this replica knows.
  package var leadership: Leadership { Leadership(role: raft.role, term: raft.term, leader: raft.leader) }

  /// The end of the log was lost and this replica has not caught up since: it does not vote.
  package var mustCatchUp: Bool { raft.mustCatchUp }

  /// What was lost is the whole disk.
  package var hasLostAll: Bool { raft.hasLostAll }

  /// Everything there is to know, for metrics and people: not for every step.
  package var status: RaftStatus { raft.status }

  /// Something happened.
  package mutating func step(_ input: ReplicaInput) {
    if service == .retired { return }
    switch input {
    case .tick: tick()
    case .message(let message): if let message = readable(message) { raft.receive(message) }
    case .propose(let sequence, let command, let time): propose(sequence, command, time)
    case .read(let id): read(id)
    case .persisted(let token):
      isStarted = true
      raft.persisted(token)
      diskFinished(token)
    case .applied(let index): applied(index)
    case .snapshotSaved(let metadata): compact(before: metadata.index)
    case .snapshotChunkRead(let chunk, let request): raft.snapshotChunkRead(chunk, for: request)
    case .snapshotChunkStored(let metadata, let nextOffset):
      raft.snapshotChunkStored(metadata, nextOffset: nextOffset)
    case .snapshotStored(let metadata):
      if !raft.snapshotStored(metadata) { effects.append(.forgetSnapshot(metadata)) }
    case .snapshotRejected(let metadata): raft.snapshotRejected(metadata)
    case .connectionRefused(let member): raft.connectionRefused(by: member)
    case .transferLeadership(let target): raft.transferLeadership(to: target)
    case .retire: retire()
    case .members(let members):
      self.members = members
      reconcileMembers()
    case .changeMembership(let sequence, let membership):
      membershipChanges[sequence] = now + UInt64(configuration.patienceTicks)
      raft.changeMembership(id: id(sequence), to: membership)
    }
  }

  /// Everything that is to be done now.
  package mutating func takeEffects() -> [ReplicaEffect] {
    if isDone() { return takeLastEffects() }
    passOn()
    while true {
      let budget = max(0, configuration.maximumUnappliedBytes - unappliedBytes)
      let ready = raft.takeReady(applyBytes: budget)
      if ready.isEmpty { break }
      translate(ready)
      passOn()
    }
    defer { effects = [] }
    return effects
  }

  // MARK: - Clients

  func id(_ sequence: UInt64) -> ProposalID {
    ProposalID(origin: configuration.raft.member, start: raft.starts, sequence: sequence)
  }

  private mutating func propose(_ sequence: UInt64, _ command: ReplicaCommand, _ time: UInt64) {
    let payload = Envelope(id: id(sequence), time: time, command: command).encoded()
    propose(sequence, payload: payload, isReadable: command.isAlwaysReadable)
  }

  /// - Parameter isReadable: it is known that every replica can read it, and need not be found out.
  mutating func propose(_ sequence: UInt64, payload: [UInt8], isReadable: Bool = false) {
    if payload.count > configuration.raft.maximumEntryBytes {
      effects.append(.proposalsRefused(sequences: [sequence], .tooLarge))
      return
    }
    guard isReadable || isStandIn(payload) || (try? Envelope(decoding: payload[...])) != nil else {
      effects.append(.proposalsRefused(sequences: [sequence], .unreadable))
      return
    }
    // Too far behind the newest, the state half could not tell whether it had been applied.
    let spread = sequence - min(sequence, proposals.oldest ?? sequence)
    let isFull =
      proposals.count >= configuration.maximumPendingProposals || spread >= ProposalSessions.window / 2
      || (proposals.count > 0 && proposals.bytes + payload.count > configuration.maximumPendingBytes)
    if isFull {
      effects.append(.proposalsRefused(sequences: [sequence], .overloaded))
      return
    }
    proposals.add(sequence, payload: payload, deadline: now + UInt64(configuration.patienceTicks))
  }

  /// What a leader takes into the log stops every replica that cannot read it, once it is committed. So commands that
  /// others pass on are read before they get there, and those that cannot be are refused (as are changes of the members
  /// that the leader knows to be unwise).
  ///
  /// - Returns: the message without them; nil when nothing is left.
  private mutating func readable(_ message: RaftMessage) -> RaftMessage? {
    guard raft.role == .leader, case .propose(let proposals) = message.body else { return message }
    var (taken, refused): ([Proposal], [ProposalRefusal: [ProposalID]]) = ([], [:])
    for proposal in proposals {
      if isStandIn(proposal.payload), Envelope.id(of: proposal.payload) == proposal.id {
        taken.append(proposal)
        continue
      }
      // Nobody passes on what is not its own: each origin costs the state some kilobytes, for good.
      guard let envelope = try? Envelope(decoding: proposal.payload[...]), envelope.id == proposal.id,
        proposal.id.origin == message.from
      else {
        refused[.unreadable, default: []].append(proposal.id)
        continue
      }
      if let reason = envelope.command.memberChange.flatMap({ refusal(of: $0) }) {
        refused[reason, default: []].append(proposal.id)
      } else {
        taken.append(proposal)
      }
    }
    if refused.isEmpty { return message }
    for reason in ProposalRefusal.allCases {
      guard let ids = refused[reason] else { continue }
      let body = RaftMessage.Body.proposalsRefused(ids, reason)
      effects.append(.send(RaftMessage(from: configuration.raft.member, to: message.from, term: raft.term, body: body)))
    }
    return taken.isEmpty
      ? nil : RaftMessage(from: message.from, to: message.to, term: message.term, body: .propose(taken))
  }

  private mutating func read(_ id: UInt64) {
    if reads.count >= configuration.maximumPendingReads {
      effects.append(.readsRefused(ids: [id], .overloaded))
    } else {
      reads.add(id, deadline: now + UInt64(configuration.patienceTicks))
    }
  }

  private mutating func passOn() {
    guard isStarted, raft.leader != nil else { return }
    let batch = admissible(proposals.takeToSend(term: raft.term, tick: now))
    if !batch.isEmpty { raft.propose(batch.map { Proposal(id: id($0.sequence), payload: $0.payload) }) }
    if canRetryReads, let request = reads.takeRequest(tick: now) { raft.read(request: request) }
  }

  // MARK: - Time

  private mutating func tick() {
    now += 1
    canRetryReads = true
    watchDisk()
    raft.tick()
    reconcileMembers()
    proposals.resumeDeferred()
    var overdue = proposals.takeOverdue(at: now)
    for sequence in membershipChanges.filter({ $0.value <= now }).keys.sorted() {
      membershipChanges[sequence] = nil
      overdue.uncertain.append(sequence)
    }
    if !overdue.refused.isEmpty { effects.append(.proposalsRefused(sequences: overdue.refused, .noLeader)) }
    if !overdue.uncertain.isEmpty { effects.append(.proposalsUncertain(sequences: overdue.uncertain)) }
    readFigures.slow += UInt64(reads.retry(askedBefore: now - min(now, UInt64(configuration.readRetryTicks))))
    let givenUp = reads.takeOverdue(at: now)
    readFigures.failed += UInt64(givenUp.count)
    if !givenUp.isEmpty { effects.append(.readsRefused(ids: givenUp, .noLeader)) }
    proposals.requeue(
      sentBeforeTerm: raft.role == .leader ? 0 : raft.term,
      orTick: now - min(now, UInt64(configuration.proposalRetryTicks)), onlyRefused: raft.role == .leader)
  }

  // MARK: - Output of the consensus

  private mutating func translate(_ ready: Ready) {
    if let fault = ready.fault { effects.append(.fault(fault)) }
    if let leadership = ready.leadership {
      effects.append(.leadership(leadership))
      if leadership.leader != nil { leaderChanged(leadership) }
    }
    if let write = ready.write {
      effects.append(.write(write))
      diskWasGiven(write.token)
    }
    for message in ready.messages { effects.append(.send(message)) }
    for step in ready.apply {
      switch step {
      case .entries(let entries): apply(entries)
      case .snapshot(let metadata): effects.append(.installSnapshot(metadata))
      }
    }
    for outcome in ready.reads { finish(outcome) }
    for (ids, reason) in ready.refused { refuse(ids, reason) }
    for request in ready.chunksToRead { effects.append(.readSnapshotChunk(request)) }
    if let metadata = ready.snapshotToDrop { effects.append(.dropSnapshot(metadata)) }
    for chunk in ready.chunksToStore { effects.append(.storeSnapshotChunk(chunk)) }
    if ready.hasCaughtUp { effects.append(.caughtUp) }
  }

  /// What the old leader was given may be lost: the new one gets it too.
  private mutating func leaderChanged(_ leadership: Leadership) {
    proposals.requeue(sentBeforeTerm: leadership.term, orTick: 0)
    reads.retry(askedBefore: .max)
  }

  private mutating func apply(_ entries: [Entry]) {
    guard let last = entries.last else { return }
    var bytes = 0
    for entry in entries {
      bytes += entry.payload.count
      guard let id = Self.proposal(in: entry), id.origin == configuration.raft.member, id.start == raft.starts
      else { continue }
      switch entry.kind {
      case .command: proposals.remove(id.sequence)
      case .configuration: membershipChanges[id.sequence] = nil
      }
    }
    unapplied.append((last.index, bytes))
    unappliedBytes += bytes
    effects.append(.apply(entries))
  }

  /// Whose request an entry answers.
  private static func proposal(in entry: Entry) -> ProposalID? {
    switch entry.kind {
    case .command: return Envelope.id(of: entry.payload)
    case .configuration:
      // The first half of a change answers nobody.
      guard let change = try? ConfigurationChange(decoding: entry.payload[...]), !change.membership.isJoint else {
        return nil
      }
      return change.id
    }
  }

  private mutating func applied(_ index: LogIndex) {
    var count = 0
    while count < unapplied.count, unapplied[count].last <= index {
      unappliedBytes -= unapplied[count].bytes
      count += 1
    }
    unapplied.removeFirst(count)
  }

  private mutating func finish(_ outcome: ReadOutcome) {
    guard let index = outcome.index else {
      // Not at once: the answer was that nobody leads, and asking again in this step could go on for ever.
      reads.retry(outcome.request)
      canRetryReads = false
      return
    }
    let ids = reads.finish(outcome.request)
    if !ids.isEmpty { effects.append(.readable(ids: ids, index: index)) }
  }

  /// A client is told of a refusal only when no copy of its proposal can take effect any more. What is not pending
  /// here is decided already: its result is on its way, whatever became of a copy.
  mutating func refuse(_ ids: [ProposalID], _ reason: ProposalRefusal) {
    var final: [UInt64] = []
    // What an earlier start of this member asked for had the same numbers.
    for id in ids where id.origin == configuration.raft.member && id.start == raft.starts {
      if membershipChanges.removeValue(forKey: id.sequence) != nil {
        final.append(id.sequence)
        continue
      }
      switch reason {
      // Over soon: tried again when a retry is due, or at the next leader.
      case .noLeader, .transferring: proposals.postpone(id.sequence)
      case .overloaded, .tooLarge, .configuration, .unreadable, .learnerNotReady, .unhealthy:
        if proposals.refuse(id.sequence) { final.append(id.sequence) }
      }
    }
    if !final.isEmpty { effects.append(.proposalsRefused(sequences: final, reason)) }
  }

  // MARK: - Compaction

  /// A follower whose link carries more than is written meanwhile gets there only if what is written while a snapshot
  /// travels may be as much as the snapshot itself: each further round is then shorter than the last.
  private func mostKept(forSnapshotOf size: UInt64) -> Int {
    let bytes = configuration.followerLogBytes
    return bytes == 0 ? 0 : max(bytes, Int(clamping: size))
  }

  private mutating func compact(before index: LogIndex) {
    var cut = raft.compactionIndex(
      before: index, count: configuration.trailingEntries, bytes: configuration.trailingBytes)
    // A follower whose snapshot is on its way, or that is catching up, would need the next one when it is done, and so
    // on for as long as the writes go on.
    if let needed = raft.indexNeeded(patience: configuration.followerPatienceTicks), needed.index < cut,
      raft.size(behind: needed.index) <= mostKept(forSnapshotOf: needed.snapshotSize)
    {
      cut = needed.index
    }
    raft.compact(through: cut)
    if cut > 0 { effects.append(.compactLog(through: cut)) }
  }
}
