import RaftCore
import Testing

/// Entries from the last compacted one on: of that one the term is known, and nothing else.
@Suite struct CompactedEntryTests {
  /// A log that ends with the compacted entry 10 of term 3.
  private func member(_ cluster: inout Cluster) throws {
    let base = SnapshotMetadata(index: 10, term: 3, membership: Membership(voters: [1, 2, 3]))
    try cluster.start(1, from: RecoveredLog(hardState: HardState(term: 3, commit: 10), base: base))
  }

  private func receive(_ terms: [Term], _ cluster: inout Cluster) {
    let entries = terms.enumerated().map { Entry(term: $1, index: LogIndex($0 + 10), payload: [1]) }
    let append = Append(previousIndex: 9, previousTerm: terms[0], commit: 0, entries: entries)
    cluster.with(1) { $0.receive(RaftMessage(from: 2, to: 1, term: 4, body: .append(append))) }
  }

  /// What follows another entry 10 must not follow this one: terms would go back, and the log could not be read again.
  @Test func whatFollowsAnotherEntryIsNotTaken() throws {
    var cluster = try Cluster([1, 2, 3])
    try member(&cluster)
    receive([1, 1, 1], &cluster)
    #expect(cluster.faults == [.committedEntryOverwritten(index: 10, leader: 2, term: 4)])
    #expect(cluster.log(1).isEmpty)
  }

  @Test func whatFollowsTheSameEntryIsTaken() throws {
    var cluster = try Cluster([1, 2, 3])
    try member(&cluster)
    receive([3, 3, 4], &cluster)
    #expect(cluster.faults.isEmpty)
    #expect(cluster.log(1) == [3, 4])
  }
}
