package import Histories

/// Holds a round's record against what has happened, and both against the promises. Pure.
package struct Verdict: Sendable {
  package private(set) var violations: [String] = []
  package private(set) var report = TrialRecord.History.Report()
  /// From here on it is known what has happened.
  package private(set) var coveredFrom: Int64 = 0

  /// - Parameters:
  ///   - start: the store's revision before the round.
  ///   - end: its revision once all is quiet.
  ///   - finals: the round's keys at the end, by replica.
  package init(
    _ record: TrialRecord, _ log: ChangeLog, from start: Int64, to end: Int64, finals: [String: [FinalKey]]
  ) {
    violations = record.violations
    coveredFrom = log.covered(upTo: end)
    report = record.checkHistory()
    if let wrong = report.violation { violations.append(wrong) }
    checkWrites(record, log, end)
    guard coveredFrom <= start + 1 else { return }
    replay(record, log, from: start, to: end, finals)
  }

  /// Every acknowledged write is where it was acknowledged to be; nothing else is anywhere.
  private mutating func checkWrites(_ record: TrialRecord, _ log: ChangeLog, _ end: Int64) {
    for write in record.acknowledged {
      if write.revision > end {
        violations.append(
          "the write of \(write.value) was acknowledged at \(write.revision), and the store is at \(end)")
      } else if write.revision >= coveredFrom,
        !log.changes(at: write.revision).contains(where: { $0.key == write.key && $0.value == write.value })
      {
        violations.append(
          "the write of \(write.value) to \(write.key) was acknowledged at revision \(write.revision) and is lost")
      }
    }
    var values: Set<String> = []
    guard coveredFrom <= end else { return }
    for revision in coveredFrom...end {
      let changes = log.changes(at: revision)
      if changes.isEmpty { violations.append("revision \(revision) changes nothing") }
      for change in changes {
        guard let value = change.value else { continue }
        if !values.insert(value).inserted { violations.append("the write of \(value) took effect twice") }
        if record.refused.contains(value) { violations.append("the write of \(value) was refused and took effect") }
        if record.attempts[value] != change.key {
          violations.append("\(change.key) has the value \(value), which nobody wrote to it")
        }
      }
    }
  }

  /// Makes the keys anew from the changes and looks at each on the way.
  private mutating func replay(
    _ record: TrialRecord, _ log: ChangeLog, from start: Int64, to end: Int64, _ finals: [String: [FinalKey]]
  ) {
    var keys: [String: FinalKey] = [:]
    var leased: [Int64: Set<String>] = [:]
    var sightings = Dictionary(grouping: record.sightings) { max($0.revision, start) }
    for revision in start...end {
      let changes = revision == start ? [] : log.changes(at: revision)
      let deleted = Set(changes.filter { $0.value == nil }.map(\.key))
      for change in changes where change.value == nil {
        explain(change, deleted, record, keys[change.key], leased)
      }
      for change in changes {
        let before = keys[change.key]
        if let previous = change.previous, previous != before?.value {
          violations.append("\(previous) is said to have been there before \(change)")
        }
        if let before, before.lease != 0 { leased[before.lease]?.remove(change.key) }
        if let value = change.value {
          let created = before?.createRevision ?? revision
          if change.version != (before?.version ?? 0) + 1 || change.createRevision != created {
            violations.append("\(change) has the wrong version or creation after \(String(describing: before))")
          }
          keys[change.key] = FinalKey(
            key: change.key, value: value, modRevision: revision, createRevision: created, version: change.version,
            lease: change.lease)
          if change.lease != 0 { leased[change.lease, default: []].insert(change.key) }
          checkPair(change, changes)
        } else {
          if before == nil { violations.append("revision \(revision) deletes \(change.key), which is not there") }
          keys[change.key] = nil
        }
      }
      for sighting in sightings.removeValue(forKey: revision) ?? [] { check(sighting, keys[sighting.key]) }
    }
    let expected = Set(keys.values)
    for (replica, found) in finals.sorted(by: { $0.key < $1.key }) where Set(found) != expected {
      let difference = Set(found).symmetricDifference(expected).sorted { $0.key < $1.key }.prefix(4)
      violations.append("the keys of \(replica) are not what the changes have made: \(Array(difference))")
    }
  }

  private mutating func check(_ sighting: TrialRecord.Sighting, _ key: FinalKey?) {
    let expected = key.map { TrialRecord.Found(value: $0.value, modRevision: $0.modRevision, lease: $0.lease) }
    guard sighting.found != expected else { return }
    violations.append(
      """
      a read of \(sighting.key) at revision \(sighting.revision) found \(String(describing: sighting.found)), where \
      \(String(describing: expected)) was
      """)
  }

  /// A client asked for it, or a lease ended and took all its keys with it.
  private mutating func explain(
    _ change: Change, _ deleted: Set<String>, _ record: TrialRecord, _ before: FinalKey?, _ leased: [Int64: Set<String>]
  ) {
    if record.deletions[change.revision] == change.key { return }
    if let before, before.lease != 0, leased[before.lease] == deleted { return }
    if deleted.count == 1, record.mayHaveBeenDeleted(change.key) { return }
    violations.append(
      """
      revision \(change.revision) deletes \(change.key), which nobody asked for and which is not all that hung on lease \
      \(before?.lease ?? 0)
      """)
  }

  /// What a transaction wrote is there together.
  private mutating func checkPair(_ change: Change, _ changes: [Change]) {
    guard change.value?.hasSuffix("+") == true else { return }
    if !changes.contains(where: { $0.value == change.value.map { "\($0)pair" } }) {
      violations.append("\(change) is there without the other half of its transaction")
    }
  }
}
