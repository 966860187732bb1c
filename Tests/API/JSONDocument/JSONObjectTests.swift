import JSONDocument
import SeededNumbers
import Testing

@Suite struct JSONObjectTests {
  @Test func behavesLikeAnOrderedDictionary() {
    var generator = SeededGenerator(seed: 7)
    var object = JSONObject()
    var model: [(String, Int64)] = []
    for step in 0..<4000 {
      let key = "k\(Int.random(in: 0..<40, using: &generator))"
      let position = model.firstIndex { $0.0 == key }
      switch Int.random(in: 0..<5, using: &generator) {
      case 0:
        object[key] = nil
        if let position { model.remove(at: position) }
      case 1:
        #expect(object.removeValue(forKey: key)?.intValue == position.map { model[$0].1 })
        if let position { model.remove(at: position) }
      default:
        object[key] = .int(Int64(step))
        if let position { model[position].1 = Int64(step) } else { model.append((key, Int64(step))) }
      }
      #expect(object.keys == model.map(\.0))
      #expect(object[key]?.intValue == model.first { $0.0 == key }?.1)
    }
  }

  @Test func editsNestedMembersInPlace() {
    var document: JSONValue = ["metadata": ["labels": ["a": "1"]]]
    document["metadata"]?["labels"]?["b"] = "2"
    document["spec"] = ["replicas": 1]
    #expect(document == ["metadata": ["labels": ["a": "1", "b": "2"]], "spec": ["replicas": 1]])
    document["metadata"]?["labels"]?["a"] = nil
    #expect(document[path: "metadata", "labels"] == ["b": "2"])
    document["status"]?["phase"] = "Running"
    #expect(document["status"] == nil)
  }

  @Test func lookingIntoAScalarChangesNothing() {
    var document: JSONValue = "text"
    #expect(document["a"] == nil)
    document["a"] = nil
    #expect(document == "text")
    document["a"] = 1
    #expect(document == ["a": 1])
  }

  @Test func filtersAndPrepends() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]
    object.filterMembers { $0.key != "b" }
    object.prepend("kind", "Pod")
    object.prepend("a", 4)
    #expect(object.keys == ["a", "kind", "c"])
    #expect(object["a"] == 4)
    #expect(!object.contains("b"))
  }
}
