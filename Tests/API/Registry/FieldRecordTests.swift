import Access
import JSONDocument
import Registry
import StorageStandIn
import Testing

/// Who owns which field after every sort of write that is no apply.
@Suite("The records of writes")
struct FieldRecordTests {
  @Test("a create belongs to its manager, with its defaults and without what the server fills in")
  func create() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("services", Sample.service("web"), by: "kubectl-create")
      #expect(made[path: "spec", "clusterIP"]?.stringValue?.isEmpty == false)
      #expect(
        harness.owners(made) == [
          "kubectl-create Update v1": parsed(
            #"""
            {"f:spec":{"f:internalTrafficPolicy":{},"f:ports":{".":{},"k:{\"port\":80,\"protocol\":\"TCP\"}":
            {".":{},"f:name":{},"f:port":{},"f:protocol":{},"f:targetPort":{}}},"f:selector":{},
            "f:sessionAffinity":{},"f:type":{}}}
            """#)
        ])
      let entry = made[path: "metadata", "managedFields"]?.arrayValue?.first
      #expect(entry?.objectValue?.keys == ["manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1"])
      #expect(entry?["time"] == "2023-11-14T22:13:20Z" && entry?["fieldsType"] == "FieldsV1")
      #expect(try await harness.get("services", "web") == made)
      // Whoever has no name.
      let plain = try await harness.create("configmaps", Sample.configMap("a", data: ["k": "1"]))
      #expect(harness.owners(plain).keys.sorted() == ["unknown Update v1"])
    }
  }

  @Test("an update and a patch take what they change, from whoever had it")
  func update() async throws {
    try await Harness.run { harness in
      var made = try await harness.create("configmaps", Sample.configMap("a", data: ["k": "1", "l": "1"]), by: "one")
      harness.advance(10)
      made["data"]?["k"] = "2"
      let updated = try await harness.registry.update(
        harness["configmaps"], namespace: "default", name: "a", document: made, options: .by("two"))
      var document = try JSONValue(jsonBytes: updated.object.json)
      #expect(
        harness.owners(document) == [
          "one Update v1": ["f:data": [".": [:], "f:l": [:]]], "two Update v1": ["f:data": ["f:k": [:]]],
        ])
      #expect(harness.time(of: "one", in: document) == "2023-11-14T22:13:20Z")
      #expect(harness.time(of: "two", in: document) == "2023-11-14T22:13:30Z")
      document = try await harness.change("configmaps", "a", by: "three") { $0["data"]?["l"] = nil }
      #expect(
        harness.owners(document) == ["one Update v1": ["f:data": [:]], "two Update v1": ["f:data": ["f:k": [:]]]])
    }
  }

  @Test("a write that comes to nothing is none, whoever sends it and whenever")
  func nothing() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("deployments", Sample.deployment("web"), by: "one")
      harness.advance(100)
      for manager in ["one", "two"] {
        let patched = try await harness.change("deployments", "web", by: manager) { $0["spec"]?["replicas"] = 3 }
        #expect(patched == made)
        var bare = made
        bare["metadata"]?["managedFields"] = nil
        bare["metadata"]?["resourceVersion"] = nil
        #expect(try await harness.update("deployments", bare) == made)
      }
      // What the server puts back is no change either.
      let status = try await harness.change("deployments", "web", by: "two") { $0["status"] = ["replicas": 9] }
      #expect(status == made)
    }
  }

  @Test("records that only have another time make no new version")
  func times() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("configmaps", Sample.configMap("a", data: ["k": "1"]), by: "one")
      let edited = try await harness.change("configmaps", "a", by: "two") { document in
        var entries = document[path: "metadata", "managedFields"]?.arrayValue ?? []
        entries[0]["time"] = "2024-01-01T00:00:00Z"
        document["metadata"]?["managedFields"] = .array(entries)
      }
      #expect(edited == made)
    }
  }

  @Test("status, scale, resize and the binding have records of their own")
  func parts() async throws {
    try await Harness.run { harness in
      try await harness.create("deployments", Sample.deployment("web"), by: "one")
      try await harness.change("status", of: "deployments", "web", by: "controller") { document in
        document["status"] = ["replicas": 3]
        // Not through here.
        document["spec"]?["replicas"] = 7
        document["metadata"]?["labels"] = ["x": "y"]
      }
      var owners = try await harness.owners("deployments", "web")
      #expect(owners["controller Update apps/v1/status"] == ["f:status": ["f:replicas": [:]]])
      #expect(owners["one Update apps/v1"]?["f:spec"]?["f:replicas"] == [:])
      let scale = try await harness.change("scale", of: "deployments", "web", by: "kubectl") {
        $0["spec"] = ["replicas": 5]
      }
      #expect(scale[path: "metadata", "managedFields"] == nil)
      owners = try await harness.owners("deployments", "web")
      #expect(owners["kubectl Update apps/v1/scale"] == ["f:spec": ["f:replicas": [:]]])
      #expect(owners["one Update apps/v1"]?["f:spec"]?["f:replicas"] == nil)

      var pod = Sample.pod("web-0")
      pod["spec"]?["containers"] = [
        ["name": "web", "image": "registry.local/web:1", "resources": ["requests": ["cpu": "1"]]]
      ]
      try await harness.create("pods", pod, by: "one")
      _ = try await harness.registry.createSubresource(
        "binding", of: harness["pods"], namespace: "default", name: "web-0",
        document: ["metadata": ["name": "web-0"], "target": ["kind": "Node", "name": "n1"]], options: .by("scheduler"))
      owners = try await harness.owners("pods", "web-0")
      #expect(owners["scheduler Update v1/binding"]?["f:spec"] == ["f:nodeName": [:]])
      #expect(
        owners["scheduler Update v1/binding"]?["f:status"]?["f:conditions"]?.objectValue?.keys
          == [".", #"k:{"type":"PodScheduled"}"#])
      try await harness.change("resize", of: "pods", "web-0", by: "resizer") { document in
        document["metadata"]?["labels"] = ["not": "here"]
        var containers = document[path: "spec", "containers"]?.arrayValue ?? []
        containers[0]["resources"] = ["requests": ["cpu": "2"]]
        document["spec"]?["containers"] = .array(containers)
      }
      owners = try await harness.owners("pods", "web-0")
      #expect(
        owners["resizer Update v1/resize"]
          == parsed(
            #"""
            {"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{"f:resources":
            {"f:requests":{"f:cpu":{}}}}}}}
            """#))
    }
  }

  @Test("clients may edit the records, but not through a part of the object")
  func edited() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("deployments", Sample.deployment("web"), by: "one")
      let records = made[path: "metadata", "managedFields"]
      for kept in [nil, .null, [], [["manager": "x"]]] as [JSONValue?] {
        let after = try await harness.change("deployments", "web", by: "two") {
          $0["metadata"]?["managedFields"] = kept
        }
        #expect(after[path: "metadata", "managedFields"] == records)
      }
      try await harness.change("status", of: "deployments", "web", by: "two") {
        $0["metadata"]?["managedFields"] = [[:]]
        $0["status"] = ["replicas": 1]
      }
      #expect(try await harness.owners("deployments", "web").count == 2)
      let renamed = try await harness.change("deployments", "web", by: "two") { document in
        var entries = document[path: "metadata", "managedFields"]?.arrayValue ?? []
        for index in entries.indices where entries[index]["manager"] == "one" { entries[index]["manager"] = "zwei" }
        document["metadata"]?["managedFields"] = .array(entries)
      }
      #expect(harness.owners(renamed).keys.sorted() == ["two Update apps/v1/status", "zwei Update apps/v1"])
      let long = String(repeating: "x", count: 129)
      let error = await harness.failure {
        try await harness.change("deployments", "web", by: "two") { document in
          var entries = document[path: "metadata", "managedFields"]?.arrayValue ?? []
          entries[0]["manager"] = .string(long)
          document["metadata"]?["managedFields"] = .array(entries)
        }
      }
      #expect(error?.code == 422)
      #expect(error?.details?.causes.first?.field == "metadata.managedFields[0].manager")
      let dropped = try await harness.change("deployments", "web", by: "two") {
        $0["metadata"]?["managedFields"] = [[:]]
      }
      #expect(dropped[path: "metadata", "managedFields"] == nil)
      // An object without records stays without.
      let later = try await harness.change("deployments", "web", by: "two") { $0["spec"]?["replicas"] = 8 }
      #expect(later[path: "metadata", "managedFields"] == nil)
    }
  }

  @Test("what is marked as deleted keeps its records; so does an eviction, and adds its own")
  func deletions() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("pods", Sample.pod("web-0", node: "n1"), by: "one")
      try await harness.change("status", of: "pods", "web-0", by: "kubelet") { $0["status"]?["phase"] = "Running" }
      let records = try await harness.get("pods", "web-0")[path: "metadata", "managedFields"]
      try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: 30))
      #expect(try await harness.get("pods", "web-0")[path: "metadata", "managedFields"] == records)
      #expect(harness.owners(made).count == 1)

      try await harness.create("pods", Sample.pod("web-1", node: "n1"), by: "one")
      try await harness.change("status", of: "pods", "web-1", by: "kubelet") { $0["status"]?["phase"] = "Running" }
      _ = try await harness.registry.createSubresource(
        "eviction", of: harness["pods"], namespace: "default", name: "web-1",
        document: ["metadata": ["name": "web-1"]], options: .by("drain"))
      let owners = try await harness.owners("pods", "web-1")
      #expect(owners["drain Update v1/eviction"]?["f:status"]?["f:conditions"] != nil)
    }
  }

  @Test("each version of a kind has records of its own")
  func versions() async throws {
    try await Harness.run { harness in
      let v1 = try #require(
        harness.registry.resource(group: "autoscaling", version: "v1", plural: "horizontalpodautoscalers"))
      let v2 = try #require(
        harness.registry.resource(group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers"))
      _ = try await harness.registry.create(
        v1, namespace: "default",
        document: [
          "metadata": ["name": "web"],
          "spec": [
            "scaleTargetRef": ["kind": "Deployment", "name": "web", "apiVersion": "apps/v1"], "maxReplicas": 5,
            "targetCPUUtilizationPercentage": 60,
          ],
        ], options: .by("one"))
      let changed = try await harness.change(v2, "web", by: "two") { document in
        var metrics = document[path: "spec", "metrics"]?.arrayValue ?? []
        metrics[0]["resource"]?["target"]?["averageUtilization"] = 70
        document["spec"]?["metrics"] = .array(metrics)
      }
      let owners = harness.owners(changed)
      #expect(owners["two Update autoscaling/v2"] == ["f:spec": ["f:metrics": [:]]])
      // The same place, told in the version in which the first one wrote it.
      #expect(owners["one Update autoscaling/v1"]?["f:spec"]?["f:maxReplicas"] == [:])
      #expect(owners["one Update autoscaling/v1"]?["f:spec"]?["f:targetCPUUtilizationPercentage"] == nil)
    }
  }

  @Test("the requests' options are checked as Kubernetes does")
  func options() throws {
    func failure(
      _ kind: WriteOptions.Kind, _ manager: String, isApply: Bool = false, force: Bool? = nil
    ) -> String? {
      do {
        _ = try WriteOptions(
          kind, dryRun: false, fieldManager: manager, userAgent: "", isApply: isApply, force: force,
          user: Harness.admin.user)
        return nil
      } catch {
        #expect(error.code == 422)
        return error.message
      }
    }
    let prefix = #"Options.meta.k8s.io "" is invalid: "#
    #expect(failure(.create, "a b-c") == nil)
    #expect(failure(.patch, "m", isApply: true, force: true) == nil)
    #expect(
      failure(.patch, "", isApply: true) == "Patch\(prefix)fieldManager: Required value: is required for apply patch")
    #expect(
      failure(.patch, "m", force: false) == "Patch\(prefix)force: Forbidden: may not be specified for non-apply patch")
    #expect(
      failure(.update, String(repeating: "m", count: 129))
        == "Update\(prefix)fieldManager: Too long: may not be more than 128 bytes")
    #expect(
      failure(.create, "aé\tb")
        == "Create\(prefix)fieldManager: Invalid value: \"aé\\tb\": invalid character U+0009 (at position 3)")
    func name(_ userAgent: String) throws -> String {
      try WriteOptions(.create, dryRun: false, fieldManager: "", userAgent: userAgent, user: Harness.admin.user)
        .fieldManager
    }
    #expect(try name("kubectl/v1.32 (linux/amd64) kubernetes/abc") == "kubectl")
    #expect(try name("my\u{7}tool\u{200B}") == "mytool")
    #expect(try name(String(repeating: "é", count: 100)).utf8.count == 128)
  }
}
