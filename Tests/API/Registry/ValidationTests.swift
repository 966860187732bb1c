import JSONDocument
import Registry
import SeededNumbers
import Testing

@Suite("Validation")
struct ValidationTests {
  /// One thing that is wrong with a document, and the fields that the error must name.
  struct Case: Sendable, CustomTestStringConvertible {
    var plural: String
    var name: String
    var document: JSONValue
    var fields: [String]
    var testDescription: String { "\(plural): \(name)" }

    init(_ plural: String, _ name: String, _ document: JSONValue, _ fields: String...) {
      self.plural = plural
      self.name = name
      self.document = document
      self.fields = fields
    }
  }

  private static func container(_ change: (inout JSONValue) -> Void) -> JSONValue {
    var pod = Sample.pod("a")
    var container: JSONValue = ["name": "web", "image": "web:1"]
    change(&container)
    pod["spec"]?["containers"] = [container]
    return pod
  }

  private static func spec(_ document: JSONValue, _ key: String, _ value: JSONValue?) -> JSONValue {
    var document = document
    document["spec"]?[key] = value
    return document
  }

  static let cases: [Case] = [
    Case("pods", "name in capitals", Sample.pod("Web"), "metadata.name"),
    Case("pods", "no name", ["spec": ["containers": [["name": "a", "image": "b"]]]], "metadata.name"),
    Case("pods", "no containers", ["metadata": ["name": "a"], "spec": ["containers": []]], "spec.containers"),
    Case("pods", "no image", container { $0["image"] = nil }, "spec.containers[0].image"),
    Case("pods", "no container name", container { $0["name"] = nil }, "spec.containers[0].name"),
    Case(
      "pods", "same name twice",
      spec(Sample.pod("a"), "containers", [["name": "a", "image": "x"], ["name": "a", "image": "y"]]),
      "spec.containers[1].name"),
    Case(
      "pods", "port out of range", container { $0["ports"] = [["containerPort": 70000]] },
      "spec.containers[0].ports[0].containerPort"),
    Case("pods", "unknown restart policy", spec(Sample.pod("a"), "restartPolicy", "Sometimes"), "spec.restartPolicy"),
    Case(
      "pods", "mount of no volume", container { $0["volumeMounts"] = [["name": "x", "mountPath": "/x"]] },
      "spec.containers[0].volumeMounts[0].name"),
    Case(
      "pods", "request over limit",
      container { $0["resources"] = ["requests": ["cpu": "2"], "limits": ["cpu": "1"]] },
      "spec.containers[0].resources.requests"),
    Case("pods", "bad label", Sample.pod("a", labels: ["a b": "c d"]), "metadata.labels", "metadata.labels"),
    Case(
      "pods", "several at once", ["metadata": ["name": "A"], "spec": ["containers": [["name": "B"]]]],
      "metadata.name", "spec.containers[0].name", "spec.containers[0].image"),
    Case("services", "no ports", spec(Sample.service("a"), "ports", []), "spec.ports"),
    Case("services", "name that begins with a digit", Sample.service("1a"), "metadata.name"),
    Case("services", "unknown type", Sample.service("a", type: "Magic"), "spec.type"),
    Case(
      "services", "two ports without names", spec(Sample.service("a"), "ports", [["port": 80], ["port": 81]]),
      "spec.ports[0].name", "spec.ports[1].name"),
    Case(
      "services", "node port of a ClusterIP", spec(Sample.service("a"), "ports", [["port": 80, "nodePort": 30001]]),
      "spec.ports[0].nodePort"),
    Case("services", "no address", spec(Sample.service("a"), "clusterIP", "10.0.0.256"), "spec.clusterIPs[0]"),
    Case(
      "deployments", "no selector", spec(Sample.deployment("a"), "selector", nil), "spec.selector",
      "spec.template.metadata.labels"),
    Case("deployments", "empty selector", spec(Sample.deployment("a"), "selector", [:]), "spec.selector"),
    Case(
      "deployments", "selector that does not match",
      spec(Sample.deployment("a"), "selector", ["matchLabels": ["app": "other"]]), "spec.template.metadata.labels"),
    Case("deployments", "negative replicas", spec(Sample.deployment("a"), "replicas", -1), "spec.replicas"),
    Case(
      "deployments", "no room to roll",
      spec(
        Sample.deployment("a"), "strategy",
        ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 0, "maxUnavailable": 0]]),
      "spec.strategy.rollingUpdate.maxUnavailable"),
    Case("configmaps", "bad key", Sample.configMap("a", data: ["a/b": "c"]), "data[a/b]"),
    Case(
      "secrets", "TLS without a key", ["metadata": ["name": "a"], "type": "kubernetes.io/tls"], "data[tls.crt]",
      "data[tls.key]"),
    Case(
      "endpointslices", "address of another family",
      ["metadata": ["name": "a"], "addressType": "IPv4", "endpoints": [["addresses": ["::1"]]]],
      "endpoints[0].addresses[0]"),
    Case(
      "leases", "no duration", ["metadata": ["name": "a"], "spec": ["leaseDurationSeconds": 0]],
      "spec.leaseDurationSeconds"),
    Case(
      "nodes", "taint without effect", ["metadata": ["name": "a"], "spec": ["taints": [["key": "x"]]]],
      "metadata.taints[0].effect"),
    Case("namespaces", "name with a dot", ["metadata": ["name": "a.b"]], "metadata.name"),
  ]

  @Test("keys of labels and annotations are taken exactly if they are qualified names")
  func qualifiedNames() async throws {
    let part = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
    let form = try Regex("(?:\(part)(?:\\.\(part))*/)?(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
    var random = SeededGenerator(seed: 5)
    let letters = ["a", "b", "0", "B", "-", ".", "/", "_", "é"]
    var keys = ["", "/", "a/", "/a", "a/b/c", "a..b/c", "a.-b/c", "a-.b/c", "-a/c", "a-/c", "a.b-c.d/e_f.G", "A/b"]
    for _ in 0..<300 {
      keys.append(
        (0..<Int.random(in: 1...7, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }.joined())
    }
    keys.append(String(repeating: "a", count: 63))
    keys.append(String(repeating: "a", count: 64))
    let taken = try keys.map { try form.wholeMatch(in: $0) != nil && $0.utf8.count < 64 }
    // The prefix of an annotation's key may be in capitals.
    let takenInLowerCase = try keys.map { try form.wholeMatch(in: $0.lowercased()) != nil && $0.utf8.count < 64 }
    let all = keys
    try await Harness.run { harness in
      var trial = Harness.admin
      trial.dryRun = true
      for (key, expected) in zip(all, zip(taken, takenInLowerCase)) {
        for (member, isTaken) in [("labels", expected.0), ("annotations", expected.1)] {
          var map = Sample.configMap("m")
          map["metadata"]?[member] = .object([key: "v"])
          let error = await harness.failure {
            _ = try await harness.registry.create(
              harness["configmaps"], namespace: "default", document: map, options: trial)
          }
          #expect((error == nil) == isTaken, "\(member) \(key): \(error?.message ?? "taken")")
        }
      }
    }
  }

  @Test("everything wrong is said at once, with its path", arguments: cases)
  func refused(_ wrong: Case) async throws {
    try await Harness.run { harness in
      let error = await harness.failure { try await harness.create(wrong.plural, wrong.document) }
      #expect(error?.code == 422)
      #expect(error?.reason == .invalid)
      #expect(error?.details?.causes.map(\.field) == wrong.fields)
    }
  }

  @Test(
    "an endpoint's address means the same on every node",
    arguments: [
      ("10.9.8.7", true), ("2001:db8::1", false), ("0.0.0.0", true), ("127.0.0.1", true), ("127.200.1.1", true),
      ("169.254.169.254", true), ("224.0.0.5", true), ("::", false), ("::1", false), ("fe80::1", false),
      ("febf::1", false), ("ff02::1", false), ("::ffff:7f00:1", false), ("::ffff:a09:807", false), ("1.2.3", true),
    ])
  func endpointAddresses(address: String, isIPv4: Bool) async throws {
    try await Harness.run { harness in
      let slice: JSONValue = [
        "metadata": ["name": "a"], "addressType": isIPv4 ? "IPv4" : "IPv6",
        "endpoints": [["addresses": [.string(address)]]], "ports": [],
      ]
      let endpoints: JSONValue = [
        "metadata": ["name": "a"],
        "subsets": [["notReadyAddresses": [["ip": .string(address)]], "ports": [["port": 80]]]],
      ]
      let fine = ["10.9.8.7", "2001:db8::1"].contains(address)
      let inSlice = await harness.failure { try await harness.create("endpointslices", slice) }
      #expect(inSlice?.code == (fine ? nil : 422))
      #expect(inSlice?.details?.causes.map(\.field) == (fine ? nil : ["endpoints[0].addresses[0]"]))
      // The older kind says nothing of the family: an embedded address counts as the IPv4 address that it is.
      let open = fine || address == "::ffff:a09:807"
      let inEndpoints = await harness.failure { try await harness.create("endpoints", endpoints) }
      #expect(inEndpoints?.code == (open ? nil : 422))
      #expect(inEndpoints?.details?.causes.map(\.field) == (open ? nil : ["subsets[0].notReadyAddresses[0].ip"]))
    }
  }

  @Test("messages are worded as Kubernetes words them")
  func wording() async throws {
    try await Harness.run { harness in
      var deployment = Sample.deployment("x")
      deployment["spec"]?["template"]?["spec"] = ["containers": [["name": "web"]]]
      let error = await harness.failure { try await harness.create("deployments", deployment) }
      #expect(
        error?.message == "Deployment.apps \"x\" is invalid: spec.template.spec.containers[0].image: Required value")
      let status = try #require(error).status
      #expect(status["kind"] == "Status")
      #expect(status["code"] == 422)
      #expect(status[path: "details", "causes"]?.arrayValue?.first?["reason"] == "FieldValueRequired")
      let type = await harness.failure {
        try await harness.create("pods", ["metadata": ["name": "a"], "spec": ["containers": "none"]])
      }
      #expect(type?.code == 400)
      let list = await harness.failure { try await harness.create("pods", []) }
      #expect(list?.code == 400)
      let kind = await harness.failure { try await harness.create("pods", ["kind": "Service"]) }
      #expect(kind?.code == 400)
    }
  }

  @Test("what may not change does not change")
  func immutable() async throws {
    try await Harness.run { harness in
      var pod = try await harness.create("pods", Sample.pod("a"))
      pod["spec"]?["containers"] = [["name": "web", "image": "web:2"]]
      pod = try await harness.update("pods", pod)
      #expect(pod[path: "spec", "containers"]?.arrayValue?.first?["image"] == "web:2")
      var moved = pod
      moved["spec"]?["nodeName"] = "n2"
      #expect(await harness.failure { try await harness.update("pods", moved) }?.code == 422)
      let deployment = try await harness.create("deployments", Sample.deployment("a"))
      var other = Self.spec(deployment, "selector", ["matchLabels": ["app": "other"]])
      other["spec"]?["template"]?["metadata"] = ["labels": ["app": "other"]]
      let error = await harness.failure { try await harness.update("deployments", other) }
      #expect(error?.details?.causes.map(\.field) == ["spec.selector"])
      var secret = try await harness.create("secrets", ["metadata": ["name": "s"], "stringData": ["a": "b"]])
      #expect(secret[path: "data", "a"] == "Yg==")
      #expect(secret["stringData"] == nil)
      secret["type"] = "example.com/other"
      #expect(await harness.failure { try await harness.update("secrets", secret) }?.code == 422)
      var map = try await harness.create("configmaps", ["metadata": ["name": "m"], "immutable": true])
      map["data"] = ["a": "b"]
      #expect(await harness.failure { try await harness.update("configmaps", map) }?.code == 422)
    }
  }
}
