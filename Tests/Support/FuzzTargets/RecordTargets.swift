import MVCC
import RaftCore
import Replay
import Replica

extension FuzzTarget {
  private static let member: MemberID = 2

  /// A segment of a recording as it lies on the disk.
  static let recordSegment = FuzzTarget("record-segment") { bytes in
    guard let segment = try? RecordSegment(reading: bytes) else { return false }
    let size = segment.steps.reduce(segment.base.count) { $0 + $1.count }
    try expect(size < bytes.count, "more is read than there is")
    for block in segment.steps { _ = try read(block, of: segment.head.member) }
    return true
  }

  /// Steps whose checksum is right, whatever they say.
  static let recordSteps = FuzzTarget("record-steps") { bytes in
    guard let inputs = try read(bytes[...], of: member), !inputs.isEmpty else { return false }
    // What was read, written and read again, is written the same.
    let written = try write(inputs)
    guard let again = try read(written, of: member) else { throw FuzzFinding("what was written cannot be read") }
    try expect(again.count == inputs.count, "\(inputs.count) inputs are \(again.count) when they are read again")
    try expect(try write(again) == written, "inputs are others when they are read again")
    return true
  }

  /// A whole segment, each of whose blocks (a byte for its kind, its content) gets the right checksums: head, state,
  /// steps, whatever they say. It is replayed, and what comes of it is told: it ends, and says what cannot be.
  static let replay = FuzzTarget("replay") { bytes in
    var input = FuzzInput(bytes)
    var segment = RecordFormat.magic + [RecordFormat.version]
    while !input.isEmpty {
      let kind = input.byte()
      segment += RecordFormat.forgedBlock(kind, input.block())
    }
    guard let read = try? RecordSegment(reading: segment) else { return false }
    var options = Replayer.Options()
    options.isVerbose = true
    var lines = 0
    var replayer = Replayer(options) { line in lines += line.text.isEmpty ? 0 : 1 }
    replayer.replay(read, from: "segment")
    // And once more, as if it went on.
    replayer.replay(read, from: "segment")
    try expect(lines > 0, "nothing was told")
    return replayer.report.damages.isEmpty
  }

  /// The blocks of a segment in the form that ``replay`` takes.
  static var replaySeeds: [[UInt8]] {
    let segment = recording(isSealed: false)
    var (seed, offset): ([UInt8], Int) = ([], RecordFormat.headerSize)
    while offset + 16 <= segment.count {
      let length = (0..<4).reduce(0) { $0 | Int(segment[offset + $1]) << (8 * $1) }
      let content = segment[(offset + 16)..<(offset + 16 + length)]
      let size: [UInt8] = length < 255 ? [UInt8(length)] : [255, UInt8(length >> 8), UInt8(length & 255)]
      seed += [segment[offset + 8]] + size + content
      offset += 16 + length
    }
    return [seed]
  }

  /// The inputs of a block, without proposals; nil when it cannot be read to its end.
  private static func read(_ block: ArraySlice<UInt8>, of member: MemberID) throws -> [ReplicaInput]? {
    guard var decoder = try? StepDecoder(block, of: member) else { return nil }
    var inputs: [ReplicaInput] = []
    var last = decoder.inputs
    do {
      while let step = try decoder.next() {
        guard case .input(let input, let number, _) = step else { continue }
        try expect(number == last + 1, "input \(number) follows \(last)")
        last = number
        if case .input(let input) = input { inputs.append(input) }
      }
    } catch let finding as FuzzFinding {
      throw finding
    } catch {
      return nil
    }
    return inputs
  }

  private static func write(_ inputs: [ReplicaInput]) throws -> ArraySlice<UInt8> {
    var encoder = try encoder()
    for input in inputs { encoder.add(.input(input)) }
    return try RecordSegment(reading: encoder.takeBytes()).steps.reduce([]) { $0 + $1 }
  }

  private static func encoder() throws -> StepEncoder {
    let head = RecordHead(
      clusterID: 1, member: member, name: "s2", start: 1, segment: 1, origin: .rotation, inputs: 0, time: 1000)
    var encoder = StepEncoder(head)
    encoder.begin(.rotation, try replica(), at: 1000)
    return encoder
  }

  private static func replica() throws -> ReplicaConsensus {
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))
    return try ReplicaConsensus(
      configuration: ReplicaConfiguration(member: member, seed: 1), recovered: RecoveredLog(base: base))
  }

  /// A replica that is told of everything there is.
  static func recording(isSealed: Bool) -> [UInt8] {
    guard var encoder = try? encoder(), var replica = try? replica() else { return [] }
    let metadata = SnapshotMetadata(index: 9, term: 2, membership: Membership(voters: [1, 2, 3]))
    let payload = Envelope(
      id: ProposalID(origin: 1, start: 1, sequence: 4), time: 5, command: .store(.put(PutRequest(key: [1], value: [2])))
    ).encoded()
    let append = Append(
      previousIndex: 0, previousTerm: 0, commit: 1, entries: [Entry(term: 1, index: 1, payload: payload)])
    let chunk = SnapshotChunk(metadata: metadata, totalSize: 9, offset: 0, data: [1, 2, 3])
    let bodies: [RaftMessage.Body] = [
      .append(append), .appendResponse(.accepted(match: 1)), .snapshotChunk(chunk), .heartbeatResponse(round: 3),
      .propose([Proposal(id: ProposalID(origin: 1, start: 1, sequence: 4), payload: payload)]),
    ]
    var inputs: [ReplicaInput] = [
      .tick, .propose(sequence: 1, .checkpoint, time: 3), .read(id: 2), .persisted(1), .applied(0),
      .snapshotSaved(metadata), .snapshotChunkStored(metadata, nextOffset: 4), .snapshotStored(metadata),
      .snapshotRejected(metadata), .connectionRefused(3),
      .transferLeadership(to: nil), .changeMembership(sequence: 3, metadata.membership), .retire,
      .snapshotChunkRead(chunk, SnapshotChunkRequest(to: 3, index: nil, offset: 0, maximumBytes: 9)),
      .members(MembersAsApplied(table: MemberTable(), membership: metadata.membership, index: 4)),
    ]
    inputs += bodies.map { .message(RaftMessage(from: 1, to: member, term: 1, body: $0)) }
    for input in inputs { encoder.add(.input(input)) }
    encoder.add(.round(replica.takeEffects()))
    if isSealed {
      let segment = try? RecordSegment(reading: encoder.takeBytes())
      return segment.map { Array($0.steps.joined()) } ?? []
    }
    encoder.end(.stopped)
    return encoder.takeBytes()
  }
}
