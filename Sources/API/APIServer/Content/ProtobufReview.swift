import JSONDocument
import NIOCore
import Registry

/// Reads the one protobuf body that matters before protobuf is spoken in full: `kubectl auth can-i` and `whoami`
/// send their reviews in it. Kubernetes' envelope is four bytes `k8s` NUL and a `runtime.Unknown`
/// whose field 2 is the object.
enum ProtobufReview {
  /// The spec of a SelfSubjectAccessReview as the document that JSON would have held; `null` if it has none.
  static func spec(_ body: ByteBuffer) throws(APIError) -> JSONValue {
    let bytes = Array(body.readableBytesView)
    guard bytes.starts(with: [0x6b, 0x38, 0x73, 0x00]) else { throw malformed }
    let raw = try fields(bytes[4...]).first { $0.number == 2 }?.bytes ?? []
    guard let spec = try fields(raw).first(where: { $0.number == 2 })?.bytes else { return .null }
    var result = JSONObject()
    for field in try fields(spec) {
      switch field.number {
      case 1:
        result["resourceAttributes"] = try texts(
          field.bytes, ["namespace", "verb", "group", "version", "resource", "subresource", "name"])
      case 2: result["nonResourceAttributes"] = try texts(field.bytes, ["path", "verb"])
      default: break
      }
    }
    return .object(result)
  }

  private static var malformed: APIError { .badRequest("the body of the request is not a protobuf review") }

  /// A message whose fields 1, 2, … are texts of these names.
  private static func texts(_ bytes: ArraySlice<UInt8>, _ names: [String]) throws(APIError) -> JSONValue {
    var result = JSONObject()
    for field in try fields(bytes) where field.number >= 1 && field.number <= names.count {
      result[names[field.number - 1]] = .string(String(decoding: field.bytes, as: UTF8.self))
    }
    return .object(result)
  }

  /// A message's length-delimited fields; others are skipped.
  private static func fields(_ bytes: ArraySlice<UInt8>) throws(APIError) -> [(number: Int, bytes: ArraySlice<UInt8>)] {
    var rest = bytes
    var result: [(number: Int, bytes: ArraySlice<UInt8>)] = []
    while !rest.isEmpty {
      let tag = try varint(&rest)
      switch tag & 7 {
      case 0: _ = try varint(&rest)
      case 1: rest = rest.dropFirst(8)
      case 2:
        let length = try varint(&rest)
        guard length <= UInt64(rest.count) else { throw malformed }
        result.append((Int(truncatingIfNeeded: tag >> 3), rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
      case 5: rest = rest.dropFirst(4)
      default: throw malformed
      }
    }
    return result
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) throws(APIError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw malformed }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw malformed
  }
}
