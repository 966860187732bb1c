import ByteCoding
import MVCC
import RaftCore
import Replica
import Testing

/// Feeds a state with entries as a log would.
private struct Feed {
  var state: ReplicaState
  private var index: LogIndex = 0

  static let membership = Membership(voters: [1, 2, 3])
  static let base = SnapshotMetadata(index: 0, term: 0, membership: membership)

  static func configuration(_ adjust: (inout ReplicaConfiguration) -> Void = { _ in }) -> ReplicaConfiguration {
    var configuration = ReplicaConfiguration(member: 1, seed: 1)
    configuration.tickMilliseconds = 100
    configuration.checkpointTicks = .max
    adjust(&configuration)
    return configuration
  }

  init(_ adjust: (inout ReplicaConfiguration) -> Void = { _ in }) {
    state = ReplicaState(configuration: Self.configuration(adjust), start: 1, base: Self.base)
  }

  @discardableResult
  mutating func apply(
    _ command: ReplicaCommand, from origin: MemberID = 1, start: UInt64 = 1, sequence: UInt64
  ) -> [StateEffect] {
    let id = ProposalID(origin: origin, start: start, sequence: sequence)
    return apply(payload: Envelope(id: id, time: 5, command: command).encoded())
  }

  @discardableResult
  mutating func apply(payload: [UInt8], kind: Entry.Kind = .command) -> [StateEffect] {
    index = state.appliedIndex + 1
    _ = state.apply([Entry(term: 1, index: index, kind: kind, payload: payload)])
    return state.takeEffects()
  }

  mutating func lead() {
    state.leadershipChanged(Leadership(role: .leader, term: 1, leader: 1))
  }

  /// The commands that are proposed within so many ticks.
  mutating func tick(_ count: Int) -> [ReplicaCommand] {
    for _ in 0..<count { state.tick() }
    return state.takeEffects().compactMap { if case .propose(let command) = $0 { command } else { nil } }
  }
}

private func put(_ key: String, _ value: String, lease: LeaseID = 0) -> ReplicaCommand {
  .store(.put(PutRequest(key: Array(key.utf8), value: Array(value.utf8), lease: lease)))
}

private func results(_ effects: [StateEffect]) -> [UInt64: ReplicaResult] {
  var results: [UInt64: ReplicaResult] = [:]
  for case .result(let sequence, let result) in effects { results[sequence] = result }
  return results
}

@Suite struct ReplicaStateTests {
  @Test func ownProposalsGetTheirResultsOnceAndOthersNone() {
    var feed = Feed()
    #expect(results(feed.apply(put("a", "1"), sequence: 1)) == [1: .store(.success(.put(PutResult(revision: 2))))])
    #expect(results(feed.apply(put("a", "2"), from: 2, sequence: 1)).isEmpty)
    #expect(results(feed.apply(put("a", "3"), start: 2, sequence: 1)).isEmpty)
    #expect(feed.state.store.revision == 4)
  }

  @Test func aProposalThatIsInTheLogTwiceTakesEffectOnce() {
    var feed = Feed()
    feed.apply(put("a", "1"), sequence: 7)
    #expect(results(feed.apply(put("a", "1"), sequence: 7)).isEmpty)
    feed.apply(put("a", "2"), sequence: 6)
    feed.apply(put("a", "2"), sequence: 6)
    #expect(feed.state.store.revision == 3)
    // Too old to be told apart from one that was applied.
    feed.apply(put("a", "3"), sequence: 7 + ProposalSessions.window)
    feed.apply(put("a", "4"), sequence: 5)
    #expect(feed.state.store.revision == 4)
    // A start that is over.
    feed.apply(put("a", "5"), start: 2, sequence: 1)
    feed.apply(put("a", "6"), start: 1, sequence: 9 + ProposalSessions.window)
    #expect(feed.state.store.revision == 5)
  }

