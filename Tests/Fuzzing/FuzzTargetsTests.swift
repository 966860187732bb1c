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

  private static func corpus(_ target: String) throws -> [[UInt8]] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(target)")
    guard FileManager.default.fileExists(atPath: folder.path()) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map {
      [UInt8](try Data(contentsOf: folder.appending(path: $0)))
    }
  }

  @Test("Bytes are refused or read, and what is read keeps its promises", arguments: FuzzTarget.formats.map(\.name))
  func holds(_ name: String) throws {
    let target = try #require(FuzzTarget.formats.first { $0.name == name })
    let corpus = try target.seeds + Self.corpus(name)
    #expect(!target.seeds.isEmpty)
    // What is right must be read: otherwise nothing here is tested.
    for seed in target.seeds { #expect(try target.run(seed), "\(seed)") }
    for input in corpus { #expect(throws: Never.self, "\(input)") { _ = try target.run(input) } }
    try target.runMutations(of: corpus, rounds: Self.rounds, seed: Self.seed)
    FuzzTarget.cleanUp()
  }
}
