import MVCC
package import RaftCore

/// What the state half wants done, in order.
package enum StateEffect: Sendable {
  /// What came of a proposal that this replica made in this start. The driver's client with that number is answered.
  case result(sequence: UInt64, ReplicaResult)
  /// These reads may run now, against the present state.
  case readable(ids: [UInt64])
  /// The key-value store's revision has grown to this: watchers have something to see.
  case advanced(revision: Int64)
  /// For the consensus half: step `.applied(index)`.
  case applied(LogIndex)
  /// For the consensus half: propose this under a fresh sequence; nobody waits for its result.
  case propose(ReplicaCommand)
  /// Enough has been applied since the last snapshot: take one with ``ReplicaState/freeze()``, write it in the
  /// background, and step `.snapshotSaved` to the consensus half, then ``ReplicaState/snapshotSaved(_:)``.
  case snapshotDue
}
