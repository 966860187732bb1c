package import JSONDocument

extension Schema {
  /// The media type of Kubernetes' protobuf bodies.
  package static let protobufMediaType = "application/vnd.kubernetes.protobuf"

  /// Reads a protobuf body in Kubernetes' envelope as the document that JSON would have held. Fields that the schema
  /// does not know are skipped, as protobuf has it. Scalars at zero that JSON leaves out are left out: Go writes them
  /// always.
  ///
  /// - Parameter expected: fills in what the envelope does not say of `apiVersion` and `kind`. What it does say counts
  ///   and comes back in the document: it is the caller's to compare.
  package func document(
    protobuf bytes: [UInt8], expecting expected: GroupVersionKind
  ) throws(ProtobufError) -> JSONValue {
    var decoder = ProtobufDecoder(schema: self)
    do { return try decoder.envelope(bytes[...], expected) } catch {
      var located = error
      located.path = decoder.path
      throw located
    }
  }
}

/// Walks along a message and the schema. Where it stood at an error is `path`.
struct ProtobufDecoder {
  /// `k8s` NUL: what a body begins with.
  static let magic: [UInt8] = [0x6b, 0x38, 0x73, 0x00]
  /// How deep messages may nest. Pods reach about ten; the schemas of custom resources go deeper.
  static let deepest = 100

  let schema: Schema
  /// From the leaf to the root, filled while an error goes up.
  private(set) var reversedPath: [String] = []
  private var depth = 0

  init(schema: Schema) { self.schema = schema }

  var path: String { reversedPath.reversed().joined(separator: ".") }

  // MARK: The envelope

  /// `runtime.Unknown`: type meta in 1 (`apiVersion`, `kind`), the object in 2, content encoding and type in 3 and 4.
  mutating func envelope(_ bytes: ArraySlice<UInt8>, _ expected: GroupVersionKind?) throws(ProtobufError) -> JSONValue {
    guard bytes.starts(with: Self.magic) else {
      throw ProtobufError(.malformed, "the body does not begin with Kubernetes' protobuf prefix")
    }
    var apiVersion = ""
    var kind = ""
    var object: ArraySlice<UInt8> = []
    var reader = ProtobufReader(bytes.dropFirst(Self.magic.count))
    while let (number, value) = try reader.next() {
      switch number {
      case 1:
        var typeMeta = ProtobufReader(try value.bytes())
        while let (number, value) = try typeMeta.next() {
          if number == 1 { apiVersion = try value.text() }
          if number == 2 { kind = try value.text() }
        }
      case 2: object = try value.bytes()
      case 3:
        guard try value.bytes().isEmpty else { throw ProtobufError(.malformed, "the body has a content encoding") }
      case 4:
        let type = try value.text()
        guard type.isEmpty || type == Schema.protobufMediaType else {
          throw ProtobufError(.malformed, "the envelope holds something else than protobuf")
        }
      default: break
      }
    }
    if apiVersion.isEmpty { apiVersion = expected?.apiVersion ?? "" }
    if kind.isEmpty { kind = expected?.kind ?? "" }
    guard let sent = GroupVersionKind(apiVersion: apiVersion, kind: kind), let type = schema.index(of: sent) else {
      throw ProtobufError(.kind, "no kind \"\(kind)\" is known in version \"\(apiVersion)\"")
    }
    var document: JSONObject = ["apiVersion": .string(apiVersion), "kind": .string(kind)]
    for member in try message(object, type).members { document[member.key] = member.value }
    return .object(document)
  }

  // MARK: Messages

  /// What a field holds until the end of its message is reached.
  private enum Slot {
    case empty
    case scalar(JSONValue)
    case list([JSONValue])
    case map(JSONObject)
    /// Bytes of a message that occurs once. Should it occur again, both together are the message: so protobuf merges.
    case message(ArraySlice<UInt8>)
  }

  private mutating func message(_ bytes: ArraySlice<UInt8>, _ type: Int) throws(ProtobufError) -> JSONObject {
    var result = JSONObject()
    try message(bytes, type, into: &result)
    return result
  }

