import APISchema
import JSONDocument
import Testing

/// Strategic merge patches of random objects, with the directives that `kubectl apply` writes.
@Suite struct StrategicPatchLawTests {
  private let schema = Schema.builtIn

  @Test(arguments: 0..<200) func theDifferenceLeadsFromOneToTheOther(seed: UInt64) throws {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    let (old, new) = (JSONValue.object(random.members()), JSONValue.object(random.members()))
    let index = try #require(schema.index(of: random.kind))
    let patch = difference(old, new, .type(index))
    #expect(try schema.applying(strategicMergePatch: patch, to: old, as: random.kind) == new, "\(patch)")
    // Once there, the patch changes nothing, and the empty one never does.
    #expect(try schema.applying(strategicMergePatch: patch, to: new, as: random.kind) == new)
    #expect(try schema.applying(strategicMergePatch: [:], to: old, as: random.kind) == old)
  }

  @Test(arguments: 0..<100) func aPatchOfNothingIsItsOwnResult(seed: UInt64) throws {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    let object = JSONValue.object(random.members())
    #expect(try schema.applying(strategicMergePatch: object, to: [:], as: random.kind) == object)
    #expect(try schema.applying(strategicMergePatch: object, to: object, as: random.kind) == object)
  }

  private func difference(_ old: JSONValue, _ new: JSONValue, _ type: FieldType) -> JSONValue {
    guard case .object(let before) = old, case .object(let after) = new else { return new }
    var patch = JSONObject()
    for member in before.members where after[member.key] == nil { patch[member.key] = .null }
    for member in after.members where before[member.key] != member.value {
      let name = member.key
      var field: FieldSchema?
      var memberType: FieldType?
      if case .type(let index) = type {
        field = schema.types[index].field(name)
        memberType = field?.type
      } else if case .map(let element) = type {
        memberType = element
      }
      guard let old = before[name], let memberType, field?.patchStrategy.contains(.replace) != true else {
        patch[name] = member.value
        continue
      }
      if case .array(let element) = memberType, let field, field.patchStrategy.contains(.merge) {
        list(old.arrayValue ?? [], member.value.arrayValue ?? [], field, element, into: &patch)
      } else {
        patch[name] = difference(old, member.value, memberType)
      }
    }
    return .object(patch)
  }

  private func list(
    _ old: [JSONValue], _ new: [JSONValue], _ field: FieldSchema, _ element: FieldType, into patch: inout JSONObject
  ) {
    guard let key = field.mergeKey else {
      let gone = old.filter { !new.contains($0) }
      let added = new.filter { !old.contains($0) }
      patch["$setElementOrder/\(field.name)"] = .array(new)
      if !gone.isEmpty { patch["$deleteFromPrimitiveList/\(field.name)"] = .array(gone) }
      if !added.isEmpty { patch[field.name] = .array(added) }
      return
    }
    func match(_ item: JSONValue, _ list: [JSONValue]) -> JSONValue? { list.first { $0[key] == item[key] } }
    var changes: [JSONValue] = []
    for item in new {
      guard let before = match(item, old) else {
        changes.append(item)
        continue
      }
      guard before != item, var change = difference(before, item, element).objectValue else { continue }
      change[key] = item[key]
      changes.append(.object(change))
    }
    for item in old where match(item, new) == nil {
      changes.append(["$patch": "delete", key: item[key] ?? .null])
    }
    patch["$setElementOrder/\(field.name)"] = .array(new.map { [key: $0[key] ?? .null] })
    if !changes.isEmpty { patch[field.name] = .array(changes) }
  }
}
