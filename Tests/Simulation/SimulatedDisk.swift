import RaftCore

/// A disk that keeps what was synced, and after a crash some beginning of what was not.
struct SimulatedDisk {
  enum Record {
    case base(SnapshotMetadata)
    case entry(Entry)
    case hardState(HardState)
  }

  private let bootstrap: SnapshotMetadata
  private var records: [Record] = []
  /// How many records are there once a token is synced.
  private var ends: [(token: WriteToken, end: Int)] = []
  private var synced = 0
  private(set) var snapshot: (metadata: SnapshotMetadata, bytes: [UInt8])?
  /// The terms of the entries as written, synced or not, and where they start: for the checker.
  private(set) var shadow = ShadowLog()

  init(bootstrap: SnapshotMetadata) {
    self.bootstrap = bootstrap
    shadow.reset(to: bootstrap)
  }

  mutating func write(_ write: LogWrite) {
    if let base = write.base {
      records.append(.base(base))
      shadow.reset(to: base)
    }
    for entry in write.entries {
      records.append(.entry(entry))
      shadow.append(entry)
    }
    if let hardState = write.hardState { records.append(.hardState(hardState)) }
    ends.append((write.token, records.count))
  }

  mutating func sync(through token: WriteToken) {
    while let first = ends.first, first.token <= token {
      synced = max(synced, first.end)
      ends.removeFirst()
    }
  }

  mutating func save(_ metadata: SnapshotMetadata, _ bytes: [UInt8]) {
    if let snapshot, snapshot.metadata.index >= metadata.index { return }
    snapshot = (metadata, bytes)
  }

  /// Power is cut. Some of what was not synced survives. Says whether the rest left a torn record behind.
  mutating func crash(using random: inout SeededGenerator) -> Bool {
    let unsynced = records.count - synced
    let kept = unsynced == 0 ? 0 : Int.random(in: 0...unsynced, using: &random)
    let isTorn = kept < unsynced && Bool.random(using: &random)
    records.removeLast(unsynced - kept)
    ends = []
    synced = records.count
    return isTorn
  }

  /// The end of what was synced is lost all the same: a disk that lied.
  mutating func loseTail(_ count: Int) {
    records.removeLast(min(count, max(0, records.count - 1)))
    synced = records.count
  }

  mutating func recover(hasLostTail: Bool) -> RecoveredLog {
    var hardState = HardState()
    var base = bootstrap
    var entries: [Entry] = []
    for record in records {
      switch record {
      case .base(let metadata):
        base = metadata
        entries = []
      case .entry(let entry):
        while let last = entries.last, last.index >= entry.index { entries.removeLast() }
        entries.append(entry)
      case .hardState(let state): hardState = state
      }
    }
    let recovered = RecoveredLog(
      hardState: hardState, logBase: base, entries: entries, newestSnapshot: snapshot?.metadata,
      hasLostTail: hasLostTail)
    shadow.reset(to: recovered.base)
    for entry in recovered.entries { shadow.append(entry) }
    return recovered
  }
}

/// The terms of a log, by index.
struct ShadowLog {
  private(set) var base: LogIndex = 0
  private var terms: [Term] = [0]

  var lastIndex: LogIndex { base + LogIndex(terms.count) - 1 }

  mutating func reset(to metadata: SnapshotMetadata) {
    base = metadata.index
    terms = [metadata.term]
  }

  mutating func append(_ entry: Entry) {
    guard entry.index > base, entry.index <= lastIndex + 1 else { return }
    terms.removeLast(Int(lastIndex + 1 - entry.index))
    terms.append(entry.term)
  }

  func term(at index: LogIndex) -> Term? {
    index >= base && index <= lastIndex ? terms[Int(index - base)] : nil
  }
}
