/// Reads a JSON text value by value, strictly by RFC 8259.
///
/// The text must be valid UTF-8 without a byte order mark; nesting deeper than `depthLimit`, or than its user allows,
/// is refused, so that recursion is bounded. Reading an object:
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

  // What the lexing in JSONReader+Lexing.swift needs is not private.
  let bytes: [UInt8]
  let recordsDuplicates: Bool
  let repairsText: Bool
  let deepest: Int
  var position = 0
  var depth = 0
  /// A container was just opened: no comma is due before its next member.
  var atStart = false
  /// Where the value that was read last began.
  var valueStart = 0

  /// - Parameters:
  ///   - repairsText: whether invalid UTF-8 and halves of surrogate pairs in strings become U+FFFD, as Go reads them;
  ///     otherwise they are errors.
  ///   - deepest: how deeply arrays and objects may nest in this text, at most `depthLimit`.
  package init(
    _ bytes: [UInt8], recordsDuplicates: Bool = false, repairsText: Bool = false, deepest: Int = JSONReader.depthLimit
  ) {
    self.bytes = bytes
    self.recordsDuplicates = recordsDuplicates
    self.repairsText = repairsText
    self.deepest = min(deepest, Self.depthLimit)
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
    while let found = try nextMember(table) {
      if try peek() == UInt8(ascii: "n") {
        try literal("null")
        continue
      }
      return found
    }
    return nil
  }

  /// The same with the members that are `null`.
  package mutating func nextMember(_ table: FieldTable) throws(JSONError) -> Int? {
    guard try advance(to: UInt8(ascii: "}")) else { return nil }
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
    return found ?? -1
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

  /// The same for strings, which most maps of the API hold: without a witness table to go through at each member.
  package mutating func readMap(of type: String.Type = String.self) throws(JSONError) -> [String: String] {
    var map: [String: String] = [:]
    try beginObject()
    while let key = try nextKey() { map[key] = try readNull() ? "" : try readString() }
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

  /// A number with its text, whose form may matter more than its value. Beyond a double's range it is nil.
  package mutating func readNumber() throws(JSONError) -> (value: JSONValue?, text: String) {
    guard try peekKind() == .number else { throw try mismatch("a number") }
    let start = position
    let value: JSONValue?
    do { value = try number() } catch {
      // Read to its end all the same.
      guard error.code == .number else { throw error }
      value = nil
    }
    return (value, String(decoding: bytes[start..<position], as: UTF8.self))
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

  /// An error about the value that was read last: right type, wrong content.
  package func invalidValue(_ message: String) -> JSONError { error(.value, message, at: valueStart) }

  /// An error about the next value, which is not what the caller expects (`a string`).
  package mutating func mismatch(_ expected: String) throws(JSONError) -> JSONError {
    let kind = try peekKind()
    return error(.type, "expected \(expected), found \(kind)", at: position)
  }
}
