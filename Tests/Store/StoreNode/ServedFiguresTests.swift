import MVCC
import StoreNode
import Testing

/// What a store's health and metrics port says of versions, of a quota that there is not, and of snapshots.
@Suite(.enabled(if: TestCluster.hasCurl), .serialized, .timeLimit(.minutes(2))) struct ServedFiguresTests {
  @Test func aStoreWithoutAQuotaTellsNone() async throws {
    try await withStore({ $0.quota = nil }) { stores in
      let metrics = try await stores.cluster.metrics(of: "s1")
      #expect(metrics.families["etcd_server_quota_backend_bytes"] == nil)
      #expect(metrics.value("apus_store_quota_exceeded") == 0)
    }
    try await withStore({ $0.quota = 64 << 20 }) { stores in
      let metrics = try await stores.cluster.metrics(of: "s1")
      #expect(metrics.value("etcd_server_quota_backend_bytes") == Double(64 << 20))
    }
  }

  @Test func theVersionIsThatOfTheAPI() async throws {
    try await withStore { stores in
      let version = try await stores.cluster.statusPort("s1", "/version")
      let text = #"{"etcdserver":"\#(StoreNode.version)","etcdcluster":"\#(StoreNode.clusterVersion)"}"#
      #expect(version == StatusAnswer(code: 200, body: text))
      #expect(await stores.node("s1").status().version == StoreNode.version)
    }
  }

  @Test func thePauseForASnapshotIsCounted() async throws {
    try await withStore({ $0.snapshotEntries = 20 }) { stores in
      for index in 0..<60 { try await stores.put("key\(index)", at: "s1") }
      try await stores.until("a snapshot is counted") {
        let metrics = try await stores.cluster.metrics(of: "s1")
        let saved = metrics.value("etcd_debugging_snap_save_total_duration_seconds_count") ?? 0
        let paused = metrics.value("apus_store_snapshot_pause_seconds_count") ?? 0
        return saved >= 1 && paused >= saved
      }
    }
  }

  private func withStore(
    _ adjust: (@Sendable (inout StoreNodeConfiguration) -> Void)? = nil, _ body: (Stores) async throws -> Void
  ) async throws {
    let cluster = try TestCluster(1)
    let stores = Stores(cluster)
    stores.start(["s1"], adjust: adjust)
    do {
      try await stores.until("it serves") { (try? await stores.node("s1").linearizableBarrier()) != nil }
      try await body(stores)
    } catch {
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    await stores.stopAll()
    await cluster.remove()
  }
}
