import ByteCoding
import MVCC
import RaftCore
import Replica

/// A property that did not hold.
struct Violation: Error, CustomStringConvertible {
  var description: String
}

/// Watches everything that the replicas do, and knows what may not happen.
struct Checker {
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
  /// The changes by revision, as the first replica that applied them reported them.
  private var history: [Int64: [Event]] = [:]
  private var values: Set<Bytes> = []
  private var refusedValues: Set<Bytes> = []
  /// The newest revision that some client has seen.
  private(set) var acknowledged: Int64 = 1
  private(set) var acknowledgements = 0
  private var leaseFloors: [LeaseID: Int] = [:]

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

  /// Equal states at equal indices, every value written once.
  mutating func applied(_ state: ReplicaState, by member: MemberID, revisionBefore: Int64) throws(Violation) {
    let hash = state.stateHash()
    if let known = hashes[state.appliedIndex] {
      guard known == hash else {
        throw Violation(description: "the state of \(member) differs at index \(state.appliedIndex)")
      }
      return
    }
    hashes[state.appliedIndex] = hash
    guard state.store.revision > revisionBefore,
      let events = try? state.store.events(from: revisionBefore + 1).events
    else { return }
    for event in events {
      history[event.keyValue.modRevision, default: []].append(event)
      if event.kind == .put, !values.insert(event.keyValue.value).inserted {
        throw Violation(description: "a write took effect twice at revision \(event.keyValue.modRevision)")
      }
      try checkRefusal(of: event.keyValue.value)
    }
  }

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

  func checkWrite(key: Bytes, value: Bytes, revision: Int64) throws(Violation) {
    let events = history[revision] ?? []
    guard events.contains(where: { $0.keyValue.key == key && $0.keyValue.value == value }) else {
      throw Violation(description: "an acknowledged write is not there at revision \(revision)")
    }
  }

  /// What was read is what the key's newest change at that revision says.
  func checkRead(key: Bytes, value: Bytes?, revision: Int64) throws(Violation) {
    var at = revision
    while at > 1 {
      if let event = history[at]?.last(where: { $0.keyValue.key == key }) {
        let expected = event.kind == .put ? event.keyValue.value : nil
        guard expected == value else {
          throw Violation(description: "a read at revision \(revision) returned another value than that of \(at)")
        }
        return
      }
      at -= 1
    }
    guard value == nil else { throw Violation(description: "a read at \(revision) returned a value never written") }
  }

  // MARK: - Leases

  /// A client was told that the lease was granted or kept alive; it had asked at `time`. The fastest clock that the
  /// faults make takes 0.7 s for a second.
  mutating func leaseKept(_ id: LeaseID, seconds: Int64, askedAt time: Int) {
    leaseFloors[id] = max(leaseFloors[id] ?? 0, time + Int(seconds) * 700_000)
  }

  func leaseRevoked(_ id: LeaseID, at time: Int) throws(Violation) {
    if let floor = leaseFloors[id], time < floor {
      throw Violation(description: "lease \(id) was cut short by \(floor - time) µs")
    }
  }
}
