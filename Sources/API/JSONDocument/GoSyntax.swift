/// What Go's JSON scanner would say of a text, for those who know its messages (`unexpected end of JSON input`).
///
/// Runs over a text that `JSONReader` refused. The messages are Go's; where a text is no JSON is found as RFC 8259 has
/// it. Go takes nesting up to 10,000 levels, this reader `JSONReader.depthLimit`; both call the excess the same.
package enum GoSyntax {
  /// The message for the first mistake; nil if the text is JSON.
  package static func message(for bytes: [UInt8]) -> String? {
    var scanner = Scanner(bytes: bytes)
    do throws(Mistake) {
      try scanner.document()
      return nil
    } catch { return error.message }
  }

  private struct Mistake: Error { let message: String }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private enum Container { case object, array }

    /// Without recursion, so that depth costs no stack.
    mutating func document() throws(Mistake) {
      var open: [Container] = []
      var expectsValue = true
      while true {
        if expectsValue {
          switch try peek() {
          case UInt8(ascii: "{"):
            try enter(.object, &open)
            if try peek() == UInt8(ascii: "}") {
              position += 1
              open.removeLast()
              expectsValue = false
            } else {
              try key()
            }
          case UInt8(ascii: "["):
            try enter(.array, &open)
            if try peek() == UInt8(ascii: "]") {
              position += 1
              open.removeLast()
              expectsValue = false
            }
          default:
            try scalar()
            expectsValue = false
          }
          continue
        }
        guard let container = open.last else {
          skipWhiteSpace()
          if position < bytes.count { throw invalid("after top-level value") }
          return
        }
        let byte = try peek()
        switch (container, byte) {
        case (.object, UInt8(ascii: ",")):
          position += 1
          _ = try peek()
          try key()
          expectsValue = true
        case (.array, UInt8(ascii: ",")):
          position += 1
          expectsValue = true
        case (.object, UInt8(ascii: "}")), (.array, UInt8(ascii: "]")):
          position += 1
          open.removeLast()
        case (.object, _): throw invalid("after object key:value pair")
        case (.array, _): throw invalid("after array element")
        }
      }
    }

    private mutating func enter(_ container: Container, _ open: inout [Container]) throws(Mistake) {
      open.append(container)
      guard open.count <= JSONReader.depthLimit else { throw Mistake(message: "exceeded max depth") }
      position += 1
    }

    private mutating func skipWhiteSpace() {
      while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    private mutating func peek() throws(Mistake) -> UInt8 {
      skipWhiteSpace()
      return try current()
    }

    private func current() throws(Mistake) -> UInt8 {
      guard position < bytes.count else { throw Mistake(message: "unexpected end of JSON input") }
      return bytes[position]
    }

    private func invalid(_ place: String) -> Mistake {
      let byte = bytes[position]
      let shown: String
      switch byte {
      case UInt8(ascii: "'"): shown = "\\'"
      case UInt8(ascii: "\\"): shown = "\\\\"
      case 0x0A: shown = "\\n"
      case 0x0D: shown = "\\r"
      case 0x09: shown = "\\t"
      case 0x07: shown = "\\a"
      case 0x08: shown = "\\b"
      case 0x0B: shown = "\\v"
      case 0x0C: shown = "\\f"
      case 0..<0x20, 0x7F: shown = "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      case 0x80..<0xA0, 0xAD: shown = "\\u00" + String(byte, radix: 16)
      default: shown = String(Character(Unicode.Scalar(byte)))
      }
      return Mistake(message: "invalid character '\(shown)' \(place)")
    }

    private mutating func key() throws(Mistake) {
      guard bytes[position] == UInt8(ascii: "\"") else {
        throw invalid("looking for beginning of object key string")
      }
      try string()
      guard try peek() == UInt8(ascii: ":") else { throw invalid("after object key") }
      position += 1
    }

    private mutating func scalar() throws(Mistake) {
      switch bytes[position] {
      case UInt8(ascii: "\""): try string()
      case UInt8(ascii: "t"): try literal("true")
      case UInt8(ascii: "f"): try literal("false")
      case UInt8(ascii: "n"): try literal("null")
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
      default: throw invalid("looking for beginning of value")
      }
    }

    private mutating func literal(_ word: String) throws(Mistake) {
      for expected in word.utf8 {
        guard try current() == expected else {
          throw invalid("in literal \(word) (expecting '\(Character(Unicode.Scalar(expected)))')")
        }
        position += 1
      }
    }

    private mutating func string() throws(Mistake) {
      position += 1
      while true {
        let byte = try current()
        if byte < 0x20 { throw invalid("in string literal") }
        position += 1
        if byte == UInt8(ascii: "\"") { return }
        guard byte == UInt8(ascii: "\\") else { continue }
        let escape = try current()
        guard "bfnrt\\/\"u".utf8.contains(escape) else { throw invalid("in string escape code") }
        position += 1
        guard escape == UInt8(ascii: "u") else { continue }
        for _ in 0..<4 {
          switch try current() {
          case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            position += 1
          default: throw invalid("in \\u hexadecimal character escape")
          }
        }
      }
    }

    private mutating func number() throws(Mistake) {
      if bytes[position] == UInt8(ascii: "-") {
        position += 1
        guard isDigit(try current()) else { throw invalid("in numeric literal") }
      }
      if bytes[position] == UInt8(ascii: "0") { position += 1 } else { digits() }
      if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
        position += 1
        guard isDigit(try current()) else { throw invalid("after decimal point in numeric literal") }
        digits()
      }
      if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
        position += 1
        let sign = try current()
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
        guard isDigit(try current()) else { throw invalid("in exponent of numeric literal") }
        digits()
      }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private mutating func digits() {
      while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    }
  }
}
