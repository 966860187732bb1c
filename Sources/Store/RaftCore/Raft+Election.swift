extension Raft {
  mutating func electionTimedOut() {
    guard mayCampaign, !hasLostAll, !isDiskStalled, !isTermLoose else {
      role = .follower
      leader = nil
      resetElectionTimer()
      return
    }
    campaignInTrial()
  }

  /// The peer's process is gone: its connection was reset, and a new one was refused. If it leads, wait no longer.
  package mutating func connectionRefused(by member: MemberID) {
    guard role == .follower, leader == member else { return }
    leader = nil
    electionTimedOut()
  }

  /// Voters may. So may one that leaves by a change that is not known to be committed, without a vote of its own
  /// (dissertation, §4.2.2): it can be that it alone has the entry, and that the old half is needed to elect anybody.
  private var mayCampaign: Bool {
    log.membership.isVoter(configuration.member)
      || lastMembershipIndex > commit && log.membership(at: lastMembershipIndex - 1).isVoter(configuration.member)
  }

  // MARK: - Pre-vote

  /// Asks whether an election could be won, without disturbing anybody's term.
  private mutating func campaignInTrial() {
    role = .preCandidate
    leader = nil
    votes = [configuration.member: VoteResponse(isGranted: true, isProvisional: mustCatchUp)]
    resetCampaignTimer(part: 4)
    if hasWon || configuration.mutations.contains(.skipsPreVote) {
      campaign(isTransfer: false)
      return
    }
    // As below: nobody would listen.
    guard term + 1 < RaftMessage.termBound else { return }
    let request = RaftMessage.Body.preVote(VoteRequest(lastIndex: log.lastIndex, lastTerm: log.lastTerm))
    for voter in log.membership.voters where voter != configuration.member {
      ready.messages.append(RaftMessage(from: configuration.member, to: voter, term: term + 1, body: request))
    }
  }

  mutating func receivePreVote(_ request: VoteRequest, _ message: RaftMessage) {
    let isWelcome = message.term > term && !hearsFromLeader && isUpToDate(request) && !hasLostAll
    guard isWelcome, !outranks(request, of: message.from) else {
      send(.preVoteResponse(VoteResponse(isGranted: false)), to: message.from)
      return
    }
    if role == .preCandidate {
      role = .follower
      votes = [:]
      resetCampaignTimer(part: 2)
    }
    let grant = VoteResponse(isGranted: true, isProvisional: mustCatchUp)
    ready.messages.append(
      RaftMessage(from: configuration.member, to: message.from, term: message.term, body: .preVoteResponse(grant)))
  }

  /// Two that have noticed a leader's end at once would split the vote. Of those with equal logs the one with the
  /// lower id goes first, but not for long: it may be that the others do not hear it.
  private func outranks(_ request: VoteRequest, of other: MemberID) -> Bool {
    role == .preCandidate && electionElapsed < configuration.heartbeatTicks
      && request.lastIndex == log.lastIndex && request.lastTerm == log.lastTerm && configuration.member < other
  }

  mutating func receivePreVoteGrant(_ response: VoteResponse, _ message: RaftMessage) {
    guard role == .preCandidate, message.term == term + 1 else { return }
    votes[message.from] = response
    if hasWon { campaign(isTransfer: false) }
  }

  mutating func receivePreVoteRefusal(_ response: VoteResponse, from sender: MemberID) {
    guard role == .preCandidate, !response.isGranted else { return }
    votes[sender] = response
  }

  // MARK: - Vote

  mutating func campaign(isTransfer: Bool) {
    // Nobody would listen, and the own disk could not be read again.
    guard term + 1 < RaftMessage.termBound else { return }
    term += 1
    votedFor = configuration.member
    role = .candidate
    leader = nil
    votes = [:]
    resetCampaignTimer(part: 2)
    held.append(Held(token: nil, content: .selfVote(term)))
    let request = VoteRequest(lastIndex: log.lastIndex, lastTerm: log.lastTerm, isTransfer: isTransfer)
    for voter in log.membership.voters where voter != configuration.member { hold(.vote(request), to: voter) }
  }

  /// The own vote is on the own disk, and only now it counts.
  mutating func countOwnVote(in electionTerm: Term) {
    guard role == .candidate, term == electionTerm else { return }
    votes[configuration.member] = VoteResponse(isGranted: true, isProvisional: mustCatchUp)
    if hasWon { becomeLeader() }
  }

  mutating func receiveVote(_ request: VoteRequest, from candidate: MemberID) {
    let isFree =
      votedFor == candidate || (votedFor == nil && leader == nil) || configuration.mutations.contains(.votesTwice)
    guard isFree, isUpToDate(request), !hasLostAll else {
      send(.voteResponse(VoteResponse(isGranted: false)), to: candidate)
      return
    }
    votedFor = candidate
    role = .follower
    votes = [:]
    resetElectionTimer()
    hold(.voteResponse(VoteResponse(isGranted: true, isProvisional: mustCatchUp)), to: candidate)
  }

  mutating func receiveVoteResponse(_ response: VoteResponse, from voter: MemberID) {
    guard role == .candidate else { return }
    votes[voter] = response
    if hasWon {
      becomeLeader()
    } else if log.membership.isLost(refused: { votes[$0]?.isGranted == false }) {
      // Somebody else may win; the timer goes on, so that this member tries again if nobody does.
      role = .follower
      votes = [:]
    }
  }

  /// A majority whose votes are certain, or every voter there is.
  private var hasWon: Bool {
    deciding.hasQuorum { votes[$0].map { $0.isGranted && !$0.isProvisional } ?? false }
      || log.membership.voters.allSatisfy { votes[$0]?.isGranted == true }
  }

  /// Whether the candidate's log has at least what this member's has (§5.4.1).
  private func isUpToDate(_ request: VoteRequest) -> Bool {
    configuration.mutations.contains(.ignoresLogInVotes)
      || (request.lastTerm, request.lastIndex) >= (log.lastTerm, log.lastIndex)
  }

  mutating func receiveTimeoutNow(from sender: MemberID) {
    guard role == .follower, leader == sender, !mustCatchUp, !isDiskStalled,
      log.membership.isVoter(configuration.member)
    else {
      return
    }
    campaign(isTransfer: true)
  }

  // MARK: - After a torn tail

  mutating func askForRecoveryTarget() {
    guard mustCatchUp, let leader, recoveryTarget?.term != term else { return }
    send(.recoveryQuery(nonce: recoveryNonce), to: leader)
  }

  /// The follower's acknowledgements in this term may name entries that it has lost. It is fed from where it is; what
  /// it acknowledged was counted already, and it cannot help to elect a leader that lacks it.
  mutating func receiveRecoveryQuery(_ nonce: UInt64, from sender: MemberID) {
    guard role == .leader, progress[sender] != nil else { return }
    progress[sender]?.match = 0
    progress[sender]?.sentCommit = 0
    progress[sender]?.becomeProbe(next: log.lastIndex + 1)
    send(.recoveryAnswer(nonce: nonce, lastIndex: log.lastIndex), to: sender)
  }

  /// Everything that this member can have acknowledged to this leader is at or below the leader's last index now: the
  /// nonce, drawn at this start, says that the answer is younger than the loss.
  mutating func receiveRecoveryAnswer(_ nonce: UInt64, _ lastIndex: LogIndex) {
    guard mustCatchUp, nonce == recoveryNonce, recoveryTarget?.term != term else { return }
    recoveryTarget = (term, lastIndex)
    endCatchUpIfPossible()
  }

  mutating func endCatchUpIfPossible() {
    guard mustCatchUp, let target = recoveryTarget, target.term == term, verifiedTerm == term,
      verified >= target.index, stable >= target.index
    else { return }
    mustCatchUp = false
    hasLostAll = false
    recoveryTarget = nil
    ready.hasCaughtUp = true
  }
}
