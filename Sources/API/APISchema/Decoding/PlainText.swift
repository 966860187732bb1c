import JSONDocument

extension Schema {
  /// Whether a text is an object of the kind in so plain a form that the kind's codec, reading it straight, gets what
  /// it would get of the document that `decode(json:as:)`, `canonicalize` and `applyDefaults` make of it, and strict
  /// field validation has nothing to say. Most config maps are.
  ///
  /// It is where the kind has no defaults, the text tells its `apiVersion` and `kind`, each member is known, of its
  /// type and there once, and none is a quantity, a time, base64 or free-form JSON, which have many forms. Null may be
  /// a field's whole value. False judges nothing: the text may be fine, or no JSON.
  package func isPlain(json: [UInt8], as kind: GroupVersionKind) -> Bool {
    guard let type = index(of: kind), !types[type].reachesPresets, KindDefaults.all[kind] == nil else { return false }
    var walk = PlainTextWalk(self, json)
    do { return try walk.isPlain(type, kind) } catch { return false }
  }
}

/// A walk along a text that makes nothing of it and ends with the first thing that is not plain.
private struct PlainTextWalk {
  private let schema: Schema
  private var reader: JSONReader
  // The bits of what every kind's documents carry beside their fields.
  private static let versionBit = 62
  private static let kindBit = 63

  init(_ schema: Schema, _ json: [UInt8]) {
    self.schema = schema
    reader = JSONReader(json)
  }

  mutating func isPlain(_ type: Int, _ kind: GroupVersionKind) throws(JSONError) -> Bool {
    guard try isPlainObject(type, kind) else { return false }
    try reader.finish()
    return true
  }

  /// - Parameter kind: of the object as a whole; nil for its parts.
  private mutating func isPlainObject(_ type: Int, _ kind: GroupVersionKind?) throws(JSONError) -> Bool {
    guard schema.types[type].jsonFields.count <= Self.versionBit else { return false }
    // Whose bits are set has been met.
    var met: UInt64 = 0
    try reader.beginObject()
    while let name = try reader.nextKey() {
      let position = schema.types[type].members.position(of: name)
      let bit: Int
      if let position {
        bit = position
      } else if kind != nil, name == "apiVersion" {
        bit = Self.versionBit
      } else if kind != nil, name == "kind" {
        bit = Self.kindBit
      } else {
        return false
      }
      guard met & (1 << UInt64(bit)) == 0 else { return false }
      met |= 1 << UInt64(bit)
      if let position {
        if try reader.readNull() { continue }
        guard try isPlain(schema.types[type].jsonFields[position].type) else { return false }
      } else {
        let text = try reader.readString()
        guard text == (bit == Self.kindBit ? kind?.kind : kind?.apiVersion) else { return false }
      }
    }
    return kind == nil || met >> UInt64(Self.versionBit) == 3
  }

  private mutating func isPlain(_ type: FieldType) throws(JSONError) -> Bool {
    let found = try reader.peekKind()
    switch (type, found) {
    case (.string, .string), (.bool, .bool):
      try reader.skipValue()
      return true
    case (.int32, .number):
      _ = try reader.readInt32()
      return true
    case (.int64, .number):
      _ = try reader.readInt64()
      return true
    case (.type(let index), .object): return try isPlainObject(index, nil)
    case (.array(let element), .array):
      try reader.beginArray()
      while try reader.nextElement() {
        guard try isPlain(element) else { return false }
      }
      return true
    case (.map(let element), .object):
      var names: Set<String> = []
      try reader.beginObject()
      while let name = try reader.nextKey() {
        guard names.insert(name).inserted, try isPlain(element) else { return false }
      }
      return true
    default: return false
    }
  }
}
