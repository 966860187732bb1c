/// Numbers the writes of one start, in their order.
package typealias WriteToken = UInt64

/// One write to the log on disk.
///
/// Apply its parts in this order: `base`, then `entries`, then `hardState`; sync; then tell ``Raft/persisted(_:)``.
/// Writes are done in the order of their tokens; several may share one sync. Either all of a write is found after a
/// crash, or a part of it whose records are in this order (then nobody has been told of it yet).
package struct LogWrite: Hashable, Sendable {
  package var token: WriteToken
  /// The log starts anew behind this snapshot, which is on disk already: every entry written before is void.
  package var base: SnapshotMetadata?
  /// Consecutive entries. Those written before with the first one's index or a higher one are void.
  package var entries: [Entry]
  /// The new hard state, where it changed.
  package var hardState: HardState?

  package init(token: WriteToken, base: SnapshotMetadata? = nil, entries: [Entry] = [], hardState: HardState? = nil) {
    self.token = token
    self.base = base
    self.entries = entries
    self.hardState = hardState
  }
}

/// What was on the disk when the process started.
package struct RecoveredLog: Hashable, Sendable {
  package var hardState: HardState
  /// What stands before the first entry: the last snapshot, or for a log that never had one, index 0 with the
  /// membership that the cluster was bootstrapped with.
  package var base: SnapshotMetadata
  /// The entries behind `base`, consecutive from `base.index + 1`.
  package var entries: [Entry]
  /// The log's end was torn and has been cut off: the member must catch up before it votes.
  package var hasLostTail: Bool
  /// An operator has decided that the member votes although the end of its log is lost: for when those who could
  /// bring it up to date are gone for good. What only this member had acknowledged is given up.
  package var acceptsLostTail = false
  /// The log on disk does not lead up to `base`: it must be made to start anew there before anything is appended, or
  /// what is appended would follow a gap or another entry, and be dropped at the next start.
  package private(set) var mustRebase = false

  package init(
    hardState: HardState = HardState(), base: SnapshotMetadata, entries: [Entry] = [], hasLostTail: Bool = false
  ) {
    self.hardState = hardState
    self.base = base
    self.entries = entries
    self.hasLostTail = hasLostTail
  }

  /// What a member has after a start, from the newest complete snapshot on its disk and its log.
  ///
  /// The log may reach back behind the snapshot (it is compacted later), end before it (the process died between
  /// storing a leader's snapshot and writing the log's new base), or disagree with it, in which case the log is what
  /// is void. `logBase` is what the log's own beginning says stands before its first entry.
  package init(
    hardState: HardState, logBase: SnapshotMetadata, entries: [Entry], newestSnapshot: SnapshotMetadata?,
    hasLostTail: Bool
  ) {
    var base = logBase
    var rest = entries
    var mustRebase = false
    if let snapshot = newestSnapshot, snapshot.index > logBase.index {
      let covered = entries.firstIndex { $0.index == snapshot.index }
      if let covered, entries[covered].term == snapshot.term {
        rest = Array(entries[(covered + 1)...])
      } else {
        rest = []
        mustRebase = true
      }
      base = snapshot
    }
    self.init(hardState: hardState, base: base, entries: rest, hasLostTail: hasLostTail)
    self.mustRebase = mustRebase
  }

  /// Why what was recovered is not a log.
  package enum Defect: Error, Hashable, Sendable {
    case gap(expected: LogIndex, found: LogIndex)
    case termsGoBack(at: LogIndex)
    case unreadableConfiguration(at: LogIndex)
    case noVoters
  }
}

/// A piece of this member's newest snapshot that a follower needs.
package struct SnapshotChunkRequest: Hashable, Sendable {
  package var to: MemberID
  /// The snapshot that the transfer began with, nil at a transfer's start. If it is gone, read the newest from its
  /// start instead.
  package var index: LogIndex?
  package var offset: UInt64
  package var maximumBytes: Int

  package init(to: MemberID, index: LogIndex?, offset: UInt64, maximumBytes: Int) {
    self.to = to
    self.index = index
    self.offset = offset
    self.maximumBytes = maximumBytes
  }
}

