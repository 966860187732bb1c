import Synchronization

extension Load {
  /// Starts an operation at even intervals, whether or not the earlier ones have ended: a pause of what is measured is
  /// felt by everything that falls into it, which a loop that waits for each answer would not show. Latencies count
  /// from the moment at which an operation was due, and are those of failures too: each took at least so long.
  ///
  /// - Parameters:
  ///   - rate: operations a second.
  ///   - time: how long operations are started at most.
  ///   - limit: how many are begun at most.
  ///   - mostWaiting: while so many have not ended none is begun; those that come late for it count from when they were
  ///     due.
  ///   - goesOn: asked before each operation; the load ends when it says no.
  /// - Throws: when nothing at all succeeded.
  package static func paced(
    rate: Int, time: Duration, limit: Int, mostWaiting: Int = 4096,
    while goesOn: @Sendable () -> Bool = { true },
    _ operation: @escaping @Sendable (_ number: Int) async throws -> Void
  ) async throws -> Load {
    let found = Gathered()
    let before = ProcessFigures.ownSeconds
    let interval = Duration.seconds(1) / max(rate, 1)
    let start = ContinuousClock.now
    await withDiscardingTaskGroup { group in
      var number = 0
      while number < limit, goesOn() {
        let (now, due) = (ContinuousClock.now, start + interval * number)
        guard now - start < time else { break }
        guard due <= now else {
          try? await Task.sleep(until: due, tolerance: .zero)
          if Task.isCancelled { break }
          continue
        }
        guard found.state.withLock({ $0.waiting }) < mostWaiting else {
          try? await Task.sleep(for: .milliseconds(1))
          continue
        }
        found.state.withLock { $0.waiting += 1 }
        group.addTask { [number] in
          do {
            try await operation(number)
            let latency = (ContinuousClock.now - due).nanoseconds
            found.state.withLock { found in
              found.load.count += 1
              found.load.latencies.append(latency)
              found.waiting -= 1
            }
          } catch {
            let latency = (ContinuousClock.now - due).nanoseconds
            found.state.withLock { found in
              found.load.note(error)
              found.load.latencies.append(latency)
              found.waiting -= 1
            }
          }
        }
        number += 1
      }
    }
    var load = found.state.withLock { $0.load }
    load.seconds = (ContinuousClock.now - start).inSeconds
    load.latencies.sort()
    load.ownSeconds = ProcessFigures.ownSeconds - before
    guard load.count > 0 else { throw Program.Failure("nothing succeeded: \(load.failure ?? "no time")") }
    return load
  }
}

/// What has come in so far, and how many operations have not ended.
private final class Gathered: Sendable {
  let state = Mutex((load: Load(), waiting: 0))
}
