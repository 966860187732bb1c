import ByteCoding
import MVCC
import RaftCore
import RaftLog
import Replica

extension FuzzTarget {
  /// Whole and correct inputs, for mutations to start from.
  package var seeds: [[UInt8]] {
    switch name {
    case "raft-message":
      Self.messages.map { $0.encoded() } + [ConfigurationChange(id: nil, membership: .some).encoded()]
    case "command": Self.commands.map { $0.encoded() }
    case "envelope":
      Self.replicaCommands.map {
        Envelope(id: ProposalID(origin: 1, start: 2, sequence: 3), time: 4, command: $0).encoded()
      }
    case "command-sequence": [Self.commands.flatMap { Self.block($0.encoded()) }]
    case "log-segment", "log-sealed": Self.logs(isSealed: name == "log-sealed")
    case "snapshot": [[64] + Self.snapshotChunks.flatMap { $0 }]
    case "snapshot-sealed": [Self.snapshotChunks.flatMap { Self.block(Array($0.dropFirst(8))) }]
    case "snapshot-file":
      [[1] + Self.block(Self.metadata) + [UInt8](repeating: 0, count: 12) + Self.snapshotChunks.flatMap { $0 }]
    case "record-segment": [Self.recording(isSealed: false)]
    case "record-steps": [Self.recording(isSealed: true)]
    case "replay": Self.replaySeeds
    case "hostile-peer": hostileScripts
    case "auth": Self.authSeeds
    default: ownSeeds()
    }
  }

  private static func block(_ bytes: [UInt8]) -> [UInt8] {
    bytes.count < 255 ? [UInt8(bytes.count)] + bytes : [255, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)] + bytes
  }

  private static let commands: [Command] = {
    let put = PutRequest(key: [97], value: [1, 2], lease: 7, wantsPrevious: true)
    let keep = PutRequest(key: [98], value: [], ignoresValue: true, ignoresLease: true)
    let deletion = DeleteRangeRequest(KeyRange(key: [98], end: [100]), wantsPrevious: true)
    var range = RangeRequest(.all, limit: 2, revision: 0)
    (range.sortOrder, range.sortTarget, range.minModRevision) = (.descend, .value, 1)
    let inner = TransactionRequest(
      compares: [Compare(.all, .greater, .value([1]))], success: [.put(PutRequest(key: [120], value: [3]))],
      failure: [.deleteRange(DeleteRangeRequest(KeyRange(key: [121])))])
    let outer = TransactionRequest(
      compares: [Compare(KeyRange(key: [97]), .equal, .version(1)), Compare(KeyRange(key: [98]), .less, .lease(9))],
      success: [.put(put), .range(range), .deleteRange(deletion), .transaction(inner)],
      failure: [.transaction(inner), .range(range)])
    return [
      .leaseGrant(id: 7, timeToLive: 10), .put(put), .put(PutRequest(key: [98], value: [9])), .put(keep),
      .transaction(outer), .deleteRange(deletion), .put(put), .compact(revision: 3), .leaseRevoke(id: 7),
      .put(PutRequest(key: [98, 0], value: [5])), .transaction(outer),
    ]
  }()

  private static let replicaCommands: [ReplicaCommand] =
    commands.map { .store($0) } + [
      .leaseKeepAlive(7), .leaseExpire(7, renewal: 9), .checkpoint,
      .members(.add(5, peerURLs: ["https://a:1"], .voter(replaces: 2))),
      .members(.remove(2)),
    ]

  private static let messages: [RaftMessage] = {
    let entries = [
      Entry(term: 2, index: 4, payload: [1, 2, 3]), Entry(term: 2, index: 5, kind: .configuration, payload: []),
    ]
    let id = ProposalID(origin: 1, start: 2, sequence: 3)
    let bodies: [RaftMessage.Body] = [
      .preVote(VoteRequest(lastIndex: 3, lastTerm: 1, isTransfer: false)),
      .append(Append(previousIndex: 3, previousTerm: 1, commit: 2, entries: entries)),
      .appendResponse(.accepted(match: 5)),
      .appendResponse(.rejected(previousIndex: 3, hintIndex: 2, hintTerm: 1, lostTail: true)),
      .heartbeat(Heartbeat(commit: 2, round: 9)), .heartbeatResponse(round: 9),
      .snapshotChunk(
        SnapshotChunk(
          metadata: SnapshotMetadata(index: 9, term: 2, membership: .some), totalSize: 100, offset: 10, data: [1, 2])),
      .propose([Proposal(id: id, payload: [4, 5])]), .readIndex(request: 4), .readIndexResponse(request: 4, index: 7),
      .recoveryAnswer(nonce: 1, lastIndex: 2), .transferLeadership(to: 3), .timeoutNow,
    ]
    return bodies.map { RaftMessage(from: 1, to: 2, term: 3, body: $0) }
  }()

  private static let metadata: [UInt8] = {
    var writer = ByteWriter()
    SnapshotMetadata(index: 9, term: 2, membership: .some).encode(into: &writer)
    return writer.bytes
  }()

  /// The chunks of a snapshot of a replica's state: the header's, then the store's.
  private static let snapshotChunks: [[UInt8]] = {
    var records = ByteWriter()
    ReplicatedRecords().encode(into: &records)
    let payload = [2] + metadata + records.bytes
    var header = ByteWriter()
    header.write(fixed: UInt32(payload.count))
    header.write(fixed: CRC32C.checksum(payload))
    header.write(raw: payload)
    var chunks = [header.bytes]
    var encoder = SnapshotEncoder(StoreChecks.example, chunkSize: 128)
    while let chunk = encoder.nextChunk() { chunks.append(chunk) }
    return chunks
  }()

  private static func logs(isSealed: Bool) -> [[UInt8]] {
    let base = SnapshotMetadata(index: 3, term: 1, membership: .some)
    let state = HardState(term: 2, votedFor: 1, commit: 4, starts: 1)
    let records: [LogRecord] = [
      .start(base: base, hardState: state, isReset: true), .entry(Entry(term: 2, index: 4, payload: [1, 2, 3])),
      .entry(Entry(term: 2, index: 5, payload: [])), .hardState(state), .entry(Entry(term: 3, index: 5, payload: [9])),
    ]
    var encoder = RecordEncoder(nextSequence: 1, salt: 3)
    if !isSealed {
      for record in records { encoder.append(record) }
      let header = SegmentHeader(clusterID: 0xc1, memberID: 0x3e, sequence: 1, firstRecord: 1, salt: 3)
      return [header.encoded() + encoder.takeBatch() + [UInt8](repeating: 0, count: 64)]
    }
    var bytes: [UInt8] = [1, 1, 3, UInt8(records.count)]
    for record in records {
      encoder.append(record)
      let raw = encoder.takeBatch()
      bytes += [raw[2], 0] + block(Array(raw[32..<(32 + Int(raw[4]))]))
    }
    return [bytes]
  }
}

extension Membership {
  fileprivate static let some = Membership(
    voters: [1, 2, 3], outgoing: [1, 2], learners: [4], candidates: [Candidate(4, replaces: 3)])
}
