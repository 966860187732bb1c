import APISchema
import JSONDocument
import SeededNumbers
import Testing

private let schema = Schema.builtIn
private let pod = GroupVersionKind(group: "", version: "v1", kind: "Pod")
private let deployment = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")

private func decode(_ text: String, _ kind: GroupVersionKind = pod) throws(SchemaDecodingError) -> DecodedDocument {
  try schema.decode(json: Array(text.utf8), as: kind)
}

private func failure(_ text: String, _ kind: GroupVersionKind = pod) -> String? {
  do {
    _ = try decode(text, kind)
    return nil
  } catch { return error.message }
}

@Suite struct DecodingTests {
  @Test func reportsUnknownAndDuplicateFieldsInTheOrderOfTheText() throws {
    let read = try decode(
      #"""
      {"apiVersion":"v1","kind":"Pod","kind":"Pod","foo":1,"metadata":{"name":"a","labels":{"x":"1","x":"2"},"name":"b"},
       "spec":{"containers":[{"name":"c","imagee":"i"},{"name":"d","imagee":"i","imagee":"j","Image":"k"}],"foo":{"bar":[]}}}
      """#)
    #expect(
      read.strictErrors == [
        #"duplicate field "kind""#, #"unknown field "foo""#, #"duplicate field "metadata.labels.x""#,
        #"duplicate field "metadata.name""#, #"unknown field "spec.containers[0].imagee""#,
        #"unknown field "spec.containers[1].imagee""#, #"unknown field "spec.containers[1].Image""#,
        #"unknown field "spec.foo""#,
      ])
    #expect(
      read.strictDecodingError?.hasPrefix(#"strict decoding error: duplicate field "kind", unknown field "foo", "#)
        == true)
    #expect(
      read.value == [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "b", "labels": ["x": "2"]],
        "spec": ["containers": [["name": "c"], ["name": "d"]]],
      ])
    #expect(try decode(#"{"kind":"Pod"}"#).strictDecodingError == nil)
  }

  @Test func reportsAtMostAHundred() throws {
    let members = (0..<1000).map { #""f\#($0)":1"# }.joined(separator: ",")
    #expect(try decode("{\(members)}").strictErrors.count == Schema.strictErrorLimit)
  }

  @Test func nullsAreZeroValues() throws {
    let read = try decode(
      #"{"metadata":{"name":null,"labels":{"a":null}},"spec":{"containers":[null,{"args":[null,"x"],"env":null}]}}"#)
    #expect(
      read.value == [
        "metadata": ["labels": ["a": ""]], "spec": ["containers": [[:], ["args": ["", "x"]]]],
      ])
    #expect(try decode("null").value == [:])
  }

  @Test(arguments: [
    (
      #"{"spec":{"replicas":"3"}}"#,
      "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"
    ),
    (
      #"{"spec":{"template":{"spec":{"containers":[{"env":[{"name":"a","value":1}]}]}}}}"#,
      "json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string"
    ),
    (
      #"{"metadata":{"labels":{"a":true}}}"#,
      "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string"
    ),
    (
      #"{"spec":{"replicas":1.5}}"#,
      "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32"
    ),
    (
      #"{"spec":{"replicas":4294967296}}"#,
      "json: cannot unmarshal number 4294967296 into Go struct field DeploymentSpec.spec.replicas of type int32"
    ),
    (
      #"{"spec":{"template":{"spec":{"containers":{"name":"a"}}}}}"#,
      "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container"
    ),
    (#"{"spec":[]}"#, "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec"),
    (
      #"{"spec":{"template":{"spec":{"containers":[{"imagePullPolicy":1}]}}}}"#,
      "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.imagePullPolicy of type v1.PullPolicy"
    ),
    (
      #"{"spec":{"template":{"spec":{"containers":[{"args":[1]}]}}}}"#,
      "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.args of type string"
    ),
    (#"[]"#, "json: cannot unmarshal array into Go value of type v1.Deployment"),
    (
      #"{"spec":{"paused":"yes","replicas":"x"}}"#,
      "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool"
    ),
  ])
  func wrongTypes(text: String, message: String) {
    #expect(failure(text, deployment) == message)
  }

  @Test(arguments: [
    (
      #"{"spec":{"overhead":{"cpu":"abc"}}}"#,
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    ),
    (#"{"spec":{"overhead":{"cpu":"1KM"}}}"#, "unable to parse quantity's suffix"),
    (
      #"{"metadata":{"creationTimestamp":"yesterday"}}"#,
      #"parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006""#
    ),
    (
      #"{"metadata":{"creationTimestamp":"2024-02-30T00:00:00Z"}}"#,
      #"parsing time "2024-02-30T00:00:00Z": day out of range"#
    ),
    (#"{"metadata":{"creationTimestamp":5}}"#, "json: cannot unmarshal number into Go value of type string"),
    (
      #"{"spec":{"containers":[{"livenessProbe":{"httpGet":{"port":true}}}]}}"#,
      "json: cannot unmarshal bool into Go value of type int32"
    ),
    // The first wrong type is only told if every value's form is right.
    (#"{"metadata":{"name":1},"spec":{"overhead":{"cpu":"1KM"}}}"#, "unable to parse quantity's suffix"),
  ])
  func wrongForms(text: String, message: String) { #expect(failure(text) == message) }

  @Test func wrongBase64() {
    let secret = GroupVersionKind(group: "", version: "v1", kind: "Secret")
    #expect(failure(#"{"data":{"a":"aGk*"}}"#, secret) == "illegal base64 data at input byte 3")
    #expect(failure(#"{"data":{"a":"aGk"}}"#, secret) == "illegal base64 data at input byte 0")
    #expect(failure(#"{"data":{"a":"aGk="}}"#, secret) == nil)
    #expect(
      failure(#"{"data":{"a":1}}"#, secret)
        == "json: cannot unmarshal number into Go struct field Secret.data of type []uint8")
  }

  @Test(arguments: [
    ("", "unexpected end of JSON input"), ("{", "unexpected end of JSON input"),
    ("{]", "invalid character ']' looking for beginning of object key string"),
    (#"{"a" 1}"#, "invalid character '1' after object key"),
    (#"{"a":1 "b":2}"#, #"invalid character '"' after object key:value pair"#),
    (#"{"a":[1 2]}"#, "invalid character '2' after array element"),
    (#"{"a":1}x"#, "invalid character 'x' after top-level value"),
    (#"{"a":tru}"#, "invalid character '}' in literal true (expecting 'e')"),
    (#"{"a":x}"#, "invalid character 'x' looking for beginning of value"),
    ("{\"a\":\"\n\"}", "invalid character '\\n' in string literal"),
    (#"{"a":"\q"}"#, "invalid character 'q' in string escape code"),
    (#"{"a":1.}"#, "invalid character '}' after decimal point in numeric literal"),
    (#"{"a":[1,]}"#, "invalid character ']' looking for beginning of value"),
    (#"{"a":1,}"#, "invalid character '}' looking for beginning of object key string"),
    (#"{"a":-}"#, "invalid character '}' in numeric literal"),
    // Also behind a value that is refused.
    (#"{"metadata":{"creationTimestamp":5}"#, "unexpected end of JSON input"),
  ])
  func syntax(text: String, message: String) { #expect(failure(text) == message) }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(failure(#"{"foo":"# + deep) == "exceeded max depth")
    let within = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    #expect(failure(#"{"foo":\#(within)}"#) == nil)
  }

  /// The deepest that is read goes through every step without exhausting a stack.
  @Test func theDeepestDocument() throws {
    let kind = GroupVersionKind(group: "apiextensions.k8s.io", version: "v1", kind: "CustomResourceDefinition")
    let head = #"{"spec":{"versions":[{"schema":{"openAPIV3Schema":"#
    let levels = JSONReader.depthLimit - 6
    let text =
      head + String(repeating: #"{"not":"#, count: levels) + "{}" + String(repeating: "}", count: levels) + "}}]}}"
    let read = try decode(text, kind)
    #expect(read.strictErrors.isEmpty)
    var canonical = read.value
    schema.canonicalize(&canonical, as: kind)
    schema.applyDefaults(to: &canonical, as: kind)
    #expect(throws: ProtobufError.self) { try schema.protobuf(canonical, as: kind) }
    #expect(failure(text.replacing("{}", with: #"{"not":{}}"#), kind) == "exceeded max depth")
  }

  @Test func invalidTextIsReplaced() throws {
    let bytes =
      Array(#"{"metadata":{"name":""#.utf8) + [0x61, 0xff, 0x62] + Array(#"","uid":"\ud800x\ud83d\ude00"}}"#.utf8)
    let read = try schema.decode(json: bytes, as: pod)
    #expect(read.value[path: "metadata", "name"] == "a\u{FFFD}b")
    #expect(read.value[path: "metadata", "uid"] == "\u{FFFD}x\u{1F600}")
  }

  @Test func numbersKeepTheirDigits() throws {
    let read = try decode(#"{"spec":{"overhead":{"cpu":0.1,"memory":123456789012345678,"x":1e3}}}"#)
    #expect(read.value[path: "spec", "overhead"] == ["cpu": "0.1", "memory": "123456789012345678", "x": "1e3"])
  }

  @Test func survivesGarbage() throws {
    var documents = RandomDocuments(seed: 5)
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<200 {
      let bytes = documents.document(of: pod).jsonBytes
      for _ in 0..<10 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        if Bool.random(using: &generator) { changed.removeLast(Int.random(in: 0..<changed.count, using: &generator)) }
        guard let read = try? schema.decode(json: changed, as: pod) else { continue }
        // What was read can be written, and is read again.
        var canonical = read.value
        schema.canonicalize(&canonical, as: pod)
        #expect(try schema.decode(canonical, as: pod).strictErrors.isEmpty)
        _ = try schema.protobuf(canonical, as: pod)
      }
    }
  }
}

@Suite struct CanonicalFormTests {
  private func canonical(_ document: JSONValue, _ kind: GroupVersionKind) -> JSONValue {
    var document = document
    schema.canonicalize(&document, as: kind)
    return document
  }

  @Test func showsWhatGoAlwaysShows() {
    let set = GroupVersionKind(group: "apps", version: "v1", kind: "DaemonSet")
    let document = canonical(["metadata": ["name": "d", "labels": [:], "generation": 0], "extra": 1], set)
    #expect(
      document == [
        "metadata": ["name": "d"],
        "spec": ["template": ["metadata": [:], "spec": [:]], "updateStrategy": [:]],
        "status": [
          "currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0,
        ],
      ])
  }

  @Test func ordersFieldsAndMaps() {
    let document = canonical(
      [
        "data": ["b": "1", "a": "2", "B": "3"], "metadata": ["namespace": "n", "name": "x"], "apiVersion": "v1",
        "kind": "ConfigMap", "immutable": nil,
      ], GroupVersionKind(group: "", version: "v1", kind: "ConfigMap"))
    #expect(
      document.description
        == #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"x","namespace":"n"},"data":{"B":"3","a":"2","b":"1"}}"#
    )
  }

  @Test(arguments: [
    ("1000m", "1"), ("0.5", "500m"), ("1.5Gi", "1536Mi"), ("1024Ki", "1Mi"), ("2e3", "2e3"), ("1E3", "1e3"),
    ("100", "100"), ("1000", "1k"), ("1024", "1024"), ("0.5Ki", "512"), ("0", "0"), ("-1500m", "-1500m"), ("1.", "1"),
    (".5", "500m"), ("0.1n", "1n"), ("9223372036854775808", "9223372036854775807"), ("12E", "9223372036854775807"),
    ("00100M", "100M"), ("1e-3", "1e-3"), ("1000Ki", "1000Ki"), ("0.0000000001", "1n"), ("1.0", "1"),
  ])
  func quantities(text: String, expected: String) {
    let pod = canonical(["spec": ["overhead": ["x": .string(text)]]], pod)
    #expect(pod[path: "spec", "overhead", "x"] == .string(expected))
  }

  @Test func timesAreInUTC() {
    let document = canonical(["metadata": ["creationTimestamp": "2024-02-29T23:59:59.75+02:00"]], pod)
    #expect(document[path: "metadata", "creationTimestamp"] == "2024-02-29T21:59:59Z")
  }
}
