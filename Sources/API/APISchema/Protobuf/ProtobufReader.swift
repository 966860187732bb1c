/// Splits one protobuf message into its fields, as the encoding's documentation lays them out (wire types 0, 1, 2 and
/// 5; the groups of old are refused). Never reads outside of the bytes that it was given.
struct ProtobufReader {
  /// A field's value as it lies on the wire.
  enum Wire {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next field; nil at the end.
  mutating func next() throws(ProtobufError) -> (number: Int, value: Wire)? {
    if rest.isEmpty { return nil }
    let tag = try varint()
    // Field numbers have 29 bits; 0 is none.
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw ProtobufError(.malformed, "invalid protobuf field number") }
    let number = Int(tag >> 3)
    switch tag & 7 {
    case 0: return (number, .varint(try varint()))
    case 1: return (number, .fixed64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(rest.count) else { throw Self.truncated }
      let bytes = rest.prefix(Int(length))
      rest = rest.dropFirst(Int(length))
      return (number, .bytes(bytes))
    case 5: return (number, .fixed32(UInt32(truncatingIfNeeded: try fixed(4))))
    default: throw ProtobufError(.malformed, "invalid protobuf wire type \(tag & 7)")
    }
  }

  mutating func varint() throws(ProtobufError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Self.truncated }
      // The tenth byte has room for one bit.
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw ProtobufError(.malformed, "a protobuf number is longer than 64 bits")
  }

  /// A number of that many bytes, the lowest first.
  mutating func fixed(_ size: Int) throws(ProtobufError) -> UInt64 {
    guard rest.count >= size else { throw Self.truncated }
    let value = rest.prefix(size).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(size)
    return value
  }

  private static var truncated: ProtobufError { ProtobufError(.truncated, "the protobuf message is cut off") }
}

extension ProtobufReader.Wire {
  func number() throws(ProtobufError) -> UInt64 {
    guard case .varint(let value) = self else { throw mismatch("a number") }
    return value
  }

  func double() throws(ProtobufError) -> Double {
    guard case .fixed64(let bits) = self else { throw mismatch("a floating point number") }
    return Double(bitPattern: bits)
  }

  func bytes() throws(ProtobufError) -> ArraySlice<UInt8> {
    guard case .bytes(let bytes) = self else { throw mismatch("text, bytes or a message") }
    return bytes
  }

  func text() throws(ProtobufError) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else {
      throw ProtobufError(.encoding, "a text is not valid UTF-8")
    }
    return text
  }

  private func mismatch(_ expected: String) -> ProtobufError {
    ProtobufError(.malformed, "expected \(expected), found another protobuf wire type")
  }
}
