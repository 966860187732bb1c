import RaftCore
import Replay
import Replica
import Testing

/// Recordings of simulated replicas, replayed. (The process's own are in Tests/Store/StoreNode/RecordingTests.)
@Suite struct RecordingTests {
  private static var seeds: ClosedRange<UInt64> { 1...(_isDebugAssertConfiguration() ? 4 : 15) }

  /// What was recorded comes out again, under all faults: each effect, the state at each segment's beginning, and
  /// nothing that the checks would object to.
  @Test func whatWasRecordedHappensAgain() async throws {
    var (inputs, segments, starts) = (UInt64(0), 0, 0)
    for seed in Self.seeds {
      let world = try World(seed: seed, records: true, audits: true)
      try world.run()
      for (id, recording) in world.recordings {
        var lines: [ReplayLine] = []
        let report = try recording.replay { lines.append($0) }.report
        #expect(report.isClean && report.gaps == 0, "seed \(seed), replica \(id): \(lines.suffix(3).map(\.text))")
        inputs += report.inputs
        segments += report.segments
        starts += lines.count { $0.kind == .start }
      }
    }
    print("recordings: \(inputs) inputs in \(segments) segments, \(starts) starts")
    #expect(segments > 10 * Self.seeds.count && starts > 3 * Self.seeds.count)
  }

  // MARK: - Bugs

  struct Bug: Sendable, CustomTestStringConvertible {
    var name: String
    var mutation: Mutation
    var check: StepCheck
    var testDescription: String { name }
  }

  /// What one replica alone shows of a bug, by the check that must find it first.
  static let bugs: [Bug] = [
    Bug(name: "acknowledges before the sync", mutation: .acknowledgesBeforeSync, check: .acknowledgements),
    Bug(name: "counts itself before the sync", mutation: .countsItselfBeforeSync, check: .majorities),
    Bug(name: "forgets its vote", mutation: .forgetsVote, check: .votesAreSynced),
    Bug(name: "votes for everyone", mutation: .votesTwice, check: .oneVote),
    Bug(name: "ignores the log in votes", mutation: .ignoresLogInVotes, check: .logsAreCompared),
    Bug(name: "commits entries of earlier terms by counting", mutation: .commitsStaleTerms, check: .ownTerm),
    Bug(name: "skips the consistency check", mutation: .skipsConsistencyCheck, check: .logMatching),
    Bug(name: "truncates without a conflict", mutation: .truncatesWithoutConflict, check: .truncations),
    Bug(name: "commits what was not verified", mutation: .commitsUnverified, check: .heartbeats),
    Bug(name: "keeps what it knew when it led before", mutation: .keepsProgress, check: .heartbeats),
    Bug(name: "takes messages of earlier terms", mutation: .ignoresStaleTerms, check: .staleTerms),
    Bug(name: "campaigns without a pre-vote", mutation: .skipsPreVote, check: .preVote),
    Bug(name: "votes after it lost the end of its log", mutation: .votesAfterLostTail, check: .lostTailsDoNotVote),
    Bug(name: "votes after it lost its disk", mutation: .votesAfterRejoining, check: .lostTailsDoNotVote),
    Bug(name: "lets the new half decide alone", mutation: .ignoresOldHalf, check: .majorities),
    Bug(name: "counts learners", mutation: .countsLearners, check: .majorities),
    Bug(name: "skips the joint configuration", mutation: .skipsJointConfiguration, check: .jointChanges),
    Bug(name: "keeps a configuration that was replaced", mutation: .keepsReplacedConfiguration, check: .configurations),
    Bug(name: "reads without a quorum", mutation: .readsWithoutQuorum, check: .reads),
    Bug(
      name: "reads before an entry of the own term is committed", mutation: .readsBeforeOwnTermCommits, check: .reads),
    Bug(name: "lets reads join a round that was sent", mutation: .readsJoinSentRound, check: .reads),
  ]

  /// A recording of a replica with a bug shows the bug: the replay finds it, at the input at which the replica itself
  /// would have been found out.
  @Test(arguments: bugs) func aBugIsFoundInTheRecording(_ bug: Bug) async throws {
    var others: Set<String> = []
    for seed in 1...UInt64(60) {
      let world = try World(seed: seed, mutations: bug.mutation, records: true)
      // What the simulation itself says of it does not matter here.
      try? world.run()
      for (_, recording) in world.recordings.sorted(by: { $0.key < $1.key }) {
        let report = try recording.replay().report
        #expect(report.damages.isEmpty && report.differences.isEmpty)
        guard let found = report.findings.first(where: { $0.finding.check == bug.check }) else {
          others.formUnion(report.findings.map(\.finding.check.rawValue))
          continue
        }
        print("replay | \(bug.name) | \(seed) | \(found.finding.check.rawValue)")
        try expectAudited(bug, seed, report.findings[0])
        return
      }
    }
    Issue.record("\(bug.name): not found in 60 seeds; but \(others)")
  }

  /// The same run, looked at as it goes, stops where the replay found the first thing (or another replica's earlier).
  private func expectAudited(_ bug: Bug, _ seed: UInt64, _ found: ReplayFinding) throws {
    let world = try World(seed: seed, mutations: bug.mutation, records: true, audits: true)
    let violation = #expect(throws: Violation.self) { try world.run() }
    let firsts = try world.recordings.values.compactMap { try $0.replay().report.findings.first }
    #expect(firsts.contains { violation?.description.contains($0.finding.description) ?? false }, "\(found)")
  }

  /// The recorded inputs, given to a build without the bug, come to something else: the replay says where.
  @Test func anotherBuildDeparts() async throws {
    let world = try World(seed: 1, mutations: .forgetsVote, records: true)
    try? world.run()
    var options = Replayer.Options()
    options.ignoresMutations = true
    let departures = try world.recordings.values.flatMap { try $0.replay(options).report.differences }
    #expect(!departures.isEmpty)
    #expect(departures.allSatisfy { $0.text.contains("in the replay") })
  }
}
