import BenchKit
import EtcdAPI
import FoundationEssentials
import GRPC
import SwiftProtobuf
import Synchronization

/// Linearisable ranges of many keys.
///
/// The pairs are counted in the answers, not decoded: on the machine of the members, a client that decodes a thousand
/// pairs would take more of the processors than who sends them.
struct RangeMeasurement: StoreMeasurement {
  let common: CommonOptions
  let store: StoreOptions

  var title: String {
    "Linearisable ranges of \(store.rangeKeys) keys of 256 bytes, \(store.rangeClients) clients, "
      + "\(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] { [.init("\(store.rangeKeys) keys", "ranges/s", aim: "1.5 or more")] }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    for contender in contenders {
      try await contender.fill(GetMeasurement.prefix, keys: GetMeasurement.keys, size: 256)
    }
    var rounds = StoreRounds(of: "range", rounds: common.rounds)
    try await rounds.add("\(store.rangeKeys) keys", contenders) { contender in
      let load = try await Load.run(workers: store.rangeClients, time: common.time, limit: store.limit) { number in
        try await range(contender.members[number % contender.members.count], number)
      }
      contender.note(load)
      return load
    }
    return rounds.result
  }

  private func range(_ member: GRPCConnection, _ number: Int) async throws -> Int {
    let first = number * 7919 % (GetMeasurement.keys - store.rangeKeys + 1)
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(StoreContender.key(GetMeasurement.prefix, first).utf8)
    request.rangeEnd = Data(StoreContender.key(GetMeasurement.prefix, first + store.rangeKeys).utf8)
    // Without a message's own fields everything stays as the bytes that came.
    let answer: Google_Protobuf_Empty = try await member.unary(EtcdCall.KV.range, request, timeout: .seconds(10))
    let pairs = Etcdserverpb_RangeResponse.pairField
    let count = answer.unknownFields.data.withUnsafeBytes { bytes in
      WireFields(bytes).reduce(0) { $0 + ($1.field == pairs ? 1 : 0) }
    }
    guard count == store.rangeKeys else { throw Program.Failure("\(count) pairs in a range") }
    return count
  }
}

extension Etcdserverpb_RangeResponse {
  /// The number of `kvs`.
  fileprivate static var pairField: Int { 2 }
}
