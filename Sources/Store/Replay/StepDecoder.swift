package import ByteCoding
package import RaftCore
package import Replica

/// A step as a recording has it.
package enum RecordedStep: Sendable {
  /// Number, counted from 1 over the replica's start; the wall clock as of the last tick.
  case input(RecordedInput, number: UInt64, time: UInt64)
  case round(effects: Int, digest: UInt32)
}

/// An input whose payloads are stand-ins.
package enum RecordedInput: Sendable {
  case input(ReplicaInput)
  case proposal(sequence: UInt64, payload: [UInt8])

  /// Gives it to a consensus half that takes stand-ins.
  package func step(_ consensus: inout ReplicaConsensus) {
    switch self {
    case .input(let input): consensus.step(input)
    case .proposal(let sequence, let payload): consensus.stepProposal(sequence: sequence, payload: payload)
    }
  }
}

/// Reads the steps of a block, one at a time.
package struct StepDecoder: Sendable {
  private var reader: ByteReader
  /// Inputs before the next one.
  package private(set) var inputs: UInt64
  private var time: UInt64
  private let member: MemberID

  private static let largestMessage: UInt64 = 32 << 20

  /// - Parameter member: whose recording it is.
  package init(_ block: ArraySlice<UInt8>, of member: MemberID) throws(ByteCodingError) {
    self.member = member
    reader = ByteReader(block)
    inputs = try reader.readVarint()
    time = try reader.readVarint()
    guard inputs < UInt64.max / 2 else { throw .unknownValue(inputs, field: "number of inputs") }
  }

  /// Nil at the block's end.
  package mutating func next() throws(ByteCodingError) -> RecordedStep? {
    guard reader.remaining > 0 else { return nil }
    let raw = try reader.readByte()
    guard let tag = StepTag(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "step") }
    // Not an input.
    if tag == .round {
      let count = try reader.readVarint()
      guard count < 1 << 32 else { throw .unknownValue(count, field: "effects") }
      return .round(effects: Int(count), digest: try reader.read(fixed: UInt32.self))
    }
    let input = try readInput(tag)
    inputs += 1
    return .input(input, number: inputs, time: time)
  }

  private mutating func readInput(_ tag: StepTag) throws(ByteCodingError) -> RecordedInput {
    switch tag {
    case .round, .tick:
      time = time &+ UInt64(bitPattern: try reader.readZigzag())
      return .input(.tick)
    case .propose:
      let sequence = try reader.readVarint()
      return .proposal(sequence: sequence, payload: try PayloadStandIn.read(from: &reader))
    case .message: return .input(.message(try readMessage()))
    case .append: return .input(.message(try readAppend()))
    case .accepted:
      return .input(
        .message(
          RaftMessage(
            from: try reader.read(fixed: UInt64.self), to: member, term: try reader.readVarint(),
            body: .appendResponse(.accepted(match: try reader.readVarint())))))
    case .read: return .input(.read(id: try reader.readVarint()))
    case .persisted: return .input(.persisted(try reader.readVarint()))
    case .applied: return .input(.applied(try reader.readVarint()))
    case .snapshotSaved: return .input(.snapshotSaved(try SnapshotMetadata(from: &reader)))
    case .snapshotChunkStored:
      return .input(
        .snapshotChunkStored(try SnapshotMetadata(from: &reader), nextOffset: try reader.readVarint()))
    case .snapshotStored: return .input(.snapshotStored(try SnapshotMetadata(from: &reader)))
    case .snapshotRejected: return .input(.snapshotRejected(try SnapshotMetadata(from: &reader)))
    case .snapshotChunkRead: return .input(try readChunkRead())
    case .connectionRefused: return .input(.connectionRefused(try reader.readVarint()))
    case .transferLeadership: return .input(.transferLeadership(to: try reader.readOptional()))
    case .retire: return .input(.retire)
    case .members: return .input(.members(try MembersAsApplied(from: &reader)))
    case .changeMembership:
      return .input(.changeMembership(sequence: try reader.readVarint(), try Membership(from: &reader)))
    }
  }

  private mutating func readAppend() throws(ByteCodingError) -> RaftMessage {
    let from = try reader.read(fixed: UInt64.self)
    let term = try reader.readVarint()
    var append = Append(
      previousIndex: try reader.readVarint(), previousTerm: try reader.readVarint(), commit: try reader.readVarint(),
      entries: [])
    let count = try reader.readCount(minimumSize: 3)
    guard append.previousIndex <= UInt64.max / 2 else { throw .overlongInteger }
    var total: UInt64 = 0
    for position in 0..<count {
      let term = try reader.readVarint()
      let raw = try reader.readByte()
      guard let kind = Entry.Kind(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "entry kind") }
      let payload = kind == .configuration ? try reader.readBytes() : try PayloadStandIn.read(from: &reader)
      total += UInt64(payload.count)
      guard total <= Self.largestMessage else { throw .unknownValue(total, field: "size of a message") }
      append.entries.append(
        Entry(term: term, index: append.previousIndex + 1 + UInt64(position), kind: kind, payload: payload))
    }
    return RaftMessage(from: from, to: member, term: term, body: .append(append))
  }

  private mutating func readMessage() throws(ByteCodingError) -> RaftMessage {
    let message = try RaftMessage(decoding: try reader.readBytes()[...])
    var total: UInt64 = 0
    return try message.mapContent { (brief: [UInt8], _: Bool) throws(ByteCodingError) -> [UInt8] in
      let payload = try PayloadStandIn.payload(ofBrief: brief[...])
      total += UInt64(payload.count)
      guard total <= Self.largestMessage else { throw .unknownValue(total, field: "size of a message") }
      return payload
    } _: { (brief: [UInt8]) throws(ByteCodingError) -> [UInt8] in
      var reader = ByteReader(brief)
      let count = try reader.readVarint()
      guard count <= Self.largestMessage else { throw .unknownValue(count, field: "size of a piece") }
      return [UInt8](repeating: 0, count: Int(count))
    }
  }

  private mutating func readChunkRead() throws(ByteCodingError) -> ReplicaInput {
    let to = try reader.read(fixed: UInt64.self)
    let index: LogIndex? = try reader.readOptional()
    let offset = try reader.readVarint()
    let maximum = try reader.readVarint()
    guard maximum <= Self.largestMessage else { throw .unknownValue(maximum, field: "size of a piece") }
    let request = SnapshotChunkRequest(to: to, index: index, offset: offset, maximumBytes: Int(maximum))
    guard try reader.readBool() else { return .snapshotChunkRead(nil, request) }
    let metadata = try SnapshotMetadata(from: &reader)
    let (total, start, count) = (try reader.readVarint(), try reader.readVarint(), try reader.readVarint())
    guard count <= Self.largestMessage else { throw .unknownValue(count, field: "size of a piece") }
    return .snapshotChunkRead(
      SnapshotChunk(
        metadata: metadata, totalSize: total, offset: start, data: [UInt8](repeating: 0, count: Int(count))), request)
  }
}
