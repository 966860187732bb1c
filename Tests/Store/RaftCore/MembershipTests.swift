import ByteCoding
import RaftCore
import Testing

@Suite struct MembershipTests {
  @Test func anEvenNumberOfVotersCannotBootstrap() throws {
    #expect(throws: Membership.BootstrapError.evenNumberOfVoters(2)) { try Membership.bootstrap(voters: [1, 2]) }
    #expect(throws: Membership.BootstrapError.noVoters) { try Membership.bootstrap(voters: []) }
    #expect(throws: Membership.BootstrapError.zeroIdentity) { try Membership.bootstrap(voters: [0]) }
    #expect(try Membership.bootstrap(voters: [3, 1, 2]).voters == [1, 2, 3])
  }

  @Test func aJointDecisionNeedsBothMajorities() {
    let joint = Membership(voters: [1, 2, 3], outgoing: [3, 4, 5])
    #expect(!joint.hasQuorum { [1, 2].contains($0) })
    #expect(!joint.hasQuorum { [3, 4, 5].contains($0) })
    #expect(joint.hasQuorum { [2, 3, 4].contains($0) })
    #expect(joint.committedIndex { [1: 9, 2: 9, 3: 4, 4: 4, 5: 1][$0]! } == 4)
  }

  @Test func votersAreReplacedThroughAJointConfiguration() throws {
    var cluster = try Cluster([1, 2, 3, 4, 5], voters: [1, 2, 3])
    cluster.elect(1)
    let target = Membership(voters: [1, 4, 5], learners: [2])
    cluster.with(1) { $0.changeMembership(id: ProposalID(origin: 1, start: 1, sequence: 1), to: target) }
    #expect(cluster.members[1]!.membership.isJoint)
    for _ in 0..<5 {
      cluster.tick(1)
      cluster.deliver()
    }
    for id in [1, 4, 5] as [MemberID] { #expect(cluster.members[id]!.membership == target) }
    // The old majority cannot commit, the new one can.
    cluster.isolated = [2, 3]
    cluster.propose(1, "a")
    cluster.deliver()
    #expect(cluster.texts(5) == ["a"])
  }

  @Test func aLeaderOutsideOfTheNewConfigurationStepsDown() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.deliver()
    cluster.with(1) {
      $0.changeMembership(id: ProposalID(origin: 1, start: 1, sequence: 1), to: Membership(voters: [2, 3]))
    }
    cluster.deliver()
    #expect(cluster.members[1]!.role == .follower)
    cluster.elect(2)
    #expect(cluster.leaders == [2])
  }

  @Test func oneChangeAtATime() throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.elect(1)
    cluster.isolated = [2, 3]
    for sequence in [1, 2] as [UInt64] {
      cluster.with(1) {
        $0.changeMembership(
          id: ProposalID(origin: 1, start: 1, sequence: sequence), to: Membership(voters: [1, 2, 3], learners: [9]))
      }
    }
    #expect(cluster.refused[1] == [.configuration])
  }
}

@Suite struct SnapshotTests {
  /// Brings a follower behind, compacts the leader's log, and passes pieces by hand.
  private func behind() throws -> (Cluster, SnapshotMetadata) {
    var cluster = try Cluster([1, 2, 3]) { $0.snapshotChunkBytes = 4 }
    cluster.elect(1)
    cluster.deliver()
    cluster.isolated = [3]
    for number in 0..<10 { cluster.propose(1, "\(number)") }
    cluster.deliver()
    cluster.with(1) { $0.compact(through: 8) }
    let metadata = SnapshotMetadata(index: 8, term: 1, membership: cluster.members[1]!.membership)
    cluster.isolated = []
    for _ in 0..<4 {
      cluster.tick(1)
      cluster.deliver()
    }
    return (cluster, metadata)
  }

  @Test func aFollowerTooFarBehindGetsTheSnapshotInPieces() throws {
    var (cluster, metadata) = try behind()
    let bytes: [UInt8] = Array(0..<10)
    var rounds = 0
    while cluster.chunks[3, default: []].last?.isLast != true, rounds < 50 {
      rounds += 1
      for request in cluster.chunkRequests[1] ?? [] {
        let start = Int(request.offset)
        let chunk = SnapshotChunk(
          metadata: metadata, totalSize: 10, offset: request.offset,
          data: Array(bytes[start..<min(start + request.maximumBytes, 10)]))
        cluster.with(1) { $0.snapshotChunkRead(chunk, for: request) }
      }
      cluster.chunkRequests[1] = []
      // Every third piece is lost on the way; a heartbeat finds out.
      cluster.deliver { if case .snapshotChunk = $0.body { rounds % 3 != 0 } else { true } }
      if let chunk = cluster.chunks[3]?.last {
        cluster.with(3) { $0.snapshotChunkStored(metadata, nextOffset: chunk.offset + UInt64(chunk.data.count)) }
        cluster.deliver()
      }
      cluster.tick(1)
      cluster.deliver()
    }
    #expect(cluster.chunks[3]!.flatMap(\.data) == bytes)
    cluster.with(3) { $0.snapshotStored(metadata) }
    cluster.deliver()
    #expect(cluster.installed[3] == [metadata])
    #expect(cluster.texts(3).suffix(2) == cluster.texts(1).suffix(2))
    #expect(cluster.disks[3]!.base == metadata)
    #expect(cluster.members[3]!.lastIndex == cluster.members[1]!.lastIndex)
  }

