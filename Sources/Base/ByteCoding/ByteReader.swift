/// Why bytes could not be read as what they should have been.
package enum ByteCodingError: Error, Hashable, Sendable {
  /// The bytes end before the value does.
  case truncated(needed: Int, available: Int)
  /// A varint of more than ten bytes, or one that does not fit its type.
  case overlongInteger
  /// Text that is not UTF-8.
  case invalidText
  /// A tag, version or flag that the format does not have.
  case unknownValue(UInt64, field: String)
  /// Bytes are left over after the value.
  case trailingBytes(Int)
}

/// Reads what ``ByteWriter`` wrote. Every read is bounds-checked: input from a disk or a peer may be anything.
package struct ByteReader: Sendable {
  @usableFromInline let bytes: ArraySlice<UInt8>
  @usableFromInline var position: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  /// How many bytes have not been read yet.
  @inlinable package var remaining: Int { bytes.endIndex - position }

  /// How many bytes have been read.
  @inlinable package var offset: Int { position - bytes.startIndex }

  package mutating func readByte() throws(ByteCodingError) -> UInt8 {
    guard position < bytes.endIndex else { throw .truncated(needed: 1, available: 0) }
    defer { position += 1 }
    return bytes[position]
  }

  package mutating func readBool() throws(ByteCodingError) -> Bool {
    let byte = try readByte()
    guard byte <= 1 else { throw .unknownValue(UInt64(byte), field: "flag") }
    return byte == 1
  }

  @inlinable
  package mutating func read<Value: FixedWidthInteger>(fixed type: Value.Type) throws(ByteCodingError) -> Value {
    let width = MemoryLayout<Value>.size
    guard remaining >= width else { throw .truncated(needed: width, available: remaining) }
    var value: Value = 0
    withUnsafeMutableBytes(of: &value) { target in
      bytes.withUnsafeBytes { source in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<(offset + width)]))
      }
    }
    position += width
    return Value(littleEndian: value)
  }

  package mutating func readVarint() throws(ByteCodingError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try readByte()
      guard shift < 63 || byte <= 1 else { throw .overlongInteger }
      value |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
      guard shift < 70 else { throw .overlongInteger }
    }
  }

  package mutating func readZigzag() throws(ByteCodingError) -> Int64 {
    let raw = try readVarint()
    return Int64(bitPattern: raw >> 1) ^ -Int64(bitPattern: raw & 1)
  }

  /// A count or length as a varint, refused when it exceeds what could still follow at `minimumSize` bytes each.
  package mutating func readCount(minimumSize: Int = 1) throws(ByteCodingError) -> Int {
    let count = try readVarint()
    guard count <= UInt64(remaining / max(minimumSize, 1)) else {
      throw .truncated(needed: count > UInt64(Int.max) ? Int.max : Int(count), available: remaining)
    }
    return Int(count)
  }

  package mutating func readBytes() throws(ByteCodingError) -> [UInt8] {
    try readRaw(count: try readCount())
  }

  package mutating func readRaw(count: Int) throws(ByteCodingError) -> [UInt8] {
    guard count >= 0, remaining >= count else { throw .truncated(needed: count, available: remaining) }
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  package mutating func readString() throws(ByteCodingError) -> String {
    let raw = try readBytes()
    guard let text = String(validating: raw, as: UTF8.self) else { throw .invalidText }
    return text
  }

  /// Says that the value is complete: nothing may follow.
  package func expectEnd() throws(ByteCodingError) {
    guard remaining == 0 else { throw .trailingBytes(remaining) }
  }
}
