package import RaftCore
import Replica

/// A line of the timeline.
package struct ReplayLine: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case start, input, effect, members, end
    /// Only when asked for.
    case detail
    case gap, damage, difference, violation
  }

  /// The last input before it, counted over the member's start.
  package var input: UInt64
  /// The wall clock at the last tick before it, in milliseconds since 1970.
  package var time: UInt64
  package var kind: Kind
  package var text: String
}

/// A check that failed, and where.
package struct ReplayFinding: Hashable, Sendable {
  package var input: UInt64
  package var time: UInt64
  package var finding: StepFinding
  /// The input, in words.
  package var cause: String
  package var before: String
  package var after: String
}

/// What a replay of one member's recording came to.
package struct ReplayReport: Sendable {
  package struct Difference: Hashable, Sendable {
    package var input: UInt64
    package var time: UInt64
    package var text: String
  }

  /// An entry that the member took for committed.
  package struct Committed: Hashable, Sendable {
    package var term: Term
    package var digest: UInt64
  }

  package internal(set) var member: MemberID = 0
  package internal(set) var name = ""
  package internal(set) var clusterID: UInt64 = 0
  package internal(set) var segments = 0
  package internal(set) var inputs: UInt64 = 0
  package internal(set) var rounds: UInt64 = 0
  package internal(set) var gaps = 0
  package internal(set) var tornEnds = 0
  /// What cannot be read.
  package internal(set) var damages: [String] = []
  /// Where the replay did not do what the replica did; each ends its segment's replay.
  package internal(set) var differences: [Difference] = []
  package private(set) var findings: [ReplayFinding] = []
  /// Beyond those that are kept.
  package private(set) var furtherFindings = 0
  package private(set) var committed: [LogIndex: Committed] = [:]

  private static let kept = 100

  package init() {}

  package var isClean: Bool { damages.isEmpty && differences.isEmpty && findings.isEmpty }

  mutating func take(_ finding: ReplayFinding) {
    if findings.count < Self.kept { findings.append(finding) } else { furtherFindings += 1 }
  }

  mutating func take(committed entries: [Entry]) {
    for entry in entries {
      committed[entry.index] = Committed(term: entry.term, digest: PayloadStandIn.digest(entry.payload))
    }
  }
}

/// What the recordings of several members of a cluster say together.
package struct ReplayComparison: Sendable {
  private var leaders: [Term: (leader: MemberID, seenBy: String)] = [:]
  private var committed: [LogIndex: (entry: ReplayReport.Committed, seenBy: String)] = [:]
  private var clusterID: UInt64?
  /// What does not fit together, in words.
  package private(set) var contradictions: [String] = []
  package private(set) var comparedEntries = 0

  package init() {}

  /// - Parameter leaders: whom the member saw leading, by term.
  package mutating func add(_ report: ReplayReport, leaders: [Term: MemberID]) {
    let name = report.name.isEmpty ? StepAuditor.name(report.member) : report.name
    if let clusterID, clusterID != report.clusterID {
      contradictions.append("\(name) belongs to another cluster than those before")
      return
    }
    clusterID = report.clusterID
    for (term, leader) in leaders.sorted(by: { $0.key < $1.key }) {
      if let known = self.leaders[term], known.leader != leader {
        contradictions.append(
          """
          two leaders of term \(term): \(StepAuditor.name(known.leader)), as \(known.seenBy) saw it, and \
          \(StepAuditor.name(leader)), as \(name) did
          """
        )
      } else {
        self.leaders[term] = (leader, name)
      }
    }
    var differing: [LogIndex] = []
    for (index, entry) in report.committed {
      guard let known = committed[index] else {
        committed[index] = (entry, name)
        continue
      }
      comparedEntries += 1
      if known.entry != entry { differing.append(index) }
    }
    if let first = differing.min(), let known = committed[first], let entry = report.committed[first] {
      contradictions.append(
        """
        \(differing.count) entries differ, the first at index \(first): of term \(known.entry.term) at \
        \(known.seenBy), of term \(entry.term) at \(name)
        """
      )
    }
  }
}
