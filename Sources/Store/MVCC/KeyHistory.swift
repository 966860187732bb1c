/// One change of one key: a version of it, or its deletion. Immutable, and shared by the key's history, the log of
/// changes and every snapshot that still needs it.
final class Change: Sendable {
  let key: Bytes
  let value: Bytes
  let revision: Revision
  let createRevision: Int64
  let version: Int64
  let lease: LeaseID
  let isDeletion: Bool

  /// A write.
  init(key: Bytes, value: Bytes, revision: Revision, createRevision: Int64, version: Int64, lease: LeaseID) {
    self.key = key
    self.value = value
    self.revision = revision
    self.createRevision = createRevision
    self.version = version
    self.lease = lease
    isDeletion = false
  }

  /// A deletion.
  init(deletionOf key: Bytes, revision: Revision) {
    self.key = key
    self.revision = revision
    value = []
    createRevision = 0
    version = 0
    lease = 0
    isDeletion = true
  }

  var keyValue: KeyValue {
    KeyValue(
      key: key, value: value, createRevision: createRevision, modRevision: revision.main, version: version,
      lease: lease)
  }

  /// What it counts for in the store's size: its bytes, and about what the objects round them take.
  var size: Int { key.count + value.count + 160 }
}

/// The chain of a key's changes that are not compacted, oldest first. Most keys have exactly one, which is held
/// without an array.
struct KeyHistory: Sendable {
  private(set) var latest: Change
  private(set) var older: [Change] = []

  init(_ change: Change) { latest = change }

  var count: Int { older.count + 1 }

  subscript(index: Int) -> Change { index == older.count ? latest : older[index] }

  mutating func append(_ change: Change) {
    older.append(latest)
    latest = change
  }

  /// The version in force at a revision; nil when the key did not exist then.
  func version(at revision: Int64) -> Change? {
    guard let change = change(at: revision), !change.isDeletion else { return nil }
    return change
  }

  private func change(at revision: Int64) -> Change? {
    if latest.revision.main <= revision { return latest }
    let index = firstIndex(after: revision)
    return index == 0 ? nil : older[index - 1]
  }

  /// The number of the first change behind a revision; ``count`` when there is none.
  private func firstIndex(after revision: Int64) -> Int {
    if latest.revision.main <= revision { return count }
    var low = 0
    var high = older.count
    while low < high {
      let middle = (low + high) / 2
      if older[middle].revision.main <= revision { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The number of the first change that a compaction at `revision` keeps; ``count`` when it keeps none.
  func keeps(from revision: Int64) -> Int {
    var keep = max(firstIndex(after: revision) - 1, 0)
    let first = self[keep]
    if first.isDeletion, first.revision.main < revision { keep += 1 }
    return keep
  }

  /// Forgets what no read at `revision` or later can see. A deletion exactly at `revision` stays for the watches
  /// that start there.
  ///
  /// - Returns: the bytes set free, and whether nothing is left of the key.
  mutating func compact(at revision: Int64) -> (freed: Int, isEmpty: Bool) {
    let keep = keeps(from: revision)
    guard keep > 0 else { return (0, false) }
    var freed = 0
    for index in 0..<keep { freed += self[index].size }
    if keep == count { return (freed, true) }
    older.removeFirst(keep)
    if older.isEmpty { older = [] }
    return (freed, false)
  }
}
