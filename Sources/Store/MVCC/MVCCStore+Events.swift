/// Events in the order of their revisions; a revision is never split.
package struct EventBatch: Hashable, Sendable {
  package var events: [Event]
  /// Where to go on: every change below it has been looked at.
  package var nextRevision: Int64
}

extension MVCCStore {
  /// The changes from a revision on, whole revisions at a time.
  ///
  /// - Parameters:
  ///   - first: the first revision wanted; one above ``revision`` gives an empty batch.
  ///   - range: the keys wanted.
  ///   - scanLimit: stop after looking at about so many changes, also of other keys: it bounds the time spent.
  ///   - byteLimit: stop after about so many bytes of events.
  /// - Throws: `compacted` when `first` lies below the compaction.
  package func events(
    from first: Int64, in range: KeyRange = .all, excluding kinds: Set<Event.Kind> = [], withPrevious: Bool = false,
    scanLimit: Int = .max, byteLimit: Int = .max
  ) throws(MVCCError) -> EventBatch {
    guard first >= compactRevision else { throw .compacted }
    var batch = EventBatch(events: [], nextRevision: max(first, revision + 1))
    var scanned = 0
    var bytes = 0
    var last: Int64 = 0
    log.forEach(from: mutations.contains(.watchesResumeLate) ? first + 1 : first) { change in
      let main = change.revision.main
      let mayStop = main != last || mutations.contains(.watchesSplitRevisions)
      if mayStop, scanned >= scanLimit || bytes >= byteLimit {
        batch.nextRevision = main == last ? main + 1 : main
        return false
      }
      last = main
      scanned += 1
      guard range.contains(change.key), !kinds.contains(change.isDeletion ? .delete : .put) else { return true }
      bytes += change.size
      batch.events.append(event(for: change, withPrevious: withPrevious))
      return true
    }
    return batch
  }

  /// The event with the key as it was before, where that is still known.
  package func withPrevious(_ event: Event) -> Event {
    var event = event
    let before = event.keyValue.modRevision - (mutations.contains(.previousIsPresent) ? 0 : 1)
    event.previous = keyValue(event.keyValue.key, at: before)
    return event
  }

  private func event(for change: Change, withPrevious wantsPrevious: Bool) -> Event {
    let event = Event(
      kind: change.isDeletion ? .delete : .put,
      keyValue: change.isDeletion
        ? KeyValue(key: change.key, modRevision: change.revision.main) : change.keyValue)
    return wantsPrevious ? withPrevious(event) : event
  }
}
