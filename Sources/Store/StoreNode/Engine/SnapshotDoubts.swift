import RaftCore

/// When a snapshot that is being sent is to be looked at again on one's own disk, and when another one is asked for.
///
/// A follower that finds a snapshot damaged throws it away, and begins again with the first piece. So whoever is asked
/// for the first piece a second time may have a file that has gone bad, and would send it in vain until it has made the
/// next one, which on a quiet cluster is never. (It may also have been the network, or a follower that has restarted:
/// reading the file costs little beside sending it.)
struct SnapshotDoubts: Sendable {
  /// In milliseconds.
  private static let patience = 10_000
  private var examined: [LogIndex: MonotonicTime] = [:]
  private var nextRenewal = MonotonicTime(nanoseconds: 0)

  /// Whether the snapshot is to be read through before this piece is sent. Each once in ten seconds at most.
  mutating func mustExamine(for request: SnapshotChunkRequest, at now: MonotonicTime) -> LogIndex? {
    // At the start of a transfer no index is asked for.
    guard request.offset == 0, let index = request.index else { return nil }
    examined = examined.filter { now < $0.value + Self.patience }
    guard examined[index] == nil else { return nil }
    examined[index] = now
    return index
  }

  /// Whether another snapshot is to be asked for now. It may be that none can be written; then again after ten seconds.
  mutating func mayRenew(at now: MonotonicTime) -> Bool {
    guard now >= nextRenewal else { return false }
    nextRenewal = now + Self.patience
    return true
  }
}
