import Access
import JSONDocument
import Registry
import StorageStandIn
import Testing

/// What the tables in `Cases/admission.json` cannot say: who asks, warnings, what lags behind.
@Suite("Admission")
struct AdmissionTests {
  private static let kubelet = UserInfo(name: "system:node:one", groups: [UserInfo.nodesGroup])

  // MARK: Service accounts

  @Test("a pod waits for the default account that is about to be made")
  func awaitsAccount() async throws {
    try await Harness.run { harness in
      try await harness.create("namespaces", ["metadata": ["name": "new"]])
      async let pod = harness.create("pods", Sample.pod("web"), in: "new")
      try await Task.sleep(for: .milliseconds(50))
      try await harness.create("serviceaccounts", ["metadata": ["name": "default"]], in: "new")
      #expect(try await pod[path: "spec", "serviceAccountName"] == "default")
      #expect(try await pod[path: "spec", "volumes"]?.arrayValue?.count == 1)
    }
  }

  @Test("what is not there yet for the cache of one front-end is looked for in the store")
  func freshClass() async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { one in
      try await Harness.run(storage: storage, seed: 2) { two in
        for index in 0..<20 {
          try await one.create(
            "serviceaccounts", ["metadata": ["name": .string("a\(index)")], "automountServiceAccountToken": false])
          var pod = Sample.pod("p\(index)")
          pod["spec"]?["serviceAccountName"] = .string("a\(index)")
          try await two.create("pods", pod)
        }
      }
    }
  }

  @Test("plug-ins can be left out")
  func disabled() async throws {
    try await Harness.run(configure: { $0.disabledAdmissionPlugins = ["ServiceAccount", "DefaultTolerationSeconds"] }) {
      harness in
      try await harness.create("namespaces", ["metadata": ["name": "new"]])
      let pod = try await harness.create("pods", Sample.pod("web"), in: "new")
      #expect(pod[path: "spec", "serviceAccountName"] == nil)
      #expect(pod[path: "spec", "tolerations"] == nil)
      #expect(pod[path: "spec", "priority"] == 0)
    }
  }

  // MARK: Kubelets

  private static func mirror(_ edits: [String: JSONValue] = [:]) throws -> JSONValue {
    var pod = Sample.pod("m", node: "one")
    pod["metadata"]?["annotations"] = ["kubernetes.io/config.mirror": "x"]
    pod["metadata"]?["ownerReferences"] = [
      ["apiVersion": "v1", "kind": "Node", "name": "one", "uid": "UID", "controller": true]
    ]
    for (pointer, value) in edits { try pod.set(pointer: pointer, value) }
    return pod
  }

  @Test(
    "kubelets make mirror pods of their own, which refer to nothing",
    arguments: [
      (
        ["/metadata/annotations": .null],
        "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"one\" can "
          + "only create mirror pods"
      ),
      (["/spec/nodeName": "two"], "node \"one\" can only create pods with spec.nodeName set to itself"),
      (["/metadata/ownerReferences": .null], "node \"one\" can only create pods with an owner reference set to itself"),
      (
        ["/metadata/ownerReferences/0/name": "two"],
        "node \"one\" can only create pods with an owner reference set to itself"
      ),
      (
        ["/metadata/ownerReferences/0/controller": .null],
        "node \"one\" can only create pods with a controller owner reference set to itself"
      ),
      (
        ["/metadata/ownerReferences/0/blockOwnerDeletion": true],
        "node \"one\" must not set blockOwnerDeletion on an owner reference"
      ),
      (["/metadata/ownerReferences/0/uid": "other"], "node one UID mismatch: expected other got …"),
      (
        ["/spec/volumes": [["name": "m", "configMap": ["name": "m"]]]],
        "node \"one\" can not create pods that reference configmaps"
      ),
      (
        ["/spec/volumes": [["name": "c", "persistentVolumeClaim": ["claimName": "c"]]]],
        "node \"one\" can not create pods that reference persistentvolumeclaims"
      ),
    ] as [([String: JSONValue], String)])
  func mirrors(edits: [String: JSONValue], refusal: String) async throws {
    try await Harness.run { harness in
      let node = try await harness.create("nodes", ["metadata": ["name": "one"]])
      let uid = node[path: "metadata", "uid"]?.stringValue ?? ""
      var pod = try Self.mirror()
      try pod.set(pointer: "/metadata/ownerReferences/0/uid", .string(uid))
      for (pointer, value) in edits { try pod.set(pointer: pointer, value) }
      let wanted = pod
      let error = await harness.failure {
        _ = try await harness.registry.create(
          harness["pods"], namespace: "default", document: wanted, options: WriteOptions(user: Self.kubelet))
      }
      let text = "pods \"m\" is forbidden: \(refusal)"
      #expect(
        text.hasSuffix("…") ? error?.message.hasPrefix(text.dropLast()) == true : error?.message == text,
        "\(error?.message ?? "nothing")")
    }
  }

  @Test("kubelets change their own node, but neither its taints nor labels that keep workloads apart")
  func ownNode() async throws {
    try await Harness.run { harness in
      let options = WriteOptions(user: Self.kubelet)
      func make(_ name: String, _ labels: JSONValue) async -> APIError? {
        await harness.failure {
          _ = try await harness.registry.create(
            harness["nodes"], namespace: "", document: ["metadata": ["name": .string(name), "labels": labels]],
            options: options)
        }
      }
      #expect(
        await make("two", [:])?.message == "nodes \"two\" is forbidden: node \"one\" is not allowed to modify node "
          + "\"two\"")
      #expect(
        await make("one", ["node-role.kubernetes.io/control-plane": "", "node-restriction.kubernetes.io/x": ""])?
          .message
          == "nodes \"one\" is forbidden: is not allowed to set the following labels: "
          + "node-restriction.kubernetes.io/x, node-role.kubernetes.io/control-plane")
      #expect(
        await make("one", ["kubernetes.io/hostname": "one", "kubelet.kubernetes.io/x": "", "rack": "7"]) == nil)
      func change(_ pointer: String, _ value: JSONValue) async -> String? {
        await harness.failure {
          _ = try await harness.registry.patch(
            harness["nodes"], namespace: "", name: "one", options: options
          ) { (node) throws(APIError) in
            var node = node
            do { try node.set(pointer: pointer, value) } catch { throw .badRequest("\(error)") }
            return node
          }
        }?.message
      }
      #expect(
        await change("/spec/taints", .null)
          == "nodes \"one\" is forbidden: node \"one\" is not allowed to modify taints")
      #expect(
        await change("/metadata/labels/node-role.kubernetes.io~1x", "")
          == "nodes \"one\" is forbidden: is not allowed to modify labels: node-role.kubernetes.io/x")
      #expect(await change("/metadata/labels/rack", "8") == nil)
    }
  }

  @Test("kubelets write the statuses of, delete and evict their own pods only")
  func ownPods() async throws {
    try await Harness.run { harness in
      for node in ["one", "two"] { try await harness.create("pods", Sample.pod("on-\(node)", node: node)) }
      func status(_ name: String) async -> String? {
        await harness.failure {
          var pod = try await harness.get("pods", name)
          pod["status"]?["phase"] = "Running"
          _ = try await harness.registry.updateSubresource(
            "status", of: harness["pods"], namespace: "default", name: name, document: pod,
            options: WriteOptions(user: Self.kubelet))
        }?.message
      }
      #expect(await status("on-one") == nil)
      #expect(
        await status("on-two") == "pods \"on-two\" is forbidden: node \"one\" can only update pod status for pods with "
          + "spec.nodeName set to itself")
      let error = await harness.failure {
        try await harness.delete("pods", "on-two", DeleteOptions(user: Self.kubelet))
      }
      #expect(
        error?.message == "pods \"on-two\" is forbidden: node \"one\" can only delete pods with spec.nodeName set to "
          + "itself")
      let eviction = await harness.failure {
        _ = try await harness.registry.createSubresource(
          "eviction", of: harness["pods"], namespace: "default", name: "on-two",
          document: ["metadata": ["name": "on-two"]], options: WriteOptions(user: Self.kubelet))
      }
      #expect(
        eviction?.message == "pods \"on-two\" is forbidden: node \"one\" can only evict pods with spec.nodeName set to "
          + "itself")
    }
  }

  @Test("kubelets make leases and CSINodes of their own node only, and no claims")
  func ownNames() async throws {
    try await Harness.run { harness in
      func failure(_ group: String, _ plural: String, _ name: String, in namespace: String) async throws -> String? {
        let resource = try #require(harness.registry.resource(group: group, version: "v1", plural: plural))
        let spec: JSONValue =
          plural == "persistentvolumeclaims"
          ? ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]]] : [:]
        let document: JSONValue = ["metadata": ["name": .string(name)], "spec": spec]
        let error = await harness.failure {
          _ = try await harness.registry.create(
            resource, namespace: namespace, document: document, options: WriteOptions(user: Self.kubelet))
        }
        return error?.message
      }
      let leases = "coordination.k8s.io"
      let elsewhere = try await failure(leases, "leases", "one", in: "default")
      #expect(
        elsewhere == "leases.coordination.k8s.io \"one\" is forbidden: can only access leases in the "
          + "\"kube-node-lease\" system namespace")
      let foreign = try await failure(leases, "leases", "two", in: "kube-node-lease")
      #expect(foreign?.hasSuffix("can only access node lease with the same name as the requesting node") == true)
      let own = try await failure(leases, "leases", "one", in: "kube-node-lease")
      #expect(own == nil)
      let drivers = try await failure("storage.k8s.io", "csinodes", "two", in: "")
      #expect(drivers?.hasSuffix("can only access CSINode with the same name as the requesting node") == true)
      let claim = try await failure("", "persistentvolumeclaims", "c", in: "default")
      #expect(claim?.hasSuffix("unexpected operation \"CREATE\"") == true)
    }
  }

  // MARK: Pod security

  @Test("warnings come with the answer, for pods and for what makes them", arguments: ["pods", "deployments"])
  func warnings(plural: String) async throws {
    try await Harness.run { harness in
      try await harness.create(
        "namespaces",
        ["metadata": ["name": "watched", "labels": ["pod-security.kubernetes.io/warn": "baseline"]]])
      try await harness.create("serviceaccounts", ["metadata": ["name": "default"]], in: "watched")
      var document = plural == "pods" ? Sample.pod("web") : Sample.deployment("web")
      try document.set(pointer: plural == "pods" ? "/spec/hostNetwork" : "/spec/template/spec/hostNetwork", true)
      let options = WriteOptions(user: Harness.admin.user)
      _ = try await harness.registry.create(
        harness[plural], namespace: "watched", document: document, options: options)
      #expect(
        options.warnings.all == ["would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)"])
    }
  }

  private static func workload(_ plural: String) -> JSONValue {
    let template: JSONValue = [
      "metadata": ["labels": ["app": "web"]],
      "spec": [
        "hostNetwork": true, "containers": [["name": "c", "image": "i:1"]],
        "restartPolicy": .string(["jobs", "cronjobs"].contains(plural) ? "Never" : "Always"),
      ],
    ]
    let spec: JSONValue
    switch plural {
    case "podtemplates": return ["metadata": ["name": "w"], "template": template]
    case "replicationcontrollers": spec = ["selector": ["app": "web"], "template": template]
    case "jobs": spec = ["template": template]
    case "cronjobs": spec = ["schedule": "0 * * * *", "jobTemplate": ["spec": ["template": template]]]
    default: spec = ["selector": ["matchLabels": ["app": "web"]], "serviceName": "w", "template": template]
    }
    return ["metadata": ["name": "w"], "spec": spec]
  }

  @Test(
    "there are warnings of everything that makes pods",
    arguments: [
      ("", "podtemplates"), ("", "replicationcontrollers"), ("apps", "deployments"), ("apps", "replicasets"),
      ("apps", "daemonsets"), ("apps", "statefulsets"), ("batch", "jobs"), ("batch", "cronjobs"),
    ])
  func warningsOfWorkloads(group: String, plural: String) async throws {
    try await Harness.run { harness in
      try await harness.create(
        "namespaces",
        ["metadata": ["name": "watched", "labels": ["pod-security.kubernetes.io/warn": "baseline"]]])
      let resource = try #require(harness.registry.resource(group: group, version: "v1", plural: plural))
      let options = WriteOptions(user: Harness.admin.user)
      _ = try await harness.registry.create(
        resource, namespace: "watched", document: Self.workload(plural), options: options)
      #expect(
        options.warnings.all == ["would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)"])
    }
  }

  @Test("a namespace that becomes stricter tells of the pods that it has")
  func stricter() async throws {
    try await Harness.run { harness in
      for name in ["a", "b"] {
        var pod = Sample.pod(name)
        pod["spec"]?["hostPID"] = true
        try await harness.create("pods", pod)
      }
      // What is told of the pods that are there is what the cache shows.
      _ = try await harness.list("pods")
      let options = WriteOptions(user: Harness.admin.user)
      _ = try await harness.registry.patch(
        harness["namespaces"], namespace: "", name: "default", options: options
      ) { (namespace) throws(APIError) in
        var namespace = namespace
        namespace["metadata"]?["labels"]?["pod-security.kubernetes.io/enforce"] = "baseline"
        return namespace
      }
      #expect(
        options.warnings.all == [
          "existing pods in namespace \"default\" violate the new PodSecurity enforce level \"baseline:latest\"",
          "a (and 1 other pod): host namespaces",
        ])
    }
  }
}
