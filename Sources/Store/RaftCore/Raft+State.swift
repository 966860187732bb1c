package import ByteCoding

// A member's whole state as bytes, for recordings (`Replay`): one that is read back does what the original does from
// there on, input by input. Entries' payloads go through a function, because a recording does not keep what clients wrote.
//
// Every stored property must be here. A test compares their names with ``Raft/recordedProperties``, so that a new one is
// not forgotten; whoever adds one raises ``Raft/stateVersion``.

extension Raft {
  /// Of the format below. A recording says which one its build wrote.
  package static let stateVersion: UInt8 = 3

  /// What is in the bytes, by the names of the stored properties. (`ready` is empty whenever everything was taken.)
  package static let recordedProperties: Set<String> = [
    "configuration", "generator", "term", "votedFor", "log", "starts", "mustCatchUp", "hasLostAll", "stable", "written",
    "writtenHardState", "pendingBase", "nextToken", "pendingWrites", "held", "role", "leader", "commit", "applying",
    "electionElapsed", "electionTimeout", "reported", "incoming", "verified", "verifiedTerm", "recoveryNonce",
    "isDiskStalled", "recoveryTarget", "votes", "progress", "heartbeatElapsed", "isHeartbeatDue", "round",
    "waitingReads", "sentReads", "uncommittedBytes", "transferTarget", "promotionWait", "ready",
    "durableTerm",
  ]

  /// Appends the state as it is between a ``takeReady(applyBytes:)`` that was empty and the next input.
  ///
  /// - Parameter brief: what is written for a command's payload.
  package func encodeState(into writer: inout ByteWriter, brief: ([UInt8]) -> [UInt8]) {
    writer.write(Self.stateVersion)
    configuration.encode(into: &writer)
    writer.write(fixed: generator.state)
    writer.write(varint: term)
    writer.write(optional: votedFor)
    encodeLog(into: &writer, brief)
    writer.write(varint: starts)
    for flag in [mustCatchUp, hasLostAll, isDiskStalled, isHeartbeatDue] { writer.write(flag) }
    for number in [stable, written, nextToken, commit, applying, verified, verifiedTerm, round] {
      writer.write(varint: number)
    }
    for number in [electionElapsed, electionTimeout, heartbeatElapsed, uncommittedBytes, promotionWait] {
      writer.write(zigzag: Int64(number))
    }
    writtenHardState.encode(into: &writer)
    writer.write(pendingBase != nil)
    pendingBase?.encode(into: &writer)
    writer.write(list: pendingWrites) { write, writer in
      writer.write(varint: write.token)
      writer.write(varint: write.lastIndex)
      writer.write(varint: write.term)
    }
    writer.write(varint: durableTerm)
    writer.write(list: held) { item, writer in item.encode(into: &writer) }
    writer.write(role.rawValue)
    writer.write(optional: leader)
    writer.write(reported.role.rawValue)
    writer.write(varint: reported.term)
    writer.write(optional: reported.leader)
    writer.write(incoming != nil)
    incoming?.encode(into: &writer)
    writer.write(fixed: recoveryNonce)
    writer.write(optional: recoveryTarget?.term)
    writer.write(varint: recoveryTarget?.index ?? 0)
    writer.write(list: votes.sorted { $0.key < $1.key }) { vote, writer in
      writer.write(fixed: vote.key)
      writer.write(vote.value.isGranted)
      writer.write(vote.value.isProvisional)
    }
    writer.write(list: progress.sorted { $0.key < $1.key }) { item, writer in
      writer.write(fixed: item.key)
      item.value.encode(into: &writer)
    }
    writer.write(list: waitingReads) { read, writer in read.encode(into: &writer) }
    writer.write(list: sentReads) { batch, writer in
      writer.write(varint: batch.round)
      writer.write(varint: batch.index)
      writer.write(list: batch.reads) { read, writer in read.encode(into: &writer) }
    }
    writer.write(optional: transferTarget)
  }

