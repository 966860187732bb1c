/// One change of the state machine, as the replicated log carries it.
package enum Command: Hashable, Sendable {
  case put(PutRequest)
  case deleteRange(DeleteRangeRequest)
  case transaction(TransactionRequest)
  /// Forget what only reads below `revision` could see. Watches from `revision` on still work.
  case compact(revision: Int64)
  /// `id` has been chosen (by the client, or at random by the replica that proposes): never 0.
  /// `timeToLive` in seconds.
  case leaseGrant(id: LeaseID, timeToLive: Int64)
  /// Deletes the keys of the lease, in one revision, and the lease.
  case leaseRevoke(id: LeaseID)
}

/// What a command answered.
package enum CommandResult: Hashable, Sendable {
  case put(PutResult)
  case deleteRange(DeleteRangeResult)
  case transaction(TransactionResult)
  case compact(revision: Int64)
  case leaseGrant(Lease, revision: Int64)
  case leaseRevoke(revision: Int64)

  /// The store's revision behind the command.
  package var revision: Int64 {
    switch self {
    case .put(let result): result.revision
    case .deleteRange(let result): result.revision
    case .transaction(let result): result.revision
    case .compact(let revision), .leaseGrant(_, let revision), .leaseRevoke(let revision): revision
    }
  }
}
