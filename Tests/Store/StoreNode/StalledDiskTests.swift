import Foundation
import StoreNode
import Synchronization
import Testing

/// A leader whose disk thread is held up, in a running cluster.
@Suite(.serialized, .timeLimit(.minutes(5))) struct StalledDiskTests {
  /// Holds the disk threads of members up.
  private final class Brake: Sendable {
    private let held = Mutex<Set<String>>([])

    func hold(_ name: String) { held.withLock { _ = $0.insert(name) } }
    func release() { held.withLock { $0 = [] } }

    /// Runs on the disk thread.
    func pass(_ name: String) {
      while held.withLock({ $0.contains(name) }) { usleep(2000) }
    }
  }

  @Test func theLeadershipGoesBeforeAnybodyWaitsInVain() async throws {
    let cluster = try TestCluster(3)
    let stores = Stores(cluster)
    let brake = Brake()
    for name in cluster.names { stores.start([name], adjust: { $0.beforeWrite = { brake.pass(name) } }) }
    do {
      try await stores.until("it serves") {
        for name in cluster.names where (try? await stores.node(name).linearizableBarrier()) == nil { return false }
        return true
      }
      try await check(stores, brake)
    } catch {
      brake.release()
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    brake.release()
    await stores.stopAll()
    await cluster.remove()
  }

  private func check(_ stores: Stores, _ brake: Brake) async throws {
    for index in 0..<20 { try await stores.put("key\(index)", at: "s1") }
    let old = try await stores.one(leading: true)
    let others = stores.cluster.names.filter { $0 != old }
    let term = stores.node(old).header().raftTerm
    brake.hold(old)
    // Something must be written for a disk to be missed, and go on being written by the others: what they had on their
    // way when it was last heard of says nothing about it.
    try await stores.put("stalls", at: others[0])
    try await stores.until("another one leads") {
      // Refused while the leadership goes over.
      try? await stores.put("goes on without it", at: others[0])
      let leader = await stores.node(others[0]).status().leader
      return leader != 0 && leader != stores.node(old).identity.memberID
    }
    // One election, asked for by the old leader: nobody's timeout ran out.
    #expect(stores.node(others[0]).header().raftTerm == term + 1)
    for index in 0..<20 { try await stores.put("goes on \(index)", at: others[index % 2]) }
    try await stores.until("the old leader says why") {
      await stores.node(old).status().errors.contains { $0.contains("disk has stalled") }
    }
    // It does not take the leadership back while it is stalled.
    await #expect(throws: (any Error).self) {
      try await stores.node(others[0]).moveLeader(to: stores.node(old).identity.memberID)
    }
    brake.release()
    try await stores.until("it has caught up") {
      try await stores.node(old).hash(at: 0) == stores.node(others[0]).hash(at: 0)
    }
    try await stores.until("all is well") { await stores.node(old).status().errors.isEmpty }
    try await stores.put("after", at: old)
  }
}
