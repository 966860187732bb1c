package import RaftCore

/// What happens to the consensus half.
package enum ReplicaInput: Sendable {
  /// A fixed span of time has passed (``ReplicaConfiguration/tickMilliseconds``).
  case tick
  /// A message from a peer, whose identity the transport has verified to be `message.from`.
  case message(RaftMessage)
  /// A local client's command. `sequence` is the driver's number for it, rising from 1 and never used
  /// before in this process. It is tried again by itself after a leader's end, and takes effect once at most.
  /// `time` is the wall clock in milliseconds since 1970, for the record only.
  case propose(sequence: UInt64, ReplicaCommand, time: UInt64)
  /// A local client's linearisable read. `id` is the driver's number for it.
  case read(id: UInt64)
  /// The write with this token, and all before it, are on disk.
  case persisted(WriteToken)
  /// The state half has applied everything up to this index.
  case applied(LogIndex)
  /// A snapshot made by the state half is on disk, synced and in its place: the log before it can go.
  case snapshotSaved(SnapshotMetadata)
  /// The answer to ``ReplicaEffect/readSnapshotChunk(_:)``; nil when there is no snapshot to read or it failed.
  case snapshotChunkRead(SnapshotChunk?, SnapshotChunkRequest)
  /// A piece of a leader's snapshot, not the last, is stored; what there is of it ends at `nextOffset`.
  case snapshotChunkStored(SnapshotMetadata, nextOffset: UInt64)
  /// All pieces of a leader's snapshot are on disk, synced and in their place.
  case snapshotStored(SnapshotMetadata)
  /// A leader's snapshot turned out not to be what it claims (its checksum, its format), or a piece did not follow the
  /// last one: it was thrown away.
  case snapshotRejected(SnapshotMetadata)
  /// A peer's process is gone: the connection was reset *and* a new one was refused.
  case connectionRefused(MemberID)
  /// Hand the leadership over, to that member or to the one that is furthest along. Passed on to the leader.
  case transferLeadership(to: MemberID?)
  /// This replica's state is wrong (``StateEffect/agreement(_:)``): hand the leadership over if it has it, then say and
  /// acknowledge nothing any more.
  case retire
  /// The state half knows of other members than before (``StateEffect/members(_:)``).
  case members(MembersAsApplied)
  /// Change who votes and who learns. Leader only; the outcome arrives like that of a proposal.
  case changeMembership(sequence: UInt64, Membership)
}