  /// - Parameter expand: the opposite of ``encodeState(into:brief:)``'s parameter.
  package init(
    recordedState reader: inout ByteReader, expand: (ArraySlice<UInt8>) throws(ByteCodingError) -> [UInt8]
  ) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == Self.stateVersion else { throw .unknownValue(UInt64(version), field: "version of the state") }
    configuration = try RaftConfiguration(from: &reader)
    generator = SeededGenerator(seed: try reader.read(fixed: UInt64.self))
    term = try reader.readTerm()
    votedFor = try reader.readOptional()
    log = try Self.readLog(&reader, expand)
    starts = try reader.readIndex()
    mustCatchUp = try reader.readBool()
    hasLostAll = try reader.readBool()
    isDiskStalled = try reader.readBool()
    isHeartbeatDue = try reader.readBool()
    stable = try reader.readIndex()
    written = try reader.readIndex()
    nextToken = try reader.readIndex()
    commit = try reader.readIndex()
    applying = try reader.readIndex()
    verified = try reader.readIndex()
    verifiedTerm = try reader.readTerm()
    round = try reader.readIndex()
    electionElapsed = try reader.readSize()
    electionTimeout = try reader.readSize()
    heartbeatElapsed = try reader.readSize()
    uncommittedBytes = try reader.readSize()
    promotionWait = try reader.readSize()
    writtenHardState = try HardState(from: &reader)
    pendingBase = try reader.readBool() ? try SnapshotMetadata(from: &reader) : nil
    pendingWrites = try reader.readList(minimumSize: 3) { reader throws(ByteCodingError) in
      PendingWrite(
        token: try reader.readIndex(), lastIndex: try reader.readIndex(), term: try reader.readTerm())
    }
    durableTerm = try reader.readTerm()
    held = try reader.readList(minimumSize: 3) { reader throws(ByteCodingError) in try Held(from: &reader) }
    role = try Role(recorded: &reader)
    leader = try reader.readOptional()
    reported = Leadership(role: try Role(recorded: &reader), term: try reader.readTerm(), leader: nil)
    reported.leader = try reader.readOptional()
    incoming = try reader.readBool() ? try IncomingSnapshot(from: &reader) : nil
    recoveryNonce = try reader.read(fixed: UInt64.self)
    let targetTerm: Term? = try reader.readOptional()
    let targetIndex = try reader.readIndex()
    recoveryTarget = targetTerm.map { ($0, targetIndex) }
    let votes = try reader.readList(minimumSize: 10) { reader throws(ByteCodingError) in
      (
        try reader.read(fixed: UInt64.self),
        VoteResponse(isGranted: try reader.readBool(), isProvisional: try reader.readBool())
      )
    }
    self.votes = Dictionary(votes, uniquingKeysWith: { first, _ in first })
    let progress = try reader.readList(minimumSize: 16) { reader throws(ByteCodingError) in
      (try reader.read(fixed: UInt64.self), try Progress(from: &reader))
    }
    self.progress = Dictionary(progress, uniquingKeysWith: { first, _ in first })
    waitingReads = try reader.readList(minimumSize: 9) { reader throws(ByteCodingError) in
      try PendingRead(from: &reader)
    }
    sentReads = try reader.readList(minimumSize: 3) { reader throws(ByteCodingError) in
      ReadBatch(
        round: try reader.readIndex(), index: try reader.readIndex(),
        reads: try reader.readList(minimumSize: 9) { reader throws(ByteCodingError) in try PendingRead(from: &reader) })
    }
    transferTarget = try reader.readOptional()
    // What a bug or a forger wrote must not end the process that looks at it.
    guard log.entries.count < Int.max / 2, log.base.index <= UInt64.max / 2, commit <= log.lastIndex,
      commit >= log.base.index, applying >= log.base.index, applying <= commit, stable <= log.lastIndex,
      written <= log.lastIndex, configuration.electionTicks > 0, configuration.electionTicks < 1 << 30,
      nextToken > 0, targetTerm ?? 0 < RaftMessage.termBound, !log.membership.voters.isEmpty
    else { throw .unknownValue(commit, field: "recorded state") }
  }

  // The log: base, then each entry's term, kind and payload (their indices follow), then the configurations that are
  // taken to be in it.

  private func encodeLog(into writer: inout ByteWriter, _ brief: ([UInt8]) -> [UInt8]) {
    log.base.encode(into: &writer)
    writer.write(list: log.entries) { entry, writer in
      writer.write(varint: entry.term)
      writer.write(entry.kind.rawValue)
      writer.write(bytes: entry.kind == .configuration ? entry.payload : brief(entry.payload))
    }
    writer.write(list: log.changes) { item, writer in
      writer.write(varint: item.index)
      writer.write(bytes: item.change.encoded())
    }
  }

  private static func readLog(
    _ reader: inout ByteReader, _ expand: (ArraySlice<UInt8>) throws(ByteCodingError) -> [UInt8]
  ) throws(ByteCodingError) -> LogWindow {
    let base = try SnapshotMetadata(from: &reader)
    guard base.index < UInt64.max / 2 else { throw .unknownValue(base.index, field: "index") }
    var index = base.index
    var entries: [Entry] = []
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      index += 1
      let term = try reader.readTerm()
      let raw = try reader.readByte()
      guard let kind = Entry.Kind(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "entry kind") }
      let bytes = try reader.readBytes()
      entries.append(
        Entry(term: term, index: index, kind: kind, payload: kind == .configuration ? bytes : try expand(bytes[...])))
    }
    var changes: [(index: LogIndex, change: ConfigurationChange)] = []
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      let index = try reader.readIndex()
      changes.append((index, try ConfigurationChange(decoding: try reader.readBytes()[...])))
    }
    return LogWindow(base: base, entries: entries, changes: changes)
  }
}

