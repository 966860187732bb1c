import RaftCore
import RaftLog

/// A plan for scripts. Ids are sixteen hexadecimal digits: as numbers, many a reader of JSON would round them.
package struct RecoveryDocument: Encodable, Sendable {
  package struct Position: Encodable, Sendable {
    var index: LogIndex
    var term: Term

    init(_ position: Survivor.Position) { (index, term) = (position.index, position.term) }
  }

  package struct Defect: Encodable, Sendable {
    var kind: String
    var place: String
    var reason: String
  }

  package struct Member: Encodable, Sendable {
    var name: String
    var id: String
    var path: String
    var isInUse: Bool
    var term: Term
    var votedFor: String?
    var mustCatchUp: Bool
    var hasLostAll: Bool
    var snapshot: Position?
    var snapshotRevision: Int64?
    var first: Position?
    var last: Position?
    var knownCommit: LogIndex
    var revisionAtCommit: Int64
    var revisionAtEnd: Int64
    var compactRevision: Int64
    var defects: [Defect]
    /// `best`, `same`, `behind`, `diverged`, `contradicts`, `unknown` or `unusable`.
    var comparison: String
    /// Of those that are `behind`: how many entries they lack; of those that `diverged`: how many would be dropped.
    var entries: UInt64?
    /// Where it differs first.
    var from: LogIndex?
  }

  var clusterID: String
  var clusterName: String
  var members: [Member]
  var voters: [String]
  var missing: [String]
  var hasMajority: Bool
  var best: String
  var committed: LogIndex
  var committedRevision: Int64?
  var holdsCommitted: Bool
  var undecidedFrom: LogIndex?
  var undecidedThrough: LogIndex?
  var undecidedChanges: [String]
  var revision: Int64
  var warnings: [String]

  package init(_ plan: RecoveryPlan) {
    clusterID = hexadecimal(plan.chosen.clusterID)
    clusterName = plan.chosen.clusterName
    members = zip(plan.survivors, plan.comparisons).map(Self.member)
    voters = plan.voters.map { hexadecimal($0) }
    missing = plan.missing.map { hexadecimal($0) }
    hasMajority = plan.hasMajority
    best = plan.chosen.memberName
    committed = plan.committed
    committedRevision = plan.chosen.revisionAtHighestCommit
    holdsCommitted = plan.holdsCommitted
    undecidedFrom = plan.undecided?.lowerBound
    undecidedThrough = plan.undecided?.upperBound
    undecidedChanges = plan.chosen.uncommittedChanges
    revision = plan.chosen.revisionAtEnd
    warnings = plan.warnings
  }

  private static func member(_ survivor: Survivor, _ comparison: RecoveryPlan.Comparison) -> Member {
    let (name, entries, from): (String, UInt64?, LogIndex?) =
      switch comparison {
      case .best: ("best", nil, nil)
      case .same: ("same", nil, nil)
      case .behind(let entries): ("behind", entries, nil)
      case .diverged(let from, _, _, let entries): ("diverged", entries, from)
      case .contradicts(let at): ("contradicts", nil, at)
      case .unknown: ("unknown", nil, nil)
      case .unusable: ("unusable", nil, nil)
      }
    return Member(
      name: survivor.memberName, id: hexadecimal(survivor.memberID), path: survivor.path, isInUse: survivor.isInUse,
      term: survivor.term, votedFor: survivor.votedFor.map { hexadecimal($0) }, mustCatchUp: survivor.mustCatchUp,
      hasLostAll: survivor.hasLostAll, snapshot: survivor.snapshot.map(Position.init),
      snapshotRevision: survivor.snapshotRevision,
      first: survivor.entries.first.map { Position(.init(index: $0.index, term: $0.term)) },
      last: survivor.last.map(Position.init), knownCommit: survivor.knownCommit,
      revisionAtCommit: survivor.revisionAtCommit, revisionAtEnd: survivor.revisionAtEnd,
      compactRevision: survivor.compactRevision,
      defects: survivor.defects.map { Defect(kind: $0.kind.rawValue, place: $0.place, reason: $0.reason) },
      comparison: name, entries: entries, from: from)
  }
}
