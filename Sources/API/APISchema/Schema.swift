import JSONDocument

/// All types, found by group, version and kind, or by index.
package struct Schema: Sendable {
  /// The types of the built-in tables, parsed on first use (a few milliseconds).
  package static let builtIn = Schema(parsing: SchemaTables.all.map { ($0.group, $0.version, $0.text) })

  /// By package in the order of the tables, then by name.
  package private(set) var types: [TypeSchema] = []
  private var indexByName: [String: Int] = [:]
  private var indexByKind: [GroupVersionKind: Int] = [:]

  /// The index of the type of that package (`core`, `meta`, `apps`, …), version and name.
  package func index(package: String, version: String, name: String) -> Int? {
    indexByName["\(package)/\(version).\(name)"]
  }

  /// The type whose documents have that `apiVersion` and `kind`. `meta/v1`'s kinds (`Status`, `DeleteOptions`) are
  /// found under every group-version, as clients send them.
  package func index(of kind: GroupVersionKind) -> Int? {
    if let index = indexByKind[kind] { return index }
    guard let index = self.index(package: "meta", version: "v1", name: kind.kind), types[index].isKind else {
      return nil
    }
    return index
  }

  /// The type of that group, version and kind.
  package subscript(kind: GroupVersionKind) -> TypeSchema? { index(of: kind).map { types[$0] } }

  // MARK: - Parsing

  private init(parsing tables: [(group: String, version: String, text: StaticString)]) {
    var names: [String: Int] = [:]
    var declarations: [(package: String, version: String, head: [Substring], lines: [Substring])] = []
    for table in tables {
      for line in table.text.description.split(separator: "\n") {
        if line.first == " " {
          declarations[declarations.count - 1].lines.append(line)
        } else {
          let head = line.split(separator: " ")
          names["\(table.group)/\(table.version).\(head[0])"] = declarations.count
          declarations.append((table.group, table.version, head, []))
        }
      }
    }
    indexByName = names
    types = declarations.map { declaration in
      let scope = "\(declaration.package)/\(declaration.version)."
      return TypeSchema(
        package: declaration.package, version: declaration.version, name: String(declaration.head[0]),
        isKind: declaration.head.contains("kind"), isAtomic: declaration.head.contains("atomic"),
        declaredFields: declaration.lines.map { Self.field($0, scope: scope, names: names) })
    }
    for index in types.indices {
      types[index].fields = flattened(types[index].declaredFields)
      types[index].indexFields()
      let type = types[index]
      if type.isKind, type.package != "meta" { indexByKind[type.groupVersionKind] = index }
      types[index].presets = type.fields.compactMap { field in
        let isPointer = field.flags.contains(.pointer)
        guard let value = field.defaultValue, isPointer || !Self.isZero(value) else { return nil }
        return Preset(name: field.name, value: value, replacesZero: !isPointer)
      }
      types[index].reachesPresets = !types[index].presets.isEmpty
    }
    var grew = true
    while grew {
      grew = false
      for index in types.indices where !types[index].reachesPresets {
        guard types[index].fields.contains(where: { reachesPresets($0.type) }) else { continue }
        types[index].reachesPresets = true
        grew = true
      }
    }
  }

  /// Whether a value of the type may lack something that has a default.
  func reachesPresets(_ type: FieldType) -> Bool {
    switch type {
    case .type(let index): types[index].reachesPresets
    case .array(let element), .map(let element): reachesPresets(element)
    default: false
    }
  }

  /// Zero values stand for absent ones, unless the field is a pointer: writing them out would only bloat documents.
  private static func isZero(_ value: JSONValue) -> Bool { value == "" || value == 0 || value == false }

  private func flattened(_ fields: [FieldSchema]) -> [FieldSchema] {
    fields.flatMap { field -> [FieldSchema] in
      guard field.flags.contains(.inline), case .type(let index) = field.type else { return [field] }
      return flattened(types[index].declaredFields)
    }
  }

  // The tables are part of this module: a mistake in them is a programming error, which every test would meet.
  private static func field(_ line: Substring, scope: String, names: [String: Int]) -> FieldSchema {
    let words = line.split(separator: " ")
    guard words.count >= 4, let number = Int(words[1]) else { preconditionFailure("schema table: \(line)") }
    var flags: FieldFlags = []
    for letter in words[3] {
      switch letter {
      case "o": flags.insert(.optional)
      case "e": flags.insert(.omitEmpty)
      case "p": flags.insert(.pointer)
      case "i": flags.insert(.inline)
      case "r": flags.insert(.required)
      case "w": flags.insert(.wrapped)
      default: break
      }
    }
    var field = FieldSchema(
      name: String(words[0]), number: number, type: type(words[2], scope: scope, names: names), flags: flags,
      patchStrategy: [], mergeKey: nil, listType: nil, listMapKeys: [], defaultValue: nil, enumValues: [])
    for word in words.dropFirst(4) {
      let parts = word.split(separator: "=", maxSplits: 1)
      let value = parts.count > 1 ? parts[1] : ""
      switch parts[0] {
      case "patch":
        let halves = value.split(separator: ":")
        for strategy in halves[0].split(separator: "+") {
          switch strategy {
          case "merge": field.patchStrategy.insert(.merge)
          case "retainKeys": field.patchStrategy.insert(.retainKeys)
          default: field.patchStrategy.insert(.replace)
          }
        }
        field.mergeKey = halves.count > 1 ? String(halves[1]) : nil
      case "list":
        let halves = value.split(separator: ":")
        field.listType = ListType(rawValue: String(halves[0]))
        field.listMapKeys = halves.count > 1 ? halves[1].split(separator: ",").map(String.init) : []
      case "default":
        field.defaultValue = try? JSONValue(jsonBytes: Array(value.utf8))
      case "enum":
        field.enumValues = value.split(separator: "|").map { word in
          String(word.map { $0 == "~" ? " " : $0 })
        }
      default: preconditionFailure("schema table: \(line)")
      }
    }
    return field
  }

  private static func type(_ word: Substring, scope: String, names: [String: Int]) -> FieldType {
    if word.hasPrefix("[]") { return .array(type(word.dropFirst(2), scope: scope, names: names)) }
    if word.hasPrefix("{}") { return .map(type(word.dropFirst(2), scope: scope, names: names)) }
    switch word {
    case "string": return .string
    case "bool": return .bool
    case "int32": return .int32
    case "int64": return .int64
    case "double": return .double
    case "bytes": return .bytes
    case "Time": return .time
    case "MicroTime": return .microTime
    case "Duration": return .duration
    case "Quantity": return .quantity
    case "IntOrString": return .intOrString
    case "RawExtension", "FieldsV1", "JSON", "JSONSchemaPropsOrArray", "JSONSchemaPropsOrBool",
      "JSONSchemaPropsOrStringArray":
      return .any(String(word))
    default:
      guard let index = names[word.contains("/") ? String(word) : scope + word] else {
        preconditionFailure("schema table: no type \(word) in \(scope)")
      }
      return .type(index)
    }
  }
}
