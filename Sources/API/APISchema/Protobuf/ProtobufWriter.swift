/// Writes a protobuf message from its end to its beginning.
///
/// A message's length precedes it on the wire, and is known only once the message is written. Backwards, the length
/// comes last; so nothing is measured beforehand or moved afterwards. Callers write fields in falling order of their
/// numbers, and each value before its tag.
struct ProtobufWriter {
  private var buffer: [UInt8]
  /// Where what was written so far begins.
  private var start: Int

  init(capacity: Int = 1024) {
    buffer = [UInt8](repeating: 0, count: max(capacity, 16))
    start = buffer.count
  }

  /// How many bytes were written.
  var count: Int { buffer.count - start }

  var bytes: [UInt8] { Array(buffer[start...]) }

  mutating func prepend(byte: UInt8) {
    reserve(1)
    start -= 1
    buffer[start] = byte
  }

  mutating func prepend(varint value: UInt64) {
    if value < 0x80 { return prepend(byte: UInt8(truncatingIfNeeded: value)) }
    let size = (64 - value.leadingZeroBitCount + 6) / 7
    reserve(size)
    start -= size
    var rest = value
    for position in start..<start + size - 1 {
      buffer[position] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
    }
    buffer[start + size - 1] = UInt8(truncatingIfNeeded: rest)
  }

  mutating func prepend(tag number: Int, wireType: UInt64) { prepend(varint: UInt64(number) << 3 | wireType) }

  mutating func prepend(fixed64 value: UInt64) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      prepend(byte: UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func prepend(bytes: [UInt8]) { bytes.withUnsafeBufferPointer { prepend($0) } }

  mutating func prepend(text: String) {
    var text = text
    text.withUTF8 { prepend($0) }
  }

  /// A field of bytes: the bytes, their length, the tag.
  mutating func prependField(_ number: Int, bytes: [UInt8]) {
    prepend(bytes: bytes)
    prepend(varint: UInt64(bytes.count))
    prepend(tag: number, wireType: 2)
  }

  mutating func prependField(_ number: Int, text: String) {
    let before = count
    prepend(text: text)
    close(number, from: before)
  }

  mutating func prependField(_ number: Int, varint value: UInt64) {
    prepend(varint: value)
    prepend(tag: number, wireType: 0)
  }

  /// Puts length and tag in front of what was written since `count` was `before`.
  mutating func close(_ number: Int, from before: Int) {
    prepend(varint: UInt64(count - before))
    prepend(tag: number, wireType: 2)
  }

  private mutating func prepend(_ source: UnsafeBufferPointer<UInt8>) {
    reserve(source.count)
    start -= source.count
    buffer.withUnsafeMutableBufferPointer { target in
      _ = UnsafeMutableBufferPointer(rebasing: target[start..<start + source.count]).update(from: source)
    }
  }

  private mutating func reserve(_ size: Int) {
    guard start < size else { return }
    let written = count
    var larger = [UInt8](repeating: 0, count: max(buffer.count * 2, written + size))
    let shifted = larger.count - written
    larger.withUnsafeMutableBufferPointer { target in
      buffer.withUnsafeBufferPointer { source in
        _ = UnsafeMutableBufferPointer(rebasing: target[shifted...])
          .update(from: UnsafeBufferPointer(rebasing: source[start...]))
      }
    }
    buffer = larger
    start = shifted
  }
}
