package import Histories

/// One change of a key, as a watch with previous values tells it.
package struct Change: Hashable, Sendable {
  package var revision: Int64
  package var key: String
  /// Nil for a deletion.
  package var value: String?
  package var version: Int64
  package var createRevision: Int64
  package var lease: Int64
  /// The key before, where it was there and is not compacted.
  package var previous: String?

  package init(
    revision: Int64, key: String, value: String?, version: Int64 = 0, createRevision: Int64 = 0, lease: Int64 = 0,
    previous: String? = nil
  ) {
    self.revision = revision
    self.key = key
    self.value = value
    self.version = version
    self.createRevision = createRevision
    self.lease = lease
    self.previous = previous
  }

  package var event: WatchedEvent<String, String> {
    WatchedEvent(revision: revision, key: key, value: value, previous: previous)
  }

  fileprivate func agrees(with other: Change) -> Bool {
    key == other.key && value == other.value && version == other.version && createRevision == other.createRevision
      && lease == other.lease
  }
}

/// What has happened to the store, put together from what watches told, on all replicas: they must tell the same.
package struct ChangeLog: Sendable {
  private var byRevision: [Int64: [Change]] = [:]
  private var told: [Range<Int64>] = []

  package init() {}

  /// A watch told of these: all changes from `range.lowerBound` up to, not including, `range.upperBound`.
  ///
  /// - Returns: what contradicts others; nil when nothing does.
  package mutating func add(_ changes: [Change], of range: Range<Int64>, by witness: String) -> String? {
    guard !range.isEmpty else { return nil }
    told.append(range)
    for (revision, changes) in Dictionary(grouping: changes, by: \.revision) {
      guard let known = byRevision[revision] else {
        byRevision[revision] = changes
        continue
      }
      let isSame = known.count == changes.count && zip(known, changes).allSatisfy { $0.agrees(with: $1) }
      guard isSame else {
        return "\(witness) was told of revision \(revision) as \(changes), where others were told \(known)"
      }
    }
    return nil
  }

  package func changes(at revision: Int64) -> [Change] { byRevision[revision] ?? [] }

  /// The first revision from which on everything up to `end` was told by somebody.
  package func covered(upTo end: Int64) -> Int64 {
    var start = end + 1
    for range in told.sorted(by: { $0.upperBound > $1.upperBound }) where range.upperBound >= start {
      start = min(start, range.lowerBound)
    }
    return start
  }
}

/// A key as it is at the end, on one replica.
package struct FinalKey: Hashable, Sendable {
  package var key: String
  package var value: String
  package var modRevision: Int64
  package var createRevision: Int64
  package var version: Int64
  package var lease: Int64

  package init(
    key: String, value: String, modRevision: Int64, createRevision: Int64, version: Int64, lease: Int64
  ) {
    self.key = key
    self.value = value
    self.modRevision = modRevision
    self.createRevision = createRevision
    self.version = version
    self.lease = lease
  }
}
