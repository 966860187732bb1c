// A compaction is in force at once: reads and watches below it are refused from then on. What only they could see is
// forgotten bit by bit, because to look at a million keys takes seconds, and nothing is applied meanwhile. Whoever
// compares or encodes a store (``hash(at:)``, ``SnapshotEncoder``) passes over what is to be forgotten, so that it does
// not matter how far that has come.

extension MVCCStore {
  /// Below so many changes all is forgotten at once.
  private static let sweepAtOnce = 256

  /// Whether a compaction has left something to ``sweep(limit:)``.
  package var hasSweepLeft: Bool { sweepsFrom != nil }

  mutating func compact(at target: Int64) throws(MVCCError) {
    guard target > compactRevision else { throw .compacted }
    guard target <= revision else { throw .futureRevision }
    // Only keys that changed since the last compaction, or were deleted right at it, have anything to forget.
    let last = Revision(main: compactRevision, sub: 0)
    sweepsFrom = min(sweepsFrom ?? last, last)
    compactRevision = target
    sweep(limit: Self.sweepAtOnce)
  }

  /// Forgets what compactions left, in the order of the changes that made it.
  ///
  /// - Parameter limit: look at about so many changes; some microseconds each.
  package mutating func sweep(limit: Int) {
    guard let first = sweepsFrom else { return }
    var keys: [Bytes] = []
    var next: Revision?
    let target = compactRevision + (mutations.contains(.compactsTooFar) ? 1 : 0)
    log.forEach(from: first) { change in
      guard change.revision.main <= target else { return false }
      guard keys.count < limit else {
        next = change.revision
        return false
      }
      keys.append(change.key)
      return true
    }
    let dropsDeletions = mutations.contains(.compactionsDropDeletions)
    for key in keys where dropsDeletions || tree.history(of: key)?.keeps(from: target) != 0 {
      var freed = 0
      tree.update(key) { history in
        let outcome = history.compact(at: target)
        freed = outcome.freed
        return !outcome.isEmpty && !(dropsDeletions && history.count == 1 && history.latest.isDeletion)
      }
      size -= freed
    }
    sweepsFrom = next
    log.removeChunks(below: next?.main ?? target)
  }
}
