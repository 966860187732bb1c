/// Writes the little-endian and variable-length integers, byte strings and text that Apus' own binary
/// formats (log records, snapshots, peer messages, commands) are made of.
///
/// The formats are read back with ``ByteReader``. A varint is LEB128 as in protocol buffers:
/// seven bits a byte, least significant group first.
package struct ByteWriter: Sendable {
  /// What has been written so far.
  package private(set) var bytes: [UInt8]

  package init(reservingCapacity capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  package var count: Int { bytes.count }

  package mutating func write(_ value: UInt8) { bytes.append(value) }

  package mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

  /// Appends a fixed-width integer, little-endian.
  package mutating func write<Value: FixedWidthInteger>(fixed value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends an unsigned integer as LEB128, one to ten bytes.
  package mutating func write(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Appends a signed integer, zigzag-coded, as LEB128.
  package mutating func write(zigzag value: Int64) {
    write(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Appends a byte string behind its length as a varint.
  package mutating func write(bytes value: some Collection<UInt8>) {
    write(varint: UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// Appends text as UTF-8 behind its length in bytes as a varint.
  package mutating func write(string value: String) {
    var value = value
    value.withUTF8 { text in
      write(varint: UInt64(text.count))
      bytes.append(contentsOf: text)
    }
  }

  /// Appends bytes as they are, without a length.
  package mutating func write(raw value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }

  /// Overwrites four bytes written earlier: for a length or a checksum that is known only afterwards.
  package mutating func overwrite(at offset: Int, fixed value: UInt32) {
    precondition(offset >= 0 && offset + 4 <= bytes.count, "overwrite outside of what was written")
    withUnsafeBytes(of: value.littleEndian) { source in
      for index in 0..<4 { bytes[offset + index] = source[index] }
    }
  }
}
