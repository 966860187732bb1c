import MVCC
import RaftCore
import Replica
import Testing

/// State halves that apply one log, and tell each other what they find at checkpoints.
private struct Group {
  var members: [MemberID: ReplicaState] = [:]
  var agreements: [MemberID: StateAgreement] = [:]
  var log: [Entry] = []
  private var sequence: UInt64 = 0

  init(_ membership: Membership) {
    for id in membership.members {
      var configuration = ReplicaConfiguration(member: id, seed: id)
      configuration.checkpointTicks = 10
      members[id] = ReplicaState(
        configuration: configuration, start: 1, base: SnapshotMetadata(index: 0, term: 0, membership: membership))
      agreements[id] = StateAgreement()
    }
  }

  mutating func propose(_ command: ReplicaCommand) {
    sequence += 1
    let id = ProposalID(origin: 1, start: 1, sequence: sequence)
    append(.command, Envelope(id: id, time: 0, command: command).encoded())
  }

  mutating func append(_ kind: Entry.Kind, _ payload: [UInt8]) {
    log.append(Entry(term: 1, index: LogIndex(log.count) + 1, kind: kind, payload: payload))
  }

  mutating func put(_ key: String) {
    propose(.store(.put(PutRequest(key: Array(key.utf8), value: Array("value".utf8)))))
  }

  /// These apply what they have not, and those hear of it who can.
  mutating func apply(_ appliers: [MemberID]? = nil, reaching hearers: [MemberID]? = nil) {
    for id in appliers ?? members.keys.sorted() {
      let from = Int(members[id]!.appliedIndex)
      _ = members[id]!.apply(log[from...])
      carry(from: id, to: hearers ?? Array(members.keys))
    }
  }

  private mutating func carry(from id: MemberID, to hearers: [MemberID]) {
    for effect in members[id]!.takeEffects() {
      switch effect {
      case .checkpoint(let checkpoint):
        for other in hearers.sorted() where other != id {
          members[other]?.receive(checkpoint, from: id)
          carry(from: other, to: [])
        }
      case .agreement(let agreement): agreements[id] = agreement
      default: break
      }
    }
  }

  mutating func tick(_ count: Int) {
    for _ in 0..<count {
      for id in members.keys.sorted() {
        members[id]!.tick()
        carry(from: id, to: [])
      }
    }
  }

  mutating func checkpoint() { propose(.checkpoint) }

  /// A state made from another's snapshot.
  mutating func install(from source: MemberID, at target: MemberID) throws {
    var frozen = members[source]!.freeze()
    var decoder = StateDecoder()
    while let chunk = frozen.nextChunk() { try decoder.feed(chunk) }
    members[target]!.restore(try decoder.finish())
    _ = members[target]!.takeEffects()
  }

  var outvoted: [MemberID] { agreements.filter { $0.value.outvoted != nil }.keys.sorted() }
  var isQuiet: Bool { agreements.values.allSatisfy { $0 == StateAgreement() } }
}

@Suite struct DivergenceTests {
  @Test(arguments: [1, 2, 3] as [MemberID]) func theOneThatDivergesIsOutvoted(_ culprit: MemberID) {
    var group = Group(Membership(voters: [1, 2, 3]))
    group.put("a")
    group.checkpoint()
    group.apply()
    group.tick(30)
    #expect(group.isQuiet)
    group.members[culprit]!.injectDivergence()
    group.put("b")
    group.checkpoint()
    group.apply()
    #expect(group.outvoted == [culprit])
    for id in [1, 2, 3] as [MemberID] where id != culprit {
      #expect(group.agreements[id]?.diverged == [culprit])
      #expect(group.agreements[id]?.undecided == nil)
    }
  }

  /// What does not show in keys and values is seen too.
  @Test(
    arguments: [
      .leaseKeepAlive(7), .store(.leaseGrant(id: 9, timeToLive: 30)), .store(.leaseRevoke(id: 7)),
      .store(.compact(revision: 2)), .leaseExpire(7, renewal: 2),
    ] as [ReplicaCommand]) func everyDecisionIsCovered(_ command: ReplicaCommand)
  {
    var digests: [UInt64] = []
    for isApplied in [true, false] {
      var group = Group(Membership(voters: [1]))
      group.put("a")
      group.propose(.store(.leaseGrant(id: 7, timeToLive: 60)))
      if isApplied { group.propose(command) } else { group.propose(.store(.leaseRevoke(id: 8))) }
      group.apply()
      digests.append(group.members[1]!.records.digest.value)
    }
    #expect(digests[0] != digests[1])
  }

  /// A follower that lags, one that installed a snapshot and goes on from there, one that is started again from a
  /// snapshot and the log behind it: all of them find what the others found.
  @Test func lateComersAgree() throws {
    var group = Group(Membership(voters: [1, 2, 3]))
    for round in 0..<5 {
      group.put("key\(round)")
      group.checkpoint()
      group.apply([1, 2])
    }
    group.apply([3])
    group.tick(30)
    #expect(group.isQuiet)
    for round in 0..<20 {
      group.put("later\(round)")
      group.propose(.store(.leaseGrant(id: LeaseID(round + 1), timeToLive: 60)))
      group.checkpoint()
      group.apply([1, 2])
    }
    try group.install(from: 2, at: 3)
    group.put("behind the snapshot")
    group.checkpoint()
    group.apply()
    group.tick(30)
    #expect(group.isQuiet)
    #expect(group.members[3]!.records.digest == group.members[1]!.records.digest)
  }

