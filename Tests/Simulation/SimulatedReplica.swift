import RaftCore
import Replica

/// One replica with its disk, as a process would drive it.
final class SimulatedReplica {
  /// What the consensus half hands to the state half.
  enum StateInput {
    case apply([Entry])
    case install(SnapshotMetadata)
    case readable(ids: [UInt64], index: LogIndex)
    case leadership(Leadership)
    case tick
    case checkpoint(StateCheckpoint, from: MemberID)
  }

  let id: MemberID
  var disk: SimulatedDisk
  /// What its present start found on the disk.
  private(set) var recovered: RecoveredLog
  var consensus: ReplicaConsensus
  var state: ReplicaState
  var isUp = true
  /// Its disk is gone: it is to rejoin.
  var hasEmptyDisk = false
  /// Counts its starts: what an earlier one had under way is void.
  var epoch = 0
  /// It does nothing until then, like a process that is not scheduled.
  var pausedUntil = 0
  var tickLength = World.tickMicroseconds
  var diskBusyUntil = 0
  /// Nothing can be written until then.
  var diskFullUntil = 0
  var stateQueue: [StateInput] = []
  var isStateScheduled = false
  var partialSnapshot: [UInt8] = []
  /// Of which snapshot that is.
  var receiving: SnapshotMetadata?
  /// Pieces that are being stored: one at a time.
  var piecesUnderWay = 0
  /// Leaders' snapshots of which it is not said yet whether they are installed.
  var stored: [SnapshotMetadata] = []
  var nextSequence: UInt64 = 1
  /// The clients that wait, by the number of their proposal or read.
  var proposals: [UInt64: Int] = [:]
  var reads: [UInt64: Int] = [:]

  init(id: MemberID, bootstrap: SnapshotMetadata, configuration: ReplicaConfiguration) throws {
    self.id = id
    disk = SimulatedDisk(bootstrap: bootstrap, member: id)
    recovered = try disk.recover()
    consensus = try ReplicaConsensus(configuration: configuration, recovered: recovered)
    state = ReplicaState(configuration: configuration, start: consensus.start, base: bootstrap)
  }

  /// Starts again from the disk, or refuses to.
  func restart(
    bootstrap: SnapshotMetadata, configuration: ReplicaConfiguration, acceptsLostTail: Bool = false
  ) throws {
    var recovered = try disk.recover(
      keepsTerm: configuration.raft.mutations.contains(.keepsTermAfterLostTail))
    let restored: RestoredState?
    do {
      restored = try disk.snapshot.map { try Self.decode($0.bytes) }
    } catch {
      throw SimulatedDisk.Refusal(reason: "the snapshot is damaged: \(error)")
    }
    epoch += 1
    isUp = true
    stateQueue = []
    isStateScheduled = false
    partialSnapshot = []
    (receiving, piecesUnderWay) = (nil, 0)
    stored = []
    diskBusyUntil = 0
    pausedUntil = 0
    nextSequence = 1
    recovered.acceptsLostTail = acceptsLostTail
    self.recovered = recovered
    consensus = try ReplicaConsensus(configuration: configuration, recovered: recovered)
    if let restored {
      state = ReplicaState(configuration: configuration, start: consensus.start, snapshot: restored)
    } else {
      state = ReplicaState(configuration: configuration, start: consensus.start, base: bootstrap)
    }
  }

  static func decode(_ bytes: [UInt8]) throws -> RestoredState {
    var decoder = StateDecoder()
    try decoder.feed(bytes)
    return try decoder.finish()
  }

  static func encode(_ frozen: FrozenState) -> [UInt8] {
    var frozen = frozen
    var bytes: [UInt8] = []
    while let chunk = frozen.nextChunk() { bytes += chunk }
    return bytes
  }
}
