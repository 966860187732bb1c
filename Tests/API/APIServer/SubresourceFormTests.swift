import JSONDocument
import NIOHTTP1
import StorageStandIn
import Testing

/// The parts of objects (`status`, `scale`, …) in each encoding and shape: what the whole has, they have.
@Suite struct SubresourceFormTests {
  static let deployment = "/apis/apps/v1/namespaces/default/deployments/web"
  /// What `kubectl get` asks for.
  static let table =
    "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"
  static let metadata = ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1"

  /// A front-end with a deployment that wants three replicas and has two.
  private static func withDeployment(_ body: (TestClient) async throws -> Void) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let made = try await client.post(
        "/apis/apps/v1/namespaces/default/deployments",
        [
          "metadata": ["name": "web", "labels": ["tier": "front"]],
          "spec": [
            "replicas": 3, "selector": ["matchLabels": ["app": "web"]],
            "template": [
              "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "web", "image": "web:1"]]],
            ],
          ],
        ])
      #expect(made.code == 201, "\(made.text)")
      let merge = "application/merge-patch+json"
      let reported = try await client.patch("\(deployment)/status", merge, #"{"status":{"replicas":2}}"#)
      #expect(reported.code == 200, "\(reported.text)")
      try await body(client)
    }
  }

  private static func row(_ table: Answer) -> JSONValue { table["rows"]?.arrayValue?.first ?? .null }

  /// The cells of a table's first row by their columns.
  private static func cells(_ table: Answer) -> [String: JSONValue] {
    let columns = (table["columnDefinitions"]?.arrayValue ?? []).map { $0["name"]?.stringValue ?? "" }
    return Dictionary(zip(columns, row(table)["cells"]?.arrayValue ?? [])) { $1 }
  }

  // MARK: Tables

  @Test func tablesOfAStatusAreTheKinds() async throws {
    try await Self.withDeployment { client in
      let whole = try await client.get(Self.deployment, accept: Self.table)
      let status = try await client.get("\(Self.deployment)/status", accept: Self.table)
      #expect(status["kind"] == "Table" && status["columnDefinitions"] == whole["columnDefinitions"], "\(status.text)")
      var (expected, cells) = (Self.cells(whole), Self.cells(status))
      #expect(cells.count == 8 && cells["Name"] == "web" && cells["Images"] == "web:1")
      // The time goes on between the two.
      expected.removeValue(forKey: "Age")
      cells.removeValue(forKey: "Age")
      #expect(cells == expected)
      #expect(Self.row(status)["object"] == Self.row(whole)["object"])
      #expect(Self.row(status)[path: "object", "metadata", "labels"] == ["tier": "front"])
    }
  }

  @Test(arguments: ["status", "ephemeralcontainers", "resize"]) func tablesOfAPodsPartsAreThePods(
    part: String
  ) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let pods = "/api/v1/namespaces/default/pods"
      let made = try await client.post(
        pods, ["metadata": ["name": "p"], "spec": ["containers": [["name": "c", "image": "c:1"]]]])
      #expect(made.code == 201, "\(made.text)")
      let answer = try await client.get("\(pods)/p/\(part)", accept: Self.table)
      #expect(answer["kind"] == "Table", "\(answer.text)")
      let cells = Self.cells(answer)
      #expect(cells["Name"] == "p" && cells["Ready"] == "0/1" && cells["Status"] == "Pending")
    }
  }

  @Test func scalesHaveColumnsOfTheirOwn() async throws {
    try await Self.withDeployment { client in
      let path = "\(Self.deployment)/scale"
      let scale = try await client.get(path)
      let answer = try await client.get(path, accept: Self.table)
      #expect(answer["kind"] == "Table" && answer["apiVersion"] == "meta.k8s.io/v1", "\(answer.text)")
      #expect(answer["metadata", "resourceVersion"] == scale["metadata", "resourceVersion"])
      let columns = (answer["columnDefinitions"]?.arrayValue ?? []).map { column in
        "\(column["name"]?.stringValue ?? "") \(column["type"]?.stringValue ?? "")"
      }
      #expect(columns == ["Name string", "Desired integer", "Available integer", "Age string"])
      let cells = Self.cells(answer)
      #expect(cells["Name"] == "web" && cells["Desired"] == 3 && cells["Available"] == 2)
      #expect(cells["Age"]?.stringValue?.last?.isLetter == true)

      let object = Self.row(answer)["object"]
      #expect(object?["kind"] == "PartialObjectMetadata" && object?["metadata"] == scale["metadata"])
      let full = try await client.get("\(path)?includeObject=Object", accept: Self.table)
      #expect(Self.row(full)["object"] == scale.json && scale["kind"] == "Scale")
      let bare = try await client.get("\(path)?includeObject=None", accept: Self.table)
      #expect(Self.row(bare)["cells"]?.arrayValue?.count == 4 && Self.row(bare)["object"] == nil)
    }
  }

  @Test(arguments: ["status", "scale"]) func tablesComeInEachVersionAndEncoding(part: String) async throws {
    try await Self.withDeployment { client in
      let path = "\(Self.deployment)/\(part)"
      let older = try await client.get(path, accept: "application/json;as=Table;g=meta.k8s.io;v=v1beta1")
      #expect(older["kind"] == "Table" && older["apiVersion"] == "meta.k8s.io/v1beta1")
      let yaml = try await client.get(path, accept: "application/yaml;as=Table;g=meta.k8s.io;v=v1")
      #expect(yaml.headers.first(name: "content-type") == "application/yaml")
      #expect(yaml.text.contains("kind: Table\n"), "\(yaml.text)")
      let next = try await client.get(
        path, accept: "\(WireFormTests.protobuf);as=Table;g=meta.k8s.io;v=v1,application/json")
      // There is no protobuf of tables.
      let kind: JSONValue = part == "scale" ? "Scale" : "Deployment"
      #expect(next["kind"] == kind, "\(next.text)")
    }
  }

  // MARK: Metadata

  @Test(arguments: ["status", "scale"]) func metadataIsThatOfThePart(part: String) async throws {
    try await Self.withDeployment { client in
      let path = "\(Self.deployment)/\(part)"
      let plain = try await client.get(path)
      let json = try await client.get(path, accept: "application/json\(Self.metadata)")
      #expect(json["kind"] == "PartialObjectMetadata" && json["apiVersion"] == "meta.k8s.io/v1", "\(json.text)")
      #expect(json["metadata"] == plain["metadata"] && json["spec"] == nil)
      #expect((json["metadata", "labels"] == nil) == (part == "scale"))
      let older = try await client.get(
        path, accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1")
      #expect(older["apiVersion"] == "meta.k8s.io/v1beta1")
      let answer = try await client.get(path, accept: WireFormTests.protobuf + Self.metadata)
      let message = try WireFormTests.document(answer)
      #expect(message["kind"] == "PartialObjectMetadata" && message[path: "metadata", "name"] == "web")
      let refused = try await client.get(
        path, accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
      #expect(refused.code == 406 && refused["reason"] == "NotAcceptable", "\(refused.text)")
    }
  }

  @Test func partsComeInProtobufAsTheKindTheyAre() async throws {
    try await Self.withDeployment { client in
      let scale = try WireFormTests.document(
        try await client.get("\(Self.deployment)/scale", accept: WireFormTests.protobuf))
      #expect(scale["kind"] == "Scale" && scale["apiVersion"] == "autoscaling/v1")
      #expect(scale[path: "spec", "replicas"] == 3 && scale[path: "status", "selector"] == "app=web")
      let status = try WireFormTests.document(
        try await client.get("\(Self.deployment)/status", accept: WireFormTests.protobuf))
      #expect(status["kind"] == "Deployment" && status[path: "status", "replicas"] == 2)
    }
  }

  // MARK: Requests

  @Test func writesAreAnsweredInTheWantedForm() async throws {
    try await Self.withDeployment { client in
      func patch(_ part: String, _ text: String, accept: String) async throws -> Answer {
        try await client.send(
          .PATCH, "\(Self.deployment)/\(part)", text: text,
          headers: ["content-type": "application/merge-patch+json", "accept": accept])
      }
      let scaled = try await patch("scale", #"{"spec":{"replicas":5}}"#, accept: Self.table)
      #expect(scaled.code == 200 && Self.cells(scaled)["Desired"] == 5, "\(scaled.text)")
      let reported = try await patch(
        "status", #"{"status":{"replicas":4}}"#, accept: "application/json\(Self.metadata)")
      #expect(reported.code == 200 && reported["kind"] == "PartialObjectMetadata", "\(reported.text)")

      var document = try await client.get("\(Self.deployment)/scale").json
      #expect(document[path: "status", "replicas"] == 4)
      document["spec"] = ["replicas": 6]
      let replaced = try await client.send(
        .PUT, "\(Self.deployment)/scale", text: document.description,
        headers: ["content-type": "application/json", "accept": Self.table])
      #expect(replaced.code == 200 && Self.cells(replaced)["Desired"] == 6, "\(replaced.text)")

      // Nothing is written for who could not read the answer.
      let refused = try await patch("scale", #"{"spec":{"replicas":9}}"#, accept: "text/html")
      #expect(refused.code == 406, "\(refused.text)")
      let scale = try await client.get("\(Self.deployment)/scale")
      #expect(scale["spec", "replicas"] == 6)
    }
  }

  @Test func readsAreAsFreshAsTheyAreWanted() async throws {
    try await Self.withDeployment { client in
      let path = "\(Self.deployment)/status"
      let status = try await client.get(path)
      let version = status["metadata", "resourceVersion"]?.stringValue ?? ""
      for wanted in ["", "0", version] {
        let answer = try await client.get("\(path)?resourceVersion=\(wanted)")
        #expect(answer.code == 200, "\(answer.text)")
      }
      let wrong = try await client.get("\(path)?resourceVersion=new")
      #expect(wrong.code == 400, "\(wrong.text)")
    }
  }
}
