import ByteCoding
import MVCC
import RaftCore
import Replica
import Testing

/// The table of members by itself.
@Suite struct MemberTableTests {
  private static let three = Membership(voters: [1, 2, 3])

  private func url(_ number: Int) -> [String] { ["https://198.18.0.\(number):2380"] }

  /// A table of three members that have told who they are.
  private func table() -> MemberTable {
    var table = MemberTable()
    table.configured(Self.three)
    for id in 1...3 {
      let attributes = MemberTable.Attributes(name: "s\(id)", peerURLs: url(id), clientURLs: ["https://c\(id):2379"])
      #expect(table.apply(.publish(MemberID(id), attributes), Self.three) == nil)
    }
    return table
  }

  private func apply(_ table: inout MemberTable, _ change: MemberChange, _ membership: Membership = three)
    -> MemberError?
  {
    table.apply(change, membership)
  }

  @Test func aNewMemberIsACandidateUnlessItIsToLearn() {
    var table = table()
    #expect(apply(&table, .add(4, peerURLs: url(4), .voter(replaces: nil))) == nil)
    #expect(apply(&table, .add(5, peerURLs: url(5), .learner)) == nil)
    let target = Membership(voters: [1, 2, 3], learners: [4, 5], candidates: [.init(4)])
    #expect(table.target(from: Self.three) == target)
    #expect(table.target(from: target) == nil)
    #expect(apply(&table, .promote(5), target) == nil)
    #expect(table.target(from: target)?.candidates == [.init(4), .init(5)])
    #expect(apply(&table, .promote(1), target) == .notLearner)
    #expect(apply(&table, .promote(9), target) == .notFound)
    #expect(table.members(in: target) == [1, 2, 3, 4, 5])
  }

