import ByteCoding
import RaftCore
package import Replica

/// Something that happened to the consensus half, as the one who records it is told.
package enum StepEvent: Sendable {
  case input(ReplicaInput)
  /// Time has passed; what the wall clock says, in milliseconds since 1970.
  case tick(time: UInt64)
  /// The effects were taken.
  case round([ReplicaEffect])
}

/// Makes the bytes of one segment after another.
///
/// Give it events as they come; take what has gathered with ``takeBytes()``, now and then, and append that to the
/// segment's file.
package struct StepEncoder: Sendable {
  /// Whose steps they are; `start` and numbers follow from what is given.
  private var head: RecordHead
  private var bytes: [UInt8] = []
  private var block = ByteWriter()
  private var time: UInt64
  /// Inputs of this start so far.
  package private(set) var inputs: UInt64 = 0
  /// Bytes of the present segment so far, and those of them that are its base.
  package private(set) var segmentSize = 0
  package private(set) var baseSize = 0

  private static let blockSize = 64 << 10

  /// - Parameter head: of the first segment, which ``begin(_:_:at:)`` makes.
  package init(_ head: RecordHead) {
    self.head = head
    time = head.time
    self.head.segment -= min(1, head.segment)
  }

  /// The number of the present segment.
  package var segment: UInt64 { head.segment }

  /// Begins the next segment. What the last one still had was taken before.
  package mutating func begin(_ origin: RecordHead.Origin, _ consensus: ReplicaConsensus, at time: UInt64) {
    precondition(bytes.isEmpty && block.count == 0, "the last segment was taken")
    if case .gap(let lost) = origin { inputs += lost }
    (head.segment, head.origin, head.inputs, head.time) = (head.segment + 1, origin, inputs, time)
    self.time = time
    var base = ByteWriter(reservingCapacity: 4096)
    consensus.encodeState(into: &base)
    baseSize = base.count
    bytes = RecordFormat.magic + [RecordFormat.version]
    bytes += RecordFormat.block(.head, head.encoded()) + RecordFormat.block(.base, base.bytes)
    segmentSize = bytes.count
  }

  /// Ends the segment.
  package mutating func end(_ end: RecordEnd) {
    seal()
    append(RecordFormat.block(.end, [end.rawValue]))
  }

  /// What has been encoded since the last time, to its last event.
  package mutating func takeBytes() -> [UInt8] {
    seal()
    defer { bytes = [] }
    return bytes
  }

  package mutating func add(_ event: StepEvent) {
    if block.count == 0 {
      block.write(varint: inputs)
      block.write(varint: time)
    }
    switch event {
    case .tick(let now):
      inputs += 1
      block.write(StepTag.tick.rawValue)
      block.write(zigzag: Int64(bitPattern: now &- time))
      time = now
    case .input(.tick): add(.tick(time: time))
    case .input(let input):
      inputs += 1
      encode(input)
    case .round(let effects):
      block.write(StepTag.round.rawValue)
      block.write(varint: UInt64(effects.count))
      block.write(fixed: EffectDigest.of(effects))
    }
    if block.count >= Self.blockSize { seal() }
  }

  private mutating func seal() {
    guard block.count > 0 else { return }
    append(RecordFormat.block(.steps, block.bytes))
    block = ByteWriter(reservingCapacity: Self.blockSize / 4)
  }

  private mutating func append(_ more: [UInt8]) {
    bytes += more
    segmentSize += more.count
  }

  private mutating func encode(_ input: ReplicaInput) {
    switch input {
    case .tick: break
    case .message(let message): encode(message)
    case .propose(let sequence, let command, let time):
      block.write(StepTag.propose.rawValue)
      block.write(varint: sequence)
      let id = ProposalID(origin: head.member, start: head.start, sequence: sequence)
      // What this build has made, it can read.
      PayloadStandIn.write(Envelope(id: id, time: time, command: command).encoded(), into: &block)
    case .read(let id): write(.read, id)
    case .persisted(let token): write(.persisted, token)
    case .applied(let index): write(.applied, index)
    case .snapshotSaved(let metadata): write(.snapshotSaved, metadata)
    case .snapshotChunkStored(let metadata, let nextOffset):
      write(.snapshotChunkStored, metadata)
      block.write(varint: nextOffset)
    case .snapshotStored(let metadata): write(.snapshotStored, metadata)
    case .snapshotRejected(let metadata): write(.snapshotRejected, metadata)
    case .snapshotChunkRead(let chunk, let request):
      block.write(StepTag.snapshotChunkRead.rawValue)
      block.write(fixed: request.to)
      block.write(optional: request.index)
      block.write(varint: request.offset)
      block.write(varint: UInt64(request.maximumBytes))
      block.write(chunk != nil)
      guard let chunk else { return }
      chunk.metadata.encode(into: &block)
      for number in [chunk.totalSize, chunk.offset, UInt64(chunk.data.count)] { block.write(varint: number) }
    case .connectionRefused(let member): write(.connectionRefused, member)
    case .transferLeadership(let target):
      block.write(StepTag.transferLeadership.rawValue)
      block.write(optional: target)
    case .retire: block.write(StepTag.retire.rawValue)
    case .members(let members):
      block.write(StepTag.members.rawValue)
      members.encode(into: &block)
    case .changeMembership(let sequence, let membership):
      write(.changeMembership, sequence)
      membership.encode(into: &block)
    }
  }

  /// The two kinds that come with every write have a shorter form.
  private mutating func encode(_ message: RaftMessage) {
    switch message.body {
    case .append(let append) where message.to == head.member:
      block.write(StepTag.append.rawValue)
      block.write(fixed: message.from)
      for number in [message.term, append.previousIndex, append.previousTerm, append.commit] {
        block.write(varint: number)
      }
      block.write(varint: UInt64(append.entries.count))
      for entry in append.entries {
        block.write(varint: entry.term)
        block.write(entry.kind.rawValue)
        if entry.kind == .configuration {
          block.write(bytes: entry.payload)
        } else {
          PayloadStandIn.write(entry.payload, into: &block)
        }
      }
    case .appendResponse(.accepted(let match)) where message.to == head.member:
      block.write(StepTag.accepted.rawValue)
      block.write(fixed: message.from)
      block.write(varint: message.term)
      block.write(varint: match)
    default:
      block.write(StepTag.message.rawValue)
      block.write(bytes: message.mapContent(Self.brief, Self.brief).encoded())
    }
  }

  private mutating func write(_ tag: StepTag, _ number: UInt64) {
    block.write(tag.rawValue)
    block.write(varint: number)
  }

  private mutating func write(_ tag: StepTag, _ metadata: SnapshotMetadata) {
    block.write(tag.rawValue)
    metadata.encode(into: &block)
  }

  private static func brief(_ payload: [UInt8], isProposal: Bool) -> [UInt8] {
    PayloadStandIn.brief(payload, mustBeReadable: isProposal)
  }

  /// Of a piece of a snapshot only the size is kept.
  private static func brief(_ chunk: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(varint: UInt64(chunk.count))
    return writer.bytes
  }
}

