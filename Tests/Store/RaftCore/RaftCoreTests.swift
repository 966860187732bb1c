import RaftCore
import Testing

@Suite struct ElectionTests {
  @Test func aMajorityElectsOne() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(2)
    #expect(cluster.leaders == [2])
    #expect(cluster.members.values.allSatisfy { $0.leader == 2 && $0.term == 1 })
  }

  @Test func oneAloneElectsItselfOnceItsVoteIsOnDisk() throws {
    var cluster = try Cluster([1])
    cluster.syncsAtOnce = false
    cluster.tick(1, 20)
    #expect(cluster.members[1]!.role == .candidate)
    cluster.sync(1)
    #expect(cluster.leaders == [1])
  }

  @Test func aVoteLeavesOnlyAfterTheSync() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.syncsAtOnce = false
    let request = VoteRequest(lastIndex: 0, lastTerm: 0)
    cluster.with(1) { $0.receive(RaftMessage(from: 2, to: 1, term: 1, body: .vote(request))) }
    #expect(cluster.messages.isEmpty)
    #expect(cluster.unsynced[1]!.last?.hardState?.votedFor == 2)
    cluster.sync(1)
    #expect(
      cluster.messages == [
        RaftMessage(from: 1, to: 2, term: 1, body: .voteResponse(VoteResponse(isGranted: true)))
      ])
  }

  @Test func aVoteIsRememberedAcrossARestart() throws {
    var cluster = try Cluster([1, 2, 3])
    let request = RaftMessage.Body.vote(VoteRequest(lastIndex: 0, lastTerm: 0))
    cluster.with(1) { $0.receive(RaftMessage(from: 2, to: 1, term: 1, body: request)) }
    try cluster.restart(1)
    cluster.messages = []
    cluster.with(1) { $0.receive(RaftMessage(from: 3, to: 1, term: 1, body: request)) }
    #expect(cluster.messages.map(\.body) == [.voteResponse(VoteResponse(isGranted: false))])
  }

  @Test(arguments: [
    (candidate: [1, 1, 2] as [Term], voter: [1, 1] as [Term], granted: true),
    ([1, 1], [1, 1], true),
    ([1, 1], [1, 1, 1], false),
    ([1, 1, 1, 1], [1, 2], false),
    ([1, 2], [1, 1, 1, 1], true),
  ])
  func votesGoToLogsThatAreNotBehind(candidate: [Term], voter: [Term], granted: Bool) throws {
    var cluster = try Cluster([1, 2])
    try cluster.start(1, from: disk(voter, term: 2, voters: [1, 2]))
    let request = VoteRequest(lastIndex: LogIndex(candidate.count), lastTerm: candidate.last!)
    cluster.with(1) { $0.receive(RaftMessage(from: 2, to: 1, term: 3, body: .vote(request))) }
    #expect(cluster.messages.last?.body == .voteResponse(VoteResponse(isGranted: granted)))
  }

  @Test func aMemberThatComesBackDisturbsNobody() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [3]
    cluster.tick(3, 100)
    #expect(cluster.members[3]!.term == 1)
    cluster.isolated = []
    cluster.tick(3, 20)
    cluster.deliver()
    #expect(cluster.leaders == [1])
    #expect(cluster.members[1]!.term == 1)
  }

  @Test func aLeaderWithoutAQuorumStepsDown() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [1]
    cluster.tick(1, 25)
    #expect(cluster.members[1]!.role != .leader)
  }

  @Test func aRefusedConnectionStartsAnElectionAtOnce() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [1]
    for id in [2, 3] as [MemberID] { cluster.with(id) { $0.connectionRefused(by: 1) } }
    cluster.deliver()
    #expect(cluster.leaders.contains(2))
    #expect(cluster.members[3]!.leader == 2)
  }

  @Test func aRefusedConnectionToAFollowerMeansNothing() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.with(2) { $0.connectionRefused(by: 3) }
    #expect(cluster.members[2]!.role == .follower)
  }

  @Test func leadershipMovesWhenAsked() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.with(1) { $0.transferLeadership(to: 3) }
    cluster.propose(1, "refused meanwhile")
    cluster.deliver()
    #expect(cluster.leaders == [3])
    #expect(cluster.refused[1] == [.transferring])
    // A follower passes the wish on.
    cluster.with(1) { $0.transferLeadership(to: 2) }
    cluster.deliver()
    #expect(cluster.leaders == [2])
  }

  /// Both have all there is; one is dead.
  @Test(arguments: [2, 3] as [MemberID]) func leadershipIsHandedToALivingFollowerOnly(dead: MemberID) throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    cluster.isolated = [dead]
    for _ in 0..<6 {
      cluster.tick(1)
      cluster.deliver()
    }
    // To be named does not help it either, and costs no proposal.
    cluster.with(1) { $0.transferLeadership(to: dead) }
    cluster.propose(1, "b")
    cluster.deliver()
    #expect(cluster.leaders == [1] && cluster.refused[1]?.isEmpty != false)
    cluster.with(1) { $0.transferLeadership(to: nil) }
    cluster.deliver()
    #expect(cluster.leaders == [5 - dead])
  }

  @Test func leadershipStaysWhereNobodyElseHasWhatIsCommitted() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [3]
    cluster.propose(1, "a")
    cluster.deliver()
    // 3 is back, but has not got the entry yet; 2 is gone.
    cluster.isolated = [2]
    for _ in 0..<6 {
      cluster.tick(1)
      cluster.deliver { if case .append = $0.body { false } else { true } }
    }
    cluster.with(1) { $0.transferLeadership(to: nil) }
    cluster.propose(1, "b")
    #expect(cluster.refused[1]?.isEmpty != false)
    #expect(cluster.leaders == [1])
  }

  @Test func twoLeadersOfATermAreAFault() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    let heartbeat = RaftMessage.Body.heartbeat(Heartbeat(commit: 0, round: 1))
    cluster.with(1) { $0.receive(RaftMessage(from: 2, to: 1, term: 1, body: heartbeat)) }
    #expect(cluster.faults == [.twoLeaders(term: 1, 1, 2)])
  }
}

