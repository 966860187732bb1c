/// Bugs of the store that tests can switch on, to prove that the simulation catches them. See `Mutation` in RaftCore.
package struct StoreMutation: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A watch that is resumed at a revision begins behind it.
  package static let watchesResumeLate = StoreMutation(rawValue: 1 << 0)
  /// Where a slice of history ends in the middle of a revision, the rest of that is left out.
  package static let watchesSplitRevisions = StoreMutation(rawValue: 1 << 1)
  /// What a watch names as the key before a change is the key behind it.
  package static let previousIsPresent = StoreMutation(rawValue: 1 << 2)
  /// A compaction forgets what only a read at its own revision could see.
  package static let compactsTooFar = StoreMutation(rawValue: 1 << 3)
  /// A transaction compares with the state before the last change.
  package static let comparesPast = StoreMutation(rawValue: 1 << 4)
  /// To delete what is not there makes a revision.
  package static let emptyDeletionsCount = StoreMutation(rawValue: 1 << 5)
  /// A key that is put on another lease, or on none, stays on the one it was on.
  package static let leasesKeepKeys = StoreMutation(rawValue: 1 << 6)
  /// The end of a lease leaves its first key behind.
  package static let revocationsSpareAKey = StoreMutation(rawValue: 1 << 7)
  /// A compaction at the revision of a deletion forgets that (etcd-io/etcd issues 18089 and 19179).
  package static let compactionsDropDeletions = StoreMutation(rawValue: 1 << 8)
}
