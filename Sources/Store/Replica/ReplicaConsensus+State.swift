package import ByteCoding
import RaftCore

// The half's whole state as bytes, for recordings: see `Raft+State.swift`, whose rules are these.

extension ReplicaConsensus {
  package static let stateVersion: UInt8 = 3

  /// What is in the bytes, by the names of the stored properties. (`effects` are empty once they are taken.)
  package static let recordedProperties: Set<String> = [
    "configuration", "raft", "effects", "proposals", "membershipChanges", "reads", "now", "readFigures", "isStarted",
    "canRetryReads", "unapplied", "unappliedBytes", "service", "disk", "members",
  ]

  /// Of ``ReplicaConfiguration``. Those of the state half, and `takesStandIns`, are not recorded.
  package static let recordedSettings: Set<String> = [
    "raft", "tickMilliseconds", "patienceTicks", "readRetryTicks", "proposalRetryTicks", "maximumPendingProposals",
    "maximumPendingBytes", "maximumPendingReads", "trailingEntries", "trailingBytes", "maximumUnappliedBytes",
    "stalledDiskTicks", "followerLogBytes", "followerPatienceTicks",
  ]
  package static let settingsOfOthers: Set<String> = [
    "snapshotLogBytes", "snapshotEntries", "checkpointTicks", "autoCompaction", "takesStandIns",
  ]

  /// The state after ``takeEffects()``, before the next input. Payloads are written as ``PayloadStandIn/brief(_:mustBeReadable:)``.
  package func encodeState(into writer: inout ByteWriter) {
    writer.write(Self.stateVersion)
    raft.encodeState(into: &writer) { PayloadStandIn.brief($0) }
    for size in Self.sizes { writer.write(zigzag: Int64(configuration[keyPath: size])) }
    writer.write(varint: configuration.trailingEntries)
    proposals.encode(into: &writer)
    writer.write(list: membershipChanges.sorted { $0.key < $1.key }) { change, writer in
      writer.write(varint: change.key)
      writer.write(varint: change.value)
    }
    reads.encode(into: &writer)
    for number in [now, readFigures.slow, readFigures.failed] { writer.write(varint: number) }
    writer.write(isStarted)
    writer.write(canRetryReads)
    writer.write(list: unapplied) { portion, writer in
      writer.write(varint: portion.last)
      writer.write(zigzag: Int64(portion.bytes))
    }
    writer.write(zigzag: Int64(unappliedBytes))
    switch service {
    case .active: writer.write(UInt8(1))
    case .retired: writer.write(UInt8(2))
    case .retiring(let end):
      writer.write(UInt8(3))
      writer.write(varint: end)
    }
    writer.write(varint: disk.last)
    writer.write(optional: disk.since)
    writer.write(disk.isStalled)
    writer.write(varint: disk.nextHandOver)
    writer.write(varint: UInt64(disk.progress))
    writer.write(varint: disk.commit)
    writer.write(members != nil)
    members?.encode(into: &writer)
  }

  /// One that does from here on what the original did, given the same inputs (proposals as
  /// ``stepProposal(sequence:payload:)``).
  package init(recordedState reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == Self.stateVersion else { throw .unknownValue(UInt64(version), field: "version of the state") }
    raft = try Raft(recordedState: &reader) { bytes throws(ByteCodingError) in
      try PayloadStandIn.payload(ofBrief: bytes)
    }
    var configuration = ReplicaConfiguration(member: raft.configuration.member, seed: raft.configuration.seed)
    configuration.raft = raft.configuration
    configuration.takesStandIns = true
    for size in Self.sizes { configuration[keyPath: size] = try reader.readSize() }
    configuration.trailingEntries = try reader.readVarint()
    self.configuration = configuration
    proposals = try PendingProposals(from: &reader)
    let changes = try reader.readList(minimumSize: 2) { reader throws(ByteCodingError) in
      (try reader.readVarint(), try reader.readVarint())
    }
    membershipChanges = Dictionary(changes, uniquingKeysWith: { first, _ in first })
    reads = try PendingReads(from: &reader)
    now = try reader.readVarint()
    readFigures.slow = try reader.readVarint()
    readFigures.failed = try reader.readVarint()
    isStarted = try reader.readBool()
    canRetryReads = try reader.readBool()
    unapplied = try reader.readList(minimumSize: 2) { reader throws(ByteCodingError) in
      (try reader.readVarint(), try reader.readSize())
    }
    unappliedBytes = try reader.readSize()
    let tag = try reader.readByte()
    switch tag {
    case 1: service = .active
    case 2: service = .retired
    case 3: service = .retiring(until: try reader.readVarint())
    default: throw .unknownValue(UInt64(tag), field: "service")
    }
    disk.last = try reader.readVarint()
    disk.since = try reader.readOptional()
    disk.isStalled = try reader.readBool()
    disk.nextHandOver = try reader.readVarint()
    disk.progress = Int(clamping: try reader.readVarint())
    disk.commit = try reader.readVarint()
    members = try reader.readBool() ? try MembersAsApplied(from: &reader) : nil
    guard now < 1 << 48, disk.since ?? 0 <= now, unapplied.reduce(0, { $0 + $1.bytes }) <= unappliedBytes else {
      throw .unknownValue(now, field: "recorded state")
    }
  }

