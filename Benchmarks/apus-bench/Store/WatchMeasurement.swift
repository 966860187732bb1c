import BenchKit
import EtcdAPI

/// Many watches of one key, and one writer: the time from a put to the last watch's event.
struct WatchMeasurement: StoreMeasurement {
  let common: CommonOptions
  let store: StoreOptions

  var title: String {
    "\(store.watchers) watches of one key on \(store.watchStreams) streams, one writer, "
      + "\(common.rounds) rounds of \(common.seconds) s"
  }
  var headlines: [Headline] { [.init(Self.subject, "p50, ms", aim: "0.5 or less")] }

  private static let subject = "put to the last event"

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    var crowds: [String: WatchCrowd] = [:]
    for contender in contenders {
      crowds[contender.name] = try await WatchCrowd(
        contender, key: "crowd", watches: store.watchers, streams: store.watchStreams)
    }
    var rounds = StoreRounds(of: "event", rounds: common.rounds)
    try await rounds.add(Self.subject, contenders, per: \.units) { contender in
      guard let crowd = crowds[contender.name] else { throw Program.Failure("nobody watches \(contender.name)") }
      // Each put waits until all have seen the one before.
      let load = try await Load.run(workers: 1, time: common.time, limit: 1000) { number in
        try await crowd.put(number, to: contender.store)
      }
      contender.note(load)
      return load
    }
    var measured = rounds.result
    for contender in contenders {
      measured.notes += crowds[contender.name]?.notes ?? []
      await crowds[contender.name]?.close()
    }
    measured.rows.append(
      .init(
        "after the last round", "RssAnon of a member, MiB",
        Dictionary(uniqueKeysWithValues: contenders.map { ($0.name, $0.memory(\.anonymous)) })))
    return measured
  }
}
