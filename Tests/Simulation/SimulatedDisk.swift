import RaftCore
import RaftLog

/// A disk with one log segment in the real format. After a crash it keeps what was synced, and some beginning of what
/// was not, cut at any byte. A disk that lies may also lose the last write that it said was synced, terms and votes included
/// (but not one that begins the log anew, which a real one does in a file of its own). Bits flip there and anywhere else.
struct SimulatedDisk {
  /// What stands there cannot be trusted, and the replica does not start.
  struct Refusal: Error {
    var reason: String
  }

  private let bootstrap: SnapshotMetadata
  private let header: SegmentHeader
  private var segment: [UInt8]
  private var encoder: RecordEncoder
  private var lastHardState = HardState()
  /// How many bytes are there once a token is synced.
  private var ends: [(token: WriteToken, end: Int)] = []
  /// Where each of those starts that does not begin the log anew.
  private var starts: [WriteToken: Int] = [:]
  /// Where the last synced one starts, if it does not begin the log anew.
  private var lastSyncedStart: Int?
  /// Where the last synced one starts, whatever it holds.
  private var lastBatchStart: Int
  /// A bit of the log, or of the snapshot, is wrong.
  private(set) var isDamaged = false
  private(set) var isSnapshotDamaged = false
  /// The replica has read it again, and found that.
  private(set) var isSnapshotKnownBad = false
  private var synced: Int
  /// What a start after a power cut finds, unless the disk lies.
  private(set) var syncedHardState: HardState
  private var unsyncedHardStates: [(token: WriteToken, state: HardState)] = []
  private(set) var snapshot: (metadata: SnapshotMetadata, bytes: [UInt8])?
  /// The terms of the entries as written, synced or not, and where they start: for the checker.
  private(set) var shadow = ShadowLog()

  /// - Parameter initial: what it begins with; of a member that rejoins it is not empty.
  init(bootstrap: SnapshotMetadata, member: MemberID, initial: HardState = HardState()) {
    self.bootstrap = bootstrap
    header = SegmentHeader(clusterID: 1, memberID: member, sequence: 1, firstRecord: 1, salt: 0x5a17)
    encoder = RecordEncoder(nextSequence: 1, salt: header.salt)
    encoder.append(.start(base: bootstrap, hardState: initial, isReset: true))
    lastHardState = initial
    syncedHardState = initial
    segment = header.encoded() + encoder.takeBatch()
    synced = segment.count
    lastBatchStart = 0
    shadow.reset(to: bootstrap)
  }

  mutating func write(_ write: LogWrite) {
    if let base = write.base {
      encoder.append(.start(base: base, hardState: lastHardState, isReset: true))
      shadow.reset(to: base)
    }
    for entry in write.entries {
      encoder.append(.entry(entry))
      shadow.append(entry)
    }
    if let hardState = write.hardState {
      encoder.append(.hardState(hardState))
      lastHardState = hardState
      unsyncedHardStates.append((write.token, hardState))
    }
    if write.base == nil { starts[write.token] = segment.count }
    segment += encoder.takeBatch()
    ends.append((write.token, segment.count))
  }

  mutating func sync(through token: WriteToken) {
    while let first = unsyncedHardStates.first, first.token <= token {
      syncedHardState = first.state
      unsyncedHardStates.removeFirst()
    }
    while let first = ends.first, first.token <= token {
      lastBatchStart = synced
      synced = max(synced, first.end)
      lastSyncedStart = starts.removeValue(forKey: first.token)
      ends.removeFirst()
    }
  }

  mutating func save(_ metadata: SnapshotMetadata, _ bytes: [UInt8]) {
    if let snapshot, snapshot.metadata.index >= metadata.index {
      guard isSnapshotKnownBad, snapshot.metadata.index == metadata.index else { return }
    }
    snapshot = (metadata, bytes)
    (isSnapshotDamaged, isSnapshotKnownBad) = (false, false)
  }

