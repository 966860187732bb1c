import ByteCoding
package import RaftCore

/// A segment of a recording: eight bytes that say what it is, a version, then blocks, little-endian:
///
///     0  length    UInt32   of the payload
///     4  CRC-32C   UInt32   of the payload
///     8  kind      UInt8    1 head, 2 base, 3 steps, 4 end
///     9  zero      3 bytes
///    12  CRC-32C   UInt32   of bytes 0 to 11
///    16  payload
///
/// The head and the base come first, once; then steps; the end, if the segment has come to one. So a file that ends in
/// the middle of a block was cut short, and one whose checksums are wrong is damaged.
package enum RecordFormat {
  package static let magic: [UInt8] = Array("APUSSTEP".utf8)
  package static let version: UInt8 = 1
  /// How names of segments' files end. The rest is the segment's number, so that names sort as segments do.
  package static let fileExtension = "steps"

  package static let headerSize = 9
  static let blockHeaderSize = 16
  static let largestBlock = 1 << 30

  enum Kind: UInt8 {
    case head = 1, base, steps, end
  }

  static func block(_ kind: Kind, _ payload: [UInt8]) -> [UInt8] { forgedBlock(kind.rawValue, payload) }

  /// With the right checksums, whatever it says: for tests of forged recordings.
  package static func forgedBlock(_ kind: UInt8, _ payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter(reservingCapacity: blockHeaderSize + payload.count)
    writer.write(fixed: UInt32(payload.count))
    writer.write(fixed: CRC32C.checksum(payload))
    writer.write(kind)
    for _ in 0..<3 { writer.write(UInt8(0)) }
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    writer.write(raw: payload)
    return writer.bytes
  }
}

/// Whose segment it is, and where it stands.
package struct RecordHead: Hashable, Sendable {
  /// Why a segment begins.
  package enum Origin: Hashable, Sendable {
    /// The process has started, with this on its disk.
    case start(HardState, hasLostTail: Bool, acceptsLostTail: Bool)
    /// The segment before was full.
    case rotation
    /// The writer could not follow: so many steps are missing before this.
    case gap(lost: UInt64)
  }

  package var clusterID: UInt64
  package var member: MemberID
  /// As people know it; may be empty.
  package var name: String
  /// Which of the member's starts this is.
  package var start: UInt64
  /// The segment's number, without holes over the life of the data folder.
  package var segment: UInt64
  package var origin: Origin
  /// How many inputs this start had before the segment.
  package var inputs: UInt64
  /// The wall clock at its beginning, in milliseconds since 1970.
  package var time: UInt64

  package init(
    clusterID: UInt64, member: MemberID, name: String, start: UInt64, segment: UInt64, origin: Origin, inputs: UInt64,
    time: UInt64
  ) {
    self.clusterID = clusterID
    self.member = member
    self.name = name
    self.start = start
    self.segment = segment
    self.origin = origin
    self.inputs = inputs
    self.time = time
  }

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(fixed: clusterID)
    writer.write(fixed: member)
    writer.write(string: name)
    for number in [start, segment, inputs, time] { writer.write(varint: number) }
    switch origin {
    case .start(let hardState, let hasLostTail, let acceptsLostTail):
      writer.write(UInt8(1))
      hardState.encode(into: &writer)
      writer.write(hasLostTail)
      writer.write(acceptsLostTail)
    case .rotation: writer.write(UInt8(2))
    case .gap(let lost):
      writer.write(UInt8(3))
      writer.write(varint: lost)
    }
    return writer.bytes
  }

  init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    clusterID = try reader.read(fixed: UInt64.self)
    member = try reader.read(fixed: UInt64.self)
    name = try reader.readString()
    start = try reader.readVarint()
    segment = try reader.readVarint()
    inputs = try reader.readVarint()
    time = try reader.readVarint()
    let tag = try reader.readByte()
    switch tag {
    case 1:
      origin = .start(
        try HardState(from: &reader), hasLostTail: try reader.readBool(), acceptsLostTail: try reader.readBool())
    case 2: origin = .rotation
    case 3: origin = .gap(lost: try reader.readVarint())
    default: throw .unknownValue(UInt64(tag), field: "origin of a segment")
    }
    try reader.expectEnd()
    guard inputs < UInt64.max / 2, segment < UInt64.max / 2 else { throw .unknownValue(inputs, field: "number") }
  }
}

/// How a segment ends.
package enum RecordEnd: UInt8, Hashable, Sendable {
  /// In the next one.
  case continues = 1
  /// The replica stopped.
  case stopped = 2
  /// The writer could not follow any more; the next one begins behind a gap.
  case gap = 3
}

