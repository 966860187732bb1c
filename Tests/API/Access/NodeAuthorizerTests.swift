import Access
import JSONDocument
import KubernetesAPI
import Synchronization
import Testing

@Suite("What a kubelet may do")
struct NodeAuthorizerTests {
  static func pod(
    _ name: String, in namespace: String = "shop", on node: String, uid: String = "1",
    _ change: (inout CoreV1.PodSpec) -> Void = { _ in }
  ) -> CoreV1.Pod {
    var pod = CoreV1.Pod(metadata: meta(name, in: namespace, uid: uid))
    pod.spec.nodeName = node
    change(&pod.spec)
    return pod
  }

  static func volume(_ name: String, claim: String, secret: String) -> CoreV1.PersistentVolume {
    var volume = CoreV1.PersistentVolume(metadata: meta(name))
    volume.spec.claimRef = .init(namespace: "shop", name: claim)
    volume.spec.csi = .init(nodePublishSecretRef: .init(name: secret, namespace: "vault"))
    return volume
  }

  static let graph = graph { $0 }

  /// - Parameter seen: what the graph is told of a pod.
  static func graph(_ seen: (CoreV1.Pod) throws -> CoreV1.Pod) rethrows -> NodeGraph {
    var graph = NodeGraph()
    try graph.set(
      seen(
        pod("web", on: "n1") { spec in
          spec.serviceAccountName = "runner"
          spec.imagePullSecrets = [.init(name: "pull")]
          var container = CoreV1.Container(name: "c")
          container.envFrom = [.init(secretRef: .init(name: "env-all")), .init(configMapRef: .init(name: "map-all"))]
          container.env = [
            .init(name: "A", valueFrom: .init(secretKeyRef: .init(name: "env-key"))),
            .init(name: "B", valueFrom: .init(configMapKeyRef: .init(name: "map-key"))),
          ]
          spec.containers = [container]
          var first = CoreV1.Container(name: "i")
          first.env = [.init(name: "A", valueFrom: .init(secretKeyRef: .init(name: "env-init")))]
          spec.initContainers = [first]
          spec.ephemeralContainers = [
            .init(name: "d", env: [.init(name: "A", valueFrom: .init(secretKeyRef: .init(name: "env-debug")))])
          ]
          spec.volumes = [
            .init(name: "s", secret: .init(secretName: "vol")), .init(name: "m", configMap: .init(name: "vol-map")),
            .init(
              name: "p",
              projected: .init(sources: [
                .init(secret: .init(name: "proj")), .init(configMap: .init(name: "proj-map")),
              ])),
            .init(name: "c", persistentVolumeClaim: .init(claimName: "data")),
            .init(name: "e", ephemeral: .init()),
          ]
        }))
    try graph.set(seen(pod("other", on: "n2") { $0.imagePullSecrets = [.init(name: "theirs")] }))
    try graph.set(seen(pod("waiting", on: "") { $0.imagePullSecrets = [.init(name: "nobodys")] }))
    graph.set(volume("pv-data", claim: "data", secret: "disk"))
    graph.set(volume("pv-other", claim: "elsewhere", secret: "disk-other"))
    var attachment = StorageV1.VolumeAttachment(metadata: meta("va1"))
    attachment.spec.nodeName = "n1"
    graph.set(attachment)
    var mirror = pod("mirror", on: "n1") { $0.imagePullSecrets = [.init(name: "by-mirror")] }
    mirror.metadata.annotations = ["kubernetes.io/config.mirror": "x"]
    try graph.set(seen(mirror))
    return graph
  }

