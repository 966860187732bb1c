import RaftCore
import Testing

/// A leader whose snapshot has gone bad on its disk, and nothing is written that would make the next one due.
@Suite struct BadSnapshotTests {
  /// A member that lost its disk needs a snapshot, and all others' have a wrong bit: it gets one all the same, because
  /// what its leader has in memory is right.
  @Test func anotherOneIsMadeOfTheStateInMemory() throws {
    var renewed = 0
    for seed: UInt64 in 1...20 {
      let world = try World(seed: seed)
      guard world.profile.snapshotEntries == 60 else { continue }
      world.isChaos = false
      world.loss = 0
      (world.profile.losesTails, world.profile.emptiesDisks, world.profile.flipsBits) = (false, false, false)
      for id in world.ids { try world.act(world.replicas[id]!) }
      try world.run(until: 1_500_000)
      try silenceClients(of: world)
      let victim = try #require(world.ids.first { $0 != world.leader() })
      world.crash(victim, for: .max / 2)
      world.replicas[victim]!.hasEmptyDisk = true
      let others = world.ids.filter { $0 != victim }.map { world.replicas[$0]! }
      guard others.allSatisfy({ $0.disk.flipSnapshotBit(using: &world.random) }) else { continue }
      try world.restart(victim)
      try world.run(until: world.now + 3_000_000)
      let status = world.replicas[victim]!.consensus.status
      let least = others.map(\.state.store.revision).min()!
      #expect(!status.mustCatchUp && least > 1, "seed \(seed): \(world.summary)")
      #expect(world.replicas[victim]!.state.store.revision == least, "seed \(seed): \(world.summary)")
      renewed += world.figures.renewedSnapshots
    }
    #expect(renewed >= 3)
  }

  /// No client begins anything further.
  private func silenceClients(of world: World) throws {
    var loud = Set(world.clients.indices)
    while !loud.isEmpty {
      for number in loud where world.clients[number].action == nil {
        // It is taken for one that still waits.
        world.clients[number].action = .compact
        world.clients[number].operation += 1
        loud.remove(number)
      }
      try world.run(until: world.now + 50_000)
    }
  }
}
