package import MVCC

/// A set of keys as intervals that neither touch nor overlap, in order: the union of ranges.
///
/// Two ranges that meet cover what lies across them: permissions on [a, m) and [m, z) cover [a, z).
package struct KeyIntervals: Hashable, Sendable {
  private struct Interval: Hashable, Sendable {
    var start: Bytes
    /// The first key behind it; nil when there is none.
    var end: Bytes?

    /// Nil when it holds no key. A single key is followed by itself with a zero byte: nothing lies between the two.
    init?(_ range: KeyRange) {
      start = range.key
      if range.isSingleKey {
        end = range.key + [0]
      } else if range.isUnbounded {
        end = nil
      } else {
        guard range.key.precedes(range.end) else { return nil }
        end = range.end
      }
    }

    /// Whether it reaches up to `key` without a gap.
    func reaches(_ key: Bytes) -> Bool { end.map { !$0.precedes(key) } ?? true }

    func contains(_ other: Interval) -> Bool {
      guard !other.start.precedes(start) else { return false }
      guard let end else { return true }
      return other.end.map { !end.precedes($0) } ?? false
    }
  }

  private var intervals: [Interval] = []

  package init() {}

  /// The union of ranges. One whose end does not come after its start holds nothing.
  package init(_ ranges: some Sequence<KeyRange>) {
    for interval in ranges.compactMap({ Interval($0) }).sorted(by: { $0.start.precedes($1.start) }) {
      if let last = intervals.last, last.reaches(interval.start) {
        guard let lastEnd = last.end else { continue }
        if let end = interval.end, !lastEnd.precedes(end) { continue }
        intervals[intervals.count - 1].end = interval.end
      } else {
        intervals.append(interval)
      }
    }
  }

  /// Whether every key of a range is in the set. A range that holds no key is not covered: nothing was asked for that
  /// could be permitted.
  package func covers(_ range: KeyRange) -> Bool {
    guard let wanted = Interval(range) else { return false }
    // The last one that does not start behind it.
    var (low, high) = (0, intervals.count)
    while low < high {
      let middle = (low + high) / 2
      if wanted.start.precedes(intervals[middle].start) { high = middle } else { low = middle + 1 }
    }
    return low > 0 && intervals[low - 1].contains(wanted)
  }
}
