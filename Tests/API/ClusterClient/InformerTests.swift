import ClusterClient
import ClusterStandIn
import KubernetesAPI
import Logging
import Synchronization
import Testing
import Waiting

/// The changes that a handler was told of, in order.
private final class Seen: Sendable {
  private let changes = Mutex<[String]>([])
  var all: [String] { changes.withLock { $0 } }

  func record(_ change: InformerChange<CoreV1.ConfigMap>) {
    let text =
      switch change {
      case .added(let map): "+\(map.metadata.name)"
      case .updated(_, let map): "~\(map.metadata.name)"
      case .deleted(let map): "-\(map.metadata.name)"
      }
    changes.withLock { $0.append(text) }
  }
}

@Suite struct InformerTests {
  let cluster = InMemoryCluster()

  private func create(_ name: String, label: String = "x") async throws {
    var map = CoreV1.ConfigMap()
    map.metadata.name = name
    map.metadata.namespace = "default"
    map.metadata.labels = ["app": label]
    _ = try await cluster.client.create(map)
  }

  private func change(_ name: String, label: String) async throws {
    var map: CoreV1.ConfigMap = try await cluster.client.get(name: name, namespace: "default")
    map.metadata.labels = ["app": label]
    _ = try await cluster.client.update(map)
  }

  /// Runs an informer while `body` runs.
  private func withInformer(_ body: (Informer<CoreV1.ConfigMap>, Seen) async throws -> Void) async throws {
    let informer = Informer<CoreV1.ConfigMap>(cluster.client, codec: .followed(), logger: Logger(label: "test"))
    let seen = Seen()
    informer.addIndex("app") { map in map.metadata.labels["app"].map { [$0] } ?? [] }
    informer.addHandler { seen.record($0) }
    let task = Task { try await informer.run() }
    defer { task.cancel() }
    try await informer.waitForSync()
    try await body(informer, seen)
  }

  @Test func listsThenFollows() async throws {
    try await create("a")
    try await withInformer { informer, seen in
      #expect(seen.all == ["+a"])
      try await create("b")
      try await change("b", label: "y")
      try await cluster.client.delete(CoreV1.ConfigMap.self, name: "a", namespace: "default")
      try await eventually("four changes are seen") { seen.all.count == 4 }
      #expect(seen.all == ["+a", "+b", "~b", "-a"])
      #expect(informer.list().map(\.metadata.name) == ["b"])
      #expect(informer.list(index: "app", value: "x").isEmpty)
      #expect(informer.list(index: "app", value: "y").map(\.metadata.name) == ["b"])
      #expect(informer.list(namespace: "other").isEmpty)
    }
  }

  @Test func whoOwnsWhichFieldsIsNotKept() async throws {
    var map = CoreV1.ConfigMap()
    map.metadata.name = "a"
    map.metadata.namespace = "default"
    map.metadata.managedFields = [MetaV1.ManagedFieldsEntry(manager: "kubectl", operation: "Apply", apiVersion: "v1")]
    let created = try await cluster.client.create(map)
    #expect(created.metadata.managedFields.map(\.manager) == ["kubectl"])
    try await withInformer { informer, _ in
      let kept = try #require(informer.get(name: "a", namespace: "default"))
      #expect(kept.metadata.managedFields.isEmpty)
      #expect(kept.metadata.uid == created.metadata.uid)
    }
  }

  @Test func resumesAfterTheConnectionDies() async throws {
    try await create("a")
    try await withInformer { _, seen in
      cluster.dropWatches()
      try await create("b")
      try await eventually("both are seen") { seen.all.count == 2 }
      #expect(seen.all == ["+a", "+b"], "nothing is lost and nothing seen twice")
      #expect(cluster.requests.count { $0.query.isEmpty && $0.method == .get } == 1, "it is not listed again")
    }
  }

  @Test func listsAgainWhenTheVersionExpired() async throws {
    try await create("a")
    try await create("b")
    try await withInformer { informer, seen in
      // Nobody answers for a while, in which the world changes and its history is forgotten.
      cluster.intercept { $0.query.contains { $0.name == "watch" } ? .unreachable : nil }
      cluster.dropWatches()
      try await cluster.client.delete(CoreV1.ConfigMap.self, name: "a", namespace: "default")
      try await change("b", label: "y")
      try await create("c")
      cluster.compact()
      cluster.intercept(nil)
      try await eventually("the relist is seen") { seen.all.count >= 5 }
      #expect(Set(seen.all) == ["+a", "+b", "-a", "~b", "+c"])
      #expect(Set(informer.list().map(\.metadata.name)) == ["b", "c"])
    }
  }

  @Test func lateHandlersSeeWhatIsThere() async throws {
    try await create("a")
    try await withInformer { informer, _ in
      let late = Seen()
      informer.addHandler { late.record($0) }
      #expect(late.all == ["+a"])
      try await create("b")
      try await eventually("a late handler sees both") { late.all == ["+a", "+b"] }
    }
  }

  @Test func bookmarksMoveTheRevision() async throws {
    try await create("a")
    try await withInformer { informer, seen in
      let before = informer.revision
      var other = CoreV1.Secret()
      other.metadata.name = "s"
      other.metadata.namespace = "default"
      _ = try await cluster.client.create(other)
      try await eventually("the revision moves") {
        cluster.sendBookmarks(); return informer.revision > before
      }
      #expect(seen.all == ["+a"])
    }
  }

  @Test func unreachableAtFirst() async throws {
    cluster.intercept { _ in .unreachable }
    let informer = Informer<CoreV1.ConfigMap>(cluster.client, codec: .followed(), logger: Logger(label: "test"))
    let task = Task { try await informer.run() }
    defer { task.cancel() }
    try await eventually("it asks again") { cluster.requests.count > 2 }
    #expect(!informer.hasSynced)
    cluster.intercept(nil)
    try await informer.waitForSync()
    #expect(informer.hasSynced)
  }

  @Test func waitingForSyncCanBeCancelled() async throws {
    let informer = Informer<CoreV1.ConfigMap>(cluster.client, codec: .followed(), logger: Logger(label: "test"))
    let task = Task { try await informer.waitForSync() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func slowConsumersAreCutOff() async throws {
    try await withInformer { informer, _ in
      let changes = informer.changes(limit: 2)
      for name in ["a", "b", "c"] { try await create(name) }
      try await eventually("all three are there") { informer.list().count == 3 }
      var count = 0
      for await _ in changes { count += 1 }
      #expect(count == 2, "the stream ends after what fitted")
    }
  }
}
