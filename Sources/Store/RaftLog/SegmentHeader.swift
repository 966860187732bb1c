import ByteCoding

/// The first 64 bytes of a segment:
///
///     0  magic          "APUSLOG\0"
///     8  format version UInt32
///    12  salt           UInt32   of its records
///    16  cluster id     UInt64
///    24  member id      UInt64
///    32  sequence       UInt64   counts the segments, without a gap
///    40  first record   UInt64   the sequence number of its first record
///    48  zeros
///    60  CRC-32C        UInt32   of what stands before
package struct SegmentHeader: Hashable, Sendable {
  package static let size = 64
  package static let formatVersion: UInt32 = 1
  static let magic = Array("APUSLOG\0".utf8)

  package var clusterID: UInt64
  package var memberID: UInt64
  package var sequence: UInt64
  package var firstRecord: UInt64
  package var salt: UInt32

  package init(clusterID: UInt64, memberID: UInt64, sequence: UInt64, firstRecord: UInt64, salt: UInt32) {
    self.clusterID = clusterID
    self.memberID = memberID
    self.sequence = sequence
    self.firstRecord = firstRecord
    self.salt = salt
  }

  package func encoded() -> [UInt8] {
    var writer = ByteWriter(reservingCapacity: Self.size)
    writer.write(raw: Self.magic)
    writer.write(fixed: Self.formatVersion)
    writer.write(fixed: salt)
    writer.write(fixed: clusterID)
    writer.write(fixed: memberID)
    writer.write(fixed: sequence)
    writer.write(fixed: firstRecord)
    writer.write(zeros: 12)
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    return writer.bytes
  }

  /// - Throws: a description of what is wrong.
  package init(decoding bytes: [UInt8]) throws(SegmentDefect) {
    guard bytes.count >= Self.size else { throw .header("the header is cut short") }
    guard Array(bytes[..<8]) == Self.magic else { throw .header("this is not a log segment") }
    guard Self.word(bytes, at: Self.size - 4) == CRC32C.checksum(bytes[..<(Self.size - 4)]) else {
      throw .header("the header's checksum is wrong")
    }
    let version = Self.word(bytes, at: 8)
    guard version == Self.formatVersion else { throw .version(version) }
    do throws(ByteCodingError) {
      var reader = ByteReader(bytes[12..<Self.size])
      salt = try reader.read(fixed: UInt32.self)
      clusterID = try reader.read(fixed: UInt64.self)
      memberID = try reader.read(fixed: UInt64.self)
      sequence = try reader.read(fixed: UInt64.self)
      firstRecord = try reader.read(fixed: UInt64.self)
    } catch {
      throw .header("the header cannot be read")
    }
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
  }
}

/// What is wrong with a segment.
package enum SegmentDefect: Error, Hashable, Sendable {
  case header(String)
  case version(UInt32)
}
