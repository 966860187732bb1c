package import JSONDocument

extension Schema {
  /// A document after a strategic merge patch.
  ///
  /// Objects are merged and `null` removes, as in a JSON merge patch; lists whose field has the strategy `merge` are
  /// merged by their merge key, or as sets if they hold scalars; other lists are replaced. Directives:
  ///
  /// - `$patch: replace | delete | merge` in an object, or in an element of a merged list;
  /// - `$retainKeys: [names]` in an object: other members go;
  /// - `$deleteFromPrimitiveList/FIELD: [values]` beside a list of scalars;
  /// - `$setElementOrder/FIELD: [keys]` beside a merged list: the order of the elements that the patch's author knows.
  package func applying(
    strategicMergePatch patch: JSONValue, to document: JSONValue, as kind: GroupVersionKind
  ) throws(PatchError) -> JSONValue {
    guard case .object(let changes) = patch else {
      throw PatchError(.malformed, "a strategic merge patch is an object, found \(patch.typeName)")
    }
    let merge = StrategicMerge(schema: self)
    let original = document.objectValue ?? JSONObject()
    return .object(try merge.object(original, changes, index(of: kind).map { .type($0) }, path: ""))
  }
}

private struct StrategicMerge {
  let schema: Schema

  private static let deletePrefix = "$deleteFromPrimitiveList/"
  private static let orderPrefix = "$setElementOrder/"

  /// What the schema says about a member of an object of type `type`.
  private func field(_ name: String, of type: FieldType?) -> (type: FieldType?, strategy: PatchStrategy, key: String?) {
    switch type {
    case .type(let index):
      guard let field = schema.types[index].field(name) else { return (nil, [], nil) }
      return (field.type, field.patchStrategy, field.mergeKey)
    case .map(let element): return (element, [], nil)
    default: return (nil, [], nil)
    }
  }

  // MARK: - Objects

  func object(
    _ original: JSONObject, _ patch: JSONObject, _ type: FieldType?, path: String
  ) throws(PatchError) -> JSONObject {
    var result = original
    switch patch["$patch"] {
    case nil, .string("merge"): break
    case .string("replace"): result = JSONObject()
    case .string("delete"): return JSONObject()
    case let other?: throw PatchError(.malformed, "unknown $patch directive \(other) in \(Self.name(path))")
    }
    if let retained = patch["$retainKeys"] {
      try retain(retained, of: &result, patch, path: path)
    }
    for member in patch.members {
      let name = member.key
      if name == "$patch" || name == "$retainKeys" { continue }
      if name.hasPrefix(Self.deletePrefix) {
        try delete(member.value, from: String(name.dropFirst(Self.deletePrefix.count)), of: &result, path: path)
      } else if name.hasPrefix(Self.orderPrefix) {
        // Applied after the list itself; without one, to the list as it is.
        let list = String(name.dropFirst(Self.orderPrefix.count))
        if patch[list] == nil, case .array(let elements)? = result[list] {
          result[list] = .array(try ordered(elements, original, patch, list, type, path: path))
        }
      } else if name.hasPrefix("$") {
        // `$ref` and `$schema` are fields of JSONSchemaProps.
        guard field(name, of: type).type != nil else {
          throw PatchError(.malformed, "unknown directive \(name) in \(Self.name(path))")
        }
        result[name] = member.value.isNull ? nil : member.value
      } else {
        let merged = try self.member(name, result[name], member.value, original, patch, type, path: path)
        result[name] = merged
      }
    }
    return result
  }

  /// The member's new value; nil removes it.
  private func member(
    _ name: String, _ old: JSONValue?, _ new: JSONValue, _ original: JSONObject, _ patch: JSONObject,
    _ type: FieldType?, path: String
  ) throws(PatchError) -> JSONValue? {
    let memberPath = path.isEmpty ? name : "\(path).\(name)"
    let (fieldType, strategy, key) = field(name, of: type)
    if let fieldType, let place = Self.mismatch(new, fieldType) {
      throw PatchError(.notApplicable, "the patch puts \(new.typeName) in the place of \(place) at \(memberPath)")
    }
    switch new {
    case .null: return nil
    case .object(let changes):
      let base = strategy.contains(.replace) ? JSONObject() : old?.objectValue ?? JSONObject()
      return .object(try object(base, changes, fieldType, path: memberPath))
    case .array(let changes):
      guard strategy.contains(.merge) else {
        return .array(try withoutDirectives(changes, fieldType, path: memberPath))
      }
      let merged = try list(old?.arrayValue ?? [], changes, key, element(of: fieldType), path: memberPath)
      return .array(try ordered(merged, original, patch, name, type, path: path))
    default: return new
    }
  }

  /// What the schema has in a place, if the patch has something else for it: without this check a patch would turn
  /// a list into an object. Scalars among each other are the decoder's to check.
  private static func mismatch(_ new: JSONValue, _ type: FieldType) -> String? {
    switch (type, new) {
    case (_, .null), (.any, _), (.array, .array), (.type, .object), (.map, .object): nil
    case (.array, _): "a list"
    case (.type, _), (.map, _): "an object"
    case (_, .array), (_, .object): "a value of type \(type.displayName)"
    default: nil
    }
  }

  private func retain(
    _ names: JSONValue, of result: inout JSONObject, _ patch: JSONObject, path: String
  ) throws(PatchError) {
    guard case .array(let elements) = names else {
      throw PatchError(.malformed, "$retainKeys in \(Self.name(path)) is not a list")
    }
    let kept = Set(elements.compactMap(\.stringValue))
    for member in patch.members where !member.key.hasPrefix("$") && !member.value.isNull {
      guard kept.contains(member.key) else {
        throw PatchError(.malformed, "$retainKeys in \(Self.name(path)) does not list \(member.key), which is patched")
      }
    }
    result.filterMembers { kept.contains($0.key) }
  }

