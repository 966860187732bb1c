/// The fields of one protobuf message in the order in which they came, without decoding what is in them: a load
/// generator that decodes a thousand pairs to count them measures mostly itself. Pure.
///
/// Wire types are those of the protobuf encoding; what is cut short ends the sequence.
package struct WireFields: Sequence, IteratorProtocol {
  package enum Value {
    case number(UInt64)
    /// Valid for as long as the message's bytes are.
    case bytes(UnsafeRawBufferPointer)
  }

  private var rest: UnsafeRawBufferPointer.SubSequence

  package init(_ message: UnsafeRawBufferPointer) { rest = message[...] }

  package mutating func next() -> (field: Int, value: Value)? {
    guard let tag = varint() else { return nil }
    let field = Int(truncatingIfNeeded: tag >> 3)
    switch tag & 7 {
    case 0: return varint().map { (field, .number($0)) }
    case 1: return take(8).map { (field, .bytes($0)) }
    case 2:
      guard let length = varint(), length <= UInt64(rest.count) else { return nil }
      return take(Int(length)).map { (field, .bytes($0)) }
    case 5: return take(4).map { (field, .bytes($0)) }
    default: return nil
    }
  }

  /// The last value of a field that holds a number; nil when it is not there, which in proto3 stands for zero.
  package static func number(_ field: Int, in message: UnsafeRawBufferPointer) -> UInt64? {
    var found: UInt64?
    for case (field, .number(let value)) in WireFields(message) { found = value }
    return found
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = rest.first, shift < 64 {
      rest = rest.dropFirst()
      value |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
      shift += 7
    }
    return nil
  }
}
