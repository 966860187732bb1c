/// Writes compact JSON, value by value, into a byte array.
///
/// The writer puts commas; the caller keeps to the grammar: every `beginObject` has its `endObject`, every member
/// is a `key` followed by exactly one value.
///
/// ```swift
/// writer.beginObject()
/// writer.key("name")
/// writer.write("web")
/// writer.endObject()
/// ```
package struct JSONWriter {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private static let hexDigits = Array("0123456789abcdef".utf8)

  package init() { bytes.reserveCapacity(512) }

  // MARK: Structure

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member's name that needs no escaping: the names of API fields.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Any member's name.
  package mutating func key(dynamic name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  // MARK: Values

  package mutating func writeNull() { token("null") }
  package mutating func write(_ value: Bool) { token(value ? "true" : "false") }

  package mutating func write(_ value: String) {
    separate()
    quote(value)
    needsComma = true
  }

  package mutating func write(_ value: Int64) {
    separate()
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)  // room for 20 digits and a sign
    withUnsafeMutableBytes(of: &digits) { room in
      var position = room.count
      var rest = value.magnitude
      repeat {
        position -= 1
        room[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        position -= 1
        room[position] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[position...]))
    }
    needsComma = true
  }

  package mutating func write(_ value: Int32) { write(Int64(value)) }

  /// The shortest text that reads back as the same double. JSON has no infinities: those become `null`.
  package mutating func write(_ value: Double) {
    guard value.isFinite else { return writeNull() }
    separate()
    bytes.append(contentsOf: value.description.utf8)
    needsComma = true
  }

  /// Bytes as base64 (RFC 4648, padded), as Kubernetes writes them.
  package mutating func write(_ value: [UInt8]) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    Base64.encode(value, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: writeNull()
    case .bool(let value): write(value)
    case .int(let value): write(value)
    case .double(let value): write(value)
    case .string(let value): write(value)
    case .array(let elements):
      beginArray()
      for element in elements { write(element) }
      endArray()
    case .object(let object):
      beginObject()
      for member in object.members {
        key(dynamic: member.key)
        write(member.value)
      }
      endObject()
    }
  }

  package mutating func write<T: JSONCodable>(array: [T]) {
    beginArray()
    for element in array { element.write(to: &self) }
    endArray()
  }

  /// Members in the order of their names, so that equal values give equal bytes.
  package mutating func write<T: JSONCodable>(map: [String: T]) {
    beginObject()
    for (name, value) in map.sorted(by: { $0.key < $1.key }) {
      key(dynamic: name)
      value.write(to: &self)
    }
    endObject()
  }

  /// The same for strings, which most maps of the API hold: what has no member or one needs no order, and sorting is
  /// not done through a witness table.
  package mutating func write(map: [String: String]) {
    beginObject()
    if map.count < 2 {
      for (name, value) in map {
        key(dynamic: name)
        write(value)
      }
    } else {
      for (name, value) in map.sorted(by: { $0.key < $1.key }) {
        key(dynamic: name)
        write(value)
      }
    }
    endObject()
  }

  package mutating func write(byteMap: [String: [UInt8]]) {
    beginObject()
    for (name, value) in byteMap.sorted(by: { $0.key < $1.key }) {
      key(dynamic: name)
      write(value)
    }
    endObject()
  }

  package mutating func write(arrayMap: [String: [String]]) {
    beginObject()
    for (name, value) in arrayMap.sorted(by: { $0.key < $1.key }) {
      key(dynamic: name)
      write(array: value)
    }
    endObject()
  }

  /// A value that is JSON already. The caller vouches for it.
  package mutating func write(rawJSON: some Sequence<UInt8>) {
    separate()
    bytes.append(contentsOf: rawJSON)
    needsComma = true
  }

  // MARK: Parts

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func token(_ text: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    Self.appendEscaped(text, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends what stands between the quotes of a string.
  package static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { source in
      var start = 0
      var position = UnescapedText.end(in: source, from: 0)
      while position < source.count {
        let byte = source[position]
        position += 1
        if byte < 0x80 {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<(position - 1)]))
          escape(byte, into: &bytes)
          start = position
        } else {
          // The rest of a text in another script, which means itself too.
          while position < source.count, source[position] >= 0x80 { position += 1 }
        }
        position = UnescapedText.end(in: source, from: position)
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: source[start...]))
    }
  }

  private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    default:
      bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
      bytes.append(hexDigits[Int(byte >> 4)])
      bytes.append(hexDigits[Int(byte & 15)])
    }
  }
}
