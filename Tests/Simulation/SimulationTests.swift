import RaftCore
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Whole replicas under faults, over many seeds.
///
///     APUS_SEED=n   runs that seed alone (a failure names it)
///     APUS_SEEDS=n  how many seeds to run; unless said 300, in a debug build 20
///     APUS_FIRST=n  the first of them; unless said 1
///     APUS_RECORD=folder  where the recordings of the replicas' steps go when a seed fails, for `apus store replay`
///
/// docs/design/simulation.md says what is simulated and checked, and what is not.
@Suite struct SimulationTests {
  @Test func nothingIsLostUnderFaults() async throws {
    let seeds = Self.seeds
    let clock = ContinuousClock()
    let start = clock.now
    let (failures, figures) = await Self.run(seeds: seeds)
    let wall = Double((clock.now - start) / .milliseconds(1)) / 1000
    print("simulation: \(figures)")
    print(
      "simulation: \(figures.time / 1_000_000) s in \(wall) s,",
      "\(Int(Double(figures.time) / 1_000_000 / wall)) times as fast as they pass; \(failures.count) failures")
    for (seed, violation) in failures.prefix(10) {
      Issue.record("seed \(seed): \(violation). Replay: \(Self.replay(seed))")
    }
    #expect(figures.acknowledgements > 100 * seeds.count)
    // What does not happen proves nothing.
    if seeds.count >= 100 {
      #expect(figures.operations > 100 * seeds.count && figures.undecided < seeds.count / 100)
      let rare = [
        figures.memberChanges, figures.endedLeases, figures.installedSnapshots, figures.rejoins, figures.refusals,
        figures.damagedSnapshots, figures.fullDisks, figures.stalledDisks, figures.userChanges / 5,
        figures.permissions / 50, figures.denials / 5,
      ]
      #expect(rare.allSatisfy { $0 >= seeds.count / 10 }, "\(figures)")
    }
  }

  @Test func aSeedReplaysExactly() throws {
    let runs = try (0..<2).map { _ in
      let world = try World(seed: 7)
      try world.run()
      return [world.figures.steps, world.now, Int(world.checker.acknowledged), world.figures.leaders]
    }
    #expect(runs[0] == runs[1])
  }

  // MARK: - Runs

  private static var recordingFolder: String? { getenv("APUS_RECORD").map { String(cString: $0) } }

  static func replay(_ seed: UInt64) -> String { "APUS_SEED=\(seed) dev/run-tests SimulationTests/nothingIsLost" }

  static var seeds: [UInt64] {
    func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
    if let one = number("APUS_SEED") { return [one] }
    let count = max(1, number("APUS_SEEDS") ?? (_isDebugAssertConfiguration() ? 20 : 300))
    let first = number("APUS_FIRST") ?? 1
    return Array(first..<(first &+ count))
  }

  static func run(seeds: [UInt64]) async -> (failures: [(UInt64, String)], figures: Figures) {
    await withTaskGroup(of: ([(UInt64, String)], Figures).self) { group in
      let workers = 2
      for worker in 0..<workers {
        group.addTask {
          var failures: [(UInt64, String)] = []
          var figures = Figures()
          for seed in seeds where Int(seed % UInt64(workers)) == worker {
            if let violation = simulate(seed, mutations: [], &figures) { failures.append((seed, violation)) }
          }
          return (failures, figures)
        }
      }
      var failures: [(UInt64, String)] = []
      var figures = Figures()
      for await (some, part) in group {
        failures += some
        figures += part
      }
      return (failures.sorted { $0.0 < $1.0 }, figures)
    }
  }

  static func simulate(
    _ seed: UInt64, mutations: Mutation, prey: Mutation? = nil, _ figures: inout Figures
  ) -> String? {
    do {
      // Every third seed: it takes half as long again.
      let isAudited = mutations.isEmpty && prey == nil && seed % 3 == 0
      let world = try World(
        seed: seed, mutations: mutations, prey: prey, records: recordingFolder != nil, audits: isAudited)
      defer { figures += world.total }
      do {
        try world.run()
      } catch {
        if let recordingFolder { world.writeRecordings(to: recordingFolder, seed: seed) }
        throw error
      }
      return nil
    } catch {
      return String(describing: error)
    }
  }
}
