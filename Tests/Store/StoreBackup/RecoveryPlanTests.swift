import RaftCore
import StoreBackup
import Testing

/// The decision, from values alone.
@Suite struct RecoveryPlanTests {
  /// A survivor whose log has these terms from entry 1 on, or behind a snapshot.
  private func survivor(
    _ id: MemberID, _ terms: [Term], commit: LogIndex, behind snapshot: Survivor.Position? = nil,
    voters: [MemberID] = [1, 2, 3]
  ) -> Survivor {
    var survivor = Survivor(path: "/s\(id)", clusterID: 7, clusterName: "lab", memberID: id, memberName: "s\(id)")
    survivor.snapshot = snapshot
    let first = (snapshot?.index ?? 0) + 1
    survivor.entries = terms.enumerated().map {
      .init(index: first + UInt64($0), term: $1, checksum: UInt32($1) * 1000 + UInt32(first) + UInt32($0))
    }
    survivor.last = survivor.entries.last.map { .init(index: $0.index, term: $0.term) } ?? snapshot
    survivor.term = survivor.last?.term ?? 0
    survivor.knownCommit = commit
    survivor.voters = voters
    return survivor
  }

  @Test func theHigherLastTermWinsNotTheLongerLog() throws {
    let plan = try RecoveryPlan([survivor(1, [1, 1, 1, 1, 1], commit: 2), survivor(2, [1, 1, 2], commit: 2)])
    #expect(plan.chosen.memberID == 2 && plan.committed == 2 && plan.holdsCommitted)
    #expect(plan.undecided == 3...3)
    #expect(plan.comparisons == [.diverged(from: 3, own: 1, best: 2, entries: 3), .best])
    #expect(plan.missing == [3])
    #expect(plan.hasMajority)
    let report = RecoveryReport(plan).text
    #expect(
      report.contains("other entries from 3 on (term 1, the best one has term 2): 3 would be dropped"), "\(report)")
    #expect(report.contains("Start them instead"))
  }

  @Test func ofEqualTermsTheLongerLogWins() throws {
    let plan = try RecoveryPlan(
      [survivor(1, [1, 2, 2], commit: 3), survivor(2, [1, 2, 2, 2, 2], commit: 1)])
    #expect(plan.chosen.memberID == 2 && plan.comparisons == [.behind(entries: 2), .best])
    #expect(plan.committed == 3 && plan.undecided == 4...5 && plan.holdsCommitted)
  }

  @Test func aLostMajorityIsSaidAndWhatCannotBeKnown() throws {
    var alone = survivor(1, [1, 1, 4], commit: 2, voters: [1, 2, 3])
    (alone.term, alone.votedFor, alone.revisionAtEnd) = (6, 2, 17)
    let plan = try RecoveryPlan([alone])
    #expect(!plan.hasMajority && plan.missing == [2, 3] && plan.chosen.memberID == 1)
    let warnings = plan.warnings.joined(separator: "\n")
    #expect(warnings.contains("any revision above 17"), "\(warnings)")
    #expect(warnings.contains("has seen term 6 and voted for 0000000000000002"), "\(warnings)")
    #expect(RecoveryReport(plan, names: [2: "s2"]).text.contains("s2 (0000000000000002)"))
  }

  @Test func lossOfWhatWasCommittedIsSaid() throws {
    // It knew entry 5 to be committed, and the end of its log is gone.
    let torn = survivor(1, [1, 1, 1], commit: 5)
    let plan = try RecoveryPlan([torn])
    #expect(!plan.holdsCommitted && plan.committed == 5 && plan.undecided == nil)
    #expect(plan.warnings.contains { $0.contains("does NOT hold") })
    // One with a higher last term, that has something else where another knows what is committed: a disk lied.
    let other = try RecoveryPlan([survivor(1, [1, 1, 1], commit: 3), survivor(2, [1, 1, 2], commit: 1)])
    #expect(other.chosen.memberID == 2 && !other.holdsCommitted)
    // Its own stale tail below what another knows is nothing bad.
    let stale = try RecoveryPlan([survivor(1, [1, 1, 1], commit: 1), survivor(2, [1, 2, 2], commit: 3)])
    #expect(stale.chosen.memberID == 2 && stale.holdsCommitted)
    #expect(stale.comparisons[0] == .diverged(from: 2, own: 1, best: 2, entries: 2))
  }

  @Test func snapshotsCountForWhatTheyCover() throws {
    let short = survivor(1, [1, 1, 1], commit: 3)
    let long = survivor(2, [2, 2], commit: 11, behind: .init(index: 10, term: 2))
    let plan = try RecoveryPlan([short, long])
    #expect(plan.chosen.memberID == 2 && plan.comparisons[0] == .behind(entries: 9))
    // Entry 3 of the one is covered by the other's snapshot, in another term: it was never committed.
    let covering = survivor(2, [2], commit: 3, behind: .init(index: 3, term: 2))
    let other = try RecoveryPlan([survivor(1, [1, 1, 1], commit: 1), covering])
    #expect(other.comparisons[0] == .diverged(from: 3, own: 1, best: 2, entries: 1) && other.holdsCommitted)
    let same = try RecoveryPlan([survivor(1, [1, 1, 2, 2], commit: 4), covering])
    #expect(same.comparisons.contains(.same))
  }

  @Test func aContradictionIsNotPaperedOver() throws {
    var one = survivor(1, [1, 1, 1], commit: 3)
    one.entries[1].checksum ^= 1
    let plan = try RecoveryPlan([one, survivor(2, [1, 1, 1], commit: 3)])
    #expect(plan.comparisons.contains(.contradicts(at: 2)))
    #expect(plan.warnings.contains { $0.contains("different entries at 2") })
    #expect(!plan.holdsCommitted)
  }

  @Test func thereIsNotAlwaysAPlan() throws {
    #expect(throws: RecoveryPlan.Refusal.nothingGiven) { try RecoveryPlan([]) }
    var foreign = survivor(2, [1], commit: 1)
    foreign.clusterID = 8
    let error = #expect(throws: RecoveryPlan.Refusal.self) { try RecoveryPlan([survivor(1, [1], commit: 1), foreign]) }
    #expect("\(error as Any)".contains("several clusters"))
    #expect(throws: RecoveryPlan.Refusal.sameMemberTwice("s1", ["/s1", "/s1"])) {
      try RecoveryPlan([survivor(1, [1], commit: 1), survivor(1, [1, 1], commit: 1)])
    }
    var empty = survivor(1, [], commit: 0)
    empty.last = nil
    #expect(throws: RecoveryPlan.Refusal.nothingUsable) { try RecoveryPlan([empty]) }
    // One that holds nothing counts as missing.
    let plan = try RecoveryPlan([empty, survivor(2, [1], commit: 1)])
    #expect(plan.missing == [1, 3] && plan.comparisons == [.unusable, .best])
  }

  @Test func bothHalvesOfAChangeCount() throws {
    var one = survivor(1, [1, 1], commit: 2, voters: [1, 2, 3])
    one.outgoingVoters = [1, 4, 5]
    var two = survivor(2, [1], commit: 1, voters: [1, 2, 3])
    two.outgoingVoters = [1, 4, 5]
    let plan = try RecoveryPlan([one, two])
    #expect(!plan.hasMajority && plan.missing == [3, 4, 5])
  }
}