@Suite struct LostTailTests {
  @Test func aMemberThatLostItsTailDoesNotVoteUntilItHasCaughtUp() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    // 2 loses what it had acknowledged.
    cluster.disks[2]!.entries = []
    try cluster.restart(2, hasLostTail: true)
    #expect(cluster.disks[2]!.hardState.mustCatchUp)
    // 3 never had it, and must not win with 2.
    try cluster.start(3, from: disk([], term: 1, voters: [1, 2, 3]))
    cluster.isolated = [1]
    cluster.tick(3, 40)
    cluster.deliver()
    #expect(!cluster.leaders.contains(3))
    // A second crash does not make it forget.
    try cluster.restart(2)
    #expect(cluster.members[2]!.status.mustCatchUp)
    cluster.isolated = []
    cluster.messages = []
    // (Its term is a new one: 1 has to be elected again, by 3.)
    for _ in 0..<80 {
      for id in [1, 2, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders == [1])
    #expect(!cluster.members[2]!.status.mustCatchUp)
    #expect(!cluster.disks[2]!.hardState.mustCatchUp)
    #expect(cluster.texts(2) == ["a"])
  }

  /// 1 leads and sleeps; 2 votes for 3, loses that, and is all that 1 sees when it wakes. It must be of no use to 1: 3 has
  /// led meanwhile.
  @Test func aVoteThatWasLostHelpsNoDeposedLeader() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    let before = cluster.disks[2]!
    cluster.isolated = [1]
    cluster.tick(2, 10)
    cluster.messages = []
    for _ in 0..<60 where cluster.members[3]!.role != .leader {
      cluster.tick(3)
      cluster.deliver { if case .append = $0.body { false } else { true } }
    }
    #expect(cluster.leaders == [1, 3])
    cluster.disks[2] = before
    try cluster.restart(2, hasLostTail: true)
    cluster.isolated = [3]
    cluster.messages = []
    cluster.propose(1, "w")
    for _ in 0..<5 {
      cluster.tick(1)
      cluster.deliver()
    }
    #expect(cluster.texts(1) == ["a"])
    cluster.isolated = []
    cluster.messages = []
    for _ in 0..<80 {
      for id in [1, 2, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders.count == 1 && cluster.faults.isEmpty)
    for id in [2, 3] as [MemberID] { #expect(cluster.texts(id) == cluster.texts(1)) }
  }

  /// What is lost with a tail is what was synced last, with all its terms: so nothing is promised in a term that is far
  /// above the last one that is on the disk for certain.
  @Test func aTermThatJumpsIsOnTheDiskBeforeAnythingIsPromisedInIt() throws {
    var cluster = try Cluster([1, 2, 3])
    func ask(_ term: Term) -> Bool {
      let vote = RaftMessage.Body.vote(VoteRequest(lastIndex: 0, lastTerm: 0))
      cluster.messages = []
      cluster.with(2) { $0.receive(RaftMessage(from: 3, to: 2, term: term, body: vote)) }
      return cluster.messages.contains {
        if case .voteResponse(let response) = $0.body { response.isGranted } else { false }
      }
    }
    #expect(ask(999))
    #expect(!ask(1999) && cluster.disks[2]!.hardState.term == 1999)
    #expect(ask(2000))
    // Nor does it campaign.
    cluster.syncsAtOnce = false
    #expect(!ask(9000))
    cluster.messages = []
    cluster.tick(2, 50)
    #expect(cluster.messages.isEmpty)
    cluster.sync(2)
    cluster.tick(2, 50)
    #expect(!cluster.messages.isEmpty)
  }

  /// Nobody proposes anything, nothing is committed yet: the leader still finds out where their logs end.
  @Test func membersThatLostTheirTailsCatchUpWithoutAnyProposal() throws {
    var cluster = try Cluster([1, 2, 3])
    for id in [1, 2, 3] as [MemberID] {
      var disk = disk(id == 1 ? [1, 1] : [], term: 1, voters: [1, 2, 3])
      disk.hasLostTail = id != 1
      try cluster.start(id, from: disk)
    }
    cluster.messages = []
    for _ in 0..<80 {
      for id in [1, 2, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders == [1])
    #expect(cluster.members.values.allSatisfy { !$0.mustCatchUp })
    #expect(cluster.log(2) == cluster.log(1) && cluster.log(3) == cluster.log(1))
  }

  /// A disk that goes back in time without a trace: the leader must not ask for what is gone over and over.
  @Test func aFollowerThatLostItsLogUnnoticedIsFedAgain() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    for text in ["a", "b", "c"] { cluster.propose(1, text) }
    cluster.deliver()
    cluster.disks[2]!.entries.removeLast(3)
    cluster.disks[2]!.hardState.commit = 0
    try cluster.restart(2)
    cluster.propose(1, "d")
    for _ in 0..<6 {
      var rounds = 0
      cluster.tick(1)
      cluster.deliver { _ in
        rounds += 1
        return rounds < 500
      }
      #expect(rounds < 100)
    }
    #expect(cluster.log(2) == cluster.log(1))
    #expect(cluster.texts(2) == ["a", "b", "c", "d"])
  }

  /// One of three is gone for good and another has lost its tail: only an operator can decide to go on.
  @Test(arguments: [false, true]) func anOperatorMayLetItVoteAllTheSame(isAccepted: Bool) throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    try cluster.restart(1, hasLostTail: true)
    cluster.isolated = [3]
    var disk = cluster.disks[1]!
    disk.hasLostTail = true
    disk.acceptsLostTail = isAccepted
    try cluster.start(1, from: disk)
    for _ in 0..<60 {
      for id in [1, 2] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders.count == (isAccepted ? 1 : 0))
    #expect(cluster.disks[1]!.hardState.mustCatchUp != isAccepted)
    // For good: it need not be said again at the next start.
    try cluster.restart(1)
    #expect(cluster.members[1]!.mustCatchUp != isAccepted)
  }

