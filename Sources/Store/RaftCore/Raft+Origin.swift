/// What a check needs to begin in the middle of a replica's life.
package struct ConsensusOrigin: Sendable {
  package struct LogEntry: Hashable, Sendable {
    package var term: Term
    package var kind: Entry.Kind
    package var digest: UInt64

    package init(term: Term, kind: Entry.Kind, digest: UInt64) {
      (self.term, self.kind, self.digest) = (term, kind, digest)
    }
  }

  package var base: SnapshotMetadata
  package var entries: [LogEntry]
  /// The configuration entries among them.
  package var configurations: [(index: LogIndex, membership: Membership)]
  /// What the last write carried, done or not.
  package var hardState: HardState
  package var lastToken: WriteToken
  package var pendingWrites: [(token: WriteToken, last: LogIndex)]
  /// Of a leader: how far each member is known to be, and the last round of heartbeats that it answered.
  package var matches: [MemberID: LogIndex]
  package var confirmedRounds: [MemberID: UInt64]
  package var round: UInt64
  /// Of a candidate.
  package var votes: [MemberID: VoteResponse]
}

extension Raft {
  package var vote: MemberID? { votedFor }
  package var commitIndex: LogIndex { commit }
  package var stableIndex: LogIndex { stable }
  package var lastTerm: Term { log.lastTerm }

  /// Switches off the bugs that were switched on when the state was written down.
  package mutating func ignoreMutations() { configuration.mutations = [] }

  /// Nil outside of the log in memory.
  package func term(at index: LogIndex) -> Term? { log.term(at: index) }

  /// - Parameter digest: of a payload.
  package func origin(digest: ([UInt8]) -> UInt64) -> ConsensusOrigin {
    ConsensusOrigin(
      base: log.base,
      entries: log.entries.map { .init(term: $0.term, kind: $0.kind, digest: digest($0.payload)) },
      configurations: log.changes.map { ($0.index, $0.change.membership) }, hardState: writtenHardState,
      lastToken: nextToken - 1, pendingWrites: pendingWrites.map { ($0.token, $0.lastIndex) },
      matches: role == .leader ? progress.mapValues(\.match) : [:],
      confirmedRounds: role == .leader ? progress.mapValues(\.confirmedRound) : [:], round: round, votes: votes)
  }
}
