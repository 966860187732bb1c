/// What a leader knows about one follower (or itself), and how it feeds it.
struct Progress: Sendable {
  enum State: Hashable, Sendable {
    /// Where the logs agree is not known: one append, then wait for the answer.
    case probe(isWaiting: Bool)
    /// Appends follow each other without waiting, as many as the window holds.
    case replicate
    /// The follower needs entries that are compacted: it gets a snapshot.
    case snapshot(SnapshotTransfer)
  }

  /// The highest index known to be on the follower's disk.
  var match: LogIndex = 0
  /// The next entry to send.
  var next: LogIndex
  var state = State.probe(isWaiting: false)
  /// The commit index that the follower was last told.
  var sentCommit: LogIndex = 0
  /// Heard from since the leader last checked its quorum.
  var isRecentlyActive = false
  /// Ticks since it was last heard from in this term; nil before the first time.
  var quietTicks: Int?
  /// The latest heartbeat round that it answered in this term.
  var confirmedRound: UInt64 = 0
  var inflight = InflightWindow()
  /// `match` when it last answered a heartbeat: if that does not move, appends may be lost.
  var matchAtLastAnswer: LogIndex = 0
  /// The size of the last snapshot that it was sent in this term, in bytes; 0 for none.
  var snapshotSize: UInt64 = 0

  init(next: LogIndex) { self.next = next }

  mutating func becomeProbe(next: LogIndex) {
    self.next = max(next, match + 1)
    state = .probe(isWaiting: false)
    inflight.removeAll()
  }

  mutating func becomeReplicate() {
    next = max(next, match + 1)
    state = .replicate
    inflight.removeAll()
  }

  /// A message of this term came from it.
  mutating func heard() {
    isRecentlyActive = true
    quietTicks = 0
  }

  /// Takes an acknowledgement up to `index`. Says whether that was news.
  mutating func acknowledge(_ index: LogIndex) -> Bool {
    inflight.acknowledge(through: index)
    guard index > match else { return false }
    match = index
    next = max(next, index + 1)
    return true
  }
}

/// How far a snapshot has got to a follower.
struct SnapshotTransfer: Hashable, Sendable {
  /// Which snapshot, nil until its first piece was read.
  var metadata: SnapshotMetadata?
  var totalSize: UInt64 = 0
  var offset: UInt64 = 0
  /// A piece is being read from the disk.
  var isReading = true
  /// Ticks since anything moved.
  var idleTicks = 0
  /// Ticks since the follower had stored more than before.
  var stalledTicks = 0
}

/// The appends that are on their way to a follower, in order, with the last index and the payload bytes of each.
struct InflightWindow: Sendable {
  private(set) var appends: [(last: LogIndex, bytes: Int)] = []
  private(set) var head = 0
  private(set) var bytes = 0

  var count: Int { appends.count - head }

  mutating func add(last: LogIndex, bytes size: Int) {
    appends.append((last, size))
    bytes += size
  }

  mutating func acknowledge(through index: LogIndex) {
    while head < appends.count, appends[head].last <= index {
      bytes -= appends[head].bytes
      head += 1
    }
    if head == appends.count {
      appends.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 64, head * 2 > appends.count {
      appends.removeSubrange(0..<head)
      head = 0
    }
  }

  mutating func removeAll() {
    appends.removeAll(keepingCapacity: true)
    head = 0
    bytes = 0
  }
}
