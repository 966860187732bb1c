import MVCC
import RaftCore
import Replica
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
