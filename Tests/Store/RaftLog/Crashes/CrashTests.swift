import Foundation
import RaftLog
import Testing

/// A crash between any two changes of the disk, under the code that a store's start and life run: see
/// docs/design/store.md. `APUS_CRASH_SEEDS=2000` looks longer, `APUS_CRASH_SEED=17` at one seed again.
@Suite struct CrashTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seeds: [UInt64] = {
    if let seed = environment["APUS_CRASH_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    return Array(1...(environment["APUS_CRASH_SEEDS"].flatMap { UInt64($0) } ?? 8))
  }()

  /// In memory, where there is a file system for that: no sync takes long there.
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    let folder = "\(base)/apus-crash-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { CrashExplorer.clear(folder) }
    return try body(folder)
  }

  @Test(arguments: seeds) func whateverACrashLeavesIsStartedFrom(seed: UInt64) throws {
    try withFolder { folder in
      var explorer = CrashExplorer(seed: seed, root: folder)
      #expect(throws: Never.self, "APUS_CRASH_SEED=\(seed)") { try explorer.run() }
      #expect(explorer.starts > 1000)
    }
  }

  @Test(arguments: CrashMutant.allCases) func aMissingSyncIsFound(_ mutant: CrashMutant) throws {
    var effort = CrashExplorer.Effort()
    (effort.secondCuts, effort.kills) = (10, 1)
    for seed in UInt64(1)...20 {
      let finding = try withFolder { folder -> CrashFinding? in
        var explorer = CrashExplorer(seed: seed, root: folder, effort: effort, mutant: mutant)
        do {
          try explorer.run()
          return nil
        } catch let finding as CrashFinding {
          return finding
        }
      }
      if let finding {
        print("\(mutant): seed \(seed), \(finding.description.split(separator: "\n")[0])")
        return
      }
    }
    Issue.record("\(mutant) was not found")
  }
}
