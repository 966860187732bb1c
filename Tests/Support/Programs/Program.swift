import FoundationEssentials
import Supervision

/// A program of this machine that a test runs, and what it said.
package struct Program: Sendable {
  package let path: String

  /// Looks it up on the PATH; nil where it is not installed.
  package init?(named name: String) {
    let variable = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = variable.split(separator: ":") + ["/usr/bin", "/usr/local/bin"]
    guard let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return nil
    }
    self.path = path
  }

  /// Whatever is at that path.
  package init(path: String) { self.path = path }

  /// The one whose path is in a variable of the environment; nil where it is not set.
  package init?(variable: String) {
    guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return nil }
    self.path = path
  }

  /// How a run ended, and its output and errors together.
  package struct Outcome: Sendable, CustomStringConvertible {
    /// -1: it ended by a signal, or not in time.
    package var code: Int32
    package var text: String

    package var description: String { "code \(code): \(text)" }
  }

  /// Runs it to its end, for at most ten minutes: far more than any takes that comes to one.
  package func run(_ arguments: [String], environment: [String: String] = [:], input: String? = nil) async -> Outcome {
    let variables = environment.map { "\($0)=\($1)" }
    let words = (variables.isEmpty ? [] : ["env"] + variables) + [path] + arguments
    do throws(Command.Failure) {
      let text = try await Command(words).run(input: input, mergingErrors: true, timeout: .seconds(600))
      return Outcome(code: 0, text: text)
    } catch {
      if case .code(let code) = error.exit { return Outcome(code: code, text: error.output) }
      return Outcome(code: -1, text: "\(error)")
    }
  }
}
