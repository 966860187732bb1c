import Access
import JSONDocument
import Registry
import StorageStandIn
import Synchronization
import Testing

/// Server-side apply through the registry.
@Suite("Server-side apply")
struct ApplyTests {
  private static func configMap(_ data: JSONValue?, _ metadata: JSONObject = [:]) -> JSONValue {
    var all = metadata
    all["name"] = "a"
    var map: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": .object(all)]
    map["data"] = data
    return map
  }

  private static func deployment(_ spec: JSONObject) -> JSONValue {
    ["apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": "web"], "spec": .object(spec)]
  }

  private static let template: JSONValue = [
    "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "web", "image": "web:1"]]],
  ]

  private static func full(replicas: Int64? = nil) -> JSONValue {
    var spec: JSONObject = ["selector": ["matchLabels": ["app": "web"]], "template": template]
    if let replicas { spec["replicas"] = .int(replicas) }
    return deployment(spec)
  }

  // MARK: Laws

  @Test("an apply creates what is not there, and applied again it changes nothing")
  func twice() async throws {
    try await Harness.run { harness in
      let first = try await harness.apply("deployments", Self.full(replicas: 3), by: "ci")
      #expect(first.created)
      #expect(first[path: "metadata", "generation"] == 1 && first[path: "spec", "revisionHistoryLimit"] == 10)
      // What was stated, and no defaults.
      #expect(
        harness.owners(first.document) == [
          "ci Apply apps/v1": parsed(
            #"""
            {"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},
            "f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{},"f:name":{}}}}}}}
            """#)
        ])
      harness.advance(1000)
      let again = try await harness.apply("deployments", Self.full(replicas: 3), by: "ci")
      #expect(!again.created && again.document == first.document)
      // Somebody else who states the same owns it too; the object stays.
      let other = try await harness.apply("deployments", Self.deployment(["replicas": 3]), by: "other")
      #expect(other.version != first.version && other["spec"] == first["spec"])
      #expect(other[path: "metadata", "generation"] == 1)
      #expect(harness.owners(other.document)["other Apply apps/v1"] == ["f:spec": ["f:replicas": [:]]])
    }
  }

  @Test("what is applied no more goes, unless somebody else owns it")
  func removal() async throws {
    try await Harness.run { harness in
      try await harness.apply("configmaps", Self.configMap(["a": "1", "b": "1", "c": "1"]), by: "one")
      try await harness.apply("configmaps", Self.configMap(["b": "1"]), by: "two")
      try await harness.change("configmaps", "a", by: "hand") { $0["data"]?["h"] = "1" }
      let left = try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "one")
      #expect(left["data"] == ["a": "2", "b": "1", "h": "1"])
      let none = try await harness.apply("configmaps", Self.configMap(nil), by: "two")
      #expect(none["data"] == ["a": "2", "h": "1"])
      #expect(harness.owners(none.document)["two Apply v1"] == nil)
    }
  }

  @Test("two appliers dispute a field: a conflict, or force")
  func conflict() async throws {
    try await Harness.run { harness in
      try await harness.apply("configmaps", Self.configMap(["a": "1", "b": "1"]), by: "one")
      try await harness.change("configmaps", "a", by: "hand") { $0["data"]?["h"] = "1" }
      var error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "two")
      }
      #expect(
        error
          == APIError(
            code: 409, reason: .conflict, message: #"Apply failed with 1 conflict: conflict with "one": .data.a"#,
            details: .init(causes: [
              .init(reason: "FieldManagerConflict", message: #"conflict with "one""#, field: ".data.a")
            ])))
      error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "2", "b": "2", "h": "2"]), by: "two")
      }
      #expect(
        error?.message
          == """
          Apply failed with 3 conflicts: conflicts with "hand" using v1:
          - .data.h
          conflicts with "one":
          - .data.a
          - .data.b
          """)
      #expect(error?.details?.causes.map(\.field) == [".data.h", ".data.a", ".data.b"])
      #expect(error?.details?.causes.first?.message == #"conflict with "hand" using v1"#)
      #expect(try await harness.get("configmaps", "a")["data"] == ["a": "1", "b": "1", "h": "1"])
      let forced = try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "two", force: true)
      #expect(forced[path: "data", "a"] == "2")
      #expect(harness.owners(forced.document)["one Apply v1"] == ["f:data": ["f:b": [:]]])
      #expect(harness.owners(forced.document)["two Apply v1"] == ["f:data": ["f:a": [:]]])
      // The loser may let go of it without a dispute.
      let after = try await harness.apply("configmaps", Self.configMap(["b": "1"]), by: "one")
      #expect(after["data"] == ["a": "2", "b": "1", "h": "1"])
    }
  }

  @Test("elements of lists with keys have owners of their own")
  func elements() async throws {
    try await Harness.run { harness in
      func service(_ ports: [JSONValue]) -> JSONValue {
        [
          "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web"],
          "spec": ["selector": ["app": "web"], "ports": .array(ports)],
        ]
      }
      let http: JSONValue = ["name": "http", "port": 80, "protocol": "TCP"]
      let https: JSONValue = ["name": "https", "port": 443, "protocol": "TCP"]
      func numbers(_ document: JSONValue) -> [JSONValue?] {
        document[path: "spec", "ports"]?.arrayValue?.map { $0["port"] } ?? []
      }
      let first = try await harness.apply("services", service([http]), by: "one")
      let address = first[path: "spec", "clusterIP"]
      let both = try await harness.apply("services", service([https]), by: "two")
      #expect(numbers(both.document) == [80, 443])
      var renamed = http
      renamed["name"] = "plain"
      let error = await harness.failure { try await harness.apply("services", service([renamed]), by: "two") }
      #expect(error?.details?.causes.map(\.field) == [#".spec.ports[port=80,protocol="TCP"].name"#])
      let left = try await harness.apply("services", service([https]), by: "one")
      #expect(numbers(left.document) == [443])
      #expect(left[path: "spec", "clusterIP"] == address)
      // Finalizers are a set.
      let finalizer = "example.com/hold"
      func holding(_ names: [String]) -> JSONValue {
        Self.configMap(nil, ["finalizers": .array(names.map { .string($0) })])
      }
      try await harness.apply("configmaps", holding([finalizer]), by: "one")
      let two = try await harness.apply("configmaps", holding(["example.com/other"]), by: "two")
      #expect(two[path: "metadata", "finalizers"]?.arrayValue?.count == 2)
      let one = try await harness.apply("configmaps", holding([]), by: "one")
      #expect(one[path: "metadata", "finalizers"] == ["example.com/other"])
    }
  }

  @Test("random applies of several managers: each holds what it states, and the last apply again is none")
  func laws() async throws {
    try await Harness.run { harness in
      let keys = ["a", "b", "c", "d"]
      let generator = Mutex(UInt64(7))
      func next(_ bound: Int) -> Int {
        generator.withLock { state in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int(state >> 33) % bound
        }
      }
      var stated: [String: [String: String]] = [:]
      for _ in 0..<120 {
        let manager = "m\(next(3))"
        var wanted: [String: String] = [:]
        for key in keys where next(2) == 0 { wanted[key] = "\(next(3))" }
        let data = JSONValue.object(JSONObject(wanted.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        let disputed = keys.filter { key in
          guard let value = wanted[key] else { return false }
          return stated.contains { other, values in other != manager && values[key] != nil && values[key] != value }
        }
        if !disputed.isEmpty {
          let error = await harness.failure {
            try await harness.apply("configmaps", Self.configMap(data), by: manager)
          }
          #expect(Set(error?.details?.causes.map(\.field) ?? []) == Set(disputed.map { ".data.\($0)" }))
          for other in stated.keys where other != manager { for key in disputed { stated[other]?[key] = nil } }
        }
        let applied = try await harness.apply(
          "configmaps", Self.configMap(data), by: manager, force: !disputed.isEmpty)
        stated[manager] = wanted
        var expected: [String: String] = [:]
        for values in stated.values { expected.merge(values) { $1 } }
        var found: [String: String] = [:]
        for member in applied["data"]?.objectValue?.members ?? [] { found[member.key] = member.value.stringValue }
        #expect(found == expected)
        harness.advance(1)
        let again = try await harness.apply("configmaps", Self.configMap(data), by: manager)
        #expect(again.version == applied.version)
      }
    }
  }

  // MARK: Together with other writers

  @Test("after an update, its writer is in the way; a field that the writer leaves alone is not")
  func updateThenApply() async throws {
    try await Harness.run { harness in
      try await harness.create("deployments", Sample.deployment("web"), by: "kubectl-create")
      let error = await harness.failure {
        try await harness.apply("deployments", Self.deployment(["replicas": 5]), by: "ci")
      }
      #expect(
        error?.message
          == #"Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas"#)
      let paused = try await harness.apply("deployments", Self.deployment(["paused": true]), by: "ci")
      #expect(!paused.created && paused[path: "spec", "paused"] == true && paused[path: "spec", "replicas"] == 3)
      #expect(paused[path: "metadata", "generation"] == 2)
      // Left out again: it goes, and what the other one wrote stays.
      let without = try await harness.apply("deployments", Self.deployment([:]), by: "ci")
      #expect(without[path: "spec", "paused"] == nil && without[path: "spec", "replicas"] == 3)
    }
  }

  @Test("what was there before records were kept belongs to whoever was before the first apply")
  func beforeFirstApply() async throws {
    try await Harness.run { harness in
      try await harness.create("configmaps", Self.configMap(["a": "1", "b": "1"]), by: "old")
      try await harness.change("configmaps", "a", by: "old") { $0["metadata"]?["managedFields"] = [[:]] }
      let error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "ci")
      }
      #expect(
        error?.message == #"Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.a"#)
      let applied = try await harness.apply("configmaps", Self.configMap(["a": "1"]), by: "ci")
      #expect(
        harness.owners(applied.document) == [
          "before-first-apply Update v1": ["f:data": [".": [:], "f:a": [:], "f:b": [:]]],
          "ci Apply v1": ["f:data": ["f:a": [:]]],
        ])
    }
  }

  @Test("kubectl inherits what its client-side apply set, and keeps that one's annotation")
  func clientSide() async throws {
    try await Harness.run { harness in
      let annotation = "kubectl.kubernetes.io/last-applied-configuration"
      let last = #"{"apiVersion":"v1","data":{"a":"1","b":"1"},"kind":"ConfigMap","metadata":{"name":"a"}}"#
      try await harness.create(
        "configmaps", Self.configMap(["a": "1", "b": "1"], ["annotations": [annotation: .string(last)]]),
        by: "kubectl-client-side-apply")
      let error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "ci")
      }
      #expect(error?.details?.causes.map(\.field) == [".data.a"])
      let applied = try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "kubectl")
      #expect(applied[path: "data", "a"] == "2")
      let kept = try #require(applied[path: "metadata", "annotations", annotation]?.stringValue)
      #expect(parsed(kept)["data"] == ["a": "2"])
    }
  }

  @Test("status and scale have appliers of their own")
  func parts() async throws {
    try await Harness.run { harness in
      var status = Self.deployment([:])
      status["status"] = ["replicas": 3]
      let missing = await harness.failure {
        try await harness.apply("status", of: "deployments", status, by: "controller")
      }
      #expect(missing?.code == 404 && missing?.message == #"deployments.apps "web" not found"#)
      try await harness.apply("deployments", Self.full(replicas: 3), by: "ci")
      status["spec"] = ["replicas": 9]
      let shown = try await harness.apply("status", of: "deployments", status, by: "controller")
      #expect(shown[path: "status", "replicas"] == 3 && shown[path: "spec", "replicas"] == 3)
      #expect(harness.owners(shown)["controller Apply apps/v1/status"] == ["f:status": ["f:replicas": [:]]])
      // Through the object itself the status is nobody's.
      let ignored = try await harness.apply("deployments", status.merged(["spec": ["replicas": 3]]), by: "other")
      #expect(harness.owners(ignored.document)["other Apply apps/v1"] == ["f:spec": ["f:replicas": [:]]])

      func scale(_ replicas: Int64) -> JSONValue {
        [
          "apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": ["name": "web"],
          "spec": ["replicas": .int(replicas)],
        ]
      }
      let error = await harness.failure { try await harness.apply("scale", of: "deployments", scale(5), by: "hpa") }
      #expect(error?.details?.causes.map(\.field) == [".spec.replicas", ".spec.replicas"])
      // Of updates they are told in the version of the scale.
      try await harness.change("deployments", "web", by: "hand") { $0["spec"]?["replicas"] = 4 }
      let disputed = await harness.failure { try await harness.apply("scale", of: "deployments", scale(5), by: "hpa") }
      #expect(
        disputed?.message
          == #"Apply failed with 1 conflict: conflict with "hand" using autoscaling/v1: .spec.replicas"#)
      let scaled = try await harness.apply("scale", of: "deployments", scale(5), by: "hpa", force: true)
      #expect(scaled["kind"] == "Scale" && scaled[path: "spec", "replicas"] == 5)
      let owners = try await harness.owners("deployments", "web")
      #expect(owners["hpa Apply apps/v1/scale"] == ["f:spec": ["f:replicas": [:]]])
      #expect(owners["other Apply apps/v1"] == nil)
      // Whoever handed the number over leaves it out from then on.
      let handed = try await harness.apply("deployments", Self.full(), by: "ci")
      #expect(handed[path: "spec", "replicas"] == 5)
      var wrong = scale(5)
      wrong["spec"]?["size"] = 5
      let unknown = await harness.failure { try await harness.apply("scale", of: "deployments", wrong, by: "hpa") }
      #expect(unknown?.code == 500 && unknown?.message.contains(".spec.size: field not declared in schema") == true)
      let other = await harness.failure {
        try await harness.apply("scale", of: "deployments", Self.full(), by: "hpa")
      }
      #expect(other?.code == 400 && other?.message == "invalid object type: apps/v1, Kind=Deployment")
      let negative = await harness.failure {
        try await harness.apply("scale", of: "deployments", scale(-1), by: "hpa", force: true)
      }
      #expect(negative?.code == 422)
    }
  }

  @Test("a kind with two versions is applied in one and changed in the other")
  func versions() async throws {
    try await Harness.run { harness in
      func resource(_ version: String) throws -> ServedResource {
        try #require(
          harness.registry.resource(group: "autoscaling", version: version, plural: "horizontalpodautoscalers"))
      }
      let v1 = try resource("v1")
      let v2 = try resource("v2")
      func scaler(_ version: String, _ spec: JSONObject) -> JSONValue {
        var all = spec
        all["scaleTargetRef"] = ["kind": "Deployment", "name": "web", "apiVersion": "apps/v1"]
        all["maxReplicas"] = 5
        return [
          "apiVersion": .string("autoscaling/\(version)"), "kind": "HorizontalPodAutoscaler",
          "metadata": ["name": "web"], "spec": .object(all),
        ]
      }
      let made = try await harness.apply(v1, scaler("v1", ["targetCPUUtilizationPercentage": 60]), by: "ci")
      #expect(made.created && made["apiVersion"] == "autoscaling/v1")
      let again = try await harness.apply(v1, scaler("v1", ["targetCPUUtilizationPercentage": 60]), by: "ci")
      #expect(again.document == made.document)
      // The applier moves to the other version and drops the metric.
      let moved = try await harness.apply(v2, scaler("v2", ["minReplicas": 2]), by: "ci")
      #expect(moved[path: "spec", "minReplicas"] == 2)
      #expect(harness.owners(moved.document).keys.sorted() == ["ci Apply autoscaling/v2"])
      let wrong = await harness.failure { try await harness.apply(v2, scaler("v1", [:]), by: "ci") }
      #expect(wrong?.message == "invalid object type: autoscaling/v1, Kind=HorizontalPodAutoscaler")
    }
  }

  // MARK: Refusals and races

  @Test("configurations that cannot be applied")
  func refusals() async throws {
    try await Harness.run { harness in
      func failure(_ configuration: JSONValue, name: String = "a") async -> APIError? {
        await harness.failure {
          try await harness.apply(harness["configmaps"], configuration, by: "ci", name: name)
        }
      }
      var error = await failure(Self.configMap([:], ["uid": "u-1"]))
      #expect(error?.code == 409 && error?.reason == .conflict)
      #expect(
        error?.message
          == #"Operation cannot be fulfilled on configmaps "a": uid mismatch: the provided object specified uid u-1, "#
          + "and no existing object was found")
      error = await failure(["apiVersion": "v1", "kind": "ConfigMap"])
      #expect(error?.code == 400)
      error = await failure(Self.configMap([:]), name: "b")
      #expect(error?.message == "the name of the object (a) does not match the name on the URL (b)")
      error = await failure(Self.configMap([:], ["managedFields": []]))
      #expect(error?.message == "metadata.managedFields must be nil")
      error = await failure(["kind": "ConfigMap", "metadata": ["name": "a"]])
      #expect(error?.code == 400 && error?.message == "invalid object type: /, Kind=ConfigMap")
      error = await failure("text")
      #expect(error?.code == 400)
      error = await failure(Self.configMap(["a": 1]).merged(["datum": [:]]))
      #expect(error?.code == 500 && error?.reason == .unknown)
      #expect(
        error?.message
          == "failed to create typed patch object (/a; /v1, Kind=ConfigMap): errors:\n"
          + "  .data.a: expected string, got 1\n  .datum: field not declared in schema")
      error = await failure(Self.configMap([:], ["namespace": "other"]))
      #expect(error?.code == 400)
      error = await harness.failure {
        try await harness.apply("deployments", Self.deployment(["replicas": -1]), by: "ci")
      }
      #expect(error?.code == 422)
      let left = try await harness.list("configmaps").objects
      #expect(left.isEmpty)
    }
  }

  @Test("an object's version and uid may be part of what is applied")
  func preconditions() async throws {
    try await Harness.run { harness in
      let made = try await harness.apply("configmaps", Self.configMap(["a": "1"], ["resourceVersion": "77"]), by: "ci")
      let uid = try #require(made[path: "metadata", "uid"])
      let kept = try await harness.apply(
        "configmaps", Self.configMap(["a": "2"], ["uid": uid, "resourceVersion": .string(made.version)]), by: "ci")
      #expect(kept[path: "data", "a"] == "2")
      var error = await harness.failure {
        try await harness.apply(
          "configmaps", Self.configMap(["a": "3"], ["resourceVersion": .string(made.version)]), by: "ci")
      }
      #expect(error?.code == 409)
      error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "3"], ["uid": "another"]), by: "ci")
      }
      #expect(error?.code == 409)
    }
  }

  @Test("a dry run answers as the apply would, and changes nothing")
  func dryRun() async throws {
    try await Harness.run { harness in
      let dry = try await harness.apply("configmaps", Self.configMap(["a": "1"]), by: "ci", dryRun: true)
      #expect(dry.created && dry[path: "data", "a"] == "1")
      #expect(try await harness.list("configmaps").objects.isEmpty)
      let made = try await harness.apply("configmaps", Self.configMap(["a": "1"]), by: "ci")
      let again = try await harness.apply("configmaps", Self.configMap(["b": "1"]), by: "ci", dryRun: true)
      #expect(again["data"] == ["b": "1"] && !again.created)
      #expect(try await harness.get("configmaps", "a") == made.document)
      let error = await harness.failure {
        try await harness.apply("configmaps", Self.configMap(["a": "2"]), by: "other", dryRun: true)
      }
      #expect(error?.code == 409)
    }
  }

  @Test("appliers at several front-ends at once lose nothing")
  func atOnce() async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { one in
      try await Harness.run(storage: storage, seed: 2) { two in
        let created = try await withThrowingTaskGroup(of: Bool.self) { group in
          for index in 0..<30 {
            let harness = index % 2 == 0 ? one : two
            group.addTask {
              try await harness.apply(
                "configmaps", Self.configMap(.object(["k\(index)": "v"])), by: "m\(index)"
              ).created
            }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(created == 1)
        let map = try await two.get("configmaps", "a")
        #expect(map["data"]?.objectValue?.count == 30)
        #expect(two.owners(map).count == 30)
      }
    }
  }

  @Test("an apply whose object comes, or goes, under its hands begins anew")
  func races() async throws {
    try await Harness.run { harness in
      let storage = harness.storage
      try await harness.apply("configmaps", Self.configMap(["a": "1"]), by: "one")
      let key = "/registry/configmaps/default/a"
      let bytes = try #require(try await storage.range(.key(key)).keyValues.first).value
      func before(_ operation: StorageTransaction.Operation) {
        storage.beforeNextTransaction {
          _ = try? await storage.txn(StorageTransaction(compares: [], then: [operation], otherwise: []))
        }
      }
      before(.delete(key: key))
      let made = try await harness.apply("configmaps", Self.configMap(["b": "1"]), by: "two")
      #expect(made.created && made["data"] == ["b": "1"])
      try await harness.delete("configmaps", "a")
      before(.put(key: key, value: bytes))
      let joined = try await harness.apply("configmaps", Self.configMap(["b": "1"]), by: "two")
      #expect(!joined.created && joined["data"] == ["a": "1", "b": "1"])
    }
  }

  @Test("who may not create does not create by an apply")
  func permission() async throws {
    try await Harness.run { harness in
      var options = WriteOptions.by("ci")
      options.checkCreate = { () async throws(APIError) in
        throw APIError.forbidden(GroupResource(group: "", resource: "configmaps"), name: "a", because: "no")
      }
      let refusing = options
      func apply() async throws -> WriteResult {
        try await harness.registry.apply(
          harness["configmaps"], namespace: "default", name: "a", configuration: Self.configMap(["b": "1"]),
          force: false, options: refusing)
      }
      let refused = await harness.failure { _ = try await apply() }
      #expect(refused?.code == 403)
      try await harness.apply("configmaps", Self.configMap(["a": "1"]), by: "one")
      let allowed = try await apply()
      #expect(!allowed.created)
      let lease: JSONValue = ["metadata": ["name": "l"], "spec": [:]]
      let update = await harness.failure {
        _ = try await harness.registry.update(
          harness["leases"], namespace: "default", name: "l", document: lease, options: refusing)
      }
      #expect(update?.code == 403)
    }
  }
}

extension JSONValue {
  /// With other members in the place of, or beside, its own.
  fileprivate func merged(_ members: JSONObject) -> JSONValue {
    var result = self
    for member in members.members { result[member.key] = member.value }
    return result
  }
}
