import JSONDocument

/// How two documents differ, by places.
struct FieldDifference: Sendable {
  var added = FieldSet()
  /// There before and after, with another value: leaves only.
  var modified = FieldSet()
  var removed = FieldSet()

  var isEmpty: Bool { added.isEmpty && modified.isEmpty && removed.isEmpty }
}

extension TypedFields {
  func difference(from old: JSONValue, to new: JSONValue) -> FieldDifference {
    let found = difference(old, new, root)
    return FieldDifference(
      added: found.added.children, modified: found.modified.children, removed: found.removed.children)
  }

  /// A difference at one place.
  private struct Step {
    var added = FieldSet.Node()
    var modified = FieldSet.Node()
    var removed = FieldSet.Node()

    /// Each element once: most have nothing to say, and hashing them costs.
    mutating func set(_ element: PathElement, _ below: Step) {
      if !below.added.isEmpty { added.children.set(element, below.added) }
      if !below.modified.isEmpty { modified.children.set(element, below.modified) }
      if !below.removed.isEmpty { removed.children.set(element, below.removed) }
    }

    /// At a place that is taken as a whole.
    static func leaf(_ old: JSONValue?, _ new: JSONValue?) -> Step {
      var step = Step()
      guard let old else {
        step.added.isMember = new != nil
        return step
      }
      guard let new else {
        step.removed.isMember = true
        return step
      }
      step.modified.isMember = !old.isSame(as: new)
      return step
    }
  }

  private func difference(_ old: JSONValue?, _ new: JSONValue?, _ type: MergeType) -> Step {
    if old == new { return Step() }
    let shape = schema.shape(of: type, sample: old?.objectValue == nil ? new : old)
    var step = Step()
    switch shape {
    case .leaf: return .leaf(old, new)
    case .set(let elementType), .keyed(let elementType, _):
      let (oldList, newList) = (old?.arrayValue ?? [], new?.arrayValue ?? [])
      // Nothing, null and an empty list are told apart.
      if oldList.isEmpty, newList.isEmpty { return .leaf(old, new) }
      let before = Dictionary(grouping: schema.elements(of: oldList, shape)) { $0.element }
      let after = Dictionary(grouping: schema.elements(of: newList, shape)) { $0.element }
      for element in Set(before.keys).union(after.keys) {
        step.set(
          element,
          difference(before[element]?.map(\.value) ?? [], after[element]?.map(\.value) ?? [], elementType))
      }
    case .map, .structure:
      let (oldObject, newObject) = (old?.objectValue ?? JSONObject(), new?.objectValue ?? JSONObject())
      if oldObject.isEmpty, newObject.isEmpty { return .leaf(old, new) }
      func compare(_ name: String) {
        let below = schema.type(at: .field(name), below: type)
        let found = difference(oldObject[name], newObject[name], below)
        step.set(.field(name), found)
      }
      for member in oldObject.members { compare(member.key) }
      for member in newObject.members where !oldObject.contains(member.key) { compare(member.key) }
      // Free JSON that was an object and is something else now, or the other way round.
      if case .any = type.type, let old, let new, old.objectValue == nil || new.objectValue == nil {
        step.modified.isMember = true
      }
    }
    if old == nil { step.added.isMember = true }
    if new == nil { step.removed.isMember = true }
    return step
  }

  /// Elements that the same keys tell apart: one on each side, unless somebody wrote the same element twice. Such
  /// duplicates are compared and owned together.
  private func difference(_ old: [JSONValue], _ new: [JSONValue], _ type: MergeType) -> Step {
    if old.count <= 1, new.count <= 1 { return difference(old.first, new.first, type) }
    var step = Step()
    if old.count >= 2, new.count >= 2 {
      step.modified.isMember = !JSONValue.array(old).isSame(as: .array(new))
    } else if old.count >= 2 {
      if let only = new.first { step = difference(nil, only, type) }
      step.removed.isMember = true
    } else {
      if let only = old.first { step = difference(only, nil, type) }
      step.added.isMember = true
    }
    return step
  }
}
