// The tokens of JSON: white space, punctuation, literals, numbers, strings.

/// Text inside of a string that means itself: ASCII without escapes and control characters.
enum UnescapedText {
  /// The offset of the first byte from `start` on that is not such text, the closing quote as a rule, or the end.
  ///
  /// Looks at eight bytes at a time: of a word of bytes, `(x - 0x01…01) & ~x & 0x80…80` marks the lowest one that is zero
  /// (and perhaps higher ones that are not, which does not matter here).
  @inline(__always)
  static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    let raw = UnsafeRawBufferPointer(bytes)
    while position + 8 <= bytes.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let controls = (word &- ones &* 0x20) & ~word
      let zeros = (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
      let others = (word | controls | zeros) & tops
      if others != 0 { return position + others.trailingZeroBitCount / 8 }
      position += 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      position += 1
    }
    return position
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080
}

extension JSONReader {
  func error(_ code: JSONError.Code, _ message: String, at offset: Int) -> JSONError {
    JSONError(code: code, message: message, offset: offset, in: bytes)
  }

  func unexpected(_ byte: UInt8, expected: String = "a value") -> JSONError {
    let shown = byte > 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return error(.syntax, "unexpected \(shown), expected \(expected)", at: position)
  }

  func truncated() -> JSONError { error(.syntax, "unexpected end of the document", at: bytes.count) }

  @inline(__always)
  mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// The first byte of the next token.
  @inline(__always)
  mutating func peek() throws(JSONError) -> UInt8 {
    skipWhiteSpace()
    guard position < bytes.count else { throw truncated() }
    valueStart = position
    return bytes[position]
  }

  mutating func begin(_ bracket: UInt8, _ expected: String) throws(JSONError) {
    guard try peek() == bracket else { throw try mismatch(expected) }
    depth += 1
    guard depth <= deepest else {
      throw error(.depth, "nested more than \(deepest) levels deep", at: position)
    }
    position += 1
    atStart = true
  }

  /// Consumes the comma before the next member, or the closing bracket: then false.
  mutating func advance(to bracket: UInt8) throws(JSONError) -> Bool {
    let byte = try peek()
    if byte == bracket {
      position += 1
      depth -= 1
      atStart = false
      return false
    }
    if atStart {
      atStart = false
    } else {
      guard byte == UInt8(ascii: ",") else {
        throw unexpected(byte, expected: "',' or '\(Character(Unicode.Scalar(bracket)))'")
      }
      position += 1
      // A closing bracket here is a trailing comma: whoever reads the member or element refuses it.
      if try peek() == bracket { throw unexpected(bracket) }
    }
    return true
  }

  mutating func colon() throws(JSONError) {
    let byte = try peek()
    guard byte == UInt8(ascii: ":") else { throw unexpected(byte, expected: "':'") }
    position += 1
  }

  mutating func literal(_ text: StaticString) throws(JSONError) {
    let start = position
    for index in 0..<text.utf8CodeUnitCount {
      guard position < bytes.count else { throw truncated() }
      guard bytes[position] == text.utf8Start[index] else {
        throw error(.syntax, "invalid literal, expected \(text)", at: start)
      }
      position += 1
    }
    valueStart = start
  }

  /// An `int` or a `double`.
  mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    defer { valueStart = start }
    let negative = bytes[position] == UInt8(ascii: "-")
    if negative { position += 1 }
    let digitsStart = position
    var magnitude: UInt64 = 0
    var overflow = false
    while let digit = digit() {
      let (product, high) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      overflow = overflow || high || carry
      magnitude = sum
    }
    guard position > digitsStart else { throw error(.syntax, "a number without digits", at: start) }
    guard bytes[digitsStart] != UInt8(ascii: "0") || position == digitsStart + 1 else {
      throw error(.syntax, "a number with a leading zero", at: start)
    }
    var isInteger = true
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
        position += 1
      }
      try digits()
    }
    if isInteger, !overflow {
      if !negative, let value = Int64(exactly: magnitude) { return .int(value) }
      if negative, magnitude <= UInt64(Int64.max) + 1 { return .int(Int64(truncatingIfNeeded: 0 &- magnitude)) }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw error(.number, "the number \(text.prefix(40)) is out of range", at: start)
    }
    return .double(value)
  }

  mutating func digits() throws(JSONError) {
    guard digit() != nil else { throw error(.syntax, "a digit is missing in a number", at: position) }
    while digit() != nil {}
  }

  mutating func digit() -> UInt8? {
    guard position < bytes.count else { return nil }
    let value = bytes[position] &- UInt8(ascii: "0")
    guard value < 10 else { return nil }
    position += 1
    return value
  }

  // MARK: Strings

  /// The offset of the closing quote, if the string that begins here is ASCII without escapes.
  func plainStringEnd() -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      let end = UnescapedText.end(in: bytes, from: position + 1)
      return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end : nil
    }
  }

  /// The string that begins here, at its opening quote.
  mutating func string() throws(JSONError) -> String {
    let start = position
    defer { valueStart = start }
    if let end = plainStringEnd() {
      position = end + 1
      // ASCII needs no validation, which is the slower part of making a string.
      return bytes.withUnsafeBufferPointer {
        String(decoding: UnsafeBufferPointer(rebasing: $0[start + 1..<end]), as: UTF8.self)
      }
    }
    position += 1
    var runStart = position
    var unescaped: [UInt8] = []
    var hasEscape = false
    while true {
      guard position < bytes.count else { throw truncated() }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      guard byte >= 0x20 else { throw error(.syntax, "a control character in a string", at: position) }
      if byte == UInt8(ascii: "\\") {
        hasEscape = true
        unescaped.append(contentsOf: bytes[runStart..<position])
        try escape(into: &unescaped)
        runStart = position
      } else {
        position += 1
      }
    }
    let run = bytes[runStart..<position]
    position += 1
    let text: String?
    if hasEscape {
      unescaped.append(contentsOf: run)
      text = repairsText ? String(decoding: unescaped, as: UTF8.self) : String(validating: unescaped, as: UTF8.self)
    } else {
      text = repairsText ? String(decoding: run, as: UTF8.self) : String(validating: run, as: UTF8.self)
    }
    guard let text else { throw error(.encoding, "a string that is not valid UTF-8", at: start) }
    return text
  }

  mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    guard position < bytes.count else { throw truncated() }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = try unicodeEscape(at: start) else {
        guard repairsText else { throw error(.syntax, "half of a surrogate pair in an escape", at: start) }
        text.append(contentsOf: [0xEF, 0xBF, 0xBD])
        return
      }
      text.append(contentsOf: Array(String(Character(scalar)).utf8))
    default: throw error(.syntax, "an unknown escape in a string", at: start)
    }
  }

  /// What follows `\u`; nil for half of a surrogate pair, of which nothing but this half is consumed.
  private mutating func unicodeEscape(at start: Int) throws(JSONError) -> Unicode.Scalar? {
    let code = UInt32(try hexDigits())
    guard code & 0xFC00 == 0xD800 else { return Unicode.Scalar(code) }
    guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    let behind = position
    position += 2
    let low = UInt32(try hexDigits())
    guard low & 0xFC00 == 0xDC00 else {
      position = behind
      return nil
    }
    return Unicode.Scalar(0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF))
  }

  mutating func hexDigits() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw truncated() }
      let byte = bytes[position]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error(.syntax, "an escape that is not four hexadecimal digits", at: position)
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
