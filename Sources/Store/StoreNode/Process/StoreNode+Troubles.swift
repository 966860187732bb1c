import RaftLog

// What is wrong with the store, for clients and operators.

extension StoreNode {
  package var refusal: StoreError? { engine?.refusal }

  /// Those of this member first, then what it knows of others.
  package func alarms() async -> [StoreAlarm] {
    guard let engine else { return [] }
    var alarms: [StoreAlarm] = []
    if engine.quota.isExceeded { alarms.append(StoreAlarm(member: configuration.memberID, kind: .noSpace)) }
    let agreement = engine.integrity.agreement
    if engine.integrity.note != nil { alarms.append(StoreAlarm(member: configuration.memberID, kind: .corrupt)) }
    for member in agreement.diverged.sorted() { alarms.append(StoreAlarm(member: member, kind: .corrupt)) }
    if agreement.undecided != nil { alarms.append(StoreAlarm(member: 0, kind: .corrupt)) }
    return alarms
  }

  /// For `endpoint status`.
  var troubles: [String] {
    guard let engine else { return [] }
    var troubles: [String] = []
    let agreement = engine.integrity.agreement
    if let note = engine.integrity.note {
      troubles.append("\(StoreError.diverged.message) (found at log index \(note.index))")
    }
    for member in agreement.diverged.sorted() {
      troubles.append("apus: the state of member \(name(of: member)) differs from the majority's: it must be rebuilt")
    }
    if let index = agreement.undecided {
      troubles.append(
        "apus: the replicas' states differ at log index \(index), and no majority says whose is right")
    }
    if engine.isDiskStalled.load(ordering: .relaxed) {
      troubles.append("apus: the disk has stalled: what this member is given is not written")
    }
    if engine.quota.isExceeded {
      let largest = engine.quota.largestPrefixes
      troubles.append(
        "\(StoreError.noSpace.message) (\(SpaceQuota.text(bytes: engine.quota.limit ?? 0)))"
          + (largest.isEmpty ? "" : "; most is taken by \(SpaceQuota.describe(largest))"))
    }
    return troubles
  }

  private func name(of member: UInt64) -> String {
    engine?.directory.list.first { $0.id == member }?.name ?? String(member, radix: 16)
  }

  /// For tests: makes this replica's state another one than the log says.
  package func injectDivergence() { engine?.stateBox.post(.injectDivergence) }
}