  private static var sizes: [WritableKeyPath<ReplicaConfiguration, Int>] {
    [
      \.tickMilliseconds, \.patienceTicks, \.readRetryTicks, \.proposalRetryTicks, \.maximumPendingProposals,
      \.maximumPendingBytes, \.maximumPendingReads, \.trailingBytes, \.maximumUnappliedBytes, \.stalledDiskTicks,
      \.followerLogBytes, \.followerPatienceTicks,
    ]
  }
}

extension PendingProposals {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(list: items.sorted { $0.key < $1.key }) { item, writer in
      writer.write(varint: item.key)
      writer.write(bytes: PayloadStandIn.brief(item.value.payload))
      writer.write(varint: item.value.deadline)
      writer.write(optional: item.value.sent?.term)
      writer.write(varint: item.value.sent?.tick ?? 0)
      writer.write(varint: UInt64(item.value.copies))
      writer.write(item.value.awaitsEarlierCopy)
    }
    // Those that are done are skipped there as well.
    let left = order[head...].filter { items[$0] != nil }
    for list in [left, toSend, deferred] {
      writer.write(list: list) { sequence, writer in writer.write(varint: sequence) }
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    for _ in 0..<(try reader.readCount(minimumSize: 7)) {
      let sequence = try reader.readVarint()
      let payload = try PayloadStandIn.payload(ofBrief: try reader.readBytes()[...])
      var item = Item(payload: payload, deadline: try reader.readVarint(), sent: nil)
      let term: Term? = try reader.readOptional()
      let tick = try reader.readVarint()
      item.sent = term.map { ($0, tick) }
      item.copies = Int(truncatingIfNeeded: try reader.readVarint() & 0xffff_ffff)
      item.awaitsEarlierCopy = try reader.readBool()
      guard items.updateValue(item, forKey: sequence) == nil else {
        throw .unknownValue(sequence, field: "proposal that is there twice")
      }
      bytes += payload.count
    }
    order = try Self.readSequences(&reader)
    toSend = try Self.readSequences(&reader)
    deferred = try Self.readSequences(&reader)
  }

  private static func readSequences(_ reader: inout ByteReader) throws(ByteCodingError) -> [UInt64] {
    try reader.readList(minimumSize: 1) { reader throws(ByteCodingError) in try reader.readVarint() }
  }
}

extension PendingReads {
  fileprivate func encode(into writer: inout ByteWriter) {
    writer.write(varint: lastRequest)
    Self.write(waiting, &writer)
    writer.write(list: batches.sorted { $0.key < $1.key }) { batch, writer in
      writer.write(varint: batch.key)
      writer.write(varint: batch.value.tick)
      Self.write(batch.value.reads, &writer)
    }
  }

  private static func write(_ reads: [Read], _ writer: inout ByteWriter) {
    writer.write(list: reads) { read, writer in
      writer.write(varint: read.id)
      writer.write(varint: read.deadline)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(ByteCodingError) {
    self.init(start: 0)
    lastRequest = try reader.readVarint()
    waiting = try Self.readReads(&reader)
    for _ in 0..<(try reader.readCount(minimumSize: 3)) {
      let request = try reader.readVarint()
      let tick = try reader.readVarint()
      batches[request] = (try Self.readReads(&reader), tick)
    }
    count = batches.values.reduce(waiting.count) { $0 + $1.reads.count }
    guard lastRequest < UInt64.max / 2 else { throw .unknownValue(lastRequest, field: "request") }
  }

  private static func readReads(_ reader: inout ByteReader) throws(ByteCodingError) -> [Read] {
    try reader.readList(minimumSize: 2) { reader throws(ByteCodingError) in
      Read(id: try reader.readVarint(), deadline: try reader.readVarint())
    }
  }
}

extension MembersAsApplied {
  /// For recordings.
  package func encode(into writer: inout ByteWriter) {
    table.encode(into: &writer)
    membership.encode(into: &writer)
    writer.write(varint: index)
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    table = try MemberTable(from: &reader)
    membership = try Membership(from: &reader)
    index = try reader.readVarint()
  }
}
