import RaftCore
import Testing

/// What a majority has lost cannot be made good. It is said, and nobody goes on as if nothing had happened.
@Suite struct MajorityTests {
  /// A world without faults, that has run for a while, and then had no power for a moment.
  private func afterPowerCut(_ seed: UInt64) throws -> World {
    let world = try World(seed: seed)
    world.isChaos = false
    world.loss = 0
    (world.profile.losesTails, world.profile.emptiesDisks, world.profile.flipsBits) = (false, false, false)
    for id in world.ids { try world.act(world.replicas[id]!) }
    try world.run(until: 1_500_000)
    for id in world.ids { world.crash(id, for: .max / 2) }
    return world
  }

  /// A bit is wrong in each of a majority's logs or snapshots: those replicas refuse to start, each saying why, or know
  /// that the end of their log is missing. What was acknowledged is there, or nothing is served.
  @Test func aMajorityWithDamagedDisksServesNothing() throws {
    var refusals = 0
    for seed: UInt64 in 1...30 {
      let world = try afterPowerCut(seed)
      let before = world.checker.acknowledgements
      // Where clients have names, some are denied.
      #expect(before > (world.users == nil ? 20 : 10))
      let damaged = world.ids.prefix(world.ids.count / 2 + 1)
      for id in damaged {
        guard let replica = world.replicas[id] else { continue }
        if seed % 2 != 0 || !replica.disk.flipSnapshotBit(using: &world.random) {
          replica.disk.flipBit(using: &world.random)
        }
      }
      for id in world.ids { try world.restart(id) }
      let refused = world.ids.filter { !world.replicas[$0]!.isUp }
      refusals += refused.count
      try world.run(until: world.now + 4_000_000)
      if refused.count == damaged.count {
        #expect(world.leader() == nil, "seed \(seed)")
        #expect(world.checker.acknowledgements == before, "seed \(seed)")
      }
    }
    // (A bit of the filling between two records does no harm, and one in the last write looks like a torn tail.)
    #expect(refusals > 60)
  }

  /// A majority has lost its disks: it cannot rejoin, because who rejoins asks everybody else, and nobody is elected.
  @Test func aMajorityWithoutDisksServesNothing() throws {
    for seed: UInt64 in 1...10 {
      let world = try afterPowerCut(seed)
      let before = world.checker.acknowledgements
      for id in world.ids.prefix(world.ids.count / 2 + 1) { world.replicas[id]!.hasEmptyDisk = true }
      for id in world.ids { try world.restart(id) }
      try world.run(until: world.now + 4_000_000)
      #expect(world.leader() == nil, "seed \(seed)")
      #expect(world.checker.acknowledgements == before, "seed \(seed)")
    }
  }
}
