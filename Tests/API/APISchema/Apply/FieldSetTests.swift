import APISchema
import JSONDocument
import SeededNumbers
import Testing

@Suite struct FieldSetTests {
  @Test func writesFieldsAsKubernetesDoes() throws {
    let key = PathElement.key([
      .init(name: "containerPort", value: .int(80)), .init(name: "protocol", value: .string("TCP")),
    ])
    let set = FieldSet([
      [.field("spec"), .field("ports"), key], [.field("spec"), .field("ports"), key, .field("name")],
      [.field("metadata"), .field("finalizers"), .value(.string("a\"b"))], [.field("spec"), .field("replicas")],
      [.field("list"), .index(3)],
    ])
    let text = set.encoded.description
    #expect(
      text == #"{"f:list":{"i:3":{}},"f:metadata":{"f:finalizers":{"v:\"a\\\"b\"":{}}},"f:spec":{"f:ports":"#
        + #"{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}},"f:replicas":{}}}"#)
    #expect(try FieldSet(encoded: parsed(text)) == set)
    #expect(
      set.paths.map { $0.map(\.description).joined() } == [
        ".list[3]", #".metadata.finalizers[="a\"b"]"#, #".spec.ports[containerPort=80,protocol="TCP"]"#,
        #".spec.ports[containerPort=80,protocol="TCP"].name"#, ".spec.replicas",
      ])
  }

  @Test func readsWhatOthersWrite() throws {
    // Keys in another order, numbers in another form, a step of a later version.
    let set = try FieldSet(
      encoded: parsed(#"{"f:a":{"k:{\"y\":1.0,\"x\":\"s\"}":{},"z:later":{"f:b":{}}},"f:n":null}"#))
    #expect(set.encoded.description == #"{"f:a":{"k:{\"x\":\"s\",\"y\":1}":{}},"f:n":{}}"#)
    for malformed in [
      #"{"f":{}}"#, #"{"fa":{}}"#, #"{"":{}}"#, #"{"k:{":{}}"#, #"{"k:[]":{}}"#, #"{"k:{\"a\":[]}":{}}"#,
      #"{"v:":{}}"#, #"{"v:{}":{}}"#, #"{"i:x":{}}"#, #"{"f:a":1}"#, "[]",
    ] {
      #expect(throws: ManagedFieldsError.self) { try FieldSet(encoded: parsed(malformed)) }
    }
  }

  @Test func portsComeByNumber() {
    let set = FieldSet([443, 80, 8080].map { [.key([.init(name: "port", value: .int($0))])] })
    #expect(set.paths.map { $0[0].description } == ["[port=80]", "[port=443]", "[port=8080]"])
  }

  @Test(arguments: 0..<100) func algebra(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (a, b, c) = (random(&generator), random(&generator), random(&generator))
    let all = Set((a.paths + b.paths + c.paths).map { $0 })
    func model(_ set: FieldSet) -> Set<[PathElement]> { Set(set.paths) }
    #expect(model(a.union(b)) == model(a).union(model(b)))
    #expect(model(a.intersection(b)) == model(a).intersection(model(b)))
    #expect(model(a.subtracting(b)) == model(a).subtracting(model(b)))
    #expect(
      model(a.subtractingTrees(b))
        == model(a).filter { path in !model(b).contains { path.starts(with: $0) } })
    #expect(a.union(b) == b.union(a))
    #expect(a.union(b).subtracting(c) == a.subtracting(c).union(b.subtracting(c)))
    #expect(a.subtracting(a).isEmpty)
    #expect(a.union(FieldSet()) == a && a.intersection(FieldSet()).isEmpty)
    #expect(try FieldSet(encoded: a.encoded) == a)
    for path in all { #expect(a.contains(path) == model(a).contains(path)) }
  }

  private func random(_ generator: inout SeededGenerator) -> FieldSet {
    FieldSet(
      (0..<Int.random(in: 0..<8, using: &generator)).map { _ -> [PathElement] in
        (0..<Int.random(in: 1...3, using: &generator)).map { _ -> PathElement in
          switch Int.random(in: 0..<5, using: &generator) {
          case 0: .key([.init(name: "k", value: .int(Int64.random(in: 0..<2, using: &generator)))])
          case 1: .value(.string("v"))
          default: .field(["a", "b"].randomElement(using: &generator)!)
          }
        }
      })
  }
}
