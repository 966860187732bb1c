import APISchema
import JSONDocument
import SeededNumbers
import Testing

@Suite struct PatchTests {
  private func json(_ text: String) throws -> JSONValue { try JSONValue(jsonBytes: Array(text.utf8)) }

  // MARK: - Merge patch

  /// The cases of RFC 7386, appendix A.
  @Test(arguments: [
    (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
    (#"{"a":"b"}"#, #"{"a":null}"#, "{}"), (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#),
    (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
    (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
    (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#), (#"["a","b"]"#, #"["c","d"]"#, #"["c","d"]"#),
    (#"{"a":"b"}"#, #"["c"]"#, #"["c"]"#), (#"{"a":"foo"}"#, "null", "null"),
    (#"{"e":null}"#, #"{"a":1}"#, #"{"e":null,"a":1}"#),
    ("[1,2]", #"{"a":"b","c":null}"#, #"{"a":"b"}"#), ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
  ])
  func mergePatch(document: String, patch: String, result: String) throws {
    #expect(try json(document).applying(mergePatch: json(patch)) == json(result))
  }

  @Test(arguments: 0..<200) func mergePatchLaws(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let document = randomObject(depth: 4, nulls: false, using: &generator)
    let other = randomObject(depth: 4, nulls: false, using: &generator)
    let patch = randomObject(depth: 4, nulls: true, using: &generator)
    // Nothing changes nothing; applying twice is applying once; a patch without nulls on nothing is itself.
    #expect(document.applying(mergePatch: [:]) == document)
    let once = document.applying(mergePatch: patch)
    #expect(once.applying(mergePatch: patch) == once)
    #expect(JSONValue.null.applying(mergePatch: document) == document)
    // The difference of two documents leads from one to the other.
    #expect(document.applying(mergePatch: difference(from: document, to: other)) == other)
  }

  private func difference(from old: JSONValue, to new: JSONValue) -> JSONValue {
    guard case .object(let before) = old, case .object(let after) = new else { return new }
    var patch = JSONObject()
    for member in before.members where after[member.key] == nil { patch[member.key] = .null }
    for member in after.members where before[member.key] != member.value {
      patch[member.key] = before[member.key].map { difference(from: $0, to: member.value) } ?? member.value
    }
    return .object(patch)
  }

  private func randomObject(depth: Int, nulls: Bool, using generator: inout SeededGenerator) -> JSONValue {
    let count = Int.random(in: 0..<5, using: &generator)
    return .object(
      JSONObject(
        (0..<count).map { _ in
          let key = ["a", "b", "c", "d", "e"].randomElement(using: &generator)!
          switch Int.random(in: 0..<6, using: &generator) {
          case 0 where nulls: return (key, .null)
          case 0, 1: return (key, .int(Int64.random(in: 0..<4, using: &generator)))
          case 2: return (key, .array([.int(Int64.random(in: 0..<4, using: &generator))]))
          default:
            return (key, depth > 0 ? randomObject(depth: depth - 1, nulls: nulls, using: &generator) : "leaf")
          }
        }))
  }

  // MARK: - JSON patch

  @Test(arguments: [
    (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"foo":"bar","baz":"qux"}"#),
    (#"{"foo":["a","c"]}"#, #"[{"op":"add","path":"/foo/1","value":"b"}]"#, #"{"foo":["a","b","c"]}"#),
    (#"{"foo":["a"]}"#, #"[{"op":"add","path":"/foo/-","value":["b"]}]"#, #"{"foo":["a",["b"]]}"#),
    (#"{"a":1,"b":2}"#, #"[{"op":"remove","path":"/a"}]"#, #"{"b":2}"#),
    (#"{"foo":["a","b"]}"#, #"[{"op":"remove","path":"/foo/0"}]"#, #"{"foo":["b"]}"#),
    (#"{"a":{"b":1}}"#, #"[{"op":"replace","path":"/a/b","value":null}]"#, #"{"a":{"b":null}}"#),
    (#"{"a":{"b":1},"c":{}}"#, #"[{"op":"move","from":"/a/b","path":"/c/d"}]"#, #"{"a":{},"c":{"d":1}}"#),
    (#"{"l":[1,2,3]}"#, #"[{"op":"move","from":"/l/0","path":"/l/2"}]"#, #"{"l":[2,3,1]}"#),
    (#"{"a":[1]}"#, #"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":[1],"b":[1]}"#),
    (
      #"{"a/b":1,"m~n":2}"#, #"[{"op":"test","path":"/a~1b","value":1.0},{"op":"remove","path":"/m~0n"}]"#,
      #"{"a/b":1}"#
    ),
    (#"{"a":1}"#, #"[{"op":"replace","path":"","value":[2]}]"#, "[2]"),
    (#"{"":1}"#, #"[{"op":"add","path":"/","value":2}]"#, #"{"":2}"#),
    (#"{"a":[1,2]}"#, #"[{"op":"add","path":"/a/2","value":3}]"#, #"{"a":[1,2,3]}"#),
    // Beyond the RFC, as Kubernetes' library has it.
    (#"{"a":[1,2]}"#, #"[{"op":"remove","path":"/a/-1"}]"#, #"{"a":[1]}"#),
    (#"{"a":[1,2]}"#, #"[{"op":"replace","path":"/a/-2","value":0}]"#, #"{"a":[0,2]}"#),
    (#"{"a":[1,2]}"#, #"[{"op":"add","path":"/a/-1","value":3}]"#, #"{"a":[1,2,3]}"#),
    (#"{"a":{}}"#, #"[{"op":"test","path":"/a/x","value":null}]"#, #"{"a":{}}"#),
  ])
  func jsonPatch(document: String, patch: String, result: String) throws {
    #expect(try JSONPatch(json(patch)).applied(to: json(document)) == json(result))
  }

  @Test(arguments: [
    ("{}", PatchError.Code.malformed), ("null", .malformed), (#"[1]"#, .malformed), (#"[[]]"#, .malformed),
    (#"[{"path":"/a"}]"#, .notApplicable), (#"[{"op":"add","value":1}]"#, .notApplicable),
    (#"[{"op":"add","path":"/b"}]"#, .notApplicable), (#"[{"op":"spam","path":"/a"}]"#, .notApplicable),
    (#"[{"op":"add","path":"a","value":1}]"#, .notApplicable), (#"[{"op":"remove","path":"/a~2"}]"#, .notApplicable),
    (#"[{"op":"move","from":"/a","path":"/a/b"}]"#, .notApplicable),
    (#"[{"op":"move","path":"/a/b"}]"#, .notApplicable), (#"[{"op":"copy","from":"/x","path":"/b"}]"#, .notApplicable),
    (#"[{"op":"remove","path":"/x"}]"#, .notApplicable), (#"[{"op":"replace","path":"/x","value":1}]"#, .notApplicable),
    (#"[{"op":"add","path":"/x/y","value":1}]"#, .notApplicable), (#"[{"op":"remove","path":""}]"#, .notApplicable),
    (#"[{"op":"test","path":"/a","value":"2"}]"#, .notApplicable),
    (#"[{"op":"test","path":"/x/y","value":null}]"#, .notApplicable),
    (#"[{"op":"test","path":"/l/2","value":null}]"#, .notApplicable),
    (#"[{"op":"test","path":"/a","value":null}]"#, .notApplicable),
    (#"[{"op":"remove","path":"/l/2"}]"#, .notApplicable),
    (#"[{"op":"add","path":"/l/4","value":1}]"#, .notApplicable),
    (#"[{"op":"add","path":"/l/-4","value":1}]"#, .notApplicable),
    (#"[{"op":"remove","path":"/l/-3"}]"#, .notApplicable), (#"[{"op":"remove","path":"/l/-0"}]"#, .notApplicable),
    (#"[{"op":"add","path":"/l/01","value":1}]"#, .notApplicable),
    (#"[{"op":"remove","path":"/l/-"}]"#, .notApplicable), (#"[{"op":"add","path":"/a/b","value":1}]"#, .notApplicable),
    (#"[{"op":"remove","path":"/l/99999999999999999999"}]"#, .notApplicable),
  ])
  func jsonPatchRefuses(patch: String, code: PatchError.Code) throws {
    let error = #expect(throws: PatchError.self) { try JSONPatch(json(patch)).applied(to: json(#"{"a":1,"l":[1,2]}"#)) }
    #expect(error?.code == code)
  }

  @Test func operationsAreBounded() throws {
    func patch(_ count: Int) throws(PatchError) -> JSONPatch {
      try JSONPatch(.array(Array(repeating: ["op": "test", "path": "/a", "value": 1], count: count)))
    }
    #expect(try patch(JSONPatch.operationLimit).applied(to: ["a": 1]) == ["a": 1])
    let error = #expect(throws: PatchError.self) { try patch(JSONPatch.operationLimit + 1) }
    #expect(error?.code == .tooLarge)
    #expect(error?.message == "The allowed maximum operations in a JSON patch is 10000, got 10001")
  }

  /// What a later operation refuses, the earlier ones do not leave behind; a test sees what they did.
  @Test func operationsBuildOnEachOther() throws {
    let patch = try JSONPatch(
      json(
        #"[{"op":"add","path":"/b","value":{}},{"op":"move","from":"/a","path":"/b/c"},"#
          + #"{"op":"test","path":"/b","value":{"c":[1]}},{"op":"copy","from":"/b/c/0","path":"/b/c/0"},"#
          + #"{"op":"replace","path":"/b/c/1","value":2}]"#))
    #expect(try patch.applied(to: json(#"{"a":[1]}"#)) == json(#"{"b":{"c":[1,2]}}"#))
  }

  @Test func copiesOfCopiesAreBounded() throws {
    let operations = (0..<60).map { _ in JSONValue.object(["op": "copy", "from": "/a", "path": "/a/-"]) }
    let patch = try JSONPatch(.array(operations))
    let error = #expect(throws: PatchError.self) { try patch.applied(to: ["a": ["x"]]) }
    #expect(error?.code == .notApplicable)
  }

  @Test func patchesCannotNestWithoutBound() throws {
    let copies = (0..<600).map { _ in JSONValue.object(["op": "copy", "from": "/a", "path": "/a/x"]) }
    var deep: JSONValue = "leaf"
    for _ in 0..<JSONReader.depthLimit - 1 { deep = ["a": deep] }
    let adds: [JSONValue] = [["op": "add", "path": "/a/y", "value": deep]]
    for operations in [copies, adds] {
      let error = #expect(throws: PatchError.self) {
        try JSONPatch(.array(operations)).applied(to: ["a": ["x": ["x": ["x": 1]]]])
      }
      #expect(error?.code == .notApplicable)
    }
  }
}
