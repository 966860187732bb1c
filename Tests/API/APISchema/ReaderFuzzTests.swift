import FoundationEssentials
import SeededNumbers
import Testing

/// Every reader over its seeds and some thousand random changes of them; `FUZZ_ROUNDS` and `FUZZ_SEED` look longer,
/// and elsewhere.
@Suite struct ReaderFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 1500
  private static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  @Test(arguments: ReaderTarget.allCases)
  func keepsItsPromises(target: ReaderTarget) throws {
    let seeds = target.seeds
    #expect(seeds.count > 20)
    // What is right must be read: otherwise nothing here is tested.
    for seed in seeds { #expect(try target.run(seed)) }
    var generator = SeededGenerator(seed: Self.seed)
    for _ in 0..<Self.rounds {
      guard let first = seeds.randomElement(using: &generator), let second = seeds.randomElement(using: &generator)
      else { return }
      let input = ReaderTarget.mutate(first, second, &generator)
      #expect(throws: Never.self, "\(input)") { _ = try target.run(input) }
    }
  }
}
