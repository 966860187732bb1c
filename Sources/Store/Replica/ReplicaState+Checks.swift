import ByteCoding
import MVCC
package import RaftCore

// What keeps replicas equal under watch: the running digest, the checkpoints at which it is compared, and compaction
// by itself.

extension ReplicaState {
  /// What the checks need besides the replicated state.
  struct Checks: Sendable {
    var monitor: AgreementMonitor
    var autoCompaction: AutoCompaction?
    let checkpointTicks: Int
    /// Something was applied since the last checkpoint.
    var isCheckpointDue = false
    var ticksSinceCheckpoint = 0
    /// What the driver has been told.
    var told = StateAgreement()

    init(_ configuration: ReplicaConfiguration) {
      checkpointTicks = configuration.checkpointTicks
      monitor = AgreementMonitor(
        member: configuration.raft.member, graceTicks: max(configuration.checkpointTicks / 2, 2))
      autoCompaction = configuration.autoCompaction.map {
        AutoCompaction($0, tickMilliseconds: configuration.tickMilliseconds)
      }
    }
  }

  /// Another replica has applied a checkpoint and found this digest.
  package mutating func receive(_ checkpoint: StateCheckpoint, from member: MemberID) {
    checks.monitor.received(checkpoint, from: member)
    tellAgreement()
  }

  /// How the replicas' states compare.
  package var agreement: StateAgreement { checks.monitor.agreement }

  mutating func tickChecks() {
    checks.monitor.tick()
    tellAgreement()
    checks.ticksSinceCheckpoint += 1
    if isLeader, checks.isCheckpointDue, checks.ticksSinceCheckpoint >= checks.checkpointTicks {
      checks.ticksSinceCheckpoint = 0
      effects.append(.propose(.checkpoint))
    }
    let target = checks.autoCompaction?.tick(
      isLeader: isLeader, revision: store.revision, compactRevision: store.compactRevision)
    if let target { effects.append(.propose(.store(.compact(revision: target)))) }
  }

  /// Every entry goes in, whatever it did; `outcome` has been mixed in before.
  mutating func digest(_ entry: Entry) {
    records.digest.mix(entry.index)
    records.digest.mix(entry.term)
    records.digest.mix(store.revision)
    records.digest.mix(store.compactRevision)
    records.digest.mix(store.changeHash)
  }

  mutating func applyCheckpoint(at index: LogIndex) {
    checks.isCheckpointDue = false
    checks.ticksSinceCheckpoint = 0
    guard records.digest.isComplete else { return }
    let checkpoint = StateCheckpoint(index: index, digest: records.digest.value)
    checks.monitor.applied(checkpoint, membership)
    effects.append(.checkpoint(checkpoint))
    tellAgreement()
  }

  private mutating func tellAgreement() {
    guard checks.told != agreement else { return }
    checks.told = agreement
    effects.append(.agreement(agreement))
  }

  /// A bug, for tests: this replica's state gets a key that no other one's has.
  package mutating func injectDivergence() {
    let rogue = Command.put(PutRequest(key: Array("diverged".utf8), value: []))
    _ = applyUnlogged(rogue)
    effects.append(.advanced(revision: store.revision))
  }
}
