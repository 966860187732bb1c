import BenchKit
import Supervision
import Synchronization

/// What a front-end has in memory with all objects, beside what it has without any and what the objects take.
struct APIMemoryMeasurement: APIMeasurement {
  let api: APIOptions

  var title: String {
    "A front-end's memory with \(api.configMaps) config maps and \(api.mostPods) pods, \(api.settle) s after the last "
      + "request"
  }
  var headlines: [Headline] {
    [
      .init(Self.subject, "RssAnon without objects, MiB", aim: "60 or less"),
      .init(Self.subject, "growth ÷ bytes of the objects", aim: "2 or less"),
    ]
  }

  private static let subject = "a front-end"

  func measure(_ contenders: [APIContender]) async throws -> Measured {
    var figures = Series()
    for contender in contenders {
      try await contender.fill(.configMaps, api.configMaps, connections: api.connections)
      try await contender.fill(.pods, api.mostPods, connections: api.connections)
    }
    progress("leaving them alone for \(api.settle) s")
    try await Task.sleep(for: .seconds(api.settle))
    for contender in contenders {
      let now = contender.memory
      // After the look at the memory: a list of everything takes some itself.
      var bytes = 0
      for kind in [APIObjects.Kind.configMaps, .pods] { bytes += try await contender.look(kind.path).bytes }
      let size = Double(bytes) / Double(1 << 20)
      let idle = contender.idle ?? .nan
      figures.add(contender.name, "RssAnon without objects, MiB", idle)
      figures.add(contender.name, "RssAnon with all objects, MiB", now)
      figures.add(contender.name, "the objects as JSON, MiB", size)
      figures.add(contender.name, "growth ÷ bytes of the objects", (now - idle) / size)
    }
    var measured = Measured()
    measured.rows = figures.rows(Self.subject)
    measured.notes = [
      "what the objects take is the sum of the lists' bytes; the growth has in it what the requests before have left"
    ]
    return measured
  }
}

/// Looks at a front-end's memory ten times a second.
struct MemoryWatch {
  private final class Peak: Sendable {
    let greatest = Mutex(0.0)
  }

  private let peak: Peak
  private let task: Task<Void, Never>

  init(_ contender: APIContender) {
    let peak = Peak()
    self.peak = peak
    task = Task {
      while !Task.isCancelled {
        let now = contender.memory
        if now.isFinite { peak.greatest.withLock { $0 = max($0, now) } }
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  /// Ends it.
  ///
  /// - Returns: the most that was seen, in MiB.
  func stop() -> Double {
    task.cancel()
    return peak.greatest.withLock { $0 }
  }
}
