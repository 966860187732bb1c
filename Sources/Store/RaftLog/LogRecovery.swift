import Glibc
import RaftCore

/// Reads the segments of a log in their order and joins them.
struct LogRecovery {
  struct ReadSegment {
    var path: String
    var header: SegmentHeader
    var base: SnapshotMetadata
    /// Where its records end, from its beginning.
    var end = 0
  }

  let clusterID: UInt64
  let memberID: UInt64
  private(set) var segments: [ReadSegment] = []
  private(set) var tail: LogTail?
  private(set) var base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: []))
  private(set) var entries: [Entry] = []
  private(set) var nextSequence: UInt64 = 1
  private(set) var tornTail: StorageError?
  /// The log starts with `base`, and not in the middle of a longer one.
  private var beginsAnew = true

  init(clusterID: UInt64, memberID: UInt64) {
    self.clusterID = clusterID
    self.memberID = memberID
  }

  mutating func read(_ path: String, isLast: Bool) throws(StorageError) {
    let file = try File(path, flags: O_RDONLY)
    let result = try file.withContents { contents in
      Result { () throws(StorageError) in try read(contents, of: path, isLast: isLast) }
    }
    try result.get()
  }

  /// - Parameters:
  ///   - contents: the whole segment.
  ///   - path: what errors name.
  mutating func read(_ contents: UnsafeRawBufferPointer, of path: String, isLast: Bool) throws(StorageError) {
    let header = try readHeader(Array(contents.prefix(SegmentHeader.size)), path)
    var defect: String?
    var hasStart = false
    let outcome = SegmentScanner.scan(contents, header: header) { record in
      guard defect == nil else { return }
      if case .start = record {
        if hasStart { defect = "the segment has a second start record" }
        hasStart = true
      } else if !hasStart {
        defect = "the segment does not begin with a start record"
      }
      if defect == nil { defect = take(record, path, header) }
    }
    if let defect { throw StorageError(.corrupt, file: path, defect) }
    guard hasStart else { throw StorageError(.corrupt, file: path, offset: UInt64(outcome.offset), "no start record") }
    switch outcome.end {
    case .clean: break
    case .torn(let why) where isLast:
      tornTail = StorageError(.corrupt, file: path, offset: UInt64(outcome.offset), why)
    case .torn(let why):
      throw StorageError(
        .corrupt, file: path, offset: UInt64(outcome.offset), "\(why), and this is not the last segment")
    case .corrupt(let why): throw StorageError(.corrupt, file: path, offset: UInt64(outcome.offset), why)
    }
    nextSequence = outcome.nextSequence
    segments[segments.count - 1].end = outcome.offset
  }

  private func readHeader(_ bytes: [UInt8], _ path: String) throws(StorageError) -> SegmentHeader {
    let header: SegmentHeader
    do throws(SegmentDefect) {
      header = try SegmentHeader(decoding: bytes)
    } catch {
      switch error {
      case .header(let why): throw StorageError(.corrupt, file: path, offset: 0, why)
      case .version(let version):
        throw StorageError(
          .foreign, file: path, offset: 8,
          "format version \(version), this program knows \(SegmentHeader.formatVersion)")
      }
    }
    guard header.clusterID == clusterID, header.memberID == memberID else {
      throw StorageError(
        .foreign, file: path, offset: 16,
        """
        written by member \(hexadecimal(header.memberID)) of cluster \(hexadecimal(header.clusterID)), \
        this is \(hexadecimal(memberID)) of \(hexadecimal(clusterID))
        """)
    }
    if let previous = segments.last {
      guard previous.header.sequence < .max, header.sequence == previous.header.sequence + 1 else {
        throw StorageError(
          .corrupt, file: path, offset: 32,
          "segment \(header.sequence) follows segment \(previous.header.sequence): one between them is missing")
      }
      guard header.firstRecord == nextSequence else {
        throw StorageError(
          .corrupt, file: path, offset: 40,
          "begins with record \(header.firstRecord), but the segment before ends before record \(nextSequence)")
      }
    }
    return header
  }

  /// - Returns: what is wrong with it.
  private mutating func take(_ record: LogRecord, _ path: String, _ header: SegmentHeader) -> String? {
    switch record {
    case .start(let base, let hardState, let isReset):
      segments.append(ReadSegment(path: path, header: header, base: base))
      if isReset || tail == nil {
        self.base = base
        beginsAnew = isReset
        entries = []
        tail = LogTail(base: base)
      } else if tail?.index != base.index || tail?.term != base.term {
        return "the segment begins behind entry \(base.index), but the log before it ends with \(tail?.index ?? 0)"
      }
      tail?.hardState = hardState
    case .hardState(let state): tail?.hardState = state
    case .entry(let entry):
      let end = tail?.index ?? 0
      guard entry.index > 0, entry.index - 1 <= end, entry.index > base.index || !beginsAnew else {
        return "entry \(entry.index) follows entry \(end)"
      }
      if entry.index <= base.index {
        // The segment was begun behind entries that a new leader then replaced, and those before it are gone: all
        // this was compacted, so a snapshot covers it and nobody asks for the term.
        base = SnapshotMetadata(index: entry.index - 1, term: 0, membership: base.membership)
        entries = []
      }
      entries.removeLast(entries.count - Int(entry.index - base.index - 1))
      entries.append(entry)
      tail?.append(entry)
    }
    return nil
  }
}

extension RecoveredSegments {
  /// What the segments of one log say, in their order, as ``LogStorage`` would find it; nothing is written.
  ///
  /// - Parameter segments: whole files.
  package init(reading segments: [[UInt8]], clusterID: UInt64, memberID: UInt64) throws(StorageError) {
    var recovery = LogRecovery(clusterID: clusterID, memberID: memberID)
    for (position, bytes) in segments.enumerated() {
      let result = bytes.withUnsafeBytes { contents in
        Result { () throws(StorageError) in
          try recovery.read(contents, of: "segment \(position)", isLast: position == segments.count - 1)
        }
      }
      try result.get()
    }
    self.init(
      hardState: recovery.tail?.hardState ?? HardState(), base: recovery.base, entries: recovery.entries,
      tornTail: recovery.tornTail)
  }
}
