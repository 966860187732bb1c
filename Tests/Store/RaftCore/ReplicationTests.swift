import RaftCore
import Testing

@Suite struct ReplicationTests {
  @Test func whatAMajorityHasIsCommittedEverywhere() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    for text in ["a", "b", "c"] { cluster.propose(1, text) }
    cluster.deliver()
    for id in [1, 2, 3] as [MemberID] { #expect(cluster.texts(id) == ["a", "b", "c"]) }
  }

  @Test func aFollowersClientsAreServedByTheLeader() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(2, "from 2")
    cluster.deliver()
    #expect(cluster.texts(2) == ["from 2"])
  }

  @Test func withoutALeaderAProposalIsRefused() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.propose(2, "x")
    #expect(cluster.refused[2] == [.noLeader])
  }

  @Test func theLeaderCountsItselfOnlyAfterItsSync() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    let before = cluster.members[1]!.commit
    cluster.syncsAtOnce = false
    cluster.propose(1, "a")
    // Its appends are on their way while its disk still writes.
    #expect(
      cluster.messages.contains { if case .append(let append) = $0.body { !append.entries.isEmpty } else { false } })
    cluster.deliver { $0.to != 3 && $0.from != 3 }
    cluster.sync(2)
    cluster.deliver { $0.to != 3 && $0.from != 3 }
    #expect(cluster.members[1]!.commit == before)
    cluster.sync(1)
    #expect(cluster.members[1]!.commit == before + 1)
  }

  @Test func aFollowerAcknowledgesOnlyAfterItsSync() throws {
    var cluster = try Cluster([1, 2])
    cluster.elect(1)
    cluster.syncsAtOnce = false
    cluster.propose(1, "a")
    cluster.sync(1)
    cluster.deliver()
    #expect(cluster.texts(1) == [])
    cluster.sync(2)
    cluster.deliver()
    #expect(cluster.texts(1) == ["a"])
  }

  /// The logs of figure 7: a leader of term 8 brings each of them to its own.
  @Test(
    arguments: [
      [1, 1, 1, 4, 4, 5, 5, 6, 6],
      [1, 1, 1, 4],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
      [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
      [1, 1, 1, 4, 4, 4, 4],
      [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
    ] as [[Term]])
  func figure7(follower: [Term]) throws {
    let leader: [Term] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6]
    var cluster = try Cluster([1, 2, 3])
    try cluster.start(1, from: disk(leader, term: 7, voters: [1, 2, 3]))
    try cluster.start(2, from: disk(follower, term: 7, voters: [1, 2, 3]))
    try cluster.start(3, from: disk(leader, term: 7, voters: [1, 2, 3]))
    cluster.elect(1)
    cluster.deliver()
    #expect(cluster.leaders == [1])
    #expect(cluster.log(2) == leader + [8])
    #expect(cluster.faults.isEmpty)
  }

  /// A whole term of conflicts costs one round trip, not one an entry.
  @Test func conflictsAreSkippedByTerm() throws {
    var cluster = try Cluster([1, 2, 3])
    let common: [Term] = [1, 1]
    try cluster.start(1, from: disk(common + [Term](repeating: 5, count: 200), term: 5, voters: [1, 2, 3]))
    try cluster.start(2, from: disk(common + [Term](repeating: 3, count: 300), term: 5, voters: [1, 2, 3]))
    try cluster.start(3, from: disk(common, term: 5, voters: [1, 2, 3]))
    var rejections = 0
    for _ in 0..<60 where cluster.members[1]!.role != .leader {
      cluster.tick(1)
      cluster.deliver { message in
        if case .appendResponse(.rejected) = message.body, message.from == 2 { rejections += 1 }
        return true
      }
    }
    #expect(cluster.log(2) == cluster.log(1))
    #expect(rejections <= 3)
  }

  /// Figure 8: an entry of term 2 that is on a majority is not committed by counting in term 4, and is lost rightly
  /// when the member with an entry of term 3 wins.
  @Test(arguments: [(Mutation(), false), (.commitsStaleTerms, true)])
  func figure8(mutation: Mutation, isCaught: Bool) throws {
    let voters: [MemberID] = [1, 2, 3, 4, 5]
    var cluster = try Cluster(voters) {
      $0.mutations = mutation
      // One entry an append.
      $0.maximumAppendBytes = 0
    }
    // (b): S1 has an entry of term 2 and S5, which led term 3, one of its own.
    for (id, log) in [1: [1, 2], 2: [1], 3: [1], 4: [1], 5: [1, 3]] as [MemberID: [Term]] {
      try cluster.start(id, from: disk(log, term: 3, voters: voters))
    }
    // (c): S1 leads term 4 and gets that entry to S2 and S3, but nothing of its own term to anybody.
    cluster.isolated = [4, 5]
    for _ in 0..<80 {
      if cluster.members[1]!.role != .leader || cluster.log(3) != [1, 2] || cluster.log(2) != [1, 2] {
        cluster.tick(1)
      }
      while let message = cluster.messages.first {
        // An entry of term 4 reaches only who must refuse it.
        if case .append(let append) = message.body, append.entries.contains(where: { $0.term == 4 }),
          append.previousIndex <= LogIndex(cluster.log(message.to).count)
        {
          cluster.messages.removeFirst()
        } else {
          cluster.deliverNext()
        }
      }
    }
    #expect(cluster.members[1]!.role == .leader)
    #expect(cluster.log(2) == [1, 2] && cluster.log(3) == [1, 2])
    #expect(cluster.members[1]!.commit == (isCaught ? 2 : 0))
    // (d): S5 comes back and overwrites it.
    cluster.isolated = [1]
    cluster.elect(5)
    cluster.deliver()
    #expect(cluster.leaders.contains(5))
    #expect(cluster.applied[1]!.dropFirst().map(\.term) == (isCaught ? [2] : []))
    #expect(cluster.applied[5]!.dropFirst().first?.term == 3)
  }

  @Test func aLostAppendIsFoundByTheNextHeartbeats() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    cluster.propose(1, "a")
    cluster.deliver { message in
      if case .append = message.body { false } else { true }
    }
    #expect(cluster.texts(1) == [])
    for _ in 0..<6 {
      cluster.tick(1)
      cluster.deliver()
    }
    for id in [1, 2, 3] as [MemberID] { #expect(cluster.texts(id) == ["a"]) }
  }

  @Test func theWindowBoundsWhatIsUnderWay() throws {
    var cluster = try Cluster([1, 2, 3]) {
      $0.maximumInflightAppends = 4
      $0.maximumAppendBytes = 1
    }
    cluster.elect(1)
    cluster.deliver()
    for number in 0..<50 { cluster.propose(1, "\(number)") }
    let appends = cluster.messages.filter { if case .append = $0.body { $0.to == 2 } else { false } }
    #expect(appends.count == 4)
    cluster.deliver()
    #expect(cluster.texts(2).count == 50)
  }

  @Test func tooMuchUncommittedIsRefused() throws {
    var cluster = try Cluster([1, 2, 3]) {
      $0.maximumUncommittedEntries = 5
      $0.maximumEntryBytes = 100
    }
    cluster.elect(1)
    cluster.deliver()
    cluster.isolated = [2, 3]
    for number in 0..<8 { cluster.propose(1, "\(number)") }
    #expect(cluster.refused[1] == [.overloaded, .overloaded, .overloaded])
    cluster.refused = [:]
    cluster.propose(1, String(repeating: "x", count: 101))
    #expect(cluster.refused[1] == [.tooLarge])
  }
}

