package import ByteCoding

/// What a snapshot stands for: everything up to and with the entry at `index` (paper, §7).
package struct SnapshotMetadata: Hashable, Sendable {
  /// The last entry that the snapshot covers.
  package var index: LogIndex
  /// That entry's term.
  package var term: Term
  /// The configuration as of that entry.
  package var membership: Membership

  package init(index: LogIndex, term: Term, membership: Membership) {
    self.index = index
    self.term = term
    self.membership = membership
  }

  package func encode(into writer: inout ByteWriter) {
    writer.write(varint: index)
    writer.write(varint: term)
    membership.encode(into: &writer)
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    index = try reader.readIndex()
    term = try reader.readTerm()
    membership = try Membership(from: &reader)
  }
}
