import Synchronization

/// What came of one round of load.
package struct Load: Sendable {
  /// How many operations succeeded.
  package var count = 0
  /// The sum of what they returned, such as bytes.
  package var units = 0
  package var seconds = 0.0
  /// Of each that succeeded, in nanoseconds, sorted.
  package var latencies: [Int64] = []
  /// Processor time of this process meanwhile.
  package var ownSeconds = 0.0
  package var failures = 0
  /// The first that was seen.
  package var failure: String?

  package init() {}

  package var rate: Double { Double(count) / seconds }
  package var unitRate: Double { Double(units) / seconds }

  /// In milliseconds.
  package func latency(_ percent: Double) -> Double { Statistics.percentile(percent, ofSorted: latencies) / 1e6 }

  package mutating func note(_ error: any Error) {
    failures += 1
    if failure == nil { failure = "\(error)" }
  }

  /// Puts together what several workers did in the same time.
  package init(_ parts: [Load], seconds: Double) {
    self.seconds = seconds
    for part in parts {
      count += part.count
      units += part.units
      failures += part.failures
      if failure == nil { failure = part.failure }
    }
    latencies.reserveCapacity(parts.reduce(0) { $0 + $1.latencies.count })
    for part in parts { latencies += part.latencies }
    latencies.sort()
  }

  /// Repeats an operation from several tasks, each starting its next when its last has ended, until the time or the
  /// count is used up, whichever is first.
  ///
  /// - Parameters:
  ///   - workers: how many run at once.
  ///   - limit: how many operations are begun at most.
  ///   - operation: gets the operation's number from 0, and returns what is summed up in ``units``.
  /// - Throws: when nothing at all succeeded.
  package static func run(
    workers: Int, time: Duration, limit: Int, _ operation: @escaping @Sendable (_ number: Int) async throws -> Int
  ) async throws -> Load {
    let next = Tickets()
    let before = ProcessFigures.ownSeconds
    let start = ContinuousClock.now
    let deadline = start + time
    let parts = await withTaskGroup(of: Load.self, returning: [Load].self) { group in
      for _ in 0..<workers {
        group.addTask {
          var load = Load()
          while ContinuousClock.now < deadline {
            let number = next.take()
            guard number < limit else { break }
            let begun = ContinuousClock.now
            do {
              load.units += try await operation(number)
              load.latencies.append((ContinuousClock.now - begun).nanoseconds)
              load.count += 1
            } catch {
              load.note(error)
            }
          }
          return load
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var load = Load(parts, seconds: (ContinuousClock.now - start).inSeconds)
    load.ownSeconds = ProcessFigures.ownSeconds - before
    guard load.count > 0 else { throw Program.Failure("nothing succeeded: \(load.failure ?? "no time")") }
    return load
  }
}

/// Numbers from 0, each given once.
package final class Tickets: Sendable {
  private let next = Atomic(0)
  package init() {}
  package func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// Rounds in which all participants take part, the first of each round being another one, so that none profits from
/// its place.
package enum Rounds {
  /// - Returns: the participants' indices in the order in which they are to run, a list a round.
  package static func order(participants: Int, rounds: Int) -> [[Int]] {
    (0..<rounds).map { round in (0..<participants).map { ($0 + round) % participants } }
  }
}
