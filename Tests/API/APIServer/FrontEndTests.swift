import APIServer
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Testing
import Waiting

@Suite struct FrontEndTests {
  static let configMaps = "/api/v1/namespaces/default/configmaps"

  static func configMap(_ name: String, _ data: JSONValue = ["key": "value"], labels: JSONValue? = nil) -> JSONValue {
    var metadata: JSONObject = ["name": .string(name)]
    metadata["labels"] = labels
    return ["apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(metadata), "data": data]
  }

  @Test(arguments: [false, true]) func createsReadsUpdatesAndDeletes(http1: Bool) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), http1: http1) { _, client in
      let created = try await client.post(Self.configMaps, Self.configMap("one"))
      #expect(created.code == 201, "\(created.text)")
      #expect(created["metadata", "uid"]?.stringValue?.isEmpty == false)
      let again = try await client.post(Self.configMaps, Self.configMap("one"))
      #expect(again.code == 409 && again["reason"] == "AlreadyExists")
      #expect(again["message"] == #"configmaps "one" already exists"#)

      let read = try await client.get("\(Self.configMaps)/one")
      #expect(read.json == created.json)
      var changed = read.json
      changed["data"] = ["key": "other"]
      let updated = try await client.put("\(Self.configMaps)/one", changed)
      #expect(updated.code == 200 && updated["data", "key"] == "other")
      let stale = try await client.put("\(Self.configMaps)/one", changed)
      #expect(stale.code == 409 && stale["reason"] == "Conflict")

      let deleted = try await client.send(.DELETE, "\(Self.configMaps)/one")
      #expect(deleted.code == 200 && deleted["status"] == "Success", "\(deleted.text)")
      let gone = try await client.get("\(Self.configMaps)/one")
      #expect(gone.code == 404 && gone["reason"] == "NotFound" && gone["details", "name"] == "one")
    }
  }

  @Test(arguments: TestStore.all) func generatesNamesSelectsAndPages(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let generated = try await client.post(
        Self.configMaps, ["kind": "ConfigMap", "apiVersion": "v1", "metadata": ["generateName": "made-"]])
      #expect(generated["metadata", "name"]?.stringValue?.hasPrefix("made-") == true)
      for index in 0..<5 {
        let labels: JSONValue = ["tier": index < 2 ? "front" : "back"]
        _ = try await client.post(Self.configMaps, Self.configMap("page-\(index)", labels: labels))
      }
      let front = try await client.get("\(Self.configMaps)?labelSelector=tier%3Dfront")
      #expect(front["items"]?.arrayValue?.count == 2)
      let named = try await client.get("\(Self.configMaps)?fieldSelector=metadata.name%3Dpage-3")
      #expect(named["items"]?.arrayValue?.count == 1)
      var names: [String] = []
      var token = ""
      repeat {
        let page = try await client.get("\(Self.configMaps)?labelSelector=tier&limit=2&continue=\(token)")
        names += page["items"]?.arrayValue?.compactMap { $0[path: "metadata", "name"]?.stringValue } ?? []
        token = page["metadata", "continue"]?.stringValue ?? ""
      } while !token.isEmpty && names.count < 20
      #expect(names == (0..<5).map { "page-\($0)" })
      let removed = try await client.send(.DELETE, "\(Self.configMaps)?labelSelector=tier%3Dback")
      #expect(removed.code == 200)
      let left = try await client.get("\(Self.configMaps)?labelSelector=tier")
      #expect(left["items"]?.arrayValue?.count == 2)
    }
  }

  @Test(arguments: TestStore.all) func patches(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let path = "\(Self.configMaps)/p"
      _ = try await client.post(Self.configMaps, Self.configMap("p", ["a": "1", "b": "2"]))
      let merged = try await client.patch(path, "application/merge-patch+json", #"{"data":{"a":null,"c":"3"}}"#)
      #expect(merged.code == 200 && merged["data"] == ["b": "2", "c": "3"])
      let strategic = try await client.patch(
        path, "application/strategic-merge-patch+json", #"{"metadata":{"labels":{"x":"y"}}}"#)
      #expect(strategic["metadata", "labels", "x"] == "y")
      let json = try await client.patch(
        path, "application/json-patch+json", #"[{"op":"replace","path":"/data/b","value":"9"}]"#)
      #expect(json["data", "b"] == "9")
      let misfit = try await client.patch(
        path, "application/json-patch+json", #"[{"op":"remove","path":"/data/none"}]"#)
      #expect(misfit.code == 422 && misfit["kind"] == "Status")
      let malformed = try await client.patch(path, "application/merge-patch+json", "[1")
      #expect(malformed.code == 400 && malformed["reason"] == "BadRequest")
      let apply = try await client.patch(path, "application/apply-patch+json", "{}")
      #expect(apply.code == 415 && apply["reason"] == "UnsupportedMediaType")
      let unknown = try await client.patch(path, "text/plain", "{}")
      #expect(unknown.code == 415)
    }
  }

  @Test func dryRunsChangeNothing() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let dry = try await client.post("\(Self.configMaps)?dryRun=All", Self.configMap("dry"))
      #expect(dry.code == 201 && dry["metadata", "name"] == "dry")
      do {
        let got = try await client.get("\(Self.configMaps)/dry").code
        #expect(got == 404)
      }
      do {
        let got = try await client.post("\(Self.configMaps)?dryRun=Some", Self.configMap("dry"))
        #expect(got.code == 422)
        let problem = #"dryRun: Unsupported value: ["Some"]: supported values: "All""#
        #expect(got["message"] == .string("CreateOptions.meta.k8s.io \"\" is invalid: \(problem)"))
      }
    }
  }

  @Test func answersTablesAndMetadata() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
      let table = try await client.get("/api/v1/namespaces", accept: accept)
      #expect(table["kind"] == "Table" && table["apiVersion"] == "meta.k8s.io/v1")
      let columns = table["columnDefinitions"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
      #expect(columns.starts(with: ["Name", "Status", "Age"]))
      let first = try #require(table["rows"]?.arrayValue?.first)
      #expect(first["cells"]?.arrayValue?.first == "default")
      #expect(first[path: "object", "kind"] == "PartialObjectMetadata")
      let one = try await client.get("/api/v1/namespaces/default", accept: accept)
      #expect(one["rows"]?.arrayValue?.count == 1)
      let metadata = try await client.get(
        "/api/v1/namespaces", accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")
      #expect(metadata["kind"] == "PartialObjectMetadataList")
      #expect(metadata["items"]?.arrayValue?.allSatisfy { $0["spec"] == nil } == true)
      let both = try await client.get(
        "/api/v1/namespaces", accept: "application/vnd.kubernetes.protobuf;q=0.4, application/json;q=0.5")
      #expect(both["kind"] == "NamespaceList")
    }
  }

  @Test(arguments: [false, true], TestStore.all) func watches(http1: Bool, store: TestStore) async throws {
    try await withFrontEnd(over: store, http1: http1) { frontEnd, client in
      let first = try await client.post(Self.configMaps, Self.configMap("w1", labels: ["w": "1"]))
      var all = WatchLines(try await client.start(.GET, "\(Self.configMaps)?watch=true&labelSelector=w"))
      #expect(try await all.nextChange() == "ADDED w1")
      let version = first["metadata", "resourceVersion"]?.stringValue ?? ""
      var later = WatchLines(
        try await client.start(.GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version)&labelSelector=w"))
      _ = try await client.post(Self.configMaps, Self.configMap("w2", labels: ["w": "1"]))
      #expect(try await all.nextChange() == "ADDED w2")
      #expect(try await later.nextChange() == "ADDED w2")
      _ = try await client.patch("\(Self.configMaps)/w2", "application/merge-patch+json", #"{"data":{"k":"v"}}"#)
      #expect(try await all.nextChange() == "MODIFIED w2")
      // Leaving the selection looks like a deletion.
      _ = try await client.patch(
        "\(Self.configMaps)/w2", "application/merge-patch+json", #"{"metadata":{"labels":null}}"#)
      #expect(try await all.nextChange() == "DELETED w2")
      _ = try await client.send(.DELETE, "\(Self.configMaps)/w1")
      #expect(try await all.nextChange() == "DELETED w1")

      var table = WatchLines(
        try await client.start(
          .GET, "/api/v1/namespaces?watch=true", headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"]))
      let row = try #require(try await table.next())
      #expect(row["type"] == "ADDED" && row[path: "object", "kind"] == "Table")
      #expect(row[path: "object", "rows"]?.arrayValue?.count == 1)

      var short = WatchLines(try await client.start(.GET, "\(Self.configMaps)?watch=true&timeoutSeconds=1"))
      while try await short.next() != nil {}
      // A stopping front-end ends its watches well: the stream is complete.
      async let stopped: Void = frontEnd.shutdown()
      while try await all.next() != nil {}
      await stopped
    }
  }

  @Test func tellsWatchersThatTheirPlaceIsGone() async throws {
    let storage = InMemoryStorage()
    try await withFrontEnd(storage: storage) { _, client in
      _ = try await client.post(Self.configMaps, Self.configMap("g"))
    }
    storage.compact()
    // A front-end that starts later does not know what was before.
    try await withFrontEnd(storage: storage) { _, client in
      let answer = try await client.get("\(Self.configMaps)?watch=true&resourceVersion=1&timeoutSeconds=2")
      let line = answer.text.split(separator: "\n").first.map(String.init) ?? ""
      let event = try JSONValue(jsonBytes: Array(line.utf8))
      #expect(event["type"] == "ERROR" && event[path: "object", "code"] == 410, "\(answer.text)")
    }
  }

  @Test func servesHealthVersionDiscoveryAndMetrics() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { frontEnd, client in
      for path in ["/healthz", "/livez", "/readyz", "/readyz/etcd", "/readyz/informer-sync"] {
        do {
          let got = try await client.get(path).text
          #expect(got == "ok", "\(path)")
        }
      }
      do {
        let got = try await client.get("/readyz?verbose").text
        #expect(got.contains("[+]etcd ok\n"))
      }
      do {
        let got = try await client.get("/version")["gitVersion"]
        #expect(got == "v1.33.0+apus")
      }
      do {
        let got = try await client.get("/metrics").text
        #expect(got.contains("apiserver_request_total"))
      }

      do {
        let got = try await client.get("/api")["versions"]
        #expect(got == ["v1"])
      }
      let groups = try await client.get("/apis")["groups"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
      #expect(groups.contains("apps") && groups.contains("coordination.k8s.io"))
      let core = try await client.get("/api/v1")["resources"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
      #expect(core.contains("pods") && core.contains("pods/status") && core.contains("configmaps"))
      #expect(core.contains("bindings"))
      let aggregated = try await client.get(
        "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json")
      #expect(aggregated["kind"] == "APIGroupDiscoveryList")
      let tag = try #require(aggregated.headers.first(name: "etag"))
      let unchanged = try await client.send(
        .GET, "/apis",
        headers: [
          "accept": "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", "if-none-match": tag,
        ])
      #expect(unchanged.code == 304)

      let index = try await client.get("/openapi/v3")
      let address = try #require(index["paths", "apis/apps/v1", "serverRelativeURL"]?.stringValue)
      let apps = try await client.get(address)
      #expect(apps["components", "schemas"] != nil && apps.headers.first(name: "etag") != nil)
      do {
        let got = try await client.get("/openapi/v2")["swagger"]
        #expect(got == "2.0")
      }
      do {
        let got = try await client.get("/nowhere").code
        #expect(got == 404)
      }
      do {
        let got = try await client.get("/apis/none.example/v1/things")["reason"]
        #expect(got == "NotFound")
      }
    }
  }

  @Test func tellsClientsAboutThemselves() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let me = try await client.post(
        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        ["kind": "SelfSubjectReview", "apiVersion": "authentication.k8s.io/v1"])
      #expect(me["status", "userInfo", "username"] == "kubernetes-admin")
      #expect(me["status", "userInfo", "groups"]?.arrayValue?.contains("system:authenticated") == true)
      let may = try await client.post(
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        ["spec": ["resourceAttributes": ["verb": "list", "resource": "pods"]]])
      #expect(may["status", "allowed"] == true)
    }
  }

  @Test func bindsPodsTheOlderWayToo() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let pods = "/api/v1/namespaces/default/pods"
      let bindings = "/api/v1/namespaces/default/bindings"
      _ = try await client.post(
        pods, ["metadata": ["name": "web-0"], "spec": ["containers": [["name": "web", "image": "web:1"]]]])
      func binding(_ name: String, namespace: String = "default") -> JSONValue {
        [
          "apiVersion": "v1", "kind": "Binding",
          "metadata": ["name": .string(name), "namespace": .string(namespace)],
          "target": ["kind": "Node", "name": "n1"],
        ]
      }
      for (document, code) in [(binding("none"), 404), (binding(""), 400), (binding("web-0", namespace: "other"), 400)]
      {
        let refused = try await client.post(bindings, document)
        #expect(refused.code == code, "\(refused.text)")
      }
      let bound = try await client.post(bindings, binding("web-0"))
      #expect(bound.code == 201 && bound["status"] == "Success", "\(bound.text)")
      #expect(try await client.get("\(pods)/web-0")["spec", "nodeName"] == "n1")
      #expect(try await client.post(bindings, binding("web-0")).code == 409)
      #expect(try await client.get(bindings).code == 405)
      #expect(try await client.get("\(bindings)/web-0").code == 404)
    }
  }

  @Test func countsRequestsByTheirCode() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let maps = "/api/v1/namespaces/default/configmaps"
      #expect(try await client.post(maps, FrontEndTests.configMap("counted")).code == 201)
      #expect(try await client.post(maps, FrontEndTests.configMap("counted")).code == 409)
      // A request is counted once its answer has been sent.
      var lines: [Substring] = []
      for code in ["201", "409"] {
        try await eventually("\(code) is counted", detail: { "\(lines)" }) {
          lines = try await client.get("/metrics").text.split(separator: "\n").filter {
            $0.hasPrefix("apiserver_request_total{") && $0.contains("verb=\"CREATE\"")
              && $0.contains("resource=\"configmaps\"")
          }
          return lines.contains { $0.contains("code=\"\(code)\"") }
        }
      }
      #expect(!lines.contains { $0.contains("code=\"200\"") }, "\(lines)")

      // Names and methods that a stranger makes up become no labels.
      try await withClient(.nobody, port: client.port) { stranger in
        let answers = [
          try await stranger.get("/api/v1/madeup"),
          try await stranger.get("/api/v1/namespaces/default/configmaps/counted/madeup"),
          try await stranger.send(.RAW(value: "MADEUP"), "/api/v1/pods"),
        ]
        #expect(answers.map(\.code) == [403, 403, 403])
      }
      var text = ""
      try await eventually("the last of them is counted", detail: { text }) {
        text = try await client.get("/metrics").text
        return text.contains("verb=\"OTHER\"")
      }
      #expect(!text.lowercased().contains("madeup"))
    }
  }

  @Test func announcesItselfWhereOthersCanReachIt() async throws {
    let storage = InMemoryStorage()
    let registry = try ResourceRegistry(
      storage: storage, configuration: .patient, environment: FrontEnd.environment(logger: quiet))
    let running = Task { await registry.run() }
    defer { running.cancel() }
    try await registry.waitUntilReady()
    try await FrontEnd.makeFirstObjects(registry, serviceAddress: "198.18.16.1", port: 6443, logger: quiet)
    let endpoints = try #require(registry.resource(group: "", version: "v1", plural: "endpoints"))
    // A loopback address cannot be an endpoint's: there is nothing to keep current, and it says so and ends.
    await FrontEnd.announce(address: "127.0.0.1", port: 6443, registry: registry, storage: storage, logger: quiet)
    #expect(try await storage.range(.prefix("/registry/masterleases/")).count == 0)
    let announcing = Task {
      await FrontEnd.announce(address: "198.18.0.21", port: 6443, registry: registry, storage: storage, logger: quiet)
    }
    try await eventually("its address is an endpoint") {
      let object = try? await registry.get(endpoints, namespace: "default", name: "kubernetes")
      return object.map { String(decoding: $0.json, as: UTF8.self).contains("198.18.0.21") } ?? false
    }
    announcing.cancel()
    await announcing.value
  }
}
