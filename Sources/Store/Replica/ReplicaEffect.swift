package import RaftCore

/// What the consensus half wants done. Effects of the same kind keep their order; those for the state half
/// (`apply`, `installSnapshot`, `readable`, `leadership`) reach it in the order in which they come here.
package enum ReplicaEffect: Sendable {
  /// Write to the log, sync, then step `.persisted(token)`. A failure is fatal: stop the replica.
  case write(LogWrite)
  /// Send, without waiting for any write. May be lost. In order for one receiver.
  case send(RaftMessage)
  /// For the state half: ``ReplicaState/apply(_:)``.
  case apply([Entry])
  /// For the state half: load the snapshot that was stored, ``ReplicaState/restore(_:)``.
  case installSnapshot(SnapshotMetadata)
  /// For the state half: these reads may run once `index` is applied, ``ReplicaState/awaitReads(_:index:)``.
  case readable(ids: [UInt64], index: LogIndex)
  /// These reads were given up: no leader could be asked for too long, or too many wait.
  case readsRefused(ids: [UInt64], ProposalRefusal)
  /// These proposals have had no effect and will have none.
  case proposalsRefused(sequences: [UInt64], ProposalRefusal)
  /// These proposals were passed on and nothing was heard of them for too long: they may still take effect (then
  /// their result comes after all), or never. Answer the client that the outcome is unknown.
  case proposalsUncertain(sequences: [UInt64])
  /// Read a piece of the newest snapshot on disk and step `.snapshotChunkRead`.
  case readSnapshotChunk(SnapshotChunkRequest)
  /// Put a piece of a leader's snapshot into a temporary file (at offset 0: start a new one), then step
  /// `.snapshotChunkStored`: the next piece comes only after that. After the last piece: sync, rename, step
  /// `.snapshotStored` instead. Or, if it is no good, `.snapshotRejected`; one of the three in any case. Keep the snapshot until `.installSnapshot` was acted on, or
  /// `.forgetSnapshot` says that it will not come.
  case storeSnapshotChunk(SnapshotChunk)
  /// What was received of this snapshot, of which more was to come, is not wanted any more: remove it.
  case dropSnapshot(SnapshotMetadata)
  /// The state need not be replaced by this snapshot, which was stored: what is kept of it in memory can go.
  case forgetSnapshot(SnapshotMetadata)
  /// The log on disk up to and with this index is not needed any more: a snapshot on disk covers it.
  case compactLog(through: LogIndex)
  /// The role, the term or the leader changed; also for the state half: ``ReplicaState/leadershipChanged(_:)``.
  case leadership(Leadership)
  /// A bug or a damaged disk, here or at a peer: stop the process with this as the reason.
  case fault(RaftFault)
  /// The member had lost the end of its log, or all of it, and has caught up again: it votes from now on. To be logged.
  case caughtUp
  /// The disk has stalled, or works again. To be logged and counted; what is to be done about it is done.
  case disk(DiskCondition)
}

/// See ``ReplicaConfiguration/stalledDiskTicks``.
package enum DiskCondition: Hashable, Sendable {
  case stalled
  /// The replica leads, and asks a follower that keeps up to take over.
  case handingOver
  case recovered
}
