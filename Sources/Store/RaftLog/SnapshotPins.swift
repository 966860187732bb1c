package import RaftCore

/// Which snapshots followers are being sent, so that their files stay although newer ones are made: without that a
/// transfer that takes longer than two snapshots would start again and again.
///
/// A pin ends when its follower has asked for nothing further for a minute: it is done, gone, or its leader is another
/// one. (One that asks for the same piece over and over gets nothing further.) There are two at most besides the newest
/// two files, of those transfers that are furthest: learners do not fill the disk.
package struct SnapshotPins: Sendable {
  private struct Transfer {
    var index: LogIndex
    var offset: UInt64
    var lastProgress: UInt64
  }

  private static let patience: UInt64 = 60_000_000_000
  private static let most = 2
  private var transfers: [MemberID: Transfer] = [:]

  package init() {}

  /// A follower gets the piece at `offset` of the snapshot at `index`.
  ///
  /// - Parameter now: nanoseconds on a clock that does not jump.
  package mutating func served(_ member: MemberID, index: LogIndex, offset: UInt64, at now: UInt64) {
    if let known = transfers[member], known.index == index, known.offset >= offset { return }
    transfers[member] = Transfer(index: index, offset: offset, lastProgress: now)
  }

  /// The indices of the snapshots that are to be kept.
  package mutating func pinned(at now: UInt64) -> Set<LogIndex> {
    transfers = transfers.filter { now < $0.value.lastProgress + Self.patience }
    var indices: Set<LogIndex> = []
    for transfer in transfers.values.sorted(by: { ($0.offset, $1.index) > ($1.offset, $0.index) })
    where indices.count < Self.most {
      indices.insert(transfer.index)
    }
    return indices
  }
}
