package import RaftCore

/// What one member's data folder holds: found by ``SurvivorReader``, judged by ``RecoveryPlan``.
package struct Survivor: Hashable, Sendable {
  /// A position in the log.
  package struct Position: Hashable, Sendable, Comparable {
    package var index: LogIndex
    package var term: Term

    package init(index: LogIndex, term: Term) {
      self.index = index
      self.term = term
    }

    /// Raft's order of logs: which one is more up to date (paper, §5.4.1).
    package static func < (left: Position, right: Position) -> Bool {
      left.term == right.term ? left.index < right.index : left.term < right.term
    }
  }

  /// One entry as far as it is compared: equal index and term mean the same entry, unless something is broken.
  package struct EntryMark: Hashable, Sendable {
    package var index: LogIndex
    package var term: Term
    package var checksum: UInt32

    package init(index: LogIndex, term: Term, checksum: UInt32) {
      self.index = index
      self.term = term
      self.checksum = checksum
    }
  }

  /// Something that is wrong with its files.
  package struct Defect: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      /// The last write was cut off: nothing of it had been acknowledged, unless the disk lied.
      case tornTail
      /// What was once written is damaged or gone.
      case damage
    }

    package var kind: Kind
    package var place: String
    package var reason: String

    package init(_ kind: Kind, place: String, reason: String) {
      self.kind = kind
      self.place = place
      self.reason = reason
    }
  }

  /// Where the folder lies.
  package var path: String
  package var clusterID: UInt64
  package var clusterName: String
  package var memberID: MemberID
  package var memberName: String
  /// A process has the folder locked.
  package var isInUse = false
  /// The last term that it has seen, and whom it voted for in it.
  package var term: Term = 0
  package var votedFor: MemberID?
  /// It had lost the end of its log, or (`hasLostAll`) its whole disk, and had not caught up.
  package var mustCatchUp = false
  package var hasLostAll = false
  package var defects: [Defect] = []
  /// The snapshot that its state begins with, with its revision; nil for a log that goes back to the beginning.
  package var snapshot: Position?
  package var snapshotRevision: Int64?
  /// The entries behind the snapshot, consecutive.
  package var entries: [EntryMark] = []
  /// The last entry that it has, or that its snapshot covers. Nil when nothing in the folder makes a state.
  package var last: Position?
  /// What it knew to be committed: at least its snapshot. It may be more.
  package var knownCommit: LogIndex = 0
  /// Its revisions: up to ``knownCommit``, and with the rest of its log.
  package var revisionAtCommit: Int64 = 1
  package var revisionAtEnd: Int64 = 1
  package var compactRevision: Int64 = 0
  /// The members as of the end of its log.
  package var voters: [MemberID] = []
  package var outgoingVoters: [MemberID] = []
  package var learners: [MemberID] = []
  /// What the members are called, by its state: also of those whose folders are not there.
  package var names: [MemberID: String] = [:]
  /// The revision at the highest index that any survivor knew to be committed, where this one's log reaches it.
  package var revisionAtHighestCommit: Int64?
  /// The keys that the entries behind that index change, as text, in order; the first few.
  package var uncommittedChanges: [String] = []

  package init(path: String, clusterID: UInt64, clusterName: String, memberID: MemberID, memberName: String) {
    self.path = path
    self.clusterID = clusterID
    self.clusterName = clusterName
    self.memberID = memberID
    self.memberName = memberName
  }

  /// The term of the entry at an index, as far as this folder tells.
  func mark(at index: LogIndex) -> EntryMark? {
    guard let first = entries.first, index >= first.index, index - first.index < UInt64(entries.count) else {
      return nil
    }
    return entries[Int(index - first.index)]
  }

  /// Before its first entry everything is committed.
  var firstIndex: LogIndex { (snapshot?.index ?? 0) + 1 }

  var membership: Membership { Membership(voters: voters, outgoing: outgoingVoters, learners: learners) }
}
