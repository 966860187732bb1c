/// CRC-32C (Castagnoli, polynomial 0x1EDC6F41 reflected), the checksum of iSCSI (RFC 3720, appendix B.4),
/// over everything that Apus writes to a disk or sends to a peer.
///
/// Slicing by eight: eight tables, eight bytes a round.
package struct CRC32C: Sendable {
  private var state: UInt32 = 0xffff_ffff

  package init() {}

  /// The checksum of everything that was added.
  package var value: UInt32 { ~state }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var crc = state
    var index = 0
    let count = bytes.count
    Self.tables.withUnsafeBufferPointer { table in
      while index + 8 <= count {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ UInt64(crc)
        crc = table[7 * 256 + Int(word & 0xff)]
        crc ^= table[6 * 256 + Int((word >> 8) & 0xff)]
        crc ^= table[5 * 256 + Int((word >> 16) & 0xff)]
        crc ^= table[4 * 256 + Int((word >> 24) & 0xff)]
        crc ^= table[3 * 256 + Int((word >> 32) & 0xff)]
        crc ^= table[2 * 256 + Int((word >> 40) & 0xff)]
        crc ^= table[1 * 256 + Int((word >> 48) & 0xff)]
        crc ^= table[Int(word >> 56)]
        index += 8
      }
      while index < count {
        crc = (crc >> 8) ^ table[Int((crc ^ UInt32(bytes[index])) & 0xff)]
        index += 1
      }
    }
    state = crc
  }

  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  package mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

  /// The checksum of one run of bytes.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 { checksum(bytes[...]) }

  package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc = CRC32C()
    crc.update(bytes)
    return crc.value
  }

  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var crc = UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82f6_3b78 : crc >> 1 }
      tables[byte] = crc
    }
    for slice in 1..<8 {
      for byte in 0..<256 {
        let previous = tables[(slice - 1) * 256 + byte]
        tables[slice * 256 + byte] = (previous >> 8) ^ tables[Int(previous & 0xff)]
      }
    }
    return tables
  }()
}
