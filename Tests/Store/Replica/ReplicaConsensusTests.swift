import MVCC
import RaftCore
import Replica
import StoreAuth
import Testing

/// One consensus half, its syncs done at once.
private struct Half {
  var consensus: ReplicaConsensus
  var sent: [RaftMessage] = []
  var applied: [Entry] = []
  var readable: [UInt64] = []
  var readsRefused: [UInt64] = []
  var refused: [(UInt64, ProposalRefusal)] = []
  var uncertain: [UInt64] = []
  var forgotten: [SnapshotMetadata] = []
  var compacted: [LogIndex] = []
  var chunksToRead: [SnapshotChunkRequest] = []
  private var isSyncing = true

  init(voters: [MemberID], syncs: Bool = true, _ adjust: (inout ReplicaConfiguration) -> Void = { _ in }) throws {
    var configuration = ReplicaConfiguration(member: 1, seed: 4)
    configuration.raft.electionTicks = 10
    configuration.patienceTicks = 50
    configuration.proposalRetryTicks = 10
    configuration.readRetryTicks = 5
    adjust(&configuration)
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: voters))
    consensus = try ReplicaConsensus(configuration: configuration, recovered: RecoveredLog(base: base))
    isSyncing = syncs
    act()
  }

  mutating func step(_ inputs: ReplicaInput...) {
    for input in inputs { consensus.step(input) }
    act()
  }

  mutating func tick(_ count: Int) { for _ in 0..<count { step(.tick) } }

  mutating func receive(_ from: MemberID, term: Term, _ body: RaftMessage.Body) {
    step(.message(RaftMessage(from: from, to: 1, term: term, body: body)))
  }

  private mutating func act() {
    let effects = consensus.takeEffects()
    for effect in effects {
      switch effect {
      case .write(let write): if isSyncing { step(.persisted(write.token)) }
      case .send(let message): sent.append(message)
      case .apply(let entries): applied += entries
      case .readable(let ids, _): readable += ids
      case .readsRefused(let ids, _): readsRefused += ids
      case .proposalsRefused(let sequences, let reason): refused += sequences.map { ($0, reason) }
      case .proposalsUncertain(let sequences): uncertain += sequences
      case .forgetSnapshot(let metadata): forgotten.append(metadata)
      case .compactLog(let index): compacted.append(index)
      case .readSnapshotChunk(let request): chunksToRead.append(request)
      default: break
      }
    }
  }

  var proposed: [[UInt64]] {
    sent.compactMap { if case .propose(let proposals) = $0.body { proposals.map(\.id.sequence) } else { nil } }
  }

  static func put(_ sequence: UInt64, bytes: Int = 1) -> ReplicaInput {
    .propose(
      sequence: sequence,
      .store(.put(PutRequest(key: [1], value: [UInt8](repeating: 0, count: bytes)))), time: 0)
  }
}

@Suite struct ReplicaConsensusTests {
  @Test func oneReplicaAloneServes() throws {
    var half = try Half(voters: [1])
    half.step(Half.put(1), .read(id: 2))
    #expect(half.applied.isEmpty)
    half.tick(30)
    #expect(half.consensus.leadership.role == .leader)
    #expect(half.applied.filter { !$0.payload.isEmpty }.count == 1)
    #expect(half.readable == [2])
    // A burst makes one batch.
    half.step(Half.put(3), Half.put(4), Half.put(5))
    #expect(half.applied.filter { !$0.payload.isEmpty }.count == 4)
  }

  @Test func aProposalGoesToTheLeaderAndAgainToTheNextOne() throws {
    var half = try Half(voters: [1, 2, 3])
    half.step(Half.put(1))
    #expect(half.proposed.isEmpty)
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    #expect(half.proposed == [[1]])
    half.receive(3, term: 2, .heartbeat(Heartbeat(commit: 0, round: 1)))
    #expect(half.proposed == [[1], [1]])
    #expect(half.sent.last { if case .propose = $0.body { true } else { false } }?.to == 3)
    // Refused for the moment: once more, with the next tick.
    half.receive(3, term: 2, .proposalsRefused([ProposalID(origin: 1, start: 1, sequence: 1)], .transferring))
    #expect(half.refused.isEmpty)
    half.tick(1)
    #expect(half.proposed.count == 3)
  }