@Suite struct ReadTests {
  @Test func aReadIsAnsweredOnceAQuorumConfirmed() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.propose(1, "a")
    cluster.deliver()
    let commit = cluster.members[1]!.commit
    cluster.with(1) { $0.read(request: 7) }
    #expect(cluster.reads[1] == [])
    cluster.deliver()
    #expect(cluster.reads[1] == [ReadOutcome(request: 7, index: commit)])
  }

  @Test func aFollowerAsksTheLeader() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    cluster.with(3) { $0.read(request: 9) }
    cluster.deliver()
    #expect(cluster.reads[3] == [ReadOutcome(request: 9, index: cluster.members[1]!.commit)])
  }

  @Test func aLeaderThatIsCutOffAnswersNoRead() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    cluster.isolated = [1]
    cluster.with(1) { $0.read(request: 1) }
    cluster.tick(1, 5)
    #expect(cluster.reads[1] == [])
    cluster.tick(1, 30)
    #expect(cluster.reads[1] == [ReadOutcome(request: 1, index: nil)])
  }

  @Test func aReadJoinsOnlyARoundThatHasNotBeenSent() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    cluster.messages = []
    cluster.with(1) { $0.read(request: 1) }
    let firstRound = cluster.messages
    cluster.messages = []
    cluster.with(1) { $0.read(request: 2) }
    #expect(cluster.messages.isEmpty)
    // The first round's answers confirm the first read only, and send the second one's round.
    cluster.messages = firstRound
    cluster.deliver { message in
      if case .heartbeat(let heartbeat) = message.body, !firstRound.contains(message) {
        return heartbeat.round == 0
      }
      return true
    }
    #expect(cluster.reads[1]!.map(\.request) == [1])
    cluster.tick(1)
    cluster.deliver()
    #expect(cluster.reads[1]!.map(\.request) == [1, 2])
  }

  @Test func aNewLeaderReadsOnlyOnceAnEntryOfItsTermIsCommitted() throws {
    var cluster = try Cluster([1, 2, 3])
    for _ in 0..<60 where cluster.members[1]!.role != .leader {
      cluster.tick(1)
      cluster.deliver { if case .append = $0.body { false } else { true } }
    }
    cluster.with(1) { $0.read(request: 1) }
    for _ in 0..<3 {
      cluster.tick(1)
      cluster.deliver { if case .append = $0.body { false } else { true } }
    }
    #expect(cluster.reads[1] == [])
    for _ in 0..<4 {
      cluster.tick(1)
      cluster.deliver()
    }
    #expect(cluster.reads[1]!.first?.index == 1)
  }
}
