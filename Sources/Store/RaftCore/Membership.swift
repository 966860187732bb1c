package import ByteCoding

/// Who votes and who only listens: the cluster's configuration, joint while it changes (paper, §6).
///
/// Outside of a change `outgoing` is empty. During one, a decision needs a majority of `incoming` and one of
/// `outgoing`. Learners receive the log and count for nothing.
package struct Membership: Hashable, Sendable {
  /// The voters; in a joint configuration those of the new one (C-new).
  package let incoming: [MemberID]
  /// The voters of the old configuration (C-old) while a change is under way, else empty.
  package let outgoing: [MemberID]
  /// Members that receive the log without a vote. One that is in `outgoing` too votes until the change is complete.
  package let learners: [MemberID]
  /// Everyone who votes, in the old or the new configuration.
  package let voters: [MemberID]
  /// Everyone who receives the log.
  package let members: [MemberID]

  /// Ids are sorted and made unique; a voter of the new configuration is not kept as a learner.
  package init(voters incoming: [MemberID], outgoing: [MemberID] = [], learners: [MemberID] = []) {
    self.incoming = Set(incoming).sorted()
    self.outgoing = Set(outgoing).sorted()
    self.learners = Set(learners).subtracting(incoming).sorted()
    voters = Set(incoming).union(outgoing).sorted()
    members = Set(incoming).union(outgoing).union(learners).sorted()
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
        \(count) voters are an even number, which tolerates no more failures than \(count - 1): \
        use \(count - 1) or \(count + 1)
        """
      case .zeroIdentity: "zero is not a member's id"
      }
    }
  }

  /// The configuration that a new cluster starts with. Refuses an even number of voters.
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
  private static let version: UInt8 = 1

  package func encode(into writer: inout ByteWriter) {
    writer.write(Self.version)
    for group in [incoming, outgoing, learners] {
      writer.write(varint: UInt64(group.count))
      for member in group { writer.write(fixed: member) }
    }
  }

  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    encode(into: &writer)
    return writer.bytes
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "membership version") }
    var groups: [[MemberID]] = []
    for _ in 0..<3 {
      let count = try reader.readCount(minimumSize: 8)
      var group: [MemberID] = []
      for _ in 0..<count { group.append(try reader.read(fixed: UInt64.self)) }
      groups.append(group)
    }
    self.init(voters: groups[0], outgoing: groups[1], learners: groups[2])
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
