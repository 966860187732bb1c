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

  // MARK: - Membership

  /// Changes who votes and who learns, by way of a joint configuration when the voters change (§6). Only on the
  /// leader, and only when the last change is committed; refused with ``ProposalRefusal/configuration`` otherwise.
  /// Complete once the entry with the same `id` whose membership is not joint is applied.
  package mutating func changeMembership(id: ProposalID, to target: Membership) {
    guard role == .leader else {
      ready.refused.append(([id], .noLeader))
      return
    }
    let present = log.membership
    guard transferTarget == nil, !present.isJoint, !target.isJoint, !target.incoming.isEmpty,
      (log.lastChange?.index ?? log.base.index) <= commit, log.term(at: commit) == term
    else {
      ready.refused.append(([id], .configuration))
      return
    }
    let outgoing = target.incoming == present.incoming ? [] : present.incoming
    appendChange(
      ConfigurationChange(
        id: id, membership: Membership(voters: target.incoming, outgoing: outgoing, learners: target.learners)))
  }

  private mutating func appendChange(_ change: ConfigurationChange) {
    appendAsLeader(kind: .configuration, payload: change.encoded(), change: change)
  }

  /// When a joint configuration is committed its new half takes over; when that is, a leader outside of it goes.
  mutating func membershipMayHaveCommitted() {
    guard (log.lastChange?.index ?? log.base.index) <= commit, log.term(at: commit) == term else { return }
    let membership = log.membership
    if membership.isJoint {
      let settled = Membership(voters: membership.incoming, learners: membership.learners)
      appendChange(ConfigurationChange(id: log.lastChange?.change.id, membership: settled))
    } else if !membership.isVoter(configuration.member) {
      becomeFollower(term: term, leader: nil)
    }
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
    let furthest = others.filter(isReadyToLead).max { (progress[$0]?.match ?? 0) < (progress[$1]?.match ?? 0) }
    guard let successor = target ?? furthest, others.contains(successor), isHeard(successor),
      transferTarget != successor
    else { return }
    transferTarget = successor
    electionElapsed = 0
    handOverIfPossible(to: successor)
  }

  /// Heard from within the last few heartbeats.
  private func isHeard(_ member: MemberID) -> Bool {
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
