import JSONDocument

/// Writes documents as the messages that Kubernetes' generated Go code writes, byte for byte:
///
/// - fields in the order of their numbers, maps in the order of their keys' bytes, lists unpacked;
/// - a scalar that is no pointer in Go is written also when it is zero, and so is a struct that is none, down to its own
///   scalars; a pointer, a list, a map and bytes only when they are there;
/// - an inline struct, whose fields JSON shows in the parent, is a message of its own;
/// - a quantity in its canonical form; a time in whole seconds, one that is absent as an empty message.
///
/// Members that the type does not have are passed over, also `apiVersion` and `kind`: the envelope has those.
struct ProtobufEncoder {
  let schema: Schema
  var writer: ProtobufWriter
  /// From the leaf to the root, filled while an error goes up.
  private(set) var reversedPath: [String] = []
  private var depth = 0

  init(schema: Schema, capacity: Int = 1024) {
    self.schema = schema
    self.writer = ProtobufWriter(capacity: capacity)
  }

  var path: String { reversedPath.reversed().joined(separator: ".") }

  /// The fields of a document of that type, without tag and length.
  mutating func message(_ document: JSONObject, _ type: Int) throws(ProtobufError) {
    guard depth < ProtobufDecoder.deepest else { throw ProtobufError(.depth, "the document is nested too deeply") }
    depth += 1
    for field in schema.types[type].backwardWireFields {
      if field.flags.contains(.inline), case .type(let inner) = field.type {
        let before = writer.count
        try message(document, inner)
        writer.close(field.number, from: before)
        continue
      }
      do {
        try encode(document[field.name] ?? .null, field)
      } catch {
        reversedPath.append(field.name)
        throw error
      }
    }
    depth -= 1
  }

  private mutating func encode(_ value: JSONValue, _ field: WireField) throws(ProtobufError) {
    switch field.type {
    case .array(let element):
      if value.isNull { return }
      guard case .array(let elements) = value else { throw mismatch(value, field.type) }
      if field.flags.contains(.wrapped) {
        let before = writer.count
        for item in elements.reversed() { try self.element(item, element, 1) }
        writer.close(field.number, from: before)
      } else {
        for item in elements.reversed() { try self.element(item, element, field.number) }
      }
    case .map(let element):
      if value.isNull { return }
      guard case .object(let members) = value else { throw mismatch(value, field.type) }
      // Go sorts by bytes, as Swift's strings do not.
      let sorted = members.members.sorted { $1.key.utf8.lexicographicallyPrecedes($0.key.utf8) }
      for member in sorted {
        let before = writer.count
        if case .array(let inner) = element {
          guard case .array(let elements) = member.value.isNull ? [] : member.value else {
            throw mismatch(member.value, element)
          }
          let beforeList = writer.count
          for item in elements.reversed() { try self.element(item, inner, 1) }
          writer.close(2, from: beforeList)
        } else {
          try self.element(member.value, element, 2)
        }
        writer.prependField(1, text: member.key)
        writer.close(field.number, from: before)
      }
    case .bytes:
      if !value.isNull { try element(value, field.type, field.number) }
    default:
      if value.isNull, field.flags.contains(.pointer) { return }
      try element(value, field.type, field.number)
    }
  }

  /// One value with its tag; null stands for the type's zero value.
  private mutating func element(_ value: JSONValue, _ type: FieldType, _ number: Int) throws(ProtobufError) {
    switch (type, value) {
    case (.string, .string(let text)): writer.prependField(number, text: text)
    case (.string, .null): writer.prependField(number, bytes: [])
    case (.bool, .bool(let flag)): writer.prependField(number, varint: flag ? 1 : 0)
    case (.int32, .int(let integer)):
      guard Int32(exactly: integer) != nil else { throw ProtobufError(.value, "\(integer) is no 32-bit integer") }
      writer.prependField(number, varint: UInt64(bitPattern: integer))
    case (.int64, .int(let integer)): writer.prependField(number, varint: UInt64(bitPattern: integer))
    case (.bool, .null), (.int32, .null), (.int64, .null): writer.prependField(number, varint: 0)
    case (.double, .int), (.double, .double), (.double, .null):
      writer.prepend(fixed64: (value.doubleValue ?? 0).bitPattern)
      writer.prepend(tag: number, wireType: 1)
    case (.bytes, .string(let text)):
      guard let bytes = Base64.decode(text.utf8) else { throw ProtobufError(.value, "the text is no base64") }
      writer.prependField(number, bytes: bytes)
    // A map's value that is null has no field of its own.
    case (.bytes, .null): break
    default:
      let before = writer.count
      try structured(value, type)
      writer.close(number, from: before)
    }
  }

