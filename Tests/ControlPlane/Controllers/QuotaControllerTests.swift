import ClusterClient
import ClusterStandIn
import ControllerKit
import Controllers
import KubernetesAPI
import Logging
import Testing
import Waiting

/// The controllers that admission counts on, each by itself over an API in memory.
@Suite("Quotas, authorities, protected claims") struct QuotaControllerTests {
  private let cluster = InMemoryCluster(
    served: InMemoryCluster.usualResources
      + [
        CoreV1.ResourceQuota.resource, CoreV1.ConfigMap.resource, CoreV1.PersistentVolumeClaim.resource,
      ].filter { new in !InMemoryCluster.usualResources.contains { $0.plural == new.plural } })
  private var client: ClusterClient { cluster.client }
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private func withTasks(
    _ make: @escaping @Sendable (ControllerContext) -> [any LeaderTask], _ body: () async throws -> Void
  ) async throws {
    let term = Task { [client, logger] in
      try await runLeaderTerm(client: client, component: "test", logger: logger, make: make)
    }
    defer { term.cancel() }
    try await body()
    term.cancel()
    _ = await term.result
  }

  private func pod(_ name: String, cpu: String, phase: String = "Running") async throws {
    var pod = CoreV1.Pod()
    pod.metadata.name = name
    pod.metadata.namespace = "default"
    pod.spec.containers = [
      CoreV1.Container(name: "c", image: "i", resources: .init(requests: ["cpu": try #require(Quantity(cpu))]))
    ]
    var made = try await client.create(pod)
    made.status.phase = phase
    _ = try await client.updateStatus(made)
  }

  @Test("what is used is summed up, and given back when it goes or ends")
  func quotas() async throws {
    for (name, phase) in [("a", "Running"), ("b", "Running"), ("done", "Succeeded")] {
      try await pod(name, cpu: "250m", phase: phase)
    }
    var map = CoreV1.ConfigMap()
    map.metadata.name = "m"
    map.metadata.namespace = "default"
    _ = try await client.create(map)
    var quota = CoreV1.ResourceQuota()
    quota.metadata.name = "q"
    quota.metadata.namespace = "default"
    quota.spec.hard = [
      "pods": Quantity(5), "count/pods": Quantity(5), "requests.cpu": Quantity(1), "configmaps": Quantity(9),
    ]
    _ = try await client.create(quota)
    func used() async throws -> [String: Quantity] {
      let quota: CoreV1.ResourceQuota = try await client.get(name: "q", namespace: "default")
      return quota.status.hard == quota.spec.hard ? quota.status.used : [:]
    }
    try await withTasks({ [QuotaController($0)] }) {
      try await eventually("counted", detail: { "\(try await used())" }) {
        try await used() == [
          "pods": Quantity(2), "count/pods": Quantity(3), "requests.cpu": Quantity(milliValue: 500),
          "configmaps": Quantity(1),
        ]
      }
      try await client.delete(CoreV1.Pod.self, name: "a", namespace: "default")
      try await client.delete(CoreV1.ConfigMap.self, name: "m", namespace: "default")
      var last: CoreV1.Pod = try await client.get(name: "b", namespace: "default")
      last.status.phase = "Failed"
      _ = try await client.updateStatus(last)
      try await eventually("given back", detail: { "\(try await used())" }) {
        try await used() == [
          "pods": Quantity(0), "count/pods": Quantity(2), "requests.cpu": Quantity(0), "configmaps": Quantity(0),
        ]
      }
    }
  }

  @Test("each namespace gets the authority's certificate, and gets it back")
  func authority() async throws {
    var namespace = CoreV1.Namespace()
    namespace.metadata.name = "default"
    _ = try await client.create(namespace)
    try await withTasks({ [RootAuthorityPublisher($0, authority: Array("PEM".utf8))] }) {
      func data() async throws -> [String: String]? {
        try await client.find(CoreV1.ConfigMap.self, name: RootAuthorityPublisher.configMap, namespace: "default")?.data
      }
      try await eventually("published") { try await data() == ["ca.crt": "PEM"] }
      var map: CoreV1.ConfigMap = try await client.get(
        name: RootAuthorityPublisher.configMap, namespace: "default")
      map.data = ["ca.crt": "another", "x": "y"]
      _ = try await client.update(map)
      try await eventually("put right") { try await data() == ["ca.crt": "PEM"] }
      try await client.delete(CoreV1.ConfigMap.self, name: RootAuthorityPublisher.configMap, namespace: "default")
      try await eventually("made again") { try await data() == ["ca.crt": "PEM"] }
    }
  }

  @Test("a claim that is deleted goes when no pod uses it any more")
  func claims() async throws {
    var claim = CoreV1.PersistentVolumeClaim()
    claim.metadata.name = "data"
    claim.metadata.namespace = "default"
    claim.metadata.finalizers = [ClaimProtectionController.finalizer]
    _ = try await client.create(claim)
    var pod = CoreV1.Pod()
    pod.metadata.name = "user"
    pod.metadata.namespace = "default"
    pod.spec.nodeName = "one"
    pod.spec.volumes = [CoreV1.Volume(name: "d", persistentVolumeClaim: .init(claimName: "data"))]
    _ = try await client.create(pod)
    try await client.delete(CoreV1.PersistentVolumeClaim.self, name: "data", namespace: "default")
    func isThere() async throws -> Bool {
      try await client.find(CoreV1.PersistentVolumeClaim.self, name: "data", namespace: "default") != nil
    }
    let logger = logger
    try await withTasks({ context in
      let queue = WorkQueue<ObjectKey>()
      return [ReconcileLoop(ClaimProtectionController(context, queue: queue), queue: queue, logger: logger)]
    }) {
      try await eventually("the controller has looked") {
        cluster.requests.contains { $0.method == .get && $0.path == "/api/v1/namespaces/default/pods" }
      }
      #expect(try await isThere())
      var options = MetaV1.DeleteOptions()
      options.gracePeriodSeconds = 0
      try await client.delete(CoreV1.Pod.self, name: "user", namespace: "default", options: options)
      try await eventually("the claim goes") { try await !isThere() }
    }
  }
}
