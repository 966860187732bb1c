import BenchKit
import Supervision

/// A front-end is stopped and started again: the time from its process' start to its first ready answer.
struct APIStartMeasurement: APIMeasurement {
  let api: APIOptions
  /// With all config maps and pods in the store, or with next to nothing.
  let hasObjects: Bool

  var title: String {
    "Start of a front-end, \(state), \(api.starts) times; its memory \(api.settle) s after the last"
  }
  var headlines: [Headline] {
    var headlines = [Headline(Self.subject, "ms to its first ready answer", aim: "1,000 or less")]
    if !hasObjects { headlines.append(.init(Self.subject, "RssAnon left alone, MiB", aim: "60 or less")) }
    return headlines
  }

  private static let subject = "a front-end's start"
  private var state: String {
    hasObjects ? "\(api.configMaps) config maps and \(api.mostPods) pods in the store" : "an empty store"
  }

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    if hasObjects {
      for contender in contenders {
        try await contender.fill(.configMaps, api.configMaps, connections: api.connections)
        try await contender.fill(.pods, api.mostPods, connections: api.connections)
      }
    }
    var figures = Series()
    for (round, order) in Rounds.order(participants: contenders.count, rounds: api.starts).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        progress("start, \(round + 1) of \(api.starts): \(contender.name)")
        let time = try await contender.restart()
        figures.add(contender.name, "ms to its first ready answer", Double(time.nanoseconds) / 1e6)
        if let process = contender.trio.frontEnd {
          figures.add(
            contender.name, "CPU until then, ms", ProcessFigures.processorSeconds([process.pid]) * 1000)
        }
        figures.add(contender.name, "RssAnon then, MiB", contender.memory)
        // What it does of its own accord after it has begun to serve is not the next start's business.
        try await Task.sleep(for: .seconds(1))
      }
    }
    progress("leaving them alone for \(api.settle) s")
    try await Task.sleep(for: .seconds(api.settle))
    for contender in contenders { figures.add(contender.name, "RssAnon left alone, MiB", contender.memory) }
    var measured = Measured()
    measured.rows = figures.rows(Self.subject)
    measured.notes = ["\(state); the members run all the time"]
    return measured
  }
}
