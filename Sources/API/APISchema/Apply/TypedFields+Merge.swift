import JSONDocument

extension TypedFields {
  /// `applied` over `live`. Members and elements that only the live document has stay; those of the applied one come
  /// in its order, and the others keep their places before the elements that they stood before.
  func merging(_ applied: JSONValue, into live: JSONValue) -> JSONValue { merged(live, applied, root) }

  private func merged(_ live: JSONValue?, _ applied: JSONValue, _ type: MergeType) -> JSONValue {
    guard let live else { return applied }
    let shape = schema.shape(of: type, sample: applied.isNull ? live : applied)
    switch shape {
    case .leaf: return applied
    case .set(let elementType), .keyed(let elementType, _):
      let (old, new) = (live.arrayValue ?? [], applied.arrayValue ?? [])
      if new.isEmpty { return old.isEmpty ? applied : live }
      return old.isEmpty ? applied : .array(merged(old, new, elementType, shape))
    case .map, .structure:
      let (old, new) = (live.objectValue ?? JSONObject(), applied.objectValue ?? JSONObject())
      if new.isEmpty { return old.isEmpty ? applied : live }
      var result = old
      for member in new.members {
        let below = schema.type(at: .field(member.key), below: type)
        result[member.key] = merged(old[member.key], member.value, below)
      }
      return .object(result)
    }
  }

  private func merged(
    _ old: [JSONValue], _ new: [JSONValue], _ type: MergeType, _ shape: ValueShape
  ) -> [JSONValue] {
    let oldItems = schema.elements(of: old, shape)
    let newItems = schema.elements(of: new, shape)
    let wanted = Set(newItems.map(\.element))
    // An element that occurs twice in the live list can be merged with neither: the applied one replaces them.
    let known = Dictionary(grouping: oldItems) { $0.element }
    var shared = newItems.map(\.element).filter { known.keys.contains($0) }[...]
    var rest = oldItems[...]
    var result: [JSONValue] = []
    for (element, item) in newItems {
      // Elements that only the live list has, up to the next one that both have.
      while let next = rest.first, next.element != shared.first {
        if !wanted.contains(next.element) { result.append(next.value) }
        rest.removeFirst()
      }
      let matches = known[element] ?? []
      result.append(matches.count == 1 ? merged(matches[0].value, item, type) : item)
      if shared.first == element {
        shared.removeFirst()
        if rest.first?.element == element { rest.removeFirst() }
      }
    }
    for next in rest where !wanted.contains(next.element) { result.append(next.value) }
    return result
  }
}
