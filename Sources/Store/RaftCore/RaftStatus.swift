/// A member's state, for metrics, the status call and people.
package struct RaftStatus: Hashable, Sendable {
  package var member: MemberID
  package var role: Role
  package var term: Term
  package var leader: MemberID?
  package var commit: LogIndex
  /// The last index given out to be applied.
  package var applying: LogIndex
  package var firstIndex: LogIndex
  package var lastIndex: LogIndex
  package var lastTerm: Term
  /// The last index on the own disk.
  package var stable: LogIndex
  package var membership: Membership
  /// The member has lost the end of its log and must catch up before it votes.
  package var mustCatchUp: Bool
  /// What it has lost is its whole disk.
  package var hasLostAll: Bool
  /// A leader's view of the others.
  package var followers: [MemberID: Follower]

  package struct Follower: Hashable, Sendable {
    package enum State: Hashable, Sendable { case probe, replicate, snapshot }
    package var match: LogIndex
    package var next: LogIndex
    package var state: State
    package var inflight: Int
    package var isRecentlyActive: Bool
  }
}

extension Raft {
  package var status: RaftStatus {
    var followers: [MemberID: RaftStatus.Follower] = [:]
    if role == .leader {
      for (member, progress) in progress where member != configuration.member {
        let state: RaftStatus.Follower.State =
          switch progress.state {
          case .probe: .probe
          case .replicate: .replicate
          case .snapshot: .snapshot
          }
        followers[member] = RaftStatus.Follower(
          match: progress.match, next: progress.next, state: state, inflight: progress.inflight.count,
          isRecentlyActive: progress.isRecentlyActive)
      }
    }
    return RaftStatus(
      member: configuration.member, role: role, term: term, leader: leader, commit: commit, applying: applying,
      firstIndex: log.firstIndex, lastIndex: log.lastIndex, lastTerm: log.lastTerm, stable: stable,
      membership: log.membership, mustCatchUp: mustCatchUp, hasLostAll: hasLostAll, followers: followers)
  }
}
