// ControllerKit: what every controller is made of. A `WorkQueue` of names without duplicates, a `Controller`
// that reconciles them with a few workers, and `LeaderElector`, which lets one instance of many do it.
// The rules of each live in a pure core (`WorkQueueCore`, `LeaderElection`), driven by a thin shell.

/// The rules of a work queue. Pure: time comes in as an instant counted from any fixed origin.
///
/// - A key that waits is not queued again; a key that is being worked on and is added meanwhile is queued once
///   more when the work is done. So no key is ever worked on by two workers at once.
/// - A delayed key becomes due at its instant; of several delays for a key the earliest counts.
/// - A key that failed comes back after a delay that doubles with each failure in a row.
package struct WorkQueueCore<Key: Hashable & Sendable>: Sendable {
  /// Delay after the first failure.
  package let initialBackoff: Duration
  /// Longest delay after a failure.
  package let maximumBackoff: Duration

  private var ready: [Key] = []
  private var head = 0
  private var waiting: Set<Key> = []
  private var working: Set<Key> = []
  private var again: Set<Key> = []
  private var delayed: [Key: Duration] = [:]
  private var failures: [Key: Int] = [:]

  package init(initialBackoff: Duration = .milliseconds(20), maximumBackoff: Duration = .seconds(30)) {
    self.initialBackoff = initialBackoff
    self.maximumBackoff = maximumBackoff
  }

  /// Keys that are ready to be taken.
  package var readyCount: Int { ready.count - head }
  /// Keys that are ready, delayed or being worked on.
  package var count: Int { Set(delayed.keys).union(waiting).union(working).count }
  /// When the next delayed key is due.
  package var nextDeadline: Duration? { delayed.values.min() }

  /// Adds a key to be worked on now.
  package mutating func add(_ key: Key) {
    if working.contains(key) {
      again.insert(key)
    } else if waiting.insert(key).inserted {
      ready.append(key)
    }
  }

  /// Adds a key to be worked on at an instant.
  package mutating func add(_ key: Key, at instant: Duration) {
    delayed[key] = min(delayed[key] ?? instant, instant)
  }

  /// Adds a key whose work failed: it comes back after its back-off. Returns the instant.
  @discardableResult
  package mutating func addFailed(_ key: Key, now: Duration) -> Duration {
    let count = failures[key, default: 0]
    failures[key] = count + 1
    var delay = initialBackoff
    for _ in 0..<count where delay < maximumBackoff { delay = delay * 2 }
    let instant = now + min(delay, maximumBackoff)
    add(key, at: instant)
    return instant
  }

  /// Failures in a row of a key.
  package func failureCount(_ key: Key) -> Int { failures[key, default: 0] }

  /// Ends a key's series of failures.
  package mutating func forget(_ key: Key) { failures[key] = nil }

  /// Makes keys ready whose instant has come.
  package mutating func promote(now: Duration) {
    guard delayed.values.contains(where: { $0 <= now }) else { return }
    let due = delayed.filter { $0.value <= now }.sorted { $0.value < $1.value }
    for (key, _) in due {
      delayed[key] = nil
      add(key)
    }
  }

  /// The key that has been ready for longest. The caller works on it and then calls `done`.
  package mutating func take() -> Key? {
    guard head < ready.count else { return nil }
    let key = ready[head]
    head += 1
    if head > 64, head * 2 > ready.count {
      ready.removeFirst(head)
      head = 0
    }
    waiting.remove(key)
    working.insert(key)
    return key
  }

  /// Says that the work on a key that was taken is over.
  package mutating func done(_ key: Key) {
    working.remove(key)
    if again.remove(key) != nil { add(key) }
  }
}
