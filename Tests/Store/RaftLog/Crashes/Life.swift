import RaftCore
import RaftLog
import Synchronization

/// One life of a replica as its files see it: a start, then what consensus and snapshots have them do, by chance.
struct Life {
  private let replica: OpenReplica
  private let recorder: FileRecorder
  private let removed = RemovedFiles()
  private var random: SeededGenerator
  private(set) var ledger: Ledger
  private var token: WriteToken = 0

  /// What was renamed and is still to be taken away, for another thread in a store.
  private final class RemovedFiles: Sendable {
    let paths = Mutex<[String]>([])
  }

  /// - Parameters:
  ///   - ledger: what a start has found.
  init(_ replica: OpenReplica, _ ledger: Ledger, _ recorder: FileRecorder, seed: UInt64) throws {
    self.replica = replica
    self.ledger = ledger
    self.recorder = recorder
    random = SeededGenerator(seed: seed)
    let removal: FileRemoval
    switch random.number(below: 3) {
    case 0: removal = .atOnce
    case 1: removal = .later { path in try? FileRemoval.removeInParts(path, partSize: 700) {} }
    default: removal = .later { [removed] path in removed.paths.withLock { $0.append(path) } }
    }
    replica.log.removal = removal
    replica.snapshots.removal = removal
    // The start itself, as ``Raft`` writes it.
    var hardState = state.hardState
    hardState.starts += 1
    if state.lastTerm > hardState.term { (hardState.term, hardState.votedFor) = (state.lastTerm, nil) }
    try append([write(base: replica.start.mustRebase ? replica.start.base : nil, hardState: hardState)])
  }

  private var state: LogState { ledger.log[0] }

  private mutating func note(_ change: (inout Ledger) -> Void) {
    change(&ledger)
    recorder.mark(ledger)
  }

  mutating func step() throws {
    switch random.number(below: 100) {
    case 0..<48: try appendEntries()
    case 48..<58: try vote()
    case 58..<70: try saveSnapshot()
    case 70..<77: try receiveSnapshot()
    case 77..<82: try abandonSnapshot()
    case 82..<87: try meetPeer()
    case 87..<90: try saveAddresses()
    case 90..<91: try noteRemoval()
    default: try removeParts()
    }
  }

  // MARK: - The log

  private mutating func write(
    base: SnapshotMetadata? = nil, entries: [Entry] = [], hardState: HardState? = nil
  ) -> LogWrite {
    token += 1
    return LogWrite(token: token, base: base, entries: entries, hardState: hardState)
  }

  private mutating func append(_ writes: [LogWrite]) throws {
    let states = state.states(after: writes)
    note { $0.log += states }
    try replica.log.append(writes)
    note { $0.log = [states[states.count - 1]] }
  }

  private mutating func entries(from index: LogIndex, term: Term) -> [Entry] {
    (0...UInt64(random.number(below: 4))).map { offset in
      if random.chance(6) {
        let voters: [MemberID] = [1, 2, UInt64(3 + random.number(below: 9))]
        let change = ConfigurationChange(id: nil, membership: Membership(voters: voters))
        return Entry(term: term, index: index + offset, kind: .configuration, payload: change.encoded())
      }
      let byte = UInt8(random.number(below: 255)) + 1
      let count = random.chance(30) ? 400 + random.number(below: 1200) : random.number(below: 90)
      return Entry(term: term, index: index + offset, payload: [UInt8](repeating: byte, count: count))
    }
  }

  /// Behind the log's end, or in the place of what is not committed; with a commit, or without.
  private mutating func appendEntries() throws {
    var writes: [LogWrite] = []
    var now = state
    for _ in 0...random.number(below: 3) {
      var hardState = now.hardState
      var first = now.lastIndex + 1
      let commit = max(hardState.commit, now.base.index)
      if random.chance(15), now.lastIndex > commit {
        first = commit + 1 + UInt64(random.number(below: Int(now.lastIndex - commit)))
        (hardState.term, hardState.votedFor) = (hardState.term + 1, nil)
      }
      hardState.term = max(hardState.term, 1)
      let entries = self.entries(from: first, term: hardState.term)
      let last = entries[entries.count - 1].index
      if random.chance(60) { hardState.commit = commit + UInt64(random.number(below: Int(last - commit) + 1)) }
      if random.chance(20) { hardState.mustCatchUp = false }
      writes.append(write(entries: entries, hardState: hardState == now.hardState ? nil : hardState))
      now = now.states(after: [writes[writes.count - 1]]).last ?? now
    }
    try append(writes)
  }

