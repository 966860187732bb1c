import ByteCoding
import RaftCore
import Testing

/// Learners that the leader makes voters of, and leaders that leave.
@Suite struct CandidateTests {
  private typealias Candidate = Membership.Candidate

  /// Members of whom only some vote at first, with the first one leading; what they say to each other arrives.
  private func lead(
    _ ids: [MemberID], voters: [MemberID], _ adjust: @escaping (inout RaftConfiguration) -> Void = { _ in }
  )
    throws -> Cluster
  {
    var cluster = try Cluster(ids, voters: voters, adjust: adjust)
    cluster.elect(1)
    cluster.deliver()
    return cluster
  }

  private func pass(_ cluster: inout Cluster, ticks: Int, leader: MemberID = 1) {
    for _ in 0..<ticks {
      cluster.tick(leader)
      cluster.deliver()
    }
  }

  private func change(_ cluster: inout Cluster, to membership: Membership) {
    cluster.with(1) { $0.changeMembership(id: ProposalID(origin: 1, start: 1, sequence: 1), to: membership) }
    cluster.deliver()
  }

  @Test func aCandidateIsALearnerAndReplacesAVoterAtMost() {
    let membership = Membership(
      voters: [1, 2, 3], learners: [3, 4, 5, 6],
      candidates: [.init(6, replaces: 2), .init(5, replaces: 2), .init(4, replaces: 9), .init(3), .init(7), .init(4)])
    #expect(membership.candidates == [Candidate(4), Candidate(5, replaces: 2), Candidate(6)])
    #expect(membership.learners == [4, 5, 6])
  }

