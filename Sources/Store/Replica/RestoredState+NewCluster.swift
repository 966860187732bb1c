import MVCC
package import RaftCore

// What a backup of one cluster becomes in another one.

extension RestoredState {
  /// Where the log of a cluster that was made from a backup begins: its first entry has the next index, and the term of
  /// its first leader is higher.
  package static let firstIndex: LogIndex = 1
  package static let firstTerm: Term = 1

  /// The first state of a new cluster that has these keys, values and leases.
  ///
  /// Keys, their history, leases, users and whatever else is the clients' stay. What is about the old cluster goes: its
  /// members, the running hash over its log, which proposals were applied (the members count their starts anew), and where
  /// a lease was renewed last. Each lease has its full time again, as after any change of the leader.
  ///
  /// - Parameter skipping: so many revisions pass in between, see ``MVCCStore/skipRevisions(_:)``.
  package func asNewCluster(of membership: Membership, skipping revisions: Int64 = 0) -> RestoredState {
    var store = store
    store.skipRevisions(revisions)
    var records = records
    records.sessions = ProposalSessions()
    records.members = MemberTable()
    records.digest = StateDigest()
    records.renewals = [:]
    records.members = MemberTable()
    for lease in store.leases { records.renewals[lease.id] = Self.firstIndex }
    return RestoredState(
      metadata: SnapshotMetadata(index: Self.firstIndex, term: Self.firstTerm, membership: membership),
      records: records, store: store)
  }

  /// The same, to be written.
  package func frozen() -> FrozenState { FrozenState(metadata: metadata, records: records, store: store) }
}