  private mutating func vote() throws {
    var hardState = state.hardState
    hardState.term += UInt64(1 + random.number(below: 2))
    hardState.votedFor = random.chance(80) ? UInt64(1 + random.number(below: 3)) : nil
    try append([write(hardState: hardState)])
  }

  // MARK: - Snapshots

  private mutating func writeSnapshot(_ metadata: SnapshotMetadata, isReceived: Bool, commits: Bool = true) throws {
    let writer = try replica.snapshots.begin(metadata, isReceived: isReceived)
    let body = Ledger.body(of: metadata)
    var start = 0
    while start < body.count {
      let end = min(start + 1 + random.number(below: 1500), body.count)
      try writer.write(Array(body[start..<end]))
      start = end
    }
    guard commits else {
      if random.chance(50) { writer.abandon() }
      return
    }
    note { $0.snapshot.next = metadata }
    try replica.snapshots.commit(writer)
    note { $0.snapshot = (metadata, nil) }
  }

  /// Of what is committed; then what it covers may be compacted.
  private mutating func saveSnapshot() throws {
    let first = max(ledger.snapshot.known?.index ?? 0, state.base.index) + 1
    let last = min(state.hardState.commit, state.lastIndex)
    guard first <= last else { return try appendEntries() }
    let index = first + UInt64(random.number(below: Int(last - first) + 1))
    try writeSnapshot(
      SnapshotMetadata(index: index, term: state.term(at: index) ?? 0, membership: state.membership(at: index)),
      isReceived: false)
    if random.chance(80) { try replica.log.compact(through: index - UInt64(random.number(below: Int(min(index, 6))))) }
  }

  /// A leader's, of a log that is not this one's: then the log starts anew.
  private mutating func receiveSnapshot() throws {
    var hardState = state.hardState
    (hardState.term, hardState.votedFor) = (max(hardState.term, state.lastTerm) + 1, nil)
    try append([write(hardState: hardState)])
    let least = max(hardState.commit, state.base.index, ledger.snapshot.known?.index ?? 0)
    let metadata = SnapshotMetadata(
      index: least + 1 + UInt64(random.number(below: 30)), term: hardState.term,
      membership: Membership(voters: [1, 2, UInt64(3 + random.number(below: 9))]))
    try writeSnapshot(metadata, isReceived: true)
    hardState.commit = metadata.index
    let entries = random.chance(50) ? self.entries(from: metadata.index + 1, term: hardState.term) : []
    try append([write(base: metadata, entries: entries, hardState: hardState)])
  }

  /// One that nobody needs any more, or that was being written when the life ended.
  private mutating func abandonSnapshot() throws {
    let index = max(ledger.snapshot.known?.index ?? 0, state.base.index) + 5
    try writeSnapshot(
      SnapshotMetadata(index: index, term: 1, membership: state.base.membership), isReceived: random.chance(50),
      commits: false)
  }

  // MARK: - The rest

  private mutating func meetPeer() throws {
    let peer = UInt64(1 + random.number(below: 20))
    note { $0.peers.next = peer }
    try replica.known.remember(peer)
    note { $0.peers = ($0.peers.known.union([peer]), nil) }
  }

  private mutating func saveAddresses() throws {
    let book = AddressBook(lines: [
      .init(member: 2, name: "store-2", address: "198.18.0.\(random.number(below: 200)):2380")
    ])
    note { $0.addresses.next = book }
    try book.save(in: replica.folder.path)
    note { $0.addresses = (book, nil) }
  }

  private mutating func noteRemoval() throws {
    note { $0.isRemoved.next = true }
    try RemovalNote.save(in: replica.folder.path)
    note { $0.isRemoved = (true, true) }
  }

  private mutating func removeParts() throws {
    guard let path = removed.paths.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
    try FileRemoval.removeInParts(path, partSize: 700) {}
  }
}
