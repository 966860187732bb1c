import BenchKit

/// Durable puts a second and their latency, by clients and by the size of the values.
struct PutMeasurement: StoreMeasurement {
  let common: CommonOptions
  let store: StoreOptions

  var title: String { "Durable puts: three members, TLS, \(common.rounds) rounds of \(common.seconds) s" }
  var headlines: [Headline] { [.init("256 B, 64 clients", "puts/s", aim: "1.2 or more")] }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    var rounds = StoreRounds(of: "put", rounds: common.rounds)
    for size in store.sizes {
      let value = StoreContender.value(size)
      for clients in store.clients {
        let subject = "\(Figures.bytes(size)), \(clients == 1 ? "1 client" : "\(clients) clients")"
        try await rounds.add(subject, contenders, tidy: { try await $0.compact() }) { contender in
          try await contender.puts(workers: clients, time: common.time, limit: store.limit, value: value)
        }
      }
    }
    return rounds.result
  }
}
