/// One change, as a watch reported it or as the store's history has it.
package struct WatchedEvent<Key: Hashable & Sendable, Value: Hashable & Sendable>: Hashable, Sendable {
  package var revision: Int64
  package var key: Key
  /// Nil for a deletion.
  package var value: Value?
  /// The value before, where it was asked for and is known.
  package var previous: Value?

  package init(revision: Int64, key: Key, value: Value?, previous: Value? = nil) {
    self.revision = revision
    self.key = key
    self.value = value
    self.previous = previous
  }
}

/// What one watch was told from its first revision on, over all replicas that it was resumed on.
///
/// etcd's guarantees: in order, each change once, none left out, a revision never in parts, and resumable from the
/// revision behind the last one seen.
package struct WatchTranscript<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable {
  package typealias Event = WatchedEvent<Key, Value>

  /// The first revision that the watch is to report.
  package let start: Int64
  package private(set) var events: [Event] = []
  /// Everything below has been reported.
  package private(set) var next: Int64

  package init(from start: Int64) {
    self.start = start
    next = start
  }

  /// The watch was told of these, whole revisions.
  ///
  /// - Parameter next: where it would be resumed.
  /// - Returns: what is wrong; nil when nothing is.
  package mutating func receive(_ received: [Event], next: Int64) -> String? {
    var last = self.next - 1
    for (position, event) in received.enumerated() {
      if position == 0 ? event.revision <= last : event.revision < last {
        return "a watch that is at revision \(self.next) was told of \(event.revision) behind \(last)"
      }
      last = event.revision
    }
    guard next > last else { return "a watch was told of revision \(last), and is to be resumed at \(next)" }
    guard next >= self.next else { return "a watch goes back from revision \(self.next) to \(next)" }
    events += received
    self.next = next
    return nil
  }

  /// Holds it against the changes as they were, from `start` up to where the watch has come.
  ///
  /// - Parameters:
  ///   - changes: of one revision, in their order.
  ///   - isWanted: what the watch asked for.
  /// - Returns: what is wrong; nil when nothing is.
  package func violation(
    against changes: (_ revision: Int64) -> [Event], where isWanted: (Event) -> Bool = { _ in true }
  ) -> String? {
    var position = 0
    for revision in start..<max(start, next) {
      for expected in changes(revision) where isWanted(expected) {
        guard position < events.count else { return "a watch was not told of revision \(revision): \(expected)" }
        let told = events[position]
        guard told.revision == expected.revision, told.key == expected.key, told.value == expected.value else {
          return "a watch was told \(told) where \(expected) was due"
        }
        if let previous = told.previous, previous != expected.previous {
          return "a watch was told that \(previous) was there before \(expected)"
        }
        position += 1
      }
    }
    guard position == events.count else { return "a watch was told of what did not happen: \(events[position])" }
    return nil
  }
}
