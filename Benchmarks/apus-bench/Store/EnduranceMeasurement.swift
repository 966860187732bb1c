import BenchKit
import Supervision

/// Full load for a long time, on our members alone: whether the leader stays, what the worst portion of it looks like, and
/// whether memory stays where it is.
struct EnduranceMeasurement: StoreMeasurement {
  private static let workers = 64
  private static let portion = Duration.seconds(30)

  let store: StoreOptions

  var title: String {
    "Endurance: \(Self.workers) clients put without a pause for \(store.minutes) min, in portions of 30 s"
  }
  var headlines: [Headline] { [.init(Self.subject, "elections without a fault", aim: "0")] }

  private static let subject = "256 B, \(Self.workers) clients"

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    guard let contender = contenders.first else { return Measured() }
    let name = contender.name
    let value = StoreContender.value(256)
    let end = ContinuousClock.now + .seconds(60 * store.minutes)
    var figures = Series()
    var term = await contender.greatestTerm()
    var portions = 0
    while ContinuousClock.now < end {
      let load = try await contender.puts(workers: Self.workers, time: Self.portion, limit: .max, value: value)
      let now = await contender.greatestTerm()
      figures.add(name, "elections without a fault", Double(now - term))
      figures.add(name, "puts/s", load.rate)
      figures.add(name, "p99, ms", load.latency(99))
      figures.add(name, "worst put, ms", load.latency(100))
      figures.add(name, "failed puts", Double(load.failures))
      let sizes = contender.trio.processIDs.compactMap { ProcessFigures.memory($0)?.resident }
      figures.add(name, "largest member's memory, MiB", Double(sizes.max() ?? 0) / Double(1 << 20))
      if now != term { progress("portion \(portions + 1): the term went from \(term) to \(now)") }
      term = now
      portions += 1
      if portions % 10 == 0 {
        progress("\(portions / 2) of \(store.minutes) min: \(Int(load.rate)) puts/s, term \(term)")
      }
      try await contender.compact()
    }
    var measured = Measured()
    measured.rows = figures.rows(Self.subject)
    if contenders.count > 1 { measured.notes.append("only \(name) was asked for this") }
    return measured
  }
}
