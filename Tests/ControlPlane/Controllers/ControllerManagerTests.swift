import ClusterClient
import ClusterStandIn
import ControllerKit
import Controllers
import KubernetesAPI
import Logging
import PodRules
import Synchronization
import Testing
import Waiting

/// All controllers over an API in memory, with nodes that only pretend: they bind and run whatever pod appears, and
/// remove what is deleted.
@Suite struct ControllerManagerTests {
  let cluster = InMemoryCluster()
  var client: ClusterClient { cluster.client }

  private final class Nodes: Sendable {
    /// Nodes that are dead: their Lease is not renewed, their pods do not move.
    private let dead = Mutex<Set<String>>([])
    func kill(_ name: String) { dead.withLock { _ = $0.insert(name) } }
    func lives(_ name: String) -> Bool { dead.withLock { !$0.contains(name) } }
  }

  /// How long a node may be silent, and how long a leader leads without renewing, where that is not the test's matter:
  /// a machine that stands still for some seconds must not look like a node or a leader that has died.
  private static let forever = Duration.seconds(600)
  private static let patient = LeaderElectionTiming(
    leaseDuration: forever, renewDeadline: .seconds(500), retryPeriod: .seconds(1))

  private func start(
    _ identity: String = "test", silence: Duration = Self.forever, election: LeaderElectionTiming = Self.patient
  ) throws -> Task<Void, any Error> {
    let options = ControllerManagerOptions(
      kubeconfig: "", identity: identity, election: election,
      nodes: NodeLifecycleOptions(period: .milliseconds(20), gracePeriod: silence, defaultToleration: .zero),
      clusterCIDR: "198.19.0.0/16")
    let process = try ControllerManagerProcess(options, client: client, logger: Logger(label: "test"))
    return Task { try await process.run() }
  }

  private func withCluster(
    nodes names: [String] = ["a", "b"], silence: Duration = Self.forever,
    election: LeaderElectionTiming = Self.patient, _ body: (Nodes) async throws -> Void
  ) async throws {
    for name in ["default", "kube-system", "kube-node-lease"] { try await namespace(name) }
    let nodes = Nodes()
    for name in names { try await register(name) }
    let agents = Task { await run(names, nodes) }
    let manager = try start(silence: silence, election: election)
    defer {
      agents.cancel()
      manager.cancel()
    }
    try await body(nodes)
    manager.cancel()
    agents.cancel()
    _ = await manager.result
    await agents.value
  }

  private func namespace(_ name: String) async throws {
    var namespace = CoreV1.Namespace()
    namespace.metadata.name = name
    namespace.spec.finalizers = ["kubernetes"]
    _ = try await client.create(namespace)
  }

  private func register(_ name: String) async throws {
    var node = CoreV1.Node()
    node.metadata.name = name
    node.status.conditions = [CoreV1.NodeCondition(type: "Ready", status: "True")]
    _ = try await client.create(node)
    var lease = CoordinationV1.Lease()
    lease.metadata.name = name
    lease.metadata.namespace = "kube-node-lease"
    lease.spec.renewTime = .now()
    _ = try await client.create(lease)
  }