  /// To skip an entry would make this state another one than the others'.
  @Test(arguments: [Entry.Kind.command, .configuration]) func anUnreadableEntryStopsTheReplica(kind: Entry.Kind) {
    var feed = Feed()
    feed.apply(put("a", "0"), sequence: 2)
    var payload = Envelope(id: ProposalID(origin: 1, start: 1, sequence: 3), time: 0, command: put("a", "1")).encoded()
    payload[payload.count - 2] = 0xff
    let readable = Envelope(id: ProposalID(origin: 1, start: 1, sequence: 4), time: 0, command: put("b", "1")).encoded()
    let rest = feed.state.apply([
      Entry(term: 7, index: 2, kind: kind, payload: payload), Entry(term: 7, index: 3, payload: readable),
    ])
    let effects = feed.state.takeEffects()
    let faults = effects.compactMap { if case .fault(let entry) = $0 { entry } else { nil } }
    #expect(rest.isEmpty && effects.count == 1)
    #expect(faults.map(\.index) == [2] && faults.map(\.term) == [7])
    #expect(faults.map(\.description).allSatisfy { $0.contains("entry 2 of term 7") && $0.contains("newer one") })
    // Nor does it go on with what comes later.
    _ = feed.state.apply([Entry(term: 7, index: 2, payload: readable)])
    #expect(feed.state.takeEffects().isEmpty)
    #expect(feed.state.store.revision == 2)
    #expect(feed.state.appliedIndex == 1)
  }

  /// Its first copy was applied elsewhere; here a snapshot brought the state, and only the second one is seen.
  @Test func aProposalWhoseResultASnapshotCoversIsAnsweredAsUnknown() throws {
    var elsewhere = Feed()
    elsewhere.apply(put("a", "1"), from: 9, sequence: 1)
    elsewhere.apply(put("a", "2"), sequence: 4)
    var frozen = elsewhere.state.freeze()
    var bytes: [UInt8] = []
    while let chunk = frozen.nextChunk() { bytes += chunk }
    var feed = Feed()
    feed.state.restore(try decode(bytes))
    _ = feed.state.takeEffects()
    func lost(_ effects: [StateEffect]) -> [UInt64] {
      effects.compactMap { if case .resultLost(let sequence) = $0 { sequence } else { nil } }
    }
    let effects = feed.apply(put("a", "2"), sequence: 4)
    #expect(lost(effects) == [4] && results(effects).isEmpty)
    // Another member's, or an earlier start's, is nobody's business here.
    #expect(lost(feed.apply(put("a", "1"), from: 9, sequence: 1)).isEmpty)
    #expect(lost(feed.apply(put("a", "1"), start: 0, sequence: 4)).isEmpty)
    #expect(feed.state.store.revision == 3)
  }

  /// Watches get the changes before a compaction takes them away.
  @Test func aCompactionWaitsForTheChangesBeforeIt() throws {
    var feed = Feed()
    let commands = [put("a", "1"), put("b", "2"), .store(.compact(revision: 3)), put("c", "3")]
    let entries = commands.enumerated().map { position, command in
      Entry(
        term: 1, index: LogIndex(position + 1),
        payload: Envelope(
          id: ProposalID(origin: 1, start: 1, sequence: UInt64(position + 1)), time: 0, command: command
        ).encoded())
    }
    let rest = feed.state.apply(entries[...])
    #expect(rest.map(\.index) == [3, 4])
    #expect(try feed.state.store.events(from: 2).events.count == 2)
    let advanced = feed.state.takeEffects().compactMap { effect -> Int64? in
      if case .advanced(let revision) = effect { revision } else { nil }
    }
    #expect(advanced == [3])
    #expect(feed.state.apply(rest).isEmpty)
    #expect(feed.state.store.compactRevision == 3 && feed.state.store.revision == 4)
    #expect(results(feed.state.takeEffects()).keys.sorted() == [3, 4])
  }

  @Test func readsWaitForTheirIndex() {
    var feed = Feed()
    feed.state.awaitReads([1, 2], index: 2)
    feed.apply(put("a", "1"), sequence: 1)
    #expect(feed.state.takeEffects().isEmpty)
    let effects = feed.apply(put("a", "2"), sequence: 2)
    #expect(effects.contains { if case .readable(let ids) = $0 { ids == [1, 2] } else { false } })
    feed.state.awaitReads([3], index: 1)
    #expect(feed.state.takeEffects().count == 1)
  }

