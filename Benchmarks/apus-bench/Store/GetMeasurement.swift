import BenchKit
import EtcdAPI
import FoundationEssentials

/// Gets of single keys: linearisable ones, which cost a round among the members, and serialisable ones, which any
/// member answers from what it has.
struct GetMeasurement: StoreMeasurement {
  /// How many keys there are to get and to range over.
  static let keys = 10_000
  static let prefix = "read/"

  let common: CommonOptions
  let store: StoreOptions

  var title: String {
    "Gets of 256-byte values, \(store.getClients) clients, \(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] {
    [.init("linearisable", "gets/s", aim: "1.5 or more"), .init("serialisable", "gets/s", aim: "1.5 or more")]
  }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    for contender in contenders { try await contender.fill(Self.prefix, keys: Self.keys, size: 256) }
    var rounds = StoreRounds(of: "get", rounds: common.rounds)
    for (subject, isSerializable) in [("linearisable", false), ("serialisable", true)] {
      try await rounds.add(subject, contenders) { contender in
        try await contender.run(workers: store.getClients, time: common.time, limit: store.limit) { store, number in
          var request = Etcdserverpb_RangeRequest()
          // A walk over all that is not in their order.
          request.key = Data(StoreContender.key(Self.prefix, number * 7919 % Self.keys).utf8)
          request.serializable = isSerializable
          let answer = try await store.range(request)
          guard answer.kvs.count == 1 else { throw Program.Failure("\(answer.kvs.count) pairs for one key") }
          return 1
        }
      }
    }
    return rounds.result
  }
}