  /// The pretending nodes.
  private func run(_ names: [String], _ nodes: Nodes) async {
    var turn = 0
    while !Task.isCancelled {
      for name in names where nodes.lives(name) {
        guard var lease = try? await client.get(CoordinationV1.Lease.self, name: name, namespace: "kube-node-lease")
        else { continue }
        lease.spec.renewTime = .now()
        _ = try? await client.update(lease)
      }
      for var pod in (try? await client.list(CoreV1.Pod.self).items) ?? [] {
        let (name, namespace) = (pod.metadata.name, pod.metadata.namespace)
        if pod.spec.nodeName.isEmpty {
          guard let node = names.filter(nodes.lives).dropFirst(turn % max(1, names.count(where: nodes.lives))).first
          else { continue }
          turn += 1
          try? await client.bind(pod: name, namespace: namespace, uid: pod.metadata.uid, to: node)
        } else if !nodes.lives(pod.spec.nodeName) {
          continue
        } else if pod.isTerminating {
          var options = MetaV1.DeleteOptions()
          options.gracePeriodSeconds = 0
          try? await client.delete(CoreV1.Pod.self, name: name, namespace: namespace, options: options)
        } else if !pod.isReady {
          pod.status.phase = "Running"
          pod.status.podIP = "10.0.0.\(UInt8.random(in: 1...250))"
          pod.status.conditions.set("Ready", "True", now: .now())
          _ = try? await client.updateStatus(pod)
        }
      }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  private func deployment(_ image: String = "web:1", replicas: Int32 = 3) -> AppsV1.Deployment {
    var deployment = AppsV1.Deployment()
    deployment.metadata.name = "web"
    deployment.metadata.namespace = "default"
    deployment.spec.replicas = replicas
    deployment.spec.selector = MetaV1.LabelSelector(matchLabels: ["app": "web"])
    deployment.spec.strategy.type = "RollingUpdate"
    deployment.spec.revisionHistoryLimit = 10
    deployment.spec.progressDeadlineSeconds = 600
    deployment.spec.template.metadata.labels = ["app": "web"]
    deployment.spec.template.spec.containers = [CoreV1.Container(name: "web", image: image)]
    return deployment
  }

  private func pods() async throws -> [CoreV1.Pod] {
    try await client.list(CoreV1.Pod.self, namespace: "default").items
  }

  private func current() async throws -> AppsV1.Deployment { try await client.get(name: "web", namespace: "default") }

  /// Changes the deployment, whose status may change meanwhile.
  private func change(_ edit: (inout AppsV1.Deployment) -> Void) async throws {
    try await eventually("the deployment is changed") {
      var deployment = try await current()
      edit(&deployment)
      do { _ = try await client.update(deployment) } catch {
        guard error.isConflict else { throw error }
        return false
      }
      return true
    }
  }

  private func settled(_ replicas: Int, image: String = "web:1") async throws -> Bool {
    let deployment = try await current()
    let pods = try await pods()
    return deployment.status.availableReplicas == replicas && deployment.status.updatedReplicas == replicas
      && deployment.status.replicas == replicas && pods.count == replicas
      && deployment.status.observedGeneration == deployment.metadata.generation
      && pods.allSatisfy { $0.spec.containers.first?.image == image && $0.isReady }
  }

  // MARK: Deployments

  @Test func deploymentsMakePodsAndScale() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      let sets = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items
      #expect(sets.count == 1)
      #expect(sets[0].metadata.annotations["deployment.kubernetes.io/revision"] == "1")
      let revision = try await current().metadata.annotations["deployment.kubernetes.io/revision"]
      #expect(revision == "1")
      #expect(sets[0].spec.selector?.matchLabels["pod-template-hash"] != nil)

      try await change { $0.spec.replicas = 7 }
      try await eventually("7 pods run") { try await settled(7) }
      try await change { $0.spec.replicas = 1 }
      try await eventually("1 pods run") { try await settled(1) }
      let setCount = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items.count
      #expect(setCount == 1)
    }
  }