  /// An unreadable command that is committed stops every replica: the leader does not let it into the log.
  @Test func aLeaderRefusesWhatItCannotRead() throws {
    var half = try Half(voters: [1])
    half.tick(30)
    let ids = (1...4).map { ProposalID(origin: 2, start: 1, sequence: $0) }
    let good = Envelope(id: ids[1], time: 0, command: .leaseKeepAlive(5)).encoded()
    var newer = good
    newer[0] = 9
    half.receive(
      2, term: 1,
      .propose([
        Proposal(id: ids[0], payload: newer), Proposal(id: ids[1], payload: good), Proposal(id: ids[2], payload: []),
        Proposal(id: ids[3], payload: good),
      ]))
    #expect(half.applied.map(\.payload).filter { !$0.isEmpty } == [good])
    #expect(half.sent.last?.body == .proposalsRefused([ids[0], ids[2], ids[3]], .unreadable))
    #expect(half.sent.last?.to == 2)
  }

  @Test func aRefusalOfWhatCannotBeReadIsFinal() throws {
    var half = try Half(voters: [1, 2, 3])
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1))
    half.receive(2, term: 1, .proposalsRefused([ProposalID(origin: 1, start: 1, sequence: 1)], .unreadable))
    #expect(half.refused.map(\.0) == [1] && half.refused.map(\.1) == [.unreadable])
    half.tick(12)
    #expect(half.proposed == [[1]])
    // Nested deeper than a replica reads.
    var transaction = TransactionRequest()
    for _ in 0..<40 { transaction = TransactionRequest(success: [.transaction(transaction)]) }
    half.step(.propose(sequence: 2, .store(.transaction(transaction)), time: 0))
    #expect(half.refused.map(\.0) == [1, 2] && half.refused.last?.1 == .unreadable)
    #expect(half.proposed == [[1]])
  }

  /// What is not read before it is proposed is what cannot nest.
  @Test(arguments: 0..<4) func onlyWhatCannotNestIsTakenUnread(variant: Int) {
    let put = MVCC.Operation.put(PutRequest(key: [1], value: [2]))
    let nested = MVCC.Operation.transaction(TransactionRequest())
    let transaction = TransactionRequest(
      success: variant & 1 == 0 ? [put] : [put, nested], failure: variant & 2 == 0 ? [put] : [put, nested])
    #expect(ReplicaCommand.store(.transaction(transaction)).isAlwaysReadable == (variant == 0))
    #expect(!ReplicaCommand.byUser(AuthIdentity(user: [1], revision: 1), .store(.leaseRevoke(id: 1))).isAlwaysReadable)
  }

  @Test func patienceEnds() throws {
    var half = try Half(voters: [1, 2, 3])
    half.step(Half.put(1), .read(id: 9))
    half.tick(60)
    #expect(half.refused.map(\.0) == [1])
    #expect(half.readsRefused == [9])
    half.receive(2, term: 9, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(2))
    half.tick(60)
    // It was passed on: nobody knows.
    #expect(half.uncertain == [2])
  }

  @Test func tooMuchIsRefused() throws {
    var half = try Half(voters: [1, 2, 3]) {
      $0.maximumPendingProposals = 2
      $0.maximumPendingReads = 1
      $0.raft.maximumEntryBytes = 1000
    }
    half.step(Half.put(1), Half.put(2), Half.put(3), .read(id: 4), .read(id: 5), Half.put(6, bytes: 2000))
    #expect(half.refused.map(\.0) == [3, 6])
    #expect(half.refused.map(\.1) == [.overloaded, .tooLarge])
    #expect(half.readsRefused == [5])
  }

  private func refusal(_ sequence: UInt64, _ reason: ProposalRefusal) -> RaftMessage.Body {
    .proposalsRefused([ProposalID(origin: 1, start: 1, sequence: sequence)], reason)
  }

  /// Its only copy was refused: that is certain.
  @Test func aLeaderWithoutRoomRefuses() throws {
    var half = try Half(voters: [1, 2, 3])
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1), Half.put(2))
    half.receive(2, term: 1, refusal(1, .overloaded))
    #expect(half.refused.map(\.0) == [1] && half.refused.map(\.1) == [.overloaded])
    // Each copy that was passed on was refused.
    half.receive(2, term: 1, refusal(2, .transferring))
    half.tick(1)
    #expect(half.proposed == [[1, 2], [2]])
    half.receive(2, term: 1, refusal(2, .overloaded))
    #expect(half.refused.map(\.0) == [1, 2])
  }

  /// The first leader may have put it into its log before it was cut off: that the second has no room says nothing.
  @Test func aRefusalOfACopyIsNotOneOfTheProposal() throws {
    var half = try Half(voters: [1, 2, 3])
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1))
    half.receive(3, term: 2, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.receive(3, term: 2, refusal(1, .overloaded))
    #expect(half.refused.isEmpty)
    // It is tried again, not at once, and refused again.
    half.tick(12)
    #expect(half.proposed == [[1], [1], [1]])
    half.receive(3, term: 2, refusal(1, .overloaded))
    #expect(half.refused.isEmpty && half.uncertain.isEmpty)
    // It was in the log after all.
    let id = ProposalID(origin: 1, start: 1, sequence: 1)
    let envelope = Envelope(id: id, time: 0, command: .store(.put(PutRequest(key: [1], value: [0]))))
    half.receive(
      3, term: 2,
      .append(
        Append(
          previousIndex: 0, previousTerm: 0, commit: 1,
          entries: [Entry(term: 1, index: 1, payload: envelope.encoded())])))
    #expect(half.applied.count == 1)
    // A refusal that comes late must not overtake the result.
    half.receive(3, term: 2, refusal(1, .overloaded))
    half.receive(3, term: 2, refusal(1, .noLeader))
    half.tick(60)
    #expect(half.refused.isEmpty && half.uncertain.isEmpty)
  }

  @Test func aProposalThatMayBeInALogEndsAsUncertain() throws {
    var half = try Half(voters: [1, 2, 3])
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1))
    for term in 2...60 as ClosedRange<Term> {
      half.receive(3, term: term, .heartbeat(Heartbeat(commit: 0, round: 1)))
      half.receive(3, term: term, refusal(1, .overloaded))
      half.tick(1)
    }
    #expect(half.refused.isEmpty)
    #expect(half.uncertain == [1])
  }

  /// As a leader it passes on to itself; a copy at the leader before it may still take effect.
  @Test func aLeaderThatHasNoRoomItselfTriesAgain() throws {
    var half = try Half(voters: [1, 2, 3]) { $0.raft.maximumUncommittedEntries = 1 }
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1))
    half.tick(25)
    half.receive(2, term: 2, .preVoteResponse(VoteResponse(isGranted: true)))
    half.receive(2, term: 2, .voteResponse(VoteResponse(isGranted: true)))
    #expect(half.consensus.leadership.role == .leader)
    #expect(half.refused.isEmpty)
    half.receive(2, term: 2, .appendResponse(.accepted(match: 1)))
    half.tick(12)
    half.receive(2, term: 2, .appendResponse(.accepted(match: 2)))
    #expect(half.applied.filter { !$0.payload.isEmpty }.count == 1)
  }

  @Test func aMembershipChangeThatIsRefusedOrLostIsAnswered() throws {
    var half = try Half(voters: [1, 2, 3])
    half.step(.changeMembership(sequence: 1, Membership(voters: [1, 2, 3], learners: [4])))
    #expect(half.refused.map(\.0) == [1])
    half.tick(25)
    half.receive(2, term: 1, .preVoteResponse(VoteResponse(isGranted: true)))
    half.receive(2, term: 1, .voteResponse(VoteResponse(isGranted: true)))
    half.receive(2, term: 1, .appendResponse(.accepted(match: 1)))
    half.step(.changeMembership(sequence: 2, Membership(voters: [1, 2, 3], learners: [4])))
    half.tick(60)
    #expect(half.refused.map(\.0) == [1] && half.uncertain == [2])
  }

  /// The log caught up while the snapshot was on its way: the state goes on from the log.
  @Test func aSnapshotThatIsNotInstalledIsForgotten() throws {
    var half = try Half(voters: [1, 2, 3])
    let entries = (1...3).map { Entry(term: 1, index: LogIndex($0), payload: []) }
    half.receive(
      2, term: 1, .append(Append(previousIndex: 0, previousTerm: 0, commit: 2, entries: entries)))
    let voters = Membership(voters: [1, 2, 3])
    let (old, known, new) = (
      SnapshotMetadata(index: 2, term: 1, membership: voters), SnapshotMetadata(index: 3, term: 1, membership: voters),
      SnapshotMetadata(index: 9, term: 1, membership: voters)
    )
    half.step(.snapshotStored(old))
    #expect(half.forgotten == [old])
    half.step(.snapshotStored(known))
    #expect(half.forgotten == [old, known])
    half.step(.snapshotStored(new))
    #expect(half.forgotten == [old, known])
  }

  /// A follower that is behind and comes on is fed from the log, which is kept for it: up to a bound, and not for ever.
  @Test(arguments: [(20_000, 0, 5), (0, 0, 15), (20_000, 60, 15)] as [(Int, Int, LogIndex)])
  func theLogIsKeptForAFollowerThatComesOn(bytes: Int, silence: Int, cut: LogIndex) throws {
    var half = try Half(voters: [1, 2, 3]) {
      $0.trailingEntries = 0
      $0.followerLogBytes = bytes
      $0.followerPatienceTicks = 50
    }
    for _ in 0..<30 where half.consensus.leadership.role != .preCandidate { half.tick(1) }
    let term = half.consensus.leadership.term + 1
    half.receive(2, term: term, .preVoteResponse(VoteResponse(isGranted: true)))
    half.receive(2, term: term, .voteResponse(VoteResponse(isGranted: true)))
    #expect(half.consensus.leadership.role == .leader)
    for sequence in 1...20 as ClosedRange<UInt64> { half.step(Half.put(sequence)) }
    half.receive(2, term: term, .appendResponse(.accepted(match: 21)))
    half.receive(3, term: term, .appendResponse(.accepted(match: 5)))
    half.step(.applied(21))
    for _ in 0..<silence {
      half.tick(1)
      half.receive(2, term: term, .heartbeatResponse(round: 1))
    }
    half.step(.snapshotSaved(SnapshotMetadata(index: 15, term: term, membership: Membership(voters: [1, 2, 3]))))
    #expect(half.compacted == [cut])
  }

  /// A follower that was sent a snapshot is fed from a log of that size, however small the bound is.
  @Test(arguments: [(10_000, 8), (10, 15)] as [(UInt64, LogIndex)])
  func theLogIsKeptForASnapshotsReceiver(size: UInt64, cut: LogIndex) throws {
    let members = Membership(voters: [1, 2, 3])
    var half = try Half(voters: [1, 2, 3]) {
      $0.trailingEntries = 0
      $0.followerLogBytes = 20
    }
    for _ in 0..<30 where half.consensus.leadership.role != .preCandidate { half.tick(1) }
    let term = half.consensus.leadership.term + 1
    half.receive(2, term: term, .preVoteResponse(VoteResponse(isGranted: true)))
    half.receive(2, term: term, .voteResponse(VoteResponse(isGranted: true)))
    for sequence in 1...20 as ClosedRange<UInt64> { half.step(Half.put(sequence)) }
    half.receive(2, term: term, .appendResponse(.accepted(match: 21)))
    half.step(.applied(21))
    let metadata = SnapshotMetadata(index: 8, term: term, membership: members)
    half.step(.snapshotSaved(metadata))
    // What the third one lacks is gone when it comes.
    for _ in 0..<5 {
      half.tick(1)
      for member in [2, 3] as [MemberID] { half.receive(member, term: term, .heartbeatResponse(round: 1)) }
    }
    let request = try #require(half.chunksToRead.last)
    half.step(
      .snapshotChunkRead(SnapshotChunk(metadata: metadata, totalSize: size, offset: 0, data: [1, 2]), request))
    half.step(.snapshotSaved(SnapshotMetadata(index: 15, term: term, membership: members)))
    #expect(half.compacted == [8, cut])
  }

  @Test func nothingIsPassedOnBeforeTheStartIsOnDisk() throws {
    var half = try Half(voters: [1, 2, 3], syncs: false)
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(Half.put(1), .read(id: 2))
    #expect(half.proposed.isEmpty)
    half.step(.persisted(2))
    #expect(half.proposed == [[1]])
  }

  @Test func whatIsNotAppliedIsBounded() throws {
    var half = try Half(voters: [1]) {
      $0.maximumUnappliedBytes = 3000
      $0.raft.maximumApplyBytes = 1000
    }
    half.tick(30)
    half.applied = []
    for sequence in 1...20 as ClosedRange<UInt64> { half.step(Half.put(sequence, bytes: 500)) }
    let given = half.applied.count
    #expect(given < 10)
    half.step(.applied(half.applied.last!.index))
    #expect(half.applied.count > given)
  }

  @Test func anAnswerToAnEarlierStartIsNotTaken() throws {
    var half = try Half(voters: [1, 2, 3])
    half.receive(2, term: 1, .heartbeat(Heartbeat(commit: 0, round: 1)))
    half.step(.read(id: 1))
    let request = half.sent.compactMap { if case .readIndex(let request) = $0.body { request } else { nil } }.last!
    half.receive(2, term: 1, .readIndexResponse(request: request - (1 << 40), index: 0))
    #expect(half.readable.isEmpty)
    half.receive(2, term: 1, .readIndexResponse(request: request, index: 0))
    #expect(half.readable == [1])
  }

  @Test func aLogWithAGapIsADefect() {
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1]))
    let recovered = RecoveredLog(base: base, entries: [Entry(term: 1, index: 2, payload: [])])
    #expect(throws: RecoveredLog.Defect.gap(expected: 1, found: 2)) {
      try ReplicaConsensus(configuration: ReplicaConfiguration(member: 1, seed: 1), recovered: recovered)
    }
  }
}