/// The role of a member, as in the dissertation, with the pre-vote's candidate apart.
package enum Role: UInt8, Hashable, Sendable, CaseIterable {
  case follower, preCandidate, candidate, leader
}

/// Who leads, as far as this member knows.
package struct Leadership: Hashable, Sendable {
  package var role: Role
  package var term: Term
  package var leader: MemberID?

  package init(role: Role, term: Term, leader: MemberID?) {
    self.role = role
    self.term = term
    self.leader = leader
  }
}

/// How a read request ended.
package struct ReadOutcome: Hashable, Sendable {
  package var request: UInt64
  /// A read that waits until this index is applied is linearisable. Nil: no leader could be asked; ask again.
  package var index: LogIndex?

  package init(request: UInt64, index: LogIndex?) {
    self.request = request
    self.index = index
  }
}

/// What is to be applied, in order.
package enum ApplyStep: Hashable, Sendable {
  /// Committed entries, consecutive.
  case entries([Entry])
  /// Put the state that the stored snapshot holds in the place of the present one.
  case snapshot(SnapshotMetadata)
}

/// What ``Raft`` wants done. The parts may be done concurrently, with the order that each says.
///
/// Nothing in `messages` depends on `write`: whatever does (votes, acknowledgements, and requests for votes) is kept
/// back and comes with a later `Ready`, once ``Raft/persisted(_:)`` has been told. A leader's appends leave while its
/// own disk still writes (dissertation, §10.2.1).
package struct Ready: Sendable {
  /// To be sent, those to the same member in this order. Each may be lost.
  package var messages: [RaftMessage] = []
  /// To be written and synced, see ``LogWrite``.
  package var write: LogWrite?
  /// To be applied, after what earlier ones gave.
  package var apply: [ApplyStep] = []
  /// Reads that are answered.
  package var reads: [ReadOutcome] = []
  /// Local proposals that were not taken.
  package var refused: [(ids: [ProposalID], reason: ProposalRefusal)] = []
  /// Pieces of the own snapshot to read; answer each with ``Raft/snapshotChunkRead(_:for:)``.
  package var chunksToRead: [SnapshotChunkRequest] = []
  /// A leader's snapshot that is not wanted any more: what was received of it can go. Before ``chunksToStore``.
  package var snapshotToDrop: SnapshotMetadata?
  /// Pieces of a leader's snapshot to put into a temporary file, in this order. One at offset 0 starts anew. Tell
  /// ``Raft/snapshotChunkStored(_:nextOffset:)`` after each but the last. When that is there: sync, put in its place,
  /// then tell ``Raft/snapshotStored(_:)``. Instead of either, ``Raft/snapshotRejected(_:)``: one of the three follows
  /// each piece, or the leader waits for ever.
  package var chunksToStore: [SnapshotChunk] = []
  /// The role, the term or the leader changed.
  package var leadership: Leadership?
  /// A peer broke the protocol, or this member's own state is damaged: stop the process, keep the disk as evidence.
  package var fault: RaftFault?
  /// The member may vote again after it had lost the end of its log, or all of it.
  package var hasCaughtUp = false

  package var isEmpty: Bool {
    messages.isEmpty && write == nil && apply.isEmpty && reads.isEmpty && refused.isEmpty && chunksToRead.isEmpty
      && chunksToStore.isEmpty && snapshotToDrop == nil && leadership == nil && !hasCaughtUp && fault == nil
  }
}

/// What can only be a bug or a damaged disk, here or at a peer.
package enum RaftFault: Error, Hashable, Sendable {
  /// A leader's entry contradicts a committed one.
  case committedEntryOverwritten(index: LogIndex, leader: MemberID, term: Term)
  /// Two members lead in one term.
  case twoLeaders(term: Term, MemberID, MemberID)
  /// A configuration entry that cannot be read.
  case unreadableConfiguration(index: LogIndex)
}
