import Glibc
package import RaftCore

/// What the log on disk held at the start.
package struct RecoveredSegments: Sendable {
  package var hardState: HardState
  /// What stands before the first entry.
  package var base: SnapshotMetadata
  package var entries: [Entry]
  /// Where a torn record was cut off the end, and why it was taken for one; nil for a log that ended cleanly. The
  /// hard state then says that the member must catch up, and so does the disk.
  package var tornTail: StorageError?
}

/// The write-ahead log: segments of preallocated files, appended to in batches with one sync each.
///
/// Used by one thread. After an error the object must not be used any more: the replica stops.
package final class LogStorage {
  package struct Configuration: Sendable {
    /// The size at which the next segment is begun. Default 64 MiB. A batch larger than that makes a larger segment.
    package var segmentSize: UInt64 = 64 << 20

    package init() {}
  }

  private struct Segment {
    var path: String
    var sequence: UInt64
    /// What its start record says stands before its entries.
    var base: SnapshotMetadata
    /// What it holds, in bytes, without what is only preallocated; of the last one ``LogStorage/offset`` says it.
    var size: UInt64
  }

  private let folder: String
  private let clusterID: UInt64
  private let memberID: UInt64
  private let configuration: Configuration
  private var segments: [Segment] = []
  private var file: File?
  private var allocated: UInt64 = 0
  private var offset: UInt64 = 0
  private var encoder: RecordEncoder
  private var tail: LogTail

  /// How segments go that are compacted away.
  package var removal = FileRemoval.atOnce
  /// How many syncs there were, and how many bytes were appended: for metrics.
  package private(set) var syncs = 0
  package private(set) var bytesAppended: UInt64 = 0

  package var segmentCount: Int { segments.count }
  /// The bytes that the segments hold, without what is only preallocated.
  package var size: UInt64 { segments.dropLast().reduce(offset) { $0 + $1.size } }

  private init(
    _ folder: String, _ clusterID: UInt64, _ memberID: UInt64, _ configuration: Configuration, tail: LogTail,
    nextSequence: UInt64
  ) {
    self.folder = folder
    self.clusterID = clusterID
    self.memberID = memberID
    self.configuration = configuration
    self.tail = tail
    encoder = RecordEncoder(nextSequence: nextSequence, salt: 0)
  }

  /// Opens the log, or begins one behind `bootstrap` where there is none.
  ///
  /// A torn tail is cut off and reported. Damage anywhere else is an error that says where. What a new log begins
  /// with is on the disk as soon as there is a log at all: `initial` is found by every later start.
  ///
  /// That the tail was lost must outlive a crash at any moment: it is noted in a file before the cut, and the file
  /// goes only when the log itself says that the member must catch up.
  package static func open(
    _ folder: String, clusterID: UInt64, memberID: UInt64, bootstrap: SnapshotMetadata,
    initial: HardState = HardState(), configuration: Configuration = .init()
  ) throws(StorageError) -> (log: LogStorage, recovered: RecoveredSegments) {
    try Folder.make(folder)
    let names = try Folder.names(folder)
    for name in names where name.hasSuffix(".new") { try Folder.remove("\(folder)/\(name)") }
    try FileRemoval.finish(in: folder, names: names)
    // A start that was killed may have left names that are not on the disk yet; from now on they count.
    try Folder.sync(folder)
    var recovery = LogRecovery(clusterID: clusterID, memberID: memberID)
    let files = names.filter { $0.hasSuffix(".log") }
    for (position, name) in files.enumerated() {
      try recovery.read("\(folder)/\(name)", isLast: position == files.count - 1)
    }
    guard let last = recovery.segments.last, let tail = recovery.tail else {
      let log = LogStorage(
        folder, clusterID, memberID, configuration, tail: LogTail(base: bootstrap), nextSequence: 1)
      log.tail.hardState = initial
      try log.beginSegment(isReset: true)
      return (log, RecoveredSegments(hardState: initial, base: bootstrap, entries: []))
    }
    let log = LogStorage(
      folder, clusterID, memberID, configuration, tail: tail, nextSequence: recovery.nextSequence)
    log.segments = recovery.segments.map {
      Segment(path: $0.path, sequence: $0.header.sequence, base: $0.base, size: UInt64($0.end))
    }
    log.encoder.salt = last.header.salt
    let note = "\(folder)/torn-tail"
    var tornTail = recovery.tornTail
    if let tornTail {
      try Folder.replace(note, with: Array("\(tornTail)\n".utf8))
    } else if Folder.exists(note) {
      tornTail = StorageError(.corrupt, file: note, "a torn tail was being cut off when an earlier start ended")
    }
    try log.resume(last.path, at: UInt64(last.end), wasTorn: recovery.tornTail != nil)
    if tornTail != nil {
      try log.noteLostTail()
      try Folder.remove(note)
      try Folder.sync(folder)
    }
    return (
      log,
      RecoveredSegments(
        hardState: log.tail.hardState, base: recovery.base, entries: recovery.entries, tornTail: tornTail)
    )
  }

  /// Puts it on the disk that the member must catch up. (Twice if the first time is cut off too: starts and terms are
  /// plenty.)
  private func noteLostTail() throws(StorageError) {
    tail.hardState.noteLostTail(lastTerm: tail.term)
    encoder.append(.hardState(tail.hardState))
    try flush()
  }

  /// Appends writes in their order, and syncs once. On return all of them are on the disk.
  package func append(_ writes: [LogWrite]) throws(StorageError) {
    for write in writes {
      if let base = write.base {
        try flush()
        tail.reset(to: base)
        try beginSegment(isReset: true)
        try removeSegments(before: segments.count - 1)
      }
      for entry in write.entries {
        encoder.append(.entry(entry))
        tail.append(entry)
      }
      if let state = write.hardState {
        encoder.append(.hardState(state))
        tail.hardState = state
      }
    }
    try flush()
    if offset >= configuration.segmentSize { try beginSegment(isReset: false) }
  }

  /// Removes the segments that hold nothing behind `index`. A snapshot on disk must cover it.
  package func compact(through index: LogIndex) throws(StorageError) {
    guard let needed = segments.lastIndex(where: { $0.base.index <= index }), needed > 0 else { return }
    try removeSegments(before: needed)
  }

  private func flush() throws(StorageError) {
    guard encoder.count > 0, let file else { return }
    let bytes = encoder.takeBatch()
    let end = offset + UInt64(bytes.count)
    if end > allocated {
      allocated = max(end, configuration.segmentSize)
      try file.allocate(allocated)
    }
    try file.write(bytes, at: offset)
    try file.syncData()
    offset = end
    syncs += 1
    bytesAppended += UInt64(bytes.count)
  }

  /// Starts the next segment: under a temporary name until its first record is synced, so that no segment without a
  /// start record is ever found.
  private func beginSegment(isReset: Bool) throws(StorageError) {
    let sequence = (segments.last?.sequence ?? 0) + 1
    let base = tail.position
    let path = "\(folder)/\(hexadecimal(sequence))-\(hexadecimal(base.index + 1)).log"
    let next = try File("\(path).new", flags: O_RDWR | O_CREAT | O_TRUNC)
    try next.allocate(configuration.segmentSize)
    encoder.salt = UInt32(truncatingIfNeeded: (sequence &* 0x9e37_79b9_7f4a_7c15) >> 32) ^ UInt32.random(in: 0...(.max))
    let header = SegmentHeader(
      clusterID: clusterID, memberID: memberID, sequence: sequence, firstRecord: encoder.nextSequence,
      salt: encoder.salt)
    encoder.append(.start(base: base, hardState: tail.hardState, isReset: isReset))
    let bytes = header.encoded() + encoder.takeBatch()
    try next.write(bytes, at: 0)
    try next.sync()
    try Folder.rename(next.path, to: path)
    try Folder.sync(folder)
    if !segments.isEmpty { segments[segments.count - 1].size = offset }
    file = next
    offset = UInt64(bytes.count)
    allocated = max(configuration.segmentSize, offset)
    segments.append(Segment(path: path, sequence: sequence, base: base, size: offset))
  }

  /// Goes on in the last segment; behind a torn tail nothing of it must be left.
  ///
  /// It is synced in any case: what was read may have been written by a process that was killed before its own sync. It
  /// lies in memory then, is taken for written from now on, and would be gone after a power cut.
  private func resume(_ path: String, at end: UInt64, wasTorn: Bool) throws(StorageError) {
    let last = try File(path, flags: O_RDWR)
    if wasTorn { try last.truncate(to: end) }
    try last.allocate(max(configuration.segmentSize, end))
    try last.sync()
    file = last
    offset = end
    allocated = max(configuration.segmentSize, end)
  }

  private func removeSegments(before position: Int) throws(StorageError) {
    guard position > 0 else { return }
    // Oldest first: whatever a crash leaves is a log without a gap.
    try removal.remove(segments[..<position].map(\.path), in: folder)
    segments.removeFirst(position)
  }
}

/// What the writer of a log must know of its end.
struct LogTail: Sendable {
  private(set) var index: LogIndex
  private(set) var term: Term
  /// The configurations that may be in force at the end, by the index that brought them.
  private var configurations: [(index: LogIndex, membership: Membership)]
  var hardState = HardState()

  init(base: SnapshotMetadata) {
    index = base.index
    term = base.term
    configurations = [(base.index, base.membership)]
  }

  /// The end, in the form of what a log can start behind.
  var position: SnapshotMetadata {
    SnapshotMetadata(index: index, term: term, membership: configurations[configurations.count - 1].membership)
  }

  mutating func reset(to base: SnapshotMetadata) {
    let state = hardState
    self = LogTail(base: base)
    hardState = state
  }

  mutating func append(_ entry: Entry) {
    while configurations.count > 1, configurations[configurations.count - 1].index >= entry.index {
      configurations.removeLast()
    }
    index = entry.index
    term = entry.term
    // One that cannot be read is Raft's to judge; here it changes nothing.
    if entry.kind == .configuration, let change = try? ConfigurationChange(decoding: entry.payload[...]) {
      configurations.append((entry.index, change.membership))
    }
  }
}
