import RaftCore
import Replica

extension FuzzTarget {
  /// A replica's consensus among two peers that say whatever the bytes make them say, well-formed or not, while its own
  /// disk, clock and clients behave: it goes on or stops itself with a reason, and could be started again.
  static let hostilePeer = FuzzTarget("hostile-peer") { bytes in
    var input = FuzzInput(bytes)
    var replica = try Besieged(&input)
    var delivered = false
    while !input.isEmpty, !replica.isOver { delivered = try replica.step(&input) || delivered }
    try replica.restart()
    return delivered
  }
}

/// The replica, a driver that does what it asks for, and its disk.
private struct Besieged {
  private static let member: MemberID = 1
  private var consensus: ReplicaConsensus
  private var disk: RecoveredLog
  private var unsynced: [LogWrite] = []
  private var term: Term = 0
  private var lastApplied: LogIndex
  private var sequence: UInt64 = 0
  private var stored: SnapshotMetadata?
  /// A piece of a snapshot that is not the last, on its way to the disk.
  private var piece: (metadata: SnapshotMetadata, nextOffset: UInt64)?
  private var requests: [SnapshotChunkRequest] = []
  /// It stopped itself.
  private(set) var isOver = false

  init(_ input: inout FuzzInput) throws {
    let base = SnapshotMetadata(index: 10, term: 2, membership: Membership(voters: [1, 2, 3], learners: [4]))
    let entries = (0..<UInt64(input.byte() % 8)).map { Entry(term: 2 + $0 / 3, index: 11 + $0, payload: [1]) }
    disk = RecoveredLog(hardState: HardState(term: 3, commit: 10), base: base, entries: entries)
    consensus = try ReplicaConsensus(configuration: Self.configuration, recovered: disk)
    lastApplied = base.index
    try act()
  }

  private static var configuration: ReplicaConfiguration {
    var configuration = ReplicaConfiguration(member: member, seed: 1)
    configuration.raft.electionTicks = 4
    configuration.raft.heartbeatTicks = 1
    return configuration
  }

  /// One thing happens. Says whether it was a peer's message that was looked at.
  mutating func step(_ input: inout FuzzInput) throws -> Bool {
    let kind = input.byte()
    switch kind % 16 {
    case 0: for _ in 0...Int(input.byte() % 8) { consensus.step(.tick) }
    case 1, 2: sync()
    case 3:
      sequence += 1
      consensus.step(.propose(sequence: sequence, .checkpoint, time: 1))
    case 4: consensus.step(.read(id: UInt64(input.byte())))
    case 5: consensus.step(.connectionRefused(2 + UInt64(input.byte() % 2)))
    case 6:
      if let piece {
        self.piece = nil
        let isGood = input.byte() % 4 != 0
        consensus.step(
          isGood
            ? .snapshotChunkStored(piece.metadata, nextOffset: piece.nextOffset) : .snapshotRejected(piece.metadata))
      } else if let stored {
        self.stored = nil
        consensus.step(input.byte() % 2 == 0 ? .snapshotStored(stored) : .snapshotRejected(stored))
      }
    case 7:
      guard let request = requests.popLast() else { break }
      let metadata = SnapshotMetadata(index: lastApplied, term: 2, membership: Membership(voters: [1, 2, 3]))
      let chunk = SnapshotChunk(metadata: metadata, totalSize: 9, offset: min(request.offset, 9), data: [1, 2, 3])
      consensus.step(.snapshotChunkRead(request.offset < 7 ? chunk : nil, request))
    case 8: consensus.step(.applied(lastApplied))
    case 9:
      guard let message = try? RaftMessage(decoding: input.block()[...]) else { return false }
      consensus.step(.message(message))
      try act()
      return true
    default:
      consensus.step(.message(message(&input)))
      try act()
      return true
    }
    try act()
    return false
  }

  // MARK: - What peers say

  /// Numbers near those that matter, and those at which arithmetic ends.
  private func number(_ input: inout FuzzInput) -> UInt64 {
    let known: [UInt64] = [
      0, 1, term, term + 1, consensus.status.commit, consensus.status.lastIndex, consensus.status.lastIndex + 1,
      disk.base.index, lastApplied, RaftMessage.termBound - 1, RaftMessage.termBound, RaftMessage.indexBound - 1,
      RaftMessage.indexBound, 1 << 63, .max - 1, .max,
    ]
    let choice = input.byte()
    return choice & 0x80 == 0 ? known[Int(choice & 15)] : UInt64(choice & 0x7f)
  }

