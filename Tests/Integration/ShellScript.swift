/// A session at the shell as a file: what is typed, and what has to come back. Those of `Kubectl/` say how the
/// unmodified kubectl works against a cluster; the README there has the form.
struct ShellScript: Sendable {
  struct Step: Sendable {
    var line: Int
    /// For bash; several lines where it has a here-document.
    var command: String
    var expected: [String]
    var code: Int32
    /// Whether it is repeated until it says what is expected, for what others do in their own time.
    var isRepeated: Bool
  }

  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  let name: String
  let path: String
  let steps: [Step]
  /// It changes what all share, such as nodes, and so has the cluster for itself.
  let isAlone: Bool

  init(name: String, path: String, text: String) throws(Malformed) {
    (self.name, self.path) = (name, path)
    var steps: [Step] = []
    var isAlone = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let isCommand = line.hasPrefix("$ ") || line.hasPrefix("~ ")
      if isCommand {
        steps.append(
          Step(
            line: index + 1, command: String(line.dropFirst(2)), expected: [], code: 0, isRepeated: line.hasPrefix("~"))
        )
      } else if line == "#" || line.hasPrefix("# ") {
        if line == "# alone" { isAlone = true }
      } else if let last = steps.indices.last {
        if line == ">" || line.hasPrefix("> "), steps[last].expected.isEmpty {
          steps[last].command += "\n" + line.dropFirst(2)
        } else {
          steps[last].expected.append(line.hasPrefix("\\") ? String(line.dropFirst()) : String(line))
        }
      } else if !line.isEmpty {
        throw Malformed(description: "\(name), line \(index + 1): output without a command")
      }
    }
    for index in steps.indices {
      while steps[index].expected.last?.isEmpty == true { steps[index].expected.removeLast() }
      guard let last = steps[index].expected.last, let code = Self.exitCode(last) else { continue }
      steps[index].code = code
      steps[index].expected.removeLast()
    }
    guard !steps.isEmpty else { throw Malformed(description: "\(name): no steps") }
    self.steps = steps
    self.isAlone = isAlone
  }

  /// `[1]`
  private static func exitCode(_ line: String) -> Int32? {
    guard line.hasPrefix("["), line.hasSuffix("]") else { return nil }
    return Int32(line.dropFirst().dropLast())
  }
}

extension ShellScript.Step {
  /// Nil: it is as expected; else what is not.
  func mismatch(code: Int32, output: String) throws -> String? {
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    let patterns = try expected.map { try LinePattern($0) }
    let fits = LinePattern.match(patterns[...], lines[...])
    if fits, code == self.code { return nil }
    let codes = code == self.code ? "" : "it ended with \(code) instead of \(self.code)\n"
    if fits { return codes + "it said:\n\(output)" }
    let first = zip(patterns, lines).first { pattern, line in !pattern.isGap && !pattern.matches(line) }
    let hint = expected.contains("...") ? nil : first.map { "the first line that differs: \($0.1)\n" }
    return codes + (hint ?? "") + "it said:\n\(output)\nexpected:\n\(expected.joined(separator: "\n"))"
  }
}

/// A line of what is expected: text, in which `{age}` and its like stand for what differs from run to run, and several
/// blanks in a row, but at the beginning, for one or more: columns are as wide as what stands in them.
struct LinePattern {
  /// `...`: any lines, or none.
  let isGap: Bool
  private let regex: Regex<AnyRegexOutput>?

  static let placeholders = [
    "age": "(?:<unknown>|<invalid>|(?:[0-9]+[ydhms]){1,2})", "hash": "[a-z0-9]{4,10}", "ip": "[0-9.]+",
    "name": "[a-z0-9][-a-z0-9.]*", "number": "[0-9]+", "text": ".*",
    "time": "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?Z",
    "date": "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} [-+][0-9]{4}",
    "uid": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
  ]

  init(_ text: String) throws {
    isGap = text == "..."
    regex = isGap ? nil : try Regex(Self.pattern(text)).ignoresCase(false)
  }

  func matches(_ line: String) -> Bool {
    guard let regex else { return true }
    var line = line[...]
    while line.last?.isWhitespace == true { line = line.dropLast() }
    return line.wholeMatch(of: regex) != nil
  }

  private static func pattern(_ text: String) -> String {
    var rest = text[...]
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    var pattern = ""
    var begun = false
    while let character = rest.first {
      if character == "{", let end = rest.firstIndex(of: "}"),
        let placeholder = placeholders[String(rest[rest.index(after: rest.startIndex)..<end])]
      {
        pattern += placeholder
        rest = rest[rest.index(after: end)...]
        begun = true
        continue
      }
      if begun, rest.hasPrefix("  ") {
        pattern += " +"
        rest = rest.drop { $0 == " " }
        continue
      }
      begun = begun || character != " "
      pattern += #"\^$.|?*+()[]{}"#.contains(character) ? "\\\(character)" : String(character)
      rest = rest.dropFirst()
    }
    return pattern
  }

  static func match(_ patterns: ArraySlice<LinePattern>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = patterns.first else { return lines.isEmpty }
    let rest = patterns.dropFirst()
    if first.isGap {
      return (lines.startIndex...lines.endIndex).contains { match(rest, lines[$0...]) }
    }
    guard let line = lines.first, first.matches(line) else { return false }
    return match(rest, lines.dropFirst())
  }
}
