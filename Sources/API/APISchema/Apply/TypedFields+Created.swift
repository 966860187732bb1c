import JSONDocument

extension TypedFields {
  /// What the creator of an object owns, as `fieldsV1` holds it: the places at which it differs from an empty one.
  ///
  /// The same comes out by way of sets, as for every other write (`difference`, then `FieldSet.encoded`); here they are
  /// written at once, as every object is created, and most are never applied.
  /// - Parameters:
  ///   - empty: has no element in any list.
  ///   - unowned: members of this are nobody's; what lies below them is.
  ///   - resets: members of this, and what lies below them, are nobody's.
  func created(_ document: JSONValue, from empty: JSONValue, unowned: FieldSet, resets: FieldSet) -> JSONValue {
    .object(taken(empty, document, root, unowned, resets).fields)
  }

  /// What is owned at a place.
  struct Taken {
    var isMember = false
    /// What is owned below.
    var fields = JSONObject()

    var isEmpty: Bool { !isMember && fields.isEmpty }

    var encoded: JSONValue {
      if fields.isEmpty || !isMember { return .object(fields) }
      var all = fields
      all.prepend(".", [:])
      return .object(all)
    }

    static func leaf(_ old: JSONValue?, _ new: JSONValue) -> Taken {
      Taken(isMember: old.map { !$0.isSame(as: new) } ?? true)
    }
  }

  func taken(
    _ old: JSONValue?, _ new: JSONValue, _ type: MergeType, _ unowned: FieldSet, _ resets: FieldSet
  ) -> Taken {
    if let old, old == new { return Taken() }
    switch schema.shape(of: type, sample: old?.objectValue == nil ? new : old) {
    case .leaf: return .leaf(old, new)
    case .set(let elementType): return elements(old, new, elementType, .set(elementType))
    case .keyed(let elementType, let keys):
      return elements(old, new, elementType, .keyed(elementType, keys: keys))
    case .map, .structure: return members(old, new, type, unowned, resets)
    }
  }

  private func elements(_ old: JSONValue?, _ new: JSONValue, _ type: MergeType, _ shape: ValueShape) -> Taken {
    guard case .array(let list) = new, !list.isEmpty else { return .leaf(old, new) }
    let items = schema.elements(of: list, shape).sorted { $0.element < $1.element }
    var result = Taken(isMember: old == nil)
    var position = 0
    while position < items.count {
      let element = items[position].element
      var end = position + 1
      while end < items.count, items[end].element == element { end += 1 }
      // Somebody wrote the same element twice: it is owned as a whole.
      let below =
        end - position > 1
        ? Taken(isMember: true) : taken(nil, items[position].value, type, FieldSet(), FieldSet())
      result.fields[element.encoded] = below.encoded
      position = end
    }
    return result
  }

  private func members(
    _ old: JSONValue?, _ new: JSONValue, _ type: MergeType, _ unowned: FieldSet, _ resets: FieldSet
  ) -> Taken {
    let oldObject = old?.objectValue
    let newObject = new.objectValue ?? JSONObject()
    if newObject.isEmpty, oldObject?.isEmpty ?? true { return .leaf(old, new) }
    var found: [(name: String, value: JSONValue)] = []
    found.reserveCapacity(newObject.count)
    for member in newObject.members {
      let element = PathElement.field(member.key)
      let nobodys = unowned.isEmpty ? nil : unowned[element]
      let reset = resets.isEmpty ? nil : resets[element]
      if reset?.isMember == true { continue }
      var below = taken(
        oldObject?[member.key], member.value, schema.type(at: element, below: type),
        nobodys?.children ?? FieldSet(), reset?.children ?? FieldSet())
      if nobodys?.isMember == true { below.isMember = false }
      if !below.isEmpty { found.append((element.encoded, below.encoded)) }
    }
    found.sort { $0.name < $1.name }
    var result = Taken(isMember: old == nil, fields: JSONObject(found.lazy.map { ($0.name, $0.value) }))
    // Free JSON that is an object now.
    if case .any = type.type, let old, old.objectValue == nil || new.objectValue == nil { result.isMember = true }
    return result
  }
}