  private func membership(_ input: inout FuzzInput) -> Membership {
    let groups = input.byte()
    func members(_ shift: UInt8) -> [MemberID] { (1...3).filter { groups >> (shift + UInt8($0) - 1) & 1 == 1 } }
    return Membership(voters: members(0), outgoing: members(3), learners: groups & 0x40 == 0 ? [] : [1, 4])
  }

  private func message(_ input: inout FuzzInput) -> RaftMessage {
    let head = input.byte()
    // Mostly one that means something now: its own term, or the next one.
    let term = head & 0x0c == 0 ? number(&input) : self.term + UInt64(head >> 2 & 1)
    let body = body(&input)
    let to = head & 0x40 == 0 ? Self.member : number(&input)
    return RaftMessage(from: head & 0x20 == 0 ? 2 + UInt64(head & 1) : number(&input), to: to, term: term, body: body)
  }

  private func body(_ input: inout FuzzInput) -> RaftMessage.Body {
    let kind = input.byte() % 19
    func vote(_ input: inout FuzzInput) -> VoteRequest {
      VoteRequest(lastIndex: number(&input), lastTerm: number(&input), isTransfer: input.byte() % 2 == 1)
    }
    func response(_ input: inout FuzzInput) -> VoteResponse {
      let flags = input.byte()
      return VoteResponse(isGranted: flags & 1 == 0, isProvisional: flags & 2 != 0)
    }
    func id(_ input: inout FuzzInput) -> ProposalID {
      ProposalID(origin: number(&input), start: number(&input), sequence: number(&input))
    }
    switch kind {
    case 0: return .preVote(vote(&input))
    case 1: return .preVoteResponse(response(&input))
    case 2: return .vote(vote(&input))
    case 3: return .voteResponse(response(&input))
    case 4, 5: return .append(append(&input))
    case 6: return .appendResponse(.accepted(match: number(&input)))
    case 7:
      return .appendResponse(
        .rejected(
          previousIndex: number(&input), hintIndex: number(&input), hintTerm: number(&input),
          lostTail: input.byte() % 2 == 1))
    case 8: return .heartbeat(Heartbeat(commit: number(&input), round: number(&input)))
    case 9: return .heartbeatResponse(round: number(&input))
    case 10:
      let metadata = SnapshotMetadata(index: number(&input), term: number(&input), membership: membership(&input))
      return .snapshotChunk(
        SnapshotChunk(
          metadata: metadata, totalSize: number(&input), offset: number(&input),
          data: input.bytes(Int(input.byte() % 8))))
    case 11:
      return .snapshotProgress(
        SnapshotProgress(index: number(&input), term: number(&input), nextOffset: number(&input)))
    case 12: return .timeoutNow
    case 13: return .propose([Proposal(id: id(&input), payload: input.block())])
    case 14: return .proposalsRefused([id(&input)], ProposalRefusal.allCases[Int(input.byte() % 3)])
    case 15: return .readIndex(request: number(&input))
    case 16: return .readIndexResponse(request: number(&input), index: number(&input))
    case 17: return .recoveryAnswer(nonce: number(&input), lastIndex: number(&input))
    default:
      return input.byte() % 2 == 0 ? .recoveryQuery(nonce: number(&input)) : .transferLeadership(to: number(&input))
    }
  }

  /// Mostly one whose entries follow each other.
  private func append(_ input: inout FuzzInput) -> Append {
    let (previous, previousTerm, commit) = (number(&input), number(&input), number(&input))
    let shape = input.byte()
    var entries: [Entry] = []
    var last = (index: previous, term: previousTerm)
    for _ in 0..<(shape & 3) {
      last.index = shape & 4 == 0 ? last.index &+ 1 : number(&input)
      last.term = shape & 8 == 0 ? last.term : number(&input)
      var entry = Entry(term: last.term, index: last.index, payload: input.bytes(Int(input.byte() % 4)))
      if shape & 16 != 0 {
        entry.kind = .configuration
        entry.payload = ConfigurationChange(id: nil, membership: membership(&input)).encoded()
      }
      entries.append(entry)
    }
    return Append(previousIndex: previous, previousTerm: previousTerm, commit: commit, entries: entries)
  }

  // MARK: - The driver

