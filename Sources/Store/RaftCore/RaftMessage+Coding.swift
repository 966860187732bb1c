package import ByteCoding

// Format, version 1: version byte, kind byte, from and to (8 bytes each, little-endian), term (varint), then the
// kind's own fields. The transport frames it and adds the checksum. A receiver refuses versions and kinds that it
// does not know: members are upgraded one at a time, so a new kind is sent only once all understand it.

extension RaftMessage {
  private static let version: UInt8 = 1

  private enum Kind: UInt8 {
    case preVote = 1, preVoteResponse, vote, voteResponse, append, appendResponse, heartbeat, heartbeatResponse
    case snapshotChunk, snapshotProgress, timeoutNow, propose, proposalsRefused, readIndex, readIndexResponse
    case recoveryQuery, recoveryAnswer, transferLeadership
  }

  package func encoded() -> [UInt8] {
    var writer = ByteWriter(reservingCapacity: 64 + approximateSize)
    func head(_ kind: Kind) {
      writer.write(Self.version)
      writer.write(kind.rawValue)
      writer.write(fixed: from)
      writer.write(fixed: to)
      writer.write(varint: term)
    }
    switch body {
    case .preVote(let request):
      head(.preVote)
      request.encode(into: &writer)
    case .preVoteResponse(let response):
      head(.preVoteResponse)
      writer.write(response.isGranted)
      writer.write(response.isProvisional)
    case .vote(let request):
      head(.vote)
      request.encode(into: &writer)
    case .voteResponse(let response):
      head(.voteResponse)
      writer.write(response.isGranted)
      writer.write(response.isProvisional)
    case .append(let append):
      head(.append)
      append.encode(into: &writer)
    case .appendResponse(let response):
      head(.appendResponse)
      response.encode(into: &writer)
    case .heartbeat(let heartbeat):
      head(.heartbeat)
      writer.write(varint: heartbeat.commit)
      writer.write(varint: heartbeat.round)
    case .heartbeatResponse(let round):
      head(.heartbeatResponse)
      writer.write(varint: round)
    case .snapshotChunk(let chunk):
      head(.snapshotChunk)
      chunk.metadata.encode(into: &writer)
      writer.write(varint: chunk.totalSize)
      writer.write(varint: chunk.offset)
      writer.write(bytes: chunk.data)
    case .snapshotProgress(let progress):
      head(.snapshotProgress)
      writer.write(varint: progress.index)
      writer.write(varint: progress.term)
      writer.write(varint: progress.nextOffset)
    case .timeoutNow:
      head(.timeoutNow)
    case .propose(let proposals):
      head(.propose)
      writer.write(varint: UInt64(proposals.count))
      for proposal in proposals {
        proposal.id.encode(into: &writer)
        writer.write(bytes: proposal.payload)
      }
    case .proposalsRefused(let ids, let refusal):
      head(.proposalsRefused)
      writer.write(refusal.rawValue)
      writer.write(varint: UInt64(ids.count))
      for id in ids { id.encode(into: &writer) }
    case .readIndex(let request):
      head(.readIndex)
      writer.write(varint: request)
    case .readIndexResponse(let request, let index):
      head(.readIndexResponse)
      writer.write(varint: request)
      writer.write(index != nil)
      writer.write(varint: index ?? 0)
    case .recoveryQuery(let nonce):
      head(.recoveryQuery)
      writer.write(fixed: nonce)
    case .recoveryAnswer(let nonce, let lastIndex):
      head(.recoveryAnswer)
      writer.write(fixed: nonce)
      writer.write(varint: lastIndex)
    case .transferLeadership(let target):
      head(.transferLeadership)
      writer.write(fixed: target)
    }
    return writer.bytes
  }

