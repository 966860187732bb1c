import ClusterClient
import ClusterStandIn
import KubernetesAPI
import Testing

@Suite struct ClusterClientTests {
  let cluster = InMemoryCluster()
  var client: ClusterClient { cluster.client }

  private func configMap(_ name: String, labels: [String: String] = [:]) -> CoreV1.ConfigMap {
    var map = CoreV1.ConfigMap()
    map.metadata.name = name
    map.metadata.namespace = "default"
    map.metadata.labels = labels
    return map
  }

  @Test func createGetUpdateDelete() async throws {
    var map = try await client.create(configMap("a"))
    #expect(!map.metadata.uid.isEmpty)
    map.data["x"] = "1"
    let updated = try await client.update(map)
    #expect(updated.metadata.resourceVersion != map.metadata.resourceVersion)
    let found: CoreV1.ConfigMap = try await client.get(name: "a", namespace: "default")
    #expect(found == updated)
    try await client.delete(CoreV1.ConfigMap.self, name: "a", namespace: "default")
    #expect(try await client.find(CoreV1.ConfigMap.self, name: "a", namespace: "default") == nil)
  }

  @Test func refusalsAreTyped() async throws {
    let map = try await client.create(configMap("a"))
    await #expect { _ = try await client.create(configMap("a")) } throws: { $0.isAlreadyExists && !$0.isConflict }
    var changed = map
    changed.data = ["x": "1"]
    _ = try await client.update(changed)
    changed.data = ["x": "2"]
    await #expect { _ = try await client.update(changed) } throws: { $0.isConflict && !$0.isAlreadyExists }
    await #expect {
      try await client.delete(CoreV1.ConfigMap.self, name: "zz", namespace: "default")
    } throws: { $0.isNotFound }
  }

  @Test func listSelectsByLabel() async throws {
    for (name, app) in [("a", "web"), ("b", "db"), ("c", "web")] {
      _ = try await client.create(configMap(name, labels: ["app": app]))
    }
    let list = try await client.list(
      CoreV1.ConfigMap.self, namespace: "default", options: ListSelection(labelSelector: "app=web"))
    #expect(list.items.map(\.metadata.name) == ["a", "c"])
    #expect(!list.resourceVersion.isEmpty)
  }

  @Test func watchDeliversInOrder() async throws {
    let list = try await client.list(CoreV1.ConfigMap.self)
    var map = try await client.create(configMap("a"))
    map.data = ["x": "1"]
    _ = try await client.update(map)
    try await client.delete(CoreV1.ConfigMap.self, name: "a", namespace: "default")
    cluster.sendBookmarks()
    var seen: [String] = []
    let stream = try await client.watch(
      CoreV1.ConfigMap.self, options: WatchSelection(resourceVersion: list.resourceVersion))
    Task { cluster.sendBookmarks() }
    for try await event in stream {
      switch event {
      case .added: seen.append("added")
      case .modified: seen.append("modified")
      case .deleted: seen.append("deleted")
      case .bookmark: seen.append("bookmark")
      case .error: seen.append("error")
      }
      if seen.count == 4 { break }
    }
    #expect(seen == ["added", "modified", "deleted", "bookmark"])
  }

  @Test func expiredWatchIsARefusal() async throws {
    _ = try await client.create(configMap("a"))
    cluster.compact()
    await #expect {
      _ = try await client.watch(CoreV1.ConfigMap.self, options: WatchSelection(resourceVersion: "1"))
    } throws: { $0.apiStatus?.isExpired == true }
  }

  @Test func discoveryNamesResources() async throws {
    let served = try await client.servedResources()
    #expect(served.contains { $0.description == AppsV1.Deployment.resource })
    #expect(served.contains { $0.description == CoreV1.Pod.resource && $0.verbs.contains("watch") })
  }

  @Test func queriesAreEncoded() {
    let request = ClusterRequest(.get, "/api/v1/pods", query: [.init("labelSelector", "a in (b,c),d=é")])
    #expect(request.target == "/api/v1/pods?labelSelector=a%20in%20%28b%2Cc%29%2Cd%3D%C3%A9")
  }
}
