import JSONDocument

/// JSON with the members of objects in the order of their names, so that equal documents have equal bytes. Pure.
enum CanonicalJSON {
  static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, key) in object.keys.sorted().enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes += JSONValue.string(key).jsonBytes
        bytes.append(UInt8(ascii: ":"))
        append(object[key] ?? .null, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(element, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    default: bytes += value.jsonBytes
    }
  }
}