  /// A replica far behind does not keep its clients for ever.
  @Test func readsAreGivenUp() {
    var feed = Feed()
    feed.state.awaitReads([1, 2], index: 9)
    var overdue: [UInt64] = []
    for _ in 0..<feed.state.configuration.patienceTicks {
      #expect(overdue.isEmpty)
      feed.state.tick()
      for case .readsOverdue(let ids) in feed.state.takeEffects() { overdue += ids }
    }
    #expect(overdue == [1, 2])
  }

  @Test func aSnapshotIsDueOnceAndLaterAgainWhenItFailed() {
    var feed = Feed { $0.snapshotEntries = 3 }
    func isDue(_ effects: [StateEffect]) -> Bool {
      effects.contains { if case .snapshotDue = $0 { true } else { false } }
    }
    let due = (1...5).map { isDue(feed.apply(put("a", "\($0)"), sequence: $0)) }
    #expect(due == [false, false, true, false, false])
    feed.state.snapshotSaved(nil)
    let again = (6...8).map { isDue(feed.apply(put("a", "\($0)"), sequence: $0)) }
    #expect(again == [false, false, true])
    feed.state.snapshotSaved(feed.state.freeze().metadata)
    #expect(!isDue(feed.apply(put("a", "y"), sequence: 9)))
  }

  /// However little was applied since the last one; but not two at once.
  @Test func aSnapshotThatHasGoneBadIsMadeAnew() {
    var feed = Feed { $0.snapshotEntries = 3 }
    func count(_ effects: [StateEffect]) -> Int {
      effects.count { if case .snapshotDue = $0 { true } else { false } }
    }
    feed.apply(put("a", "1"), sequence: 1)
    _ = feed.state.takeEffects()
    feed.state.renewSnapshot()
    feed.state.renewSnapshot()
    #expect(count(feed.state.takeEffects()) == 1)
    feed.state.snapshotSaved(feed.state.freeze().metadata)
    feed.state.renewSnapshot()
    #expect(count(feed.state.takeEffects()) == 1)
  }

  @Test func aSnapshotBringsTheWholeStateBack() throws {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 5, timeToLive: 10)), sequence: 1)
    for number in 2...200 as ClosedRange<UInt64> { feed.apply(put("k\(number % 17)", "\(number)"), sequence: number) }
    feed.apply(put("leased", "x", lease: 5), sequence: 201)
    let change = ConfigurationChange(id: nil, membership: Membership(voters: [1, 2, 3], learners: [4]))
    feed.apply(payload: change.encoded(), kind: .configuration)
    var frozen = feed.state.freeze()
    // What happens afterwards is not in it.
    let hash = feed.state.stateHash()
    feed.apply(put("later", "x"), sequence: 300)
    var bytes: [UInt8] = []
    while let chunk = frozen.nextChunk() { bytes += chunk }

    // In pieces of any size.
    var decoder = StateDecoder()
    for start in stride(from: 0, to: bytes.count, by: 7) {
      try decoder.feed(bytes[start..<min(start + 7, bytes.count)])
    }
    let restored = ReplicaState(configuration: Feed.configuration(), start: 2, snapshot: try decoder.finish())
    #expect(restored.stateHash() == hash)
    #expect(restored.appliedIndex == frozen.metadata.index)
    #expect(restored.membership.learners == [4])
    // It still knows what was applied.
    var other = Feed()
    other.state.restore(try decode(bytes))
    #expect(other.state.stateHash() == hash)
    other.apply(put("k", "again"), sequence: 200)
    #expect(other.state.stateHash() == hash)

    for position in stride(from: 0, to: bytes.count, by: 97) {
      var damaged = bytes
      damaged[position] ^= 0x40
      #expect(throws: SnapshotError.self) { try decode(damaged) }
    }
    #expect(throws: SnapshotError.self) { try decode(Array(bytes.dropLast())) }
    #expect(throws: SnapshotError.self) { try decode([]) }
  }

  private func decode(_ bytes: [UInt8]) throws -> RestoredState {
    var decoder = StateDecoder()
    try decoder.feed(bytes)
    return try decoder.finish()
  }

  @Test(arguments: [
    put("a", "b"), .leaseKeepAlive(-4), .leaseExpire(9, renewal: 1 << 50), .store(.compact(revision: 3)),
  ])
  func envelopesComeBack(command: ReplicaCommand) throws {
    let envelope = Envelope(id: ProposalID(origin: .max, start: 3, sequence: 1 << 33), time: 77, command: command)
    let bytes = envelope.encoded()
    #expect(try Envelope(decoding: bytes[...]) == envelope)
    for end in 0..<bytes.count { #expect(throws: ByteCodingError.self) { try Envelope(decoding: bytes[..<end]) } }
  }
}

