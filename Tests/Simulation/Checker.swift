import ByteCoding
import Histories
import MVCC
import RaftCore
import Replica

/// A property that did not hold.
struct Violation: Error, CustomStringConvertible {
  var description: String
}

/// Watches everything that the replicas do, and knows what may not happen.
struct Checker {
  typealias Change = WatchedEvent<Bytes, Bytes>

  private struct LogPosition: Hashable {
    var index: LogIndex
    var term: Term
  }

  private struct Committed {
    var term: Term
    var digest: UInt32
    /// The term of the first replica that was seen to have it committed.
    var knownIn: Term
  }

  private var leaders: [Term: MemberID] = [:]
  private var written: [LogPosition: (digest: UInt32, previousTerm: Term)] = [:]
  private var committed: [Committed] = []
  private var hashes: [LogIndex: UInt64] = [:]
  private var model = StoreModel()
  private var values: Set<Bytes> = []
  private var refusedValues: Set<Bytes> = []
  /// The newest revision that some client has seen.
  private(set) var acknowledged: Int64 = 1
  private(set) var acknowledgements = 0
  var leases = LeaseChecker()

  // MARK: - The log

  /// Election safety (§5.2), and leader completeness (§5.4).
  mutating func elected(_ member: MemberID, term: Term, log: ShadowLog) throws(Violation) {
    if let other = leaders[term], other != member {
      throw Violation(description: "\(other) and \(member) lead term \(term)")
    }
    guard leaders.updateValue(member, forKey: term) == nil else { return }
    for (position, entry) in committed.enumerated() where entry.knownIn < term {
      let index = LogIndex(position + 1)
      guard index >= log.base else { continue }
      guard log.term(at: index) == entry.term else {
        throw Violation(description: "\(member) leads term \(term) without the committed entry \(index)")
      }
    }
  }

  /// Log matching (§5.3): one content for an index and a term, and one entry before it.
  mutating func wrote(_ entries: [Entry], log: ShadowLog) throws(Violation) {
    for entry in entries {
      guard let previousTerm = log.term(at: entry.index - 1) else { continue }
      let digest = CRC32C.checksum(entry.payload)
      let position = LogPosition(index: entry.index, term: entry.term)
      if let known = written[position] {
        guard known.digest == digest, known.previousTerm == previousTerm else {
          throw Violation(description: "two entries \(entry.index) of term \(entry.term)")
        }
      } else {
        written[position] = (digest, previousTerm)
      }
    }
  }

  /// A configuration is in force from when it is in the log (§6), and as long as it is.
  func inForce(_ membership: Membership, log: ShadowLog, of member: MemberID) throws(Violation) {
    guard let expected = log.membership, membership != expected else { return }
    throw Violation(description: "\(member) goes by \(membership), and its log says \(expected)")
  }

  /// State machine safety (§5.4.3): nobody applies another entry at an index.
  mutating func committed(_ entries: [Entry], by member: MemberID, in term: Term) throws(Violation) {
    for entry in entries {
      let digest = CRC32C.checksum(entry.payload)
      let position = Int(entry.index) - 1
      if position < committed.count {
        let known = committed[position]
        guard known.term == entry.term, known.digest == digest else {
          throw Violation(
            description: "\(member) commits entry \(entry.index) of term \(entry.term), not that of \(known.term)")
        }
        committed[position].knownIn = min(known.knownIn, term)
      } else {
        guard position == committed.count else {
          throw Violation(description: "\(member) commits entry \(entry.index) with a gap before it")
        }
        committed.append(Committed(term: entry.term, digest: digest, knownIn: term))
      }
    }
  }

  // MARK: - The state

  /// Whether nobody has applied this entry yet.
  func isNews(_ index: LogIndex) -> Bool { hashes[index] == nil }

  /// Equal states at equal indices. Of the first replica that applies an entry, what it did is held against the model.
  mutating func applied(
    _ state: ReplicaState, by member: MemberID, _ command: ReplicaCommand?, revisionBefore: Int64, at time: Int
  ) throws(Violation) {
    let hash = state.stateHash()
    if let known = hashes[state.appliedIndex] {
      guard known == hash else {
        throw Violation(description: "the state of \(member) differs at index \(state.appliedIndex)")
      }
      return
    }
    hashes[state.appliedIndex] = hash
    let revision = state.store.revision
    guard revision == revisionBefore || revision == revisionBefore + 1 else {
      throw Violation(description: "an entry brought the store from revision \(revisionBefore) to \(revision)")
    }
    var events: [Event] = []
    if revision > revisionBefore {
      // Without the bugs that may be switched on for watches.
      var store = state.store
      store.mutations = []
      events = (try? store.events(from: revision).events) ?? []
      guard !events.isEmpty else { throw Violation(description: "revision \(revision) changes nothing") }
    }
    for event in events where event.kind == .put {
      if !values.insert(event.keyValue.value).inserted {
        throw Violation(description: "a write took effect twice at revision \(revision)")
      }
      try checkRefusal(of: event.keyValue.value)
    }
    try leases.applied(command, events, state.store, model, at: time)
    try model.add(events, at: revision)
  }

