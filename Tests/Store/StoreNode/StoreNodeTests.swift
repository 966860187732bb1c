import Foundation
import Testing

/// The real etcdctl against replicas over TLS.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized) struct EtcdctlTests {
  private func withCluster(_ count: Int, _ body: (TestCluster) async throws -> Void) async throws {
    let cluster = try TestCluster(count)
    cluster.start()
    do {
      try await untilServing(cluster)
      try await body(cluster)
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func untilServing(_ cluster: TestCluster) async throws {
    try await cluster.until("the store serves") { try await cluster.etcdctl(["get", "none"]).code == 0 }
  }

  @Test func oneReplica() async throws {
    try await withCluster(1) { cluster in
      #expect(try await cluster.etcdctl(["put", "swift", "common"]).output == "OK\n")
      #expect(try await cluster.etcdctl(["get", "swift"]).output == "swift\ncommon\n")
      #expect(try await cluster.etcdctl(["put", "swift", "alpine", "--prev-kv"]).output == "OK\nswift\ncommon\n")
      #expect(try await cluster.etcdctl(["del", "--prefix", "sw"]).output == "1\n")
      let status = try await cluster.etcdctl(["endpoint", "status", "-w", "table"])
      #expect(status.code == 0 && status.output.contains("true"), "\(status.output)")
      let health = try await cluster.etcdctl(["endpoint", "health"])
      #expect(health.code == 0, "\(health.output)")
      let members = try await cluster.etcdctl(["member", "list"])
      #expect(members.output.contains("s1"), "\(members.output)")
    }
  }

  @Test func threeReplicasSurviveOne() async throws {
    try await withCluster(3) { cluster in
      for index in 0..<10 {
        #expect(try await cluster.etcdctl(["put", "key\(index)", "value\(index)"]).output == "OK\n")
      }
      let table = try await cluster.etcdctl(["endpoint", "status", "-w", "json"])
      #expect(table.code == 0, "\(table.output)")
      await cluster.stop("s1")
      let rest = ["s2", "s3"]
      #expect(try await cluster.etcdctl(["put", "after", "stop"], endpoints: rest).output == "OK\n")
      let all = try await cluster.etcdctl(["get", "--prefix", "key", "--keys-only"], endpoints: rest)
      #expect(all.output.split(separator: "\n").count == 10, "\(all.output)")
      cluster.start(["s1"])
      try await cluster.until("the replica that came back catches up") {
        try #require(cluster.failure(of: "s1") == nil)
        return try await cluster.etcdctl(["get", "after", "--consistency=s"], endpoints: ["s1"]).output
          == "after\nstop\n"
      }
    }
  }

  @Test func stateSurvivesAStopOfAll() async throws {
    try await withCluster(3) { cluster in
      #expect(try await cluster.etcdctl(["put", "kept", "yes"]).output == "OK\n")
      for name in cluster.names { await cluster.stop(name) }
      cluster.start()
      try await untilServing(cluster)
      #expect(try await cluster.etcdctl(["get", "kept"]).output == "kept\nyes\n")
    }
  }

  @Test func anEmptiedDiskIsRefused() async throws {
    try await withCluster(3) { cluster in
      #expect(try await cluster.etcdctl(["put", "kept", "yes"]).output == "OK\n")
      await cluster.stop("s2")
      try FileManager.default.removeItem(atPath: cluster.dataPath("s2"))
      cluster.start(["s2"])
      guard case .failure(let error) = await cluster.ending(of: "s2") else {
        Issue.record("a member whose disk was emptied came back")
        return
      }
      #expect("\(error)".contains("apus store --rejoin"), "\(error)")
    }
  }
}