  /// A piece of a snapshot of 10 bytes at index 8.
  private func piece(_ offset: UInt64, from sender: MemberID, term: Term) -> RaftMessage {
    let metadata = SnapshotMetadata(index: 8, term: 1, membership: Membership(voters: [1, 2, 3]))
    return RaftMessage(
      from: sender, to: 3, term: term,
      body: .snapshotChunk(
        SnapshotChunk(
          metadata: metadata, totalSize: 10, offset: offset,
          data: [UInt8](repeating: 1, count: Int(min(4, 10 - offset))))))
  }

  private func answers(_ cluster: inout Cluster) -> [UInt64] {
    defer { cluster.messages = [] }
    return cluster.messages.compactMap {
      if case .snapshotProgress(let progress) = $0.body { progress.nextOffset } else { nil }
    }
  }

  /// However often a leader sends, and whichever: what waits for the disk is one piece.
  @Test func aPieceIsAnsweredOnceItIsStored() throws {
    var cluster = try Cluster([1, 2, 3])
    for message in [
      piece(0, from: 1, term: 2), piece(0, from: 1, term: 2), piece(4, from: 1, term: 2), piece(0, from: 2, term: 3),
      piece(0, from: 1, term: 4),
    ] {
      cluster.with(3) { $0.receive(message) }
    }
    #expect(cluster.chunks[3]!.count == 1)
    #expect(answers(&cluster) == [])
    // Its leader is another one: the transfer is given up, and begins anew once that piece is off the queue.
    let metadata = cluster.chunks[3]![0].metadata
    #expect(cluster.dropped[3] == nil)
    cluster.with(3) { $0.snapshotChunkStored(metadata, nextOffset: 4) }
    #expect(answers(&cluster) == [] && cluster.dropped[3] == [metadata])
    cluster.with(3) { $0.receive(piece(0, from: 1, term: 4)) }
    #expect(answers(&cluster) == [])
    cluster.with(3) { $0.snapshotChunkStored(metadata, nextOffset: 4) }
    #expect(answers(&cluster) == [4])
    cluster.with(3) { $0.receive(piece(0, from: 1, term: 4)) }
    #expect(answers(&cluster) == [4])
    cluster.with(3) { $0.receive(piece(4, from: 1, term: 4)) }
    cluster.with(3) { $0.snapshotChunkStored(metadata, nextOffset: 8) }
    #expect(answers(&cluster) == [8])
    // The last one: it is all there, and takes its time. Another leader's offer is not answered meanwhile.
    cluster.with(3) { $0.receive(piece(8, from: 1, term: 4)) }
    #expect(answers(&cluster) == [10])
    for _ in 0..<3 { cluster.with(3) { $0.receive(piece(0, from: 2, term: 5)) } }
    #expect(answers(&cluster) == [])
    cluster.with(3) { $0.snapshotStored(metadata) }
    #expect(cluster.installed[3] == [metadata])
  }

  /// A part of a snapshot goes when the log has come past it, when somebody else leads, and when the member does.
  @Test(arguments: [0, 1, 2]) func aPartThatNobodyGoesOnWithIsDropped(end: Int) throws {
    var cluster = try Cluster([1, 2, 3])
    cluster.with(3) { $0.receive(piece(0, from: 1, term: 2)) }
    let metadata = cluster.chunks[3]![0].metadata
    cluster.with(3) { $0.snapshotChunkStored(metadata, nextOffset: 4) }
    #expect(cluster.dropped[3] == nil)
    switch end {
    case 0:
      let entries = (1...9).map { Entry(term: 1, index: LogIndex($0), payload: []) }
      for commit in [7, 8] as [LogIndex] {
        #expect(cluster.dropped[3] == nil)
        let append = Append(previousIndex: 0, previousTerm: 0, commit: commit, entries: entries)
        cluster.with(3) { $0.receive(RaftMessage(from: 1, to: 3, term: 2, body: .append(append))) }
      }
    case 1:
      let beat = RaftMessage.Body.heartbeat(Heartbeat(commit: 0, round: 1))
      cluster.with(3) { $0.receive(RaftMessage(from: 1, to: 3, term: 3, body: beat)) }
      #expect(cluster.dropped[3] == nil)
      cluster.with(3) { $0.receive(RaftMessage(from: 2, to: 3, term: 4, body: beat)) }
    default: cluster.elect(3)
    }
    #expect(cluster.dropped[3] == [metadata])
  }

