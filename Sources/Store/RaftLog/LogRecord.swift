import ByteCoding
package import RaftCore

/// What one record of the log says.
package enum LogRecord: Hashable, Sendable {
  /// The first of each segment: what stood at the end of the log then. `isReset`: the log starts anew behind `base`,
  /// every entry before is void.
  case start(base: SnapshotMetadata, hardState: HardState, isReset: Bool)
  /// One entry; it voids all earlier ones of its index and above.
  case entry(Entry)
  case hardState(HardState)
}

/// A record on the disk, little-endian, at a multiple of eight bytes, filled up with zeros:
///
///     0  magic      UInt16
///     2  type       UInt8
///     3  zero       UInt8
///     4  length     UInt32   of the payload
///     8  sequence   UInt64   counts the records of the whole log, without a gap
///    16  batch      UInt64   the sequence of the first record that went to the disk in the same sync
///    24  salt       UInt32   the segment's: what an earlier life of the disk's blocks left is told apart
///    28  CRC-32C    UInt32   of bytes 0 to 27 and the payload
///    32  payload
///
/// The batch tells a torn tail from damage: a record that cannot be read although records of a *later* batch can was
/// synced once, and is damaged.
enum RecordFormat {
  static let headerSize = 32
  static let magic: UInt16 = 0xa905
  static let maximumPayload = 32 << 20

  static func size(ofPayload count: Int) -> Int { (headerSize + count + 7) & ~7 }
}

/// Turns records into bytes. One encoder goes on through the life of a log.
package struct RecordEncoder: Sendable {
  package private(set) var nextSequence: UInt64
  private var writer = ByteWriter()
  private var batch: UInt64
  package var salt: UInt32

  package init(nextSequence: UInt64, salt: UInt32) {
    self.nextSequence = nextSequence
    self.salt = salt
    batch = nextSequence
  }

  /// How many bytes wait.
  package var count: Int { writer.count }

  package mutating func append(_ record: LogRecord) {
    let start = writer.count
    writer.write(fixed: RecordFormat.magic)
    writer.write(record.tag)
    writer.write(UInt8(0))
    writer.write(fixed: UInt32(0))
    writer.write(fixed: nextSequence)
    writer.write(fixed: batch)
    writer.write(fixed: salt)
    writer.write(fixed: UInt32(0))
    record.encodePayload(into: &writer)
    let length = writer.count - start - RecordFormat.headerSize
    writer.overwrite(at: start + 4, fixed: UInt32(length))
    var crc = CRC32C()
    crc.update(writer.bytes[start..<(start + 28)])
    crc.update(writer.bytes[(start + RecordFormat.headerSize)...])
    writer.overwrite(at: start + 28, fixed: crc.value)
    writer.write(zeros: RecordFormat.size(ofPayload: length) - RecordFormat.headerSize - length)
    nextSequence += 1
  }

  /// The bytes of one batch; the next record starts another.
  package mutating func takeBatch() -> [UInt8] {
    defer {
      writer = ByteWriter()
      batch = nextSequence
    }
    return writer.bytes
  }
}

extension LogRecord {
  fileprivate var tag: UInt8 {
    switch self {
    case .start: 1
    case .entry: 2
    case .hardState: 3
    }
  }

  fileprivate func encodePayload(into writer: inout ByteWriter) {
    switch self {
    case .start(let base, let hardState, let isReset):
      base.encode(into: &writer)
      writer.write(hardState)
      writer.write(isReset)
    case .entry(let entry):
      writer.write(varint: entry.term)
      writer.write(varint: entry.index)
      writer.write(entry.kind.rawValue)
      writer.write(raw: entry.payload)
    case .hardState(let state): writer.write(state)
    }
  }

  init(tag: UInt8, payload: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(payload)
    switch tag {
    case 1:
      self = .start(
        base: try SnapshotMetadata(from: &reader), hardState: try reader.readHardState(),
        isReset: try reader.readBool())
    case 2:
      let (term, index) = (try reader.readTerm(), try reader.readIndex())
      let raw = try reader.readByte()
      guard let kind = Entry.Kind(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "kind of entry") }
      self = .entry(Entry(term: term, index: index, kind: kind, payload: try reader.readRaw(count: reader.remaining)))
    case 3: self = .hardState(try reader.readHardState())
    default: throw .unknownValue(UInt64(tag), field: "type of record")
    }
    try reader.expectEnd()
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ state: HardState) {
    write(varint: state.term)
    write(fixed: state.votedFor ?? 0)
    write(varint: state.commit)
    write(varint: state.starts)
    write(UInt8((state.mustCatchUp ? 1 : 0) | (state.hasLostAll ? 2 : 0)))
  }
}

extension ByteReader {
  fileprivate mutating func readHardState() throws(ByteCodingError) -> HardState {
    let term = try readTerm()
    let vote = try read(fixed: UInt64.self)
    var state = HardState(
      term: term, votedFor: vote == 0 ? nil : vote, commit: try readIndex(), starts: try readVarint())
    // They are counted up, and begin at a term times 2^32 where a disk was lost.
    guard state.starts < 3 << 62 else { throw .unknownValue(state.starts, field: "starts") }
    let losses = try readByte()
    guard losses < 4 else { throw .unknownValue(UInt64(losses), field: "what was lost") }
    (state.mustCatchUp, state.hasLostAll) = (losses & 1 != 0, losses & 2 != 0)
    return state
  }
}
