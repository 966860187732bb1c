import ByteCoding
import MVCC
import RaftCore
import Replay
import Replica
import StoreAuth
import Testing

/// What a recording begins with, and what stands in it for what clients wrote.
@Suite struct RecordedStateTests {
  /// A property that is added and not recorded would make replays depart, some day.
  @Test func everyPropertyIsRecorded() throws {
    let consensus = try Self.consensus()
    func names(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
    #expect(names(consensus) == ReplicaConsensus.recordedProperties)
    #expect(
      names(consensus.configuration) == ReplicaConsensus.recordedSettings.union(ReplicaConsensus.settingsOfOthers))
    let raft = try #require(Mirror(reflecting: consensus).descendant("raft") as? Raft)
    #expect(names(raft) == Raft.recordedProperties)
    #expect(names(raft.configuration) == RaftConfiguration.recordedProperties)
  }

  @Test func theStateComesBack() throws {
    var consensus = try Self.consensus()
    consensus.step(.propose(sequence: 1, .store(.put(PutRequest(key: [1], value: [2]))), time: 3))
    consensus.step(.read(id: 4))
    _ = consensus.takeEffects()
    var writer = ByteWriter()
    consensus.encodeState(into: &writer)
    var reader = ByteReader(writer.bytes)
    let again = try ReplicaConsensus(recordedState: &reader)
    try reader.expectEnd()
    var second = ByteWriter()
    again.encodeState(into: &second)
    #expect(second.bytes == writer.bytes)
    #expect(again.view == consensus.view)
    for count in stride(from: 0, to: writer.count, by: 3) {
      var reader = ByteReader(writer.bytes[0..<count])
      #expect(throws: ByteCodingError.self) { try ReplicaConsensus(recordedState: &reader) }
    }
  }

  @Test func nothingOfAClientsIsKept() throws {
    let secret = Array("a password, or a key".utf8)
    let id = ProposalID(origin: 7, start: 2, sequence: 900)
    let commands: [ReplicaCommand] = [
      .store(.put(PutRequest(key: secret, value: secret + secret))),
      .store(.deleteRange(DeleteRangeRequest(KeyRange(key: secret)))),
      .byUser(AuthIdentity(user: secret, revision: 3), .store(.put(PutRequest(key: [1], value: secret)))),
    ]
    for command in commands {
      let payload = Envelope(id: id, time: 1_800_000_000_000, command: command).encoded()
      let brief = PayloadStandIn.brief(payload, mustBeReadable: true)
      #expect(brief.count < 40)
      let standIn = try PayloadStandIn.payload(ofBrief: brief[...])
      for bytes in [brief, standIn] {
        #expect(!bytes.indices.contains { bytes[$0...].starts(with: secret.prefix(4)) })
      }
      #expect(standIn.count == payload.count)
      #expect(PayloadStandIn.digest(standIn) == PayloadStandIn.digest(payload))
      #expect(PayloadStandIn.brief(standIn) == brief)
      #expect(throws: ByteCodingError.self) { try Envelope(decoding: standIn[...]) }
      var other = payload
      other[other.count - 1] ^= 1
      #expect(PayloadStandIn.digest(other) != PayloadStandIn.digest(payload))
    }
  }

  @Test(arguments: [
    ReplicaCommand.checkpoint, .leaseKeepAlive(9), .leaseExpire(9, renewal: 3), .members(.remove(3)),
    .byUser(AuthIdentity(user: [1], revision: 3), .members(.promote(4))),
  ])
  func whatTheConsensusReadsIsKept(_ command: ReplicaCommand) throws {
    let payload = Envelope(id: ProposalID(origin: 1, start: 1, sequence: 1), time: 5, command: command).encoded()
    #expect(try PayloadStandIn.payload(ofBrief: PayloadStandIn.brief(payload)[...]) == payload)
  }