  /// Does what the replica wants done.
  private mutating func act() throws {
    for effect in consensus.takeEffects() {
      switch effect {
      case .write(let write): unsynced.append(write)
      case .send(let message):
        try expect(message.from == Self.member && message.isPlausible, "it says itself what cannot be: \(message)")
      case .apply(let entries):
        for entry in entries {
          try expect(entry.index == lastApplied + 1, "entry \(entry.index) is applied after \(lastApplied)")
          lastApplied = entry.index
        }
      case .installSnapshot(let metadata):
        try expect(metadata.index > lastApplied, "a snapshot takes it back to \(metadata.index)")
        lastApplied = metadata.index
      case .storeSnapshotChunk(let chunk):
        try expect(piece == nil, "a piece at \(chunk.offset) comes before the one at the disk is stored")
        if chunk.isLast {
          stored = chunk.metadata
        } else {
          let (end, isTooFar) = chunk.offset.addingReportingOverflow(UInt64(chunk.data.count))
          try expect(!isTooFar && end < chunk.totalSize, "a piece ends behind its snapshot")
          piece = (chunk.metadata, end)
        }
      case .dropSnapshot(let metadata): if piece?.metadata == metadata { piece = nil }
      case .readSnapshotChunk(let request): requests.append(request)
      case .fault: isOver = true
      default: break
      }
    }
    let status = consensus.status
    try expect(status.term >= term, "its term goes back from \(term) to \(status.term)")
    try expect(status.commit <= status.lastIndex, "\(status.commit) is committed of \(status.lastIndex)")
    try expect(!status.membership.incoming.isEmpty, "nobody votes")
    term = status.term
  }

  /// The oldest write is done.
  private mutating func sync() {
    guard !unsynced.isEmpty else { return }
    let write = unsynced.removeFirst()
    if let base = write.base {
      disk.base = base
      disk.entries = []
    }
    if let first = write.entries.first {
      disk.entries.removeAll { $0.index >= first.index }
      disk.entries += write.entries
    }
    if let state = write.hardState { disk.hardState = state }
    consensus.step(.persisted(write.token))
  }

  /// What is on the disk is a log that can be read.
  func restart() throws {
    _ = try ReplicaConsensus(configuration: Self.configuration, recovered: disk)
  }
}

extension FuzzTarget {
  /// Elections, appends, snapshots and proposals, each with what goes before it.
  var hostileScripts: [[UInt8]] {
    /// A message of the next term (4) or of this one (8) from member 2 or 3, then the fields of its body.
    func say(_ head: UInt8, _ body: UInt8...) -> [UInt8] { [10, head] + body }
    let sync: [UInt8] = [1, 1, 1]
    let led = say(4, 8, 4, 1) + sync
    let elected = [0, 7, 0, 7] + sync + say(12, 1, 0) + say(12, 3, 0) + sync + say(8, 3, 0) + sync
    return [
      [0] + led, [3] + led + say(8, 4, 5, 2, 5, 2, 2, 0, 0) + sync,
      [3] + led + say(8, 4, 5, 2, 5, 17, 2, 7) + sync + say(8, 8, 6, 1) + [8],
      [0] + led + say(8, 10, 0x80 | 100, 2, 7, 3, 0, 3, 1, 2, 3) + [6, 0] + sync,
      // In pieces: nine bytes, of which three, four and two come.
      [0] + led + say(8, 10, 0x80 | 100, 2, 7, 0x89, 0, 3, 1, 2, 3) + [6, 1]
        + say(8, 10, 0x80 | 100, 2, 7, 0x89, 0x83, 4, 1, 2, 3, 4) + [6, 1]
        + say(8, 10, 0x80 | 100, 2, 7, 0x89, 0x87, 2, 1, 2) + [6, 0] + sync,
      [2] + elected + say(8, 6, 5) + say(8, 9, 1) + [3, 3, 4, 9] + sync + say(8, 6, 5),
      [2] + elected + say(8, 7, 5, 0, 1, 0) + [7, 7] + say(8, 11, 8, 2, 0x83) + [7],
      [1] + say(8, 0, 5, 2, 0) + say(4, 2, 5, 2, 0) + sync + say(0, 8, 15, 15, 15),
      [1] + elected + say(8, 13, 1, 2, 3, 0) + say(8, 15, 0x81) + say(8, 16, 0x81, 15) + say(9, 18, 1, 2),
    ]
  }
}
