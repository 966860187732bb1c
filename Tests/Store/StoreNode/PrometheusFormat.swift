/// Reads Prometheus' text format, version 0.0.4, and refuses what breaks a rule of it: a scraper may be lenient, we are
/// not with ourselves.
struct PrometheusFormat {
  struct Violation: Error, CustomStringConvertible {
    var line: Int
    var description: String
  }

  struct Family {
    var help: String
    var type = ""
    /// By name and labels.
    var samples: [(name: String, labels: [String: String], value: Double)] = []
  }

  private(set) var families: [String: Family] = [:]
  private var current: String?
  private var seen: Set<String> = []
  private var line = 0

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw Violation(line: 0, description: "the last line does not end") }
    for row in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      line += 1
      try read(row)
    }
    for (name, family) in families {
      line = 0
      try require(!family.type.isEmpty, "\(name) has no type")
      if family.type == "histogram" { try checkHistogram(name, family) }
      if family.type == "counter" {
        try require(family.samples.allSatisfy { $0.value >= 0 }, "\(name) counts below zero")
      }
    }
  }

  private func require(_ holds: Bool, _ what: @autoclosure () -> String) throws {
    guard holds else { throw Violation(line: line, description: "line \(line): \(what())") }
  }

  private mutating func read(_ row: Substring) throws {
    if row.hasPrefix("# HELP ") {
      let parts = row.dropFirst(7).split(separator: " ", maxSplits: 1)
      try require(parts.count == 2 && Self.isName(parts[0]), "no help: \(row)")
      let name = String(parts[0])
      try require(families[name] == nil, "\(name) comes twice")
      families[name] = Family(help: String(parts[1]))
      current = name
    } else if row.hasPrefix("# TYPE ") {
      let parts = row.dropFirst(7).split(separator: " ")
      try require(parts.count == 2 && ["counter", "gauge", "histogram"].contains(parts[1]), "no type: \(row)")
      try require(current == String(parts[0]), "the type of \(parts[0]) does not follow its help")
      try require(families[String(parts[0])]?.type == "", "a second type: \(row)")
      families[String(parts[0])]?.type = String(parts[1])
    } else {
      try sample(row)
    }
  }

  private mutating func sample(_ row: Substring) throws {
    let nameEnd = row.firstIndex { $0 == "{" || $0 == " " } ?? row.endIndex
    let name = String(row[..<nameEnd])
    try require(Self.isName(row[..<nameEnd]), "no name: \(row)")
    var rest = row[nameEnd...]
    var labels: [String: String] = [:]
    if rest.first == "{" { (labels, rest) = try Self.labels(rest.dropFirst(), line) }
    try require(rest.first == " ", "no value: \(row)")
    let text = rest.dropFirst()
    let value: Double? = text == "+Inf" ? .infinity : text == "NaN" ? .nan : Double(text)
    guard let value else { throw Violation(line: line, description: "line \(line): no number: \(row)") }
    guard let family = current, let type = families[family]?.type else {
      throw Violation(line: line, description: "line \(line): a sample without a family: \(row)")
    }
    let names = type == "histogram" ? ["_bucket", "_sum", "_count"].map { family + $0 } : [family]
    try require(names.contains(name), "\(name) stands in the family \(family)")
    let key = name + labels.sorted { $0.key < $1.key }.map { "|\($0.key)=\($0.value)" }.joined()
    try require(seen.insert(key).inserted, "twice: \(key)")
    families[family]?.samples.append((name, labels, value))
  }

  private static func labels(_ text: Substring, _ line: Int) throws -> ([String: String], Substring) {
    var labels: [String: String] = [:]
    var rest = text
    while true {
      guard let equals = rest.firstIndex(of: "="), isName(rest[..<equals]), !rest[..<equals].contains(":") else {
        break
      }
      let name = String(rest[..<equals])
      rest = rest[rest.index(after: equals)...]
      guard rest.first == "\"" else { break }
      rest = rest.dropFirst()
      var value = ""
      while let next = rest.popFirst(), next != "\"" {
        guard next == "\\" else {
          value.append(next)
          continue
        }
        guard let escaped = rest.popFirst(), let meaning = ["n": "\n", "\\": "\\", "\"": "\""][String(escaped)] else {
          throw Violation(line: line, description: "line \(line): a bad escape")
        }
        value += meaning
      }
      guard labels.updateValue(value, forKey: name) == nil else { break }
      if rest.first == "}" { return (labels, rest.dropFirst()) }
      guard rest.popFirst() == "," else { break }
    }
    throw Violation(line: line, description: "line \(line): bad labels: \(text)")
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" || first == ":" else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
  }

  /// Buckets rise with their bounds, the last is the count, and there is a sum.
  private func checkHistogram(_ name: String, _ family: Family) throws {
    var series: [String: [(name: String, labels: [String: String], value: Double)]] = [:]
    for sample in family.samples {
      let key = sample.labels.filter { $0.key != "le" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      series[key.joined(separator: "|"), default: []].append(sample)
    }
    for (labels, samples) in series {
      let buckets = samples.filter { $0.name == "\(name)_bucket" }
      let bounds = buckets.map { $0.labels["le"] == "+Inf" ? .infinity : Double($0.labels["le"] ?? "") ?? .nan }
      try require(
        bounds.last == .infinity && bounds == bounds.sorted() && Set(bounds).count == bounds.count,
        "\(name){\(labels)}: bounds \(bounds)")
      let counts = buckets.map(\.value)
      try require(counts == counts.sorted(), "\(name){\(labels)}: the buckets do not rise")
      let total = samples.filter { $0.name == "\(name)_count" }.map(\.value)
      try require(total == [counts.last ?? -1], "\(name){\(labels)}: the count is not the last bucket's")
      try require(samples.contains { $0.name == "\(name)_sum" }, "\(name){\(labels)}: no sum")
    }
  }

  /// The value of a sample whose labels include these; nil when there is none.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    for family in families.values {
      for sample in family.samples where sample.name == name {
        if labels.allSatisfy({ sample.labels[$0.key] == $0.value }) { return sample.value }
      }
    }
    return nil
  }
}
