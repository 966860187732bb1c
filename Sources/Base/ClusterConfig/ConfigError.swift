/// Everything that is wrong with a cluster's file, all of it at once.
package struct ConfigError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  package struct Problem: Hashable, Sendable, CustomStringConvertible {
    /// The line it stands on, from 1; nil when it concerns the whole file.
    package var line: Int?
    /// The field, as in `hosts[2].address`; empty for the whole file.
    package var path: String
    /// What is wrong and what would be right.
    package var message: String

    package init(line: Int? = nil, path: String = "", message: String) {
      self.line = line
      self.path = path
      self.message = message
    }

    package var description: String {
      (line.map { "line \($0): " } ?? "") + (path.isEmpty ? "" : "\(path): ") + message
    }
  }

  package var file: String
  package var problems: [Problem]

  package init(file: String, problems: [Problem]) {
    self.file = file
    self.problems = problems
  }

  package var description: String {
    if problems.count == 1 { return "\(file): \(problems[0])" }
    return "\(file): \(problems.count) problems\n" + problems.map { "  \($0)" }.joined(separator: "\n")
  }
}
