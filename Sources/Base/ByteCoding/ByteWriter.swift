/// Writes the little-endian and variable-length integers, byte strings and text that Apus' own binary
/// formats (log records, snapshots, peer messages, commands) are made of.
///
/// The formats are read back with ``ByteReader``. A varint is LEB128 as in protocol buffers:
/// seven bits a byte, least significant group first.
package struct ByteWriter: Sendable {
  // What is generic here is inlined where it is used: called through another module's witness tables, a byte costs as
  // much as a hundred.
  @usableFromInline var storage: [UInt8] = []

  package init(reservingCapacity capacity: Int = 0) { storage.reserveCapacity(capacity) }

  /// What has been written so far.
  package var bytes: [UInt8] { storage }

  package var count: Int { storage.count }

  package mutating func write(_ value: UInt8) { storage.append(value) }

  package mutating func write(_ value: Bool) { storage.append(value ? 1 : 0) }

  /// Appends a fixed-width integer, little-endian.
  @inlinable
  package mutating func write<Value: FixedWidthInteger>(fixed value: Value) {
    withUnsafeBytes(of: value.littleEndian) { storage.append(contentsOf: $0) }
  }

  /// Appends an unsigned integer as LEB128, one to ten storage.
  package mutating func write(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      storage.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    storage.append(UInt8(rest))
  }

  /// Appends a signed integer, zigzag-coded, as LEB128.
  package mutating func write(zigzag value: Int64) {
    write(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  /// Appends a byte string behind its length as a varint.
  package mutating func write(bytes value: [UInt8]) { write(bytes: value[...]) }

  package mutating func write(bytes value: ArraySlice<UInt8>) {
    write(varint: UInt64(value.count))
    storage.append(contentsOf: value)
  }

  /// Appends text as UTF-8 behind its length in bytes as a varint.
  package mutating func write(string value: String) {
    var value = value
    value.withUTF8 { text in
      write(varint: UInt64(text.count))
      storage.append(contentsOf: text)
    }
  }

  /// Appends bytes as they are, without a length.
  package mutating func write(raw value: [UInt8]) { storage.append(contentsOf: value) }

  package mutating func write(raw value: ArraySlice<UInt8>) { storage.append(contentsOf: value) }

  @inlinable
  package mutating func write(raw value: some Sequence<UInt8>) { storage.append(contentsOf: value) }

  /// Appends zeros: what fills a record up.
  package mutating func write(zeros count: Int) {
    for _ in 0..<count { storage.append(0) }
  }

  /// Overwrites four bytes written earlier: for a length or a checksum that is known only afterwards.
  package mutating func overwrite(at offset: Int, fixed value: UInt32) {
    precondition(offset >= 0 && offset + 4 <= storage.count, "overwrite outside of what was written")
    withUnsafeBytes(of: value.littleEndian) { source in
      for index in 0..<4 { storage[offset + index] = source[index] }
    }
  }
}