  private mutating func message(
    _ bytes: ArraySlice<UInt8>, _ type: Int, into result: inout JSONObject
  ) throws(ProtobufError) {
    if bytes.isEmpty { return }
    try descend()
    let fields = schema.types[type].wireFields
    var slots = [Slot](repeating: .empty, count: fields.count)
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      guard let position = schema.types[type].wirePosition(number) else { continue }
      do { try collect(value, fields[position], &slots[position]) } catch {
        reversedPath.append(fields[position].name)
        throw error
      }
    }
    for (position, field) in fields.enumerated() {
      if case .empty = slots[position] { continue }
      do {
        if field.flags.contains(.inline), case .type(let inner) = field.type, case .message(let bytes) = slots[position]
        {
          try message(bytes, inner, into: &result)
        } else if let value = try value(of: slots[position], field) {
          result[field.name] = value
        }
      } catch {
        reversedPath.append(field.name)
        throw error
      }
    }
    depth -= 1
  }

  private mutating func descend() throws(ProtobufError) {
    guard depth < Self.deepest else { throw ProtobufError(.depth, "protobuf messages are nested too deeply") }
    depth += 1
  }

  private mutating func collect(
    _ value: ProtobufReader.Wire, _ field: WireField, _ slot: inout Slot
  ) throws(ProtobufError) {
    switch field.type {
    case .array(let element) where field.flags.contains(.wrapped):
      slot = .list(try wrappedList(try value.bytes(), element))
    case .array(let element):
      var list: [JSONValue] = []
      if case .list(let existing) = slot {
        list = existing
        slot = .empty  // the list is now uniquely referenced
      }
      try append(value, element, to: &list)
      slot = .list(list)
    case .map(let element):
      let (key, value) = try entry(try value.bytes(), element)
      var map = JSONObject()
      if case .map(let existing) = slot {
        map = existing
        slot = .empty
      }
      map[key] = value
      slot = .map(map)
    case .string, .bool, .int32, .int64, .double, .bytes: slot = .scalar(try self.value(value, field.type))
    default:
      let bytes = try value.bytes()
      if case .message(var first) = slot {
        slot = .empty  // the bytes are now uniquely referenced: many parts do not mean many copies
        first.append(contentsOf: bytes)
        slot = .message(first)
      } else {
        slot = .message(bytes)
      }
    }
  }

  /// A field's value; nil if JSON would not show it.
  private mutating func value(of slot: Slot, _ field: WireField) throws(ProtobufError) -> JSONValue? {
    let value: JSONValue
    switch slot {
    case .empty: return nil
    case .scalar(let scalar): value = scalar
    case .list(let list): value = .array(list)
    case .map(let map): value = .object(map)
    case .message(let bytes): value = try self.value(.bytes(bytes), field.type)
    }
    if value.isNull { return nil }
    let leavesOutZero = field.flags.contains(.omitEmpty) && !field.flags.contains(.pointer)
    if leavesOutZero, isZero(value, field.type) { return nil }
    return value
  }

  /// Structs and quantities have no empty value that Go's JSON would leave out.
  private func isZero(_ value: JSONValue, _ type: FieldType) -> Bool {
    switch (type, value) {
    case (.any, _), (.type, _), (.quantity, _), (.intOrString, _), (.duration, _): false
    case (_, .array(let elements)): elements.isEmpty
    case (_, .double(let number)): number == 0
    default: value == "" || value == 0 || value == false
    }
  }

  private mutating func append(
    _ value: ProtobufReader.Wire, _ element: FieldType, to list: inout [JSONValue]
  ) throws(ProtobufError) {
    guard case .bytes(let packed) = value else { return list.append(try self.value(value, element)) }
    var reader = ProtobufReader(packed)
    switch element {
    case .bool, .int32, .int64:
      while !reader.isAtEnd { list.append(try self.value(.varint(try reader.varint()), element)) }
    case .double:
      while !reader.isAtEnd { list.append(try self.value(.fixed64(try reader.fixed(8)), element)) }
    default: list.append(try self.value(value, element))
    }
  }

  /// One member of a map: key in 1, value in 2; either may be missing if it is empty.
  private mutating func entry(
    _ bytes: ArraySlice<UInt8>, _ element: FieldType
  ) throws(ProtobufError) -> (String, JSONValue) {
    var key = ""
    var value: ProtobufReader.Wire?
    var reader = ProtobufReader(bytes)
    while let field = try reader.next() {
      if field.number == 1 { key = try field.value.text() }
      if field.number == 2 { value = field.value }
    }
    if let value { return (key, try self.value(value, element)) }
    switch element {
    case .bool, .int32, .int64: return (key, try self.value(.varint(0), element))
    case .double: return (key, .int(0))
    default: return (key, try self.value(.bytes([]), element))
    }
  }

  // MARK: Values

  private mutating func value(_ wire: ProtobufReader.Wire, _ type: FieldType) throws(ProtobufError) -> JSONValue {
    switch type {
    case .string: return .string(try wire.text())
    case .bool: return .bool(try wire.number() != 0)
    case .int32: return .int(Int64(Int32(truncatingIfNeeded: try wire.number())))
    case .int64: return .int(Int64(bitPattern: try wire.number()))
    case .double:
      let number = try wire.double()
      guard number.isFinite else { throw ProtobufError(.value, "JSON has no such number: \(number)") }
      return JSONValue(wholeOrNot: number)
    case .bytes: return .string(Base64.encode(Array(try wire.bytes())))
    case .type(let index): return .object(try message(try wire.bytes(), index))
    case .array(let element): return .array(try wrappedList(try wire.bytes(), element))
    case .map:
      // The API has no lists and maps of maps.
      throw ProtobufError(.malformed, "a map cannot be an element")
    case .time: return try time(try wire.bytes(), microseconds: false)
    case .microTime: return try time(try wire.bytes(), microseconds: true)
    case .duration:
      let nanoseconds = try numbers(try wire.bytes())[1] ?? 0
      return .string(ProtobufTime.duration(nanoseconds: Int64(bitPattern: nanoseconds)))
    case .quantity:
      let text = try field(1, of: try wire.bytes())?.text() ?? ""
      return .string(text.isEmpty ? "0" : text)
    case .intOrString:
      let bytes = try wire.bytes()
      let values = try numbers(bytes)
      if values[1] ?? 0 == 0 { return .int(Int64(Int32(truncatingIfNeeded: values[2] ?? 0))) }
      return .string(try field(3, of: bytes)?.text() ?? "")
    case .any(let name): return try freeForm(try wire.bytes(), name)
    }
  }

  /// A list that is a map's value (`ExtraValue`) has a message of its own, with the items in 1.
  private mutating func wrappedList(
    _ bytes: ArraySlice<UInt8>, _ element: FieldType
  ) throws(ProtobufError) -> [JSONValue] {
    try descend()
    var list: [JSONValue] = []
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      if number == 1 { try append(value, element, to: &list) }
    }
    depth -= 1
    return list
  }

  /// Seconds in 1, nanoseconds in 2. An empty message is Go's zero time, which JSON shows as `null`.
  private func time(_ bytes: ArraySlice<UInt8>, microseconds: Bool) throws(ProtobufError) -> JSONValue {
    if bytes.isEmpty { return .null }
    let values = try numbers(bytes)
    let nanoseconds = Int64(Int32(truncatingIfNeeded: values[2] ?? 0))
    guard
      let text = ProtobufTime.text(
        seconds: Int64(bitPattern: values[1] ?? 0), nanoseconds: nanoseconds, microseconds: microseconds)
    else { throw ProtobufError(.value, "the time lies outside of the years 1 to 9999") }
    return .string(text)
  }

  /// Free-form JSON lies as bytes in field 1; the alternatives that custom resources' schemas allow have theirs.
  private mutating func freeForm(_ bytes: ArraySlice<UInt8>, _ name: String) throws(ProtobufError) -> JSONValue {
    switch name {
    case "JSONSchemaPropsOrArray":
      if let single = try field(1, of: bytes) { return try jsonSchema(single) }
      return .array(try jsonSchemas(bytes))
    case "JSONSchemaPropsOrBool":
      if let schema = try field(2, of: bytes) { return try jsonSchema(schema) }
      return .bool(try numbers(bytes)[1] ?? 0 != 0)
    case "JSONSchemaPropsOrStringArray":
      if let schema = try field(1, of: bytes) { return try jsonSchema(schema) }
      var names: [JSONValue] = []
      var reader = ProtobufReader(bytes)
      while let (number, value) = try reader.next() {
        if number == 2 { names.append(.string(try value.text())) }
      }
      return .array(names)
    default:
      let raw = try field(1, of: bytes)?.bytes() ?? []
      if raw.isEmpty { return .null }
      if raw.starts(with: Self.magic) {
        // An object within a list of anything.
        try descend()
        let document = try envelope(raw, nil)
        depth -= 1
        return document
      }
      do { return try JSONValue(jsonBytes: Array(raw)) } catch {
        throw ProtobufError(.value, "embedded json: \(error)")
      }
    }
  }

  private mutating func jsonSchema(_ wire: ProtobufReader.Wire) throws(ProtobufError) -> JSONValue {
    guard let type = schema.index(package: "apiextensions.k8s.io", version: "v1", name: "JSONSchemaProps") else {
      throw ProtobufError(.kind, "the schema has no JSONSchemaProps")
    }
    return try value(wire, .type(type))
  }

  private mutating func jsonSchemas(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) -> [JSONValue] {
    var schemas: [JSONValue] = []
    var reader = ProtobufReader(bytes)
    while let (number, value) = try reader.next() {
      if number == 2 { schemas.append(try jsonSchema(value)) }
    }
    return schemas
  }

  /// The last field of that number.
  private func field(_ number: Int, of bytes: ArraySlice<UInt8>) throws(ProtobufError) -> ProtobufReader.Wire? {
    var reader = ProtobufReader(bytes)
    var found: ProtobufReader.Wire?
    while let field = try reader.next() {
      if field.number == number { found = field.value }
    }
    return found
  }

  /// A message's fields that are numbers.
  private func numbers(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) -> [Int: UInt64] {
    var reader = ProtobufReader(bytes)
    var values: [Int: UInt64] = [:]
    while let field = try reader.next() {
      if case .varint(let number) = field.value { values[field.number] = number }
    }
    return values
  }
}