/// Why bytes are no segment that could be replayed, or only to some place.
package enum RecordDefect: Error, Hashable, Sendable, CustomStringConvertible {
  case notARecording
  /// Another version of Apus wrote it.
  case unknownVersion(UInt8)
  /// Bytes are not those that were written.
  case damaged(offset: Int, String)
  /// It ends before its base does: nothing can be replayed.
  case tooShort

  package var description: String {
    switch self {
    case .notARecording: "this is no recording of a replica's steps"
    case .unknownVersion(let version):
      "the recording has format \(version), and this version of apus reads \(RecordFormat.version)"
    case .damaged(let offset, let what): "the recording is damaged at byte \(offset): \(what)"
    case .tooShort: "the recording ends before its first step"
    }
  }
}

/// A segment as read: its parts, not yet what they say.
package struct RecordSegment: Sendable {
  package let head: RecordHead
  /// The state that it begins with.
  package let base: [UInt8]
  /// Blocks of steps.
  package let steps: [ArraySlice<UInt8>]
  /// Nil: the process ended without a word, or still writes.
  package let end: RecordEnd?
  /// Bytes of a block that was not written to its end.
  package let tornBytes: Int
  /// Where the bytes stop making sense; what is before is whole.
  package let damage: RecordDefect?

  /// Reads a segment, checking every byte's checksum.
  package init(reading bytes: [UInt8]) throws(RecordDefect) {
    guard bytes.count >= RecordFormat.headerSize else {
      guard RecordFormat.magic.starts(with: bytes.prefix(RecordFormat.magic.count)) else { throw .notARecording }
      throw .tooShort
    }
    guard bytes.starts(with: RecordFormat.magic) else { throw .notARecording }
    let version = bytes[RecordFormat.magic.count]
    guard version == RecordFormat.version else { throw .unknownVersion(version) }
    var blocks = BlockReader(bytes, from: RecordFormat.headerSize)
    guard let (kind, content) = try blocks.next() else { throw .tooShort }
    guard kind == .head else { throw .damaged(offset: RecordFormat.headerSize, "the head is missing") }
    do throws(ByteCodingError) {
      head = try RecordHead(decoding: content)
    } catch {
      throw .damaged(offset: content.startIndex, "the head: \(error)")
    }
    guard let (baseKind, base) = try blocks.next() else { throw .tooShort }
    guard baseKind == .base else { throw .damaged(offset: base.startIndex, "the base is missing") }
    self.base = Array(base)
    var steps: [ArraySlice<UInt8>] = []
    var end: RecordEnd?
    var damage: RecordDefect?
    do throws(RecordDefect) {
      while let (kind, content) = try blocks.next() {
        guard end == nil else { throw .damaged(offset: content.startIndex, "something follows the end") }
        switch kind {
        case .steps: steps.append(content)
        case .end:
          end = content.first.flatMap { RecordEnd(rawValue: $0) }
          guard end != nil, content.count == 1 else { throw .damaged(offset: content.startIndex, "the end") }
        case .head, .base: throw .damaged(offset: content.startIndex, "a second beginning")
        }
      }
    } catch {
      damage = error
    }
    self.steps = steps
    self.end = end
    self.damage = damage
    tornBytes = blocks.tornBytes
  }
}

/// Takes blocks off a segment's bytes.
private struct BlockReader {
  private let bytes: [UInt8]
  private var offset: Int
  private(set) var tornBytes = 0

  init(_ bytes: [UInt8], from offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Nil at the end, and where a block was not written to its end.
  mutating func next() throws(RecordDefect) -> (RecordFormat.Kind, ArraySlice<UInt8>)? {
    let left = bytes.count - offset
    guard left > 0 else { return nil }
    guard left >= RecordFormat.blockHeaderSize else { return tear(left) }
    let header = bytes[offset..<(offset + RecordFormat.blockHeaderSize)]
    guard fixed(at: offset + 12) == CRC32C.checksum(header.prefix(12)) else {
      throw .damaged(offset: offset, "a block's header has another checksum")
    }
    let length = Int(fixed(at: offset))
    guard let kind = RecordFormat.Kind(rawValue: bytes[offset + 8]), length <= RecordFormat.largestBlock else {
      throw .damaged(offset: offset, "a block of a kind that this version does not know")
    }
    let start = offset + RecordFormat.blockHeaderSize
    guard length <= bytes.count - start else { return tear(left) }
    let content = bytes[start..<(start + length)]
    guard fixed(at: offset + 4) == CRC32C.checksum(content) else {
      throw .damaged(offset: start, "\(length) bytes have another checksum")
    }
    offset = start + length
    return (kind, content)
  }

  private mutating func tear(_ count: Int) -> (RecordFormat.Kind, ArraySlice<UInt8>)? {
    tornBytes = count
    offset = bytes.count
    return nil
  }

  private func fixed(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
  }
}
