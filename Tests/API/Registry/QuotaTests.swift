import JSONDocument
import Registry
import StorageStandIn
import Testing

@Suite("Quotas")
struct QuotaTests {
  /// A quota as the quota controller leaves it.
  private static func quota(
    _ harness: Harness, _ name: String = "q", hard: JSONValue, used: [String: String] = [:], spec: JSONValue = [:]
  ) async throws {
    var spec = spec
    spec["hard"] = hard
    var quota = try await harness.create("resourcequotas", ["metadata": ["name": .string(name)], "spec": spec])
    var zeros: JSONValue = [:]
    for key in hard.objectValue?.keys ?? [] { zeros[key] = .string(used[key] ?? "0") }
    quota["status"] = ["hard": hard, "used": zeros]
    try await harness.updateStatus("resourcequotas", quota)
  }

  private static func used(_ harness: Harness, _ name: String = "q") async throws -> JSONValue? {
    try await harness.get("resourcequotas", name)[path: "status", "used"]
  }

  private static func pod(
    _ name: String, requests: JSONValue = [:], limits: JSONValue = [:], spec: JSONValue = [:]
  ) -> JSONValue {
    var pod = Sample.pod(name)
    for (key, value) in spec.objectValue?.members.map({ ($0.key, $0.value) }) ?? [] { pod["spec"]?[key] = value }
    pod["spec"]?["containers"] = [
      ["name": "c", "image": "i:1", "resources": ["requests": requests, "limits": limits]]
    ]
    return pod
  }

