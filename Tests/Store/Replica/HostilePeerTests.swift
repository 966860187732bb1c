import RaftCore
import Replica
import Testing

/// A peer with the right certificate and a bug. (Arbitrary ones: the fuzz target `hostile-peer`.)
@Suite struct HostilePeerTests {
  private static let members = Membership(voters: [1, 2, 3])

  private func replica() throws -> ReplicaConsensus {
    let base = SnapshotMetadata(index: 10, term: 2, membership: Self.members)
    let entries = [Entry(term: 3, index: 11, payload: [1]), Entry(term: 3, index: 12, payload: [1])]
    var replica = try ReplicaConsensus(
      configuration: ReplicaConfiguration(member: 1, seed: 1),
      recovered: RecoveredLog(hardState: HardState(term: 3, commit: 10), base: base, entries: entries))
    persist(&replica)
    return replica
  }

  /// Syncs what is written; returns the other effects.
  @discardableResult
  private func persist(_ replica: inout ReplicaConsensus) -> [ReplicaEffect] {
    var others: [ReplicaEffect] = []
    while true {
      let effects = replica.takeEffects()
      if effects.isEmpty { return others }
      for effect in effects {
        if case .write(let write) = effect { replica.step(.persisted(write.token)) } else { others.append(effect) }
      }
    }
  }

  private static let impossible: [(term: Term, body: RaftMessage.Body)] = [
    (.max, .timeoutNow), (.max, .vote(VoteRequest(lastIndex: .max, lastTerm: .max))),
    (RaftMessage.termBound, .heartbeat(Heartbeat(commit: 0, round: 0))),
    (4, .vote(VoteRequest(lastIndex: 12, lastTerm: 5))), (4, .heartbeat(Heartbeat(commit: .max, round: .max))),
    (4, .append(Append(previousIndex: .max, previousTerm: 3, commit: 0, entries: []))),
    (4, .append(Append(previousIndex: 12, previousTerm: 5, commit: 0, entries: []))),
    // A log with any of these could not be read again.
    (4, .append(append(Entry(term: 5, index: 13, payload: [])))),
    (4, .append(append(Entry(term: 2, index: 13, payload: [])))),
    (4, .append(append(Entry(term: 4, index: 14, payload: [])))),
    (4, .append(append(Entry(term: 4, index: 13, payload: []), Entry(term: 4, index: 13, payload: [])))),
    (4, chunk(SnapshotMetadata(index: .max, term: 3, membership: members))),
    (4, chunk(SnapshotMetadata(index: 20, term: 5, membership: members))),
    (4, chunk(SnapshotMetadata(index: 20, term: 3, membership: Membership(voters: [], learners: [1])))),
    (4, chunk(SnapshotMetadata(index: 20, term: 3, membership: members), offset: .max)),
    (4, chunk(SnapshotMetadata(index: 20, term: 3, membership: members), totalSize: 1)),
  ]

  private static func append(_ entries: Entry...) -> Append {
    Append(previousIndex: 12, previousTerm: 3, commit: 0, entries: entries)
  }

  private static func chunk(
    _ metadata: SnapshotMetadata, totalSize: UInt64 = 9, offset: UInt64 = 0
  ) -> RaftMessage.Body {
    .snapshotChunk(SnapshotChunk(metadata: metadata, totalSize: totalSize, offset: offset, data: [1, 2]))
  }

  @Test(arguments: impossible.indices) func whatNobodyInOrderSaysIsPassedOver(_ index: Int) throws {
    var replica = try replica()
    let before = replica.status
    let message = RaftMessage(from: 2, to: 1, term: Self.impossible[index].term, body: Self.impossible[index].body)
    #expect(!message.isPlausible)
    replica.step(.message(message))
    #expect(persist(&replica).isEmpty)
    #expect(replica.status.term == before.term && replica.status.lastIndex == before.lastIndex)
  }

  /// With nobody to vote, everybody would have a majority of all votes.
  @Test func aConfigurationWithoutVotersStopsTheReplica() throws {
    var replica = try replica()
    var entry = Entry(term: 4, index: 13, kind: .configuration, payload: [])
    entry.payload = ConfigurationChange(id: nil, membership: Membership(voters: [], learners: [1, 2])).encoded()
    replica.step(.message(RaftMessage(from: 2, to: 1, term: 4, body: .append(Self.append(entry)))))
    let faults = persist(&replica).compactMap { if case .fault(let fault) = $0 { fault } else { nil } }
    #expect(faults == [.unreadableConfiguration(index: 13)])
    #expect(replica.status.membership == Self.members)
  }

  /// A client is told that its write was refused only if it was this one.
  @Test func refusalsOfOthersAndOfEarlierStartsAreNotItsOwn() throws {
    var replica = try replica()
    replica.step(.message(RaftMessage(from: 2, to: 1, term: 4, body: .heartbeat(Heartbeat(commit: 0, round: 1)))))
    persist(&replica)
    replica.step(.propose(sequence: 1, .checkpoint, time: 0))
    let sent = persist(&replica).compactMap { effect -> [Proposal]? in
      if case .send(let message) = effect, case .propose(let list) = message.body { list } else { nil }
    }
    let id = try #require(sent.first?.first?.id)
    func refused(_ id: ProposalID) -> Bool {
      replica.step(.message(RaftMessage(from: 2, to: 1, term: 4, body: .proposalsRefused([id], .tooLarge))))
      return persist(&replica).contains { if case .proposalsRefused = $0 { true } else { false } }
    }
    #expect(!refused(ProposalID(origin: id.origin, start: id.start - 1, sequence: id.sequence)))
    #expect(!refused(ProposalID(origin: 3, start: id.start, sequence: id.sequence)))
    #expect(refused(id))
  }

  /// Only who was asked may say from where on a read is right.
  @Test func aReadIndexComesFromTheLeader() throws {
    var replica = try replica()
    replica.step(.message(RaftMessage(from: 2, to: 1, term: 4, body: .heartbeat(Heartbeat(commit: 0, round: 1)))))
    persist(&replica)
    replica.step(.read(id: 7))
    let asked = persist(&replica).compactMap { effect -> UInt64? in
      if case .send(let message) = effect, case .readIndex(let request) = message.body { request } else { nil }
    }
    let request = try #require(asked.first)
    func answered(by member: MemberID) -> Bool {
      let body = RaftMessage.Body.readIndexResponse(request: request, index: 10)
      replica.step(.message(RaftMessage(from: member, to: 1, term: 4, body: body)))
      return persist(&replica).contains { if case .readable = $0 { true } else { false } }
    }
    #expect(!answered(by: 3))
    #expect(answered(by: 2))
  }
}
