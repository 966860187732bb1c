import MVCC
import RaftCore
import Replica

// What goes wrong, and how it is put right.

extension World {
  func injectFault() throws {
    guard isChaos else { return }
    queue.add(.fault, at: now + Int.random(in: profile.faultPause, using: &random))
    let victim = ids.randomElement(using: &random)!
    if chance(profile.memberChanges) { try changeMembers() }
    if chance(profile.rivalries) { return letTwoCampaign() }
    if chance(profile.amnesias), let leader = leader() { return sleep(leader) }
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1: crash(victim)
    case 2, 3: if let leader = leader() { crash(leader) }
    case 4:
      // A power cut takes all of them.
      if chance(0.3) { for id in ids { crash(id) } }
    case 5: isolate(leader() ?? victim)
    case 6: isolate(victim)
    case 7: split()
    case 8: if chance(0.5) { cutOneWay(victim) } else { cutPair() }
    case 9, 10: cut = []
    case 11: loss = [0, 0.01, 0.2].randomElement(using: &random)!
    case 12: replicas[victim]?.pausedUntil = now + between(50_000, 600_000)
    case 13: if let leader = leader() { replicas[leader]?.pausedUntil = now + between(100_000, 500_000) }
    case 14:
      if let replica = replicas[victim], replica.isUp {
        try step(replica, .transferLeadership(to: ids.randomElement(using: &random)!))
      }
    case 15:
      // Writes take seconds, or none can be done.
      if chance(0.5) {
        let end = min(now + between(100_000, 3_000_000), profile.chaosTime)
        replicas[victim]?.diskBusyUntil = max(replicas[victim]?.diskBusyUntil ?? 0, end)
      } else {
        replicas[victim]?.diskFullUntil = now + between(10_000, 800_000)
      }
    case 16: try clockJumps(victim)
    case 17: if profile.flipsBits { damageSnapshot(of: leader() ?? victim) }
    default:
      replicas[victim]?.tickLength = World.tickMicroseconds * between(7, 14) / 10
      // A hint that is not true must do no harm either.
      queue.add(.refusedConnection(at: victim, by: ids.randomElement(using: &random)!), at: now + 1)
    }
  }

  /// The member that leads the highest term.
  func leader() -> MemberID? {
    replicas.values.filter { $0.isUp && $0.consensus.leadership.role == .leader }
      .max { $0.consensus.leadership.term < $1.consensus.leadership.term }?.id
  }

  /// - Parameters:
  ///   - downTime: how long, in microseconds, before it starts again; nil for any time.
  ///   - lies: whether the disk loses what it had synced last, if it may; nil for as it happens.
  func crash(_ id: MemberID, for downTime: Int? = nil, isLying lies: Bool? = nil) {
    guard let replica = replicas[id], replica.isUp else { return }
    replica.isUp = false
    figures.crashes += 1
    let isLying = profile.losesTails && tailLostBy == nil && (lies ?? chance(0.5))
    if replica.disk.crash(isLying: isLying, using: &random) { tailLostBy = id }
    if isLying, profile.emptiesDisks, chance(0.4) {
      replica.hasEmptyDisk = true
      tailLostBy = id
    }
    if profile.flipsBits, tailLostBy == nil, chance(0.3) {
      replica.disk.flipBit(using: &random)
      tailLostBy = id
    }
    forgetClients(of: replica)
    let isShort = chance(profile.isStormy ? 0.95 : 0.5)
    let anyTime = isShort ? between(1_000, profile.isStormy ? 15_000 : 60_000) : between(200_000, 1_500_000)
    queue.add(.restart(id), at: now + (downTime ?? anyTime))
    guard profile.tellsOfCrashes else { return }
    for peer in ids where peer != id { queue.add(.refusedConnection(at: peer, by: id), at: now + between(200, 5000)) }
  }

  /// Its clients will not be answered.
  func forgetClients(of replica: SimulatedReplica) {
    for client in (Array(replica.proposals.values) + Array(replica.reads.values)).sorted() { clientFails(client) }
    (replica.proposals, replica.reads) = ([:], [:])
  }

  /// Strikes where it hurts: in the middle of what the member was doing.
  func strike(_ id: MemberID, _ epoch: Int, cutsOff other: MemberID?) {
    guard isChaos, alive(id, epoch) != nil else { return }
    if profile.cutsLeaders, other == nil, leader() == id {
      return cutOff(id, with: [ids.filter { $0 != id }.randomElement(using: &random)!])
    }
    guard let other, other != id else { return crash(id, for: between(200, 4000)) }
    // One of the two crashes and the other one is cut off: between them they may have all there is.
    let (crashed, isolated) = Bool.random(using: &random) ? (id, other) : (other, id)
    crash(crashed)
    // Who was cut off before may be the one that knows least.
    cut = []
    isolate(isolated)
    queue.add(.rejoin(isolated), at: now + between(50_000, 400_000))
  }

  /// A leader and some others are cut off from the rest for a while.
  func cutOff(_ id: MemberID, with others: [MemberID]) {
    let side = Set(others + [id])
    cut = []
    for one in ids where side.contains(one) {
      for other in ids where !side.contains(other) {
        cut.insert(Link(from: one, to: other))
        cut.insert(Link(from: other, to: one))
        queue.add(.rejoin(one), at: now + between(100_000, 250_000))
      }
    }
  }

  func restart(_ id: MemberID, acceptsLostTail: Bool = false) throws {
    guard let replica = replicas[id], !replica.isUp else { return }
    if replica.hasEmptyDisk {
      let others = ids.filter { $0 != id }.map { replicas[$0]! }
      // All of them have to be asked.
      guard others.allSatisfy({ $0.isUp && $0.pausedUntil <= now }) else {
        queue.add(.restart(id), at: now + between(1_000, 20_000))
        return
      }
      let isForgetful = profile.mutations.contains(.forgetsTermWhenRejoining)
      let term = isForgetful ? 0 : others.map { $0.consensus.leadership.term }.max()!
      replica.disk = SimulatedDisk(bootstrap: bootstrap, member: id, initial: .rejoining(id, after: term))
      replica.hasEmptyDisk = false
      figures.rejoins += 1
    }
    do {
      try replica.restart(
        bootstrap: bootstrap, configuration: configuration(id), acceptsLostTail: acceptsLostTail)
    } catch let refusal as SimulatedDisk.Refusal {
      guard replica.disk.isDamaged || replica.disk.isSnapshotDamaged else {
        throw Violation(description: "\(id) refused to start although nothing was damaged: \(refusal.reason)")
      }
      // It says so; somebody moves its folder away and lets it rejoin.
      figures.refusals += 1
      replica.hasEmptyDisk = true
      queue.add(.restart(id), at: now + between(10_000, 300_000))
      return
    }
    queue.add(.tick(id, epoch: replica.epoch), at: now + between(0, replica.tickLength))
    watchSteps(of: replica)
    try users?.check(replica.state)
    try act(replica)
    try actOnState(replica)
    // (Nothing was lost after all, or a bug is switched on that lets it vote.)
    clearLoss(of: replica)
  }

  /// Whether what only others have may be lost now: one that has caught up and is killed before its disk says so has to
  /// catch up again.
  func clearLoss(of replica: SimulatedReplica) {
    guard tailLostBy == replica.id, !replica.disk.isDamaged, !replica.disk.isSnapshotDamaged, !replica.hasEmptyDisk,
      !replica.consensus.mustCatchUp, !replica.disk.syncedHardState.mustCatchUp
    else { return }
    tailLostBy = nil
  }

  /// A bit of it flips while it is not looked at: followers that need it find out, or the next start.
  private func damageSnapshot(of id: MemberID) {
    guard tailLostBy == nil, let replica = replicas[id], replica.disk.flipSnapshotBit(using: &random) else { return }
    tailLostBy = id
    // Somebody will need it.
    if let other = ids.filter({ $0 != id }).randomElement(using: &random) {
      crash(other, for: between(50_000, 300_000))
    }
  }

  /// As when a suspended machine goes on: many ticks at once.
  private func clockJumps(_ id: MemberID) throws {
    guard let replica = replicas[id], replica.isUp, replica.pausedUntil <= now else { return }
    let ticks = between(3, 40)
    checker.leases.clockJumped(by: ticks * World.tickMicroseconds)
    for _ in 0..<ticks where replica.isUp {
      try step(replica, .tick)
      enqueue(.tick, replica)
    }
  }

  func isolate(_ id: MemberID) {
    for other in ids where other != id {
      cut.insert(Link(from: id, to: other))
      cut.insert(Link(from: other, to: id))
    }
  }

  private func split() {
    let side = ids.filter { _ in Bool.random(using: &random) }
    for one in side {
      for other in ids where !side.contains(other) {
        cut.insert(Link(from: one, to: other))
        cut.insert(Link(from: other, to: one))
      }
    }
  }

  /// Two do not hear each other, and everybody else hears both.
  private func cutPair() {
    let pair = ids.shuffled(using: &random).prefix(2)
    for one in pair {
      for other in pair where other != one { cut.insert(Link(from: one, to: other)) }
    }
  }

  private func letTwoCampaign() {
    cut = []
    cutPair()
    if let leader = leader() { crash(leader, for: between(50_000, 200_000)) }
  }

  /// The leader sleeps for long enough to lose an election to another one.
  private func sleep(_ leader: MemberID) {
    cut = []
    sleeper = leader
    replicas[leader]?.pausedUntil = now + between(100_000, 250_000)
  }

  /// While the leader sleeps, a voter has voted for another one. The disk forgets it, and whom it has made the leader is
  /// cut off before the old one wakes.
  func forget(_ voter: MemberID, votedFor candidate: MemberID) {
    guard let leader = sleeper, leader != voter, leader != candidate, let wakes = replicas[leader]?.pausedUntil,
      wakes > now
    else { return }
    sleeper = nil
    queue.add(.amnesia(voter, candidate: candidate), at: now)
  }

  func strikeWithAmnesia(_ voter: MemberID, candidate: MemberID) {
    guard isChaos, tailLostBy == nil, let replica = replicas[voter], replica.isUp else { return }
    // The vote has reached the candidate first.
    queue.add(.cutOff(candidate), at: now + between(2000, 20_000))
    queue.add(.rejoin(candidate), at: now + between(300_000, 600_000))
    crash(voter, for: between(200, 4000), isLying: true)
  }

  private func cutOneWay(_ id: MemberID) {
    let outgoing = Bool.random(using: &random)
    for other in ids where other != id && Bool.random(using: &random) {
      cut.insert(outgoing ? Link(from: id, to: other) : Link(from: other, to: id))
    }
  }

  /// All faults end.
  func heal() throws {
    isChaos = false
    dismissStrangers()
    healedAt = now
    healedRevision = checker.acknowledged
    // Some leases must end by themselves.
    for number in clients.indices where number % 2 == 0 { clients[number].lease = nil }
    cut = []
    loss = 0
    for id in ids {
      replicas[id]!.pausedUntil = 0
      replicas[id]!.diskFullUntil = 0
      replicas[id]!.tickLength = World.tickMicroseconds
      try restart(id)
    }
  }

  /// Where one has lost its disk and others the ends of their logs, nobody can be elected: the latter are told to vote
  /// all the same. (No lying disk is among them, so nothing that counts is given up.)
  func decideAsOperator() throws {
    guard leader() == nil, replicas.values.contains(where: { $0.consensus.hasLostAll }) else { return }
    for id in ids {
      guard let replica = replicas[id], replica.consensus.mustCatchUp, !replica.consensus.hasLostAll else { continue }
      guard tailLostBy != id else { throw Violation(description: "\(id) and another one lost what was synced") }
      figures.decisions += 1
      replica.isUp = false
      _ = replica.disk.crash(isLying: false, using: &random)
      forgetClients(of: replica)
      try restart(id, acceptsLostTail: true)
    }
  }

  /// The leader changes once more in calm weather: what it promised, its successor keeps (leases above all).
  func handOver() throws {
    guard let leader = leader(), let replica = replicas[leader] else { return }
    try takeStep(replica, .transferLeadership(to: nil))
    try act(replica)
  }

  /// After the faults, everything must have come to agree and to work again.
  func settle() throws {
    dismissStrangers()
    guard let leader = leader() else {
      throw Violation(description: "no leader once the faults had ended: \(summary)")
    }
    try checkMembers()
    for id in ids where membership.isMember(id) {
      let status = replicas[id]!.consensus.status
      guard status.leader == leader, !status.mustCatchUp else {
        let seen = replicas[leader]!.consensus.status.followers[id]
        throw Violation(
          description: "\(id) did not join \(leader) once the faults had ended: \(status), to its leader \(seen as Any)"
        )
      }
    }
    for id in ids where !replicas[id]!.stored.isEmpty {
      throw Violation(description: "\(id) keeps snapshots that are not installed: \(replicas[id]!.stored)")
    }
    for id in ids where replicas[id]!.receiving != nil {
      throw Violation(description: "\(id) keeps a part of a snapshot that nobody goes on with")
    }
    // Where the log is full most of the time, a lease's end is refused as anything else is, and tried again after 40
    // ticks.
    let slack = profile.uncommittedEntries < 10 ? 2_000_000 : 600_000
    try checker.leases.checkNoneIsOverdue(at: now, since: healedAt, election: lastElection, slack: slack)
    // Equality at equal indices has been checked all along.
    let states = ids.filter(membership.isMember).map { replicas[$0]!.state }
    if let newest = states.max(by: { $0.appliedIndex < $1.appliedIndex }) {
      try checker.checkState(newest.store, of: newest.configuration.raft.member)
    }
    for state in states { try users?.check(state) }
    let least = states.map(\.store.revision).min()!
    guard least >= healedRevision else {
      throw Violation(description: "a replica stayed at revision \(least) behind \(healedRevision)")
    }
    for client in clients {
      guard client.succeededSinceHealing > 0 else {
        throw Violation(description: "client \(client.number) got no answer once the faults had ended")
      }
    }
  }

  /// Where everybody is.
  var summary: String {
    ids.map { id in
      let status = replicas[id]!.consensus.status
      let losses = status.hasLostAll ? " lost all" : status.mustCatchUp ? " must catch up" : ""
      return """
        \(id)\(replicas[id]!.isUp ? "" : " (down)") \(status.role) of term \(status.term), log to \(status.lastIndex) \
        of \(status.lastTerm), commit \(status.commit)\(losses), voters \(status.membership.incoming) \
        \(status.membership.outgoing)
        """
    }.joined(separator: "; ")
  }

  /// A member that was cut off for a while, and comes back, deposes nobody (dissertation, §9.6).
  func checkNobodyIsDisturbed() throws {
    guard let leader = leader(), let leading = replicas[leader], membership.voters.count > 2,
      let lonely = membership.voters.filter({ $0 != leader }).randomElement(using: &random)
    else { return }
    let term = leading.consensus.leadership.term
    isolate(lonely)
    try run(until: now + 600_000)
    cut = []
    try run(until: now + 300_000)
    let after = leading.consensus.leadership
    guard after.role == .leader, after.term == term else {
      throw Violation(
        description: "\(lonely) was cut off and came back, and \(leader) leads term \(term) no more: \(after)")
    }
  }
}