  static let lease = "coordination.k8s.io"
  static let decisions: [(AccessAttributes, Bool)] = [
    (on("get", "secrets", in: "shop", name: "pull"), true), (on("get", "secrets", in: "shop", name: "env-all"), true),
    (on("get", "secrets", in: "shop", name: "env-key"), true),
    (on("get", "secrets", in: "shop", name: "env-init"), true),
    (on("get", "secrets", in: "shop", name: "env-debug"), true),
    (on("watch", "secrets", in: "shop", name: "vol"), true), (on("list", "secrets", in: "shop", name: "proj"), true),
    // Through the claim and its volume; the secret lies elsewhere.
    (on("get", "secrets", in: "vault", name: "disk"), true), (on("get", "secrets", in: "shop", name: "disk"), false),
    (on("get", "secrets", in: "vault", name: "disk-other"), false),
    (on("get", "secrets", in: "shop", name: "theirs"), false),
    (on("get", "secrets", in: "shop", name: "nobodys"), false),
    (on("get", "secrets", in: "shop", name: "by-mirror"), false),
    (on("get", "secrets", in: "other", name: "pull"), false),
    (on("list", "secrets", in: "shop"), false), (on("list", "secrets"), false),
    (on("update", "secrets", in: "shop", name: "pull"), false), (on("create", "secrets", in: "shop"), false),
    (on("get", "configmaps", in: "shop", name: "map-all"), true),
    (on("get", "configmaps", in: "shop", name: "map-key"), true),
    (on("get", "configmaps", in: "shop", name: "vol-map"), true),
    (on("get", "configmaps", in: "shop", name: "proj-map"), true),
    (on("get", "configmaps", in: "shop", name: "pull"), false), (on("list", "configmaps", in: "shop"), false),
    (on("get", "persistentvolumeclaims", in: "shop", name: "data"), true),
    (on("get", "persistentvolumeclaims", in: "shop", name: "web-e"), true),
    (on("get", "persistentvolumeclaims", in: "shop", name: "elsewhere"), false),
    (on("list", "persistentvolumeclaims", in: "shop"), false),
    (on("patch", "persistentvolumeclaims", sub: "status", in: "shop", name: "data"), true),
    (on("patch", "persistentvolumeclaims", in: "shop", name: "data"), false),
    (on("get", "persistentvolumes", name: "pv-data"), true), (on("get", "persistentvolumes", name: "pv-other"), false),
    (on("list", "persistentvolumes"), false), (on("get", "persistentvolumes", name: "none"), false),
    (on("get", "volumeattachments", group: "storage.k8s.io", name: "va1"), true),
    (on("get", "volumeattachments", group: "storage.k8s.io", name: "va2"), false),
    (on("create", "serviceaccounts", sub: "token", in: "shop", name: "runner"), true),
    (on("create", "serviceaccounts", sub: "token", in: "shop", name: "default"), false),
    (on("create", "serviceaccounts", sub: "token", in: "other", name: "runner"), false),
    (on("get", "serviceaccounts", in: "shop", name: "runner"), true),
    (on("list", "serviceaccounts", in: "shop"), false),
    (on("update", "leases", group: lease, in: "kube-node-lease", name: "n1"), true),
    (on("create", "leases", group: lease, in: "kube-node-lease"), true),
    (on("create", "leases", group: lease, in: "kube-node-lease", name: "n2"), false),
    (on("get", "leases", group: lease, in: "kube-node-lease", name: "n2"), false),
    (on("list", "leases", group: lease, in: "kube-node-lease"), false),
    (on("get", "leases", group: lease, in: "kube-system", name: "n1"), false),
    (on("patch", "csinodes", group: "storage.k8s.io", name: "n1"), true),
    (on("patch", "csinodes", group: "storage.k8s.io", name: "n2"), false),
    (on("create", "nodes"), true), (on("watch", "nodes"), true),
    (on("patch", "nodes", sub: "status", name: "n1"), true),
    (on("patch", "nodes", sub: "status", name: "n2"), false), (on("update", "nodes", name: "n2"), false),
    (on("delete", "nodes", name: "n1"), false), (on("create", "nodes", name: "n2"), false),
    (on("watch", "pods", fields: ["spec.nodeName": "n1"]), true), (on("list", "pods"), false),
    (on("list", "pods", fields: ["spec.nodeName": "n2"]), false), (on("list", "pods", in: "shop"), false),
    (on("get", "pods", in: "shop", name: "web"), true), (on("get", "pods", in: "shop", name: "other"), false),
    (on("get", "pods", in: "shop", name: "waiting"), false), (on("get", "pods", in: "shop", name: "unknown"), true),
    (on("watch", "pods", in: "shop", name: "web"), true),
    (on("patch", "pods", sub: "status", in: "shop", name: "web"), true),
    (on("delete", "pods", in: "shop", name: "web"), true),
    (on("create", "pods", in: "shop"), true), (on("create", "pods", sub: "eviction", in: "shop", name: "web"), true),
    (on("create", "pods", sub: "binding", in: "shop", name: "web"), false),
    (on("create", "pods", sub: "exec", in: "shop", name: "web"), false),
    (on("update", "pods", in: "shop", name: "web"), false),
    (on("deletecollection", "pods", in: "shop"), false),
    (on("create", "events", in: "shop"), true),
    (on("patch", "events", group: "events.k8s.io", in: "shop", name: "a"), true),
    (on("list", "services"), true), (on("list", "runtimeclasses", group: "node.k8s.io"), true),
    (on("create", "certificatesigningrequests", group: "certificates.k8s.io"), true),
    (on("update", "certificatesigningrequests", group: "certificates.k8s.io", sub: "approval", name: "a"), false),
    (on("create", "tokenreviews", group: "authentication.k8s.io"), true),
    (on("create", "subjectaccessreviews", group: "authorization.k8s.io"), true),
    (on("list", "deployments", group: "apps"), false), (path("get", "/metrics"), false),
  ]

