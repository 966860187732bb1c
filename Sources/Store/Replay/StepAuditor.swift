package import RaftCore
package import Replica

/// Looks at every step of one replica's consensus half from outside: at what it is told, what it says, and what it has
/// decided before and after. It trusts nothing that the half counts by itself; what a vote, an acknowledgement or a
/// round of heartbeats is worth it counts from the messages.
///
/// For each input: ``before(_:_:)``, the step, ``after(_:_:)``; with each round's effects ``round(_:_:)``. What it
/// finds gathers in ``findings``. It takes nothing for wrong that can be right: where it cannot know (what happened
/// before the recording began), it says nothing.
///
/// Replays run it, and the simulation on all replicas as they go.
package struct StepAuditor: Sendable {
  package private(set) var findings: [StepFinding] = []
  /// Who led each term, as far as it was seen.
  package private(set) var leaders: [Term: MemberID] = [:]

  private var member: MemberID = 0
  private var last: ConsensusView?
  private var membershipBefore = Membership(voters: [])

  private var disk = AuditedDisk()
  private var reads = AuditedReads()

  // Elections.
  private var verdicts: [Candidacy: Bool] = [:]
  private var grants: [Term: [MemberID: Bool]] = [:]
  private var preGrants: [Term: [MemberID: Bool]] = [:]

  // A leader.
  private var leading: Term?
  /// The term that it led at some time of this round, or leads.
  private var hasLed: Term?
  private var matches: [MemberID: LogIndex] = [:]

  private var applied: LogIndex = 0
  private var commitAtRound: LogIndex = 0

  // Of the step at hand.
  private var disagreement: LogIndex?
  private var conflict: LogIndex?

  private struct Candidacy: Hashable {
    var member: MemberID
    var term: Term
    var isTrial: Bool
  }

  package init() {}

  /// Takes what was found.
  package mutating func takeFindings() -> [StepFinding] {
    defer { findings = [] }
    return findings
  }

  private mutating func find(_ check: StepCheck, _ what: String) {
    findings.append(StepFinding(check, what))
  }

  // MARK: - The beginning

  /// Begins with the state of a replica, keeping what was seen of earlier ones of the same member: whom it voted for,
  /// who led.
  ///
  /// - Parameter start: what was on the disk, when this is the beginning of a process.
  package mutating func begin(
    _ consensus: ReplicaConsensus, start: (hardState: HardState, hasLostTail: Bool, acceptsLostTail: Bool)? = nil
  ) {
    let (view, origin) = (consensus.view, consensus.origin)
    member = consensus.configuration.raft.member
    last = view
    disk.begin(origin, view)
    reads = AuditedReads(lastRound: origin.round, confirmed: origin.confirmedRounds)
    (applied, commitAtRound) = (view.applying, view.commit)
    (verdicts, grants, preGrants) = ([:], [:], [:])
    grants[view.term] = origin.votes.filter(\.value.isGranted).mapValues(\.isProvisional)
    preGrants[view.term + 1] = grants[view.term]
    leading = view.role == .leader ? view.term : nil
    hasLed = leading
    matches = origin.matches
    if let start {
      let hasLost = start.hasLostTail || start.hardState.mustCatchUp
      let expected = hasLost && (start.hardState.hasLostAll || !start.acceptsLostTail)
      if expected, !view.mustCatchUp {
        find(.lostTailsDoNotVote, "it starts without what it had synced, and takes part as if it had not lost anything")
      }
      if let finding = disk.start(from: start.hardState, hasLost: hasLost) { findings.append(finding) }
    }
    if view.role == .leader { see(leader: member, in: view.term) }
  }

  private mutating func see(leader: MemberID, in term: Term) {
    if let other = leaders[term], other != leader {
      find(.oneLeader, "\(Self.name(other)) and \(Self.name(leader)) lead term \(term)")
    } else {
      leaders[term] = leader
    }
  }

  static func name(_ member: MemberID) -> String { String(member, radix: 16) }

  // MARK: - A step

  /// An input is about to be given; nil for a proposal, of which only the replica itself knows anything.
  package mutating func before(_ input: ReplicaInput?, _ consensus: ReplicaConsensus) {
    guard !consensus.isRetired else { return }
    let view = consensus.view
    last = view
    membershipBefore = consensus.membership
    (disagreement, conflict) = (nil, nil)
    switch input {
    case .message(let message) where message.to == member && message.from != member && message.from != 0:
      receive(message, view, consensus)
    case .persisted(let token): if let finding = disk.persisted(token) { findings.append(finding) }
    case .read(let id): reads.came(id, view, leading: leading)
    case .applied(let index) where index > applied:
      find(.applying, "the state half has applied \(index), and was given entries up to \(applied)")
    default: break
    }
  }

  private mutating func receive(_ message: RaftMessage, _ view: ConsensusView, _ consensus: ReplicaConsensus) {
    switch message.body {
    case .append, .heartbeat, .snapshotChunk: see(leader: message.from, in: message.term)
    default: break
    }
    switch message.body {
    case .append(let append) where message.term >= view.term: compare(append, view, consensus)
    case .vote(let request), .preVote(let request):
      let isTrial = if case .preVote = message.body { true } else { false }
      let candidacy = Candidacy(member: message.from, term: message.term, isTrial: isTrial)
      let isUpToDate = (request.lastTerm, request.lastIndex) >= (view.lastTerm, view.lastIndex)
      if verdicts.count > 4096 { verdicts = [:] }
      verdicts[candidacy] = isUpToDate || verdicts[candidacy] ?? false
    case .voteResponse(let vote) where vote.isGranted:
      grants[message.term, default: [:]][message.from] = vote.isProvisional
    case .preVoteResponse(let vote) where vote.isGranted:
      preGrants[message.term, default: [:]][message.from] = vote.isProvisional
    case .appendResponse(.accepted(let match)) where message.term == leading:
      matches[message.from] = max(matches[message.from] ?? 0, match)
    case .heartbeatResponse(let round) where message.term == leading:
      reads.confirms(round, message.from)
    case .readIndex(let request): reads.came(request, from: message.from, view, leading: leading)
    case .readIndexResponse(_, let index?): reads.wasTold(index)
    default: break
    }
  }

  /// Where an append and the log part.
  private mutating func compare(_ append: Append, _ view: ConsensusView, _ consensus: ReplicaConsensus) {
    if append.previousIndex >= view.baseIndex, consensus.term(at: append.previousIndex) != append.previousTerm {
      disagreement = append.previousIndex
    }
    conflict =
      append.entries.first { entry in
        consensus.term(at: entry.index).map { $0 != entry.term && entry.index > view.baseIndex } ?? false
      }?.index
  }

  /// The input has been given.
  package mutating func after(_ input: ReplicaInput?, _ consensus: ReplicaConsensus) {
    guard let before = last, !consensus.isRetired else { return }
    let now = consensus.view
    checkDecisions(before, now)
    if case .message(let message) = input { checkMessage(message, before, now) }
    checkLog(input, before, now)
    checkElection(input, before, now)
    if now.role == .leader, leading != now.term { lead(now) }
    if now.role != .leader { leading = nil }
    checkCommit(input, before, now, consensus)
    last = now
  }

  private mutating func checkDecisions(_ before: ConsensusView, _ now: ConsensusView) {
    if now.term < before.term { find(.termsRise, "the term goes back from \(before.term) to \(now.term)") }
    if now.commit < before.commit {
      find(.commitRises, "the commit index goes back from \(before.commit) to \(now.commit)")
    }
    if now.commit > now.lastIndex {
      find(.commitRises, "\(now.commit) is committed, and the log ends at \(now.lastIndex)")
    }
    if now.applying > now.commit { find(.applying, "\(now.applying) is applied, and only \(now.commit) committed") }
    if now.term == before.term, let vote = before.votedFor, now.votedFor != vote {
      find(
        .oneVote, "in term \(now.term) it votes for \(now.votedFor.map(Self.name) ?? "nobody") after \(Self.name(vote))"
      )
    }
  }

  private mutating func checkMessage(_ message: RaftMessage, _ before: ConsensusView, _ now: ConsensusView) {
    guard message.term < before.term, message.to == member else { return }
    switch message.body {
    case .propose, .proposalsRefused, .readIndex, .readIndexResponse, .transferLeadership, .preVote: return
    case .preVoteResponse(let response) where response.isGranted: return
    default: break
    }
    var (one, other) = (before, now)
    // Not decided by messages.
    (one.stable, other.stable) = (0, 0)
    if one != other {
      find(
        .staleTerms,
        """
        a message of term \(message.term) from \(Self.name(message.from)) changes what is decided in term \
        \(before.term)
        """
      )
    }
  }

  private mutating func checkLog(_ input: ReplicaInput?, _ before: ConsensusView, _ now: ConsensusView) {
    let isChanged = (before.lastIndex, before.lastTerm) != (now.lastIndex, now.lastTerm)
    if let place = disagreement, isChanged || now.commit > before.commit {
      find(.logMatching, "it takes entries from the leader that stand behind another entry \(place) than its own")
    }
    guard now.lastIndex < before.lastIndex else { return }
    switch input {
    case .message:
      if let conflict {
        if conflict <= before.commit { find(.committedStays, "entry \(conflict) is dropped and was committed") }
      } else {
        find(
          .truncations, "entries \(now.lastIndex + 1) to \(before.lastIndex) are dropped, and nothing contradicts them")
      }
    case .snapshotStored: break
    default: find(.truncations, "the log shrinks from \(before.lastIndex) to \(now.lastIndex)")
    }
  }

  // MARK: - Elections

  private mutating func checkElection(_ input: ReplicaInput?, _ before: ConsensusView, _ now: ConsensusView) {
    let isNewTerm = now.term > before.term
    if now.role == .candidate || now.role == .leader, isNewTerm {
      var isTransfer = false
      if case .message(let message) = input, case .timeoutNow = message.body { isTransfer = true }
      preGrants[now.term, default: [:]][member] = before.mustCatchUp
      if !isTransfer, !hasWon(preGrants[now.term] ?? [:]) {
        find(.preVote, "it campaigns in term \(now.term) without the word of a majority that it could win")
      }
      if now.votedFor != member { find(.oneVote, "it campaigns in term \(now.term) and does not vote for itself") }
    }
    if isNewTerm {
      grants = grants.filter { $0.key >= now.term }
      preGrants = preGrants.filter { $0.key >= now.term }
    }
    guard now.role == .leader, before.role != .leader || isNewTerm else { return }
    see(leader: member, in: now.term)
    if disk.mayHaveVote(for: member, in: now.term) {
      grants[now.term, default: [:]][member] = before.mustCatchUp
    }
    if !hasWon(grants[now.term] ?? [:]) {
      let votes = (grants[now.term] ?? [:]).keys.sorted().map(Self.name).joined(separator: ", ")
      find(.elections, "it leads term \(now.term) with the votes of \(votes.isEmpty ? "nobody" : votes)")
    }
  }

  /// A majority whose votes are certain, or everybody.
  private func hasWon(_ votes: [MemberID: Bool]) -> Bool {
    membershipBefore.hasQuorum { votes[$0] == false } || membershipBefore.voters.allSatisfy { votes[$0] != nil }
  }

  private mutating func lead(_ now: ConsensusView) {
    leading = now.term
    hasLed = now.term
    matches = [:]
    reads.lead()
  }

  // MARK: - Commit

  private mutating func checkCommit(
    _ input: ReplicaInput?, _ before: ConsensusView, _ now: ConsensusView, _ consensus: ReplicaConsensus
  ) {
    guard now.commit > before.commit else { return }
    if before.role == .leader && now.term == before.term || now.role == .leader {
      checkMajority(now, consensus)
      return
    }
    let told: LogIndex =
      switch input {
      case .message(let message):
        switch message.body {
        case .append(let append): min(append.commit, append.previousIndex + LogIndex(append.entries.count))
        case .heartbeat(let heartbeat): heartbeat.commit
        default: 0
        }
      case .snapshotStored(let metadata): metadata.index
      default: 0
      }
    if now.commit > told {
      find(.followersCommit, "it takes everything up to \(now.commit) for committed, and was told \(told)")
    }
  }

  private mutating func checkMajority(_ now: ConsensusView, _ consensus: ReplicaConsensus) {
    // A change of the voters may have come into the log in the same step.
    let (matches, member, durable) = (matches, member, disk.durable)
    let reached = { (other: MemberID) in other == member ? durable : matches[other] ?? 0 }
    let index = max(membershipBefore.committedIndex(reached), consensus.membership.committedIndex(reached))
    if now.commit > index {
      find(
        .majorities, "it takes everything up to \(now.commit) for committed, and a majority has no more than \(index)")
    }
    if let term = consensus.term(at: now.commit), term != now.term {
      find(.ownTerm, "it counts replicas of entry \(now.commit), which is of term \(term), in term \(now.term)")
    }
  }

  // MARK: - A round's effects

  /// The effects of the inputs since the last round were taken.
  package mutating func round(_ effects: [ReplicaEffect], _ consensus: ReplicaConsensus) {
    guard !consensus.isRetired else { return }
    let now = consensus.view
    if let before = last, now.commit > before.commit, now.role == .leader {
      membershipBefore = consensus.membership
      checkMajority(now, consensus)
    }
    var hasNewLog = false
    for effect in effects {
      switch effect {
      case .write(let write):
        hasNewLog = hasNewLog || !write.entries.isEmpty || write.base != nil
        findings += disk.take(write, commit: commitAtRound, term: now.term)
      case .send(let message): check(message, now, consensus)
      case .apply(let entries): check(entries, now)
      case .installSnapshot(let metadata): applied = metadata.index
      case .readable(let ids, let index): findings += reads.allows(ids, from: index, led: hasLed, consensus)
      case .readsRefused(let ids, _): reads.refused(ids)
      case .compactLog(let index): disk.forget(before: min(index, applied))
      default: break
      }
    }
    if hasNewLog, let expected = disk.log.membership, consensus.membership != expected {
      find(.configurations, "it goes by \(consensus.membership), and its log says \(expected)")
    }
    (last, commitAtRound) = (now, now.commit)
    reads.endRound()
    hasLed = leading
  }

  private mutating func check(_ message: RaftMessage, _ now: ConsensusView, _ consensus: ReplicaConsensus) {
    switch message.body {
    case .voteResponse(let vote) where vote.isGranted:
      checkVote(Candidacy(member: message.to, term: message.term, isTrial: false))
    case .preVoteResponse(let vote) where vote.isGranted:
      checkLogs(Candidacy(member: message.to, term: message.term, isTrial: true))
    case .vote where !disk.mayHaveVote(for: member, in: message.term):
      find(.votesAreSynced, "it asks for votes in term \(message.term) before its own is on the disk")
    case .appendResponse(.accepted(let match)) where message.term == now.term && match > disk.durable:
      find(.acknowledgements, "it acknowledges \(match), and its disk has no more than \(disk.durable)")
    case .heartbeat(let heartbeat) where message.term == leading:
      reads.sends(round: heartbeat.round)
      if heartbeat.commit > matches[message.to] ?? 0 {
        find(
          .heartbeats,
          """
          it tells \(Self.name(message.to)) that \(heartbeat.commit) is committed, which is known to have \
          \(matches[message.to] ?? 0)
          """
        )
      }
    case .readIndexResponse(let request, let index?):
      findings += reads.answers(request, of: message.to, with: index, led: hasLed, consensus)
    default: break
    }
  }

  private mutating func checkVote(_ candidacy: Candidacy) {
    checkLogs(candidacy)
    if !disk.mayHaveVote(for: candidacy.member, in: candidacy.term) {
      find(
        .votesAreSynced, "\(Self.name(candidacy.member)) gets its vote in term \(candidacy.term) before the disk has it"
      )
    }
  }

  private mutating func checkLogs(_ candidacy: Candidacy) {
    if verdicts[candidacy] == false {
      find(
        .logsAreCompared,
        "\(Self.name(candidacy.member)) gets its vote for term \(candidacy.term) with a log that is behind")
    }
  }

  private mutating func check(_ entries: [Entry], _ now: ConsensusView) {
    guard let first = entries.first, let last = entries.last else { return }
    if first.index != applied + 1 { find(.applying, "entry \(first.index) is applied after \(applied)") }
    if last.index > now.commit { find(.applying, "entry \(last.index) is applied, and only \(now.commit) committed") }
    for entry in entries {
      if let known = disk.log.entry(at: entry.index),
        known.term != entry.term || known.digest != PayloadStandIn.digest(entry.payload)
      {
        find(.applying, "entry \(entry.index) is applied as another one than was written")
        break
      }
    }
    applied = last.index
  }
}