  /// A bit of what was synced goes wrong.
  mutating func flipBit(using random: inout SeededGenerator) {
    let end = lastSyncedStart == nil ? max(lastBatchStart, SegmentHeader.size) : synced
    segment[Int.random(in: 0..<end, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    isDamaged = true
  }

  /// A bit of the snapshot goes wrong. Says whether there is one.
  mutating func flipSnapshotBit(using random: inout SeededGenerator) -> Bool {
    guard let bytes = snapshot?.bytes else { return false }
    snapshot?.bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    isSnapshotDamaged = true
    return true
  }

  /// The snapshot is read again. Says whether it can be used.
  mutating func examineSnapshot() -> Bool {
    isSnapshotKnownBad = isSnapshotDamaged
    return !isSnapshotKnownBad
  }

  /// Power is cut. Some of what was not synced survives; where it ends there may be garbage.
  ///
  /// - Parameter isLying: lose the last synced write too, if that can be.
  /// - Returns: whether what was synced was lost.
  mutating func crash(isLying: Bool, using random: inout SeededGenerator) -> Bool {
    defer {
      ends = []
      starts = [:]
      unsyncedHardStates = []
    }
    if isLying, let start = lastSyncedStart {
      segment.removeLast(segment.count - start)
      synced = start
      // It shows: a loss without a trace nobody can notice.
      segment.append(0xff)
      return true
    }
    let end =
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1: synced
      case 2: segment.count
      default: Int.random(in: synced...segment.count, using: &random)
      }
    let isCut = end > synced && end < segment.count
    segment.removeLast(segment.count - end)
    if isCut, Bool.random(using: &random) {
      for _ in 0..<Int.random(in: 1...40, using: &random) { segment.append(UInt8.random(in: 0...255, using: &random)) }
    }
    return false
  }

  /// Reads everything back, and cuts a torn tail off.
  ///
  /// - Parameter keepsTerm: a bug that is switched on, ``Mutation/keepsTermAfterLostTail``.
  /// - Throws: ``Refusal`` where a replica refuses to start.
  mutating func recover(keepsTerm: Bool = false) throws -> RecoveredLog {
    guard (try? SegmentHeader(decoding: Array(segment.prefix(SegmentHeader.size)))) == header else {
      throw Refusal(reason: "the log's header is damaged")
    }
    var hardState = HardState()
    var base = bootstrap
    var entries: [Entry] = []
    let outcome = segment.withUnsafeBytes { bytes in
      SegmentScanner.scan(bytes, header: header) { record in
        switch record {
        case .start(let metadata, let state, _):
          base = metadata
          hardState = state
          entries = []
        case .entry(let entry):
          while let last = entries.last, last.index >= entry.index { entries.removeLast() }
          entries.append(entry)
        case .hardState(let state): hardState = state
        }
      }
    }
    if case .corrupt(let why) = outcome.end { throw Refusal(reason: why) }
    // What fills the last record up to its boundary may be cut off too.
    segment += [UInt8](repeating: 0, count: max(0, outcome.offset - segment.count))
    segment.removeLast(segment.count - outcome.offset)
    synced = segment.count
    encoder = RecordEncoder(nextSequence: outcome.nextSequence, salt: header.salt)
    if outcome.end != .clean {
      // As ``LogStorage`` does: from here on the disk itself says so.
      let term = hardState.term
      hardState.noteLostTail(lastTerm: entries.last?.term ?? base.term)
      if keepsTerm { hardState.term = term }
      encoder.append(.hardState(hardState))
      segment += encoder.takeBatch()
      synced = segment.count
    }
    isDamaged = false
    lastSyncedStart = nil
    lastBatchStart = segment.count
    lastHardState = hardState
    syncedHardState = hardState
    let recovered = RecoveredLog(
      hardState: hardState, logBase: base, entries: entries, newestSnapshot: snapshot?.metadata,
      hasLostTail: outcome.end != .clean)
    shadow.reset(to: recovered.base)
    for entry in recovered.entries { shadow.append(entry) }
    return recovered
  }
}

/// The terms of a log, by index, and its configurations.
struct ShadowLog {
  private(set) var base: LogIndex = 0
  private var terms: [Term] = [0]
  private var configurations: [(index: LogIndex, membership: Membership)] = []

  var lastIndex: LogIndex { base + LogIndex(terms.count) - 1 }

  /// The last one, committed or not: that is in force (§6).
  var membership: Membership? { configurations.last?.membership }

  mutating func reset(to metadata: SnapshotMetadata) {
    base = metadata.index
    terms = [metadata.term]
    configurations = [(metadata.index, metadata.membership)]
  }

  mutating func append(_ entry: Entry) {
    guard entry.index > base, entry.index <= lastIndex + 1 else { return }
    terms.removeLast(Int(lastIndex + 1 - entry.index))
    terms.append(entry.term)
    configurations.removeAll { $0.index >= entry.index }
    if entry.kind == .configuration, let change = try? ConfigurationChange(decoding: entry.payload[...]) {
      configurations.append((entry.index, change.membership))
    }
  }

  func term(at index: LogIndex) -> Term? {
    index >= base && index <= lastIndex ? terms[Int(index - base)] : nil
  }
}
