import BenchKit
import Synchronization

/// Which watcher has seen which write, and how long after the write began.
final class WatchBoard: Sendable {
  /// What came of one round.
  struct Round {
    /// From a write's beginning to each of its events, in nanoseconds, sorted.
    var events: [Int64] = []
    /// From a write's beginning to the last of its events, in nanoseconds, sorted; of the writes that all have seen.
    var last: [Int64] = []
    /// Events of writes that succeeded which a watcher has not seen.
    var missing = 0
    /// Events that a watcher had seen already.
    var twice = 0
    /// Events of writes that nobody has begun.
    var strays = 0
  }

  private struct Write {
    var begun: ContinuousClock.Instant
    var isDone = false
    var seen = 0
    var last: Int64 = 0
  }

  private struct State {
    var opened = 0
    /// The number of the round's first write.
    var first = 0
    var writes: [Write?] = []
    /// A bit for each write of the round, by watcher.
    var seen: [UInt64] = []
    var words = 0
    var events: [Int64] = []
    var twice = 0
    var strays = 0
    var failure: (any Error)?
  }

  let watchers: Int
  private let state = Mutex(State())

  init(watchers: Int) { self.watchers = watchers }

  // MARK: What the connections tell

  func opened() { state.withLock { $0.opened += 1 } }

  func fail(_ error: any Error) { state.withLock { if $0.failure == nil { $0.failure = error } } }

  func take(_ number: Int, by watcher: Int, at now: ContinuousClock.Instant) {
    state.withLock { state in
      let index = number - state.first
      guard index >= 0, index < state.writes.count, var write = state.writes[index] else {
        state.strays += 1
        return
      }
      let (word, bit) = (watcher * state.words + index / 64, UInt64(1) << UInt64(index % 64))
      guard state.seen[word] & bit == 0 else {
        state.twice += 1
        return
      }
      state.seen[word] |= bit
      let latency = (now - write.begun).nanoseconds
      state.events.append(latency)
      write.seen += 1
      write.last = max(write.last, latency)
      state.writes[index] = write
    }
  }

  // MARK: What the writer tells

  /// Forgets the last round.
  ///
  /// - Parameter most: how many writes there may be.
  func begin(first: Int, most: Int) {
    state.withLock { state in
      state.first = first
      state.writes = Array(repeating: nil, count: most)
      state.words = (most + 63) / 64
      state.seen = Array(repeating: 0, count: state.words * watchers)
      state.events = []
      state.events.reserveCapacity(min(most * watchers, 1 << 24))
      (state.twice, state.strays) = (0, 0)
    }
  }

  func willWrite(_ number: Int) {
    let now = ContinuousClock.now
    state.withLock { $0.writes[number - $0.first] = Write(begun: now) }
  }

  /// It has succeeded: every watcher has to see it.
  func didWrite(_ number: Int) { state.withLock { $0.writes[number - $0.first]?.isDone = true } }

  // MARK: What is asked

  /// Waits until all watches are open.
  func waitUntilOpen(_ patience: Duration) async throws {
    try await wait(patience) { $0.opened >= watchers }
    let opened = state.withLock { $0.opened }
    guard opened >= watchers else { throw Program.Failure("only \(opened) of \(watchers) watches are open") }
  }

  /// Waits until every watcher has seen every write that succeeded, or `patience` is over.
  func waitUntilSeen(_ patience: Duration) async throws {
    try await wait(patience) { state in
      state.writes.allSatisfy { write in
        guard let write, write.isDone else { return true }
        return write.seen >= watchers
      }
    }
  }

  private func wait(_ patience: Duration, _ isDone: (State) -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    while true {
      let (done, failure) = state.withLock { (isDone($0), $0.failure) }
      if let failure { throw failure }
      if done || ContinuousClock.now > deadline { return }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// The round's result, once its writes have ended.
  func settle() -> Round {
    state.withLock { state in
      var round = Round()
      round.events = state.events.sorted()
      for case let write? in state.writes where write.isDone {
        round.missing += watchers - write.seen
        if write.seen == watchers { round.last.append(write.last) }
      }
      round.last.sort()
      (round.twice, round.strays) = (state.twice, state.strays)
      return round
    }
  }
}
