import MVCC
import StoreNode
import Testing

/// The space quota: soft, told, and gone by itself.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(5))) struct QuotaTests {
  @Test func aFullStoreLetsDeletionsThroughAndRecovers() async throws {
    let cluster = try TestCluster(1)
    let stores = Stores(cluster)
    do {
      stores.start(["s1"], adjust: { $0.quota = 1 << 20 })
      try await stores.until("it serves") { (try? await stores.node("s1").linearizableBarrier()) != nil }
      try await fill(stores)
    } catch {
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    await stores.stopAll()
    await cluster.remove()
  }

  private func fill(_ stores: Stores) async throws {
    let node = stores.node("s1")
    let cluster = stores.cluster
    let value = [UInt8](repeating: 7, count: 10_000)
    #expect(try await cluster.etcdctl(["alarm", "list"]).output == "")
    #expect(try await cluster.etcdctl(["alarm", "disarm"]).output == "")
    await #expect(throws: StoreError.noSpace) {
      for index in 0..<1000 {
        try await stores.put("/registry/\(index % 3 == 0 ? "pods" : "jobs")/\(index)", value, at: "s1")
      }
    }
    let count = try await node.range(RangeRequest(.all)).count
    #expect((90...110).contains(count), "\(count)")

    // As etcd's clients know it: they map errors by the whole text.
    let put = try await cluster.etcdctl(["put", "a", "b"])
    #expect(put.code != 0 && put.output.contains("etcdserver: mvcc: database space exceeded"), "\(put.output)")
    await #expect(throws: StoreError.noSpace) { try await node.leaseGrant(id: 5, timeToLive: 60) }
    let key = Array("/registry/pods/0".utf8)
    await #expect(throws: StoreError.noSpace) {
      try await node.transaction(TransactionRequest(failure: [.put(PutRequest(key: key, value: []))]))
    }
    // What adds nothing goes through.
    _ = try await node.transaction(
      TransactionRequest(success: [.deleteRange(DeleteRangeRequest(KeyRange(key: key, end: [])))]))
    #expect(try await cluster.etcdctl(["get", "/registry/jobs/1", "--keys-only"]).output.hasPrefix("/registry/jobs/1"))

    #expect(
      try await cluster.etcdctl(["alarm", "list"]).output == "memberID:\(node.identity.memberID) alarm:NOSPACE \n")
    let disarm = try await cluster.etcdctl(["alarm", "disarm"])
    #expect(disarm.code != 0 && disarm.output.contains("goes by itself"), "\(disarm.output)")
    try await stores.until("the largest prefixes are named") {
      await node.status().errors.contains { $0.contains("/registry/jobs/") }
    }
    let status = try await cluster.etcdctl(["endpoint", "status", "-w", "json"])
    #expect(
      status.output.contains("etcdserver: mvcc: database space exceeded (1.0 MiB); most is taken by /registry/jobs/"))

    // A deletion alone frees nothing: the history is still there.
    #expect(try await cluster.etcdctl(["del", "--prefix", "/registry/jobs/"]).code == 0)
    let revision = node.header().revision
    #expect(try await cluster.etcdctl(["compact", "\(revision)"]).code == 0)
    try await stores.until("there is room again") { await node.alarms().isEmpty }
    #expect(try await cluster.etcdctl(["put", "a", "b"]).output == "OK\n")
    #expect(try await cluster.etcdctl(["alarm", "list"]).output == "")
    try await stores.until("nothing is wrong any more") { await node.status().errors.isEmpty }
  }
}
