package import EtcdAPI
package import MVCC
import SwiftProtobuf

/// Serialises what a range found, and what a watch sees, straight from the state's keys and values. By way of messages,
/// each key and value would be copied twice and its size computed twice: half of what a range of a thousand keys cost.
///
/// The fields' numbers are etcd's (`RangeResponse`, `WatchResponse`, `mvccpb.KeyValue`, `mvccpb.Event`). What is zero
/// or empty is left out, as the format wants it.
package enum RangeEncoder {
  /// The bytes of a `RangeResponse`.
  package static func encode(_ result: RangeResult, header: Etcdserverpb_ResponseHeader) throws -> [UInt8] {
    var head = Etcdserverpb_RangeResponse()
    head.header = header
    head.more = result.more
    head.count = result.count
    let headBytes: [UInt8] = try head.serializedBytes()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      result.keyValues.reduce(headBytes.count) { $0 + $1.key.count + $1.value.count + overhead })
    bytes += headBytes
    for keyValue in result.keyValues { append(keyValue, field: 2, to: &bytes) }
    return bytes
  }

  /// The bytes of the events in a `WatchResponse`, without the rest of it.
  package static func encode(_ events: [Event]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(events.reduce(0) { $0 + size(of: $1) + overhead })
    for event in events {
      bytes.append(11 << 3 | 2)
      append(varint: UInt64(size(of: event)), to: &bytes)
      if event.kind == .delete { append(1, field: 1, to: &bytes) }
      append(event.keyValue, field: 2, to: &bytes)
      if let previous = event.previous { append(previous, field: 3, to: &bytes) }
    }
    return bytes
  }

  /// More than tags, lengths and numbers of one pair take as a rule.
  private static let overhead = 48

  private static func size(of keyValue: KeyValue) -> Int {
    func size(_ bytes: Bytes) -> Int { bytes.isEmpty ? 0 : 1 + width(UInt64(bytes.count)) + bytes.count }
    func size(_ number: Int64) -> Int { number == 0 ? 0 : 1 + width(UInt64(bitPattern: number)) }
    return size(keyValue.key) + size(keyValue.createRevision) + size(keyValue.modRevision) + size(keyValue.version)
      + size(keyValue.value) + size(keyValue.lease)
  }

  private static func size(of event: Event) -> Int {
    func framed(_ keyValue: KeyValue) -> Int {
      let count = size(of: keyValue)
      return 1 + width(UInt64(count)) + count
    }
    let kind = event.kind == .delete ? 2 : 0
    guard let previous = event.previous else { return kind + framed(event.keyValue) }
    return kind + framed(event.keyValue) + framed(previous)
  }

  /// How many bytes a number takes.
  private static func width(_ value: UInt64) -> Int { value == 0 ? 1 : (70 - value.leadingZeroBitCount) / 7 }

  private static func append(_ keyValue: KeyValue, field: UInt8, to bytes: inout [UInt8]) {
    bytes.append(field << 3 | 2)
    append(varint: UInt64(size(of: keyValue)), to: &bytes)
    append(bytes: keyValue.key, field: 1, to: &bytes)
    append(keyValue.createRevision, field: 2, to: &bytes)
    append(keyValue.modRevision, field: 3, to: &bytes)
    append(keyValue.version, field: 4, to: &bytes)
    append(bytes: keyValue.value, field: 5, to: &bytes)
    append(keyValue.lease, field: 6, to: &bytes)
  }

  private static func append(bytes value: Bytes, field: UInt8, to bytes: inout [UInt8]) {
    guard !value.isEmpty else { return }
    bytes.append(field << 3 | 2)
    append(varint: UInt64(value.count), to: &bytes)
    bytes += value
  }

  private static func append(_ number: Int64, field: UInt8, to bytes: inout [UInt8]) {
    guard number != 0 else { return }
    bytes.append(field << 3)
    append(varint: UInt64(bitPattern: number), to: &bytes)
  }

  static func append(varint value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
