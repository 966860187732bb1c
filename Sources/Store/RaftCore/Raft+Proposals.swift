extension Raft {
  /// Puts commands into the log, or passes them on to the leader. Those that are not taken come back in
  /// ``Ready/refused``; others may still be lost on the way, or with a leader.
  package mutating func propose(_ proposals: [Proposal]) {
    if role == .leader {
      for (ids, reason) in appendProposals(proposals) { ready.refused.append((ids, reason)) }
    } else if let leader {
      forward(proposals, to: leader)
    } else if !proposals.isEmpty {
      ready.refused.append((proposals.map(\.id), .noLeader))
    }
  }

  private mutating func forward(_ proposals: [Proposal], to leader: MemberID) {
    var batch: [Proposal] = []
    var bytes = 0
    for proposal in proposals {
      if !batch.isEmpty, bytes + proposal.payload.count > configuration.maximumAppendBytes {
        send(.propose(batch), to: leader)
        (batch, bytes) = ([], 0)
      }
      batch.append(proposal)
      bytes += proposal.payload.count
    }
    if !batch.isEmpty { send(.propose(batch), to: leader) }
  }

  mutating func receiveForwarded(_ proposals: [Proposal], from sender: MemberID) {
    guard role == .leader else {
      send(.proposalsRefused(proposals.map(\.id), .noLeader), to: sender)
      return
    }
    for (ids, reason) in appendProposals(proposals) { send(.proposalsRefused(ids, reason), to: sender) }
  }

  mutating func receiveRefusal(_ ids: [ProposalID], _ reason: ProposalRefusal) {
    let own = ids.filter { $0.origin == configuration.member && $0.start == starts }
    if !own.isEmpty { ready.refused.append((own, reason)) }
  }

  /// Appends what is acceptable. Returns the rest by reason.
  private mutating func appendProposals(
    _ proposals: [Proposal]
  ) -> [(ids: [ProposalID], reason: ProposalRefusal)] {
    var refused: [ProposalRefusal: [ProposalID]] = [:]
    for proposal in proposals {
      if let reason = refusal(of: proposal) {
        refused[reason, default: []].append(proposal.id)
      } else {
        appendAsLeader(kind: .command, payload: proposal.payload, change: nil)
      }
    }
    return ProposalRefusal.allCases.compactMap { reason in refused[reason].map { ($0, reason) } }
  }

  private func refusal(of proposal: Proposal) -> ProposalRefusal? {
    if proposal.payload.count > configuration.maximumEntryBytes { return .tooLarge }
    if transferTarget != nil { return .transferring }
    if log.lastIndex - commit >= LogIndex(configuration.maximumUncommittedEntries) { return .overloaded }
    if uncommittedBytes > 0, uncommittedBytes + proposal.payload.count > configuration.maximumUncommittedBytes {
      return .overloaded
    }
    return nil
  }

  // MARK: - Leadership transfer

  /// Hands the leadership over (dissertation, §3.10) to a voter, or to the one that is furthest along. Proposals are
  /// refused meanwhile. It is given up after an election timeout. A follower asks its leader to do it.
  ///
  /// Nothing happens when the successor was not heard from of late, or (unless a target is named) none of those who
  /// were has everything that is committed: refusing proposals for one that is dead would only cost time.
  package mutating func transferLeadership(to target: MemberID?) {
    guard role == .leader else {
      if let leader { send(.transferLeadership(to: target ?? 0), to: leader) }
      return
    }
    let others = log.membership.incoming.filter { $0 != configuration.member }
    guard let successor = target ?? furthest, others.contains(successor), isHeard(successor),
      transferTarget != successor
    else { return }
    transferTarget = successor
    electionElapsed = 0
    handOverIfPossible(to: successor)
  }

  /// Whether a leader knows of a voter that could take over at once, and whose disk has what the own one has not.
  package var isOvertaken: Bool {
    role == .leader && transferTarget == nil
      && log.membership.incoming.contains {
        $0 != configuration.member && isReadyToLead($0) && (progress[$0]?.match ?? 0) > stable
      }
  }

  /// The voter that could lead soonest; nil when none could lead at once.
  var furthest: MemberID? {
    log.membership.incoming.filter { $0 != configuration.member && isReadyToLead($0) }
      .max { (progress[$0]?.match ?? 0) < (progress[$1]?.match ?? 0) }
  }

  /// Heard from within the last few heartbeats.
  func isHeard(_ member: MemberID) -> Bool {
    guard let quiet = progress[member]?.quietTicks else { return false }
    return quiet <= 4 * configuration.heartbeatTicks
  }

  /// It lives, takes appends as they come, and has what is committed: what it lacks still is on its way.
  private func isReadyToLead(_ member: MemberID) -> Bool {
    guard isHeard(member), let follower = progress[member], case .replicate = follower.state else { return false }
    return follower.match >= commit
  }

  mutating func handOverIfPossible(to member: MemberID) {
    guard role == .leader, transferTarget == member, progress[member]?.match == log.lastIndex else { return }
    send(.timeoutNow, to: member)
  }
}