  @Test func membershipsOfTheFirstFormatAreRead() throws {
    var writer = ByteWriter()
    writer.write(UInt8(1))
    for group in [[1, 2, 3], [], [4]] as [[MemberID]] {
      writer.write(varint: UInt64(group.count))
      for member in group { writer.write(fixed: member) }
    }
    #expect(try Membership(decoding: writer.bytes[...]) == Membership(voters: [1, 2, 3], learners: [4]))
    let present = Membership(
      voters: [1, 2, 3], outgoing: [1, 2], learners: [4, 5], candidates: [.init(4), .init(5, replaces: 3)])
    let bytes = present.encoded()
    #expect(try Membership(decoding: bytes[...]) == present)
    for end in 0..<bytes.count { #expect(throws: ByteCodingError.self) { try Membership(decoding: bytes[..<end]) } }
  }

  @Test func aCandidateVotesOnceItHasCaughtUp() throws {
    var cluster = try lead([1, 2, 3, 4], voters: [1, 2, 3]) { $0.promotionLag = 2 }
    for number in 0..<20 { cluster.propose(1, "\(number)") }
    cluster.isolated = [4]
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4)]))
    pass(&cluster, ticks: 30)
    #expect(cluster.members[1]!.membership.candidates == [Candidate(4)], "it has nothing yet")
    cluster.isolated = []
    pass(&cluster, ticks: 4)
    for id in [1, 2, 3, 4] as [MemberID] {
      #expect(cluster.members[id]!.membership == Membership(voters: [1, 2, 3, 4]))
    }
  }

  @Test func aLearnerThatIsNoCandidateStaysOne() throws {
    var cluster = try lead([1, 2, 3, 4], voters: [1, 2, 3])
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4]))
    pass(&cluster, ticks: 30)
    #expect(cluster.members[1]!.isInSync(4))
    #expect(cluster.members[1]!.membership == Membership(voters: [1, 2, 3], learners: [4]))
  }

  /// The log takes no entry between: three voters become five at once.
  @Test func twoCandidatesBecomeVotersInOneChange() throws {
    var cluster = try lead([1, 2, 3, 4, 5], voters: [1, 2, 3])
    cluster.isolated = [5]
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4, 5], candidates: [.init(4), .init(5)]))
    pass(&cluster, ticks: 20)
    #expect(cluster.members[1]!.membership.voters == [1, 2, 3], "four voters are an even number")
    cluster.isolated = []
    pass(&cluster, ticks: 6)
    #expect(cluster.members[5]!.membership == Membership(voters: [1, 2, 3, 4, 5]))
    let sizes = try (cluster.applied[1] ?? []).filter { $0.kind == .configuration }
      .map { try ConfigurationChange(decoding: $0.payload[...]).membership.incoming.count }
    #expect(sizes == [3, 5, 5])
  }

  @Test func aCandidateDoesNotWaitForOneThatNeverComes() throws {
    var cluster = try lead([1, 2, 3, 4, 5], voters: [1, 2, 3])
    cluster.isolated = [5]
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4, 5], candidates: [.init(4), .init(5)]))
    pass(&cluster, ticks: 70)
    #expect(
      cluster.members[1]!.membership
        == Membership(voters: [1, 2, 3, 4], learners: [5], candidates: [.init(5)]))
    cluster.isolated = []
    pass(&cluster, ticks: 6)
    #expect(cluster.members[1]!.membership == Membership(voters: [1, 2, 3, 4, 5]))
  }

  /// One that answers, but never gets there: the wait for it is longer, and ends too.
  @Test func theWaitForASlowCandidateEnds() throws {
    var cluster = try lead([1, 2, 3, 4, 5], voters: [1, 2, 3])
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4)]))
    cluster.members[5] = nil
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4, 5], candidates: [.init(4), .init(5)]))
    var ticks = 0
    while cluster.members[1]!.membership.voters.count == 3, ticks < 1000 {
      ticks += 1
      pass(&cluster, ticks: 1)
      let term = cluster.members[1]!.term
      cluster.with(1) {
        $0.receive(RaftMessage(from: 5, to: 1, term: term, body: .heartbeatResponse(round: 0)))
      }
    }
    #expect(cluster.members[1]!.membership.voters == [1, 2, 3, 4])
    #expect((590...620).contains(ticks), "\(ticks)")
  }

  @Test func aDeadVoterIsReplacedInOneStep() throws {
    var cluster = try lead([1, 2, 3, 4], voters: [1, 2, 3])
    cluster.isolated = [3]
    change(&cluster, to: Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4, replaces: 3)]))
    pass(&cluster, ticks: 6)
    for id in [1, 2, 4] as [MemberID] { #expect(cluster.members[id]!.membership == Membership(voters: [1, 2, 4])) }
    cluster.isolated = [2, 3]
    cluster.propose(1, "with the new one")
    cluster.deliver()
    #expect(cluster.texts(4) == ["with the new one"])
  }

  @Test func aSingleVoterIsReplacedByAnother() throws {
    var cluster = try lead([1, 2], voters: [1])
    cluster.propose(1, "a")
    change(&cluster, to: Membership(voters: [1], learners: [2], candidates: [.init(2, replaces: 1)]))
    pass(&cluster, ticks: 6)
    #expect(cluster.members[2]!.membership == Membership(voters: [2]))
    #expect(cluster.leaders == [2], "the old one asked it to lead")
    cluster.propose(2, "b")
    #expect(cluster.texts(2) == ["a", "b"])
  }

  /// Nobody waits for a timeout when a leader removes itself.
  @Test func aLeaderThatLeavesNamesASuccessor() throws {
    var cluster = try lead([1, 2, 3], voters: [1, 2, 3])
    pass(&cluster, ticks: 2)
    change(&cluster, to: Membership(voters: [2, 3]))
    #expect(cluster.members[1]!.role == .follower)
    #expect(cluster.leaders.count == 1 && cluster.leaders != [1], "\(cluster.leaders)")
  }

  /// The one that leaves has the entry by which it does, the one that stays needs its vote and lacks the entry.
  @Test func aLeaderThatIsCutOffWhileItLeavesCanFinishLater() throws {
    var cluster = try lead([1, 2], voters: [1])
    change(&cluster, to: Membership(voters: [1], learners: [2]))
    pass(&cluster, ticks: 2)
    cluster.with(1) {
      $0.changeMembership(id: ProposalID(origin: 1, start: 1, sequence: 1), to: Membership(voters: [2]))
    }
    while !cluster.messages.isEmpty, cluster.members[1]!.membership.isJoint { cluster.deliverNext() }
    #expect(cluster.members[2]!.membership.isJoint && !cluster.members[1]!.membership.isJoint)
    cluster.messages = []
    cluster.isolated = [2]
    pass(&cluster, ticks: 25)
    cluster.isolated = []
    for _ in 0..<60 {
      for id in [1, 2] as [MemberID] { pass(&cluster, ticks: 1, leader: id) }
    }
    #expect(cluster.leaders == [2])
    #expect(cluster.members[2]!.membership == Membership(voters: [2]))
  }

  /// What a member that joins with an empty log must read before it reads of changes.
  @Test func theConfigurationIsRecordedOnce() throws {
    var cluster = try lead([1, 2, 3], voters: [1, 2, 3])
    for _ in 0..<2 {
      cluster.with(1) { $0.recordMembership() }
      cluster.deliver()
    }
    cluster.with(2) { $0.recordMembership() }
    pass(&cluster, ticks: 1)
    #expect((cluster.applied[2] ?? []).filter { $0.kind == .configuration }.count == 1)
    #expect(cluster.members[2]!.membership == Membership(voters: [1, 2, 3]))
  }
}

