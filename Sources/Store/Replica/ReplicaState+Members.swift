package import RaftCore

extension ReplicaState {
  /// The members' attributes, and what is wanted of each.
  package var members: MemberTable { records.members }

  mutating func apply(_ change: MemberChange) -> MemberError? {
    let error = records.members.apply(change, membership)
    records.digest.mix(UInt64(error?.rawValue ?? 0))
    records.digest.mix(UInt64(records.members.rows.count))
    haveMembersChanged = true
    return error
  }

  mutating func membershipWasApplied() {
    records.members.configured(membership)
    haveMembersChanged = true
  }

  mutating func noteMembers() {
    guard haveMembersChanged else { return }
    haveMembersChanged = false
    effects.append(.members(MembersAsApplied(table: records.members, membership: membership, index: appliedIndex)))
  }
}

/// The members as of an index.
package struct MembersAsApplied: Hashable, Sendable {
  package var table: MemberTable
  package var membership: Membership
  package var index: LogIndex

  package init(table: MemberTable, membership: Membership, index: LogIndex) {
    self.table = table
    self.membership = membership
    self.index = index
  }
}
