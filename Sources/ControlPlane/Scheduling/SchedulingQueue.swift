package import ClusterClient

/// Whose turn it is to be placed. Pure: `now` counts from any fixed origin.
///
/// ```
///   add ─▶ active ──take──▶ (being placed) ──placed──▶ gone
///            ▲                   │ failed: nothing has changed meanwhile
///            │ back-off over     ▼
///         backing off ◀──wake── unschedulable ── after `patience` ─▶ active
/// ```
/// Higher priorities go first, and among equals who came first. A pod that fits nowhere waits for something to change,
/// and then out its back-off, which doubles with its attempts.
package struct SchedulingQueue: Sendable {
  package struct Entry: Sendable, Equatable {
    package var key: ObjectKey
    package var uid: String
    package var priority: Int32
    /// Failed attempts.
    package var attempts: Int
    /// What has changed up to the attempt that is under way.
    fileprivate var seenChange: UInt64
    fileprivate var order: UInt64
  }

  private enum Place: Equatable { case active, backingOff(until: Duration), unschedulable(since: Duration), taken }

  package let initialBackoff: Duration
  package let maximumBackoff: Duration
  /// How long a pod is left alone when nothing changes.
  package let patience: Duration

  private var entries: [String: Entry] = [:]
  private var places: [String: Place] = [:]
  /// The active ones by priority, in order; may name some that are elsewhere by now.
  private var active: [Int32: ArraySlice<(uid: String, order: UInt64)>] = [:]
  private var waiting: Set<String> = []
  private var change: UInt64 = 0
  private var nextOrder: UInt64 = 0

  package init(
    initialBackoff: Duration = .seconds(1), maximumBackoff: Duration = .seconds(10), patience: Duration = .seconds(60)
  ) {
    self.initialBackoff = initialBackoff
    self.maximumBackoff = maximumBackoff
    self.patience = patience
  }

  package var count: Int { entries.count }

  /// Adds a pod, or takes its new state: one that waits because it fitted nowhere gets another chance.
  package mutating func add(_ key: ObjectKey, uid: String, priority: Int32, changed: Bool, now: Duration) {
    if var entry = entries[uid] {
      let moved = entry.priority != priority
      entry.priority = priority
      entries[uid] = entry
      switch places[uid] {
      case .active: if moved { activate(uid) }
      case .unschedulable: if changed { wake(uid, now: now) }
      default: break
      }
      return
    }
    entries[uid] = Entry(key: key, uid: uid, priority: priority, attempts: 0, seenChange: change, order: 0)
    activate(uid)
  }

  package mutating func remove(_ uid: String) {
    entries[uid] = nil
    places[uid] = nil
    waiting.remove(uid)
  }

  /// The next pod to place. It stays the queue's until `placed` or `failed` is called for it, or it is removed.
  package mutating func take(now: Duration) -> Entry? {
    promote(now: now)
    while let priority = active.keys.max(), var queue = active[priority] {
      active[priority] = nil
      var found: Entry?
      while found == nil, let (uid, order) = queue.popFirst() {
        if places[uid] == .active, let entry = entries[uid], entry.order == order { found = entry }
      }
      if !queue.isEmpty { active[priority] = queue }
      if var entry = found {
        entry.seenChange = change
        entries[entry.uid] = entry
        places[entry.uid] = .taken
        return entry
      }
    }
    return nil
  }

  /// Takes a certain pod, which is active, out of turn: to say at once that it failed.
  package mutating func hold(_ uid: String) -> Bool {
    guard places[uid] == .active else { return false }
    places[uid] = .taken
    return true
  }

  /// The pod has its node.
  package mutating func placed(_ uid: String) { remove(uid) }

  /// The pod fits nowhere (`waits`), or something else went wrong, so that it is tried again after its back-off.
  package mutating func failed(_ uid: String, waits: Bool, now: Duration) {
    guard var entry = entries[uid], places[uid] == .taken else { return }
    let missed = entry.seenChange != change
    entry.attempts += 1
    entries[uid] = entry
    if waits, !missed {
      places[uid] = .unschedulable(since: now)
    } else {
      places[uid] = .backingOff(until: now + backoff(entry))
    }
    waiting.insert(uid)
  }

  /// Something has changed that may let pods fit.
  package mutating func wakeAll(now: Duration) {
    change += 1
    for uid in waiting {
      if case .unschedulable = places[uid] { wake(uid, now: now) }
    }
  }

  /// When `take` should be tried next although nothing was added; `nil`: no need.
  package var nextDeadline: Duration? {
    waiting.compactMap { uid in
      switch places[uid] {
      case .backingOff(let until): until
      case .unschedulable(let since): since + patience
      default: nil
      }
    }.min()
  }

  private mutating func wake(_ uid: String, now: Duration) {
    guard let entry = entries[uid], case .unschedulable(let since) = places[uid] else { return }
    // The back-off counts from the failure: who has waited long enough goes at once.
    let until = since + backoff(entry)
    if until <= now {
      activate(uid)
    } else {
      places[uid] = .backingOff(until: until)
    }
  }

  private mutating func promote(now: Duration) {
    var due: [Entry] = []
    for uid in waiting {
      switch places[uid] {
      case .backingOff(let until) where until <= now: entries[uid].map { due.append($0) }
      case .unschedulable(let since) where since + patience <= now: entries[uid].map { due.append($0) }
      default: break
      }
    }
    for entry in due.sorted(by: { $0.order < $1.order }) { activate(entry.uid) }
  }

  private mutating func activate(_ uid: String) {
    guard var entry = entries[uid] else { return }
    nextOrder += 1
    entry.order = nextOrder
    entries[uid] = entry
    places[uid] = .active
    waiting.remove(uid)
    active[entry.priority, default: []].append((uid, nextOrder))
  }

  private func backoff(_ entry: Entry) -> Duration {
    var delay = initialBackoff
    for _ in 1..<max(1, entry.attempts) where delay < maximumBackoff { delay = delay * 2 }
    return min(delay, maximumBackoff)
  }
}
