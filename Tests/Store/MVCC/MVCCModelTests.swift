import Foundation
import MVCC
import Testing

/// The store against the plainest model, by random operations: every answer, every read, every event.
///
/// Two millions of operations; `APUS_OPERATIONS=100000000` looks longer.
@Suite struct MVCCModelTests {
  private static let seeds = 40
  private static let steps =
    (ProcessInfo.processInfo.environment["APUS_OPERATIONS"].flatMap { Int($0) } ?? 2_000_000) / seeds

  @Test(arguments: 1...seeds) func behavesAsTheModel(seed: Int) throws {
    let run = ModelRun(seed: seed)
    try run.run(steps: Self.steps)
  }

  /// A model that finds none of the store's known bugs would be worth nothing.
  @Test(arguments: [
    StoreMutation.watchesResumeLate, .watchesSplitRevisions, .previousIsPresent, .compactsTooFar, .comparesPast,
    .emptyDeletionsCount, .leasesKeepKeys, .revocationsSpareAKey, .compactionsDropDeletions,
  ])
  func aBugIsFound(_ bug: StoreMutation) {
    for seed in 1...8 {
      let run = ModelRun(seed: seed, bug: bug)
      do {
        try run.run(steps: 5000)
      } catch {
        return
      }
    }
    Issue.record("bug \(bug.rawValue) was not found")
  }
}