  /// What a leader keeps of its log: what those need that come on, and no longer.
  @Test func aLeaderKnowsWhatFollowersNeed() throws {
    var (cluster, metadata) = try behind()
    cluster.with(1) { raft in
      for member in [2, 3] as [MemberID] {
        raft.receive(RaftMessage(from: member, to: 1, term: raft.term, body: .heartbeatResponse(round: 1)))
      }
    }
    // Which snapshot 3 gets is not known yet.
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.index == cluster.members[1]!.lastIndex)
    let request = cluster.chunkRequests[1]!.last!
    let chunk = SnapshotChunk(metadata: metadata, totalSize: 10, offset: 0, data: [1, 2, 3, 4])
    cluster.with(1) { $0.snapshotChunkRead(chunk, for: request) }
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.index == 8)
    #expect(cluster.members[1]!.size(behind: 8) > 0)
    // It lives, but gets nothing.
    for _ in 0..<25 {
      cluster.tick(1)
      cluster.with(1) { raft in
        for member in [2, 3] as [MemberID] {
          raft.receive(RaftMessage(from: member, to: 1, term: raft.term, body: .heartbeatResponse(round: 1)))
        }
      }
    }
    #expect(cluster.leaders == [1])
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.index == cluster.members[1]!.lastIndex)
    let progress = SnapshotProgress(index: 8, term: 1, nextOffset: 4)
    cluster.with(1) { raft in
      raft.receive(RaftMessage(from: 3, to: 1, term: raft.term, body: .snapshotProgress(progress)))
    }
    if let request = cluster.chunkRequests[1]?.last, request.offset == 0 {
      // A piece was asked for again meanwhile: its answer comes first.
      cluster.with(1) { $0.snapshotChunkRead(chunk, for: request) }
      cluster.with(1) { raft in
        raft.receive(RaftMessage(from: 3, to: 1, term: raft.term, body: .snapshotProgress(progress)))
      }
    }
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.index == 8)
    // It has it, and goes on from there.
    cluster.with(1) { raft in
      raft.receive(RaftMessage(from: 3, to: 1, term: raft.term, body: .appendResponse(.accepted(match: 9))))
    }
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.index == 9)
    #expect(cluster.members[1]!.indexNeeded(patience: 20)?.snapshotSize == 10, "known while it catches up, too")
    #expect(cluster.members[2]!.indexNeeded(patience: 20) == nil)
  }

  @Test func recoveryJoinsSnapshotAndLog() {
    let membership = Membership(voters: [1])
    let origin = SnapshotMetadata(index: 0, term: 0, membership: membership)
    let entries = (1...5).map { Entry(term: $0 > 3 ? 2 : 1, index: LogIndex($0), payload: []) }
    func recover(_ index: LogIndex, _ term: Term) -> RecoveredLog {
      RecoveredLog(
        hardState: HardState(), logBase: origin, entries: entries,
        newestSnapshot: SnapshotMetadata(index: index, term: term, membership: membership), hasLostTail: false)
    }
    #expect(recover(3, 1).entries.map(\.index) == [4, 5])
    // The log ends before the snapshot, or contradicts it: the snapshot holds.
    #expect(recover(9, 2).entries.isEmpty)
    #expect(recover(4, 1).entries.isEmpty)
  }

  @Test(arguments: [(3, 1, false), (9, 2, true), (4, 1, true)] as [(LogIndex, Term, Bool)])
  func aLogThatDoesNotLeadUpToTheSnapshotStartsAnewFirst(index: LogIndex, term: Term, isAnew: Bool) throws {
    let membership = Membership(voters: [1, 2])
    let snapshot = SnapshotMetadata(index: index, term: term, membership: membership)
    let recovered = RecoveredLog(
      hardState: HardState(), logBase: SnapshotMetadata(index: 0, term: 0, membership: membership),
      entries: (1...5).map { Entry(term: $0 > 3 ? 2 : 1, index: LogIndex($0), payload: []) },
      newestSnapshot: snapshot, hasLostTail: false)
    var raft = try Raft(configuration: Cluster.configuration(1), recovered: recovered)
    let first = try #require(raft.takeReady().write)
    #expect(first.base == (isAnew ? snapshot : nil))
    raft.persisted(first.token)
    raft.receive(
      RaftMessage(
        from: 2, to: 1, term: 3,
        body: .append(
          Append(
            previousIndex: index, previousTerm: term, commit: index,
            entries: [Entry(term: 3, index: index + 1, payload: [])]))))
    let second = try #require(raft.takeReady().write)
    #expect(second.base == nil)
    #expect(second.entries.map(\.index) == [index + 1])
  }
}

