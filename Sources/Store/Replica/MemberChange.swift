package import ByteCoding
package import RaftCore

/// A request about the members, as a command in the log. What becomes of it is ``MemberTable``'s matter.
package enum MemberChange: Hashable, Sendable {
  /// A new member, under an id that its proposer has drawn, as a learner or as one that is to vote once it has
  /// caught up.
  case add(MemberID, peerURLs: [String], MemberTable.Wish)
  /// A learner is to vote.
  case promote(MemberID)
  /// A member's peers find it elsewhere from now on.
  case update(MemberID, peerURLs: [String])
  case remove(MemberID)
  /// A member tells of itself. Its peer addresses count only where none are known.
  case publish(MemberID, MemberTable.Attributes)
  /// What the cluster's file says of members that have no row.
  case seed([MemberID: MemberTable.Attributes])

  // Format: tag (1 add, 2 promote, 3 update, 4 remove, 5 publish, 6 seed), then the fields in their order.

  package func encode(into writer: inout ByteWriter) {
    switch self {
    case .add(let member, let peerURLs, let wish):
      writer.write(UInt8(1))
      writer.write(fixed: member)
      MemberTable.Attributes(peerURLs: peerURLs).encode(into: &writer)
      wish.encode(into: &writer)
    case .promote(let member):
      writer.write(UInt8(2))
      writer.write(fixed: member)
    case .update(let member, let peerURLs):
      writer.write(UInt8(3))
      writer.write(fixed: member)
      MemberTable.Attributes(peerURLs: peerURLs).encode(into: &writer)
    case .remove(let member):
      writer.write(UInt8(4))
      writer.write(fixed: member)
    case .publish(let member, let attributes):
      writer.write(UInt8(5))
      writer.write(fixed: member)
      attributes.encode(into: &writer)
    case .seed(let members):
      writer.write(UInt8(6))
      writer.write(varint: UInt64(members.count))
      for (member, attributes) in members.sorted(by: { $0.key < $1.key }) {
        writer.write(fixed: member)
        attributes.encode(into: &writer)
      }
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    let tag = try reader.readByte()
    switch tag {
    case 1:
      let member = try reader.read(fixed: UInt64.self)
      let attributes = try MemberTable.Attributes(from: &reader)
      self = .add(member, peerURLs: attributes.peerURLs, try MemberTable.Wish(from: &reader))
    case 2: self = .promote(try reader.read(fixed: UInt64.self))
    case 3:
      let member = try reader.read(fixed: UInt64.self)
      self = .update(member, peerURLs: try MemberTable.Attributes(from: &reader).peerURLs)
    case 4: self = .remove(try reader.read(fixed: UInt64.self))
    case 5:
      let member = try reader.read(fixed: UInt64.self)
      self = .publish(member, try MemberTable.Attributes(from: &reader))
    case 6:
      var members: [MemberID: MemberTable.Attributes] = [:]
      for _ in 0..<(try reader.readCount(minimumSize: 11)) {
        let member = try reader.read(fixed: UInt64.self)
        members[member] = try MemberTable.Attributes(from: &reader)
      }
      self = .seed(members)
    default: throw .unknownValue(UInt64(tag), field: "member change")
    }
  }
}

/// Why a ``MemberChange`` did nothing.
package enum MemberError: UInt8, Error, Hashable, Sendable, CaseIterable {
  case notFound = 1
  case idExists = 2
  /// Another member has one of the peer addresses.
  case peerURLExists = 3
  /// Only learners are promoted.
  case notLearner = 4
  /// Nobody would be left to vote.
  case lastVoter = 5
  case tooManyLearners = 6
  /// Only voters are replaced.
  case notVoter = 7
  /// Another new member is to take the same one's place.
  case replacedAlready = 8
  /// Another member has the name.
  case nameTaken = 9
}
