import MVCC
import RaftCore
import RaftLog
import Replica

/// What the consensus is told.
enum ConsensusMessage: Sendable {
  case input(ReplicaInput)
  /// Nothing more is to be done; the thread ends.
  case stop
}

/// What the disk thread is told.
enum DiskMessage: Sendable {
  case write(LogWrite)
  case compact(through: LogIndex)
}

/// What the snapshot thread is told.
enum SnapshotMessage: Sendable {
  case save(FrozenState)
  case read(SnapshotChunkRequest)
  case store(SnapshotChunk)
  /// What was received of it is not wanted any more.
  case drop(SnapshotMetadata)
  /// A peer takes part: to be written down, then told.
  case remember(MemberID, @Sendable () -> Void)
  /// The members are reached elsewhere than before.
  case keepAddresses(AddressBook)
  /// Work that is too much for an event loop.
  case run(@Sendable () -> Void)
}

/// What the state thread is told.
enum StateMessage: Sendable {
  case apply([Entry])
  case awaitReads(ids: [UInt64], index: LogIndex)
  case install(SnapshotMetadata)
  case leadership(Leadership)
  case tick
  case snapshotSaved(SnapshotMetadata?)
  /// The newest snapshot on the disk is of no use any more.
  case renewSnapshot
  /// Something to run with the state at hand.
  case query(@Sendable (borrowing ReplicaState) -> Void)
  case watch(WatchHub.Request)
  /// A peer's state at a checkpoint.
  case checkpoint(StateCheckpoint, from: MemberID)
  /// No watch gets anything any more.
  case endWatches
  /// For tests: this replica's state is changed behind the log's back.
  case injectDivergence
}
