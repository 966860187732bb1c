extension Raft {
  /// A message from a peer. One that is for another member, or that no member in order can have sent, is passed over.
  package mutating func receive(_ message: RaftMessage) {
    guard message.to == configuration.member, message.from != configuration.member, message.from != 0,
      message.isPlausible
    else { return }
    switch message.body {
    // These mean the same in any term: whoever leads acts on them.
    case .propose(let proposals): receiveForwarded(proposals, from: message.from)
    case .proposalsRefused(let ids, let reason): receiveRefusal(ids, reason)
    case .readIndex(let request): receiveReadIndex(request, from: message.from)
    case .readIndexResponse(let request, let index):
      // Who was asked led then; when somebody else does now, the read is asked anew.
      guard index == nil || message.from == leader else { return }
      ready.reads.append(ReadOutcome(request: request, index: index))
    case .transferLeadership(let target):
      if role == .leader { transferLeadership(to: target == 0 ? nil : target) }
    // A pre-vote asks about a term that nobody is in yet.
    case .preVote(let request): receivePreVote(request, message)
    case .preVoteResponse(let response) where response.isGranted: receivePreVoteGrant(response, message)
    default: receiveInTerm(message)
    }
  }

  private mutating func receiveInTerm(_ message: RaftMessage) {
    if message.term > term {
      if case .vote(let request) = message.body, hearsFromLeader, !request.isTransfer { return }
      becomeFollower(term: message.term, leader: nil)
    } else if message.term < term, !configuration.mutations.contains(.ignoresStaleTerms) {
      receiveStale(message)
      return
    }
    // Nothing is promised in it before it is on the disk by itself: whoever sent this tries again.
    if isTermLoose { return }
    switch message.body {
    case .vote(let request): receiveVote(request, from: message.from)
    case .voteResponse(let response): receiveVoteResponse(response, from: message.from)
    case .preVoteResponse(let response): receivePreVoteRefusal(response, from: message.from)
    case .append(let append):
      if follow(message.from) { receiveAppend(append, from: message.from) }
    case .heartbeat(let heartbeat):
      if follow(message.from) { receiveHeartbeat(heartbeat, from: message.from) }
    case .snapshotChunk(let chunk):
      if follow(message.from) { receiveSnapshotChunk(chunk, from: message.from) }
    case .appendResponse(let response): receiveAppendResponse(response, from: message.from)
    case .heartbeatResponse(let round): receiveHeartbeatResponse(round, from: message.from)
    case .snapshotProgress(let progress): receiveSnapshotProgress(progress, from: message.from)
    case .timeoutNow: receiveTimeoutNow(from: message.from)
    case .recoveryQuery(let nonce): receiveRecoveryQuery(nonce, from: message.from)
    case .recoveryAnswer(let nonce, let lastIndex): receiveRecoveryAnswer(nonce, lastIndex)
    case .preVote, .propose, .proposalsRefused, .readIndex, .readIndexResponse, .transferLeadership: break
    }
  }

  /// A member makes promises only in terms that are less than so many above the last one that its disk has for certain.
  /// So a torn tail, which can lose no more than what was synced at once, has lost none in a term that is so far above
  /// what is left. (Terms go up one by one, and by this when a tail was torn.)
  static let termsAtOnce: Term = 1000

  /// The term is too far above what is known to be on the disk.
  var isTermLoose: Bool { term > durableTerm && term - durableTerm >= Self.termsAtOnce }

  /// The sender is behind: one who takes itself for the leader, or would be it, is told the term.
  private mutating func receiveStale(_ message: RaftMessage) {
    switch message.body {
    case .append, .heartbeat, .snapshotChunk: send(.heartbeatResponse(round: 0), to: message.from)
    case .vote: send(.voteResponse(VoteResponse(isGranted: false)), to: message.from)
    default: break
    }
  }

  /// The sender leads this term. Says whether that can be.
  private mutating func follow(_ sender: MemberID) -> Bool {
    if role == .leader {
      ready.fault = .twoLeaders(term: term, configuration.member, sender)
      return false
    }
    if role != .follower || leader != sender {
      if role == .follower, let leader, leader != sender {
        ready.fault = .twoLeaders(term: term, leader, sender)
        return false
      }
      becomeFollower(term: term, leader: sender)
      // It begins its own from the start.
      if let incoming, incoming.from != sender { dropIncoming() }
    }
    resetElectionTimer()
    return true
  }

  mutating func becomeFollower(term newTerm: Term, leader newLeader: MemberID?) {
    if newTerm > term {
      term = newTerm
      votedFor = nil
    }
    if role == .leader { stopLeading() }
    role = .follower
    leader = newLeader
    votes = [:]
    resetElectionTimer()
  }

  /// Whether a leader was heard from recently enough that candidates are not welcome (dissertation, §4.2.3).
  var hearsFromLeader: Bool { leader != nil && electionElapsed < configuration.electionTicks }
}
