package import ByteCoding

/// Who votes and who only listens: the cluster's configuration, joint while it changes (paper, §6).
///
/// Outside of a change `outgoing` is empty. During one, a decision needs a majority of `incoming` and one of
/// `outgoing`. Learners receive the log and count for nothing. Some of them are candidates: the leader makes voters of
/// them by itself once they have caught up (dissertation, §4.2.1), so that a new member never weakens a quorum with an
/// empty log.
package struct Membership: Hashable, Sendable {
  /// A learner that is to become a voter.
  package struct Candidate: Hashable, Sendable {
    package var member: MemberID
    /// The voter that leaves in the same change, if there is one.
    package var replaces: MemberID?

    package init(_ member: MemberID, replaces: MemberID? = nil) {
      self.member = member
      self.replaces = replaces
    }
  }

  /// The voters; in a joint configuration those of the new one (C-new).
  package let incoming: [MemberID]
  /// The voters of the old configuration (C-old) while a change is under way, else empty.
  package let outgoing: [MemberID]
  /// Members that receive the log without a vote. One that is in `outgoing` too votes until the change is complete.
  package let learners: [MemberID]
  /// Those of the learners that the leader makes voters of, by rising id.
  package let candidates: [Candidate]
  /// Everyone who votes, in the old or the new configuration.
  package let voters: [MemberID]
  /// Everyone who receives the log.
  package let members: [MemberID]

  /// Ids are sorted and made unique; a voter of the new configuration is not kept as a learner. A candidate that is no
  /// learner is left out; one replaces a voter of the new configuration or nobody, and of two that would replace the
  /// same one the first does.
  package init(
    voters incoming: [MemberID], outgoing: [MemberID] = [], learners: [MemberID] = [], candidates: [Candidate] = []
  ) {
    let listening = Set(learners).subtracting(incoming)
    self.incoming = Set(incoming).sorted()
    self.outgoing = Set(outgoing).sorted()
    self.learners = listening.sorted()
    self.candidates = Self.settled(candidates.filter { listening.contains($0.member) }, voters: Set(incoming))
    voters = Set(incoming).union(outgoing).sorted()
    members = Set(incoming).union(outgoing).union(learners).sorted()
  }

  private static func settled(_ candidates: [Candidate], voters: Set<MemberID>) -> [Candidate] {
    var free = voters
    var kept: [Candidate] = []
    for candidate in candidates.sorted(by: { $0.member < $1.member }) where kept.last?.member != candidate.member {
      kept.append(Candidate(candidate.member, replaces: candidate.replaces.flatMap { free.remove($0) }))
    }
    return kept
  }

  package var isJoint: Bool { !outgoing.isEmpty }

  package func isVoter(_ member: MemberID) -> Bool { incoming.contains(member) || outgoing.contains(member) }

  package func isMember(_ member: MemberID) -> Bool { isVoter(member) || learners.contains(member) }

  /// Whether those who satisfy `agrees` are a majority of each half.
  package func hasQuorum(_ agrees: (MemberID) -> Bool) -> Bool {
    Self.isMajority(incoming, agrees) && (outgoing.isEmpty || Self.isMajority(outgoing, agrees))
  }

  /// Whether no quorum can come about any more, given those who have refused.
  package func isLost(refused: (MemberID) -> Bool) -> Bool {
    !hasQuorum { !refused($0) }
  }

  /// The highest index that a majority of each half has reached.
  package func committedIndex(_ match: (MemberID) -> LogIndex) -> LogIndex {
    let new = Self.majorityIndex(incoming, match)
    return outgoing.isEmpty ? new : min(new, Self.majorityIndex(outgoing, match))
  }

  private static func isMajority(_ voters: [MemberID], _ agrees: (MemberID) -> Bool) -> Bool {
    var count = 0
    for voter in voters where agrees(voter) { count += 1 }
    return count > voters.count / 2
  }

  private static func majorityIndex(_ voters: [MemberID], _ match: (MemberID) -> LogIndex) -> LogIndex {
    guard !voters.isEmpty else { return 0 }
    let sorted = voters.map(match).sorted(by: >)
    return sorted[voters.count / 2]
  }
}

