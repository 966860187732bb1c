import EtcdAPI
import Foundation
import MVCC
import StoreNode
import SwiftProtobuf
import Testing

/// What is written by hand is what swift-protobuf reads, and of the size that it would write.
@Suite struct RangeEncoderTests {
  private static let numbers: [Int64] = [0, 1, 127, 128, 300, 16383, 16384, 1 << 35, .max, -1, .min]
  private static let sizes = [0, 1, 127, 128, 300, 20000]

  private func pair() -> KeyValue {
    KeyValue(
      key: Bytes(repeating: .random(in: 0...255), count: Self.sizes.randomElement()!),
      value: Bytes(repeating: .random(in: 0...255), count: Self.sizes.randomElement()!),
      createRevision: Self.numbers.randomElement()!, modRevision: Self.numbers.randomElement()!,
      version: Self.numbers.randomElement()!, lease: Self.numbers.randomElement()!)
  }

  private func message(_ pair: KeyValue) -> Mvccpb_KeyValue {
    var message = Mvccpb_KeyValue()
    message.key = Data(pair.key)
    message.value = Data(pair.value)
    (message.createRevision, message.modRevision) = (pair.createRevision, pair.modRevision)
    (message.version, message.lease) = (pair.version, pair.lease)
    return message
  }

  @Test(arguments: 0..<20) func isReadAsTheSameAnswer(round: Int) throws {
    let numbers = Self.numbers
    var result = RangeResult(revision: 7, keyValues: [], more: round % 2 == 0, count: numbers[round % numbers.count])
    for _ in 0..<(round * 3) { result.keyValues.append(pair()) }
    var header = Etcdserverpb_ResponseHeader()
    header.clusterID = .max
    header.revision = result.revision
    let bytes = try RangeEncoder.encode(result, header: header)
    var expected = Etcdserverpb_RangeResponse()
    expected.header = header
    expected.more = result.more
    expected.count = result.count
    expected.kvs = result.keyValues.map(message)
    #expect(try Etcdserverpb_RangeResponse(serializedBytes: bytes) == expected)
    #expect(bytes.count == (try expected.serializedBytes() as [UInt8]).count)
  }

  @Test(arguments: 0..<20) func isReadAsTheSameEvents(round: Int) throws {
    var events: [Event] = []
    for number in 0..<round {
      let kind = Event.Kind(rawValue: UInt8(number % 2))!
      events.append(Event(kind: kind, keyValue: pair(), previous: number % 3 == 0 ? pair() : nil))
    }
    var expected = Etcdserverpb_WatchResponse()
    expected.events = events.map { event in
      var one = Mvccpb_Event()
      one.type = event.kind == .put ? .put : .delete
      one.kv = message(event.keyValue)
      if let previous = event.previous { one.prevKv = message(previous) }
      return one
    }
    let bytes = RangeEncoder.encode(events)
    #expect(try Etcdserverpb_WatchResponse(serializedBytes: bytes) == expected)
    #expect(bytes == (try expected.serializedBytes() as [UInt8]))
  }
}
