import StoreNode
import Testing

/// A store that waits for others at its start says so to whoever asks after its health.
@Suite(.enabled(if: TestCluster.hasEtcdctl && TestCluster.hasCurl), .serialized, .timeLimit(.minutes(2)))
struct StartWaitTests {
  @Test func healthIsToldWhileItWaits() async throws {
    let cluster = try TestCluster(3)
    do {
      try await check(cluster)
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func check(_ cluster: TestCluster) async throws {
    cluster.start(["s1", "s2"])
    try await cluster.until("s1 waits for s3 alone") {
      try await cluster.statusPort("s1", "/readyz").body.contains("waiting for the word of s3\n")
    }
    let ready = try await cluster.statusPort("s1", "/readyz")
    #expect(ready.code == 503 && ready.body.contains("[-]read_index failed: apus: the store starts: "), "\(ready)")
    #expect(try await cluster.statusPort("s1", "/readyz/serializable_read").code == 503)
    #expect(try await cluster.statusPort("s1", "/livez") == StatusAnswer(code: 200, body: "ok\n"))
    let health = try await cluster.statusPort("s1", "/health")
    #expect(health.code == 503 && health.body.hasPrefix(#"{"health":"false","reason":"apus: the store starts"#))
    let version = try await cluster.statusPort("s1", "/version")
    #expect(version.code == 200 && version.body.contains(#""etcdserver":"3.5"#), "\(version)")
    let metrics = try await cluster.metrics(of: "s1")
    #expect(metrics.families["etcd_server_id"] != nil && metrics.families["etcd_server_has_leader"] == nil)

    // It can be told to stop meanwhile, and begins to wait anew.
    guard case .success = await cluster.stop("s1") else {
      Issue.record("it did not stop well")
      return
    }
    #expect(try await cluster.statusPort("s1", "/livez").code == 0)
    cluster.start(["s1", "s3"])
    for name in cluster.names {
      try await cluster.until("\(name) is ready") { try await cluster.statusPort(name, "/readyz").code == 200 }
    }
    #expect(try await cluster.metrics(of: "s1").value("etcd_server_has_leader") == 1)
  }
}
