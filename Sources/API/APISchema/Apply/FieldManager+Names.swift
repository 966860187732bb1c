extension FieldManager {
  /// The longest name that a manager may have, in bytes.
  package static let nameLimit = 128

  /// What is wrong with a manager's name.
  package enum NameProblem: Equatable, Sendable {
    /// More bytes than `nameLimit`.
    case tooLong
    /// What Kubernetes says of a character that does not print.
    case unprintable(String)
  }

  /// Everything that is wrong with a name; an empty one is left to the caller.
  package static func problems(inName name: String) -> [NameProblem] {
    var problems: [NameProblem] = name.utf8.count > nameLimit ? [.tooLong] : []
    var position = 0
    for scalar in name.unicodeScalars {
      if !isPrintable(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        problems.append(.unprintable("invalid character U+\(code) (at position \(position))"))
      }
      position += UTF8.width(scalar)
    }
    return problems
  }

  /// The manager's name for a request that names none: its user agent up to the first slash, printable characters
  /// only, at most `nameLimit` bytes.
  package static func defaultName(userAgent: String) -> String {
    var agent = userAgent
    // As nearly all are: plain ASCII up to the slash.
    let plain = agent.withUTF8 { bytes -> String? in
      let end = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
      let name = UnsafeBufferPointer(rebasing: bytes[..<end])
      guard end <= nameLimit, name.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
      return String(decoding: name, as: UTF8.self)
    }
    if let plain { return plain }
    var name = ""
    for scalar in userAgent.unicodeScalars.prefix(while: { $0 != "/" }) where isPrintable(scalar) {
      guard name.utf8.count + UTF8.width(scalar) <= nameLimit else { break }
      name.unicodeScalars.append(scalar)
    }
    return name
  }

  /// Letters, marks, numbers, punctuation, symbols and the blank, as Go's `unicode.IsPrint` has it.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator:
      return false
    default: return true
    }
  }
}