  @Test(
    "two front-ends that let in at once let in no more than there is", arguments: 1...4 as ClosedRange<UInt64>)
  func race(seed: UInt64) async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage, seed: seed) { one in
      try await Harness.run(storage: storage, seed: seed + 100) { two in
        try await Self.quota(one, hard: ["count/configmaps": "25", "configmaps": "30"])
        let made = await withTaskGroup(of: (String, APIError?).self) { group in
          for index in 0..<60 {
            let harness = index % 2 == 0 ? one : two
            group.addTask {
              let name = "m\(index)"
              return (name, await harness.failure { try await harness.create("configmaps", Sample.configMap(name)) })
            }
          }
          var made: [String] = []
          for await (name, error) in group {
            if let error {
              #expect(error.code == 403, "\(error)")
              #expect(
                error.message.contains("exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=25"))
            } else {
              made.append(name)
            }
          }
          return made
        }
        #expect(made.count == 25)
        let stored = try await one.list("configmaps").objects.map(\.name)
        #expect(Set(stored) == Set(made))
        #expect(try await Self.used(two) == ["configmaps": "25", "count/configmaps": "25"])
      }
    }
  }

  @Test("a write that fails, or is only tried, costs nothing")
  func nothingLeaks() async throws {
    try await Harness.run { harness in
      try await Self.quota(harness, hard: ["pods": "2"])
      try await harness.create("pods", Sample.pod("a"))
      let twice = await harness.failure { try await harness.create("pods", Sample.pod("a")) }
      #expect(twice?.reason == .alreadyExists)
      let dry = WriteOptions(dryRun: true, user: Harness.admin.user)
      for name in ["b", "c"] {
        _ = try await harness.registry.create(
          harness["pods"], namespace: "default", document: Sample.pod(name), options: dry)
      }
      #expect(try await Self.used(harness) == ["pods": "1"])
      try await harness.create("pods", Sample.pod("b"))
      let error = await harness.failure { try await harness.create("pods", Sample.pod("c")) }
      #expect(
        error?.message == "pods \"c\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2"
      )
      let tried = await harness.failure {
        _ = try await harness.registry.create(
          harness["pods"], namespace: "default", document: Sample.pod("c"), options: dry)
      }
      #expect(tried?.code == 403)
    }
  }

  @Test("what has been given back is seen by a front-end whose cache has not heard of it")
  func replenished() async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { one in
      try await Harness.run(storage: storage, seed: 2) { two in
        try await Self.quota(one, hard: ["pods": "1"])
        for index in 0..<20 {
          try await two.create("pods", Sample.pod("p\(index)"))
          var quota = try await one.get("resourcequotas", "q")
          quota["status"]?["used"]?["pods"] = "0"
          try await one.updateStatus("resourcequotas", quota)
        }
      }
    }
  }

  @Test("what pods compute with is counted, and has to be said")
  func compute() async throws {
    try await Harness.run { harness in
      try await Self.quota(
        harness,
        hard: [
          "requests.cpu": "1", "limits.memory": "1Gi", "requests.example.com/gpu": "2", "count/pods": "5",
        ])
      let silent = await harness.failure { try await harness.create("pods", Sample.pod("p")) }
      #expect(
        silent?.message
          == "pods \"p\" is forbidden: failed quota: q: must specify limits.memory for: web; requests.cpu for: web")
      try await harness.create(
        "pods",
        Self.pod(
          "a", requests: ["cpu": "600m", "example.com/gpu": "1"],
          limits: ["memory": "512Mi", "example.com/gpu": "1"]))
      #expect(
        try await Self.used(harness) == [
          "count/pods": "1", "limits.memory": "512Mi", "requests.cpu": "600m", "requests.example.com/gpu": "1",
        ])
      let error = await harness.failure {
        try await harness.create("pods", Self.pod("b", requests: ["cpu": "600m"], limits: ["memory": "513Mi"]))
      }
      #expect(
        error?.message
          == "pods \"b\" is forbidden: exceeded quota: q, requested: limits.memory=513Mi,requests.cpu=600m, "
          + "used: limits.memory=512Mi,requests.cpu=600m, limited: limits.memory=1Gi,requests.cpu=1")
    }
  }

  @Test("a quota without figures yet lets nothing in that it counts")
  func unknown() async throws {
    try await Harness.run { harness in
      var quota = try await harness.create(
        "resourcequotas", ["metadata": ["name": "q"], "spec": ["hard": ["pods": "1"]]])
      // Before the controller has seen it at all it does not count, as in Kubernetes.
      try await harness.create("pods", Sample.pod("a"))
      quota["status"] = ["hard": ["pods": "1"]]
      try await harness.updateStatus("resourcequotas", quota)
      let error = await harness.failure { try await harness.create("pods", Sample.pod("b")) }
      #expect(error?.message == "pods \"b\" is forbidden: status unknown for quota: q, resources: pods")
    }
  }

  @Test(
    "scopes say which pods are meant",
    arguments: [
      (["scopes": ["Terminating"]], ["activeDeadlineSeconds": 10], true), (["scopes": ["Terminating"]], [:], false),
      (["scopes": ["NotTerminating"]], [:], true), (["scopes": ["BestEffort"]], [:], true),
      (["scopes": ["NotBestEffort"]], [:], false),
      (
        [
          "scopeSelector": ["matchExpressions": [["scopeName": "PriorityClass", "operator": "In", "values": ["high"]]]]
        ],
        ["priorityClassName": "high"], true
      ),
      (
        ["scopeSelector": ["matchExpressions": [["scopeName": "PriorityClass", "operator": "In", "values": ["low"]]]]],
        ["priorityClassName": "high"], false
      ),
      (
        ["scopeSelector": ["matchExpressions": [["scopeName": "PriorityClass", "operator": "DoesNotExist"]]]], [:], true
      ),
      (
        ["scopes": ["CrossNamespacePodAffinity"]],
        [
          "affinity": [
            "podAffinity": [
              "requiredDuringSchedulingIgnoredDuringExecution": [
                ["topologyKey": "kubernetes.io/hostname", "namespaces": ["other"], "labelSelector": [:]]
              ]
            ]
          ]
        ], true
      ), (["scopes": ["CrossNamespacePodAffinity"]], [:], false),
    ] as [(JSONValue, JSONValue, Bool)])
  func scopes(quota: JSONValue, pod: JSONValue, counts: Bool) async throws {
    try await Harness.run { harness in
      let classes = try #require(
        harness.registry.resource(group: "scheduling.k8s.io", version: "v1", plural: "priorityclasses"))
      _ = try await harness.registry.create(
        classes, namespace: "", document: ["metadata": ["name": "high"], "value": 1], options: Harness.admin)
      try await Self.quota(harness, hard: ["pods": "9"], spec: quota)
      try await harness.create("pods", Self.pod("p", spec: pod))
      #expect(try await Self.used(harness) == ["pods": counts ? "1" : "0"])
    }
  }

  @Test("services, claims, and changes of them")
  func changes() async throws {
    try await Harness.run { harness in
      try await Self.quota(
        harness,
        hard: [
          "services": "5", "services.nodeports": "2", "services.loadbalancers": "1", "requests.storage": "10Gi",
          "persistentvolumeclaims": "2", "fast.storageclass.storage.k8s.io/requests.storage": "3Gi",
        ])
      var service = try await harness.create("services", Sample.service("s"))
      #expect(try await Self.used(harness)?["services.nodeports"] == "0")
      service["spec"]?["type"] = "NodePort"
      service = try await harness.update("services", service)
      #expect(try await Self.used(harness)?["services.nodeports"] == "1")
      let error = await harness.failure {
        try await harness.create("services", Sample.service("t", type: "LoadBalancer", ports: [80, 81]))
      }
      #expect(
        error?.message
          == "services \"t\" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: "
          + "services.nodeports=1, limited: services.nodeports=2")
      service["spec"]?["type"] = "ClusterIP"
      service["spec"]?["ports"] = [["name": "p80", "port": 80]]
      try await harness.update("services", service)
      #expect(try await Self.used(harness)?["services.nodeports"] == "0")
      let claim: JSONValue = [
        "metadata": ["name": "c"],
        "spec": [
          "accessModes": ["ReadWriteOnce"], "storageClassName": "fast",
          "resources": ["requests": ["storage": "2Gi"]],
        ],
      ]
      try await harness.create("persistentvolumeclaims", claim)
      #expect(try await Self.used(harness)?["requests.storage"] == "2Gi")
      #expect(try await Self.used(harness)?["fast.storageclass.storage.k8s.io/requests.storage"] == "2Gi")
      var second = claim
      second["metadata"] = ["name": "d"]
      let more = second
      let full = await harness.failure { try await harness.create("persistentvolumeclaims", more) }
      #expect(
        full?.message
          == "persistentvolumeclaims \"d\" is forbidden: exceeded quota: q, requested: "
          + "fast.storageclass.storage.k8s.io/requests.storage=2Gi, used: "
          + "fast.storageclass.storage.k8s.io/requests.storage=2Gi, limited: "
          + "fast.storageclass.storage.k8s.io/requests.storage=3Gi")
    }
  }
}
