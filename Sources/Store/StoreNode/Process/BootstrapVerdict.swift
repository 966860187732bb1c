package import RaftCore

/// What a replica with an empty disk may do, by what its peers say of it so far.
///
/// It must not begin as new if it has ever taken part: it could vote a second time in a term, and an entry that it had
/// acknowledged would be on one disk less than its leader believes. Whoever can have counted on it (a candidate that had
/// its vote, a leader that had its acknowledgement) had written down before that it takes part. So it is new for certain
/// once *every* other member says that it has never heard of it; a majority's word says nothing, because their disks may
/// have been emptied by the same mishap. What an operator says instead of those who are silent (`--new-cluster`) is his
/// responsibility; nobody's flag outweighs a member that knows better.
package enum BootstrapVerdict: Hashable, Sendable {
  case begin
  /// These know that it has taken part.
  case known(by: [MemberID])
  /// These belong to another cluster of its name.
  case foreign([MemberID])
  /// These have to answer first.
  case wait(for: [MemberID])

  /// What a peer says.
  package struct Answer: Hashable, Sendable {
    package var knowsMe: Bool
    package var term: Term
    /// Zero from one whose own disk is empty.
    package var clusterID: UInt64

    package init(knowsMe: Bool, term: Term, clusterID: UInt64) {
      self.knowsMe = knowsMe
      self.term = term
      self.clusterID = clusterID
    }
  }

  /// - Parameters:
  ///   - answers: of some of `others`.
  ///   - others: all other members, in the order in which they are named.
  ///   - clusterID: which cluster it would begin in.
  ///   - passesOverSilent: those who have not answered are left out of account.
  package init(
    answers: [MemberID: Answer], others: [MemberID], clusterID: UInt64, passesOverSilent: Bool = false
  ) {
    let knowing = others.filter { answers[$0]?.knowsMe == true }
    let foreign = others.filter { member in
      answers[member].map { $0.clusterID != 0 && $0.clusterID != clusterID } ?? false
    }
    let silent = others.filter { answers[$0] == nil }
    self =
      if !knowing.isEmpty {
        .known(by: knowing)
      } else if !foreign.isEmpty {
        .foreign(foreign)
      } else if silent.isEmpty || passesOverSilent {
        .begin
      } else {
        .wait(for: silent)
      }
  }
}
