import MVCC
import RaftCore
import Replica

// Members come and go while faults go on.

extension World {
  /// Somebody asks for a change of the members, at any replica.
  func changeMembers() throws {
    guard profile.changesMembers, let replica = ids.randomElement(using: &random).flatMap({ replicas[$0] }),
      replica.isUp
    else { return }
    let voters = membership.incoming
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1:
      guard ids.count < 7 else { return }
      let id = nextID
      nextID += 1
      let wish: MemberTable.Wish =
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .learner
        case 1: .voter(replaces: nil)
        default: .voter(replaces: voters.randomElement(using: &random))
        }
      // A learner whose machine never comes must not matter to anybody.
      if wish != .learner || !chance(profile.phantoms) { try start(id) }
      try askAsRoot(.members(.add(id, peerURLs: ["peer-\(id)"], wish)), of: replica)
    case 2:
      guard let learner = membership.learners.randomElement(using: &random) else { return }
      try askAsRoot(.members(.promote(learner)), of: replica)
    default:
      guard voters.count > 2, let member = membership.members.randomElement(using: &random) else { return }
      // Of two voters one is no minority: where disks are lost, there stay three.
      if voters.contains(member), profile.losesTails || profile.flipsBits { return }
      try askAsRoot(.members(.remove(member)), of: replica)
    }
  }

  private func start(_ id: MemberID) throws {
    let newcomer = try SimulatedReplica(id: id, bootstrap: bootstrap, configuration: configuration(id))
    replicas[id] = newcomer
    ids.append(id)
    queue.add(.tick(id, epoch: newcomer.epoch), at: now + between(0, World.tickMicroseconds))
    watchSteps(of: newcomer)
    try act(newcomer)
    try actOnState(newcomer)
  }

  /// What a replica has applied of the members.
  func see(_ seen: MembersAsApplied) {
    guard seen.index > members?.index ?? 0 else { return }
    members = seen
    for id in ids where seen.table.hasLeft(id, seen.membership) && !leaving.contains(id) {
      leaving.insert(id)
      figures.memberChanges += 1
      // It may not know yet, and disturb nobody all the same.
      queue.add(.leave(id), at: now + between(1_000, 700_000))
    }
  }

  /// Its machine is switched off for good.
  func leave(_ id: MemberID) {
    guard let replica = replicas[id] else { return }
    forgetClients(of: replica)
    replica.isUp = false
    replicas[id] = nil
    ids.removeAll { $0 == id }
    cut = cut.filter { $0.from != id && $0.to != id }
    if tailLostBy == id { tailLostBy = nil }
  }

  /// Whom nobody wants as a member, because the request did not get through, is switched off.
  func dismissStrangers() {
    guard let members else { return }
    for id in ids where !members.membership.isMember(id) && members.table.rows[id] == nil { leave(id) }
  }

  /// Whether what was asked for has come about.
  func checkMembers() throws(Violation) {
    guard let members else { return }
    if members.membership.isJoint { throw Violation(description: "a change of the members was never completed") }
    if let target = members.table.target(from: members.membership) {
      throw Violation(
        description: "the members did not become what was asked for: \(members.membership), not \(target)")
    }
  }
}
