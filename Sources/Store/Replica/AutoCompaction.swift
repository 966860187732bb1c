/// When to compact by itself, as etcd's `--auto-compaction-mode` and `--auto-compaction-retention`.
package enum AutoCompactionPolicy: Hashable, Sendable {
  /// Keep the history of so many milliseconds.
  case periodic(milliseconds: Int64)
  /// Keep so many revisions, looked at every five minutes.
  case revision(count: Int64)
}

/// Decides when to compact, and where.
///
/// Every replica notes the revisions as time passes; only the leader acts. So a new leader knows how old each revision
/// is (unless it has only just started), and a hand-over neither skips a compaction nor makes it early.
struct AutoCompaction: Sendable {
  /// How many notes are taken in a span: etcd's.
  private static let notesPerSpan: Int64 = 10
  private static let longestSpan: Int64 = 3_600_000
  /// How often the number of revisions is looked at: etcd's.
  static let revisionInterval: Int64 = 300_000

  private let policy: AutoCompactionPolicy
  private let tickMilliseconds: Int64
  private var elapsed: Int64 = 0
  /// The revisions at the times of the last notes, the newest last.
  private var notes: [Int64] = []
  private var sinceCompaction: Int64 = 0

  init(_ policy: AutoCompactionPolicy, tickMilliseconds: Int) {
    self.policy = policy
    self.tickMilliseconds = Int64(max(1, tickMilliseconds))
  }

  /// How often a compaction is due, in milliseconds: the retention, but every hour at least (etcd's rule).
  private var span: Int64 {
    switch policy {
    case .periodic(let retention): min(max(retention, 1), Self.longestSpan)
    case .revision: Self.revisionInterval
    }
  }

  /// How often a note is taken.
  private var interval: Int64 {
    switch policy {
    case .periodic: max(span / Self.notesPerSpan, tickMilliseconds)
    case .revision: span
    }
  }

  /// A tick has passed.
  ///
  /// - Returns: the revision to compact at, when the leader should now.
  mutating func tick(isLeader: Bool, revision: Int64, compactRevision: Int64) -> Int64? {
    elapsed += tickMilliseconds
    sinceCompaction += tickMilliseconds
    guard elapsed >= interval else { return nil }
    elapsed = 0
    guard let target = due(revision), isLeader, target > compactRevision else { return nil }
    return target
  }

  private mutating func due(_ revision: Int64) -> Int64? {
    switch policy {
    case .revision(let count):
      let target = revision - max(count, 1)
      return target > 0 ? target : nil
    case .periodic(let retention):
      notes.append(revision)
      // The note that is one retention old, and no more than that are kept.
      let age = Int(max(retention / interval, 1))
      if notes.count > age + 1 { notes.removeFirst(notes.count - age - 1) }
      guard notes.count == age + 1, sinceCompaction >= span else { return nil }
      sinceCompaction = 0
      return notes[0]
    }
  }
}
