import MVCC
import RaftCore
import Replica
import StoreAuth
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A simulation that does not catch known bugs proves nothing by passing: each of these is switched on, and must be
/// found. How many seeds it took is printed, and stands in docs/design/simulation.md.
///
///     APUS_MUTANT=text   only those in whose name the text occurs
@Suite struct MutantTests {
  struct Mutant: Sendable, CustomTestStringConvertible {
    var name: String
    var mutation: Mutation
    /// Within so many seeds it must be found.
    var seeds: UInt64 = 300

    var testDescription: String { name }
  }

  /// Consensus and log.
  static let consensus: [Mutant] = [
    Mutant(name: "acknowledges before the sync", mutation: .acknowledgesBeforeSync),
    Mutant(name: "counts itself before the sync", mutation: .countsItselfBeforeSync),
    Mutant(name: "forgets its vote", mutation: .forgetsVote),
    Mutant(name: "votes for everyone", mutation: .votesTwice),
    Mutant(name: "ignores the log in votes", mutation: .ignoresLogInVotes),
    Mutant(name: "commits entries of earlier terms by counting", mutation: .commitsStaleTerms),
    Mutant(name: "skips the consistency check", mutation: .skipsConsistencyCheck),
    Mutant(name: "truncates without a conflict", mutation: .truncatesWithoutConflict),
    Mutant(name: "commits what was not verified", mutation: .commitsUnverified),
    Mutant(name: "keeps what it knew when it led before", mutation: .keepsProgress),
    Mutant(name: "takes messages of earlier terms", mutation: .ignoresStaleTerms),
    Mutant(name: "campaigns without a pre-vote", mutation: .skipsPreVote),
    Mutant(name: "votes after it lost the end of its log", mutation: .votesAfterLostTail),
    Mutant(name: "keeps its term after it lost the end of its log", mutation: .keepsTermAfterLostTail),
    Mutant(name: "votes after it lost its disk", mutation: .votesAfterRejoining),
    Mutant(name: "forgets the term when it rejoins", mutation: .forgetsTermWhenRejoining),
  ]

  /// Members.
  static let membership: [Mutant] = [
    Mutant(name: "lets the new half decide alone", mutation: .ignoresOldHalf),
    Mutant(name: "counts learners", mutation: .countsLearners),
    Mutant(name: "skips the joint configuration", mutation: .skipsJointConfiguration),
    Mutant(name: "keeps a configuration that was replaced", mutation: .keepsReplacedConfiguration),
  ]

  /// Reads.
  static let reads: [Mutant] = [
    Mutant(name: "reads without a quorum", mutation: .readsWithoutQuorum),
    Mutant(name: "reads before an entry of the own term is committed", mutation: .readsBeforeOwnTermCommits),
    Mutant(name: "lets reads join a round that was sent", mutation: .readsJoinSentRound),
    Mutant(name: "reads before the index is applied", mutation: .readsUnapplied),
  ]

  /// The state machine: proposals, snapshots, leases, transactions, watches.
  static let state: [Mutant] = [
    Mutant(name: "applies duplicates", mutation: .appliesDuplicates),
    Mutant(name: "loses the sessions in a snapshot", mutation: .snapshotLosesSessions),
    Mutant(name: "loses the leases' renewals in a snapshot", mutation: .snapshotLosesRenewals),
    Mutant(name: "claims one entry too many for a snapshot", mutation: .snapshotClaimsNextEntry),
    Mutant(name: "ends leases that were kept alive", mutation: .endsRenewedLeases),
    Mutant(name: "keeps a lease alive in name only", mutation: .keepAliveLeavesClock),
    Mutant(name: "stretches leases when the leader changes", mutation: .leasesRestartWithLeader),
    Mutant(name: "ends leases besides the log", mutation: .endsLeasesByItself),
    Mutant(name: "ends leases with keys of others", mutation: Mutation(.leasesKeepKeys)),
    Mutant(name: "leaves a key of a lease behind", mutation: Mutation(.revocationsSpareAKey)),
    Mutant(name: "compares with the past", mutation: Mutation(.comparesPast)),
    Mutant(name: "counts a deletion of nothing", mutation: Mutation(.emptyDeletionsCount)),
    Mutant(name: "compacts one revision too far", mutation: Mutation(.compactsTooFar)),
    Mutant(name: "forgets a deletion at the compaction's revision", mutation: Mutation(.compactionsDropDeletions)),
    Mutant(name: "resumes a watch one revision late", mutation: Mutation(.watchesResumeLate)),
    Mutant(name: "splits a revision in a watch", mutation: Mutation(.watchesSplitRevisions)),
    Mutant(name: "shows a watch the present as the past", mutation: Mutation(.previousIsPresent)),
  ]

  /// Users and roles.
  static let users: [Mutant] = [
    Mutant(name: "decides by users and roles as they were before", mutation: .checksStaleUsers),
    Mutant(name: "loses the users in a snapshot", mutation: .snapshotLosesUsers),
    Mutant(name: "admits what was asked for before access control", mutation: .admitsRequestsOfNobody),
    Mutant(name: "leaves the permissions of a deleted role in force", mutation: Mutation(.deletedRolesStayInForce)),
    Mutant(name: "takes a user that is made anew for the old one", mutation: .identitiesOutliveUsers),
  ]

  private static var all: [Mutant] {
    let all = consensus + membership + reads + state + users
    guard let part = getenv("APUS_MUTANT").map({ String(cString: $0) }) else { return all }
    return all.filter { $0.name.contains(part) }
  }

  private static var seeds: UInt64? { getenv("APUS_MUTANT_SEEDS").flatMap { UInt64(String(cString: $0)) } }

  /// What is caught is the bug, and not the weather: under the conditions of each hunt, nothing is found where nothing
  /// is switched on.
  @Test func nothingIsCaughtWithoutABug() async {
    var figures = Figures()
    for mutant in Self.all {
      for seed in 1...(Self.seeds ?? 2) {
        guard let violation = SimulationTests.simulate(seed, mutations: [], prey: mutant.mutation, &figures) else {
          continue
        }
        Issue.record("\(mutant.name), seed \(seed): \(violation)")
      }
    }
    print("hunts without prey: \(figures)")
  }

  @Test(arguments: all) func aBugIsCaught(_ mutant: Mutant) async {
    var figures = Figures()
    for seed in 1...(Self.seeds ?? mutant.seeds) {
      guard let violation = SimulationTests.simulate(seed, mutations: mutant.mutation, &figures) else { continue }
      print("mutant | \(mutant.name) | \(seed) | \(violation)")
      return
    }
    Issue.record("\(mutant.name): not caught in \(mutant.seeds) seeds")
  }
}
