import Access
import JSONDocument
import Registry
import StorageStandIn
import Testing

@Suite("The life of an object")
struct ObjectLifeTests {
  @Test("a create fills in what the server sets, and defaults")
  func create() async throws {
    try await Harness.run { harness in
      let pod = try await harness.create("pods", Sample.pod("web-0"))
      #expect(pod[path: "metadata", "uid"]?.stringValue?.count == 36)
      #expect(pod[path: "metadata", "creationTimestamp"] == "2023-11-14T22:13:20Z")
      #expect(pod[path: "metadata", "namespace"] == "default")
      #expect(pod[path: "status", "phase"] == "Pending")
      #expect(pod[path: "status", "qosClass"] == "BestEffort")
      #expect(pod[path: "spec", "restartPolicy"] == "Always")
      #expect(pod[path: "spec", "serviceAccountName"] == "default")
      #expect(pod[path: "spec", "tolerations"]?.arrayValue?.count == 2)
      let read = try await harness.get("pods", "web-0")
      #expect(read == pod)
      let stored = try await harness.storage.range(.key("/registry/pods/default/web-0"))
      let document = try JSONValue(jsonBytes: try #require(stored.keyValues.first).value)
      #expect(document[path: "metadata", "resourceVersion"] == nil)
      #expect(document["kind"] == "Pod")
    }
  }

  @Test("the same name cannot be created twice")
  func createTwice() async throws {
    try await Harness.run { harness in
      try await harness.create("configmaps", Sample.configMap("a"))
      let error = await harness.failure { try await harness.create("configmaps", Sample.configMap("a")) }
      #expect(error?.code == 409)
      #expect(error?.reason == .alreadyExists)
      #expect(error?.message == "configmaps \"a\" already exists")
    }
  }

  @Test("a text that only looks the same is a change")
  func lookalikes() async throws {
    try await Harness.run { harness in
      // One code point, then a letter with an accent to be put on it.
      var map = try await harness.create("configmaps", Sample.configMap("a", data: ["k": "\u{e9}"]))
      map["data"]?["k"] = "e\u{301}"
      let changed = try await harness.update("configmaps", map)
      #expect(changed[path: "metadata", "resourceVersion"] != map[path: "metadata", "resourceVersion"])
      let read = try await harness.get("configmaps", "a")
      let text = try #require(read[path: "data", "k"]?.stringValue)
      #expect(Array(text.utf8) == [0x65, 0xCC, 0x81])
    }
  }

  @Test("generateName gives different names with a suffix of five")
  func generatedNames() async throws {
    try await Harness.run { harness in
      var names: Set<String> = []
      for _ in 0..<20 {
        let made = try await harness.create("configmaps", ["metadata": ["generateName": "job-"]])
        let name = try #require(made[path: "metadata", "name"]?.stringValue)
        #expect(name.count == 9 && name.hasPrefix("job-"))
        names.insert(name)
      }
      #expect(names.count == 20)
      // What depends on the name is filled in for a generated one as well.
      let namespace = try await harness.create("namespaces", ["metadata": ["generateName": "team-"]])
      let name = try #require(namespace[path: "metadata", "name"]?.stringValue)
      #expect(namespace[path: "metadata", "labels"]?["kubernetes.io/metadata.name"] == .string(name))
    }
  }

  @Test("an owner that is named twice in the same words is kept once, with a warning")
  func repeatedOwners() async throws {
    try await Harness.run { harness in
      func owner(_ name: String) -> JSONValue {
        ["apiVersion": "v1", "kind": "Pod", "name": .string(name), "uid": "u"]
      }
      var map = Sample.configMap("a")
      map["metadata"]?["ownerReferences"] = [owner("a"), owner("a"), owner("b")]
      let maps = harness["configmaps"]
      let warning =
        ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may "
        + "reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: [u]"
      let creation = WriteOptions(user: Harness.admin.user)
      let made = try await harness.registry.create(maps, namespace: "default", document: map, options: creation)
      var owners = try JSONValue(jsonBytes: made.object.json)[path: "metadata", "ownerReferences"]
      #expect(owners == [owner("a"), owner("b")])
      #expect(creation.warnings.all == [warning])
      map["metadata"]?["ownerReferences"] = [owner("b"), owner("b")]
      let update = WriteOptions(user: Harness.admin.user)
      let changed = try await harness.registry.update(
        maps, namespace: "default", name: "a", document: map, options: update)
      owners = try JSONValue(jsonBytes: changed.object.json)[path: "metadata", "ownerReferences"]
      #expect(owners == [owner("b")])
      #expect(update.warnings.all == [warning])
    }
  }

  @Test("a namespace has to exist and must not be terminating")
  func namespaces() async throws {
    try await Harness.run { harness in
      var error = await harness.failure { try await harness.create("pods", Sample.pod("a"), in: "nowhere") }
      #expect(error?.message == "namespaces \"nowhere\" not found")
      try await harness.create("namespaces", ["metadata": ["name": "team"]])
      try await harness.create("configmaps", Sample.configMap("a"), in: "team")
      let result = try await harness.delete("namespaces", "team")
      #expect(!result.removed)
      let namespace = try await harness.get("namespaces", "team")
      #expect(namespace[path: "status", "phase"] == "Terminating")
      error = await harness.failure { try await harness.create("configmaps", Sample.configMap("b"), in: "team") }
      #expect(error?.code == 403)
      #expect(error?.details?.causes.first?.reason == "NamespaceTerminating")
      // The namespace controller has emptied it and lets it go.
      try await harness.delete("configmaps", "a", in: "team")
      var final = namespace
      final["spec"] = [:]
      _ = try await harness.registry.updateSubresource(
        "finalize", of: harness["namespaces"], namespace: "", name: "team", document: final, options: Harness.admin)
      error = await harness.failure { _ = try await harness.get("namespaces", "team") }
      #expect(error?.reason == .notFound)
      error = await harness.failure { try await harness.delete("namespaces", "default") }
      #expect(error?.code == 403)
    }
  }

  @Test("nothing is made in a namespace that went away after it was looked at")
  func vanishingNamespace() async throws {
    try await Harness.run { harness in
      let storage = harness.storage
      func change(_ operation: StorageTransaction.Operation) {
        storage.beforeNextTransaction {
          _ = try? await storage.txn(StorageTransaction(compares: [], then: [operation], otherwise: []))
        }
      }
      try await harness.create("namespaces", ["metadata": ["name": "team"]])
      let key = "/registry/namespaces/team"
      let active = try #require(try await storage.range(.key(key)).keyValues.first).value
      // A change that leaves it open is no reason to refuse.
      change(.put(key: key, value: active))
      try await harness.create("configmaps", Sample.configMap("a"), in: "team")
      let text = String(decoding: active, as: UTF8.self).split(separator: "Active").joined(separator: "Terminating")
      change(.put(key: key, value: Array(text.utf8)))
      var error = await harness.failure { try await harness.create("configmaps", Sample.configMap("b"), in: "team") }
      #expect(error?.code == 403)
      #expect(error?.details?.causes.first?.reason == "NamespaceTerminating")
      _ = try await storage.txn(
        StorageTransaction(compares: [], then: [.put(key: key, value: active)], otherwise: []))
      // Counts before the name, which is taken.
      change(.delete(key: key))
      error = await harness.failure { try await harness.create("configmaps", Sample.configMap("a"), in: "team") }
      #expect(error?.message == "namespaces \"team\" not found")
      #expect(try await storage.range(.prefix("/registry/configmaps/team/")).count == 1)
    }
  }

  @Test("an update with an old resourceVersion is refused")
  func conflict() async throws {
    try await Harness.run { harness in
      let first = try await harness.create("configmaps", Sample.configMap("a"))
      var second = first
      second["data"] = ["x": "1"]
      try await harness.update("configmaps", second)
      var stale = first
      stale["data"] = ["x": "2"]
      let error = await harness.failure { try await harness.update("configmaps", stale) }
      #expect(error?.code == 409)
      #expect(
        error?.message
          == "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your "
          + "changes to the latest version and try again")
      stale["metadata"]?["resourceVersion"] = nil
      try await harness.update("configmaps", stale)
      #expect(try await harness.get("configmaps", "a")[path: "data", "x"] == "2")
    }
  }