extension Membership {
  /// Why a set of voters cannot start a cluster.
  package enum BootstrapError: Error, Hashable, Sendable, CustomStringConvertible {
    case noVoters
    /// An even number of voters survives no more failures than one less, and splits in halves more easily.
    case evenNumberOfVoters(Int)
    case zeroIdentity

    package var description: String {
      switch self {
      case .noVoters: "a cluster needs at least one voter"
      case .evenNumberOfVoters(let count):
        """
        \(count) voters are an even number, and survive no more failures than \(count - 1) voters would: \
        use \(count - 1) or \(count + 1)
        """
      case .zeroIdentity: "zero is not a member's id"
      }
    }
  }

  /// The configuration that a new cluster starts with. Refuses an even number of voters: it comes
  /// about while members change, and is nothing to begin with.
  package static func bootstrap(voters: [MemberID]) throws(BootstrapError) -> Membership {
    let membership = Membership(voters: voters)
    guard !membership.incoming.isEmpty else { throw .noVoters }
    guard !membership.incoming.contains(0) else { throw .zeroIdentity }
    guard membership.incoming.count % 2 == 1 else { throw .evenNumberOfVoters(membership.incoming.count) }
    return membership
  }
}

// MARK: - Format

extension Membership {
  // Version, then incoming, outgoing and learners, each as a count and the ids (8 bytes). Since version 2 also the
  // candidates: their count, and for each its id and the one that it replaces, 0 for nobody.
  private static let version: UInt8 = 2
  private static let versionWithoutCandidates: UInt8 = 1

  package func encode(into writer: inout ByteWriter) {
    writer.write(Self.version)
    for group in [incoming, outgoing, learners] {
      writer.write(varint: UInt64(group.count))
      for member in group { writer.write(fixed: member) }
    }
    writer.write(varint: UInt64(candidates.count))
    for candidate in candidates {
      writer.write(fixed: candidate.member)
      writer.write(fixed: candidate.replaces ?? 0)
    }
  }

  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    encode(into: &writer)
    return writer.bytes
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == Self.version || version == Self.versionWithoutCandidates else {
      throw .unknownValue(UInt64(version), field: "membership version")
    }
    var groups: [[MemberID]] = []
    for _ in 0..<3 {
      let count = try reader.readCount(minimumSize: 8)
      var group: [MemberID] = []
      for _ in 0..<count { group.append(try reader.read(fixed: UInt64.self)) }
      groups.append(group)
    }
    var candidates: [Candidate] = []
    if version == Self.version {
      for _ in 0..<(try reader.readCount(minimumSize: 16)) {
        let member = try reader.read(fixed: UInt64.self)
        let replaced = try reader.read(fixed: UInt64.self)
        candidates.append(Candidate(member, replaces: replaced == 0 ? nil : replaced))
      }
    }
    self.init(voters: groups[0], outgoing: groups[1], learners: groups[2], candidates: candidates)
  }

  package init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    try self.init(from: &reader)
    try reader.expectEnd()
  }
}

/// The payload of a configuration entry: the membership, and whose request it answers.
package struct ConfigurationChange: Hashable, Sendable {
  /// The request, carried through the joint configuration to the entry that leaves it.
  package var id: ProposalID?
  package var membership: Membership

  package init(id: ProposalID?, membership: Membership) {
    self.id = id
    self.membership = membership
  }

  /// Format: whether there is an id, the id, the membership.
  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(id != nil)
    id?.encode(into: &writer)
    membership.encode(into: &writer)
    return writer.bytes
  }

  package init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    id = try reader.readBool() ? try ProposalID(from: &reader) : nil
    membership = try Membership(from: &reader)
    try reader.expectEnd()
  }
}
