extension Raft {
  /// Changes who votes and who learns, by way of a joint configuration when the voters change (§6). Only on the
  /// leader, and only when the last change is committed; refused with ``ProposalRefusal/configuration`` otherwise.
  /// Complete once the entry with the same `id` whose membership is not joint is applied. Without an id nobody is
  /// told of a refusal.
  package mutating func changeMembership(id: ProposalID?, to target: Membership) {
    guard role == .leader else {
      if let id { ready.refused.append(([id], .noLeader)) }
      return
    }
    guard canChangeMembership, !target.isJoint, !target.incoming.isEmpty else {
      if let id { ready.refused.append(([id], .configuration)) }
      return
    }
    let present = log.membership
    let isOneStep =
      target.incoming == present.incoming || configuration.mutations.contains(.skipsJointConfiguration)
    let outgoing = isOneStep ? [] : present.incoming
    appendChange(
      ConfigurationChange(
        id: id,
        membership: Membership(
          voters: target.incoming, outgoing: outgoing, learners: target.learners, candidates: target.candidates)))
  }

  /// Writes the present configuration into the log, on a leader whose log in memory has no configuration entry.
  ///
  /// A member that joins with an empty log does not know what the first one was. Before an entry that means something
  /// only with the configuration, there must be one that says it.
  package mutating func recordMembership() {
    guard role == .leader, log.lastChange == nil else { return }
    appendChange(ConfigurationChange(id: nil, membership: log.membership))
  }

  /// Whether this member leads and the next change could begin now: the last one is done, and an entry of the own term
  /// is committed (without that a change could be lost by one of an earlier leader's).
  package var canChangeMembership: Bool {
    role == .leader && transferTarget == nil && !log.membership.isJoint && lastMembershipIndex <= commit
      && log.term(at: commit) == term
  }

  /// The entry that brought the configuration in force, or what stands for it: it may be older than the window.
  package var lastMembershipIndex: LogIndex { log.lastChange?.index ?? log.base.index }

  /// Whether a member takes appends as they come, is near the end of the log, and was heard from within the last few
  /// heartbeats. Only a leader knows.
  package func isInSync(_ member: MemberID) -> Bool {
    guard role == .leader, let follower = progress[member], case .replicate = follower.state else { return false }
    return isHeard(member) && follower.match + LogIndex(configuration.promotionLag) >= log.lastIndex
  }

  /// Whether a member was heard from since the leader last looked, or within an election timeout. Only a leader knows.
  package func isActive(_ member: MemberID) -> Bool {
    guard role == .leader else { return false }
    if member == configuration.member { return true }
    guard let quiet = progress[member]?.quietTicks else { return false }
    return quiet <= configuration.electionTicks
  }

  /// Whether a leader that is new to it cannot tell yet whether a member lives.
  package func isUnknown(_ member: MemberID) -> Bool {
    guard role == .leader, member != configuration.member, let follower = progress[member] else { return false }
    return follower.quietTicks == nil && follower.isRecentlyActive
  }

  private mutating func appendChange(_ change: ConfigurationChange) {
    appendAsLeader(kind: .configuration, payload: change.encoded(), change: change)
  }

  /// When a joint configuration is committed its new half takes over; when that is, a leader outside of it goes.
  mutating func membershipMayHaveCommitted() {
    guard lastMembershipIndex <= commit, log.term(at: commit) == term else { return }
    let membership = log.membership
    if membership.isJoint {
      let settled = Membership(
        voters: membership.incoming, learners: membership.learners, candidates: membership.candidates)
      appendChange(ConfigurationChange(id: log.lastChange?.change.id, membership: settled))
    } else if !membership.isVoter(configuration.member) {
      // Nobody has to miss a leader first: the one that is furthest along is asked to follow at once.
      if let successor = furthest { send(.timeoutNow, to: successor) }
      becomeFollower(term: term, leader: nil)
    }
  }

  // MARK: - Candidates

  /// Makes voters of the candidates that have caught up, all of them in one joint change.
  ///
  /// When that left an even number of voters, and another candidate is there and catching up, it waits for that one:
  /// an even number tolerates no more failures than one less. The wait ends; sooner if the other one was not heard from.
  mutating func promoteCandidates() {
    let present = log.membership
    guard !present.candidates.isEmpty, canChangeMembership else { return }
    let fit = present.candidates.filter { isInSync($0.member) }
    guard !fit.isEmpty else {
      promotionWait = 0
      return
    }
    let promoted = fit.map(\.member)
    let replaced = Set(fit.compactMap(\.replaces))
    let voters = present.incoming.filter { !replaced.contains($0) } + promoted
    let others = present.candidates.filter { !promoted.contains($0.member) }
    if voters.count % 2 == 0, !others.isEmpty {
      promotionWait += 1
      let isCatchingUp = others.contains { isActive($0.member) }
      guard promotionWait > configuration.electionTicks * (isCatchingUp ? 60 : 5) else { return }
    }
    promotionWait = 0
    changeMembership(
      id: nil,
      to: Membership(
        voters: voters, learners: present.learners.filter { !promoted.contains($0) }, candidates: others))
  }
}