/// Clusters whose members come, go, are cut off and restart, under lossy networks, from a seed.
@Suite struct ChangingClusterTests {
  @Test(arguments: 1...12) func changesUnderFaultsKeepTheLog(seed: Int) throws {
    var cluster = try ChangingCluster(seed: UInt64(seed))
    try cluster.run()
  }
}

private struct ChangingCluster {
  let ids: [MemberID] = [1, 2, 3, 4, 5, 6, 7]
  var random: SeededGenerator
  var cluster: Cluster
  var leadersByTerm: [Term: MemberID] = [:]
  var proposed = 0

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    let isSlow = seed % 3 == 0
    cluster = try Cluster(ids, voters: [1, 2, 3]) { $0.promotionLag = isSlow ? 0 : 20 }
  }

  mutating func run() throws {
    for _ in 0..<2000 {
      try act()
      try check()
    }
    // Everything heals: the last membership must get a leader, and everybody in it the whole log.
    cluster.isolated = []
    for _ in 0..<1500 { settle() }
    let leader = try #require(cluster.leaders.last)
    let membership = cluster.members[leader]!.membership
    #expect(!membership.isJoint && membership.candidates.isEmpty, "\(membership)")
    cluster.propose(leader, "last")
    for _ in 0..<20 { settle() }
    for id in membership.members {
      #expect(cluster.texts(id).last == "last", "\(id) of \(membership): \(cluster.texts(id).suffix(3))")
    }
    #expect(cluster.texts(leader).count > 20)
    try check()
  }

  /// All tick, all that is said arrives.
  private mutating func settle() {
    for id in ids { cluster.tick(id) }
    cluster.deliver()
  }

  private mutating func act() throws {
    let id = ids.randomElement(using: &random)!
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<30: for id in ids { cluster.tick(id) }
    case 30..<35: cluster.tick(id, 3)
    case 35..<80:
      for _ in 0..<min(cluster.messages.count, 8) {
        let position = Int.random(in: 0..<min(cluster.messages.count, 4), using: &random)
        cluster.messages.swapAt(0, position)
        if Int.random(in: 0..<20, using: &random) == 0 { cluster.messages.removeFirst() } else { cluster.deliverNext() }
        if cluster.messages.isEmpty { break }
      }
    case 80..<88:
      guard let leader = cluster.leaders.randomElement(using: &random) else { return }
      proposed += 1
      cluster.propose(leader, "\(proposed)")
    case 88..<94:
      guard let leader = cluster.leaders.randomElement(using: &random) else { return }
      let target = change(of: cluster.members[leader]!.membership)
      cluster.with(leader) { $0.changeMembership(id: nil, to: target) }
    case 94..<96: try cluster.restart(id)
    case 96: cluster.isolated = [id]
    default: cluster.isolated = []
    }
  }

  /// Another membership, by what an operator can ask for.
  private mutating func change(of present: Membership) -> Membership {
    let id = ids.randomElement(using: &random)!
    var (voters, learners, candidates) = (present.incoming, present.learners, present.candidates)
    if voters.contains(id) {
      if voters.count > 1, voters.count > 3 || Int.random(in: 0..<3, using: &random) == 0 {
        voters.removeAll { $0 == id }
      }
    } else if learners.contains(id) {
      if Bool.random(using: &random) { learners.removeAll { $0 == id } } else { candidates.append(.init(id)) }
    } else {
      learners.append(id)
      let replaced = Bool.random(using: &random) ? voters.randomElement(using: &random) : nil
      if Bool.random(using: &random) { candidates.append(.init(id, replaces: replaced)) }
    }
    return Membership(voters: voters, learners: learners, candidates: candidates)
  }

  private mutating func check() throws {
    #expect(cluster.faults.isEmpty, "\(cluster.faults)")
    for (id, member) in cluster.members where member.role == .leader {
      let known = leadersByTerm[member.term] ?? id
      #expect(known == id, "two leaders of term \(member.term)")
      leadersByTerm[member.term] = id
    }
    // Whatever two members have applied at an index is the same entry.
    let longest = cluster.applied.values.max { $0.count < $1.count } ?? []
    for entries in cluster.applied.values {
      guard let last = entries.last else { continue }
      #expect(longest[entries.count - 1] == last)
    }
    if !cluster.faults.isEmpty { throw CancellationError() }
  }
}
