/// The identity of a member of the cluster: the hash of its name and the cluster's, never zero, never used again.
package typealias MemberID = UInt64
/// A Raft term, §5.1 of the paper. Zero before the first election.
package typealias Term = UInt64
/// A position in the replicated log; the first entry has index 1.
package typealias LogIndex = UInt64

/// One entry of the replicated log (Ongaro and Ousterhout, "In Search of an Understandable Consensus
/// Algorithm", figure 2).
package struct Entry: Hashable, Sendable {
  /// What an entry is for.
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// A command of the state machine. An empty one is what a new leader commits first (§8).
    case command = 0
    /// A change of the configuration: who votes, who learns.
    case configuration = 1
  }

  package var term: Term
  package var index: LogIndex
  package var kind: Kind
  package var payload: [UInt8]

  /// What an entry takes in memory besides its payload, in bytes.
  static let overhead = 80

  package init(term: Term, index: LogIndex, kind: Kind = .command, payload: [UInt8]) {
    self.term = term
    self.index = index
    self.kind = kind
    self.payload = payload
  }
}

/// What must be on the disk before a message that depends on it leaves (figure 2, "persistent state"), with
/// the commit index as a hint that speeds recovery up.
package struct HardState: Hashable, Sendable {
  package var term: Term
  package var votedFor: MemberID?
  package var commit: LogIndex
  /// How many times this member has started on this disk: ``Raft`` counts one up when it starts. It makes what a
  /// process numbers (proposals) unique across restarts.
  package var starts: UInt64
  /// The end of the log was found torn and was cut off: the member neither votes nor campaigns until it holds again
  /// all that it may have acknowledged. Kept on disk, because a second crash must not make it forget.
  package var mustCatchUp: Bool
  /// The member has lost its whole disk and rejoins (``rejoining(_:after:)``): until it has caught up it does not vote
  /// even provisionally. Only together with ``mustCatchUp``.
  package var hasLostAll: Bool

  package init(
    term: Term = 0, votedFor: MemberID? = nil, commit: LogIndex = 0, starts: UInt64 = 0, mustCatchUp: Bool = false,
    hasLostAll: Bool = false
  ) {
    self.term = term
    self.votedFor = votedFor
    self.commit = commit
    self.starts = starts
    self.mustCatchUp = mustCatchUp
    self.hasLostAll = hasLostAll
  }
}

extension HardState {
  /// The end of the log was torn and is cut off: what was lost is the last that was synced at once, and that it was
  /// lost goes to the disk together with what makes it harmless.
  ///
  /// A record of starts may have been in it, and no start may be counted twice. So may a term and a vote: a leader of an
  /// earlier term, deposed by that vote, would find the member of use again, and commit with it what the others do not
  /// know. So the member goes on in a term above all in which it can have promised anything (``Raft/termsAtOnce``), and
  /// deposes whom it has forgotten. That costs an election; nobody's promises are forgotten but this member's vote for
  /// a term that it has left for good.
  ///
  /// - Parameter lastTerm: that of the last entry that is left.
  package mutating func noteLostTail(lastTerm: Term) {
    mustCatchUp = true
    starts += 1000
    term = min(max(term, lastTerm) + Raft.termsAtOnce, RaftMessage.termBound - 1)
    votedFor = nil
  }

  /// What a member begins with that has lost its disk, to be on the new disk before anything else is.
  ///
  /// The lost member may have voted, and acknowledged to a leader, in any term that *some* other member knows: whoever
  /// asked for its vote had the term on its own disk before. So it begins in a term above all of those, and takes its
  /// vote there as given. That every leader it will follow is younger also makes the numbers of its starts larger than
  /// those of its earlier lives: nothing of this life's can be in a log before one of them has led.
  ///
  /// - Parameter term: the highest that any of the other members, *all* of which were asked after the loss, is in.
  package static func rejoining(_ member: MemberID, after term: Term) -> HardState {
    HardState(
      term: term + 1, votedFor: member, starts: (term + 1) << 32, mustCatchUp: true, hasLostAll: true)
  }
}
