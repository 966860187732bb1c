import APISchema
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import Programs
import Registry
import StorageStandIn
import Testing

/// Answers in each encoding and shape, and which of them a client gets.
@Suite struct WireFormTests {
  static let protobuf = "application/vnd.kubernetes.protobuf"
  static let configMaps = "/api/v1/namespaces/default/configmaps"
  static let any = GroupVersionKind(group: "", version: "v1", kind: "")

  static func configMap(_ name: String, _ data: JSONValue = ["key": "value"]) -> JSONValue {
    ["kind": "ConfigMap", "apiVersion": "v1", "metadata": ["name": .string(name)], "data": data]
  }

  /// The document in a protobuf answer.
  static func document(
    _ answer: Answer, type: String = protobuf, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> JSONValue {
    #expect(answer.headers.first(name: "content-type") == type, "\(answer.text)", sourceLocation: sourceLocation)
    return try Schema.builtIn.document(protobuf: Array(answer.body.readableBytesView), expecting: any)
  }

  // MARK: Protobuf

  @Test func answersEveryRequestInProtobuf() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let headers: HTTPHeaders = ["accept": Self.protobuf, "content-type": "application/json"]
      func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> Answer {
        try await client.send(method, path, text: body?.description, headers: headers)
      }
      let created = try await send(.POST, Self.configMaps, Self.configMap("one"))
      #expect(created.code == 201)
      #expect(try Self.document(created)[path: "metadata", "name"] == "one")

      let got = try Self.document(try await send(.GET, "\(Self.configMaps)/one"))
      let json = try await client.get("\(Self.configMaps)/one")
      #expect(got["data"] == ["key": "value"])
      // The same object, but for how members stand that JSON leaves out.
      var (fromProtobuf, fromJSON) = (got, json.json)
      let kind = GroupVersionKind(group: "", version: "v1", kind: "ConfigMap")
      Schema.builtIn.canonicalize(&fromProtobuf, as: kind)
      Schema.builtIn.canonicalize(&fromJSON, as: kind)
      #expect(fromProtobuf == fromJSON)

      let missing = try await send(.GET, "\(Self.configMaps)/none")
      let status = try Self.document(missing)
      #expect(missing.code == 404 && status["kind"] == "Status" && status["reason"] == "NotFound")
      #expect(status["details"]?["name"] == "none" && status["code"] == 404)

      let invalid = try await send(.POST, Self.configMaps, Self.configMap("Not_Valid"))
      #expect(invalid.code == 422)
      #expect(try Self.document(invalid)["details"]?["causes"]?.arrayValue?.first?["field"] == "metadata.name")

      let list = try Self.document(try await send(.GET, Self.configMaps))
      #expect(list["kind"] == "ConfigMapList" && list["apiVersion"] == "v1")
      #expect(list[path: "metadata", "resourceVersion"]?.stringValue?.isEmpty == false)
      #expect(list["items"]?.arrayValue?.compactMap { $0[path: "metadata", "name"] } == ["one"])

      let deleted = try await send(.DELETE, "\(Self.configMaps)/one")
      #expect(try Self.document(deleted)["status"] == "Success")
      let empty = try Self.document(try await send(.GET, Self.configMaps))
      #expect(empty["items"]?.arrayValue?.isEmpty ?? true)

      // Subresources and reviews go the same way.
      let review = try await send(
        .POST, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        ["spec": ["resourceAttributes": ["verb": "list", "resource": "pods"]]])
      #expect(try Self.document(review)[path: "status", "allowed"] == true)
    }
  }

  /// The list is measured before it is sent; what does not fit into what is kept is made twice.
  @Test func largeListsInProtobufAreWhole() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let text = String(repeating: "x", count: 700_000)
      for index in 0..<9 {
        let made = try await client.post(Self.configMaps, Self.configMap("big-\(index)", ["text": .string(text)]))
        #expect(made.code == 201)
      }
      let list = try Self.document(try await client.get(Self.configMaps, accept: Self.protobuf))
      let items = try #require(list["items"]?.arrayValue)
      #expect(items.count == 9)
      for (index, item) in items.enumerated() {
        #expect(item[path: "metadata", "name"] == .string("big-\(index)"))
        #expect(item[path: "data", "text"]?.stringValue?.utf8.count == text.utf8.count)
      }
    }
  }

  @Test func metadataComesInEachEncoding() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      _ = try await client.post(Self.configMaps, Self.configMap("one"))
      let parameters = ";g=meta.k8s.io;v=v1;as=PartialObjectMetadata"
      let one = try Self.document(
        try await client.get("\(Self.configMaps)/one", accept: Self.protobuf + parameters))
      #expect(one["kind"] == "PartialObjectMetadata" && one["apiVersion"] == "meta.k8s.io/v1")
      #expect(one[path: "metadata", "name"] == "one" && one["data"] == nil)
      let list = try Self.document(
        try await client.get(Self.configMaps, accept: "\(Self.protobuf)\(parameters)List"))
      #expect(list["kind"] == "PartialObjectMetadataList")
      #expect(list["items"]?.arrayValue?.first?[path: "metadata", "name"] == "one")
      let json = try await client.get("\(Self.configMaps)/one", accept: "application/json\(parameters)")
      let uid = json["metadata", "uid"]
      #expect(json["kind"] == "PartialObjectMetadata" && uid == one[path: "metadata", "uid"] && uid != nil)
      for (path, suffix) in [("\(Self.configMaps)/one", "List"), (Self.configMaps, "")] {
        let refused = try await client.get(path, accept: "application/json\(parameters)\(suffix)")
        #expect(refused.code == 406 && refused["reason"] == "NotAcceptable", "\(refused.text)")
      }
      let older = try await client.get(
        "\(Self.configMaps)/one", accept: "application/json;g=meta.k8s.io;v=v1beta1;as=PartialObjectMetadata")
      #expect(older["apiVersion"] == "meta.k8s.io/v1beta1")
    }
  }

  // MARK: Which one

  @Test(arguments: [
    ("", "application/json"),
    ("*/*", "application/json"),
    ("application/*", "application/json"),
    ("application/yaml", "application/yaml"),
    ("application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf"),
    ("application/vnd.kubernetes.protobuf, */*", "application/vnd.kubernetes.protobuf"),
    ("*/*, application/yaml", "application/yaml"),
    ("application/json;q=0.3, application/yaml;q=0.8", "application/yaml"),
    ("application/yaml;q=0, application/json", "application/json"),
    ("text/html, application/json;q=0.1", "application/json"),
    // There is no protobuf of tables: the next clause counts.
    ("application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1, application/yaml", "application/yaml"),
    ("application/json;as=Table;g=meta.k8s.io;v=v9, application/yaml", "application/yaml"),
    ("application/json;as=Table;g=other;v=v1, application/yaml", "application/yaml"),
    ("application/json;stream=other, application/yaml", "application/yaml"),
  ]) func acceptListsAreFollowed(accept: String, type: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.get("/api/v1/namespaces/default", accept: accept)
      #expect(answer.code == 200 && answer.headers.first(name: "content-type") == type, "\(answer.text)")
    }
  }

  @Test func whatNobodyServesIsNotAcceptable() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for accept in ["text/html", "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1", "nonsense"] {
        let answer = try await client.get("/api/v1/namespaces", accept: accept)
        #expect(answer.code == 406 && answer["reason"] == "NotAcceptable", "\(accept): \(answer.text)")
        #expect(
          answer["message"]
            == .string(
              "only the following media types are accepted: application/json, application/yaml, \(Self.protobuf)"))
      }
      let watch = try await client.get("/api/v1/namespaces?watch=1", accept: "application/yaml")
      // The error itself can be had as YAML.
      #expect(watch.code == 406 && watch.headers.first(name: "content-type") == "application/yaml")
      #expect(
        watch.text.contains(
          "only the following media types are accepted: application/json;stream=watch, \(Self.protobuf);stream=watch"))
      // An error that nobody can read is still that error.
      let missing = try await client.get(
        "\(Self.configMaps)/none", accept: "application/json;as=Table;g=meta.k8s.io;v=v1")
      #expect(missing.code == 404 && missing["reason"] == "NotFound")
    }
  }

  @Test func yamlAnswersCanBeSentBack() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let data: JSONValue = [
        "plain": "a b", "number": "1e3", "truth": "yes", "lines": "one\ntwo\n", "odd": "- x: {y}", "empty": "",
        "colon": "a: b", "tail": "a ", "unicode": "ü",
      ]
      let made = try await client.post(Self.configMaps, Self.configMap("y", data))
      let yaml = try await client.get("\(Self.configMaps)/y", accept: "application/yaml")
      #expect(yaml.text.contains("\nkind: ConfigMap\n"), "\(yaml.text)")
      let sent = try await client.send(
        .PUT, "\(Self.configMaps)/y", text: yaml.text, headers: ["content-type": "application/yaml"])
      #expect(sent.code == 200 && sent["data"] == made["data"], "\(sent.text)")
      #expect(sent["metadata", "resourceVersion"] == made["metadata", "resourceVersion"])
      let list = try await client.get(Self.configMaps, accept: "application/yaml")
      #expect(list.text.contains("\nitems:\n- apiVersion: v1\n"), "\(list.text)")
      let none = try await client.get("/api/v1/namespaces/default/secrets", accept: "application/yaml")
      #expect(none.text.hasSuffix("items: []\n"), "\(none.text)")
      let table = try await client.get(
        Self.configMaps, accept: "application/yaml;as=Table;g=meta.k8s.io;v=v1")
      #expect(table.text.contains("kind: Table\n"), "\(table.text)")
    }
  }

  @Test func mergeKeysOfYAMLBringWhatIsNotThere() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let headers: HTTPHeaders = ["content-type": "application/yaml"]
      let text = """
        metadata:
          name: merged
          annotations: &common {a: one, b: two}
          labels: &own {b: three, c: four}
        data:
          a: zero
          <<: [*common, *own]
          "<<x": text
        """
      let created = try await client.send(.POST, Self.configMaps, text: text, headers: headers)
      #expect(created.code == 422, "<<x is no key of a config map: \(created.text)")
      let good = text.replacing("\"<<x\"", with: "d")
      let merged = try await client.send(.POST, Self.configMaps, text: good, headers: headers)
      #expect(
        merged.code == 201 && merged["data"] == ["a": "zero", "d": "text", "b": "two", "c": "four"], "\(merged.text)")
      let wrong = try await client.send(
        .POST, Self.configMaps, text: "metadata: {name: x}\ndata: {<<: text}\n", headers: headers)
      #expect(wrong.code == 400 && wrong.text.contains("merge key"), "\(wrong.text)")
    }
  }

  @Test func whoDeletesAJobIsWarnedOfItsPods() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let jobs = "/apis/batch/v1/namespaces/default/jobs"
      let pod: JSONValue = [
        "spec": ["restartPolicy": "Never", "containers": [["name": "a", "image": "a:1"]]]
      ]
      for (query, warns) in [("", true), ("?propagationPolicy=Background", false), ("?orphanDependents=true", false)] {
        // As clients that know no versions create: 0 is none.
        let created = try await client.post(
          jobs, ["metadata": ["generateName": "j-", "resourceVersion": "0"], "spec": ["template": pod]])
        #expect(created.code == 201, "\(created.text)")
        let name = created["metadata", "name"]?.stringValue ?? ""
        let deleted = try await client.send(.DELETE, "\(jobs)/\(name)\(query)")
        #expect(deleted.code == 200, "\(deleted.text)")
        let told = deleted.headers["warning"].joined()
        #expect(told.contains("child pods are preserved by default") == warns, "\(query): \(told)")
      }
    }
  }

  @Test func prettyListsAreJSONToo() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for name in ["a", "b"] { _ = try await client.post(Self.configMaps, Self.configMap(name)) }
      let plain = try await client.get(Self.configMaps)
      let pretty = try await client.get("\(Self.configMaps)?pretty=true")
      #expect(pretty.json == plain.json && pretty.text.contains("\n      \"kind\": \"ConfigMap\""), "\(pretty.text)")
      let empty = try await client.get("/api/v1/namespaces/default/secrets?pretty=1")
      #expect(empty["items"] == [])
    }
  }

  // MARK: Compression

  @Test(arguments: [false, true]) func largeAnswersAreCompressedWhereTheClientTakesThat(http1: Bool) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), http1: http1) { _, client in
      for index in 0..<40 {
        let text = JSONValue.string(String(repeating: "text \(index) ", count: 800))
        _ = try await client.post(Self.configMaps, Self.configMap("m-\(index)", ["text": text]))
      }
      let plain = try await client.get(Self.configMaps)
      #expect(plain.body.readableBytes > 200 << 10 && plain.headers.first(name: "content-encoding") == nil)
      let packed = try await client.send(.GET, Self.configMaps, headers: ["accept-encoding": "br, gzip"])
      #expect(packed.headers.first(name: "content-encoding") == "gzip")
      #expect(packed.headers["vary"].contains("Accept-Encoding"))
      #expect(packed.body.readableBytes < plain.body.readableBytes / 4)
      #expect(try await gunzip(packed.body) == plain.json)
      // What is small is not worth it, and who weighs it with nothing does not want it.
      for (path, coding) in [
        ("\(Self.configMaps)/m-1", "gzip"), (Self.configMaps, "gzip;q=0"), (Self.configMaps, "br"),
      ] {
        let answer = try await client.send(.GET, path, headers: ["accept-encoding": coding])
        #expect(answer.headers.first(name: "content-encoding") == nil, "\(coding)")
      }
      let document = try await client.send(.GET, "/openapi/v2", headers: ["accept-encoding": "gzip"])
      #expect(document.headers.first(name: "content-encoding") == "gzip")
      #expect(try await gunzip(document.body)["swagger"] == "2.0")
    }
  }

  /// By the machine's own gzip, so that ours is not checked by itself.
  private func gunzip(_ bytes: ByteBuffer) async throws -> JSONValue {
    let path = "/tmp/apus-gzip-\(UInt64.random(in: 0 ... .max)).gz"
    try Data(bytes.readableBytesView).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let outcome = try await #require(Program(named: "gzip")).run(["-dc", path])
    #expect(outcome.code == 0, "\(outcome.text.prefix(200))")
    return try JSONValue(jsonBytes: Array(outcome.text.utf8))
  }
}
