import MVCC
import RaftCore
import Replica
import Testing

/// A state under a policy, with a write now and then.
private struct Writer {
  var state: ReplicaState
  private var sequence: UInt64 = 0

  init(_ policy: AutoCompactionPolicy) {
    var configuration = ReplicaConfiguration(member: 1, seed: 1)
    configuration.tickMilliseconds = 1000
    configuration.checkpointTicks = .max
    configuration.autoCompaction = policy
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1]))
    state = ReplicaState(configuration: configuration, start: 1, base: base)
  }

  mutating func lead(_ leads: Bool) {
    state.leadershipChanged(Leadership(role: leads ? .leader : .follower, term: 1, leader: 1))
  }

  mutating func apply(_ command: Command) {
    sequence += 1
    let id = ProposalID(origin: 1, start: 1, sequence: sequence)
    let payload = Envelope(id: id, time: 0, command: .store(command)).encoded()
    _ = state.apply([Entry(term: 1, index: state.appliedIndex + 1, kind: .command, payload: payload)])
  }

  /// A put a second. Returns when compactions were proposed, and where; they are applied if `applies`.
  mutating func run(seconds: Int, from start: Int = 0, applies: Bool = true) -> [Int: Int64] {
    var proposed: [Int: Int64] = [:]
    for second in (start + 1)...(start + seconds) {
      apply(.put(PutRequest(key: [1], value: [])))
      state.tick()
      for case .propose(.store(.compact(let revision))) in state.takeEffects() {
        proposed[second] = revision
        if applies { apply(.compact(revision: revision)) }
      }
    }
    return proposed
  }
}

@Suite struct AutoCompactionTests {
  /// One put a second, so a revision is one second: what is older than the retention goes, and no more.
  @Test(arguments: [100, 600, 3600]) func shortRetentionsCompactOncePerRetention(_ retention: Int) {
    var writer = Writer(.periodic(milliseconds: Int64(retention) * 1000))
    writer.lead(true)
    let proposed = writer.run(seconds: 4 * retention)
    let times = proposed.keys.sorted()
    #expect(times == [1, 2, 3].map { $0 * retention + retention / 10 })
    for (time, revision) in proposed { #expect(revision == Int64(time - retention + 1)) }
  }

  @Test func longRetentionsCompactEveryHour() {
    var writer = Writer(.periodic(milliseconds: 3 * 3_600_000))
    writer.lead(true)
    let proposed = writer.run(seconds: 6 * 3600)
    #expect(proposed.keys.sorted() == [11160, 14760, 18360])
    for (time, revision) in proposed { #expect(revision == Int64(time - 3 * 3600 + 1)) }
  }

  @Test func revisionsAreKeptByTheirNumber() {
    var writer = Writer(.revision(count: 1000))
    writer.lead(true)
    let proposed = writer.run(seconds: 2000)
    #expect(proposed == [1200: 201, 1500: 501, 1800: 801])
  }

  /// A follower knows when it becomes the leader how old the revisions are; two leaders do not compact twice.
  @Test func itSurvivesALeadersEnd() {
    var writer = Writer(.periodic(milliseconds: 600_000))
    #expect(writer.run(seconds: 1300).isEmpty)
    writer.lead(true)
    // The former leader did it at 660 and 1260; the next is due at 1860.
    writer.apply(.compact(revision: 661))
    let proposed = writer.run(seconds: 700, from: 1300)
    #expect(proposed == [1860: 1261])
    var lost = Writer(.revision(count: 100))
    lost.lead(true)
    // A proposal that got lost is made up for by the next.
    #expect(lost.run(seconds: 700, applies: false).values.sorted() == [201, 501])
    lost.lead(false)
    #expect(lost.run(seconds: 700).isEmpty)
  }

  @Test func nothingIsProposedWhereNothingIsNew() {
    var writer = Writer(.revision(count: 10))
    writer.lead(true)
    _ = writer.run(seconds: 300)
    for _ in 0..<2000 { writer.state.tick() }
    #expect(writer.state.takeEffects().filter { if case .propose = $0 { true } else { false } }.isEmpty)
  }
}
