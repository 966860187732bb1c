package import MVCC
package import RaftCore
package import StoreAuth

// The upper bits of a mutation are the state half's: bugs of its own from bit 32 on, those of access control from bit
// 44 on, those of the store from bit 48 on.

extension Mutation {
  /// A read runs against the present state, whatever index it must wait for.
  package static let readsUnapplied = Mutation(rawValue: 1 << 32)
  /// A snapshot does not say which proposals have been applied.
  package static let snapshotLosesSessions = Mutation(rawValue: 1 << 33)
  /// A snapshot does not say when leases were renewed.
  package static let snapshotLosesRenewals = Mutation(rawValue: 1 << 34)
  /// A snapshot claims to cover the entry behind its last one.
  package static let snapshotClaimsNextEntry = Mutation(rawValue: 1 << 35)
  /// The end of a lease is applied although it was kept alive after its leader had decided.
  package static let endsRenewedLeases = Mutation(rawValue: 1 << 36)
  /// A lease that is kept alive ends when it would have ended otherwise.
  package static let keepAliveLeavesClock = Mutation(rawValue: 1 << 37)
  /// A leader ends leases in its own state, besides the log.
  package static let endsLeasesByItself = Mutation(rawValue: 1 << 38)
  /// A new leader gives every lease its full time again.
  package static let leasesRestartWithLeader = Mutation(rawValue: 1 << 39)

  /// A request is held against the users and roles as they were before their last change.
  package static let checksStaleUsers = Mutation(rawValue: 1 << 40)
  /// A snapshot does not say who the users are.
  package static let snapshotLosesUsers = Mutation(rawValue: 1 << 41)
  /// A request that was proposed while access control was off takes effect when it is on.
  package static let admitsRequestsOfNobody = Mutation(rawValue: 1 << 42)
  /// Who was a user once is it for good, though it was deleted and made anew, or got another password.
  package static let identitiesOutliveUsers = Mutation(rawValue: 1 << 43)

  package init(_ mutation: AuthMutation) { self.init(rawValue: mutation.rawValue << 44) }

  /// Those of access control.
  package var ofAuth: AuthMutation { AuthMutation(rawValue: rawValue >> 44 & 0xf) }

  package init(_ mutation: StoreMutation) { self.init(rawValue: mutation.rawValue << 48) }

  /// Those of the store.
  package var ofStore: StoreMutation { StoreMutation(rawValue: rawValue >> 48) }
}