// MARK: - Parts

extension RaftConfiguration {
  /// As above.
  package static let recordedProperties: Set<String> = [
    "member", "electionTicks", "heartbeatTicks", "seed", "maximumAppendBytes", "maximumInflightAppends", "eagerAppends",
    "maximumInflightBytes", "maximumUncommittedEntries", "maximumUncommittedBytes", "maximumEntryBytes",
    "maximumApplyBytes", "snapshotChunkBytes", "maximumPendingReads", "promotionLag", "mutations",
  ]

  fileprivate static var sizes: [WritableKeyPath<RaftConfiguration, Int>] {
    [
      \.electionTicks, \.heartbeatTicks, \.maximumAppendBytes, \.maximumInflightAppends, \.eagerAppends,
      \.maximumInflightBytes, \.maximumUncommittedEntries, \.maximumUncommittedBytes, \.maximumEntryBytes,
      \.maximumApplyBytes, \.snapshotChunkBytes, \.maximumPendingReads, \.promotionLag,
    ]
  }

  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(fixed: member)
    writer.write(fixed: seed)
    writer.write(varint: mutations.rawValue)
    for size in Self.sizes { writer.write(zigzag: Int64(self[keyPath: size])) }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    self.init(member: try reader.read(fixed: UInt64.self), seed: try reader.read(fixed: UInt64.self))
    mutations = Mutation(rawValue: try reader.readVarint())
    for size in Self.sizes { self[keyPath: size] = try reader.readSize() }
  }
}

extension HardState {
  /// For recordings; the log has a format of its own.
  package func encode(into writer: inout ByteWriter) {
    for number in [term, commit, starts] { writer.write(varint: number) }
    writer.write(optional: votedFor)
    writer.write(mustCatchUp)
    writer.write(hasLostAll)
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    self.init(term: try reader.readTerm(), commit: try reader.readIndex(), starts: try reader.readIndex())
    votedFor = try reader.readOptional()
    mustCatchUp = try reader.readBool()
    hasLostAll = try reader.readBool()
  }
}

extension Raft.Held {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(optional: token)
    switch content {
    case .message(let message):
      writer.write(UInt8(1))
      writer.write(bytes: message.encoded())
    case .selfVote(let term):
      writer.write(UInt8(2))
      writer.write(varint: term)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    token = try reader.readOptional()
    let tag = try reader.readByte()
    switch tag {
    case 1: content = .message(try RaftMessage(decoding: try reader.readBytes()[...]))
    case 2: content = .selfVote(try reader.readTerm())
    default: throw .unknownValue(UInt64(tag), field: "held content")
    }
  }
}

extension Raft.IncomingSnapshot {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(fixed: from)
    metadata.encode(into: &writer)
    writer.write(varint: totalSize)
    writer.write(varint: nextOffset)
    writer.write(hasStarted)
    writer.write(isStoring)
    writer.write(isVoid)
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    from = try reader.read(fixed: UInt64.self)
    metadata = try SnapshotMetadata(from: &reader)
    totalSize = try reader.readVarint()
    nextOffset = try reader.readVarint()
    hasStarted = try reader.readBool()
    isStoring = try reader.readBool()
    isVoid = try reader.readBool()
    guard nextOffset < UInt64.max / 2 else { throw .unknownValue(nextOffset, field: "offset") }
  }
}

extension PendingRead {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(fixed: member)
    writer.write(varint: request)
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    member = try reader.read(fixed: UInt64.self)
    request = try reader.readVarint()
  }
}

