/// A JSON document.
///
/// Integers and other numbers are told apart: a number without fraction and exponent that fits 64 bits is `int`,
/// any other is `double`. `int(1)` and `double(1)` are different documents; objects are equal whatever the
/// order of their members.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// Reads a whole JSON text. Of members with the same name the last one counts.
  package init(jsonBytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(jsonBytes)
    self = try reader.readValue()
    try reader.finish()
  }

  /// Reads a whole JSON text and reports members that occur more than once in their object, by path
  /// (`spec.containers[0].name`), in the order of their second occurrence, each path once, at most
  /// `JSONReader.duplicatesLimit`.
  package static func readingDuplicates(
    _ jsonBytes: [UInt8]
  ) throws(JSONError) -> (value: JSONValue, duplicates: [String]) {
    var reader = JSONReader(jsonBytes, recordsDuplicates: true)
    let value = try reader.readValue()
    try reader.finish()
    return (value, reader.duplicates)
  }

  /// The compact text in UTF-8; members in their order.
  package var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// Whether arrays and objects nest at most `limit` levels deep: 0 for a scalar. Looks no deeper than the limit, so
  /// that it is safe on a value that would exhaust the stack.
  package func isNested(atMost limit: Int) -> Bool {
    switch self {
    case .array(let elements): limit > 0 && elements.allSatisfy { $0.isNested(atMost: limit - 1) }
    case .object(let object): limit > 0 && object.members.allSatisfy { $0.value.isNested(atMost: limit - 1) }
    default: true
    }
  }

  /// What kind of value this is, in words for messages.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int, .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

// MARK: - Access

extension JSONValue {
  package var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  package var boolValue: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  /// The integer; nil for doubles too, also those without a fraction.
  package var intValue: Int64? {
    if case .int(let value) = self { return value }
    return nil
  }

  /// Any number, as a double.
  package var doubleValue: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  package var stringValue: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  package var arrayValue: [JSONValue]? {
    if case .array(let value) = self { return value }
    return nil
  }

  package var objectValue: JSONObject? {
    if case .object(let value) = self { return value }
    return nil
  }

  /// The member of that name; nil if there is none or this is no object. Setting a member of something that is no
  /// object replaces it by an object with that one member; setting nil removes the member.
  package subscript(key: String) -> JSONValue? {
    get {
      if case .object(let object) = self { return object[key] }
      return nil
    }
    _modify {
      var object = JSONObject()
      var wasObject = false
      if case .object(let existing) = self {
        object = existing
        wasObject = true
        self = .null  // so that the object is uniquely referenced while it changes
      }
      let before = self
      yield &object[key]
      self = wasObject || !object.isEmpty ? .object(object) : before
    }
  }

  /// The value under a path of member names.
  package subscript(path path: String...) -> JSONValue? { self[path: path] }

  /// The value under a path of member names; the empty path is this value.
  package subscript(path path: [String]) -> JSONValue? {
    var value = self
    for key in path {
      guard let next = value[key] else { return nil }
      value = next
    }
    return value
  }
}

// MARK: - Literals

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .int(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSONValue: JSONCodable, CustomStringConvertible {
  /// `null`.
  package init() { self = .null }
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readValue() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
  package init(json: JSONValue) throws(JSONError) { self = json }
  package var json: JSONValue { self }
  /// The compact text.
  package var description: String { String(decoding: jsonBytes, as: UTF8.self) }
}
