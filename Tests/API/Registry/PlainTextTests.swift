import APISchema
import JSONDocument
import KubernetesAPI
import Registry
import SeededNumbers
import Testing

/// Objects that are read straight from the text that a client sent, without a document in between.
@Suite("Plain texts")
struct PlainTextTests {
  private static let kind = GroupVersionKind(group: "", version: "v1", kind: "ConfigMap")
  private static let schema = Schema.builtIn

  private static func isPlain(_ text: String, _ other: GroupVersionKind? = nil) -> Bool {
    schema.isPlain(json: Array(text.utf8), as: other ?? kind)
  }

  @Test(
    "what is plain",
    arguments: [
      #"{"apiVersion":"v1","kind":"ConfigMap"}"#,
      #" {"data": {"k": "v", "a": "\u00fc\n"}, "kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "a"}} "#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"creationTimestamp":null,"labels":{}},"immutable":false}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":null,"metadata":{"ownerReferences":[{"uid":"u"},{}]}}"#,
    ])
  func plain(text: String) { #expect(Self.isPlain(text)) }

  @Test(
    "what is not",
    arguments: [
      "", "{", "null", "[]", "{}", #"{"kind":"ConfigMap"}"#, #"{"apiVersion":"v1","kind":"Secret"}"#,
      #"{"apiVersion":"v2","kind":"ConfigMap"}"#, #"{"apiVersion":"v1","kind":null}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap"} x"#, #"{"apiVersion":"v1","kind":"ConfigMap","kind":"ConfigMap"}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","more":1}"#, #"{"apiVersion":"v1","kind":"ConfigMap","Data":{}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":1}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":null}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"1","k":"1"}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"1"},"data":null}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"\ud800"}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","binaryData":{"k":"QQ=="}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","immutable":"true"}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":{}}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generation":1.5}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"finalizers":[null]}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"creationTimestamp":"2024-01-01T00:00:00Z"}}"#,
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"managedFields":[{"fieldsV1":{}}]}}"#,
    ])
  func notPlain(text: String) { #expect(!Self.isPlain(text)) }

  @Test("kinds with defaults are not, nor is what is no UTF-8")
  func others() {
    let secret = GroupVersionKind(group: "", version: "v1", kind: "Secret")
    #expect(!Self.isPlain(#"{"apiVersion":"v1","kind":"Secret"}"#, secret))
    let pod = GroupVersionKind(group: "", version: "v1", kind: "Pod")
    #expect(!Self.isPlain(#"{"apiVersion":"v1","kind":"Pod"}"#, pod))
    var bytes = Array(#"{"apiVersion":"v1","kind":"ConfigMap","data":{"k":"é"}}"#.utf8)
    #expect(Self.schema.isPlain(json: bytes, as: Self.kind))
    bytes.removeLast(4)
    bytes += Array(#""}}"#.utf8)
    #expect(!Self.schema.isPlain(json: bytes, as: Self.kind))
  }

  /// Members as clients may write them; the ends of the lists are what makes a text not plain.
  private static let metadata: [(name: String, values: [String])] = [
    ("name", [#""a""#, #""""#, #""ü\t""#, "null", "7"]), ("generateName", [#""a-""#, "null"]),
    ("labels", [#"{"b":"2","a":"\u0041"}"#, "{}", "null", #"{"a":"1"}"#, #"{"a":null}"#, #"{"a":"1","a":"2"}"#]),
    ("annotations", [#"{"x/y":"{\"a\":[]}"}"#, "{}", "null", "[]"]), ("finalizers", [#"["x","y"]"#, "[]", "[null]"]),
    ("ownerReferences", [#"[{"uid":"u","controller":true},{"name":null}]"#, "[]", "null", "[null]"]),
    ("generation", ["3", "0", "-1", "9223372036854775807", "9223372036854775808"]),
    ("deletionGracePeriodSeconds", ["0", "30", "null"]), ("resourceVersion", [#""12""#, "null"]),
    ("creationTimestamp", ["null", #""2024-01-01T00:00:00+01:00""#]), ("managedFields", ["[]", "[{}]", "{}"]),
    ("other", ["1"]),
  ]
  private static let members: [(name: String, values: [String])] = [
    ("immutable", ["true", "false", "null", "0"]),
    ("data", [#"{"k":"v","":"\ud83d\ude00"}"#, "{}", "null", #"{"k":null}"#]),
    ("binaryData", ["{}", "null", #"{"k":"QQ=="}"#]),
  ]

  private static func object(
    _ given: [String], _ choices: [(name: String, values: [String])], _ generator: inout SeededGenerator
  ) -> String {
    var members = given
    for choice in choices where Int.random(in: 0..<4, using: &generator) == 0 {
      members.append("\"\(choice.name)\": \(choice.values.randomElement(using: &generator) ?? "null")")
    }
    return "{\(members.shuffled(using: &generator).joined(separator: ","))}"
  }

  @Test("a plain text comes to what its document comes to")
  func same() throws {
    var generator = SeededGenerator(seed: 5)
    var found = 0
    for _ in 0..<3000 {
      let metadata = Self.object([], Self.metadata, &generator)
      let text = Self.object(
        [#""apiVersion":"v1""#, #""kind":"ConfigMap""#, "\"metadata\":\(metadata)"], Self.members, &generator)
      guard Self.isPlain(text) else { continue }
      found += 1
      let bytes = Array(text.utf8)
      let read = try Self.schema.decode(json: bytes, as: Self.kind)
      #expect(read.strictErrors.isEmpty)
      var document = read.value
      Self.schema.canonicalize(&document, as: Self.kind)
      Self.schema.applyDefaults(to: &document, as: Self.kind)
      let straight = try CoreV1.ConfigMap(jsonBytes: bytes)
      let detour = try CoreV1.ConfigMap(json: document)
      #expect(straight == detour, "\(text)")
    }
    #expect(found > 500)
  }

  @Test("what is sent as a plain text is stored as what is sent as a document")
  func stored() async throws {
    try await Harness.run { harness in
      let maps = harness["configmaps"]
      func text(_ name: String, _ value: String) -> String {
        #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"\#(name)","creationTimestamp":null,"#
          + #""labels":{"b":"1","a":"2"}},"data":{"k":"\#(value)"}}"#
      }
      func bare(_ object: StoredObject) throws -> JSONValue {
        var document = try JSONValue(jsonBytes: object.json)
        for name in ["name", "uid", "resourceVersion"] { document["metadata"]?[name] = nil }
        return document
      }
      let sent = try #require(SentObject(plain: Array(text("a", "1").utf8), of: maps))
      let one = try await harness.registry.create(maps, namespace: "default", sent: sent, options: Harness.admin)
      let document = try JSONValue(jsonBytes: Array(text("b", "1").utf8))
      let other = try await harness.registry.create(
        maps, namespace: "default", document: document, options: Harness.admin)
      let first = try bare(one.object)
      let second = try bare(other.object)
      #expect(first == second)
      #expect(first[path: "metadata", "managedFields"]?.arrayValue?.count == 1)
      let newer = try #require(SentObject(plain: Array(text("a", "2").utf8), of: maps))
      let updated = try await harness.registry.update(
        maps, namespace: "default", name: "a", sent: newer, options: Harness.admin)
      let last = try bare(updated.object)
      #expect(last[path: "data", "k"] == "2")
    }
  }

  @Test("kinds that are stored in another version are read by their documents")
  func views() async throws {
    try await Harness.run { harness in
      let found = harness.registry.resource(group: "events.k8s.io", version: "v1", plural: "events")
      let newer = try #require(found)
      func isPlain(_ apiVersion: String, _ resource: ServedResource) -> Bool {
        let text = #"{"apiVersion":"\#(apiVersion)","kind":"Event","metadata":{"name":"a"}}"#
        return SentObject(plain: Array(text.utf8), of: resource) != nil
      }
      #expect(isPlain("v1", harness["events"]))
      #expect(!isPlain("events.k8s.io/v1", newer))
    }
  }
}
