import ByteCoding
import RaftCore
import Replica

/// A replica's log as its writes have made it, from outside: terms, digests and configurations.
struct AuditedLog: Sendable {
  typealias Content = ConsensusOrigin.LogEntry

  private var base: SnapshotMetadata
  private var entries: [Content] = []
  private var configurations: [(index: LogIndex, membership: Membership)] = []
  /// The first configuration in the log of a member that joined with an empty one is not what came before.
  private var baseIsCertain = true

  init() { base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [])) }

  init(_ origin: ConsensusOrigin) {
    base = origin.base
    entries = origin.entries
    configurations = origin.configurations
    baseIsCertain = base.index > 0
  }

  var lastIndex: LogIndex { base.index + LogIndex(entries.count) }
  private var lastTerm: Term { entries.last?.term ?? base.term }

  /// The last one, committed or not: that is in force (§6).
  var membership: Membership? { configurations.last?.membership ?? base.membership }

  func entry(at index: LogIndex) -> Content? {
    index > base.index && index <= lastIndex ? entries[Int(index - base.index - 1)] : nil
  }

  mutating func reset(to metadata: SnapshotMetadata) {
    base = metadata
    entries = []
    configurations = []
    baseIsCertain = true
  }

  /// Nobody looks there any more.
  mutating func forget(before index: LogIndex) {
    // A copy of the rest is made only now and then.
    guard index > base.index + 65536, let term = entry(at: index)?.term else { return }
    let membership = configurations.last { $0.index <= index }?.membership
    if membership != nil { baseIsCertain = true }
    entries.removeFirst(Int(index - base.index))
    configurations.removeAll { $0.index <= index }
    base = SnapshotMetadata(index: index, term: term, membership: membership ?? base.membership)
  }

  /// Puts entries in the place of what was there from the first one's index on. Says what is wrong with that.
  mutating func append(_ new: [Entry], commit: LogIndex, term: Term) -> [StepFinding] {
    var findings: [StepFinding] = []
    func find(_ check: StepCheck, _ what: String) { findings.append(StepFinding(check, what)) }
    guard let first = new.first else { return [] }
    guard first.index > base.index, first.index <= lastIndex + 1 else {
      find(.logMatching, "entry \(first.index) is written behind \(lastIndex)")
      return findings
    }
    if first.index <= commit, first.index <= lastIndex {
      find(.committedStays, "entry \(first.index) is written anew, and everything up to \(commit) was committed")
    }
    if let known = entry(at: first.index), known.term == first.term,
      known.digest != PayloadStandIn.digest(first.payload)
    {
      find(.logMatching, "entry \(first.index) of term \(first.term) is written twice, and differs")
    }
    entries.removeLast(Int(lastIndex + 1 - first.index))
    configurations.removeAll { $0.index >= first.index }
    for entry in new {
      if entry.index != lastIndex + 1 { find(.logMatching, "entry \(entry.index) is written behind \(lastIndex)") }
      if entry.term < lastTerm {
        find(.logMatching, "entry \(entry.index) of term \(entry.term) is behind one of \(lastTerm)")
      }
      if entry.term > term { find(.logMatching, "entry \(entry.index) is of term \(entry.term), which has not come") }
      entries.append(Content(term: entry.term, kind: entry.kind, digest: PayloadStandIn.digest(entry.payload)))
      guard entry.kind == .configuration, let change = try? ConfigurationChange(decoding: entry.payload[...]) else {
        continue
      }
      if let problem = problem(with: change.membership) { find(.jointChanges, "entry \(entry.index): \(problem)") }
      configurations.append((entry.index, change.membership))
    }
    return findings
  }

  /// Where the voters change, both halves must decide meanwhile (§6).
  private func problem(with next: Membership) -> String? {
    guard let present = membership, baseIsCertain || !configurations.isEmpty, !present.voters.isEmpty else {
      return nil
    }
    if present.isJoint {
      if next.isJoint || next.incoming != present.incoming {
        return "a change of the voters begins before the last one is complete"
      }
    } else if next.incoming == present.incoming {
      if next.isJoint { return "a joint configuration that changes nothing" }
    } else if next.outgoing != present.incoming {
      return "the voters change from \(present.incoming) to \(next.incoming) without a joint configuration"
    }
    return nil
  }
}
