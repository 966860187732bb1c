import JSONDocument
import Registry
import Testing

@Suite("Deletion")
struct DeletionTests {
  @Test("a pod on a node gets its grace period; the kubelet's delete ends it")
  func grace() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("web-0", node: "n1"))
      let marked = try await harness.delete("pods", "web-0")
      #expect(!marked.removed)
      var pod = try JSONValue(jsonBytes: marked.body)
      #expect(pod[path: "metadata", "deletionGracePeriodSeconds"] == 30)
      #expect(pod[path: "metadata", "deletionTimestamp"] == "2023-11-14T22:13:50Z")
      // Again, without saying how long: nothing changes.
      let again = try await harness.delete("pods", "web-0")
      #expect(try JSONValue(jsonBytes: again.body) == pod)
      // Shorter is possible, longer is not.
      try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: 5))
      try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: 60))
      pod = try await harness.get("pods", "web-0")
      #expect(pod[path: "metadata", "deletionGracePeriodSeconds"] == 5)
      #expect(pod[path: "metadata", "deletionTimestamp"] == "2023-11-14T22:13:25Z")
      let uid = try #require(pod[path: "metadata", "uid"]?.stringValue)
      let wrong = await harness.failure {
        try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: 0, uid: "another"))
      }
      #expect(wrong?.code == 409)
      let last = try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: 0, uid: uid))
      #expect(last.removed)
      let error = await harness.failure { _ = try await harness.get("pods", "web-0") }
      #expect(error?.message == "pods \"web-0\" not found")
    }
  }

  @Test("a grace period beyond all measure counts as 100 years, a negative one as a second")
  func boundlessGrace() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("web-0", node: "n1"))
      let marked = try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: .max))
      #expect(!marked.removed)
      var pod = try JSONValue(jsonBytes: marked.body)
      #expect(pod[path: "metadata", "deletionGracePeriodSeconds"] == 3_153_600_000)
      try await harness.delete("pods", "web-0", DeleteOptions(gracePeriodSeconds: .min))
      pod = try await harness.get("pods", "web-0")
      #expect(pod[path: "metadata", "deletionGracePeriodSeconds"] == 1)
      #expect(pod[path: "metadata", "deletionTimestamp"] == "2023-11-14T22:13:21Z")
    }
  }

  @Test("a pod without a node, or one that has ended, goes at once")
  func noGrace() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("a"))
      #expect(try await harness.delete("pods", "a").removed)
      var ended = try await harness.create("pods", Sample.pod("b", node: "n1"))
      ended["status"] = ["phase": "Succeeded"]
      try await harness.updateStatus("pods", ended)
      #expect(try await harness.delete("pods", "b").removed)
    }
  }

  @Test("finalizers hold an object until they are removed")
  func finalizers() async throws {
    try await Harness.run { harness in
      var map = Sample.configMap("a")
      map["metadata"]?["finalizers"] = ["example.com/hold"]
      try await harness.create("configmaps", map)
      #expect(try await !harness.delete("configmaps", "a").removed)
      var held = try await harness.get("configmaps", "a")
      #expect(held[path: "metadata", "deletionTimestamp"] != nil)
      held["metadata"]?["finalizers"] = ["example.com/hold", "example.com/more"]
      let more = await harness.failure { try await harness.update("configmaps", held) }
      #expect(more?.code == 422)
      held["metadata"]?["finalizers"] = []
      try await harness.update("configmaps", held)
      let error = await harness.failure { _ = try await harness.get("configmaps", "a") }
      #expect(error?.reason == .notFound)
    }
  }

  @Test("the last finalizer may be taken off through the status")
  func finalizersThroughStatus() async throws {
    try await Harness.run { harness in
      var deployment = Sample.deployment("a")
      deployment["metadata"]?["finalizers"] = ["example.com/hold"]
      try await harness.create("deployments", deployment)
      #expect(try await !harness.delete("deployments", "a").removed)
      var held = try await harness.get("deployments", "a")
      held["metadata"]?["finalizers"] = []
      try await harness.updateStatus("deployments", held)
      let error = await harness.failure { _ = try await harness.get("deployments", "a") }
      #expect(error?.reason == .notFound)
    }
  }

  @Test("preconditions that do not hold are conflicts")
  func preconditions() async throws {
    try await Harness.run { harness in
      let map = try await harness.create("configmaps", Sample.configMap("a"))
      let uid = try #require(map[path: "metadata", "uid"]?.stringValue)
      let version = try #require(map[path: "metadata", "resourceVersion"]?.stringValue)
      let head = "Operation cannot be fulfilled on ConfigMap \"a\": the"
      let cases: [(DeleteOptions, String)] = [
        (
          DeleteOptions(uid: "u", resourceVersion: version),
          "\(head) UID in the precondition (u) does not match the UID in record (\(uid)). "
            + "The object might have been deleted and then recreated"
        ),
        (
          DeleteOptions(uid: uid, resourceVersion: "1"),
          "\(head) ResourceVersion in the precondition (1) does not match the ResourceVersion in record (\(version)). "
            + "The object might have been modified"
        ),
      ]
      for (options, message) in cases {
        let error = await harness.failure { try await harness.delete("configmaps", "a", options) }
        #expect(error?.code == 409 && error?.reason == .conflict)
        #expect(error?.message == message)
      }
      #expect(try await harness.delete("configmaps", "a", DeleteOptions(uid: uid, resourceVersion: version)).removed)
    }
  }

  @Test("propagation policies become finalizers")
  func propagation() async throws {
    try await Harness.run { harness in
      try await harness.create("deployments", Sample.deployment("a"))
      try await harness.delete("deployments", "a", DeleteOptions(propagation: .foreground))
      #expect(
        try await harness.get("deployments", "a")[path: "metadata", "finalizers"] == ["foregroundDeletion"])
      try await harness.create("deployments", Sample.deployment("b"))
      try await harness.delete("deployments", "b", DeleteOptions(propagation: .orphan))
      #expect(try await harness.get("deployments", "b")[path: "metadata", "finalizers"] == ["orphan"])
      try await harness.create("deployments", Sample.deployment("c"))
      let gone = try await harness.delete("deployments", "c")
      #expect(gone.removed)
      #expect(try JSONValue(jsonBytes: gone.body)["status"] == "Success")
    }
  }

  @Test("a collection is deleted by selector")
  func collection() async throws {
    try await Harness.run { harness in
      for index in 0..<6 {
        try await harness.create(
          "configmaps", Sample.configMap("m\(index)", labels: ["even": index % 2 == 0 ? "yes" : "no"]))
      }
      let result = try await harness.registry.deleteCollection(
        harness["configmaps"], namespace: "default", list: ListOptions(labelSelector: "even=yes"),
        options: DeleteOptions())
      #expect(result.objects.map(\.name) == ["m0", "m2", "m4"])
      #expect(try await harness.list("configmaps").objects.map(\.name) == ["m1", "m3", "m5"])
      for index in 10..<60 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      let all = try await harness.registry.deleteCollection(
        harness["configmaps"], namespace: "default", list: ListOptions(), options: DeleteOptions())
      #expect(all.objects.count == 53)
      #expect(try await harness.list("configmaps").objects.isEmpty)
    }
  }

  @Test("an eviction is a delete, with its options")
  func eviction() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("a", node: "n1"))
      let eviction: JSONValue = [
        "apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": "a"],
        "deleteOptions": ["gracePeriodSeconds": 7],
      ]
      _ = try await harness.registry.createSubresource(
        "eviction", of: harness["pods"], namespace: "default", name: "a", document: eviction, options: Harness.admin)
      #expect(try await harness.get("pods", "a")[path: "metadata", "deletionGracePeriodSeconds"] == 7)
    }
  }

  @Test("the body of a DELETE is read and checked")
  func options() throws {
    let user = Harness.admin.user
    let options = try DeleteOptions(
      document: [
        "gracePeriodSeconds": 0, "preconditions": ["uid": "u", "resourceVersion": "5"],
        "propagationPolicy": "Foreground", "dryRun": ["All"],
      ], user: user)
    #expect(options.gracePeriodSeconds == 0)
    #expect(options.uid == "u" && options.resourceVersion == "5")
    #expect(options.propagation == .foreground)
    #expect(options.dryRun)
    func refusal(_ document: JSONValue) -> APIError? {
      do {
        _ = try DeleteOptions(document: document, user: user)
        return nil
      } catch { return error }
    }
    for bad: JSONValue in [[], ["gracePeriodSeconds": "1"]] { #expect(refusal(bad)?.code == 400) }
    let wrong: [(JSONValue, String)] = [
      (
        ["propagationPolicy": "Sideways"],
        #"Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil""#
      ),
      (["dryRun": ["Some"]], #"Unsupported value: ["Some"]: supported values: "All""#),
      (
        ["orphanDependents": true, "propagationPolicy": "Orphan"],
        #"Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set"#
      ),
    ]
    for (document, problem) in wrong {
      let error = refusal(document)
      #expect(error?.code == 422)
      #expect(error?.details?.causes.map(\.message) == [problem])
    }
  }
}