  @Test func badRequestsChangeNothing() {
    var table = table()
    let before = table
    #expect(apply(&table, .add(4, peerURLs: url(2), .voter(replaces: nil))) == .peerURLExists)
    #expect(apply(&table, .add(3, peerURLs: url(9), .learner)) == .idExists)
    #expect(apply(&table, .add(0, peerURLs: url(9), .learner)) == .idExists)
    #expect(apply(&table, .add(4, peerURLs: url(4), .voter(replaces: 8))) == .notFound)
    #expect(apply(&table, .update(2, peerURLs: url(3))) == .peerURLExists)
    #expect(apply(&table, .update(9, peerURLs: url(9))) == .notFound)
    #expect(apply(&table, .remove(9)) == .notFound)
    #expect(apply(&table, .publish(9, .init(name: "s9", peerURLs: []))) == .notFound)
    #expect(apply(&table, .publish(2, .init(name: "s1", peerURLs: url(2)))) == .nameTaken)
    #expect(table == before)
    #expect(apply(&table, .add(4, peerURLs: url(4), .voter(replaces: 3))) == nil)
    #expect(apply(&table, .add(5, peerURLs: url(5), .voter(replaces: 3))) == .replacedAlready)
    let four = Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4, replaces: 3)])
    #expect(apply(&table, .add(5, peerURLs: url(5), .voter(replaces: 4)), four) == .notVoter)
    for id in 11...17 { #expect(apply(&table, .add(MemberID(id), peerURLs: url(id), .learner)) == nil) }
    #expect(apply(&table, .add(18, peerURLs: url(18), .learner)) == .tooManyLearners)
  }

  @Test func theLastVoterStays() {
    var table = table()
    #expect(apply(&table, .remove(1)) == nil)
    #expect(apply(&table, .remove(1)) == .notFound)
    #expect(apply(&table, .remove(2)) == nil)
    #expect(apply(&table, .remove(3)) == .lastVoter)
    #expect(table.target(from: Self.three) == Membership(voters: [3]))
  }

  /// Whoever left is remembered, and its address is free; while it leaves it can still be reached.
  @Test func whoHasLeftNeverComesBack() {
    var table = table()
    #expect(apply(&table, .remove(3)) == nil)
    #expect(table.rows[3]?.attributes.peerURLs == url(3))
    table.configured(Membership(voters: [1, 2], outgoing: [1, 2, 3]))
    #expect(table.rows[3] != nil, "the old half is still needed")
    let two = Membership(voters: [1, 2])
    table.configured(two)
    #expect(table.rows[3] == nil && table.hasLeft(3, two))
    #expect(apply(&table, .add(3, peerURLs: url(3), .learner), two) == .idExists)
    #expect(apply(&table, .publish(3, .init(name: "s3", peerURLs: url(3))), two) == .notFound)
    #expect(apply(&table, .add(7, peerURLs: url(3), .voter(replaces: nil)), two) == nil)
  }

  /// A rebuilt machine has its predecessor's address and name.
  @Test func aMachineCanReplaceItselfUnderItsAddress() {
    var table = table()
    #expect(apply(&table, .add(4, peerURLs: url(3), .voter(replaces: 3))) == nil)
    #expect(table.member(at: url(3)[0]) == 4)
    #expect(table.member(at: url(1)[0]) == 1)
    let joining = Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4, replaces: 3)])
    #expect(table.target(from: Self.three) == joining)
    #expect(apply(&table, .publish(4, .init(name: "s3", peerURLs: [])), joining) == nil)
    table.configured(Membership(voters: [1, 2, 4]))
    #expect(table.removed == [3] && table.rows[4]?.attributes.name == "s3")
  }

  @Test func aMemberThatIsRemovedBeforeItCameStaysAway() {
    var table = table()
    #expect(apply(&table, .add(4, peerURLs: url(4), .voter(replaces: nil))) == nil)
    #expect(apply(&table, .remove(4)) == nil)
    #expect(table.target(from: Self.three) == nil)
    // Its configuration entry was on its way.
    let late = Membership(voters: [1, 2, 3], learners: [4], candidates: [.init(4)])
    table.configured(late)
    #expect(table.target(from: late) == Self.three)
  }

  @Test func whatTheClustersFileSaysFillsGapsOnly() {
    var table = MemberTable()
    table.configured(Self.three)
    let own = MemberTable.Attributes(name: "s1", peerURLs: url(11), clientURLs: ["https://c:1"])
    #expect(apply(&table, .publish(1, own)) == nil)
    #expect(
      apply(
        &table,
        .seed([
          1: .init(name: "x", peerURLs: url(1)), 2: .init(name: "s2", peerURLs: url(2)), 9: .init(peerURLs: url(9)),
        ])
      ) == nil)
    #expect(table.rows[1]?.attributes == own)
    #expect(table.rows[2]?.attributes.name == "s2" && table.rows[9] == nil)
    // Nor does a later word of the member itself undo what an operator has set.
    #expect(apply(&table, .update(1, peerURLs: url(21))) == nil)
    #expect(apply(&table, .publish(1, own)) == nil)
    #expect(table.rows[1]?.attributes.peerURLs == url(21))
  }

  @Test func tablesAndChangesComeBack() throws {
    var table = table()
    #expect(apply(&table, .add(4, peerURLs: url(4), .voter(replaces: 3))) == nil)
    #expect(apply(&table, .add(5, peerURLs: url(5) + url(6), .learner)) == nil)
    #expect(apply(&table, .remove(2)) == nil)
    table.configured(Membership(voters: [1, 3], learners: [4, 5]))
    var writer = ByteWriter()
    table.encode(into: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try MemberTable(from: &reader) == table)
    try reader.expectEnd()
    let changes: [MemberChange] = [
      .add(4, peerURLs: url(4), .voter(replaces: nil)), .add(4, peerURLs: url(4), .voter(replaces: 3)),
      .add(4, peerURLs: [], .learner), .promote(4), .update(4, peerURLs: url(5)), .remove(4),
      .publish(4, .init(name: "s4", peerURLs: url(4), clientURLs: url(7))), .seed([:]),
      .seed([4: .init(name: "s4", peerURLs: url(4)), 1: .init(peerURLs: [])]),
    ]
    for change in changes {
      let envelope = Envelope(
        id: ProposalID(origin: 1, start: 2, sequence: 3), time: 4, command: .members(change))
      let bytes = envelope.encoded()
      #expect(try Envelope(decoding: bytes[...]) == envelope)
      for end in 0..<bytes.count { #expect(throws: ByteCodingError.self) { try Envelope(decoding: bytes[..<end]) } }
    }
  }
}

