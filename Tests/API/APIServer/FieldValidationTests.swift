import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// What is said of unknown and repeated fields, of values of a wrong type, and how values are kept.
@Suite struct FieldValidationTests {
  static let configMaps = WireFormTests.configMaps
  static let deployments = "/apis/apps/v1/namespaces/default/deployments"
  static let deployment = #"""
    {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"d"},"spec":{"replicas":1,"colour":"red",
    "selector":{"matchLabels":{"app":"d"}},"replicas":2,"template":{"metadata":{"labels":{"app":"d"}},
    "spec":{"containers":[{"name":"c","image":"i","imagePullPolice":"Always","image":"j"}]}}}}
    """#
  static let problems = [
    #"unknown field "spec.colour""#, #"duplicate field "spec.replicas""#,
    #"unknown field "spec.template.spec.containers[0].imagePullPolice""#,
    #"duplicate field "spec.template.spec.containers[0].image""#,
  ]

  private static func warning(_ text: String) -> String {
    "299 - \"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  @Test func createsAndUpdatesTellAllAtOnce() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let message =
        "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: "
        + Self.problems.joined(separator: ", ")
      let strict = try await client.send(.POST, "\(Self.deployments)?fieldValidation=Strict", text: Self.deployment)
      #expect(strict.code == 400 && strict["message"] == .string(message), "\(strict.text)")
      let warned = try await client.send(.POST, Self.deployments, text: Self.deployment)
      #expect(warned.code == 201 && warned["spec", "replicas"] == 2, "\(warned.text)")
      #expect(warned.headers["warning"] == Self.problems.map(Self.warning))
      #expect(warned["spec", "colour"] == nil)
      let path = "\(Self.deployments)/d"
      let again = try await client.send(.PUT, "\(path)?fieldValidation=Strict", text: Self.deployment)
      #expect(again.code == 400 && again["message"] == .string(message), "\(again.text)")
      let ignored = try await client.send(.PUT, "\(path)?fieldValidation=Ignore", text: Self.deployment)
      #expect(ignored.code == 200 && ignored.headers["warning"].isEmpty, "\(ignored.text)")
      let yaml = "metadata: {name: y}\ncolour: red\n"
      let inYAML = try await client.send(
        .POST, Self.configMaps, text: yaml, headers: ["content-type": "application/yaml"])
      #expect(inYAML.code == 201 && inYAML.headers["warning"] == [Self.warning(#"unknown field "colour""#)])
    }
  }

  @Test func patchesAreCheckedWithWhatTheyMake() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("p"))
      let path = "\(Self.configMaps)/p"
      for (type, text, problems) in [
        (
          "application/merge-patch+json", #"{"data":{"a":"1","a":"2"},"datum":{}}"#,
          [#"duplicate field "data.a""#, #"unknown field "datum""#]
        ),
        (
          "application/strategic-merge-patch+json", #"{"data":{"b":"1"},"datum":{"x":[1,true]}}"#,
          [#"unknown field "datum""#]
        ),
        (
          "application/json-patch+json", #"[{"op":"add","path":"/datum","value":{},"colour":1}]"#,
          [#"json patch unknown field "[0].colour""#, #"unknown field "datum""#]
        ),
      ] {
        let strict = try await client.patch("\(path)?fieldValidation=Strict", type, text)
        #expect(strict.code == 422 && strict["reason"] == "Invalid", "\(strict.text)")
        let message = strict["message"]?.stringValue ?? ""
        #expect(message.hasPrefix(#" "" is invalid: patch: Invalid value: "#), "\(message)")
        #expect(message.hasSuffix(": strict decoding error: \(problems.joined(separator: ", "))"), "\(message)")
        if type.contains("strategic") { #expect(message.contains(#""map[data:map[b:1] datum:map[x:[1 true]]]""#)) }
        let ignored = try await client.patch("\(path)?fieldValidation=Ignore&dryRun=All", type, text)
        #expect(ignored.code == 200 && ignored.headers["warning"].isEmpty, "\(ignored.text)")
        let warned = try await client.patch(path, type, text)
        #expect(warned.code == 200 && warned.headers["warning"] == problems.map(Self.warning), "\(warned.text)")
        #expect(warned["datum"] == nil)
      }
      // An object that its kind cannot be is told with the object.
      let wrong = try await client.patch(path, "application/merge-patch+json", #"{"data":{"a":1}}"#)
      #expect(wrong.code == 422, "\(wrong.text)")
      #expect(
        wrong["message"]?.stringValue?.hasSuffix(
          "json: cannot unmarshal number into Go struct field ConfigMap.data of type string") == true, "\(wrong.text)")
      let renamed = try await client.patch(path, "application/merge-patch+json", #"{"kind":"Secret"}"#)
      #expect(renamed.code == 422, "\(renamed.text)")
    }
  }

  @Test(arguments: [
    (
      #"{"kind":"ConfigMap","data":"text"}"#,
      #"ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ConfigMap.data of type map[string]string"#
    ),
    (
      #"{"kind":"ConfigMap","#,
      #"the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({"kind":"ConfigMap",)"#
    ),
    (
      "[]",
      #"the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" } (5b5d)"#
    ),
    (
      #"{"kind":7,"data":{"long":"abcdefghijklmnop"}}"#,
      #"the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind":7,"data":{"long":"abcd ...)"#
    ),
    (
      #"{"kind":"Secret","apiVersion":"v1"}"#,
      #"Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion"#
    ),
    (
      #"{"kind":"Gadget","apiVersion":"v1","data":3}"#,
      #"Gadget in version "v1" cannot be handled as a ConfigMap: no kind "Gadget" is registered for version "v1""#
    ),
    (
      #"{"kind":"ConfigMap","apiVersion":"v2"}"#,
      #"ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2""#
    ),
  ]) func bodiesThatAreNoConfigMapsAreNamed(text: String, message: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.send(.POST, Self.configMaps, text: text)
      #expect(answer.code == 400 && answer["message"] == .string(message), "\(answer.text)")
    }
  }

  @Test func anotherVersionOfTheKindIsNamed() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers"
      let answer = try await client.send(
        .POST, path, text: #"{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v2","metadata":{"name":"h"}}"#)
      #expect(answer.code == 400)
      #expect(
        answer["message"]
          == "the API version in the data (autoscaling/v2) does not match the expected API version (autoscaling/v1)")
      let unknown = try await client.send(.POST, "\(path)?fieldValidation=Loose", text: "{}")
      #expect(unknown.code == 422, "\(unknown.text)")
      #expect(
        unknown["message"]
          == #"CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Loose": supported values: "", "Ignore", "Strict", "Warn""#
      )
    }
  }

  @Test func valuesAreKeptInTheirCanonicalForm() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let pods = "/api/v1/namespaces/default/pods"
      let pod = #"""
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","creationTimestamp":null},"spec":{"containers":[
        {"name":"c","image":"i","resources":{"requests":{"cpu":"1000m","memory":"1024Mi"},"limits":{"cpu":1.5}}}]}}
        """#
      let made = try await client.send(.POST, pods, text: pod)
      #expect(made.code == 201, "\(made.text)")
      let resources = made["spec", "containers"]?.arrayValue?.first?["resources"]
      #expect(resources?["requests"] == ["cpu": "1", "memory": "1Gi"], "\(made.text)")
      #expect(resources?["limits"] == ["cpu": "1500m"])
      let leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases"
      let lease = #"{"metadata":{"name":"l"},"spec":{"renewTime":"2026-01-02T03:04:05.500000+01:00"}}"#
      let held = try await client.send(.POST, leases, text: lease)
      #expect(held["spec", "renewTime"] == "2026-01-02T02:04:05.500000Z", "\(held.text)")
      let patched = try await client.patch(
        "\(leases)/l", "application/merge-patch+json", #"{"spec":{"renewTime":"2026-01-02T03:04:06.000000+01:00"}}"#)
      #expect(patched["spec", "renewTime"] == "2026-01-02T02:04:06.000000Z", "\(patched.text)")
      let bad = try await client.send(
        .POST, pods, text: pod.replacing("1000m", with: "a lot").replacing(#""p""#, with: #""q""#))
      #expect(bad.code == 400, "\(bad.text)")
      #expect(bad["message"]?.stringValue?.contains("quantities must match the regular expression") == true)
    }
  }

  @Test func manyWarningsAreCut() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let fields = (0..<60).map { #""\#(String(repeating: "x", count: 300))\#($0)":1"# }.joined(separator: ",")
      let made = try await client.send(.POST, Self.configMaps, text: #"{"metadata":{"name":"w"},\#(fields)}"#)
      #expect(made.code == 201)
      let warnings = made.headers["warning"]
      #expect(warnings.count == 16 && warnings.allSatisfy { $0.count < 300 }, "\(warnings.count)")
      let odd = try await client.send(
        .POST, Self.configMaps, text: #"{"metadata":{"name":"o"},"a\"b\\c\nd":1,"ü":2}"#)
      #expect(
        odd.headers["warning"] == [
          Self.warning(#"unknown field "a\"b\\c\nd""#), Self.warning(#"unknown field "ü""#),
        ], "\(odd.headers)")
    }
  }
}