  /// The old leader of two terms ago still runs, cut off; the member that rejoins voted for the present one. It is of
  /// no use to the old one, and votes for nobody before it has what the present one has.
  @Test func aMemberThatRejoinsStandsByWhatItPromised() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [1]
    cluster.elect(2)
    cluster.propose(2, "a")
    cluster.deliver()
    #expect(cluster.texts(3) == ["a"])
    let term = cluster.members[2]!.term
    #expect(cluster.members[1]!.term < term && cluster.leaders.contains(1))
    // 3 loses its disk; all it sees at first is 1.
    cluster.messages = []
    cluster.isolated = [2]
    try cluster.start(3, from: RecoveredLog(hardState: .rejoining(3, after: term), base: cluster.disks[1]!.base))
    #expect(cluster.disks[3]!.hardState.hasLostAll && cluster.disks[3]!.hardState.starts == (term + 1) << 32 + 1)
    cluster.propose(1, "b")
    for _ in 0..<60 {
      for id in [1, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.texts(1) == [] && cluster.texts(3) == [])
    #expect(!cluster.leaders.contains(1) && !cluster.leaders.contains(3))
    // Nor by the flag for a torn tail, nor after another start.
    var disk = cluster.disks[3]!
    disk.acceptsLostTail = true
    try cluster.start(3, from: disk)
    for _ in 0..<60 {
      for id in [1, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(!cluster.leaders.contains(1) && cluster.members[3]!.hasLostAll)
    cluster.isolated = []
    cluster.messages = []
    for _ in 0..<120 {
      for id in [1, 2, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders == [2])
    #expect(cluster.texts(1) == ["a"] && cluster.texts(3) == ["a"])
    #expect(!cluster.members[3]!.mustCatchUp && !cluster.members[3]!.hasLostAll)
    #expect(!cluster.disks[3]!.hardState.mustCatchUp && !cluster.disks[3]!.hardState.hasLostAll)
    // It counts again: 2 is lost, and 1 and 3 go on.
    cluster.isolated = [2]
    for _ in 0..<80 {
      for id in [1, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders.contains { $0 != 2 })
  }

  @Test func whenAllLostTheirTailsAllTogetherMayElect() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    for id in [1, 2, 3] as [MemberID] { try cluster.restart(id, hasLostTail: true) }
    cluster.isolated = [3]
    for _ in 0..<40 {
      for id in [1, 2] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders == [])
    cluster.isolated = []
    for _ in 0..<80 {
      for id in [1, 2, 3] as [MemberID] { cluster.tick(id) }
      cluster.deliver()
    }
    #expect(cluster.leaders.count == 1)
    #expect(cluster.members.values.allSatisfy { !$0.status.mustCatchUp })
  }
}
