import StoreNode
import Testing

/// Two stores: they begin, serve, and say what is not well about their number.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(2))) struct EvenStoresTests {
  @Test func anEvenNumberOfStoresServesAndIsToldOf() async throws {
    let cluster = try TestCluster(2)
    #expect(cluster.config.warnings.count == 1)
    do {
      cluster.start()
      try await cluster.until("it serves") {
        try await cluster.etcdctl(["put", "a", "b"], endpoints: ["s2"]).code == 0
      }
      try await cluster.until("it is told of") {
        try await cluster.etcdctl(["endpoint", "status", "-w", "json"], endpoints: ["s1"]).output
          .contains("2 voters are an even number")
      }
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }
}
