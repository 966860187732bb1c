import MVCC
package import RaftCore

/// What the state half wants done, in order.
package enum StateEffect: Sendable {
  /// What came of a proposal that this replica made in this start. The driver's client with that number is answered.
  case result(sequence: UInt64, ReplicaResult)
  /// A proposal of this replica's has taken effect before, where its result was not seen: a snapshot covered it. (Or
  /// its client has been answered; then this means nothing.) To the client the outcome is unknown.
  case resultLost(sequence: UInt64)
  /// These reads may run now, against the present state.
  case readable(ids: [UInt64])
  /// These reads were given up: this replica is too far behind what they must see.
  case readsOverdue(ids: [UInt64])
  /// The key-value store's revision has grown to this: watchers have something to see.
  case advanced(revision: Int64)
  /// For the consensus half: step `.applied(index)`.
  case applied(LogIndex)
  /// For the consensus half: propose this under a fresh sequence; nobody waits for its result.
  case propose(ReplicaCommand)
  /// Enough has been applied since the last snapshot: take one with ``ReplicaState/freeze()``, write it in the
  /// background, and step `.snapshotSaved` to the consensus half, then ``ReplicaState/snapshotSaved(_:)``.
  case snapshotDue
  /// The members or what is wanted of them have changed, or this is the first effect: step `.members` to the consensus
  /// half. Whoever stands in the table is reached at its address from now on, whoever left is not talked to.
  case members(MembersAsApplied)
  /// Tell this to every other member, for its ``ReplicaState/receive(_:from:)``. May be lost.
  case checkpoint(StateCheckpoint)
  /// How the replicas' states compare has changed. With ``StateAgreement/outvoted`` this replica must go out of
  /// service at once, for good: no answer from it can be trusted. Step `.retire` to the consensus half.
  case agreement(StateAgreement)
  /// The replica cannot go on: stop the process with this as the reason. Nothing is applied any more.
  case fault(UnreadableEntry)
}

/// A committed entry that this replica cannot read. To skip it would make its state another one than the others'.
package struct UnreadableEntry: Error, Hashable, Sendable, CustomStringConvertible {
  package var index: LogIndex
  package var term: Term
  /// What is wrong with its payload.
  package var reason: String

  package var description: String {
    """
    the committed entry \(index) of term \(term) cannot be read (\(reason)). It is not skipped, because the state \
    would differ from the other replicas'. If another version of apus wrote it, start this replica with that version \
    or a newer one. If not, move the data folder away, keep it as evidence, and start the host's store once with: \
    apus store --rejoin
    """
  }
}
