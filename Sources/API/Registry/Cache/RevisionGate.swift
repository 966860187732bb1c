import Synchronization

/// Where readers wait until the cache has reached a revision.
final class RevisionGate: Sendable {
  private struct Waiter {
    let target: Int64
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Bool, Never>
  }
  private struct State {
    var revision: Int64 = 0
    var waiters: [UInt64: Waiter] = [:]
    var nextID: UInt64 = 0
    var timerRuns = false
  }
  private let state = Mutex(State())
  /// Called, now and then, while somebody waits: asks the store for a mark of its progress.
  private let nudge: @Sendable () async -> Void
  /// How long writes that are on their way get before the store is asked for a mark.
  private static let patience: Duration = .milliseconds(10)

  init(nudge: @escaping @Sendable () async -> Void) { self.nudge = nudge }

  var revision: Int64 { state.withLock { $0.revision } }

  /// Lets everyone through who waits for a revision up to this one.
  func advance(to revision: Int64) {
    let ready = state.withLock { state in
      guard revision > state.revision else { return [Waiter]() }
      state.revision = revision
      guard !state.waiters.isEmpty else { return [] }
      let ready = state.waiters.filter { $0.value.target <= revision }
      for id in ready.keys { state.waiters[id] = nil }
      return Array(ready.values)
    }
    for waiter in ready { waiter.continuation.resume(returning: true) }
  }

  /// The cache stands at `revision` now, which may be lower than before (the store was restored from a backup).
  func restart(at revision: Int64) {
    state.withLock { $0.revision = min($0.revision, revision) }
    advance(to: revision)
  }

  /// Waits until the revision is reached. Returns false when the time ran out or the task was cancelled.
  func reach(_ target: Int64, within timeout: Duration) async -> Bool {
    let deadline = ContinuousClock.now + timeout
    let id = state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (answer, startTimer): (Bool?, Bool) = state.withLock { state in
          if state.revision >= target { return (true, false) }
          if Task.isCancelled { return (false, false) }
          state.waiters[id] = Waiter(target: target, deadline: deadline, continuation: continuation)
          defer { state.timerRuns = true }
          return (nil, !state.timerRuns)
        }
        if let answer { continuation.resume(returning: answer) }
        if startTimer { Task { await self.runTimer() } }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
      waiter?.continuation.resume(returning: false)
    }
  }

  /// Runs while there are waiters: nudges the store, and sends those away whose time is up.
  private func runTimer() async {
    var pause = Self.patience
    while true {
      try? await Task.sleep(for: pause)
      let now = ContinuousClock.now
      let (late, goesOn) = state.withLock { state in
        let late = state.waiters.filter { $0.value.deadline <= now }
        for id in late.keys { state.waiters[id] = nil }
        if state.waiters.isEmpty { state.timerRuns = false }
        return (Array(late.values), !state.waiters.isEmpty)
      }
      for waiter in late { waiter.continuation.resume(returning: false) }
      guard goesOn else { return }
      await nudge()
      pause = min(pause * 2, .milliseconds(100))
    }
  }
}
