import StoreNode
import Testing

/// A host whose disk is empty and whom the members call a stranger: it is nobody, or was added under an id that does not
/// follow from its name.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(2))) struct StrangerTests {
  @Test func aStrangerIsRefusedUntilItIsAdded() async throws {
    let cluster = try TestCluster(4)
    do {
      try await check(cluster)
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  private func check(_ cluster: TestCluster) async throws {
    let first = ["s1", "s2", "s3"]
    cluster.start(first, knowing: first)
    try await cluster.until("it serves") { try await cluster.etcdctl(["put", "a", "b"], endpoints: ["s1"]).code == 0 }
    cluster.start(["s4"])
    guard case .failure(let refusal) = await cluster.ending(of: "s4") else {
      Issue.record("it began something of its own")
      return
    }
    #expect("\(refusal)".contains("member add s4"), "\(refusal)")

    let added = try await cluster.etcdctl(
      ["member", "add", "s4", "--peer-urls=\(cluster.peerURL("s4"))"], endpoints: ["s1"])
    #expect(added.code == 0, "\(added.output)")
    // Just as before: not told to join, and its file names it as one of those that a cluster begins with.
    cluster.start(["s4"])
    try await cluster.until("it votes") {
      let list = try await cluster.etcdctl(["member", "list"], endpoints: ["s4"])
      let members = list.output.split(separator: "\n")
      return list.code == 0 && members.count == 4 && members.allSatisfy { $0.hasSuffix("false") }
    }
    #expect(try await cluster.etcdctl(["get", "a", "--print-value-only"], endpoints: ["s4"]).output == "b\n")
  }
}
