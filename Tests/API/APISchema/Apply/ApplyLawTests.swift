import APISchema
import JSONDocument
import Testing

/// What holds for all objects and all orders of writes.
@Suite struct ApplyLawTests {
  @Test(arguments: 0..<90) func applyingTwiceIsApplyingOnce(seed: UInt64) throws {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    var stage = ApplyStage(random.kind)
    let members = random.members()
    try stage.apply(members, by: "a")
    #expect(stage.bare == stage.document(members))
    let before = stage.object
    try stage.apply(members, by: "a")
    #expect(stage.object == before)
    // Nor does a second owner change the object.
    try stage.apply(members, by: "b")
    #expect(stage.bare == stage.document(members))
    #expect(stage.owners["a Apply"] == stage.owners["b Apply"])
  }

  @Test(arguments: 0..<150) func applyingLessRemovesJustThat(seed: UInt64) throws {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    var stage = ApplyStage(random.kind)
    let members = random.members()
    let less = random.thinned(members)
    try stage.apply(members, by: "a")
    try stage.apply(less, by: "a")
    #expect(stage.bare == stage.document(less))
    var direct = ApplyStage(random.kind)
    try direct.apply(less, by: "a")
    #expect(stage.owners == direct.owners)
    // With somebody who still owns all of it, nothing goes.
    var shared = ApplyStage(random.kind)
    try shared.apply(members, by: "b")
    try shared.apply(members, by: "a")
    try shared.apply(random.keepingLeaves(less, of: members), by: "a")
    let (before, after) = (shared.document(members), shared.bare)
    #expect(after.map { random.isSameButForOrder($0, before) } == true)
  }

  @Test(arguments: 0..<60) func anyOrderOfWritesKeepsTheBooksInOrder(seed: UInt64) throws {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    var stage = ApplyStage(random.kind)
    for _ in 0..<12 {
      let members = random.members()
      let before = stage
      if random.chance(3) {
        let writer = random.pick(["x", "y"])
        let wanted = stage.document(members)
        stage.update(by: writer) { object in
          let books = object["metadata"]?["managedFields"]
          object = wanted
          object["metadata"]?["uid"] = "u"
          object["metadata"]?["managedFields"] = books
        }
        #expect(stage.bare?["spec"] == members["spec"])
      } else {
        let applier = random.pick(["a", "b", "c"])
        do {
          try stage.apply(members, by: applier)
          for (name, fields) in before.owners where name != "\(applier) Apply" {
            if name.hasSuffix("Apply") {
              #expect(stage.owners[name] == fields, "an apply without conflict takes nothing")
            } else {
              // An element goes with what updates set in it, unless somebody else owns the element as such.
              let left = try FieldSet(encoded: stage.owners[name] ?? [:])
              #expect(try left.subtracting(FieldSet(encoded: fields)).isEmpty)
            }
          }
        } catch let error as ApplyError {
          #expect(error.code == .conflict && !error.conflicts.isEmpty)
          for conflict in error.conflicts {
            let owner = before.owners.keys.contains { conflict.manager.hasPrefix("\"\($0.prefix { $0 != " " })\"") }
            #expect(owner, "a conflict with nobody: \(conflict)")
          }
          stage = before
          try stage.apply(members, by: applier, force: true)
        }
        let settled = stage.object
        try stage.apply(members, by: applier)
        #expect(stage.object == settled, "after a forced apply there is nothing left to do")
      }
      for (name, fields) in stage.owners {
        #expect(fields != [:], "\(name) owns nothing")
        #expect(Self.missing(fields, in: stage.bare) == nil, "\(name) owns what is not there")
      }
    }
  }

  @Test(arguments: 0..<60) func aWriterOwnsAllThatItWrote(seed: UInt64) {
    var random = RandomObjects(RandomObjects.kinds[Int(seed % 3)], seed: seed)
    var stage = ApplyStage(random.kind)
    let (first, second) = (random.members(), random.members())
    let documents = [first, second, ["metadata": ["name": "o", "uid": "u"]]].map { stage.document($0) }
    stage.update(by: "x") { $0 = documents[0] }
    stage.update(by: "y") {
      $0 = documents[1]
      $0["metadata"]?["uid"] = "u"
    }
    // Between the two of them they own all of it: with an applier of the same there are no other values.
    var applied = stage
    #expect(throws: Never.self) { try applied.apply(second, by: "z") }
    #expect(applied.bare == stage.bare)
    // And removed as a whole, there is no owner left.
    stage.update(by: "x") { $0 = documents[2] }
    #expect(stage.owners.isEmpty)
  }

  /// The first owned place that a document does not have.
  private static func missing(_ fields: JSONValue, in value: JSONValue?) -> String? {
    for member in fields.objectValue?.members ?? [] where member.key != "." {
      let text = String(member.key.dropFirst(2))
      var below: JSONValue?
      switch member.key.first {
      case "f": below = value?[text]
      case "k":
        let keys = parsed(text).objectValue?.members ?? []
        below = value?.arrayValue?.first { item in keys.allSatisfy { item[$0.key] == $0.value } }
      default: below = value?.arrayValue?.first { $0 == parsed(text) }
      }
      guard let below else { return member.key }
      if let name = missing(member.value, in: below) { return "\(member.key) \(name)" }
    }
    return nil
  }
}

extension RandomObjects {
  /// `less` with the values that `full` has in lists that are taken as a whole: a shorter one would be another value.
  func keepingLeaves(_ less: JSONObject, of full: JSONObject) -> JSONObject {
    guard let index = schema.index(of: kind) else { return less }
    return restored(.object(less), .object(full), .type(index), nil).objectValue ?? less
  }

  private func restored(_ less: JSONValue, _ full: JSONValue, _ type: FieldType, _ field: FieldSchema?) -> JSONValue {
    switch (type, less) {
    case (.type(let index), .object(let object)):
      if field?.listType == .atomic || (field?.listType != .granular && schema.types[index].isAtomic) { return full }
      var result = object
      result.updateValues { name, value in
        guard let field = schema.types[index].field(name), let other = full[name] else { return }
        value = restored(value, other, field.type, field)
      }
      return .object(result)
    case (.map(let element), .object(let object)):
      if field?.listType == .atomic { return full }
      var result = object
      result.updateValues { name, value in
        if let other = full[name] { value = restored(value, other, element, nil) }
      }
      return .object(result)
    case (.array(let element), .array(let list)):
      guard let field, field.listType == .map || field.listType == .set else { return full }
      return .array(
        list.map { item in
          let other = full.arrayValue?.first { other in field.listMapKeys.allSatisfy { item[$0] == other[$0] } }
          return field.listType == .set ? item : restored(item, other ?? item, element, nil)
        })
    default: return less
    }
  }

  /// Equality where the order of elements does not count.
  func isSameButForOrder(_ one: JSONValue, _ other: JSONValue) -> Bool { sorted(one) == sorted(other) }

  private func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let list):
      let texts = list.map { sorted($0) }.map { ($0.description, $0) }
      return .array(texts.sorted { $0.0 < $1.0 }.map(\.1))
    case .object(let object):
      return .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, sorted($0.value)) }))
    default: return value
    }
  }
}
