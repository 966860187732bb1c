import Foundation
import FuzzTargets
import StoreAuth
import StoreNode
import Testing
import WireFuzzTargets

/// What comes through sockets, as Fuzzing does it with what lies on disks: every target over its seeds, the inputs that
/// libFuzzer found, and some thousand random changes of both. `FUZZ_ROUNDS` and `FUZZ_SEED` look longer and elsewhere.
@Suite struct WireFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let rounds = environment["FUZZ_ROUNDS"].flatMap { Int($0) } ?? 20_000
  private static let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

  private static let corpus =
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fuzzing/Corpus").path()

  @Test("Bytes are refused or read, and what is read keeps its promises", arguments: FuzzTarget.wire.map(\.name))
  func holds(_ name: String) throws {
    let target = try #require(FuzzTarget.wire.first { $0.name == name })
    let corpus = try target.seeds + target.corpus(in: Self.corpus)
    #expect(!target.seeds.isEmpty)
    // What is right must be read: otherwise nothing here is tested. (An empty payload is whole, too.)
    for seed in target.seeds { #expect(try target.run(seed), "\(seed)") }
    for input in corpus { #expect(throws: Never.self, "\(input)") { _ = try target.run(input) } }
    try target.runMutations(of: corpus + [[]], rounds: Self.rounds, seed: Self.seed)
  }

  /// A token that was made for somebody who is not there any more names nobody.
  @Test func aTokenOfNobody() throws {
    let auth = FuzzTarget.exampleAuth
    let token = AuthToken.make(user: AuthName("nobody".utf8), revision: 3, secret: auth.tokenSecret, now: 1000)
    #expect((try? AuthToken.identity(of: token, in: auth, now: 2000)) == nil)
  }

  @Test func everyKindOfRequestHasASeed() throws {
    let target = try #require(FuzzTarget.wire.first { $0.name == "etcd-request" })
    #expect(target.seeds.count == ReadRequest.Kind.allCases.count)
  }
}
