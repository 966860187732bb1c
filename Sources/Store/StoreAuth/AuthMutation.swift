/// Bugs of access control that tests can switch on, to prove that the simulation catches them. See `Mutation` in
/// RaftCore.
package struct AuthMutation: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// What a role permitted stays in force when the role is deleted.
  package static let deletedRolesStayInForce = AuthMutation(rawValue: 1 << 0)
}