/// Whole replicas, both halves: requests about members, from the log to the configuration.
@Suite struct MemberChangeTests {
  @Test func aMemberIsAddedByItsRequestAloneAndVotesOnceItIsThere() throws {
    var lab = try ReplicaLab([1, 2, 3, 4], voters: [1, 2, 3])
    lab.run(80)
    let id = lab.propose(.members(.add(4, peerURLs: ["https://d:1"], .voter(replaces: nil))), at: 2)
    lab.run(30)
    #expect(lab.results[2]?[id] == .memberChange(nil))
    for member in [1, 2, 3, 4] as [MemberID] {
      #expect(lab.states[member]!.membership == Membership(voters: [1, 2, 3, 4]), "\(member)")
      #expect(lab.states[member]!.members == lab.states[1]!.members)
      #expect(lab.states[member]!.stateHash() == lab.states[1]!.stateHash())
    }
  }

  /// The newcomer starts with another idea of who was there first, reads the whole log, and comes to the same.
  @Test func aMemberThatJoinsLateReadsTheWholeStory() throws {
    var lab = try ReplicaLab([1, 2, 3, 4], voters: [1, 2, 3])
    lab.run(80)
    lab.propose(.members(.add(4, peerURLs: ["https://d:1"], .voter(replaces: 3))), at: 1)
    lab.run(40)
    #expect(lab.states[1]!.membership == Membership(voters: [1, 2, 4]))
    lab.propose(.members(.add(5, peerURLs: ["https://e:1"], .learner)), at: 2)
    lab.run(20)
    try lab.start(5, base: Membership(voters: [1, 2, 4], learners: [5]))
    lab.run(30)
    #expect(lab.states[5]!.appliedIndex == lab.states[1]!.appliedIndex)
    #expect(lab.states[5]!.members == lab.states[1]!.members)
    #expect(lab.states[5]!.members.removed == [3])
    #expect(lab.states[5]!.stateHash() == lab.states[1]!.stateHash())
  }

  @Test func aLearnerIsPromotedOnlyWhenItIsInSync() throws {
    var lab = try ReplicaLab([1, 2, 3, 4], voters: [1, 2, 3])
    lab.run(80)
    lab.cut = [4]
    lab.propose(.members(.add(4, peerURLs: ["https://d:1"], .learner)), at: 1)
    lab.run(20)
    let early = (1...3).map { lab.propose(.members(.promote(4)), at: MemberID($0)) }
    lab.run(20)
    for (member, id) in zip([1, 2, 3] as [MemberID], early) {
      #expect(lab.refusals[member]?[id] == .learnerNotReady, "\(member)")
    }
    lab.cut = []
    lab.run(20)
    let id = lab.propose(.members(.promote(4)), at: 3)
    lab.run(20)
    #expect(lab.results[3]?[id] == .memberChange(nil))
    #expect(lab.states[4]!.membership == Membership(voters: [1, 2, 3, 4]))
  }

  @Test func aLivingMemberStaysWhenTheRestWouldBeDead() throws {
    var lab = try ReplicaLab([1, 2, 3], voters: [1, 2, 3])
    lab.run(80)
    let leader = try #require(lab.leader)
    let dead = leader == 3 ? 2 : 3 as MemberID
    let living = try #require(([1, 2, 3] as [MemberID]).first { $0 != leader && $0 != dead })
    lab.cut = [dead]
    lab.run(20)
    let refused = lab.propose(.members(.remove(living)), at: living)
    lab.run(5)
    #expect(lab.refusals[living]?[refused] == .unhealthy)
    let id = lab.propose(.members(.remove(dead)), at: living)
    lab.run(20)
    #expect(lab.results[living]?[id] == .memberChange(nil))
    #expect(lab.states[leader]!.membership.voters == [leader, living].sorted())
  }

  @Test func severalRequestsAtOnceAllHappen() throws {
    var lab = try ReplicaLab([1, 2, 3, 4, 5, 6], voters: [1, 2, 3])
    lab.run(80)
    for id in [4, 5, 6] as [MemberID] {
      lab.propose(.members(.add(id, peerURLs: ["https://\(id):1"], .voter(replaces: nil))), at: id % 3 + 1)
    }
    lab.propose(.members(.remove(2)), at: 1)
    lab.run(60)
    #expect(lab.states[1]!.membership == Membership(voters: [1, 3, 4, 5, 6]))
    #expect(lab.states[1]!.members.removed == [2])
  }