  @Test func aRebuiltOneIsNotComplainedOfAnyMore() throws {
    var group = Group(Membership(voters: [1, 2, 3]))
    group.members[3]!.injectDivergence()
    group.put("a")
    group.checkpoint()
    group.apply()
    #expect(group.agreements[1]?.diverged == [3])
    let configuration = group.members[3]!.configuration
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))
    group.members[3] = ReplicaState(configuration: configuration, start: 2, base: base)
    group.agreements[3] = StateAgreement()
    group.put("b")
    group.checkpoint()
    group.apply()
    group.tick(30)
    #expect(group.isQuiet)
  }

  @Test func oneThatHasLeftIsNotComplainedOfAnyMore() {
    var group = Group(Membership(voters: [1, 2, 3]))
    group.members[3]!.injectDivergence()
    group.put("a")
    group.checkpoint()
    group.apply()
    #expect(group.agreements[1]?.diverged == [3])
    group.append(.configuration, ConfigurationChange(id: nil, membership: Membership(voters: [1, 2, 4])).encoded())
    group.put("b")
    group.checkpoint()
    group.apply([1, 2], reaching: [1, 2])
    #expect(group.agreements[1]?.diverged == [] && group.agreements[2]?.diverged == [])
  }

  /// Two of four, or one of two with the third down: nobody can say who is wrong, so nobody goes.
  @Test(arguments: [4, 3] as [MemberID]) func withoutAMajorityAllGoOn(_ count: MemberID) {
    var group = Group(Membership(voters: Array(1...count)))
    let present: [MemberID] = count == 4 ? [1, 2, 3, 4] : [1, 2]
    for id in present where id % 2 == 0 { group.members[id]!.injectDivergence() }
    group.put("a")
    group.checkpoint()
    group.apply(present, reaching: present)
    #expect(present.allSatisfy { group.agreements[$0]?.undecided == nil })
    group.tick(30)
    for id in present {
      #expect(group.agreements[id]?.undecided == 2)
      #expect(group.agreements[id]?.outvoted == nil)
      #expect(group.agreements[id]?.diverged == [])
    }
    guard count == 3 else { return }
    // The third comes back and decides it.
    group.put("b")
    group.checkpoint()
    group.apply()
    #expect(group.outvoted == [2])
    #expect(group.agreements[1]?.undecided == nil && group.agreements[3]?.undecided == nil)
  }

  /// Learners are told that they are wrong, and are not asked.
  @Test func learnersDoNotDecide() {
    var group = Group(Membership(voters: [1], learners: [2, 3]))
    group.members[2]!.injectDivergence()
    group.members[3]!.injectDivergence()
    group.put("a")
    group.checkpoint()
    group.apply()
    #expect(group.outvoted == [2, 3])
    #expect(group.agreements[1]?.diverged == [2, 3])
  }

  /// In a joint configuration it takes a majority of both halves, by the membership at the checkpoint.
  @Test func jointMembershipsDecideByBothHalves() {
    var group = Group(Membership(voters: [1, 2, 3], learners: [4, 5]))
    let joint = Membership(voters: [3, 4, 5], outgoing: [1, 2, 3])
    group.append(.configuration, ConfigurationChange(id: nil, membership: joint).encoded())
    group.apply()
    for id in [4, 5] as [MemberID] { group.members[id]!.injectDivergence() }
    group.put("a")
    group.checkpoint()
    group.apply()
    group.tick(30)
    #expect(group.outvoted.isEmpty)
    #expect(group.agreements[1]?.undecided == 3)
    let settled = Membership(voters: [3, 4, 5])
    group.append(.configuration, ConfigurationChange(id: nil, membership: settled).encoded())
    group.checkpoint()
    group.apply()
    #expect(group.outvoted == [3])
  }

  @Test func reportsOfAnotherVersionAreNotCompared() {
    var group = Group(Membership(voters: [1, 2, 3]))
    group.put("a")
    group.checkpoint()
    group.apply([1])
    for id in [2, 3] as [MemberID] {
      group.members[1]!.receive(StateCheckpoint(index: 2, digest: 1, version: 200), from: id)
    }
    group.tick(30)
    #expect(group.outvoted.isEmpty && group.isQuiet)
    for id in [2, 3] as [MemberID] { group.members[1]!.receive(StateCheckpoint(index: 2, digest: 1), from: id) }
    #expect(group.members[1]!.agreement.outvoted?.majority == 1)
  }

  @Test func aLeaderAsksForCheckpointsOnlyWhenSomethingWasApplied() {
    var group = Group(Membership(voters: [1]))
    func proposals(_ ticks: Int) -> [ReplicaCommand] {
      for _ in 0..<ticks { group.members[1]!.tick() }
      return group.members[1]!.takeEffects().compactMap { if case .propose(let command) = $0 { command } else { nil } }
    }
    group.put("a")
    group.apply()
    #expect(proposals(100).isEmpty)
    group.members[1]!.leadershipChanged(Leadership(role: .leader, term: 1, leader: 1))
    #expect(proposals(1) == [.checkpoint])
    // It was lost: asked for again.
    #expect(proposals(10) == [.checkpoint])
    group.checkpoint()
    group.apply()
    #expect(proposals(100).isEmpty)
    group.put("b")
    group.apply()
    #expect(proposals(1) == [.checkpoint])
  }
}
