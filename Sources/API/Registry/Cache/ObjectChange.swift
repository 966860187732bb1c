import Synchronization

/// One change of one object, shared by the history and every watcher.
final class ObjectChange: Sendable {
  let revision: Int64
  /// After the change; nil: it was deleted.
  let current: StoredObject?
  /// Before the change; nil: it did not exist.
  let previous: StoredObject?
  private let encodings = SharedEncodings()
  private let departed = Mutex<StoredObject?>(nil)

  /// What it keeps alive, roughly: an object, and an encoding of it.
  var size: Int { 2 * ((current ?? previous)?.json.count ?? 0) }

  init(revision: Int64, current: StoredObject?, previous: StoredObject?) {
    self.revision = revision
    self.current = current
    self.previous = previous
  }

  /// What a watcher with this selection sees of the change; nil: nothing.
  ///
  /// An object that comes to match is `added` for it, one that ceases to match is `deleted`, with its last matching
  /// state at the revision of the change.
  func event(for selection: ObjectSelection) -> WatchEvent? {
    let matches = current.map(selection.matches) ?? false
    let matched = previous.map(selection.matches) ?? false
    switch (matched, matches) {
    case (false, false): return nil
    case (false, true): return current.map { WatchEvent(.added, $0, encodings) }
    case (true, true): return current.map { WatchEvent(.modified, $0, encodings) }
    case (true, false): return previous.map { WatchEvent(.deleted, lastState(of: $0), encodings) }
    }
  }

  private func lastState(of previous: StoredObject) -> StoredObject {
    departed.withLock { departed in
      if let departed { return departed }
      let made = previous.at(revision: revision)
      departed = made
      return made
    }
  }
}

/// The latest changes of one resource in order of revision, bounded in number and in bytes.
struct ChangeHistory: Sendable {
  /// Beyond so many bytes old changes are dropped early: a history of large objects must not fill the memory.
  private static let byteLimit = 32 << 20

  /// Changes from `head` on count; those before it have been dropped.
  private var changes: [ObjectChange?] = []
  private var head = 0
  private var bytes = 0
  private let capacity: Int
  /// Every change after this revision is here; those up to it may not be.
  private(set) var floor: Int64

  init(capacity: Int, floor: Int64) {
    self.capacity = max(capacity, 1)
    self.floor = floor
  }

  mutating func append(_ change: ObjectChange) {
    changes.append(change)
    bytes += change.size
    while changes.count - head > capacity || (bytes > Self.byteLimit && changes.count - head > 1) { dropFirst() }
    // Moving what is left costs once what was dropped since the last time.
    if head > capacity {
      changes.removeFirst(head)
      head = 0
    }
  }

  private mutating func dropFirst() {
    if let oldest = changes[head] {
      floor = oldest.revision
      bytes -= oldest.size
    }
    changes[head] = nil
    head += 1
  }

  /// The changes after `revision`; nil when some of them are no longer kept.
  func changes(after revision: Int64) -> [ObjectChange]? {
    guard revision >= floor else { return nil }
    var low = head
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle]?.revision ?? 0 <= revision { low = middle + 1 } else { high = middle }
    }
    return changes[low...].compactMap { $0 }
  }
}
