package import ByteCoding
package import MVCC
package import RaftCore
package import StoreAuth

/// What the log decides besides the keys and values: a snapshot carries it in its header, and it is equal on all
/// replicas at equal indices.
///
/// A kind of record is a property here, its code stands in a file of its own, and its bytes are a section of the
/// header, so that one can be added without touching the others.
package struct ReplicatedRecords: Hashable, Sendable {
  /// Which proposals have been applied.
  package var sessions = ProposalSessions()
  /// The entry that granted each lease or kept it alive last.
  package var renewals: [LeaseID: LogIndex] = [:]
  /// Who the members are.
  package var members = MemberTable()
  /// A running hash over what the log has decided.
  package var digest = StateDigest()
  /// Users and roles, and whether they count.
  package var auth = AuthState()

  package init() {}

  // Format: number of sections, then for each its tag (1 byte), its length (varint) and its bytes. A section that is
  // not known is an error: to leave it out would make another state of it.

  private enum Section: UInt8, CaseIterable {
    case sessions = 1
    case renewals = 2
    case members = 4
    case auth = 5
    case digest = 6
  }

  package func encode(into writer: inout ByteWriter) {
    writer.write(varint: UInt64(Section.allCases.count))
    for section in Section.allCases {
      writer.write(section.rawValue)
      var body = ByteWriter()
      encode(section, into: &body)
      writer.write(bytes: body.bytes)
    }
  }

  private func encode(_ section: Section, into writer: inout ByteWriter) {
    switch section {
    case .sessions: sessions.encode(into: &writer)
    case .members: members.encode(into: &writer)
    case .auth: auth.encode(into: &writer)
    case .digest: digest.encode(into: &writer)
    case .renewals:
      writer.write(varint: UInt64(renewals.count))
      for (lease, index) in renewals.sorted(by: { $0.key < $1.key }) {
        writer.write(zigzag: lease)
        writer.write(varint: index)
      }
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    digest = .unknown
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      let tag = try reader.readByte()
      guard let section = Section(rawValue: tag) else { throw .unknownValue(UInt64(tag), field: "section of records") }
      var body = ByteReader(try reader.readBytes())
      switch section {
      case .sessions: sessions = try ProposalSessions(from: &body)
      case .members: members = try MemberTable(from: &body)
      case .auth: auth = try AuthState(from: &body)
      case .digest: digest = try StateDigest(from: &body)
      case .renewals:
        for _ in 0..<(try body.readCount(minimumSize: 2)) {
          renewals[try body.readZigzag()] = try body.readVarint()
        }
      }
      try body.expectEnd()
    }
  }
}
