package import RaftCore
import RaftLog

/// A plan as text, for the operator who decides.
package struct RecoveryReport: Sendable {
  private let plan: RecoveryPlan
  private let names: [MemberID: String]

  /// - Parameter names: of members whose folders are not there, where they are known.
  package init(_ plan: RecoveryPlan, names: [MemberID: String] = [:]) {
    self.plan = plan
    self.names = names
  }

  package var text: String {
    var lines = ["cluster \(plan.chosen.clusterName) (\(hexadecimal(plan.chosen.clusterID)))", ""]
    for (survivor, comparison) in zip(plan.survivors, plan.comparisons) {
      lines += describe(survivor, comparison) + [""]
    }
    lines.append("voters             \(list(plan.voters))")
    lines.append("missing            \(plan.missing.isEmpty ? "none" : list(plan.missing))")
    lines.append("known to be committed: entry \(plan.committed)\(revision(at: plan.chosen.revisionAtHighestCommit))")
    let best = plan.chosen
    lines.append("best log           \(best.memberName), \(best.path)")
    lines.append("                   with it the new cluster begins at revision \(best.revisionAtEnd)")
    if let undecided = plan.undecided {
      lines.append("it would commit    entries \(undecided.lowerBound) to \(undecided.upperBound)")
      lines += best.uncommittedChanges.map { "                   - \($0)" }
    }
    lines.append("")
    lines += plan.warnings.flatMap { ["! \($0)"] }
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ survivor: Survivor, _ comparison: RecoveryPlan.Comparison) -> [String] {
    var lines = ["\(survivor.memberName) (\(hexadecimal(survivor.memberID)))  \(survivor.path)"]
    if survivor.isInUse { lines.append("  IN USE by a running process") }
    let vote = survivor.votedFor.map { "voted for \(label($0))" } ?? "no vote"
    lines.append("  term             \(survivor.term), \(vote)")
    if survivor.hasLostAll {
      lines.append("  had lost its disk, and had not caught up")
    } else if survivor.mustCatchUp {
      lines.append("  had lost the end of its log, and had not caught up")
    }
    if let snapshot = survivor.snapshot {
      lines.append(
        "  snapshot         entry \(snapshot.index) of term \(snapshot.term)\(revision(at: survivor.snapshotRevision))")
    } else {
      lines.append("  snapshot         none")
    }
    if let first = survivor.entries.first, let last = survivor.entries.last {
      lines.append(
        "  log              entries \(first.index) (term \(first.term)) to \(last.index) (term \(last.term))")
    } else {
      lines.append("  log              no entries behind the snapshot")
    }
    for defect in survivor.defects {
      lines.append(
        "  \(defect.kind == .tornTail ? "torn tail       " : "DAMAGE          ") \(defect.place): \(defect.reason)")
    }
    guard survivor.last != nil else { return lines + ["  nothing in it makes a state"] }
    lines.append(
      "  committed        up to entry \(survivor.knownCommit) at least, revision \(survivor.revisionAtCommit)")
    lines.append("  with its log     revision \(survivor.revisionAtEnd) (compacted to \(survivor.compactRevision))")
    lines.append("  compared         \(describe(comparison))")
    return lines
  }

  private func describe(_ comparison: RecoveryPlan.Comparison) -> String {
    switch comparison {
    case .best: "the best one"
    case .same: "the same as the best one"
    case .behind(let count): "\(count) \(count == 1 ? "entry" : "entries") behind the best one"
    case .diverged(let from, let own, let best, let count):
      "other entries from \(from) on (term \(own), the best one has term \(best)): \(count) would be dropped"
    case .contradicts(let at): "CONTRADICTS the best one at entry \(at)"
    case .unknown: "cannot be compared: the logs do not overlap"
    case .unusable: "not usable"
    }
  }

  private func revision(at revision: Int64?) -> String { revision.map { ", revision \($0)" } ?? "" }

  private func list(_ members: [MemberID]) -> String { members.map(label).joined(separator: ", ") }

  private func label(_ member: MemberID) -> String {
    let name = plan.survivors.first { $0.memberID == member }?.memberName ?? plan.chosen.names[member] ?? names[member]
    return name.map { "\($0) (\(hexadecimal(member)))" } ?? hexadecimal(member)
  }
}
