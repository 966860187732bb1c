/// Reads a JSON text value by value, strictly by RFC 8259.
///
/// The text must be valid UTF-8 without a byte order mark; nesting deeper than `depthLimit` is refused, so that
/// recursion is bounded. Reading an object:
///
/// ```swift
/// try reader.beginObject()
/// while let position = try reader.nextField(Self.fields) {
///   switch position {
///   case 0: name = try reader.readString()
///   default: try reader.skipValue()
///   }
/// }
/// ```
///
/// After an error the reader's state is unspecified: give up.
package struct JSONReader {
  /// How deeply arrays and objects may nest.
  package static let depthLimit = 512

  /// How many duplicates are recorded: finding a path costs a walk over the text.
  package static let duplicatesLimit = 32

  /// The paths of duplicate members that `readValue` met, if it was asked to record them; the first
  /// `duplicatesLimit`.
  package private(set) var duplicates: [String] = []

  private let bytes: [UInt8]
  private let recordsDuplicates: Bool
  private var position = 0
  private var depth = 0
  /// A container was just opened: no comma is due before its next member.
  private var atStart = false
  /// Where the value that was read last began.
  private var valueStart = 0

  package init(_ bytes: [UInt8], recordsDuplicates: Bool = false) {
    self.bytes = bytes
    self.recordsDuplicates = recordsDuplicates
  }

  /// The kind of the next value, by its first byte, which is not consumed.
  package enum Kind: Sendable { case null, bool, number, string, array, object }

  package mutating func peekKind() throws(JSONError) -> Kind {
    switch try peek() {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
    case UInt8(ascii: "n"): .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case let byte: throw unexpected(byte)
    }
  }

  /// Consumes a `null` if that is next.
  package mutating func readNull() throws(JSONError) -> Bool {
    guard try peek() == UInt8(ascii: "n") else { return false }
    try literal("null")
    return true
  }

  /// Throws unless only white space is left.
  package mutating func finish() throws(JSONError) {
    skipWhiteSpace()
    if position < bytes.count { throw error(.syntax, "unexpected text after the end of the document", at: position) }
  }

  // MARK: - Containers

  package mutating func beginObject() throws(JSONError) { try begin(UInt8(ascii: "{"), "an object") }
  package mutating func beginArray() throws(JSONError) { try begin(UInt8(ascii: "["), "an array") }

  /// The next member's name, with the reader before its value; nil at the object's end, which is consumed.
  package mutating func nextKey() throws(JSONError) -> String? {
    guard try advance(to: UInt8(ascii: "}")) else { return nil }
    guard try peek() == UInt8(ascii: "\"") else { throw unexpected(bytes[position], expected: "a member's name") }
    let key = try string()
    try colon()
    return key
  }

  /// The position in `table` of the next member, or `-1` for an unknown one, with the reader before its value, which
  /// the caller must read or skip. Members that are `null` are passed over, as if absent. Nil at the object's end.
  package mutating func nextField(_ table: FieldTable) throws(JSONError) -> Int? {
    while try advance(to: UInt8(ascii: "}")) {
      guard try peek() == UInt8(ascii: "\"") else { throw unexpected(bytes[position], expected: "a member's name") }
      let found: Int?
      if let end = plainStringEnd() {
        let start = position + 1
        found = bytes.withUnsafeBufferPointer { table.position(of: UnsafeBufferPointer(rebasing: $0[start..<end])) }
        position = end + 1
      } else {
        var key = try string()
        found = key.withUTF8 { table.position(of: $0) }
      }
      try colon()
      if try peek() == UInt8(ascii: "n") {
        try literal("null")
        continue
      }
      return found ?? -1
    }
    return nil
  }

  /// Whether another element follows; false at the array's end, which is consumed.
  package mutating func nextElement() throws(JSONError) -> Bool { try advance(to: UInt8(ascii: "]")) }

  /// An array whose `null` elements become zero values, as Go reads them.
  @inlinable
  package mutating func readArray<T: JSONCodable>(of type: T.Type = T.self) throws(JSONError) -> [T] {
    var array: [T] = []
    try beginArray()
    while try nextElement() {
      if try readNull() {
        array.append(T())
      } else {
        array.append(try T(from: &self))
      }
    }
    return array
  }

  /// An object as a dictionary; `null` members become zero values, of equal names the last one counts.
  @inlinable
  package mutating func readMap<T: JSONCodable>(of type: T.Type = T.self) throws(JSONError) -> [String: T] {
    var map: [String: T] = [:]
    try beginObject()
    while let key = try nextKey() {
      if try readNull() {
        map[key] = T()
      } else {
        map[key] = try T(from: &self)
      }
    }
    return map
  }

  /// An object of base64 strings.
  package mutating func readByteMap() throws(JSONError) -> [String: [UInt8]] {
    var map: [String: [UInt8]] = [:]
    try beginObject()
    while let key = try nextKey() { map[key] = try readNull() ? [] : try readBytes() }
    return map
  }

  /// An object of arrays of strings.
  package mutating func readArrayMap() throws(JSONError) -> [String: [String]] {
    var map: [String: [String]] = [:]
    try beginObject()
    while let key = try nextKey() { map[key] = try readNull() ? [] : try readArray() }
    return map
  }

  // MARK: - Scalars

  package mutating func readBool() throws(JSONError) -> Bool {
    switch try peek() {
    case UInt8(ascii: "t"):
      try literal("true")
      return true
    case UInt8(ascii: "f"):
      try literal("false")
      return false
    default: throw try mismatch("a boolean")
    }
  }

  package mutating func readString() throws(JSONError) -> String {
    guard try peek() == UInt8(ascii: "\"") else { throw try mismatch("a string") }
    return try string()
  }

  /// A number without fraction and exponent that fits 64 bits.
  package mutating func readInt64() throws(JSONError) -> Int64 {
    guard try peekKind() == .number else { throw try mismatch("an integer") }
    switch try number() {
    case .int(let value): return value
    default: throw error(.type, "expected a 64-bit integer", at: valueStart)
    }
  }

  package mutating func readInt32() throws(JSONError) -> Int32 {
    guard try peekKind() == .number else { throw try mismatch("an integer") }
    guard case .int(let wide) = try number(), let value = Int32(exactly: wide) else {
      throw error(.type, "expected a 32-bit integer", at: valueStart)
    }
    return value
  }

  package mutating func readDouble() throws(JSONError) -> Double {
    guard try peekKind() == .number else { throw try mismatch("a number") }
    switch try number() {
    case .int(let value): return Double(value)
    case .double(let value): return value
    default: throw error(.number, "expected a number", at: valueStart)
    }
  }

  /// A base64 string.
  package mutating func readBytes() throws(JSONError) -> [UInt8] {
    let text = try readString()
    guard let value = Base64.decode(text.utf8) else { throw error(.value, "expected base64", at: valueStart) }
    return value
  }

  /// Any value, as a document. Records duplicates if that was asked for.
  package mutating func readValue() throws(JSONError) -> JSONValue {
    switch try peekKind() {
    case .null:
      try literal("null")
      return .null
    case .bool: return .bool(try readBool())
    case .number: return try number()
    case .string: return .string(try string())
    case .array:
      var elements: [JSONValue] = []
      try beginArray()
      while try nextElement() { elements.append(try readValue()) }
      return .array(elements)
    case .object:
      var object = JSONObject()
      try beginObject()
      while let key = try nextKey() {
        if recordsDuplicates, duplicates.count < Self.duplicatesLimit, object.contains(key) {
          let path = error(.syntax, "", at: position).path
          if !duplicates.contains(path) { duplicates.append(path) }
        }
        object[key] = try readValue()
      }
      return .object(object)
    }
  }

  /// Passes over any value, checking that it is valid.
  package mutating func skipValue() throws(JSONError) {
    switch try peekKind() {
    case .null: try literal("null")
    case .bool: _ = try readBool()
    case .number: _ = try number()
    case .string: try skipString()
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }
    case .object:
      try beginObject()
      while try advance(to: UInt8(ascii: "}")) {
        guard try peek() == UInt8(ascii: "\"") else { throw unexpected(bytes[position], expected: "a member's name") }
        try skipString()
        try colon()
        try skipValue()
      }
    }
  }

  /// Passes over an object, whose members do not matter.
  package mutating func skipObject() throws(JSONError) {
    guard try peekKind() == .object else { throw try mismatch("an object") }
    try skipValue()
  }

  /// An error about the value that was read last: right type, wrong content.
  package func invalidValue(_ message: String) -> JSONError { error(.value, message, at: valueStart) }

  /// An error about the next value, which is not what the caller expects (`a string`).
  package mutating func mismatch(_ expected: String) throws(JSONError) -> JSONError {
    let kind = try peekKind()
    return error(.type, "expected \(expected), found \(kind)", at: position)
  }
}

