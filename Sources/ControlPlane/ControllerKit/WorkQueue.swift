import Synchronization

/// `WorkQueueCore` with a clock and workers that wait.
package final class WorkQueue<Key: Hashable & Sendable>: Sendable {
  private struct State {
    var core: WorkQueueCore<Key>
    /// Workers that wait, in their order; one resumes with a key or, at the end, with nothing.
    var workers: [(id: UInt64, continuation: CheckedContinuation<Key?, Never>)] = []
    var nextWorker: UInt64 = 0
    /// The instant that the earliest pending timer wakes at.
    var timer: Duration?
    var isShutDown = false
  }

  private let origin: ContinuousClock.Instant
  private let state: Mutex<State>

  package init(initialBackoff: Duration = .milliseconds(20), maximumBackoff: Duration = .seconds(30)) {
    origin = .now
    state = Mutex(State(core: WorkQueueCore(initialBackoff: initialBackoff, maximumBackoff: maximumBackoff)))
  }

  /// Keys that are ready, delayed or being worked on.
  package var count: Int { state.withLock { $0.core.count } }

  /// Adds a key to be worked on now.
  package func add(_ key: Key) { change { core, _ in core.add(key) } }

  /// Adds a key to be worked on later.
  package func add(_ key: Key, after delay: Duration) { change { core, now in core.add(key, at: now + delay) } }

  /// Adds a key whose work failed: it comes back after its back-off.
  package func addFailed(_ key: Key) { change { core, now in core.addFailed(key, now: now) } }

  /// Ends a key's series of failures.
  package func forget(_ key: Key) { state.withLock { $0.core.forget(key) } }

  package func failureCount(_ key: Key) -> Int { state.withLock { $0.core.failureCount(key) } }

  /// The next key; waits for one. `nil`: the queue is shut down, or the task is cancelled. The caller works on
  /// the key and then calls `done`.
  package func next() async -> Key? {
    let id = state.withLock { state in
      state.nextWorker += 1
      return state.nextWorker
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let key: Key?? = state.withLock { state in
          if state.isShutDown || Task.isCancelled { return .some(nil) }
          if let key = state.core.take() { return key }
          state.workers.append((id, continuation))
          return nil
        }
        if let key { continuation.resume(returning: key) }
      }
    } onCancel: {
      let waiting = state.withLock { state -> CheckedContinuation<Key?, Never>? in
        guard let index = state.workers.firstIndex(where: { $0.id == id }) else { return nil }
        return state.workers.remove(at: index).continuation
      }
      waiting?.resume(returning: nil)
    }
  }

  /// Says that the work on a key is over.
  package func done(_ key: Key) { change { core, _ in core.done(key) } }

  /// Wakes all workers with nothing; keys that wait are dropped.
  package func shutDown() {
    let workers = state.withLock { state in
      state.isShutDown = true
      defer { state.workers = [] }
      return state.workers
    }
    for worker in workers { worker.continuation.resume(returning: nil) }
  }

  private func change(_ body: (inout WorkQueueCore<Key>, Duration) -> Void) {
    let now = ContinuousClock.now - origin
    let (resumed, timer) = state.withLock { state in
      guard !state.isShutDown else {
        return ([(CheckedContinuation<Key?, Never>, Key)](), Duration?.none)
      }
      body(&state.core, now)
      state.core.promote(now: now)
      var resumed: [(CheckedContinuation<Key?, Never>, Key)] = []
      while !state.workers.isEmpty, let key = state.core.take() {
        resumed.append((state.workers.removeFirst().continuation, key))
      }
      return (resumed, Self.arm(&state))
    }
    for (continuation, key) in resumed { continuation.resume(returning: key) }
    if let timer { wake(at: timer) }
  }

  /// The instant for which a timer is missing, if one is. A timer that is overtaken by an earlier one fires in vain.
  private static func arm(_ state: inout State) -> Duration? {
    guard let deadline = state.core.nextDeadline, state.timer.map({ deadline < $0 }) ?? true else { return nil }
    state.timer = deadline
    return deadline
  }

  private func wake(at deadline: Duration) {
    let instant = origin + deadline
    // Weak: a queue that is let go of must not live on for the sake of a key delayed by minutes.
    Task { [weak self] in
      try? await Task.sleep(until: instant, clock: .continuous)
      self?.timerFired(deadline)
    }
  }

  private func timerFired(_ deadline: Duration) {
    state.withLock { if $0.timer == deadline { $0.timer = nil } }
    change { _, _ in }
  }
}
