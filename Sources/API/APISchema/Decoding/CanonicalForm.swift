package import JSONDocument

extension Schema {
  /// Brings a document into the form in which Kubernetes' typed code would write it after reading it, which is what
  /// its clients get back:
  ///
  /// - fields in the order of their declaration, `kind` and `apiVersion` first; maps in the order of their keys;
  /// - members that are `null` or that the type does not have are gone; so are empty values that JSON leaves out;
  /// - what JSON always shows is there: structs that are no pointers in Go, as `{}` or with their own such fields, and
  ///   scalars that are not left out when they are zero;
  /// - quantities in canonical form, times in UTC in their resolution, durations and base64 as Go writes them;
  /// - elements and map members that are `null` have become zero values.
  ///
  /// One difference: what Go shows as `null` (a creation time that is not set, a list that is not there) is left out.
  ///
  /// Values of the wrong type or form stay as they are: decode strictly first. Applying it twice changes nothing.
  package func canonicalize(_ document: inout JSONValue, as kind: GroupVersionKind) {
    guard let type = index(of: kind), case .object(let object) = document else { return }
    document = .object(canonical(object, type))
  }

  private func canonical(_ object: JSONObject, _ type: Int) -> JSONObject {
    var result = JSONObject()
    if types[type].isKind {
      for name in ["kind", "apiVersion"] {
        if let value = object[name], !value.isNull { result[name] = value }
      }
    }
    for field in types[type].jsonFields {
      let value = canonical(object[field.name] ?? .null, field)
      if !value.isNull { result[field.name] = value }
    }
    return result
  }

  /// A field's value; null if it is not shown. (Not an optional: `nil` is a literal of `JSONValue` too.)
  private func canonical(_ value: JSONValue, _ field: WireField) -> JSONValue {
    let isPointer = field.flags.contains(.pointer)
    if value.isNull {
      if isPointer { return .null }
      switch field.type {
      case .type, .quantity, .intOrString, .duration: return element(value, field.type)
      case .string, .bool, .int32, .int64, .double:
        return field.flags.contains(.omitEmpty) ? .null : zero(field.type)
      case .array, .map, .bytes, .time, .microTime, .any: return .null
      }
    }
    let value = element(value, field.type)
    if isPointer || !field.flags.contains(.omitEmpty) { return value }
    switch (field.type, value) {
    case (.array, .array(let elements)): return elements.isEmpty ? .null : value
    case (.map, .object(let members)): return members.isEmpty ? .null : value
    case (.double, .double(let number)): return number == 0 ? .null : value
    case (.string, .string("")), (.bytes, .string("")), (.bool, .bool(false)), (.int32, .int(0)), (.int64, .int(0)),
      (.double, .int(0)):
      return .null
    default: return value
    }
  }

  /// A value by itself: of a field, an element, a map's member. Null becomes the zero value.
  private func element(_ value: JSONValue, _ type: FieldType) -> JSONValue {
    switch (type, value) {
    case (.type(let index), .object(let object)): return .object(canonical(object, index))
    case (.type(let index), .null): return .object(canonical(JSONObject(), index))
    case (.array(let inner), .array(let elements)):
      return .array(elements.map { element($0, inner) })
    case (.map(let inner), .object(let object)):
      if object.count < 2 {
        var object = object
        object.updateValues { _, member in member = element(member, inner) }
        return .object(object)
      }
      // Go sorts by bytes, as Swift's strings do not.
      let sorted = object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      var result = JSONObject()
      result.reserveCapacity(sorted.count)
      for member in sorted { result[member.key] = element(member.value, inner) }
      return .object(result)
    case (.string, .null), (.bool, .null), (.int32, .null), (.int64, .null), (.double, .null), (.quantity, .null),
      (.intOrString, .null), (.duration, .null), (.bytes, .null), (.array, .null):
      return zero(type)
    case (.quantity, .string(let text)): return (try? .string(QuantityText.canonical(text))) ?? value
    case (.quantity, .int), (.quantity, .double):
      return (try? .string(QuantityText.canonical(value.description))) ?? value
    case (.time, .string(let text)):
      guard let text = try? TimeText.canonical(text, microseconds: false) as String?? else { return value }
      return text.map { .string($0) } ?? .null
    case (.microTime, .string(let text)):
      guard let text = try? TimeText.canonical(text, microseconds: true) as String?? else { return value }
      return text.map { .string($0) } ?? .null
    case (.duration, .string(let text)):
      guard let nanoseconds = try? TimeText.duration(text) else { return value }
      return .string(ProtobufTime.duration(nanoseconds: nanoseconds))
    case (.bytes, .string(let text)):
      guard let bytes = Base64.decode(text.utf8) else { return value }
      return .string(Base64.encode(bytes))
    case (.double, .double(let number)): return JSONValue(wholeOrNot: number)
    default: return value
    }
  }

  private func zero(_ type: FieldType) -> JSONValue {
    switch type {
    case .string, .bytes: ""
    case .bool: false
    case .int32, .int64, .double, .intOrString: 0
    case .quantity: "0"
    case .duration: "0s"
    case .array: []
    default: .null
    }
  }
}

extension JSONValue {
  /// A double as Go writes it: without a fraction if there is none.
  init(wholeOrNot number: Double) {
    if let integer = Int64(exactly: number), integer.magnitude < 1 << 53 {
      self = .int(integer)
    } else {
      self = .double(number)
    }
  }
}
