/// What replicas say to each other.
///
/// The transport may lose, duplicate, delay and reorder messages; it must not alter them, and it vouches for `from`
/// (the peer's certificate names it). A duplicate of ``Body/propose(_:)`` or ``Body/proposalsRefused(_:_:)`` costs the
/// certainty of a refusal, nothing else: over TCP there is none. See `RaftMessage+Coding.swift` for the format.
package struct RaftMessage: Hashable, Sendable {
  package var from: MemberID
  package var to: MemberID
  /// The sender's term; for a pre-vote the term that it would campaign in.
  package var term: Term
  package var body: Body

  package init(from: MemberID, to: MemberID, term: Term, body: Body) {
    self.from = from
    self.to = to
    self.term = term
    self.body = body
  }

  package enum Body: Hashable, Sendable {
    case preVote(VoteRequest)
    case preVoteResponse(VoteResponse)
    case vote(VoteRequest)
    case voteResponse(VoteResponse)
    case append(Append)
    case appendResponse(AppendResponse)
    case heartbeat(Heartbeat)
    case heartbeatResponse(round: UInt64)
    case snapshotChunk(SnapshotChunk)
    case snapshotProgress(SnapshotProgress)
    /// The leader asks its successor to campaign at once (dissertation, §3.10).
    case timeoutNow
    /// A follower passes its clients' commands on to the leader, in their order.
    case propose([Proposal])
    /// The receiver of ``propose(_:)`` did not take these.
    case proposalsRefused([ProposalID], ProposalRefusal)
    /// A follower asks for a read index, for reads that it batches under one number of its own.
    case readIndex(request: UInt64)
    /// `index` is nil when the receiver does not lead.
    case readIndexResponse(request: UInt64, index: LogIndex?)
    /// A member that lost the end of its log asks what it must hold before it may vote again.
    case recoveryQuery(nonce: UInt64)
    case recoveryAnswer(nonce: UInt64, lastIndex: LogIndex)
    /// Asks the leader to hand over to a member, on behalf of an operator at another replica. Zero: to whom it likes.
    case transferLeadership(to: MemberID)
  }
}

/// RequestVote and its trial run, the pre-vote (paper, figure 2; dissertation, §9.6).
package struct VoteRequest: Hashable, Sendable {
  package var lastIndex: LogIndex
  package var lastTerm: Term
  /// The leader asked for this campaign: members vote although they have just heard from it.
  package var isTransfer: Bool

  package init(lastIndex: LogIndex, lastTerm: Term, isTransfer: Bool = false) {
    self.lastIndex = lastIndex
    self.lastTerm = lastTerm
    self.isTransfer = isTransfer
  }
}

package struct VoteResponse: Hashable, Sendable {
  package var isGranted: Bool
  /// The voter has lost the end of its log and its vote may be a second one: it counts only when *every* voter
  /// agrees, for then nothing that any of them still has can be missed. (Without this, a power cut that tears the
  /// logs of a majority would end the cluster.)
  package var isProvisional: Bool

  package init(isGranted: Bool, isProvisional: Bool = false) {
    self.isGranted = isGranted
    self.isProvisional = isProvisional
  }
}

/// AppendEntries (figure 2). `entries` are consecutive and start at `previousIndex + 1`.
package struct Append: Hashable, Sendable {
  package var previousIndex: LogIndex
  package var previousTerm: Term
  package var commit: LogIndex
  package var entries: [Entry]

  package init(previousIndex: LogIndex, previousTerm: Term, commit: LogIndex, entries: [Entry]) {
    self.previousIndex = previousIndex
    self.previousTerm = previousTerm
    self.commit = commit
    self.entries = entries
  }
}

package enum AppendResponse: Hashable, Sendable {
  /// Everything up to `match` agrees with the leader's log and is on the sender's disk.
  case accepted(match: LogIndex)
  /// The log has no entry of the term asked for at `previousIndex`. `hintIndex` is the highest index at or below it
  /// whose term (`hintTerm`) is not above the leader's at that place, so that the leader can skip a whole term.
  /// `lostTail`: the sender's disk lost entries that it may have acknowledged, forget what it said before.
  case rejected(previousIndex: LogIndex, hintIndex: LogIndex, hintTerm: Term, lostTail: Bool)
}

package struct Heartbeat: Hashable, Sendable {
  /// What the receiver may commit: never beyond what it is known to hold.
  package var commit: LogIndex
  /// Grows with every round; an answer confirms this round and all before it.
  package var round: UInt64

  package init(commit: LogIndex, round: UInt64) {
    self.commit = commit
    self.round = round
  }
}

/// A piece of a snapshot. Pieces come in order, one at a time; the receiver says where to go on.
package struct SnapshotChunk: Hashable, Sendable {
  package var metadata: SnapshotMetadata
  /// The whole snapshot's size in bytes.
  package var totalSize: UInt64
  package var offset: UInt64
  package var data: [UInt8]

  package init(metadata: SnapshotMetadata, totalSize: UInt64, offset: UInt64, data: [UInt8]) {
    self.metadata = metadata
    self.totalSize = totalSize
    self.offset = offset
    self.data = data
  }

  /// Whether nothing follows.
  package var isLast: Bool { offset + UInt64(data.count) >= totalSize }
}

package struct SnapshotProgress: Hashable, Sendable {
  package var index: LogIndex
  package var term: Term
  /// The offset that the receiver wants next, what is before it being stored; equal to the size when it has everything
  /// but has not synced it yet.
  package var nextOffset: UInt64

  package init(index: LogIndex, term: Term, nextOffset: UInt64) {
    self.index = index
    self.term = term
    self.nextOffset = nextOffset
  }
}

/// Names a proposal across the cluster and across restarts: the member whose client made it, which of that member's
/// starts it was (``HardState/starts``), and a number within it.
package struct ProposalID: Hashable, Sendable {
  package var origin: MemberID
  package var start: UInt64
  package var sequence: UInt64

  package init(origin: MemberID, start: UInt64, sequence: UInt64) {
    self.origin = origin
    self.start = start
    self.sequence = sequence
  }
}

/// A command on its way into the log; the payload becomes the entry's.
package struct Proposal: Hashable, Sendable {
  package var id: ProposalID
  package var payload: [UInt8]

  package init(id: ProposalID, payload: [UInt8]) {
    self.id = id
    self.payload = payload
  }
}

/// Why a proposal was not taken. It has had no effect and will have none (unless the network delivered it twice, and
/// the other copy was taken).
package enum ProposalRefusal: UInt8, Hashable, Sendable, CaseIterable {
  /// The receiver does not lead, or no leader was known for too long.
  case noLeader = 0
  /// Too much waits for its commit already, by count or by bytes.
  case overloaded = 1
  /// The leader is handing over.
  case transferring = 2
  /// The command is larger than an entry may be.
  case tooLarge = 3
  /// A configuration change that is not allowed now (one is under way) or at all.
  case configuration = 4
  /// The receiver cannot read the command: usually a newer version's.
  case unreadable = 5
  /// A learner that is to vote has not caught up, as far as the leader knows.
  case learnerNotReady = 6
  /// A voter is to leave, and those of the others that live would be no majority.
  case unhealthy = 7
}
