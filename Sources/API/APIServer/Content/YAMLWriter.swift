import JSONDocument

/// Writes documents as YAML in block style, members in the order of their names' bytes, as Kubernetes does.
enum YAMLWriter {
  static func bytes(_ value: JSONValue) -> [UInt8] {
    var writer = Writer()
    writer.block(value, indent: 0, isInline: true)
    return writer.result
  }

  /// The value as an element of a list that begins in the first column.
  static func element(_ value: JSONValue) -> [UInt8] {
    var writer = Writer()
    writer.element(value, indent: 0)
    return writer.result
  }

  private struct Writer {
    var result: [UInt8] = []

    /// A value in lines of its own.
    ///
    /// - Parameter isInline: whether the first line has been begun, with its indentation.
    mutating func block(_ value: JSONValue, indent: Int, isInline: Bool) {
      switch value {
      case .object(let object) where !object.isEmpty:
        let members = object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (position, member) in members.enumerated() {
          if position > 0 || !isInline { spaces(indent) }
          scalar(member.key)
          result.append(UInt8(ascii: ":"))
          switch member.value {
          case .object(let inner) where !inner.isEmpty:
            line()
            block(member.value, indent: indent + 2, isInline: false)
          case .array(let elements) where !elements.isEmpty:
            line()
            for element in elements { self.element(element, indent: indent) }
          default:
            result.append(UInt8(ascii: " "))
            block(member.value, indent: 0, isInline: true)
          }
        }
      case .array(let elements) where !elements.isEmpty:
        for (position, element) in elements.enumerated() {
          self.element(element, indent: indent, isInline: position == 0 && isInline)
        }
      case .string(let text):
        scalar(text)
        line()
      default:
        result += value.jsonBytes
        line()
      }
    }

    mutating func element(_ value: JSONValue, indent: Int, isInline: Bool = false) {
      if !isInline { spaces(indent) }
      result += "- ".utf8
      block(value, indent: indent + 2, isInline: true)
    }

    private mutating func scalar(_ text: String) {
      if YAMLWriter.isPlain(text) {
        result += text.utf8
      } else {
        // A JSON string is a YAML string in double quotes.
        result += JSONValue.string(text).jsonBytes
      }
    }

    private mutating func line() { result.append(UInt8(ascii: "\n")) }
    private mutating func spaces(_ count: Int) {
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }
  }

  /// Words that stand for something else than themselves in YAML 1.1.
  private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

  /// Whether a text needs no quotes: of some harmless ones this also says no.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_"),
      !reserved.contains(text.lowercased())
    else { return false }
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "):
        if previous == UInt8(ascii: ":") || previous == byte { return false }
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
        UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: "+"),
        UInt8(ascii: ","):
        break
      default: if !isLetter(byte) { return false }
      }
      previous = byte
    }
    return previous != UInt8(ascii: " ") && previous != UInt8(ascii: ":")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
