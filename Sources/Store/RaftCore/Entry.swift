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

  package init(
    term: Term = 0, votedFor: MemberID? = nil, commit: LogIndex = 0, starts: UInt64 = 0, mustCatchUp: Bool = false
  ) {
    self.term = term
    self.votedFor = votedFor
    self.commit = commit
    self.starts = starts
    self.mustCatchUp = mustCatchUp
  }
}