  @Test func rollingUpdateAndRollback() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      try await change { $0.spec.template.spec.containers[0].image = "web:2" }
      var least = 3
      try await eventually("the new version runs") {
        least = min(least, try await pods().count { $0.isReady && !$0.isTerminating })
        return try await settled(3, image: "web:2")
      }
      #expect(least >= 3, "25 % of three, rounded down, may be missing: none")
      let revision = try await current().metadata.annotations["deployment.kubernetes.io/revision"]
      #expect(revision == "2")
      try await change { $0.spec.template.spec.containers[0].image = "web:1" }
      try await eventually("3 pods run") { try await settled(3) }
      let sets = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items
      #expect(sets.count == 2, "the old replica set is used again")
      let new = try #require(sets.first { $0.spec.replicas == 3 })
      #expect(new.metadata.annotations["deployment.kubernetes.io/revision"] == "3")
      #expect(new.metadata.annotations["deployment.kubernetes.io/revision-history"] == "1")
    }
  }

  @Test func recreateLeavesNoOverlap() async throws {
    try await withCluster { _ in
      var first = deployment()
      first.spec.strategy.type = "Recreate"
      _ = try await client.create(first)
      try await eventually("3 pods run") { try await settled(3) }
      try await change { $0.spec.template.spec.containers[0].image = "web:2" }
      var overlapped = false
      try await eventually("the new version runs") {
        let images = Set(try await pods().map { $0.spec.containers[0].image })
        if images.count > 1 { overlapped = true }
        return try await settled(3, image: "web:2")
      }
      #expect(!overlapped)
    }
  }

  @Test func deletedPodsAreReplacedAndStraysAdopted() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      let victim = try #require(try await pods().first)
      try await client.delete(CoreV1.Pod.self, name: victim.metadata.name, namespace: "default")
      try await eventually("the victim is replaced") {
        let replaced = try await pods().allSatisfy { $0.metadata.uid != victim.metadata.uid }
        return try await settled(3) && replaced
      }

      // A pod that is taken out by its labels is let go of and replaced.
      var stray = try #require(try await pods().first)
      stray.metadata.labels["app"] = "debug"
      _ = try await client.update(stray)
      try await eventually("one more pod than wanted") { try await pods().count == 4 }
      let free: CoreV1.Pod = try await client.get(name: stray.metadata.name, namespace: "default")
      try await eventually("the stray is free") {
        let free: CoreV1.Pod = try await client.get(name: free.metadata.name, namespace: "default")
        return free.metadata.ownerReferences.isEmpty
      }
    }
  }

  /// Creates whose answers are lost are not repeated blindly.
  @Test func lostAnswersMakeNoDuplicates() async throws {
    try await withCluster { _ in
      let lost = Atomic<Int>(0)
      cluster.intercept { request in
        guard request.method == .post, request.path.hasSuffix("/pods") else { return nil }
        return lost.add(1, ordering: .relaxed).oldValue < 3 ? .loseAnswer : nil
      }
      _ = try await client.create(deployment(replicas: 5))
      try await eventually("5 pods run") { try await settled(5) }
      let creates = cluster.requests.count { $0.method == .post && $0.path.hasSuffix("/pods") }
      #expect(creates == 5, "each pod was created once")
    }
  }

  /// Stopped and started again, and handed over: what exists is adopted.
  @Test func restartsMakeNoDuplicates() async throws {
    let election = LeaderElectionTiming(
      leaseDuration: .seconds(2), renewDeadline: .milliseconds(1500), retryPeriod: .milliseconds(100))
    try await withCluster(election: election) { _ in
      _ = try await client.create(deployment(replicas: 4))
      try await eventually("4 pods run") { try await settled(4) }
      let before = Set(try await pods().map(\.metadata.uid))
      let second = try start("second", election: election)
      defer { second.cancel() }
      for _ in 0..<3 {
        let term = terms
        // Whoever leads is cut off for longer than a lease: its time is over, and another term begins.
        cluster.intercept { $0.path.hasSuffix("/leases/kube-controller-manager") ? .unreachable : nil }
        try await Task.sleep(for: .seconds(2))
        cluster.intercept(nil)
        cluster.dropWatches()
        try await eventually("another term begins") { terms > term }
      }
      // The last term works, and has found what was there.
      try await change { $0.spec.replicas = 5 }
      try await eventually("5 pods run") { try await settled(5) }
      let after = Set(try await pods().map(\.metadata.uid))
      #expect(before.isSubset(of: after))
      let creates = cluster.requests.count { $0.method == .post && $0.path.hasSuffix("/pods") }
      #expect(creates == 5, "each pod was created once")
      second.cancel()
      _ = await second.result
    }
  }

  /// How many terms have begun: each lists each kind once, for its own caches.
  private var terms: Int {
    cluster.requests.count {
      $0.method == .get && $0.path == "/apis/apps/v1/deployments" && !$0.query.contains { $0.name == "watch" }
    }
  }

  // MARK: Nodes

  @Test func deadNodesPodsAreReplacedElsewhere() async throws {
    // So long that only the dead node falls silent, however slow the machine is.
    try await withCluster(silence: .seconds(8)) { nodes in
      var tolerant = deployment(replicas: 4)
      tolerant.spec.template.spec.tolerations = [
        CoreV1.Toleration(
          key: WellKnownTaint.unreachable, operator: "Exists", effect: "NoExecute", tolerationSeconds: 1),
        CoreV1.Toleration(key: WellKnownTaint.notReady, operator: "Exists", effect: "NoExecute", tolerationSeconds: 1),
      ]
      _ = try await client.create(tolerant)
      var service = CoreV1.Service()
      service.metadata.name = "web"
      service.metadata.namespace = "default"
      service.spec.selector = ["app": "web"]
      service.spec.ports = [CoreV1.ServicePort(port: 80, targetPort: .int(8080))]
      _ = try await client.create(service)
      try await eventually("4 pods run") { try await settled(4) }
      #expect(Set(try await pods().map(\.spec.nodeName)) == ["a", "b"])

      nodes.kill("a")
      try await eventually("the node is Unknown and tainted") {
        let node: CoreV1.Node = try await client.get(name: "a")
        return node.condition("Ready")?.status == "Unknown"
          && node.spec.taints.contains { $0.key == WellKnownTaint.unreachable && $0.effect == "NoExecute" }
      }
      try await eventually("four ready ones on the other node") {
        try await pods().count { $0.spec.nodeName == "b" && $0.isReady && $0.isActive } == 4
      }
      try await eventually("no endpoint on the dead node serves") {
        let slices = try await client.list(DiscoveryV1.EndpointSlice.self, namespace: "default").items
        let ready = slices.flatMap(\.endpoints).filter { $0.conditions.ready == true }
        return ready.count == 4 && ready.allSatisfy { $0.nodeName == "b" }
      }
      let stranded = try await pods().filter { $0.spec.nodeName == "a" }
      #expect(stranded.allSatisfy { $0.isTerminating })
      let other: CoreV1.Node = try await client.get(name: "b")
      #expect(other.spec.taints.isEmpty)
    }
  }

  @Test func nodesGetRangesOnce() async throws {
    try await withCluster(nodes: ["a", "b", "c"]) { _ in
      try await eventually("all nodes have a range") {
        try await client.list(CoreV1.Node.self).items.allSatisfy { !$0.spec.podCIDR.isEmpty }
      }
      let ranges = try await client.list(CoreV1.Node.self).items.map(\.spec.podCIDR)
      #expect(Set(ranges).count == 3)
      #expect(ranges.allSatisfy { $0.hasPrefix("198.19.") && $0.hasSuffix("/24") })
    }
  }

  // MARK: Ends

  @Test func ownedObjectsGoWithTheirOwner() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      try await client.delete(AppsV1.Deployment.self, name: "web", namespace: "default")
      try await eventually("all of it is collected") {
        let sets = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items
        let pods = try await pods()
        return sets.isEmpty && pods.isEmpty
      }
    }
  }

  @Test func orphansStay() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      try await client.delete(
        AppsV1.Deployment.self, name: "web", namespace: "default",
        options: MetaV1.DeleteOptions(propagationPolicy: "Orphan"))
      try await eventually("the deployment is gone") {
        try await client.find(AppsV1.Deployment.self, name: "web", namespace: "default") == nil
      }
      let sets = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items
      #expect(sets.count == 1)
      #expect(sets.first?.metadata.ownerReferences.isEmpty == true)
      // A new Deployment takes them over.
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      let uids = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items.map(\.metadata.uid)
      #expect(uids == sets.map(\.metadata.uid))
    }
  }

  @Test func foregroundWaitsForDependants() async throws {
    try await withCluster { _ in
      _ = try await client.create(deployment())
      try await eventually("3 pods run") { try await settled(3) }
      try await client.delete(
        AppsV1.Deployment.self, name: "web", namespace: "default",
        options: MetaV1.DeleteOptions(propagationPolicy: "Foreground"))
      try await eventually("the deployment is gone after what it owns") {
        guard try await client.find(AppsV1.Deployment.self, name: "web", namespace: "default") == nil else {
          return false
        }
        let setsAreGone = try await client.list(AppsV1.ReplicaSet.self, namespace: "default").items.isEmpty
        #expect(setsAreGone, "dependants first")
        return true
      }
      try await eventually("no pod is left") { try await pods().isEmpty }
    }
  }

  @Test func namespacesAreEmptied() async throws {
    try await withCluster { _ in
      try await namespace("work")
      try await eventually("the default account is there") {
        try await client.find(CoreV1.ServiceAccount.self, name: "default", namespace: "work") != nil
      }
      var map = CoreV1.ConfigMap()
      map.metadata.name = "m"
      map.metadata.namespace = "work"
      _ = try await client.create(map)
      var deployment = deployment()
      deployment.metadata.namespace = "work"
      _ = try await client.create(deployment)
      try await eventually("three pods are there") {
        try await client.list(CoreV1.Pod.self, namespace: "work").items.count == 3
      }
      try await client.delete(CoreV1.Namespace.self, name: "work")
      try await eventually("the namespace is gone") {
        try await client.find(CoreV1.Namespace.self, name: "work") == nil
      }
      let mapsAreGone = try await client.list(CoreV1.ConfigMap.self, namespace: "work").items.isEmpty
      #expect(mapsAreGone)
      let podsAreGone = try await client.list(CoreV1.Pod.self, namespace: "work").items.isEmpty
      #expect(podsAreGone)
      let deploymentsAreGone = try await client.list(AppsV1.Deployment.self, namespace: "work").items.isEmpty
      #expect(deploymentsAreGone)
    }
  }

  @Test func servicesGetTheirEndpoints() async throws {
    try await withCluster { _ in
      var service = CoreV1.Service()
      service.metadata.name = "web"
      service.metadata.namespace = "default"
      service.spec.selector = ["app": "web"]
      service.spec.ports = [CoreV1.ServicePort(port: 80, targetPort: .int(8080))]
      _ = try await client.create(service)
      _ = try await client.create(deployment())
      try await eventually("the endpoints are there") {
        let slices = try await client.list(DiscoveryV1.EndpointSlice.self, namespace: "default").items
        let endpoints = try await client.find(CoreV1.Endpoints.self, name: "web", namespace: "default")
        return slices.count == 1 && slices[0].endpoints.count { $0.conditions.ready == true } == 3
          && endpoints?.subsets.first?.addresses.isEmpty == false
      }
      try await client.delete(CoreV1.Service.self, name: "web", namespace: "default")
      try await eventually("the endpoints are gone") {
        let slices = try await client.list(DiscoveryV1.EndpointSlice.self, namespace: "default").items
        let endpoints = try await client.find(CoreV1.Endpoints.self, name: "web", namespace: "default")
        return slices.isEmpty && endpoints == nil
      }
    }
  }

  // MARK: Failures that last

  private final class Refusals: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }

    /// Refuses all pods, each with a message of its own, as the API does where it made up their names.
    func answer(_ request: ClusterRequest) -> InMemoryCluster.Fault? {
      guard request.method == .post, request.path == "/api/v1/namespaces/default/pods" else { return nil }
      let attempt = number.withLock { number in
        number += 1
        return number
      }
      return .refuse(code: 403, reason: "Forbidden", message: "pods \"web-\(attempt)\" is forbidden")
    }
  }

  @Test func podsThatAreRefusedAreSaidOnce() async throws {
    let refusals = Refusals()
    cluster.intercept { refusals.answer($0) }
    try await withCluster { _ in
      var set = AppsV1.ReplicaSet()
      set.metadata.name = "web"
      set.metadata.namespace = "default"
      set.spec.replicas = 1
      set.spec.selector = MetaV1.LabelSelector(matchLabels: ["app": "web"])
      set.spec.template.metadata.labels = ["app": "web"]
      _ = try await client.create(set)
      let failing = try await eventually("the set says that it fails") { () -> AppsV1.ReplicaSet? in
        let found: AppsV1.ReplicaSet = try await client.get(name: "web", namespace: "default")
        return found.status.conditions.contains { $0.type == "ReplicaFailure" } ? found : nil
      }
      let before = refusals.count
      try await eventually("it has been tried again") { refusals.count >= before + 3 }
      let now: AppsV1.ReplicaSet = try await client.get(name: "web", namespace: "default")
      #expect(now == failing, "no attempt writes anything that would bring on the next one")

      cluster.intercept(nil)
      try await eventually("the pod is made, and nothing fails any more") {
        let found: AppsV1.ReplicaSet = try await client.get(name: "web", namespace: "default")
        return found.status.replicas == 1 && found.status.conditions.isEmpty
      }
    }
  }
}