@Suite struct LeaseTests {
  @Test func aLeaseEndsByAProposalOfTheLeader() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 2)), sequence: 1)
    feed.apply(put("a", "1", lease: 7), sequence: 2)
    #expect(feed.state.remainingLeaseMilliseconds(7)! >= 2000)
    // A follower lets it be, and gives it a second when it takes the lead.
    #expect(feed.tick(100).isEmpty)
    feed.lead()
    #expect(feed.state.remainingLeaseMilliseconds(7) == 1000)
    #expect(feed.tick(9).isEmpty)
    let proposals = feed.tick(1)
    #expect(proposals == [.leaseExpire(7, renewal: 1)])
    #expect(feed.state.remainingLeaseMilliseconds(7) != nil)
    feed.apply(proposals[0], sequence: 3)
    #expect(feed.state.store.lease(7) == nil)
    #expect(feed.state.remainingLeaseMilliseconds(7) == nil)
    #expect(feed.state.store.keyValue(Array("a".utf8), at: feed.state.store.revision) == nil)
  }

  @Test func aRevocationThatWasLostIsProposedAgain() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 1)), sequence: 1)
    feed.lead()
    #expect(feed.tick(200).count >= 3)
  }

  @Test func aKeepAliveGivesTheFullTimeAgain() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 2)), sequence: 1)
    feed.lead()
    _ = feed.tick(15)
    let kept = results(feed.apply(.leaseKeepAlive(7), sequence: 2))
    #expect(kept == [2: .leaseKeptAlive(Lease(id: 7, timeToLive: 2))])
    #expect(feed.tick(20).isEmpty)
    #expect(feed.tick(2).count == 1)
    #expect(results(feed.apply(.leaseKeepAlive(99), sequence: 3)) == [3: .leaseKeptAlive(nil)])
  }

  /// A leader decided that the lease had run out before it saw that it was kept alive.
  @Test func anExpiryThatDidNotKnowTheLastKeepAliveDoesNothing() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 1)), sequence: 1)
    feed.lead()
    let proposals = feed.tick(12)
    #expect(proposals.count == 1)
    feed.apply(.leaseKeepAlive(7), sequence: 2)
    feed.apply(proposals[0], sequence: 3)
    #expect(feed.state.store.lease(7) != nil)
  }

  /// Its own clock has gone on since the grant; what has run out meanwhile is given a second.
  @Test func aNewLeaderGoesOnWithItsClock() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 3)), sequence: 1)
    feed.apply(.store(.leaseGrant(id: 8, timeToLive: 1)), sequence: 2)
    #expect(feed.tick(19).isEmpty)
    feed.lead()
    #expect(feed.tick(9).isEmpty)
    #expect(feed.tick(1) == [.leaseExpire(8, renewal: 2)])
    feed.apply(.leaseExpire(8, renewal: 2), sequence: 3)
    #expect(feed.tick(1).isEmpty)
    #expect(feed.tick(1) == [.leaseExpire(7, renewal: 1)])
    feed.state.leadershipChanged(Leadership(role: .follower, term: 2, leader: 2))
    #expect(feed.tick(50).isEmpty)
  }

  /// A keep-alive that a follower has applied counts when it leads.
  @Test func aNewLeaderKnowsOfKeepAlives() {
    var feed = Feed()
    feed.apply(.store(.leaseGrant(id: 7, timeToLive: 2)), sequence: 1)
    _ = feed.tick(19)
    feed.apply(.leaseKeepAlive(7), sequence: 2)
    feed.lead()
    #expect(feed.tick(20).isEmpty)
    #expect(feed.tick(1) == [.leaseExpire(7, renewal: 2)])
  }
}