  /// Once all is quiet: the store holds what its history says.
  func checkState(_ store: MVCCStore, of member: MemberID) throws {
    let found = try store.range(RangeRequest(.all)).keyValues
    guard store.revision == model.revision, found == model.sorted else {
      throw Violation(description: "the keys of \(member) are not what the changes have made")
    }
    guard Set(store.leases.map(\.id)) == leases.live else {
      throw Violation(description: "the leases of \(member) are not those that were granted and have not ended")
    }
    for lease in store.leases where Set(store.keys(of: lease.id)) != model.keys(of: lease.id) {
      throw Violation(description: "the keys of lease \(lease.id) at \(member) are not those that were put on it")
    }
  }

  /// The keys that hang on a lease, as of the newest entry.
  func keys(of lease: LeaseID) -> Set<Bytes> { model.keys(of: lease) }

  // MARK: - What clients see

  /// A client was told that its write has had no effect and will have none.
  mutating func refused(_ value: Bytes) throws(Violation) {
    refusedValues.insert(value)
    if values.contains(value) { try checkRefusal(of: value) }
  }

  private func checkRefusal(of value: Bytes) throws(Violation) {
    guard !refusedValues.contains(value) else {
      throw Violation(description: "the write of \(String(decoding: value, as: UTF8.self)) was refused and took effect")
    }
  }

  /// A client was answered at a revision; when it asked, `floor` had been seen by some client.
  mutating func acknowledge(_ revision: Int64, floor: Int64, isWrite: Bool) throws(Violation) {
    acknowledgements += 1
    guard isWrite ? revision > floor : revision >= floor else {
      throw Violation(
        description: "\(isWrite ? "a write" : "a read") was answered at revision \(revision) after \(floor) was seen")
    }
    acknowledged = max(acknowledged, revision)
  }

  /// A watch has shown a revision: no read may be behind it from now on.
  mutating func shown(_ revision: Int64) { acknowledged = max(acknowledged, revision) }

  func checkWrite(key: Bytes, value: Bytes, revision: Int64) throws(Violation) {
    guard model.changes(at: revision).contains(where: { $0.key == key && $0.value == value }) else {
      throw Violation(description: "an acknowledged write is not there at revision \(revision)")
    }
  }

  /// What was read is what the key's newest change at that revision says.
  func checkRead(key: Bytes, _ found: KeyValue?, revision: Int64) throws(Violation) {
    let expected = model.keyValue(key, at: revision)
    guard found == expected else {
      throw Violation(
        description: "a read at revision \(revision) returned another value than that of \(expected?.modRevision ?? 0)")
    }
  }

  /// What a watch was told is what has happened.
  func checkWatch(_ watch: WatchTranscript<Bytes, Bytes>, where isWanted: (Change) -> Bool) throws(Violation) {
    if let wrong = watch.violation(against: model.changes, where: isWanted) { throw Violation(description: wrong) }
  }
}

/// What the store must hold, from the changes that its first applier reported.
struct StoreModel {
  private(set) var revision: Int64 = 1
  private var keys: [Bytes: KeyValue] = [:]
  private var history: [Int64: [Checker.Change]] = [:]
  /// By key, rising; nil where it was deleted.
  private var versions: [Bytes: [(revision: Int64, keyValue: KeyValue?)]] = [:]
  private var attached: [LeaseID: Set<Bytes>] = [:]

  mutating func add(_ events: [Event], at revision: Int64) throws(Violation) {
    self.revision = revision
    for event in events {
      let key = event.keyValue.key
      let before = keys[key]
      history[revision, default: []].append(
        Checker.Change(
          revision: revision, key: key, value: event.kind == .put ? event.keyValue.value : nil,
          previous: before?.value))
      if let before { attached[before.lease]?.remove(key) }
      guard event.keyValue.modRevision == revision else {
        throw Violation(description: "a change of revision \(revision) claims to be of \(event.keyValue.modRevision)")
      }
      switch event.kind {
      case .put:
        guard event.keyValue.version == (before?.version ?? 0) + 1,
          event.keyValue.createRevision == before?.createRevision ?? revision
        else { throw Violation(description: "a key has the wrong version or creation at revision \(revision)") }
        keys[key] = event.keyValue
        attached[event.keyValue.lease, default: []].insert(key)
      case .delete:
        guard before != nil else { throw Violation(description: "revision \(revision) deletes what is not there") }
        keys[key] = nil
      }
      versions[key, default: []].append((revision, keys[key]))
    }
  }

  var sorted: [KeyValue] { keys.values.sorted { $0.key.precedes($1.key) } }

  func changes(at revision: Int64) -> [Checker.Change] { history[revision] ?? [] }

  func keyValue(_ key: Bytes, at revision: Int64) -> KeyValue? {
    versions[key]?.last { $0.revision <= revision }?.keyValue
  }

  func keys(of lease: LeaseID) -> Set<Bytes> { lease == 0 ? [] : attached[lease] ?? [] }
}
