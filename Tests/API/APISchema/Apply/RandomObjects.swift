import APISchema
import JSONDocument
import SeededNumbers

/// Random documents of a kind, from the schema table: values from small domains, so that two of them have much in
/// common; lists whose elements can be told apart; nothing empty.
struct RandomObjects {
  let schema = Schema.builtIn
  let kind: GroupVersionKind
  var generator: SeededGenerator

  init(_ kind: GroupVersionKind, seed: UInt64) {
    self.kind = kind
    generator = SeededGenerator(seed: seed)
  }

  static let kinds = [ApplyStage.pods, ApplyStage.deployments, ApplyStage.services]

  mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &generator) == 0 }
  mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &generator)] }

  /// Members of an object: metadata that can be owned, and a spec.
  mutating func members() -> JSONObject {
    var members: JSONObject = ["metadata": ["name": "o"]]
    guard let index = schema.index(of: kind), case .type(let spec)? = schema.types[index].fieldType("spec"),
      case .type(let metadata)? = schema.types[index].fieldType("metadata")
    else { return members }
    for name in ["labels", "annotations", "finalizers", "ownerReferences"] where chance(2) {
      guard let field = schema.types[metadata].field(name), let value = value(of: field, depth: 2) else { continue }
      members["metadata"]?[name] = value
    }
    if let spec = structure(spec, depth: 6) { members["spec"] = spec }
    return members
  }

  private mutating func structure(_ index: Int, depth: Int) -> JSONValue? {
    var object = JSONObject()
    let fields = schema.types[index].fields
    for field in fields where chance(max(2, fields.count / 4)) {
      if let value = value(of: field, depth: depth - 1) { object[field.name] = value }
    }
    return object.isEmpty ? nil : .object(object)
  }

  private mutating func value(of field: FieldSchema, depth: Int) -> JSONValue? {
    guard case .array(let element) = field.type else { return value(field.type, depth: depth) }
    guard depth > 0 else { return nil }
    var keys = field.listMapKeys
    if let key = field.mergeKey { keys.removeAll { $0 == key }; keys.insert(key, at: 0) }
    var elements: [JSONValue] = []
    for number in 0..<4 where chance(2) {
      guard let value = self.element(element, keys, number, depth: depth - 1), !elements.contains(value) else {
        continue
      }
      elements.append(value)
    }
    elements.shuffle(using: &generator)
    return elements.isEmpty ? nil : .array(elements)
  }

  /// An element whose first key tells it apart.
  private mutating func element(_ type: FieldType, _ keys: [String], _ number: Int, depth: Int) -> JSONValue? {
    guard let first = keys.first, case .type(let index) = type else { return value(type, depth: depth) }
    var value = structure(index, depth: depth) ?? [:]
    for key in keys {
      let isNumber = [.int32, .int64].contains(schema.types[index].fieldType(key))
      let mark = key == first ? number : 0
      value[key] = isNumber ? .int(Int64(mark)) : .string("k\(mark)")
    }
    return value
  }

  private mutating func value(_ type: FieldType, depth: Int) -> JSONValue? {
    switch type {
    case .string: return pick(["a", "b", "c"])
    case .bool: return pick([true, false])
    case .int32, .int64: return pick([1, 2, 3])
    case .double: return pick([0.5, 1.5])
    case .bytes: return "QQ=="
    case .time: return "2026-01-01T00:00:00Z"
    case .microTime: return "2026-01-01T00:00:00.000000Z"
    case .duration: return "1s"
    case .quantity: return pick(["1", "2"])
    case .intOrString: return pick([1, "50%"])
    case .any: return ["free": 1]
    case .type(let index): return depth > 0 ? structure(index, depth: depth) : nil
    case .array(let element):
      guard depth > 0, let value = value(element, depth: depth - 1) else { return nil }
      return .array([value])
    case .map(let element):
      var object = JSONObject()
      for key in ["x", "y", "z"] where chance(2) {
        if let value = value(element, depth: depth - 1) { object[key] = value }
      }
      return object.isEmpty ? nil : .object(object)
    }
  }

  /// The same with some members and elements left out; keys of elements stay, and nothing is empty.
  mutating func thinned(_ members: JSONObject) -> JSONObject {
    guard let index = schema.index(of: kind), case .object(var result)? = thinned(.object(members), .type(index), [])
    else { return ["metadata": ["name": "o"]] }
    if result["metadata"] == nil { result["metadata"] = [:] }
    result["metadata"]?["name"] = "o"
    return result
  }

  private mutating func thinned(_ value: JSONValue, _ type: FieldType, _ keys: [String]) -> JSONValue? {
    switch (type, value) {
    case (.type(let index), .object(let object)):
      var result = JSONObject()
      for member in object.members where keys.contains(member.key) || !chance(5) {
        guard let field = schema.types[index].field(member.key) else { continue }
        var elementKeys = field.listMapKeys
        if let key = field.mergeKey { elementKeys.append(key) }
        result[member.key] = thinned(member.value, field.type, elementKeys)
      }
      return result.isEmpty ? nil : .object(result)
    case (.map(let element), .object(let object)):
      var result = JSONObject()
      for member in object.members where !chance(5) { result[member.key] = thinned(member.value, element, []) }
      return result.isEmpty ? nil : .object(result)
    case (.array(let element), .array(let list)):
      var result: [JSONValue] = []
      for item in list where !chance(5) {
        if let item = thinned(item, element, keys) { result.append(item) }
      }
      return result.isEmpty ? nil : .array(result)
    default: return value
    }
  }
}