  private func delete(
    _ values: JSONValue, from name: String, of result: inout JSONObject, path: String
  ) throws(PatchError) {
    guard case .array(let gone) = values else {
      throw PatchError(.malformed, "\(Self.deletePrefix)\(name) in \(Self.name(path)) is not a list")
    }
    guard case .array(let elements)? = result[name] else { return }
    let identities = Set(gone.map(Self.identity))
    result[name] = .array(elements.filter { !identities.contains(Self.identity($0)) })
  }

  // MARK: - Lists

  private func element(of type: FieldType?) -> FieldType? {
    if case .array(let element)? = type { return element }
    return nil
  }

  private func list(
    _ original: [JSONValue], _ patch: [JSONValue], _ key: String?, _ type: FieldType?, path: String
  ) throws(PatchError) -> [JSONValue] {
    guard let key else {
      for value in patch where value.arrayValue != nil || value.objectValue != nil {
        throw PatchError(.notApplicable, "an element of \(path), a list of scalars, is \(value.typeName)")
      }
      var seen = Set(original.map(Self.identity))
      return original + patch.filter { seen.insert(Self.identity($0)).inserted }
    }
    var result: [JSONValue?] = original
    // An element with nothing but `$patch: replace` clears the list; the others are its new content.
    if patch.contains(where: { $0["$patch"] == "replace" }) { result = [] }
    var positions: [String: [Int]] = [:]
    for (position, value) in result.enumerated() {
      positions[Self.identity(value?[key] ?? .null), default: []].append(position)
    }
    for value in patch {
      guard case .object(let changes) = value else {
        throw PatchError(.malformed, "an element of \(path) is \(value.typeName), not an object")
      }
      let directive = changes["$patch"]
      if directive == "replace", changes[key] == nil { continue }
      guard let id = changes[key] else {
        throw PatchError(.malformed, "an element of \(path) has no \(key), its merge key")
      }
      let identity = Self.identity(id)
      if directive == "delete" {
        for position in positions.removeValue(forKey: identity) ?? [] { result[position] = nil }
        continue
      }
      if let position = positions[identity]?.first, case .object(let old)? = result[position] {
        result[position] = .object(try object(old, changes, type, path: "\(path)[\(position)]"))
      } else {
        positions[identity] = [result.count]
        result.append(.object(try object(JSONObject(), changes, type, path: "\(path)[\(result.count)]")))
      }
    }
    return result.compactMap { $0 }
  }

  /// What tells elements apart, hashable: patches have to stay linear in the length of lists.
  private static func identity(_ value: JSONValue) -> String { value.description }

  /// Elements of a list that replaces another may carry directives, which must not be stored.
  private func withoutDirectives(
    _ elements: [JSONValue], _ type: FieldType?, path: String
  ) throws(PatchError) -> [JSONValue] {
    let elementType = element(of: type)
    var result: [JSONValue] = []
    for (index, value) in elements.enumerated() {
      if case .object(let changes) = value {
        result.append(.object(try object(JSONObject(), changes, elementType, path: "\(path)[\(index)]")))
      } else {
        result.append(value)
      }
    }
    return result
  }

  /// The merged list in the order that `$setElementOrder/NAME` asks for, or else in that of the patch's own elements.
  /// What neither names, which only the server knows, stays before what it stood before; what is new comes as early as
  /// that allows, so that a patch without a directive puts it first, as Kubernetes does.
  private func ordered(
    _ elements: [JSONValue], _ original: JSONObject, _ patch: JSONObject, _ name: String, _ type: FieldType?,
    path: String
  ) throws(PatchError) -> [JSONValue] {
    let key = field(name, of: type).key
    func identity(_ value: JSONValue) -> String { Self.identity(key.flatMap { value[$0] } ?? value) }
    let changes = patch[name]?.arrayValue ?? []
    var order = changes
    if let directive = patch[Self.orderPrefix + name] {
      guard case .array(let asked) = directive else {
        throw PatchError(.malformed, "\(Self.orderPrefix)\(name) in \(Self.name(path)) is not a list")
      }
      order = asked
    }
    var before: [String: Int] = [:]
    for (position, value) in (original[name]?.arrayValue ?? []).enumerated() { before[identity(value)] = position }
    var wanted: [String: Int] = [:]
    for (position, value) in order.enumerated() { wanted[identity(value)] = position }
    if patch[Self.orderPrefix + name] != nil { try checkOrder(of: changes, wanted, key, name, path: path) }
    let known = elements.filter { wanted[identity($0)] != nil }.sorted {
      wanted[identity($0), default: 0] < wanted[identity($1), default: 0]
    }
    var others = elements.filter { wanted[identity($0)] == nil }[...]
    var result: [JSONValue] = []
    for value in known {
      while let other = others.first, let left = before[identity(other)], let right = before[identity(value)],
        left < right
      {
        result.append(other)
        others.removeFirst()
      }
      result.append(value)
    }
    return result + others
  }

  /// The elements that a patch brings come in the order that it asks for.
  private func checkOrder(
    of elements: [JSONValue], _ wanted: [String: Int], _ key: String?, _ name: String, path: String
  ) throws(PatchError) {
    var last = -1
    for value in elements where value["$patch"] == nil || value["$patch"] == "merge" {
      let identity = Self.identity(key.flatMap { value[$0] } ?? value)
      guard let position = wanted[identity], position >= last else {
        throw PatchError(
          .malformed,
          "the order of the patch's \(name) in \(Self.name(path)) is not that of its \(Self.orderPrefix)\(name)")
      }
      last = position
    }
  }

  private static func name(_ path: String) -> String { path.isEmpty ? "the document" : path }
}
