/// The part of the log that is kept in memory: everything behind `base`, of which the disk has what is up to
/// `stable`.
///
///        base.index            stable          lastIndex
///     ───────┬───┬───┬───┬───┬───┬───┬───┬───┬───┐
///    compacted │ a │ b │ c │ d │ e │ f │ g │ h │ i │
///     ───────┴───┴───┴───┴───┴───┴───┴───┴───┴───┘
struct LogWindow: Sendable {
  /// What stands before the first entry, with the membership as of there.
  private(set) var base: SnapshotMetadata
  private(set) var entries: EntryList
  /// The configuration entries in the window, rising by index. A configuration is in force once it is appended (§6).
  private(set) var changes: [(index: LogIndex, change: ConfigurationChange)]

  init(base: SnapshotMetadata, entries: [Entry]) throws(RecoveredLog.Defect) {
    self.base = base
    self.entries = EntryList(entries)
    changes = []
    var previous = (index: base.index, term: base.term)
    for entry in entries {
      guard entry.index == previous.index + 1 else {
        throw .gap(expected: previous.index + 1, found: entry.index)
      }
      guard entry.term >= previous.term else { throw .termsGoBack(at: entry.index) }
      if entry.kind == .configuration {
        guard let change = try? ConfigurationChange(decoding: entry.payload[...]) else {
          throw .unreadableConfiguration(at: entry.index)
        }
        changes.append((entry.index, change))
      }
      previous = (entry.index, entry.term)
    }
    guard !membership.voters.isEmpty else { throw .noVoters }
  }

  /// One that was recorded, as it was.
  init(base: SnapshotMetadata, entries: [Entry], changes: [(index: LogIndex, change: ConfigurationChange)]) {
    (self.base, self.entries, self.changes) = (base, EntryList(entries), changes)
  }

  var firstIndex: LogIndex { base.index + 1 }
  var lastIndex: LogIndex { base.index + LogIndex(entries.count) }
  var lastTerm: Term { entries.last?.term ?? base.term }

  /// The configuration in force: the last one in the log, committed or not.
  var membership: Membership { changes.last?.change.membership ?? base.membership }

  /// The entry that brought the configuration in force, 0 when it is older than the window.
  var lastChange: (index: LogIndex, change: ConfigurationChange)? { changes.last }

  /// The configuration as of an index in the window.
  func membership(at index: LogIndex) -> Membership {
    changes.last { $0.index <= index }?.change.membership ?? base.membership
  }

  /// Nil outside of the window.
  func term(at index: LogIndex) -> Term? {
    if index == base.index { return base.term }
    guard index > base.index, index <= lastIndex else { return nil }
    return entries[position(of: index)].term
  }

  /// Entries from `index` on, to `through` at most, that together have at most `maximumBytes` of payload, but at
  /// least one if there is one.
  func slice(from index: LogIndex, through: LogIndex, maximumBytes: Int) -> [Entry] {
    let last = min(through, lastIndex)
    guard index > base.index, index <= last else { return [] }
    var bytes = 0
    var end = index
    while end <= last {
      bytes += entries[position(of: end)].payload.count
      if bytes > maximumBytes, end > index { break }
      end += 1
    }
    return Array(entries[position(of: index)..<position(of: end)])
  }

  /// The payload bytes of a range, both ends included.
  func payloadBytes(from index: LogIndex, through last: LogIndex) -> Int {
    guard index > base.index, index <= last, last <= lastIndex else { return 0 }
    return entries[position(of: index)...position(of: last)].reduce(0) { $0 + $1.payload.count }
  }

  /// The highest index at or below `index` whose term is at most `term`, for skipping back over conflicts.
  func lastIndex(atMost index: LogIndex, term: Term) -> LogIndex {
    var candidate = min(index, lastIndex)
    while candidate > base.index, entries[position(of: candidate)].term > term { candidate -= 1 }
    return candidate
  }

  /// Appends one entry behind the last. `change` is given with configuration entries.
  mutating func append(_ entry: Entry, change: ConfigurationChange?) {
    precondition(entry.index == lastIndex + 1, "the log has no gaps")
    entries.append(entry)
    if let change { changes.append((entry.index, change)) }
  }

  /// Removes everything from `index` on. (`keepsChanges` is a bug that tests switch on.)
  mutating func truncate(from index: LogIndex, keepsChanges: Bool = false) {
    precondition(index > base.index, "what a snapshot covers is committed")
    guard index <= lastIndex else { return }
    entries.truncate(to: position(of: index))
    if !keepsChanges { changes.removeAll { $0.index >= index } }
  }

  /// Drops everything up to and with `index`.
  mutating func compact(through index: LogIndex) {
    guard index > base.index, index <= lastIndex, let term = term(at: index) else { return }
    let membership = membership(at: index)
    entries.removeFirst(position(of: index) + 1)
    changes.removeAll { $0.index <= index }
    base = SnapshotMetadata(index: index, term: term, membership: membership)
  }

  /// Starts anew behind a snapshot.
  mutating func reset(to snapshot: SnapshotMetadata) {
    base = snapshot
    entries.removeAll()
    changes = []
  }

  /// Where to cut the log so that at most `count` entries and `bytes` of payload stay before `index`.
  func trailingStart(before index: LogIndex, count: UInt64, bytes: Int) -> LogIndex {
    var cut = min(index, lastIndex)
    var size = 0
    while cut > base.index, index - cut < count {
      size += entries[position(of: cut)].payload.count
      if size > bytes { break }
      cut -= 1
    }
    return cut
  }

  private func position(of index: LogIndex) -> Int { Int(index - base.index - 1) }
}
