import APISchema
import JSONDocument
import SeededNumbers

/// Makes documents of any type out of the schema table: as clients may write them, with amounts and times in all their
/// forms, nulls, empty values and zero values.
struct RandomDocuments {
  let schema = Schema.builtIn
  var generator: SeededGenerator
  /// How likely an optional field is there, in percent.
  var density = 50

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func document(of kind: GroupVersionKind) -> JSONValue {
    guard let type = schema.index(of: kind) else { return .null }
    density = [10, 30, 60, 95].randomElement(using: &generator)!
    var object: JSONObject = ["apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind)]
    for member in members(of: type, depth: 0).members { object[member.key] = member.value }
    return .object(object)
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  private mutating func members(of type: Int, depth: Int) -> JSONObject {
    var object = JSONObject()
    // In any order, as clients write them.
    for field in schema.types[type].fields.shuffled(using: &generator) {
      guard chance(max(density - depth * 8, 3)) else { continue }
      if chance(4) {
        object[field.name] = .null
      } else if let value = value(of: field.type, depth: depth + 1, field) {
        object[field.name] = value
      }
    }
    return object
  }

  private mutating func value(of type: FieldType, depth: Int, _ field: FieldSchema) -> JSONValue? {
    switch type {
    case .string: return .string(text())
    case .bool: return .bool(chance(60))
    case .int32: return .int(Int64(chance(15) ? 0 : Int32.random(in: .min ... .max, using: &generator)))
    case .int64: return .int(chance(15) ? 0 : Int64.random(in: .min ... .max, using: &generator))
    case .double:
      return [.double(1.5), .double(1e300), .int(3), .double(-0.25), .int(0)].randomElement(using: &generator)
    case .bytes:
      let count = Int.random(in: 0...9, using: &generator)
      return .string(Base64.encode((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    case .time:
      return [
        "2024-02-29T23:59:59Z", "2024-02-29T23:59:59.75+02:00", "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        "9999-12-31T00:00:00-01:30",
      ].randomElement(using: &generator)
    case .microTime:
      return [
        "2024-02-29T23:59:59.123456Z", "2024-02-29T23:59:59.000000+02:00", "1900-01-01T00:00:00.999999Z",
      ].randomElement(using: &generator)
    case .duration: return ["0", "1m30s", "0.5h", "-1.5s", "300ms", "1h0m0s"].randomElement(using: &generator)
    case .quantity:
      return [
        "1000m", "0.5", "1.5Gi", "2e3", "128Mi", "-3", "0", "100n", "12E", "+7k", "1024Ki", .int(4), .double(0.25),
      ].randomElement(using: &generator)
    case .intOrString: return chance(50) ? .int(Int64(Int32.random(in: 0...70_000, using: &generator))) : "25%"
    case .type(let index):
      guard depth < 12 else { return nil }
      return .object(members(of: index, depth: depth))
    case .array(let element):
      // A list that JSON always shows is there or not in protobuf, but never empty.
      let least = field.flags.contains(.omitEmpty) ? 0 : 1
      let count = Int.random(in: least...3, using: &generator)
      let elements = (0..<count).compactMap { _ in value(of: element, depth: depth + 1, field) }
      if elements.count < least { return nil }
      return .array(elements)
    case .map(let element):
      var object = JSONObject()
      let least = field.flags.contains(.omitEmpty) ? 0 : 1
      for _ in 0..<Int.random(in: least...3, using: &generator) {
        if let value = chance(5) ? .null : value(of: element, depth: depth + 1, field) { object[text()] = value }
      }
      if object.count < least { return nil }
      return .object(object)
    case .any(let name): return freeForm(name)
    }
  }

  private mutating func freeForm(_ name: String) -> JSONValue? {
    switch name {
    case "JSONSchemaPropsOrArray": chance(50) ? ["type": "string"] : [["type": "integer"], ["format": "x"]]
    case "JSONSchemaPropsOrBool": chance(50) ? ["type": "string"] : .bool(chance(50))
    case "JSONSchemaPropsOrStringArray": chance(50) ? ["type": "string"] : ["a", "b"]
    default: [["a": [1, nil, 1.5, "é"]], "text", 7, true, [[:], []]].randomElement(using: &generator)
    }
  }

  private mutating func text() -> String {
    ["", "a", "web-1", "värde", "日本", "\u{1F600}", "a\"b\\c\n", "x.y/z", "k"].randomElement(using: &generator)!
      + (chance(50) ? "\(Int.random(in: 0...99, using: &generator))" : "")
  }
}

extension Schema {
  /// Every kind that the table has, those of `meta/v1` under their own group.
  var allKinds: [GroupVersionKind] {
    types.filter(\.isKind).map { type in
      type.package == "meta"
        ? GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: type.name) : type.groupVersionKind
    }
  }
}