/// What a step in a block is.
enum StepTag: UInt8 {
  case round = 1, tick, message, propose, read, persisted, applied, snapshotSaved, snapshotStored, snapshotRejected
  case snapshotChunkRead, connectionRefused, transferLeadership, retire, members, changeMembership
  case append, accepted, snapshotChunkStored
}

extension RaftMessage {
  /// The message with other payloads: of entries and proposals of commands, and of pieces of snapshots.
  func mapContent<Failure: Error>(
    _ payload: ([UInt8], Bool) throws(Failure) -> [UInt8], _ chunk: ([UInt8]) throws(Failure) -> [UInt8]
  ) throws(Failure) -> RaftMessage {
    var mapped = self
    switch body {
    case .append(var append) where !append.entries.isEmpty:
      for position in append.entries.indices where append.entries[position].kind == .command {
        append.entries[position].payload = try payload(append.entries[position].payload, false)
      }
      mapped.body = .append(append)
    case .propose(var proposals):
      for position in proposals.indices { proposals[position].payload = try payload(proposals[position].payload, true) }
      mapped.body = .propose(proposals)
    case .snapshotChunk(var piece):
      piece.data = try chunk(piece.data)
      mapped.body = .snapshotChunk(piece)
    default: break
    }
    return mapped
  }
}
