// Messages are written by hand, field by field, so that the decoder is not compared with its own idea of protobuf.

func varint(_ value: UInt64) -> [UInt8] {
  var rest = value
  var bytes: [UInt8] = []
  while rest >= 0x80 {
    bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
    rest >>= 7
  }
  return bytes + [UInt8(rest)]
}

func number(_ field: UInt64, _ value: Int64) -> [UInt8] {
  varint(field << 3) + varint(UInt64(bitPattern: value))
}

func message(_ field: UInt64, _ parts: [UInt8]...) -> [UInt8] {
  let bytes = parts.flatMap { $0 }
  return varint(field << 3 | 2) + varint(UInt64(bytes.count)) + bytes
}

func text(_ field: UInt64, _ value: String) -> [UInt8] { message(field, Array(value.utf8)) }

func pair(_ field: UInt64, _ key: String, _ value: String) -> [UInt8] {
  message(field, text(1, key), text(2, value))
}

func quantityPair(_ field: UInt64, _ key: String, _ value: String) -> [UInt8] {
  message(field, text(1, key), message(2, text(1, value)))
}

func envelope(_ apiVersion: String, _ kind: String, _ parts: [UInt8]...) -> [UInt8] {
  Array("k8s\0".utf8) + message(1, text(1, apiVersion), text(2, kind)) + message(2, parts.flatMap { $0 })
    + text(3, "") + text(4, "")
}

/// What Go writes for an object's metadata that has but a name: every scalar, most of them empty.
func metadata(_ name: String, _ more: [UInt8]...) -> [UInt8] {
  message(
    1, text(1, name), text(2, ""), text(3, ""), text(4, ""), text(5, ""), text(6, ""), number(7, 0), message(8),
    more.flatMap { $0 })
}

/// Whether `part` stands in `bytes` somewhere.
func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
  guard let first = part.first, bytes.count >= part.count else { return false }
  return bytes.indices.dropLast(part.count - 1).contains { start in
    bytes[start] == first && bytes[start..<start + part.count].elementsEqual(part)
  }
}
