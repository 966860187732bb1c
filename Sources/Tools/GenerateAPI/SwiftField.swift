import APISchema

/// A field as a Swift property: its type, its zero value, how it is read and written.
struct SwiftField {
  let field: FieldSchema
  let schema: Schema
  /// The enum of the type that holds the field; its own types need no qualification.
  let scope: String
  let isBoxed: Bool

  var property: String { SwiftNames.property(field.name) }

  /// Whether the property is optional: pointers to scalars and structs, times, free-form JSON.
  static func isOptional(_ field: FieldSchema) -> Bool {
    switch field.type {
    case .array, .map: false
    case .time, .microTime, .any: true
    case .bytes: false
    default: field.flags.contains(.pointer)
    }
  }

  var isOptional: Bool { Self.isOptional(field) }

  var swiftType: String { typeName(field.type) + (isOptional ? "?" : "") }

  /// Whether it is free-form JSON that is kept as text: the records of owned fields, which every object carries.
  private var isRaw: Bool { field.type == .any("FieldsV1") }

  /// The zero value, for the property's declaration and the initialiser's default.
  var zero: String {
    if isOptional { return "nil" }
    switch field.type {
    case .string: return "\"\""
    case .bool: return "false"
    case .int32, .int64, .double: return "0"
    case .bytes, .array: return "[]"
    case .map: return "[:]"
    default: return "\(typeName(field.type))()"
    }
  }

  /// The declaration.
  var declaration: String {
    let head = "package var \(property): \(swiftType)"
    if isBoxed { return isOptional ? "@BoxedOptional \(head)" : "@Boxed \(head)" }
    return head
  }

  /// The statement of `init()` that sets the zero value; nil for boxes, which have it already. (Initial values at the
  /// declarations would be a function each.)
  var initialization: String? { isBoxed ? nil : "self.\(property) = \(zero)" }

  /// The expression that reads a value that is not null.
  var read: String {
    switch field.type {
    case .string: "try reader.readString()"
    case .bool: "try reader.readBool()"
    case .int32: "try reader.readInt32()"
    case .int64: "try reader.readInt64()"
    case .double: "try reader.readDouble()"
    case .bytes: "try reader.readBytes()"
    case .any where !isRaw: "try reader.readValue()"
    case .array: "try reader.readArray()"
    case .map(.bytes): "try reader.readByteMap()"
    case .map(.array): "try reader.readArrayMap()"
    case .map: "try reader.readMap()"
    default: "try \(typeName(field.type))(from: &reader)"
    }
  }

  /// The statements that write the field.
  var write: [String] {
    let key = "writer.key(\"\(field.name)\")"
    let value: String
    switch field.type {
    case .any where isRaw: value = "\(property).write(to: &writer)"
    case .string, .bool, .int32, .int64, .double, .bytes, .any: value = "writer.write(\(property))"
    case .array: value = "writer.write(array: \(property))"
    case .map(.bytes): value = "writer.write(byteMap: \(property))"
    case .map(.array): value = "writer.write(arrayMap: \(property))"
    case .map: value = "writer.write(map: \(property))"
    default: value = "\(property).write(to: &writer)"
    }
    guard let condition else { return [key, value] }
    return ["\(condition) {", "  \(key)", "  \(value)", "}"]
  }

  private var condition: String? {
    if isOptional {
      return "if let \(property)"
    }
    guard field.flags.contains(.omitEmpty) else { return nil }
    switch field.type {
    case .string, .bytes, .array, .map: return "if !\(property).isEmpty"
    case .bool: return "if \(property)"
    case .int32, .int64, .double: return "if \(property) != 0"
    case .intOrString: return "if \(property) != IntOrString()"
    default: return nil
    }
  }

  private func typeName(_ type: FieldType) -> String {
    switch type {
    case .string: return "String"
    case .bool: return "Bool"
    case .int32: return "Int32"
    case .int64: return "Int64"
    case .double: return "Double"
    case .bytes: return "[UInt8]"
    case .time: return "Time"
    case .microTime: return "MicroTime"
    case .duration: return "GoDuration"
    case .quantity: return "Quantity"
    case .intOrString: return "IntOrString"
    case .any: return isRaw ? "RawJSON" : "JSONValue"
    case .array(let element): return "[\(typeName(element))]"
    case .map(let value): return "[String: \(typeName(value))]"
    case .type(let index):
      let target = schema.types[index]
      let group = SwiftNames.group(package: target.package, version: target.version)
      return group == scope ? target.name : "\(group).\(target.name)"
    }
  }
}
