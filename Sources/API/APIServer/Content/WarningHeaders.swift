/// `Warning` headers (RFC 7234, 5.5): code 299, no agent, quoted text. Each text once.
enum WarningHeaders {
  /// How many characters all texts may have together; if they have more, each is cut.
  private static let mostTogether = 4096
  /// How many a text keeps then.
  private static let mostOfOne = 256

  static func values(_ texts: [String]) -> [String] {
    guard !texts.isEmpty else { return [] }
    var seen: Set<String> = []
    // What cannot stand in a header is left out, as in Kubernetes: messages quote what clients sent.
    var unique = texts.filter { text in
      !text.isEmpty && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f }
        && seen.insert(text).inserted
    }
    if unique.reduce(0, { $0 + $1.unicodeScalars.count }) > mostTogether {
      unique = unique.map { text in
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.prefix(mostOfOne))
        return String(scalars)
      }
    }
    var left = mostTogether
    var values: [String] = []
    for text in unique {
      left -= text.unicodeScalars.count
      guard left >= 0 else { break }
      values.append(value(text))
    }
    return values
  }

  private static func value(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
      quoted.unicodeScalars.append(scalar)
    }
    return "299 - \"\(quoted)\""
  }
}
