import RaftCore
import RaftLog

/// A log as one record after another makes it, nothing compacted.
struct LogState {
  var base: SnapshotMetadata
  var entries: [Entry] = []
  var hardState = HardState()

  var lastIndex: LogIndex { entries.last?.index ?? base.index }
  var lastTerm: Term { entries.last?.term ?? base.term }

  func entry(at index: LogIndex) -> Entry? {
    index > base.index && index <= lastIndex ? entries[Int(index - base.index - 1)] : nil
  }

  func term(at index: LogIndex) -> Term? { index == base.index ? base.term : entry(at: index)?.term }

  func membership(at index: LogIndex) -> Membership {
    for entry in entries.reversed() where entry.index <= index && entry.kind == .configuration {
      if let change = try? ConfigurationChange(decoding: entry.payload[...]) { return change.membership }
    }
    return base.membership
  }

  /// What it is after each record of some writes.
  func states(after writes: [LogWrite]) -> [LogState] {
    var (state, states): (LogState, [LogState]) = (self, [])
    for write in writes {
      if let base = write.base {
        state.base = base
        state.entries = []
        states.append(state)
      }
      for entry in write.entries {
        state.entries.removeLast(Int(state.lastIndex + 1 - entry.index))
        state.entries.append(entry)
        states.append(state)
      }
      if let hardState = write.hardState {
        state.hardState = hardState
        states.append(state)
      }
    }
    return states
  }

  /// Whether a start has found these entries; it may have compacted.
  func agrees(with found: RecoveredSegments) -> Bool {
    guard found.base.index >= base.index, (found.entries.last?.index ?? found.base.index) == lastIndex else {
      return false
    }
    // Without a term where entries were replaced across a segment's beginning: see LogRecovery.
    if found.base.term != 0 {
      guard found.base.term == term(at: found.base.index), found.base.membership == membership(at: found.base.index)
      else { return false }
    }
    return found.entries.elementsEqual(entries.suffix(Int(lastIndex - found.base.index)))
  }
}

/// What a start must find and what it may find: what was acknowledged, and what was on its way.
struct Ledger {
  enum Stage: Int { case nobody, established, started }

  /// The first is acknowledged; each further one is a record more that is being written.
  var log: [LogState]
  /// How often it may have been noted that the log's end was lost, besides what the log's states say.
  var notes = 0...0
  var stage = (known: Stage.nobody, next: Stage.nobody)
  var snapshot: (known: SnapshotMetadata?, next: SnapshotMetadata?) = (nil, nil)
  var peers: (known: Set<UInt64>, next: UInt64?) = ([], nil)
  var addresses: (known: AddressBook?, next: AddressBook?) = (nil, nil)
  var isRemoved = (known: false, next: false)

  static let bootstrap = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))

  /// Of an empty disk.
  init() { log = [LogState(base: Self.bootstrap)] }

  /// The body of each snapshot follows from what it is of.
  static func body(of metadata: SnapshotMetadata) -> [UInt8] {
    var random = SeededGenerator(seed: metadata.index << 20 | metadata.term)
    let count = 50 + random.number(below: 4000)
    let pattern = (0..<61).map { _ in UInt8(random.number(below: 256)) }
    return (0..<count).map { pattern[$0 % 61] }
  }

  private func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(CrashFinding) {
    guard condition else { throw CrashFinding(what()) }
  }

  /// Holds what a start has found against it.
  ///
  /// - Returns: the log that was found, as it is now, and as it was before it was noted that its end is lost.
  func check(_ replica: OpenReplica) throws -> (now: LogState, before: LogState) {
    try expect(
      (stage.known.rawValue...stage.next.rawValue).contains(replica.stage.rawValue),
      "the identity is \(replica.stage), and was \(stage.known)")
    try expect(
      replica.known.members.isSuperset(of: peers.known)
        && replica.known.members.subtracting(peers.known).allSatisfy { $0 == peers.next },
      "known members are \(replica.known.members), and were \(peers.known)")
    try expect(
      replica.addresses == addresses.known || replica.addresses != nil && replica.addresses == addresses.next,
      "the addresses are others")
    try expect(
      replica.isRemoved == isRemoved.known || replica.isRemoved == isRemoved.next, "the note of the removal is wrong")
    try checkSnapshots(replica.snapshots)
    let log = try checkLog(replica.recovered)
    for (name, suffix) in [("log", ".log"), ("snapshots", ".snapshot")] {
      let names = try Folder.names("\(replica.folder.path)/\(name)")
      try expect(names.allSatisfy { $0.hasSuffix(suffix) }, "a start has left \(names)")
    }
    return log
  }

  private func checkSnapshots(_ files: SnapshotFiles) throws {
    try expect(files.setAside.isEmpty, "a crash has damaged \(files.setAside)")
    try expect(
      files.newest == snapshot.known || files.newest != nil && files.newest == snapshot.next,
      "the newest snapshot is \(files.newest?.index ?? 0), and was \(snapshot.known?.index ?? 0)")
    guard let newest = files.newest else { return }
    var body: [UInt8] = []
    try files.load(newest) { body += $0 }
    try expect(body == Self.body(of: newest), "the snapshot at \(newest.index) is another one")
  }

  private func checkLog(_ found: RecoveredSegments) throws -> (now: LogState, before: LogState) {
    try expect(
      found.tornTail == nil || log.count > 1 || notes.upperBound > 0,
      "the log's end is torn (\(found.tornTail!)) although nothing was being written")
    for state in log where state.agrees(with: found) {
      var hardState = state.hardState
      for noted in 0...notes.upperBound + 1 {
        if hardState == found.hardState, found.tornTail == nil ? notes.contains(noted) : noted > 0 {
          var result = state
          result.hardState = hardState
          return (result, state)
        }
        hardState.noteLostTail(lastTerm: state.lastTerm)
      }
    }
    let (first, last) = (log[0], log[log.count - 1])
    throw CrashFinding(
      """
      the log is none of those that it may be. Found: entries \(found.base.index + 1) to \
      \(found.entries.last?.index ?? found.base.index) of term \(found.entries.last?.term ?? found.base.term), \
      \(found.hardState), torn: \(found.tornTail.map { "\($0)" } ?? "no"). Acknowledged: to \(first.lastIndex) of term \
      \(first.lastTerm), \(first.hardState); written: to \(last.lastIndex) of term \(last.lastTerm), \
      \(last.hardState); noted \(notes)
      """)
  }
}

/// Something that must not be.
struct CrashFinding: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