// MARK: - Lexing

extension JSONReader {
  private func error(_ code: JSONError.Code, _ message: String, at offset: Int) -> JSONError {
    JSONError(code: code, message: message, offset: offset, in: bytes)
  }

  private func unexpected(_ byte: UInt8, expected: String = "a value") -> JSONError {
    let shown = byte > 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return error(.syntax, "unexpected \(shown), expected \(expected)", at: position)
  }

  private func truncated() -> JSONError { error(.syntax, "unexpected end of the document", at: bytes.count) }

  private mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// The first byte of the next token.
  private mutating func peek() throws(JSONError) -> UInt8 {
    skipWhiteSpace()
    guard position < bytes.count else { throw truncated() }
    valueStart = position
    return bytes[position]
  }

  private mutating func begin(_ bracket: UInt8, _ expected: String) throws(JSONError) {
    guard try peek() == bracket else { throw try mismatch(expected) }
    depth += 1
    guard depth <= Self.depthLimit else {
      throw error(.depth, "nested more than \(Self.depthLimit) levels deep", at: position)
    }
    position += 1
    atStart = true
  }

  /// Consumes the comma before the next member, or the closing bracket: then false.
  private mutating func advance(to bracket: UInt8) throws(JSONError) -> Bool {
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

  private mutating func colon() throws(JSONError) {
    let byte = try peek()
    guard byte == UInt8(ascii: ":") else { throw unexpected(byte, expected: "':'") }
    position += 1
  }

  private mutating func literal(_ text: StaticString) throws(JSONError) {
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
  private mutating func number() throws(JSONError) -> JSONValue {
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

  private mutating func digits() throws(JSONError) {
    guard digit() != nil else { throw error(.syntax, "a digit is missing in a number", at: position) }
    while digit() != nil {}
  }

  private mutating func digit() -> UInt8? {
    guard position < bytes.count else { return nil }
    let value = bytes[position] &- UInt8(ascii: "0")
    guard value < 10 else { return nil }
    position += 1
    return value
  }

  // MARK: Strings

  /// The offset of the closing quote, if the string that begins here is ASCII without escapes.
  private func plainStringEnd() -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var end = position + 1
      while end < bytes.count {
        let byte = bytes[end]
        if byte == UInt8(ascii: "\"") { return end }
        if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\\") { return nil }
        end += 1
      }
      return nil
    }
  }

  private mutating func skipString() throws(JSONError) {
    if let end = plainStringEnd() {
      position = end + 1
    } else {
      _ = try string()
    }
  }

  /// The string that begins here, at its opening quote.
  private mutating func string() throws(JSONError) -> String {
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
      text = String(validating: unescaped, as: UTF8.self)
    } else {
      text = String(validating: run, as: UTF8.self)
    }
    guard let text else { throw error(.encoding, "a string that is not valid UTF-8", at: start) }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
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
      var code = UInt32(try hexDigits())
      if code & 0xFC00 == 0xD800 {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw error(.syntax, "half of a surrogate pair in an escape", at: start) }
        position += 2
        let low = UInt32(try hexDigits())
        guard low & 0xFC00 == 0xDC00 else { throw error(.syntax, "half of a surrogate pair in an escape", at: start) }
        code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw error(.syntax, "half of a surrogate pair in an escape", at: start)
      }
      text.append(contentsOf: Array(String(Character(scalar)).utf8))
    default: throw error(.syntax, "an unknown escape in a string", at: start)
    }
  }

  private mutating func hexDigits() throws(JSONError) -> UInt16 {
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