  /// The leader dies right after it has taken the request; the next one finishes it.
  @Test func aChangeOutlivesItsLeader() throws {
    var lab = try ReplicaLab([1, 2, 3, 4], voters: [1, 2, 3])
    lab.run(80)
    let leader = try #require(lab.leader)
    lab.propose(.members(.add(4, peerURLs: ["https://d:1"], .voter(replaces: leader))), at: leader)
    lab.exchange(1)
    lab.cut = [leader]
    lab.run(150)
    lab.cut = []
    lab.run(60)
    let survivor = try #require(lab.leader)
    let expected = Set([1, 2, 3, 4] as [MemberID]).subtracting([leader])
    #expect(Set(lab.states[survivor]!.membership.voters) == expected)
  }
}

/// Replicas with both halves, in ticks; disks and networks that do at once what they are asked.
private struct ReplicaLab {
  var halves: [MemberID: ReplicaConsensus] = [:]
  var states: [MemberID: ReplicaState] = [:]
  var results: [MemberID: [UInt64: ReplicaResult]] = [:]
  var refusals: [MemberID: [UInt64: ProposalRefusal]] = [:]
  /// Whom nothing reaches.
  var cut: Set<MemberID> = []
  private var messages: [RaftMessage] = []
  private var lastSequence: UInt64 = 0

  init(_ ids: [MemberID], voters: [MemberID]) throws {
    for id in ids { try start(id, base: Membership(voters: voters)) }
  }

  var leader: MemberID? { halves.values.first { $0.leadership.role == .leader }?.configuration.raft.member }

  mutating func start(_ id: MemberID, base membership: Membership) throws {
    var configuration = ReplicaConfiguration(member: id, seed: id * 31)
    configuration.raft.electionTicks = 10
    configuration.raft.heartbeatTicks = 1
    configuration.patienceTicks = 200
    let base = SnapshotMetadata(index: 0, term: 0, membership: membership)
    let half = try ReplicaConsensus(configuration: configuration, recovered: RecoveredLog(base: base))
    states[id] = ReplicaState(configuration: configuration, start: half.start, base: base)
    halves[id] = half
    act(id)
  }

  @discardableResult
  mutating func propose(_ command: ReplicaCommand, at id: MemberID) -> UInt64 {
    lastSequence += 1
    halves[id]!.step(.propose(sequence: lastSequence, command, time: 0))
    act(id)
    return lastSequence
  }

  mutating func run(_ ticks: Int) {
    for _ in 0..<ticks {
      for id in halves.keys.sorted() {
        halves[id]!.step(.tick)
        states[id]!.tick()
        act(id)
      }
      exchange(20)
    }
  }

  /// Delivers what has been sent, and so many times what that causes.
  mutating func exchange(_ rounds: Int) {
    for _ in 0..<rounds where !messages.isEmpty {
      let batch = messages
      messages = []
      for message in batch where !cut.contains(message.from) && !cut.contains(message.to) {
        guard halves[message.to] != nil else { continue }
        halves[message.to]!.step(.message(message))
        act(message.to)
      }
    }
  }

  private mutating func act(_ id: MemberID) {
    var isBusy = true
    while isBusy {
      isBusy = false
      for effect in states[id]!.takeEffects() {
        isBusy = true
        switch effect {
        case .result(let sequence, let result): results[id, default: [:]][sequence] = result
        case .applied(let index): halves[id]!.step(.applied(index))
        case .members(let members): halves[id]!.step(.members(members))
        default: break
        }
      }
      for effect in halves[id]!.takeEffects() {
        isBusy = true
        switch effect {
        case .write(let write): halves[id]!.step(.persisted(write.token))
        case .send(let message): messages.append(message)
        case .apply(let entries):
          var rest = entries[...]
          while !rest.isEmpty { rest = states[id]!.apply(rest) }
        case .leadership(let leadership): states[id]!.leadershipChanged(leadership)
        case .proposalsRefused(let sequences, let reason):
          for sequence in sequences { refusals[id, default: [:]][sequence] = reason }
        default: break
        }
      }
    }
  }
}