  package init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "message version") }
    let rawKind = try reader.readByte()
    guard let kind = Kind(rawValue: rawKind) else { throw .unknownValue(UInt64(rawKind), field: "message kind") }
    from = try reader.read(fixed: UInt64.self)
    to = try reader.read(fixed: UInt64.self)
    term = try reader.readVarint()
    body = try Self.readBody(kind, &reader)
    try reader.expectEnd()
  }

  private static func readBody(_ kind: Kind, _ reader: inout ByteReader) throws(ByteCodingError) -> Body {
    switch kind {
    case .preVote: return .preVote(try VoteRequest(from: &reader))
    case .preVoteResponse:
      return .preVoteResponse(
        VoteResponse(isGranted: try reader.readBool(), isProvisional: try reader.readBool()))
    case .vote: return .vote(try VoteRequest(from: &reader))
    case .voteResponse:
      return .voteResponse(
        VoteResponse(isGranted: try reader.readBool(), isProvisional: try reader.readBool()))
    case .append: return .append(try Append(from: &reader))
    case .appendResponse: return .appendResponse(try AppendResponse(from: &reader))
    case .heartbeat: return .heartbeat(Heartbeat(commit: try reader.readVarint(), round: try reader.readVarint()))
    case .heartbeatResponse: return .heartbeatResponse(round: try reader.readVarint())
    case .snapshotChunk:
      return .snapshotChunk(
        SnapshotChunk(
          metadata: try SnapshotMetadata(from: &reader), totalSize: try reader.readVarint(),
          offset: try reader.readVarint(), data: try reader.readBytes()))
    case .snapshotProgress:
      return .snapshotProgress(
        SnapshotProgress(
          index: try reader.readVarint(), term: try reader.readVarint(), nextOffset: try reader.readVarint()))
    case .timeoutNow: return .timeoutNow
    case .propose:
      let count = try reader.readCount(minimumSize: 11)
      var proposals: [Proposal] = []
      proposals.reserveCapacity(count)
      for _ in 0..<count {
        proposals.append(Proposal(id: try ProposalID(from: &reader), payload: try reader.readBytes()))
      }
      return .propose(proposals)
    case .proposalsRefused:
      let raw = try reader.readByte()
      guard let refusal = ProposalRefusal(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "refusal") }
      let count = try reader.readCount(minimumSize: 10)
      var ids: [ProposalID] = []
      ids.reserveCapacity(count)
      for _ in 0..<count { ids.append(try ProposalID(from: &reader)) }
      return .proposalsRefused(ids, refusal)
    case .readIndex: return .readIndex(request: try reader.readVarint())
    case .readIndexResponse:
      let request = try reader.readVarint()
      let isKnown = try reader.readBool()
      let index = try reader.readVarint()
      return .readIndexResponse(request: request, index: isKnown ? index : nil)
    case .recoveryQuery: return .recoveryQuery(nonce: try reader.read(fixed: UInt64.self))
    case .recoveryAnswer:
      return .recoveryAnswer(nonce: try reader.read(fixed: UInt64.self), lastIndex: try reader.readVarint())
    case .transferLeadership: return .transferLeadership(to: try reader.read(fixed: UInt64.self))
    }
  }

  /// The size of what makes messages large, for queues that are bounded by bytes and to reserve space.
  package var approximateSize: Int {
    switch body {
    case .append(let append): append.entries.reduce(0) { $0 + $1.payload.count + 16 }
    case .snapshotChunk(let chunk): chunk.data.count + 64
    case .propose(let proposals): proposals.reduce(0) { $0 + $1.payload.count + 32 }
    case .proposalsRefused(let ids, _): ids.count * 28
    default: 0
    }
  }
}

extension VoteRequest {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(varint: lastIndex)
    writer.write(varint: lastTerm)
    writer.write(isTransfer)
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    lastIndex = try reader.readVarint()
    lastTerm = try reader.readVarint()
    isTransfer = try reader.readBool()
  }
}

extension Append {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(varint: previousIndex)
    writer.write(varint: previousTerm)
    writer.write(varint: commit)
    writer.write(varint: UInt64(entries.count))
    for entry in entries {
      writer.write(varint: entry.term)
      writer.write(entry.kind.rawValue)
      writer.write(bytes: entry.payload)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    previousIndex = try reader.readVarint()
    previousTerm = try reader.readVarint()
    commit = try reader.readVarint()
    let count = try reader.readCount(minimumSize: 3)
    guard previousIndex <= UInt64.max - UInt64(count) else { throw .overlongInteger }
    entries = []
    entries.reserveCapacity(count)
    for position in 0..<count {
      let term = try reader.readVarint()
      let raw = try reader.readByte()
      guard let kind = Entry.Kind(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "entry kind") }
      entries.append(
        Entry(
          term: term, index: previousIndex + 1 + UInt64(position), kind: kind, payload: try reader.readBytes()))
    }
  }
}

extension AppendResponse {
  fileprivate func encode(into writer: inout ByteWriter) {
    switch self {
    case .accepted(let match):
      writer.write(true)
      writer.write(varint: match)
    case .rejected(let previousIndex, let hintIndex, let hintTerm, let lostTail):
      writer.write(false)
      writer.write(varint: previousIndex)
      writer.write(varint: hintIndex)
      writer.write(varint: hintTerm)
      writer.write(lostTail)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    if try reader.readBool() {
      self = .accepted(match: try reader.readVarint())
    } else {
      self = .rejected(
        previousIndex: try reader.readVarint(), hintIndex: try reader.readVarint(), hintTerm: try reader.readVarint(),
        lostTail: try reader.readBool())
    }
  }
}

extension ProposalID {
  package func encode(into writer: inout ByteWriter) {
    writer.write(fixed: origin)
    writer.write(varint: start)
    writer.write(varint: sequence)
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    origin = try reader.read(fixed: UInt64.self)
    start = try reader.readVarint()
    sequence = try reader.readVarint()
  }
}