  @Test("each row", arguments: 0..<decisions.count)
  func row(_ index: Int) {
    let (attributes, allowed) = Self.decisions[index]
    #expect(NodeAuthorizer.opinion("n1", attributes, Self.graph).isAllowed == allowed, "\(attributes)")
  }

  @Test("the parts of pods that a front-end reads for the graph are all that it looks at")
  func parts() throws {
    let graph = try Self.graph { try CoreV1.Pod(referencesIn: $0.jsonBytes) }
    for (attributes, allowed) in Self.decisions {
      #expect(NodeAuthorizer.opinion("n1", attributes, graph).isAllowed == allowed, "\(attributes)")
    }
    for text in ["[]", "{\"metadata\":[]}", "{\"spec\":1}", "{\"spec\":{}", "{} {}"] {
      #expect(throws: JSONError.self, "\(text)") { try CoreV1.Pod(referencesIn: Array(text.utf8)) }
    }
  }

  @Test("a refusal says what is missing")
  func reasons() {
    #expect(
      NodeAuthorizer.opinion("n1", on("get", "secrets", in: "shop", name: "theirs"), Self.graph).reason
        == "no relationship found between node 'n1' and this object")
    #expect(
      NodeAuthorizer.opinion("n1", on("list", "pods"), Self.graph).reason
        == "can only list/watch pods with spec.nodeName field selector")
  }

  @Test("the graph forgets what a pod no longer brings")
  func changes() {
    var graph = NodeGraph()
    let secret = ObjectPlace(namespace: "shop", name: "s")
    func uses(_ name: String, on node: String, uid: String = "1") -> CoreV1.Pod {
      Self.pod(name, on: node, uid: uid) { $0.imagePullSecrets = [.init(name: "s")] }
    }
    graph.set(uses("a", on: "n1"))
    graph.set(uses("a", on: "n1"))
    graph.set(uses("b", on: "n1"))
    graph.removePod(ObjectPlace(namespace: "shop", name: "a"))
    graph.removePod(ObjectPlace(namespace: "shop", name: "a"))
    #expect(graph.reachesSecret(secret, from: "n1"))
    graph.set(uses("b", on: "n2", uid: "2"))
    #expect(!graph.reachesSecret(secret, from: "n1"))
    #expect(graph.reachesSecret(secret, from: "n2"))
    graph.set(Self.pod("b", on: "n2", uid: "2"))
    #expect(!graph.reachesSecret(secret, from: "n2"))
    graph.removePod(ObjectPlace(namespace: "shop", name: "b"))
    #expect(graph.sizes == (0, 0, 0))

    graph.set(
      Self.pod("c", on: "n1") { $0.volumes = [.init(name: "v", persistentVolumeClaim: .init(claimName: "data"))] })
    graph.set(Self.volume("pv", claim: "data", secret: "disk"))
    let disk = ObjectPlace(namespace: "vault", name: "disk")
    #expect(graph.reachesSecret(disk, from: "n1"))
    graph.set(Self.volume("pv", claim: "other", secret: "disk"))
    #expect(!graph.reachesSecret(disk, from: "n1"))
    graph.set(Self.volume("pv", claim: "data", secret: "disk2"))
    #expect(!graph.reachesSecret(disk, from: "n1"))
    #expect(graph.reachesVolume("pv", from: "n1"))
    graph.removeVolume("pv")
    #expect(!graph.reachesVolume("pv", from: "n1"))
    #expect(!graph.reachesAttachment("x", from: ""))
  }

  @Test("a pod is read when its node is asked about, and then as it is")
  func readingLate() {
    var graph = NodeGraph()
    let reads = Mutex(0)
    var changes: Int64 = 0
    func announce(_ name: String, on node: String, _ secret: String?, revision: Int64 = 0) {
      changes += 1
      let pod = Self.pod(name, on: node) { spec in
        if let secret { spec.imagePullSecrets = [.init(name: secret)] }
      }
      let revision = revision == 0 ? changes : revision
      graph.setPod(ObjectPlace(namespace: "shop", name: name), uid: "1", node: node, revision: revision) {
        reads.withLock { $0 += 1 }
        return secret == nil ? nil : pod
      }
    }
    func reaches(_ name: String) -> Bool {
      graph.reachesSecret(ObjectPlace(namespace: "shop", name: name), from: "n1")
    }
    announce("a", on: "n1", "old")
    announce("a", on: "n1", "new")
    announce("b", on: "n1", "gone")
    announce("c", on: "n2", "theirs")
    announce("d", on: "", "nobodys")
    graph.removePod(ObjectPlace(namespace: "shop", name: "b"))
    #expect(reads.withLock { $0 } == 0 && graph.sizes.pods == 3)
    #expect(graph.node(ofPod: ObjectPlace(namespace: "shop", name: "c")) == "n2")
    graph.readPods(of: "n1")
    #expect(reads.withLock { $0 } == 1)
    #expect(reaches("new") && !reaches("old") && !reaches("gone") && !reaches("theirs") && !reaches("nobodys"))
    graph.readPods(of: "n1")
    #expect(reads.withLock { $0 } == 1)
    // Until it is read again it counts as it was; one that cannot be read counts for nothing.
    announce("a", on: "n1", nil)
    #expect(reaches("new"))
    graph.readPods(of: "n1")
    #expect(!reaches("new") && graph.sizes == (3, 1, 0))
    // One that has gone to another node is at once nothing of the first one's.
    announce("a", on: "n1", "new")
    graph.readPods(of: "n1")
    announce("a", on: "n2", "new")
    graph.readPods(of: "n1")
    #expect(!reaches("new"))
    graph.readPods(of: "n2")
    #expect(graph.reachesSecret(ObjectPlace(namespace: "shop", name: "theirs"), from: "n2"))

    // What is told again is not read again.
    announce("e", on: "n1", "new", revision: 100)
    graph.readPods(of: "n1")
    let before = reads.withLock { $0 }
    announce("e", on: "n1", "new", revision: 100)
    graph.readPods(of: "n1")
    #expect(reads.withLock { $0 } == before && reaches("new"))
    // What changes while it is read stays unread, and what goes away meanwhile is gone.
    announce("e", on: "n1", "newer", revision: 101)
    announce("f", on: "n1", "gone", revision: 102)
    let read = graph.unreadPods(of: "n1").map { $0.reading() }
    announce("e", on: "n1", "newest", revision: 103)
    graph.removePod(ObjectPlace(namespace: "shop", name: "f"))
    graph.take(read)
    #expect(!reaches("newer") && !reaches("gone"))
    graph.readPods(of: "n1")
    #expect(reaches("newest") && graph.unreadPods(of: "n1").isEmpty)
  }

  @Test("whether a question is about what pods refer to")
  func references() {
    for (attributes, _) in Self.decisions where !NodeAuthorizer.looksAtReferences(attributes) {
      // Then the pods' references make no difference.
      let unread = Self.graph { pod in
        var bare = pod
        bare.spec = .init()
        bare.spec.nodeName = pod.spec.nodeName
        return bare
      }
      #expect(
        NodeAuthorizer.opinion("n1", attributes, unread).isAllowed
          == NodeAuthorizer.opinion("n1", attributes, Self.graph).isAllowed, "\(attributes)")
    }
    #expect(NodeAuthorizer.looksAtReferences(on("get", "secrets", in: "shop", name: "a")))
    #expect(!NodeAuthorizer.looksAtReferences(on("get", "pods", in: "shop", name: "a")))
  }

  @Test("a kubelet gets tokens only for pods of its own")
  func tokens() {
    let own = Self.pod("web", on: "n1", uid: "u")
    func spec(_ kind: String, _ uid: String) -> AuthenticationV1.TokenRequestSpec {
      .init(audiences: [], boundObjectRef: .init(kind: kind, apiVersion: "v1", name: "web", uid: uid))
    }
    #expect(NodeTokenRule.problem(spec("Pod", "u"), node: "n1", pod: own) == nil)
    #expect(NodeTokenRule.problem(spec("Pod", "u"), node: "n2", pod: own) != nil)
    #expect(NodeTokenRule.problem(spec("Pod", "other"), node: "n1", pod: own) != nil)
    #expect(NodeTokenRule.problem(spec("Pod", ""), node: "n1", pod: own) != nil)
    #expect(NodeTokenRule.problem(spec("Secret", "u"), node: "n1", pod: own) != nil)
    #expect(NodeTokenRule.problem(spec("Pod", "u"), node: "n1", pod: nil) != nil)
    #expect(NodeTokenRule.problem(.init(), node: "n1", pod: own) != nil)
  }

  @Test("a kubelet gets tokens only for whom its pods' volumes name")
  func audiences() {
    #expect(NodeTokenRule.audience([]) == "" && NodeTokenRule.audience(["a"]) == "a")
    #expect(NodeTokenRule.audience(["a", "b"]) == nil)
    var token = CoreV1.VolumeProjection()
    token.serviceAccountToken = .init(audience: "vault", path: "token")
    var volume = CoreV1.Volume()
    volume.projected = .init(sources: [token])
    let pod = Self.pod("web", on: "n1", uid: "u") { $0.volumes = [volume] }
    #expect(NodeTokenRule.isMounted("vault", in: pod))
    #expect(!NodeTokenRule.isMounted("", in: pod) && !NodeTokenRule.isMounted("bank", in: pod))
    #expect(!NodeTokenRule.isMounted("", in: Self.pod("web", on: "n1", uid: "u")))
  }
}

extension NodeGraph {
  private static let changes = Atomic<Int64>(0)

  /// A pod, read at once.
  fileprivate mutating func set(_ pod: CoreV1.Pod) {
    let place = ObjectPlace(namespace: pod.metadata.namespace, name: pod.metadata.name)
    let revision = Self.changes.add(1, ordering: .relaxed).newValue
    setPod(place, uid: pod.metadata.uid, node: pod.spec.nodeName, revision: revision) { pod }
    readPods(of: pod.spec.nodeName)
  }

  /// Reads what has changed of a node's pods.
  fileprivate mutating func readPods(of node: String) { take(unreadPods(of: node).map { $0.reading() }) }
}
