import FoundationEssentials
import Glibc
import StoreTrials
import Supervision
import Testing

/// Real processes of the store under faults, a short while; `dev/store-trials` does the same for as long as one likes.
///
/// Each runs as a program of its own, in namespaces that end with it, so that nothing is left behind.
@Suite("Trials", .serialized, .enabled(if: TrialsProgram.obstacle == nil, "\(TrialsProgram.obstacle ?? "")"))
struct StoreTrialTests {
  /// - Returns: the code that it ended with, and what it said.
  private func run(_ arguments: [String]) async throws -> (code: Int32, text: String) {
    do throws(Command.Failure) {
      // Should this process be killed, the trial goes with it: the thread that starts it waits for its end.
      let words = ["setpriv", "--pdeathsig", "KILL", TrialsProgram.path] + arguments
      return (0, try await Command(words).run(mergingErrors: true, timeout: .seconds(900)))
    } catch {
      guard case .code(let code)? = error.exit else { throw error }
      return (code, error.output)
    }
  }

  /// The seeds were not chosen for anything.
  @Test(arguments: [(3, 1), (5, 2)]) func nothingIsLost(replicas: Int, seed: Int) async throws {
    let said = try await run(["--replicas", "\(replicas)", "--seed", "\(seed)", "--seconds", "12"])
    print(said.text)
    #expect(said.code == 0, "\(said.text)")
  }

  /// Reads of the past, taken for current ones, while members are cut off: the checkers say so.
  @Test func staleReadsAreFound() async throws {
    let said = try await prove(["--proof", "stale-reads", "--faults", "partition", "--seconds", "8", "--seed", "5"])
    #expect(said.contains("had been seen, and was answered at revision"), "\(said)")
    #expect(said.contains("is not linearisable"), "\(said)")
  }

  /// Every disk is set back by some seconds: what was acknowledged meanwhile is lost, and the checkers say so.
  @Test func lostWritesAreFound() async throws {
    let said = try await prove(["--proof", "rollback", "--faults", "none"])
    #expect(said.contains("where others were told") || said.contains("is lost"), "\(said)")
  }

  private func prove(_ arguments: [String]) async throws -> String {
    let folder = "/tmp/apus-proof-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let said = try await run(arguments + ["--folder", folder])
    #expect(said.code == 1 && said.text.contains("WRONG, with seed"), "\(said.text)")
    // What a failure is understood from is there.
    for file in ["trial.log", "history.txt", "violations.txt", "store-1.log", "store-1/store"] {
      #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"), "\(file) was not kept")
    }
    return (try? String(contentsOfFile: "\(folder)/violations.txt", encoding: .utf8)) ?? ""
  }
}

private enum TrialsProgram {
  static let path = Workbench.program + "-trials"

  /// Why it cannot be run here; nil when it can.
  static let obstacle: String? = access(path, X_OK) == 0 ? Enclosure.obstacle : "\(path) was not built"
}
