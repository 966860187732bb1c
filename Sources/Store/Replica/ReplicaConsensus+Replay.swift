package import RaftCore

// What a replay, and a simulation, may look at.

/// What the consensus half has decided, at one moment: little enough to be taken before and after each input.
package struct ConsensusView: Hashable, Sendable {
  package var role: Role
  package var term: Term
  package var leader: MemberID?
  package var votedFor: MemberID?
  package var commit: LogIndex
  /// The last index that was given out to be applied.
  package var applying: LogIndex
  /// What stands before the first entry in memory.
  package var baseIndex: LogIndex
  package var lastIndex: LogIndex
  package var lastTerm: Term
  /// The last index that it takes its disk to have.
  package var stable: LogIndex
  package var mustCatchUp: Bool
  package var hasLostAll: Bool
}

extension ReplicaConsensus {
  /// A proposal as a recording has it: its payload is a stand-in.
  package mutating func stepProposal(sequence: UInt64, payload: [UInt8]) {
    if service == .retired { return }
    propose(sequence, payload: payload)
  }

  package var view: ConsensusView {
    ConsensusView(
      role: raft.role, term: raft.term, leader: raft.leader, votedFor: raft.vote, commit: raft.commitIndex,
      applying: raft.applyingIndex, baseIndex: raft.baseIndex, lastIndex: raft.lastIndex, lastTerm: raft.lastTerm,
      stable: raft.stableIndex, mustCatchUp: raft.mustCatchUp, hasLostAll: raft.hasLostAll)
  }

  /// Switches off the bugs that were switched on when the state was written down.
  package mutating func ignoreMutations() { raft.ignoreMutations() }

  /// What the state half last said of the members.
  package var memberTable: MemberTable? { members?.table }

  /// Whether it takes nothing in any more.
  package var isRetired: Bool { service == .retired }

  /// The configuration in force.
  package var membership: Membership { raft.membership }

  /// Nil outside of the log in memory.
  package func term(at index: LogIndex) -> Term? { raft.term(at: index) }

  package var origin: ConsensusOrigin { raft.origin(digest: PayloadStandIn.digest) }
}