extension Progress {
  fileprivate func encode(into writer: inout ByteWriter) {
    for number in [match, next, sentCommit, confirmedRound, matchAtLastAnswer, snapshotSize] {
      writer.write(varint: number)
    }
    writer.write(isRecentlyActive)
    writer.write(optional: quietTicks.map { UInt64($0) })
    switch state {
    case .probe(let isWaiting):
      writer.write(UInt8(1))
      writer.write(isWaiting)
    case .replicate: writer.write(UInt8(2))
    case .snapshot(let transfer):
      writer.write(UInt8(3))
      transfer.encode(into: &writer)
    }
    writer.write(list: inflight.appends.dropFirst(inflight.head)) { append, writer in
      writer.write(varint: append.last)
      writer.write(zigzag: Int64(append.bytes))
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    match = try reader.readIndex()
    next = try reader.readIndex()
    sentCommit = try reader.readIndex()
    confirmedRound = try reader.readIndex()
    matchAtLastAnswer = try reader.readIndex()
    snapshotSize = try reader.readVarint()
    isRecentlyActive = try reader.readBool()
    let quiet: UInt64? = try reader.readOptional()
    quietTicks = quiet.map { Int(truncatingIfNeeded: $0 & 0xffff_ffff) }
    let tag = try reader.readByte()
    switch tag {
    case 1: state = .probe(isWaiting: try reader.readBool())
    case 2: state = .replicate
    case 3: state = .snapshot(try SnapshotTransfer(from: &reader))
    default: throw .unknownValue(UInt64(tag), field: "progress")
    }
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      inflight.add(last: try reader.readVarint(), bytes: try reader.readSize())
    }
    guard next > 0, next < UInt64.max / 2, match < UInt64.max / 2 else { throw .unknownValue(next, field: "progress") }
  }
}

extension SnapshotTransfer {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(metadata != nil)
    metadata?.encode(into: &writer)
    writer.write(varint: totalSize)
    writer.write(varint: offset)
    writer.write(isReading)
    writer.write(varint: UInt64(idleTicks))
    writer.write(varint: UInt64(stalledTicks))
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    metadata = try reader.readBool() ? try SnapshotMetadata(from: &reader) : nil
    totalSize = try reader.readVarint()
    offset = try reader.readVarint()
    isReading = try reader.readBool()
    idleTicks = Int(truncatingIfNeeded: try reader.readVarint() & 0xffff_ffff)
    stalledTicks = Int(truncatingIfNeeded: try reader.readVarint() & 0xffff_ffff)
  }
}

extension Role {
  fileprivate init(recorded reader: inout ByteReader) throws(ByteCodingError) {
    let raw = try reader.readByte()
    guard let role = Role(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "role") }
    self = role
  }
}

// MARK: - What recordings are made of

extension ByteWriter {
  /// A flag, then the value if there is one.
  package mutating func write(optional value: UInt64?) {
    write(value != nil)
    if let value { write(varint: value) }
  }

  /// The count, then the elements.
  package mutating func write<Elements: Collection>(
    list: Elements, _ body: (Elements.Element, inout ByteWriter) -> Void
  ) {
    write(varint: UInt64(list.count))
    for element in list { body(element, &self) }
  }
}

extension ByteReader {
  package mutating func readOptional() throws(ByteCodingError) -> UInt64? {
    try readBool() ? try readVarint() : nil
  }

  /// A number that must be small enough to be counted with.
  package mutating func readInt() throws(ByteCodingError) -> Int {
    let value = try readZigzag()
    guard value.magnitude < 1 << 60 else { throw .unknownValue(value.magnitude, field: "number") }
    return Int(value)
  }

  /// The same, and not below zero; so small that many of them can be added up.
  package mutating func readSize() throws(ByteCodingError) -> Int {
    let value = try readInt()
    guard (0..<1 << 40).contains(value) else { throw .unknownValue(UInt64(value.magnitude), field: "size") }
    return value
  }

  /// - Parameter minimumSize: of an element, in bytes.
  package mutating func readList<Element>(
    minimumSize: Int, _ body: (inout ByteReader) throws(ByteCodingError) -> Element
  ) throws(ByteCodingError) -> [Element] {
    var list: [Element] = []
    for _ in 0..<(try readCount(minimumSize: minimumSize)) { list.append(try body(&self)) }
    return list
  }
}
