import EtcdAPI
import Foundation
import MVCC
import StoreNode
import SwiftProtobuf
import Testing

/// What is written by hand is what swift-protobuf reads, and of the size that it would write.
@Suite struct RangeEncoderTests {
  @Test(arguments: 0..<20) func isReadAsTheSameAnswer(round: Int) throws {
    let numbers: [Int64] = [0, 1, 127, 128, 300, 16383, 16384, 1 << 35, .max, -1, .min]
    let sizes = [0, 1, 127, 128, 300, 20000]
    var result = RangeResult(revision: 7, keyValues: [], more: round % 2 == 0, count: numbers[round % numbers.count])
    for _ in 0..<(round * 3) {
      result.keyValues.append(
        KeyValue(
          key: Bytes(repeating: .random(in: 0...255), count: sizes.randomElement()!),
          value: Bytes(repeating: .random(in: 0...255), count: sizes.randomElement()!),
          createRevision: numbers.randomElement()!, modRevision: numbers.randomElement()!,
          version: numbers.randomElement()!, lease: numbers.randomElement()!))
    }
    var header = Etcdserverpb_ResponseHeader()
    header.clusterID = .max
    header.revision = result.revision
    let bytes = try RangeEncoder.encode(result, header: header)
    var expected = Etcdserverpb_RangeResponse()
    expected.header = header
    expected.more = result.more
    expected.count = result.count
    expected.kvs = result.keyValues.map { pair in
      var message = Mvccpb_KeyValue()
      message.key = Data(pair.key)
      message.value = Data(pair.value)
      (message.createRevision, message.modRevision) = (pair.createRevision, pair.modRevision)
      (message.version, message.lease) = (pair.version, pair.lease)
      return message
    }
    #expect(try Etcdserverpb_RangeResponse(serializedBytes: bytes) == expected)
    #expect(bytes.count == (try expected.serializedBytes() as [UInt8]).count)
  }
}