  @Test("concurrent patches lose no update")
  func patches() async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { one in
      try await Harness.run(storage: storage, seed: 2) { two in
        try await one.create("configmaps", Sample.configMap("counter", data: ["n": "0"]))
        _ = try await two.get("configmaps", "counter")
        try await withThrowingTaskGroup(of: Void.self) { group in
          for index in 0..<40 {
            let harness = index % 2 == 0 ? one : two
            group.addTask {
              _ = try await harness.registry.patch(
                harness["configmaps"], namespace: "default", name: "counter", options: Harness.admin
              ) { current in
                var next = current
                let count = Int(current[path: "data", "n"]?.stringValue ?? "") ?? 0
                next["data"] = ["n": .string(String(count + 1))]
                return next
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(try await two.get("configmaps", "counter")[path: "data", "n"] == "40")
      }
    }
  }

  @Test("main resource and status do not touch each other; generations count the wanted state")
  func statusApart() async throws {
    try await Harness.run { harness in
      var made = try await harness.create("deployments", Sample.deployment("web"))
      #expect(made[path: "metadata", "generation"] == 1)
      #expect(made[path: "spec", "strategy", "rollingUpdate", "maxSurge"] == "25%")
      made["status"] = ["replicas": 7]
      made["spec"]?["replicas"] = 5
      let updated = try await harness.update("deployments", made)
      #expect(updated[path: "metadata", "generation"] == 2)
      #expect(updated[path: "status", "replicas"] == nil)
      var report = updated
      report["spec"]?["replicas"] = 1
      report["status"] = ["replicas": 5, "observedGeneration": 2]
      try await harness.updateStatus("deployments", report)
      let read = try await harness.get("deployments", "web")
      #expect(read[path: "spec", "replicas"] == 5)
      #expect(read[path: "status", "replicas"] == 5)
      #expect(read[path: "metadata", "generation"] == 2)
    }
  }

  @Test("an update that changes nothing writes nothing")
  func noChange() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("deployments", Sample.deployment("web"))
      let again = try await harness.update("deployments", made)
      #expect(again == made)
    }
  }

  @Test("dry runs answer as if, and write nothing")
  func dryRun() async throws {
    try await Harness.run { harness in
      var options = Harness.admin
      options.dryRun = true
      let before = try await harness.storage.currentRevision()
      let result = try await harness.registry.create(
        harness["services"], namespace: "default", document: Sample.service("a"), options: options)
      #expect(try JSONValue(jsonBytes: result.object.json)[path: "spec", "clusterIP"]?.stringValue?.isEmpty == false)
      #expect(try await harness.storage.currentRevision() == before)
      let error = await harness.failure { _ = try await harness.get("services", "a") }
      #expect(error?.reason == .notFound)
    }
  }

  @Test("scale reads and sets the replicas")
  func scale() async throws {
    try await Harness.run { harness in
      try await harness.create("deployments", Sample.deployment("web"))
      let resource = harness["deployments"]
      let object = try await harness.registry.getSubresource(
        "scale", of: resource, namespace: "default", name: "web")
      var scale = try JSONValue(jsonBytes: object.json)
      #expect(scale["kind"] == "Scale")
      #expect(scale[path: "spec", "replicas"] == 3)
      #expect(scale[path: "status", "selector"] == "app=web")
      scale["spec"] = ["replicas": 9]
      _ = try await harness.registry.updateSubresource(
        "scale", of: resource, namespace: "default", name: "web", document: scale, options: Harness.admin)
      #expect(try await harness.get("deployments", "web")[path: "spec", "replicas"] == 9)
    }
  }

  @Test("a pod is bound once")
  func binding() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("web-0"))
      func bind(_ node: String) async throws {
        _ = try await harness.registry.createSubresource(
          "binding", of: harness["pods"], namespace: "default", name: "web-0",
          document: ["target": ["kind": "Node", "name": .string(node)]], options: Harness.admin)
      }
      try await bind("n1")
      let pod = try await harness.get("pods", "web-0")
      #expect(pod[path: "spec", "nodeName"] == "n1")
      #expect(pod[path: "status", "conditions"]?.arrayValue?.first?["type"] == "PodScheduled")
      let error = await harness.failure { try await bind("n2") }
      #expect(error?.code == 409)
      #expect(error?.message.contains("already assigned to node \"n1\"") == true)
    }
  }

  @Test("a kubelet may only register itself, and make no pods")
  func nodes() async throws {
    try await Harness.run { harness in
      try await Self.createNode("n1", harness)
      let other = await harness.failure { try await Self.createNode("n2", harness) }
      #expect(other?.code == 403)
      let pod = await harness.failure {
        _ = try await harness.registry.create(
          harness["pods"], namespace: "default", document: Sample.pod("new", node: "n1"), options: Self.kubelet)
      }
      #expect(pod?.code == 403)
    }
  }

  @Test("a kubelet reports on, and deletes, only pods that are bound to it", arguments: ["n1", "n2"])
  func podsOfNodes(host: String) async throws {
    try await Harness.run { harness in
      var pod = try await harness.create("pods", Sample.pod("a", node: host))
      pod["status"] = ["phase": "Running"]
      let report = pod
      let status = await harness.failure {
        _ = try await harness.registry.updateSubresource(
          "status", of: harness["pods"], namespace: "default", name: "a", document: report, options: Self.kubelet)
      }
      #expect(status?.code == (host == "n1" ? nil : 403))
      let delete = await harness.failure {
        try await harness.delete("pods", "a", DeleteOptions(gracePeriodSeconds: 0, user: Self.kubelet.user))
      }
      #expect(delete?.code == (host == "n1" ? nil : 403))
    }
  }

  private static let kubelet = WriteOptions(
    user: UserInfo.authenticated(name: "system:node:n1", groups: [UserInfo.nodesGroup]))

  private static func createNode(_ name: String, _ harness: Harness) async throws {
    _ = try await harness.registry.create(
      harness["nodes"], namespace: "", document: ["metadata": ["name": .string(name)]], options: kubelet)
  }

  @Test("a PUT to a lease or a limit range that does not exist creates it")
  func createOnUpdate() async throws {
    try await Harness.run { harness in
      let lease: JSONValue = [
        "metadata": ["name": "n1"], "spec": ["holderIdentity": "n1", "leaseDurationSeconds": 40],
      ]
      let made = try await harness.update("leases", lease, in: "kube-node-lease")
      #expect(made[path: "spec", "holderIdentity"] == "n1")
      let error = await harness.failure { try await harness.update("leases", lease, in: "kube-node-lease") }
      #expect(error?.code == 422)
      let range = try await harness.update("limitranges", ["metadata": ["name": "limits"], "spec": ["limits": []]])
      #expect(range[path: "metadata", "uid"] != nil)
      let missing = await harness.failure { try await harness.update("configmaps", Sample.configMap("none")) }
      #expect(missing?.reason == .notFound)
    }
  }

  @Test("events are one store under two groups, and go away")
  func events() async throws {
    try await Harness.run { harness in
      try await harness.create(
        "events",
        [
          "metadata": ["name": "e1"], "involvedObject": ["kind": "Pod", "name": "web-0", "namespace": "default"],
          "reason": "Started", "message": "it runs", "type": "Normal", "count": 2,
        ])
      let modern = try #require(
        harness.registry.resource(group: "events.k8s.io", version: "v1", plural: "events"))
      let object = try await harness.registry.get(modern, namespace: "default", name: "e1")
      let document = try JSONValue(jsonBytes: object.json)
      #expect(document["apiVersion"] == "events.k8s.io/v1")
      #expect(document["note"] == "it runs")
      #expect(document[path: "regarding", "name"] == "web-0")
      #expect(document["deprecatedCount"] == 2)
      let cells = harness.registry.tableCells(of: object, in: modern)
      #expect(cells.count == harness.registry.tableColumns(of: modern).count)
      #expect(cells[3] == "pod/web-0")
      let picked = try await harness.list("events", ListOptions(fieldSelector: "involvedObject.name=web-0"))
      #expect(picked.objects.count == 1)
      harness.storage.advance(seconds: 3700)
      let error = await harness.failure { _ = try await harness.get("events", "e1") }
      #expect(error?.reason == .notFound)
    }
  }

  @Test("a foreign value is an error of that object only")
  func foreign() async throws {
    try await Harness.run { harness in
      try await harness.create("configmaps", Sample.configMap("good"))
      let protobuf: [UInt8] = [0x6b, 0x38, 0x73, 0x00, 0x0a, 0x01]
      _ = try await harness.storage.txn(
        StorageTransaction(
          compares: [],
          then: [
            .put(key: "/registry/configmaps/default/bad", value: protobuf),
            .put(key: "/registry/configmaps/default/worse", value: Array("{".utf8)),
            .put(
              key: "/registry/configmaps/default/byhand",
              value: Array(#"{"metadata":{"resourceVersion":"3","name":"byhand","namespace":"default"}}"#.utf8)),
          ], otherwise: []))
      let error = await harness.failure { _ = try await harness.get("configmaps", "bad") }
      #expect(error?.code == 500)
      #expect(error?.message.contains("protobuf") == true)
      let list = try await harness.list("configmaps")
      #expect(list.objects.map(\.name) == ["byhand", "good"])
      let byHand = try await harness.get("configmaps", "byhand")
      #expect(byHand[path: "metadata", "resourceVersion"] != "3")
    }
  }

  @Test("every served kind has columns for its cells")
  func tables() async throws {
    try await Harness.run { harness in
      try await harness.create("pods", Sample.pod("web-0"))
      try await harness.create("deployments", Sample.deployment("web"))
      try await harness.create("services", Sample.service("web", type: "NodePort"))
      try await harness.create("nodes", ["metadata": ["name": "n1"]])
      try await harness.create(
        "endpointslices",
        [
          "metadata": ["name": "s"], "addressType": "IPv4", "endpoints": [["addresses": ["10.0.0.1"]]],
          "ports": [["port": 80]],
        ])
      try await harness.create("secrets", ["metadata": ["name": "s"], "stringData": ["a": "b"]])
      harness.advance(90)
      for resource in harness.registry.resources {
        let list = try await harness.registry.list(resource, namespace: "")
        let columns = harness.registry.tableColumns(of: resource)
        for object in list.objects {
          #expect(harness.registry.tableCells(of: object, in: resource).count == columns.count, "\(resource.plural)")
        }
      }
      let pod = try await harness.registry.get(harness["pods"], namespace: "default", name: "web-0")
      let cells = harness.registry.tableCells(of: pod, in: harness["pods"])
      #expect(cells.prefix(5) == ["web-0", "0/1", "Pending", "0", "90s"])
    }
  }
}
