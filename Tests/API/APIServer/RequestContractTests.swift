import JSONDocument
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// What requests have to say and what they are answered with, as clients of Kubernetes know it, whatever the kind.
@Suite struct RequestContractTests {
  private static let configMaps = WireFormTests.configMaps
  private static let deployments = "/apis/apps/v1/namespaces/default/deployments"
  private static let unnamed =
    "the name of the object (a based on URL) was undeterminable: name must be provided"

  private static func deployment(_ name: String, limits: JSONValue = ["cpu": "1"]) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
      "spec": [
        "selector": ["matchLabels": ["app": "x"]],
        "template": [
          "metadata": ["labels": ["app": "x"]],
          "spec": [
            "containers": [["name": "c", "image": "i", "resources": ["limits": limits]]]
          ],
        ],
      ],
    ]
  }

  @Test func objectsThatAreWrittenHaveTheirName() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "\(Self.configMaps)/a"
      let made = try await client.post(Self.configMaps, WireFormTests.configMap("a"))
      #expect(made.code == 201)
      for document: JSONValue in [["data": ["wiped": "1"]], ["metadata": [:]], ["metadata": ["name": ""]]] {
        let answer = try await client.put(path, document)
        #expect(answer.code == 400 && answer["message"]?.stringValue == Self.unnamed, "\(answer.text)")
      }
      let other = try await client.put(path, WireFormTests.configMap("b"))
      #expect(other["message"] == "the name of the object (b) does not match the name on the URL (a)")
      let (merge, json) = ("application/merge-patch+json", "application/json-patch+json")
      for (type, patch) in [
        (merge, #"{"metadata":{"name":null}}"#), (merge, #"{"metadata":null}"#),
        (json, #"[{"op":"remove","path":"/metadata/name"}]"#),
      ] {
        let answer = try await client.patch(path, type, patch)
        #expect(answer.code == 400 && answer["message"]?.stringValue == Self.unnamed, "\(answer.text)")
      }
      #expect(try await client.get(path).json == made.json)
      #expect(try await client.post(Self.deployments, Self.deployment("a")).code == 201)
      let scale = "\(Self.deployments)/a/scale"
      for metadata: JSONValue in [[:], ["name": "zz"]] {
        let answer = try await client.put(scale, ["metadata": metadata, "spec": ["replicas": 3]])
        #expect(answer.code == 400, "\(answer.text)")
      }
      let scaled: JSONValue = ["metadata": ["name": "a", "uid": "c"], "spec": ["replicas": 3]]
      for answer in [
        try await client.put(scale, scaled),
        try await client.patch(scale, "application/merge-patch+json", scaled.description),
      ] {
        #expect(answer.code == 409 && answer["details", "kind"] == "deployments/scale", "\(answer.text)")
      }
      #expect(try await client.get(scale)["spec", "replicas"] == 1)
      #expect(try await client.put("\(Self.deployments)/a/status", ["status": ["replicas": 3]]).code == 400)
    }
  }

  @Test func uidsArePreconditionsOfUpdatesAndImmutableInPatches() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "\(Self.configMaps)/a"
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("a"))
      let update = try await client.put(path, ["metadata": ["name": "a", "uid": "c"]])
      #expect(update.code == 409 && update["reason"] == "Conflict", "\(update.text)")
      let type = "application/merge-patch+json"
      let patch = try await client.patch(path, type, #"{"metadata":{"uid":"c"}}"#)
      #expect(patch.code == 422, "\(patch.text)")
      #expect(
        patch["message"] == #"ConfigMap "a" is invalid: metadata.uid: Invalid value: "c": field is immutable"#)
      let stale = try await client.patch(path, type, #"{"metadata":{"uid":"c","resourceVersion":"1"}}"#)
      #expect(stale.code == 409, "\(stale.text)")
      for (member, value) in [("deletionTimestamp", #""2030-01-01T00:00:00Z""#), ("deletionGracePeriodSeconds", "5")] {
        let answer = try await client.patch(path, type, #"{"metadata":{"\#(member)":\#(value)}}"#)
        #expect(answer.code == 422, "\(answer.text)")
        #expect(answer["details", "causes"]?.arrayValue?.first?["field"]?.stringValue == "metadata.\(member)")
      }
    }
  }

  @Test func deletesThatAreNotDoneYet() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for (name, body, code) in [
        ("a", #"{"orphanDependents":false}"#, 202), ("b", #"{"propagationPolicy":"Background"}"#, 200),
        ("c", #"{"orphanDependents":true}"#, 200),
      ] {
        var map = WireFormTests.configMap(name)
        map["metadata"]?["finalizers"] = ["example.com/hold"]
        #expect(try await client.post(Self.configMaps, map).code == 201)
        let answer = try await client.send(.DELETE, "\(Self.configMaps)/\(name)", text: body)
        #expect(answer.code == code && answer["metadata", "deletionTimestamp"] != nil, "\(answer.text)")
      }
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("d"))
      let gone = try await client.send(.DELETE, "\(Self.configMaps)/d?orphanDependents=false")
      #expect(gone.code == 200 && gone["status"] == "Success", "\(gone.text)")
      let both = try await client.send(.DELETE, "\(Self.configMaps)/a?propagationPolicy=Foo&orphanDependents=true")
      #expect(both["details", "causes"]?.arrayValue?.count == 2, "\(both.text)")
    }
  }

  @Test func collectionsAreDeletedWithPreconditions() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let made = try await client.post(Self.configMaps, WireFormTests.configMap("a"))
      let (uid, version) = (made["metadata", "uid"], made["metadata", "resourceVersion"])
      let one = "\(Self.configMaps)?fieldSelector=metadata.name%3Da"
      let wrong = try await client.send(.DELETE, one, text: #"{"preconditions":{"uid":"other"}}"#)
      #expect(wrong.code == 409, "\(wrong.text)")
      #expect(try await client.get("\(Self.configMaps)/a").code == 200)
      let right: JSONValue = ["preconditions": ["uid": uid ?? .null, "resourceVersion": version ?? .null]]
      #expect(try await client.send(.DELETE, one, text: right.description).code == 200)
      #expect(try await client.get("\(Self.configMaps)/a").code == 404)
    }
  }

  @Test func allThatIsWrongWithOptionsIsSaid() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.post(
        "\(Self.configMaps)?dryRun=Foo&fieldValidation=Bar", WireFormTests.configMap("a"))
      let fields = answer["details", "causes"]?.arrayValue?.map { $0["field"]?.stringValue ?? "" }
      #expect(answer.code == 422 && fields == ["dryRun", "fieldValidation"], "\(answer.text)")
      let review = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
      #expect(try await client.post("\(review)?fieldValidation=Bar", ["spec": [:]]).code == 422)
      #expect(try await client.get("\(Self.configMaps)?timeoutSeconds=abc").code == 400)
      // Whatever is not a no is a yes.
      let map = WireFormTests.configMap("a")
      #expect(try await client.post(Self.configMaps, map).code == 201)
      let apply = try await client.patch(
        "\(Self.configMaps)/a?fieldManager=ci&force=xx", "application/apply-patch+yaml",
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"key":"taken"}}"#)
      #expect(apply.code == 200 && apply["data", "key"] == "taken", "\(apply.text)")
    }
  }

  @Test func appliedQuantitiesHaveOneForm() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "\(Self.deployments)/d?fieldManager="
      func apply(_ wanted: JSONValue, by manager: String) async throws -> Answer {
        try await client.patch(
          path + manager, "application/apply-patch+yaml", Self.deployment("d", limits: wanted).description)
      }
      func limits(_ answer: Answer) -> JSONValue? {
        answer["spec", "template", "spec", "containers"]?.arrayValue?.first?[path: "resources", "limits"]
      }
      let made = try await apply(["cpu": "1000m", "memory": "1024Mi"], by: "one")
      #expect(made.code == 201 && limits(made) == ["cpu": "1", "memory": "1Gi"], "\(made.text)")
      let again = try await apply(["cpu": "1000m", "memory": "1024Mi"], by: "one")
      #expect(again.code == 200 && again["metadata", "resourceVersion"] == made["metadata", "resourceVersion"])
      let other = try await apply(["cpu": "1"], by: "two")
      #expect(other.code == 200 && limits(other) == ["cpu": "1", "memory": "1Gi"], "\(other.text)")
      let more = try await apply(["cpu": "2500m"], by: "three")
      #expect(more.code == 409, "\(more.text)")
    }
  }

  @Test func watchesMayBeginAtAVersionToCome() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let made = try await client.post(Self.configMaps, WireFormTests.configMap("a"))
      let version = try #require(made["metadata", "resourceVersion"]?.stringValue.flatMap { Int($0) })
      let response = try await client.start(.GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version + 2)")
      #expect(response.status == .ok)
      var lines = WatchLines(response)
      var first: String?
      for name in ["b", "c", "d"] {
        let answer = try await client.post(Self.configMaps, WireFormTests.configMap(name))
        let reached = try #require(answer["metadata", "resourceVersion"]?.stringValue.flatMap { Int($0) })
        if reached > version + 2, first == nil { first = name }
      }
      #expect(try await lines.nextChange() == "ADDED \(try #require(first))")
    }
  }

  @Test func tablesTellWhereInitialEventsEnd() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("a"))
      var lines = WatchLines(
        try await client.start(
          .GET, "\(Self.configMaps)?\(WatchFormTests.streamingList)",
          headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"]))
      while let event = try await lines.next() {
        guard event["type"] == "BOOKMARK" else { continue }
        let row = try #require(event[path: "object", "rows"]?.arrayValue?.first)
        #expect(row[path: "object", "metadata", "annotations"]?["k8s.io/initial-events-end"] == "true")
        return
      }
      Issue.record("the watch ended without its bookmark")
    }
  }

  @Test func bindingsAnswerAndRefuseAsKubernetesDoes() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let pods = "/api/v1/namespaces/default/pods"
      let pod: JSONValue = [
        "metadata": ["name": "p"], "spec": ["containers": [["name": "c", "image": "i"]]],
      ]
      #expect(try await client.post(pods, pod).code == 201)
      let binding: JSONValue = ["metadata": ["name": "p"], "target": ["kind": "Node", "name": "n"]]
      let bound = try await client.post("\(pods)/p/binding", binding)
      let success: JSONValue = [
        "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success", "code": 201,
      ]
      #expect(bound.code == 201 && bound.json == success, "\(bound.text)")
      let again = try await client.post("\(pods)/p/binding", binding)
      #expect(
        again["message"]
          == #"Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n""#)
    }
  }

  @Test func reviewsSayAllThatIsWrongWithThem() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let reviews = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
      let answer = try await client.post(reviews, ["metadata": ["name": "x"], "spec": [:]])
      let fields = answer["details", "causes"]?.arrayValue?.map { $0["field"]?.stringValue ?? "" }
      #expect(answer.code == 422, "\(answer.text)")
      #expect(fields == ["spec.resourceAttributes", "spec.user", "metadata"], "\(answer.text)")
      let fine: JSONValue = [
        "metadata": ["namespace": "x", "uid": "1"],
        "spec": ["user": "ann", "nonResourceAttributes": ["path": "/", "verb": "get"]],
      ]
      #expect(try await client.post(reviews, fine).code == 201)
      let local = "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews"
      #expect(try await client.post(local, fine).code == 400)
      let token = try await client.post("/apis/authentication.k8s.io/v1/tokenreviews", ["spec": [:]])
      // A front-end without keys says no to every token; others refuse the question.
      #expect(token.code == 201 && token["status", "authenticated"] == nil, "\(token.text)")
    }
  }

  /// kubectl looks for definitions before it creates what it cannot patch.
  @Test func thereAreNoCustomResources() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
      let list = try await client.get("\(path)?limit=500")
      #expect(list.code == 200 && list["items"]?.arrayValue?.isEmpty == true, "\(list.text)")
      #expect(try await client.get("\(path)/a").code == 404)
      #expect(try await client.post(path, ["metadata": ["name": "a"]]).code == 404)
      #expect(try await client.get("\(path)?watch=1").code == 404)
    }
  }
}