  /// The inside of a value that is a message on the wire.
  private mutating func structured(_ value: JSONValue, _ type: FieldType) throws(ProtobufError) {
    switch (type, value) {
    case (.type(let index), .object(let object)): try message(object, index)
    case (.type(let index), .null): try message(JSONObject(), index)
    case (.time, .null), (.microTime, .null): break
    case (.time, .string(let text)): try time(text, microseconds: false)
    case (.microTime, .string(let text)): try time(text, microseconds: true)
    case (.duration, .string), (.duration, .null):
      do throws(TimeText.Problem) {
        let nanoseconds = try TimeText.duration(value.stringValue ?? "0")
        writer.prependField(1, varint: UInt64(bitPattern: nanoseconds))
      } catch { throw ProtobufError(.value, error.message) }
    case (.quantity, _): writer.prependField(1, text: try quantity(value))
    case (.intOrString, .int(let integer)):
      guard let integer = Int32(exactly: integer) else {
        throw ProtobufError(.value, "\(integer) is no 32-bit integer")
      }
      intOrString(kind: 0, integer, "")
    case (.intOrString, .string(let text)): intOrString(kind: 1, 0, text)
    case (.intOrString, .null): intOrString(kind: 0, 0, "")
    case (.any(let name), _): try freeForm(value, name)
    default: throw mismatch(value, type)
    }
  }

  private mutating func intOrString(kind: UInt64, _ integer: Int32, _ text: String) {
    writer.prependField(3, text: text)
    writer.prependField(2, varint: UInt64(bitPattern: Int64(integer)))
    writer.prependField(1, varint: kind)
  }

  private mutating func time(_ text: String, microseconds: Bool) throws(ProtobufError) {
    do throws(TimeText.Problem) {
      let instant = try TimeText.parse(text, microseconds: microseconds)
      if instant.isZero { return }
      let nanoseconds = microseconds ? instant.nanoseconds / 1000 * 1000 : 0
      writer.prependField(2, varint: UInt64(bitPattern: nanoseconds))
      writer.prependField(1, varint: UInt64(bitPattern: instant.seconds))
    } catch { throw ProtobufError(.value, error.message) }
  }

  private func quantity(_ value: JSONValue) throws(ProtobufError) -> String {
    let text: String
    switch value {
    case .null: return "0"
    case .string(let string): text = string
    case .int, .double: text = value.description
    default: throw mismatch(value, .quantity)
    }
    do throws(QuantityText.Problem) { return try QuantityText.canonical(text) } catch {
      throw ProtobufError(.value, error.message)
    }
  }

  /// Free-form JSON lies as its text in field 1; the alternatives that custom resources' schemas allow have theirs.
  private mutating func freeForm(_ value: JSONValue, _ name: String) throws(ProtobufError) {
    switch (name, value) {
    case ("JSONSchemaPropsOrArray", .array(let schemas)):
      for schema in schemas.reversed() { try jsonSchema(schema, 2) }
    case ("JSONSchemaPropsOrArray", .object), ("JSONSchemaPropsOrStringArray", .object): try jsonSchema(value, 1)
    case ("JSONSchemaPropsOrBool", .bool(let allows)): writer.prependField(1, varint: allows ? 1 : 0)
    case ("JSONSchemaPropsOrBool", .object):
      // Where there is a schema, other properties are allowed.
      try jsonSchema(value, 2)
      writer.prependField(1, varint: 1)
    case ("JSONSchemaPropsOrBool", .null): writer.prependField(1, varint: 0)
    case ("JSONSchemaPropsOrStringArray", .array(let names)):
      for name in names.reversed() { try element(name, .string, 2) }
    case ("JSONSchemaPropsOrArray", .null), ("JSONSchemaPropsOrStringArray", .null): break
    case ("JSONSchemaPropsOrArray", _), ("JSONSchemaPropsOrBool", _), ("JSONSchemaPropsOrStringArray", _):
      throw mismatch(value, .any(name))
    case (_, .null): break
    default: writer.prependField(1, bytes: value.jsonBytes)
    }
  }

  private mutating func jsonSchema(_ value: JSONValue, _ number: Int) throws(ProtobufError) {
    guard let type = schema.index(package: "apiextensions.k8s.io", version: "v1", name: "JSONSchemaProps") else {
      throw ProtobufError(.kind, "the schema has no JSONSchemaProps")
    }
    try element(value, .type(type), number)
  }

  private func mismatch(_ value: JSONValue, _ type: FieldType) -> ProtobufError {
    ProtobufError(.value, "cannot write \(value.typeName) as \(type.displayName)")
  }
}
