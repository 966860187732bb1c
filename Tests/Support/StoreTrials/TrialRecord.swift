package import Histories

/// What clients asked for and what they were told, and what follows from it. Pure; times are microseconds.
package struct TrialRecord: Sendable {
  package typealias History = KeyValueHistory<String, String>
  package typealias Input = History.Model.Input
  package typealias Output = History.Model.Output
  package typealias Found = History.Model.Found

  /// An operation under way.
  package struct Ticket: Sendable {
    fileprivate var token: History.Token
    fileprivate var number: Int
    /// The newest revision that anybody had seen when it was asked for.
    fileprivate var floor: Int64
  }

  /// One operation, for whoever looks at a failure.
  package struct Entry: Sendable {
    package var client: Int
    package var key: String
    package var input: Input
    package var asked: Int
    package var ended: Int?
    package var outcome: String?
  }

  package struct Write: Hashable, Sendable {
    package var key: String
    package var value: String
    package var revision: Int64
  }

  package struct Sighting: Hashable, Sendable {
    package var key: String
    package var found: Found?
    package var revision: Int64
  }

  private struct Lease: Sendable {
    /// It must not have ended before.
    var floor: Int
    var revokedAt: Int?
  }

  package private(set) var history: History
  /// The newest revision that some client or watch was shown.
  package private(set) var seen: Int64
  package private(set) var entries: [Entry] = []
  /// The key of each value that somebody tried to write.
  package private(set) var attempts: [String: String] = [:]
  package private(set) var acknowledged: [Write] = []
  package private(set) var refused: Set<String> = []
  package private(set) var sightings: [Sighting] = []
  /// The key of each deletion that was acknowledged, by its revision.
  package private(set) var deletions: [Int64: String] = [:]
  /// How many deletions of a key were asked for whose outcome nobody knows.
  private var uncertainDeletions: [String: Int] = [:]
  /// When the last operation was asked for whose outcome nobody knows.
  package private(set) var lastLost = 0
  /// What was found wrong at once.
  package private(set) var violations: [String] = []
  private var leases: [Int64: Lease] = [:]

  /// - Parameter revision: of the store before the record.
  package init(revision: Int64) {
    history = History(revision: revision)
    seen = revision
  }

  package mutating func ask(client: Int, _ input: Input, on key: String, at time: Int) -> Ticket {
    switch input {
    case .put(let value, _), .swap(_, let value, _): attempts[value] = key
    case .delete: uncertainDeletions[key, default: 0] += 1
    case .get, .expire: break
    }
    entries.append(Entry(client: client, key: key, input: input, asked: time))
    return Ticket(
      token: history.invoke(client: client, input, on: key, at: time), number: entries.count - 1, floor: seen)
  }

  package mutating func answer(_ ticket: Ticket, _ output: Output, at time: Int) {
    history.answer(ticket.token, output, at: time)
    let entry = entries[ticket.number]
    entries[ticket.number].ended = time
    entries[ticket.number].outcome = "\(output)"
    let (revision, isChange) =
      switch output {
      case .changed(let revision): (revision, true)
      case .found(_, let revision), .unchanged(let revision), .notSwapped(_, let revision): (revision, false)
      }
    if isChange ? revision <= ticket.floor : revision < ticket.floor {
      violations.append(
        """
        client \(entry.client) asked \(entry.input) on \(entry.key) at \(seconds(entry.asked)) when revision \
        \(ticket.floor) had been seen, and was answered at revision \(revision)
        """)
    }
    seen = max(seen, revision)
    if case .delete = entry.input { uncertainDeletions[entry.key, default: 1] -= 1 }
    switch (entry.input, output) {
    case (.put(let value, _), .changed), (.swap(_, let value, _), .changed):
      acknowledged.append(Write(key: entry.key, value: value, revision: revision))
    case (.delete, .changed): deletions[revision] = entry.key
    case (_, .found(let found, _)), (_, .notSwapped(let found, _)):
      sightings.append(Sighting(key: entry.key, found: found, revision: revision))
    default: break
    }
  }

  /// It was refused: it has had no effect and will have none.
  package mutating func refuse(_ ticket: Ticket, _ reason: String, at time: Int) {
    history.remove(ticket.token)
    entries[ticket.number].ended = time
    entries[ticket.number].outcome = "refused: \(reason)"
    switch entries[ticket.number].input {
    case .put(let value, _), .swap(_, let value, _): refused.insert(value)
    case .delete: uncertainDeletions[entries[ticket.number].key, default: 1] -= 1
    case .get, .expire: break
    }
  }

  func mayHaveBeenDeleted(_ key: String) -> Bool { uncertainDeletions[key, default: 0] > 0 }

  /// Nobody knows whether it was done, or will be.
  package mutating func lose(_ ticket: Ticket, _ reason: String, at time: Int) {
    entries[ticket.number].ended = time
    entries[ticket.number].outcome = "unknown: \(reason)"
    lastLost = max(lastLost, entries[ticket.number].asked)
  }

  /// A value that goes with another one, in the same transaction, to a key of its own.
  package mutating func attempt(_ value: String, on key: String) { attempts[value] = key }

  /// A read that may be of the past: what it shows must have been so at its revision.
  package mutating func sight(_ key: String, _ found: Found?, revision: Int64) {
    sightings.append(Sighting(key: key, found: found, revision: revision))
  }

  /// A watch has shown everything up to a revision: no read may be behind it from now on.
  package mutating func shown(_ revision: Int64) { seen = max(seen, revision) }

  /// A lease was granted or kept alive; that was asked for at `time`.
  package mutating func kept(lease: Int64, seconds: Int64, askedAt time: Int) {
    leases[lease, default: Lease(floor: 0)].floor = max(leases[lease]?.floor ?? 0, time + Int(seconds) * 1_000_000)
  }

  /// Its end is being asked for.
  package mutating func revokes(lease: Int64, at time: Int) {
    leases[lease, default: Lease(floor: time)].revokedAt = min(leases[lease]?.revokedAt ?? time, time)
  }

  package mutating func note(violation: String) { violations.append(violation) }

  /// Before when no lease may have ended.
  private var leaseFloors: [Int64: Int] {
    leases.mapValues { min($0.floor, $0.revokedAt ?? .max) }
  }

  /// The history with what is known of the leases' ends.
  package func checkHistory(budget: Int = 2_000_000) -> History.Report {
    var complete = history
    for (lease, floor) in leaseFloors { complete.mayEnd(lease: lease, at: floor) }
    return complete.check(budget: budget)
  }
}