  /// Of any bytes a brief is made, and read again.
  @Test func anyPayloadHasAStandIn() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      var payload = (0..<Int.random(in: 0..<60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      if Bool.random(using: &random), !payload.isEmpty { payload[0] = 1 }
      let brief = PayloadStandIn.brief(payload, mustBeReadable: Bool.random(using: &random))
      let standIn = try PayloadStandIn.payload(ofBrief: brief[...])
      #expect(standIn.count == payload.count)
      #expect(PayloadStandIn.brief(standIn) == brief)
    }
  }

  // MARK: - Files

  @Test func aSegmentCutAnywhereIsReadToThere() throws {
    let segment = try Self.segment()
    let whole = try RecordSegment(reading: segment)
    #expect(whole.end == .stopped && whole.damage == nil && whole.tornBytes == 0 && whole.steps.count == 3)
    var ends: Set<Int> = []
    for count in 0..<segment.count {
      guard let part = try? RecordSegment(reading: Array(segment[0..<count])) else { continue }
      #expect(part.damage == nil && part.end == nil && part.steps.count <= 3)
      ends.insert(part.steps.count)
      var replayer = Replayer()
      replayer.replay(part, from: "part")
      #expect(replayer.report.isClean)
    }
    #expect(ends == [0, 1, 2, 3])
  }

