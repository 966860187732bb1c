import RaftCore

/// Several `Raft`s whose messages and syncs the test passes on by hand, step by step.
struct Cluster {
  var members: [MemberID: Raft] = [:]
  /// Sent and not delivered yet.
  var messages: [RaftMessage] = []
  /// Writes whose sync has not been told.
  var unsynced: [MemberID: [LogWrite]] = [:]
  var disks: [MemberID: RecoveredLog] = [:]
  var applied: [MemberID: [Entry]] = [:]
  var reads: [MemberID: [ReadOutcome]] = [:]
  var refused: [MemberID: [ProposalRefusal]] = [:]
  var chunkRequests: [MemberID: [SnapshotChunkRequest]] = [:]
  var chunks: [MemberID: [SnapshotChunk]] = [:]
  var dropped: [MemberID: [SnapshotMetadata]] = [:]
  var installed: [MemberID: [SnapshotMetadata]] = [:]
  var faults: [RaftFault] = []
  /// Members that nothing reaches and that reach nobody.
  var isolated: Set<MemberID> = []
  /// Syncs happen at once, unless a test says otherwise.
  var syncsAtOnce = true
  var adjust: (inout RaftConfiguration) -> Void = { _ in }

  init(_ ids: [MemberID], voters: [MemberID]? = nil, adjust: @escaping (inout RaftConfiguration) -> Void = { _ in })
    throws
  {
    self.adjust = adjust
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: voters ?? ids))
    for id in ids { try start(id, from: RecoveredLog(base: base)) }
  }

  static func configuration(_ id: MemberID) -> RaftConfiguration {
    var configuration = RaftConfiguration(member: id, seed: id * 77)
    configuration.electionTicks = 10
    configuration.heartbeatTicks = 1
    return configuration
  }

  mutating func start(_ id: MemberID, from disk: RecoveredLog) throws {
    disks[id] = disk
    unsynced[id] = []
    applied[id] = []
    var configuration = Self.configuration(id)
    adjust(&configuration)
    members[id] = try Raft(configuration: configuration, recovered: disk)
    collect(id)
  }

  /// Stops a member and starts it on what its disk has, without its unsynced writes.
  mutating func restart(_ id: MemberID, hasLostTail: Bool = false) throws {
    var disk = disks[id]!
    disk.hasLostTail = hasLostTail
    if hasLostTail { disk.hardState.noteLostTail(lastTerm: disk.entries.last?.term ?? disk.base.term) }
    messages.removeAll { $0.to == id }
    try start(id, from: disk)
  }

  mutating func with(_ id: MemberID, _ action: (inout Raft) -> Void) {
    action(&members[id]!)
    collect(id)
  }

  mutating func collect(_ id: MemberID) {
    while true {
      let ready = members[id]!.takeReady()
      if ready.isEmpty { return }
      messages += ready.messages.filter { !isolated.contains($0.from) && !isolated.contains($0.to) }
      if let fault = ready.fault { faults.append(fault) }
      reads[id, default: []] += ready.reads
      refused[id, default: []] += ready.refused.flatMap { item in item.ids.map { _ in item.reason } }
      chunkRequests[id, default: []] += ready.chunksToRead
      chunks[id, default: []] += ready.chunksToStore
      if let metadata = ready.snapshotToDrop { dropped[id, default: []].append(metadata) }
      for step in ready.apply {
        switch step {
        case .entries(let entries): applied[id, default: []] += entries
        case .snapshot(let metadata): installed[id, default: []].append(metadata)
        }
      }
      if let write = ready.write {
        unsynced[id, default: []].append(write)
        if syncsAtOnce { sync(id) }
      }
    }
  }

  /// All that the member has written is on its disk.
  mutating func sync(_ id: MemberID) {
    let writes = unsynced[id]!
    unsynced[id] = []
    for write in writes {
      if let base = write.base {
        disks[id]!.base = base
        disks[id]!.entries = []
      }
      for entry in write.entries {
        disks[id]!.entries.removeAll { $0.index >= entry.index }
        disks[id]!.entries.append(entry)
      }
      if let state = write.hardState { disks[id]!.hardState = state }
    }
    if let last = writes.last { members[id]!.persisted(last.token) }
    collect(id)
  }

  /// Delivers messages, those that they cause included, until none is left that `admits` lets pass; the others are
  /// lost.
  mutating func deliver(_ admits: (RaftMessage) -> Bool = { _ in true }) {
    var rounds = 0
    while !messages.isEmpty, rounds < 10_000 {
      rounds += 1
      if admits(messages[0]) { deliverNext() } else { messages.removeFirst() }
    }
  }

  mutating func deliverNext() {
    let message = messages.removeFirst()
    guard members[message.to] != nil, !isolated.contains(message.to), !isolated.contains(message.from) else { return }
    members[message.to]!.receive(message)
    collect(message.to)
  }

  mutating func tick(_ id: MemberID, _ count: Int = 1) {
    for _ in 0..<count {
      members[id]!.tick()
      collect(id)
    }
  }

  /// Lets a member's election timeout pass (the others', too, so that they do not cling to a leader), and delivers.
  mutating func elect(_ id: MemberID) {
    for other in members.keys.sorted() where other != id && members[other]!.role == .follower {
      tick(other, 10)
    }
    messages = []
    for _ in 0..<60 where members[id]!.role != .leader {
      tick(id)
      deliver()
    }
  }

  mutating func propose(_ id: MemberID, _ text: String) {
    let proposal = Proposal(id: ProposalID(origin: id, start: 1, sequence: 1), payload: Array(text.utf8))
    with(id) { $0.propose([proposal]) }
  }

  func log(_ id: MemberID) -> [Term] { disks[id]!.entries.map(\.term) }

  func texts(_ id: MemberID) -> [String] {
    (applied[id] ?? []).filter { !$0.payload.isEmpty && $0.kind == .command }
      .map { String(decoding: $0.payload, as: UTF8.self) }
  }

  var leaders: [MemberID] { members.values.filter { $0.role == .leader }.map(\.configuration.member).sorted() }
}

/// A disk with a log of the given terms.
func disk(_ terms: [Term], term: Term, voters: [MemberID], votedFor: MemberID? = nil) -> RecoveredLog {
  RecoveredLog(
    hardState: HardState(term: term, votedFor: votedFor),
    base: SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: voters)),
    entries: terms.enumerated().map { Entry(term: $1, index: LogIndex($0 + 1), payload: [UInt8($1)]) })
}
