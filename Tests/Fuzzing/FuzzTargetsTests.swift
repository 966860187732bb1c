import Foundation
import FuzzTargets
import Testing

/// Every target over its seeds, the inputs that libFuzzer found, and some thousand random changes of both.
///
/// `FUZZ_ROUNDS=1000000 FUZZ_SEED=7` looks longer, and elsewhere.
@Suite(.serialized)
struct FuzzTargetsTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 3000
  private static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus").path()

  @Test("Bytes are refused or read, and what is read keeps its promises", arguments: FuzzTarget.formats.map(\.name))
  func holds(_ name: String) throws {
    let target = try #require(FuzzTarget.formats.first { $0.name == name })
    let corpus = try target.seeds + target.corpus(in: Self.corpus)
    #expect(!target.seeds.isEmpty)
    // What is right must be read: otherwise nothing here is tested.
    for seed in target.seeds { #expect(try target.run(seed), "\(seed)") }
    for input in corpus { #expect(throws: Never.self, "\(input)") { _ = try target.run(input) } }
    try target.runMutations(of: corpus, rounds: Self.rounds, seed: Self.seed)
    FuzzTarget.cleanUp()
  }
}