  @Test func aBitThatFlippedIsNoticed() throws {
    let segment = try Self.segment()
    for position in segment.indices {
      var flipped = segment
      flipped[position] ^= 1 << UInt8(position % 8)
      let damage = #expect(throws: RecordDefect.self, "byte \(position)") {
        let segment = try RecordSegment(reading: flipped)
        if let damage = segment.damage { throw damage }
      }
      #expect(damage != .tooShort, "byte \(position)")
    }
  }

  @Test func damageIsReportedWithItsPlace() throws {
    var segment = try Self.segment()
    segment[segment.count - 30] ^= 4
    var lines: [ReplayLine] = []
    var replayer = Replayer { lines.append($0) }
    replayer.replay(try RecordSegment(reading: segment), from: "00000001.steps")
    #expect(!replayer.report.isClean && replayer.report.inputs > 0)
    #expect(replayer.report.damages.count == 1 && replayer.report.damages[0].contains("00000001.steps"))
    #expect(lines.contains { $0.kind == .damage })
  }

  @Test func anotherFormatIsRefused() throws {
    var segment = try Self.segment()
    segment[8] = 9
    #expect(throws: RecordDefect.unknownVersion(9)) { try RecordSegment(reading: segment) }
    #expect(throws: RecordDefect.notARecording) { try RecordSegment(reading: Array("something else".utf8)) }
    #expect(throws: RecordDefect.tooShort) { try RecordSegment(reading: []) }
  }

  @Test func aGapIsReported() throws {
    var consensus = try Self.consensus()
    var encoder = StepEncoder(Self.head)
    encoder.begin(Self.head.origin, consensus, at: 5)
    Self.run(&consensus, 0..<10) { encoder.add($0) }
    encoder.end(.gap)
    let first = encoder.takeBytes()
    var lost: UInt64 = 0
    Self.run(&consensus, 10..<20) { if case .round = $0 {} else { lost += 1 } }
    encoder.begin(.gap(lost: lost), consensus, at: 6)
    Self.run(&consensus, 20..<30) { encoder.add($0) }
    var lines: [ReplayLine] = []
    var replayer = Replayer { lines.append($0) }
    for bytes in [first, encoder.takeBytes()] { replayer.replay(try RecordSegment(reading: bytes), from: "segment") }
    #expect(replayer.report.isClean && replayer.report.gaps == 1)
    #expect(lines.contains { $0.kind == .gap && $0.text.contains("\(lost) steps were not recorded") })
    // A segment that is missing is one, too.
    var other = Replayer()
    other.replay(try RecordSegment(reading: first), from: "segment")
    encoder.end(.continues)
    _ = encoder.takeBytes()
    encoder.begin(.rotation, consensus, at: 7)
    other.replay(try RecordSegment(reading: encoder.takeBytes()), from: "segment")
    #expect(other.report.isClean && other.report.gaps == 1)
  }

  /// The recorded digest of a round is held against what the replay makes.
  @Test func anotherOutcomeIsADifference() throws {
    var consensus = try Self.consensus()
    var encoder = StepEncoder(Self.head)
    encoder.begin(Self.head.origin, consensus, at: 5)
    encoder.add(.round(consensus.takeEffects() + [.compactLog(through: 9)]))
    var replayer = Replayer()
    replayer.replay(try RecordSegment(reading: encoder.takeBytes()), from: "segment")
    #expect(replayer.report.differences.count == 1)
  }

  @Test func membersThatContradictEachOtherAreFound() throws {
    var comparison = ReplayComparison()
    func report(_ member: MemberID, _ value: UInt8) throws -> Replayer {
      var consensus = try Self.consensus(member)
      var head = Self.head
      head.member = member
      var encoder = StepEncoder(head)
      encoder.begin(head.origin, consensus, at: 5)
      Self.run(&consensus, 0..<60, value: value) { encoder.add($0) }
      var replayer = Replayer()
      replayer.replay(try RecordSegment(reading: encoder.takeBytes()), from: "segment")
      #expect(replayer.report.isClean && replayer.report.committed.count > 10)
      return replayer
    }
    let (one, same, other) = (try report(1, 1), try report(1, 1), try report(2, 1))
    comparison.add(one.report, leaders: one.leaders)
    comparison.add(same.report, leaders: same.leaders)
    #expect(comparison.contradictions.isEmpty && comparison.comparedEntries > 10)
    // A cluster of one each: both lead the first term, with entries of their own.
    comparison.add(other.report, leaders: other.leaders)
    #expect(comparison.contradictions.count == 2, "\(comparison.contradictions)")
  }

  // MARK: - A replica

  private static let head = RecordHead(
    clusterID: 3, member: 1, name: "one", start: 1, segment: 1,
    origin: .start(HardState(), hasLostTail: false, acceptsLostTail: false), inputs: 0, time: 5)

  private static func consensus(_ member: MemberID = 1) throws -> ReplicaConsensus {
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [member]))
    return try ReplicaConsensus(
      configuration: ReplicaConfiguration(member: member, seed: 8), recovered: RecoveredLog(base: base))
  }

  /// Runs a cluster of one, whose disk is done at once, and tells of every step.
  private static func run(
    _ consensus: inout ReplicaConsensus, _ numbers: Range<Int>, value: UInt8 = 1, _ tell: (StepEvent) -> Void
  ) {
    var inputs: [ReplicaInput] = []
    func round() {
      let effects = consensus.takeEffects()
      tell(.round(effects))
      for case .write(let write) in effects { inputs.append(.persisted(write.token)) }
      for case .apply(let entries) in effects { inputs.append(.applied(entries[entries.count - 1].index)) }
    }
    for number in numbers {
      inputs += [
        .tick, .propose(sequence: UInt64(number + 1), .store(.put(PutRequest(key: [value], value: [7]))), time: 1),
      ]
      while !inputs.isEmpty {
        for input in inputs {
          tell(.input(input))
          consensus.step(input)
        }
        inputs = []
        round()
      }
    }
  }

  private static func segment() throws -> [UInt8] {
    var consensus = try consensus()
    var encoder = StepEncoder(head)
    encoder.begin(head.origin, consensus, at: 5)
    var bytes: [UInt8] = []
    for numbers in [0..<15, 15..<30, 30..<45] {
      run(&consensus, numbers) { encoder.add($0) }
      bytes += encoder.takeBytes()
    }
    encoder.end(.stopped)
    return bytes + encoder.takeBytes()
  }
}
