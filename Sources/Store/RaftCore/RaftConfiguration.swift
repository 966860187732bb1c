/// The settings of one member's ``Raft``. Times are in ticks, which the driver gives at a fixed pace.
package struct RaftConfiguration: Sendable {
  /// This member.
  package var member: MemberID
  /// Without a word from a leader for this many ticks, up to one less than twice as many (drawn anew each time), a
  /// follower campaigns. With ticks of 50 ms, 20 are 1 to 2 s.
  package var electionTicks = 20
  /// A leader sends heartbeats every so many ticks.
  package var heartbeatTicks = 2
  /// The seed of the election timeouts. Members must not share it.
  package var seed: UInt64
  /// The most bytes of payload in one append (a larger entry travels alone).
  package var maximumAppendBytes = 1 << 20
  /// The most appends to one follower that are not answered yet, by number and by bytes of payload.
  package var maximumInflightAppends = 256
  /// So many appends to a follower go out as soon as there is an entry; further ones wait while the own disk has as
  /// many writes to do. (Without effect on a follower that answers faster than that.)
  package var eagerAppends = 2
  package var maximumInflightBytes = 32 << 20
  /// The most entries that a leader keeps uncommitted, by number and by bytes of payload; proposals beyond are
  /// refused as overloaded.
  package var maximumUncommittedEntries = 16384
  package var maximumUncommittedBytes = 64 << 20
  /// The largest payload of an entry, in bytes.
  package var maximumEntryBytes = 8 << 20
  /// The most bytes of payload that one ``Ready`` gives to apply.
  package var maximumApplyBytes = 4 << 20
  /// The size of the pieces that a snapshot travels in, in bytes.
  package var snapshotChunkBytes = 1 << 20
  /// The most reads (of all members) that a leader holds unanswered; others are answered as "not leader".
  package var maximumPendingReads = 4096
  /// A learner that lacks no more entries than this is near enough to the end of the log to be made a voter.
  package var promotionLag = 1000
  /// Bugs switched on, to prove that the simulation catches them. Empty in production.
  package var mutations: Mutation = []

  package init(member: MemberID, seed: UInt64) {
    self.member = member
    self.seed = seed
  }
}

/// Bugs that tests can switch on, each a classic of Raft implementations. A simulation that does not catch them all
/// proves nothing by passing.
package struct Mutation: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A follower acknowledges an append before its disk has it.
  package static let acknowledgesBeforeSync = Mutation(rawValue: 1 << 0)
  /// The vote is not written to the disk: after a restart the member can vote again in the same term.
  package static let forgetsVote = Mutation(rawValue: 1 << 1)
  /// A leader counts replicas for entries of earlier terms (paper, §5.4.2 and figure 8).
  package static let commitsStaleTerms = Mutation(rawValue: 1 << 2)
  /// A leader answers reads without asking a quorum whether it still leads (etcd-io/etcd issue 741).
  package static let readsWithoutQuorum = Mutation(rawValue: 1 << 3)
  /// A leader answers reads before an entry of its own term is committed (dissertation, §6.4; etcd-io/etcd issue
  /// 7331).
  package static let readsBeforeOwnTermCommits = Mutation(rawValue: 1 << 4)
  /// A member votes for candidates whose log is behind its own.
  package static let ignoresLogInVotes = Mutation(rawValue: 1 << 5)
  /// A follower takes entries without looking at what stands before them.
  package static let skipsConsistencyCheck = Mutation(rawValue: 1 << 6)
  /// A leader counts its own copy of an entry before its disk has it.
  package static let countsItselfBeforeSync = Mutation(rawValue: 1 << 7)
  /// A member that lost the end of its log goes on voting.
  package static let votesAfterLostTail = Mutation(rawValue: 1 << 8)
  /// Commands that arrive twice are applied twice.
  package static let appliesDuplicates = Mutation(rawValue: 1 << 9)
  /// A member that lost its disk votes as soon as it is back.
  package static let votesAfterRejoining = Mutation(rawValue: 1 << 10)
  /// A member that lost its disk comes back in the first term, so that an old leader finds it of use.
  package static let forgetsTermWhenRejoining = Mutation(rawValue: 1 << 11)
  /// A follower drops what stands behind an append's last entry, also when nothing contradicts it: an append that was
  /// overtaken takes acknowledged entries along.
  package static let truncatesWithoutConflict = Mutation(rawValue: 1 << 12)
  /// A leader's heartbeats name its commit index to followers that are not known to hold as much.
  package static let commitsUnverified = Mutation(rawValue: 1 << 14)
  /// A leader goes on with what it knew of the followers when it led before.
  package static let keepsProgress = Mutation(rawValue: 1 << 15)
  /// A read joins a round of heartbeats that has been sent already.
  package static let readsJoinSentRound = Mutation(rawValue: 1 << 16)
  /// In a joint configuration only the new half decides.
  package static let ignoresOldHalf = Mutation(rawValue: 1 << 17)
  /// Learners count as voters.
  package static let countsLearners = Mutation(rawValue: 1 << 18)
  /// The voters change in one step, however many of them.
  package static let skipsJointConfiguration = Mutation(rawValue: 1 << 19)
  /// A configuration whose entry was replaced by a new leader's stays in force.
  package static let keepsReplacedConfiguration = Mutation(rawValue: 1 << 20)
  /// A member campaigns without asking first whether it could win.
  package static let skipsPreVote = Mutation(rawValue: 1 << 21)
  /// Messages of earlier terms are taken for such of the present one.
  package static let ignoresStaleTerms = Mutation(rawValue: 1 << 22)
  /// A member votes for everyone who asks, also twice in a term.
  package static let votesTwice = Mutation(rawValue: 1 << 23)
  /// A member that lost the end of its log goes on in the last term that is left of it, and a leader that its forgotten
  /// vote had deposed finds it of use.
  package static let keepsTermAfterLostTail = Mutation(rawValue: 1 << 24)
}