@Suite struct CodingTests {
  static let bodies: [RaftMessage.Body] = [
    .preVote(VoteRequest(lastIndex: 3, lastTerm: 2)),
    .preVoteResponse(VoteResponse(isGranted: true, isProvisional: true)),
    .vote(VoteRequest(lastIndex: 3, lastTerm: 2, isTransfer: true)),
    .voteResponse(VoteResponse(isGranted: false)),
    .append(
      Append(
        previousIndex: 300, previousTerm: 2, commit: 299,
        entries: [
          Entry(term: 2, index: 301, payload: [1, 2, 3]), Entry(term: 3, index: 302, kind: .configuration, payload: []),
        ])),
    .appendResponse(.accepted(match: 12)),
    .appendResponse(.rejected(previousIndex: 9, hintIndex: 7, hintTerm: 1, lostTail: true)),
    .heartbeat(Heartbeat(commit: 5, round: 900)),
    .heartbeatResponse(round: 900),
    .snapshotChunk(
      SnapshotChunk(
        metadata: SnapshotMetadata(
          index: 8, term: 2, membership: Membership(voters: [1, 2], outgoing: [3], learners: [4])),
        totalSize: 100, offset: 50, data: [9, 9])),
    .snapshotChunk(
      SnapshotChunk(
        metadata: SnapshotMetadata(
          index: 8, term: 2,
          membership: Membership(
            voters: [1, 2, 3], learners: [4, 5, 6], candidates: [.init(4), .init(6, replaces: 3)])),
        totalSize: 2, offset: 0, data: [9, 9])),
    .snapshotProgress(SnapshotProgress(index: 8, term: 2, nextOffset: 52)),
    .timeoutNow,
    .propose([Proposal(id: ProposalID(origin: 1, start: 2, sequence: 3), payload: [4])]),
    .proposalsRefused([ProposalID(origin: 1, start: 2, sequence: 3)], .overloaded),
    .readIndex(request: 77),
    .readIndexResponse(request: 77, index: nil),
    .readIndexResponse(request: 77, index: 5),
    .recoveryQuery(nonce: .max),
    .recoveryAnswer(nonce: .max, lastIndex: 4),
    .transferLeadership(to: 3),
  ]

  @Test(arguments: bodies) func messagesComeBack(body: RaftMessage.Body) throws {
    let message = RaftMessage(from: .max, to: 2, term: 1 << 40, body: body)
    let bytes = message.encoded()
    #expect(try RaftMessage(decoding: bytes[...]) == message)
    // Cut anywhere it is an error, never a crash; so is a byte too many.
    for end in 0..<bytes.count { #expect(throws: ByteCodingError.self) { try RaftMessage(decoding: bytes[..<end]) } }
    #expect(throws: ByteCodingError.self) { try RaftMessage(decoding: (bytes + [0])[...]) }
  }

  @Test func unknownVersionsAndKindsAreRefused() {
    var bytes = RaftMessage(from: 1, to: 2, term: 3, body: .timeoutNow).encoded()
    bytes[1] = 200
    #expect(throws: ByteCodingError.unknownValue(200, field: "message kind")) { try RaftMessage(decoding: bytes[...]) }
    bytes[0] = 9
    #expect(throws: ByteCodingError.unknownValue(9, field: "message version")) {
      try RaftMessage(decoding: bytes[...])
    }
  }

  @Test func randomBytesNeverCrash() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      var bytes: [UInt8] = [1, UInt8.random(in: 0...20, using: &random)]
      for _ in 0..<Int.random(in: 0...60, using: &random) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
      _ = try? RaftMessage(decoding: bytes[...])
    }
  }

  @Test func configurationChangesComeBack() throws {
    let change = ConfigurationChange(
      id: ProposalID(origin: 1, start: 1, sequence: 4), membership: Membership(voters: [1, 2, 3], outgoing: [1, 2]))
    #expect(try ConfigurationChange(decoding: change.encoded()[...]) == change)
    let anonymous = ConfigurationChange(id: nil, membership: change.membership)
    #expect(try ConfigurationChange(decoding: anonymous.encoded()[...]) == anonymous)
  }
}
