import APIServer
import Access
import JSONDocument
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// Server-side apply over HTTP: what requests look like, and what they are answered with.
@Suite struct ApplyRequestTests {
  static let configMaps = "/api/v1/namespaces/default/configmaps"
  static let type = "application/apply-patch+yaml"

  private static func apply(
    _ client: TestClient, _ path: String, _ text: String, by manager: String? = "ci", _ query: String = "",
    headers: HTTPHeaders = [:]
  ) async throws -> Answer {
    var headers = headers
    headers.replaceOrAdd(name: "content-type", value: type)
    let name = manager.map { "fieldManager=\($0)" } ?? ""
    return try await client.send(.PATCH, "\(path)?\(name)&\(query)", text: text, headers: headers)
  }

  /// The managers of an answer's object: `NAME OPERATION`, with `/SUBRESOURCE` behind.
  private static func managers(_ answer: Answer) -> [String] {
    (answer["metadata", "managedFields"]?.arrayValue ?? []).map { entry in
      let part = entry["subresource"]?.stringValue.map { "/\($0)" } ?? ""
      return "\(entry["manager"]?.stringValue ?? "") \(entry["operation"]?.stringValue ?? "")\(part)"
    }
  }

  @Test(arguments: [false, true], TestStore.all)
  func createsUpdatesAndKeeps(http1: Bool, store: TestStore) async throws {
    try await withFrontEnd(over: store, http1: http1) { _, client in
      let path = "\(Self.configMaps)/a"
      let yaml = """
        # What CI says.
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: a
          labels: {tier: front}
        data:
          key: "1"
        """
      let created = try await Self.apply(client, path, yaml)
      #expect(created.code == 201 && created["data", "key"] == "1", "\(created.text)")
      #expect(Self.managers(created) == ["ci Apply"])
      let json =
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"tier":"front"}},"data":{"key":"1"}}"#
      let same = try await Self.apply(client, path, json)
      #expect(same.code == 200 && same.json == created.json, "\(same.text)")
      let changed = try await Self.apply(client, path, yaml.replacing("\"1\"", with: "\"2\""))
      #expect(changed.code == 200 && changed["data", "key"] == "2")
      let dry = try await Self.apply(client, path, yaml, "dryRun=All")
      #expect(dry.code == 200 && dry["data", "key"] == "1")
      #expect(try await client.get(path).json == changed.json)
      let table = try await Self.apply(
        client, path, yaml, "dryRun=All", headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"])
      #expect(table["kind"] == "Table")
    }
  }

  @Test(arguments: TestStore.all) func answersConflictsWithTheirCauses(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let path = "\(Self.configMaps)/a"
      func text(_ value: String) -> String {
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"key":"\#(value)"}}"#
      }
      #expect(try await Self.apply(client, path, text("1"), by: "one").code == 201)
      let refused = try await Self.apply(client, path, text("2"), by: "two")
      #expect(refused.code == 409)
      let expected = #"""
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
        "message":"Apply failed with 1 conflict: conflict with \"one\": .data.key","reason":"Conflict",
        "details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"one\"","field":".data.key"}]},
        "code":409}
        """#
      #expect(refused.json == (try JSONValue(jsonBytes: Array(expected.utf8))))
      #expect(try await Self.apply(client, path, text("2"), by: "two", "force=false").code == 409)
      let forced = try await Self.apply(client, path, text("2"), by: "two", "force=true")
      #expect(forced.code == 200 && forced["data", "key"] == "2" && Self.managers(forced) == ["two Apply"])
    }
  }

  @Test func checksItsOptions() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "\(Self.configMaps)/a"
      let text = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}"#
      let nameless = try await Self.apply(client, path, text, by: nil)
      #expect(nameless.code == 422 && nameless["reason"] == "Invalid")
      #expect(
        nameless["message"]
          == #"PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch"#)
      let long = try await Self.apply(client, path, text, by: String(repeating: "m", count: 129))
      #expect(long.code == 422)
      let odd = try await client.send(.POST, "\(Self.configMaps)?fieldManager=a%07b", text: text)
      #expect(odd.code == 422 && odd["details", "causes"]?.arrayValue?.first?["field"] == "fieldManager")
      let forced = try await client.patch("\(path)?force=true", "application/merge-patch+json", "{}")
      #expect(forced.code == 422)
      #expect(
        forced["message"]
          == #"PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch"#)
      // Creates do not know the option.
      let made = try await client.send(
        .POST, "\(Self.configMaps)?force=true", text: #"{"metadata":{"name":"forced"}}"#)
      #expect(made.code == 201, "\(made.text)")
      for other in ["application/apply-patch+json", "application/apply-patch+cbor"] {
        let answer = try await client.patch("\(path)?fieldManager=ci", other, text)
        #expect(answer.code == 415 && answer["reason"] == "UnsupportedMediaType")
        #expect(answer["message"]?.stringValue?.hasSuffix(", application/apply-patch+yaml") == true)
      }
      #expect(try await client.get(path).code == 404)
    }
  }

  @Test(arguments: TestStore.all) func readsWhatIsThereAndRefusesTheRest(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let path = "\(Self.configMaps)/a"
      let twice = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"1","k":"2"}}"#
      let strict = try await Self.apply(client, path, twice, "fieldValidation=Strict")
      #expect(strict.code == 400)
      #expect(strict["message"] == #"error strict decoding YAML: duplicate field "data.k""#)
      let warned = try await Self.apply(client, path, twice)
      #expect(warned.code == 201 && warned["data", "k"] == "2")
      #expect(warned.headers["warning"].contains { $0.contains("duplicate field") })
      let ignored = try await Self.apply(client, path, twice, "fieldValidation=Ignore")
      #expect(ignored.code == 200 && ignored.headers["warning"].isEmpty)
      let unknown = try await Self.apply(
        client, path, #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"datum":{}}"#,
        "fieldValidation=Ignore")
      #expect(unknown.code == 500 && unknown["reason"] == nil, "\(unknown.text)")
      #expect(
        unknown["message"]
          == "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .datum: field not declared in schema")
      let bomb =
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
        + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n"
      for bad in [
        "", "null", "text", "- a", "a: [", "a: 1\na: 2", "{\"a\":", bomb, "kind: ConfigMap", "\u{FFFE}",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, managedFields: [{manager: x}]}",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}",
        String(repeating: "[", count: 5000), String(repeating: "{\"a\":", count: 5000),
      ] {
        let answer = try await Self.apply(client, path, bad)
        #expect(answer.code == 400 && answer["reason"] == "BadRequest", "\(bad.prefix(80)): \(answer.text)")
      }
      let large =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \(String(repeating: "x", count: 3 << 20))}"
      #expect(try await Self.apply(client, path, large).code == 413)
      // A list where the object has a map, and elements that nothing tells apart.
      let misfit = try await Self.apply(
        client, path, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: [1]")
      #expect(misfit.code == 500 && misfit["message"]?.stringValue?.contains(".data: expected map, got") == true)
      let services = "/api/v1/namespaces/default/services/s"
      let ports = try await Self.apply(
        client, services,
        "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}, {port: 80}]}")
      #expect(ports.code == 500 && ports["message"]?.stringValue?.contains("duplicate entries for key") == true)
      #expect(try await client.get(path).code == 200)
    }
  }

  @Test(arguments: TestStore.all) func servesStatusAndScale(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let path = "/apis/apps/v1/namespaces/default/deployments/web"
      let head = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
      let status = head + "status: {replicas: 2}"
      #expect(try await Self.apply(client, "\(path)/status", status, by: "controller").code == 404)
      let deployment =
        head
        + "spec: {replicas: 2, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, "
        + "spec: {containers: [{name: c, image: i}]}}}"
      #expect(try await Self.apply(client, path, deployment).code == 201)
      let applied = try await Self.apply(client, "\(path)/status", status, by: "controller")
      #expect(applied.code == 200 && applied["status", "replicas"] == 2, "\(applied.text)")
      #expect(Self.managers(applied).sorted() == ["ci Apply", "controller Apply/status"])
      let scale = "apiVersion: autoscaling/v1\nkind: Scale\nmetadata: {name: web}\nspec: {replicas: 4}"
      #expect(try await Self.apply(client, "\(path)/scale", scale, by: "hpa").code == 409)
      let scaled = try await Self.apply(client, "\(path)/scale", scale, by: "hpa", "force=true")
      #expect(scaled.code == 200 && scaled["kind"] == "Scale" && scaled["spec", "replicas"] == 4)
      let whole = try await client.get(path)
      #expect(Self.managers(whole).sorted() == ["ci Apply", "controller Apply/status", "hpa Apply/scale"])
      #expect(try await Self.apply(client, "\(path)/nothing", scale).code == 404)
      #expect(try await Self.apply(client, "/api/v1/namespaces/default/pods/p/binding", scale).code == 405)
    }
  }

  /// Writers without a name are known by their program.
  @Test(arguments: TestStore.all) func namesManagersAfterTheirPrograms(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let made = try await client.send(
        .POST, Self.configMaps, text: FrontEndTests.configMap("a").description,
        headers: ["user-agent": "robot/1.2 (linux)", "content-type": "application/json"])
      #expect(Self.managers(made) == ["robot Update"])
      let named = try await client.send(
        .PATCH, "\(Self.configMaps)/a?fieldManager=hand", text: #"{"data":{"more":"1"}}"#,
        headers: ["user-agent": "robot/1.2 (linux)", "content-type": "application/merge-patch+json"])
      #expect(Self.managers(named).sorted() == ["hand Update", "robot Update"])
      // What the front-end makes by itself.
      #expect(Self.managers(try await client.get("/api/v1/namespaces/default")) == ["apus-apiserver Update"])
      // Of the metadata alone, they are part.
      let metadata = try await client.get(
        "\(Self.configMaps)/a", accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")
      #expect(Self.managers(metadata).count == 2)
    }
  }

  /// Patching is not creating.
  @Test func asksWhetherItMayCreate() async throws {
    struct NoCreates: Authorizer {
      func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision {
        user.name == "ann" && attributes.verb == "create" ? .denied(reason: "ann makes nothing") : .allowed
      }
    }
    try await withFrontEnd(storage: InMemoryStorage(), authorizer: NoCreates()) { _, client in
      let path = "\(Self.configMaps)/a"
      let text = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"1"}}"#
      let ann: HTTPHeaders = ["impersonate-user": "ann"]
      let refused = try await Self.apply(client, path, text, headers: ann)
      #expect(refused.code == 403 && refused["message"] == #"configmaps "a" is forbidden: ann makes nothing"#)
      let lease = #"{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"l"}}"#
      let leases = "/apis/coordination.k8s.io/v1/namespaces/default/leases"
      var headers = ann
      headers.add(name: "content-type", value: "application/json")
      #expect(try await client.send(.PUT, "\(leases)/l", text: lease, headers: headers).code == 403)
      #expect(try await client.send(.PUT, "\(leases)/l", text: lease).code == 201)
      #expect(try await Self.apply(client, path, text).code == 201)
      #expect(try await Self.apply(client, path, text, headers: ann).code == 200)
    }
  }
}
