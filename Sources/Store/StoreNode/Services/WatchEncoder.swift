import EtcdAPI
import GRPC
import MVCC
import SwiftProtobuf

/// Serialises events for the watches of one stream. Where thousands of them are given one and the same list of events,
/// header and events are serialised once, and each message is put together from their bytes and its watch's id.
struct WatchEncoder {
  /// etcd's field number: the protocol's, not to be changed.
  private static let watchIDTag: UInt8 = 2 << 3

  private var header: (revision: Int64, bytes: [UInt8])?
  private var events: (list: [Event], bytes: [UInt8])?

  /// Adds a `WatchResponse`.
  ///
  /// - Parameter makeHeader: the header for the revision.
  mutating func append(
    _ list: [Event], of watchID: Int64, to batch: inout GRPCMessageBatch, revision: Int64,
    header makeHeader: (Int64) -> Etcdserverpb_ResponseHeader
  ) throws {
    var identity: [UInt8] = []
    // Zero is left out, as the format wants it.
    if watchID != 0 {
      identity.append(Self.watchIDTag)
      RangeEncoder.append(varint: UInt64(bitPattern: watchID), to: &identity)
    }
    batch.append(serialized: try headerBytes(revision, makeHeader), identity, eventsBytes(list))
  }

  /// The term in a header may change at the same revision, and large lists are not worth their memory.
  mutating func finishBatch() {
    header = nil
    if let events, events.bytes.count > 64 << 10 { self.events = nil }
  }

  private mutating func headerBytes(
    _ revision: Int64, _ make: (Int64) -> Etcdserverpb_ResponseHeader
  ) throws -> [UInt8] {
    if let header, header.revision == revision { return header.bytes }
    var message = Etcdserverpb_WatchResponse()
    message.header = make(revision)
    let bytes: [UInt8] = try message.serializedBytes()
    header = (revision, bytes)
    return bytes
  }

  private mutating func eventsBytes(_ list: [Event]) -> [UInt8] {
    if let events, Self.isSame(events.list, list) { return events.bytes }
    let bytes = RangeEncoder.encode(list)
    // Kept with the list itself, so that no other can come to stand where it stood.
    events = (list, bytes)
    return bytes
  }

  /// Whether both are one list; two that are only equal need not be found out.
  private static func isSame(_ one: [Event], _ other: [Event]) -> Bool {
    one.count == other.count
      && one.withUnsafeBufferPointer { one in other.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress } }
  }
}
