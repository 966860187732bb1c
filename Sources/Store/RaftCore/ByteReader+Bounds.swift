package import ByteCoding

// What is counted with must leave room to count: a term or an index from a disk that is beyond all that can be is an
// error that says so.

extension ByteReader {
  /// A term, below ``RaftMessage/termBound``.
  package mutating func readTerm() throws(ByteCodingError) -> Term {
    let term = try readVarint()
    guard term < RaftMessage.termBound else { throw .unknownValue(term, field: "term") }
    return term
  }

  /// An index, below ``RaftMessage/indexBound``.
  package mutating func readIndex() throws(ByteCodingError) -> LogIndex {
    let index = try readVarint()
    guard index < RaftMessage.indexBound else { throw .unknownValue(index, field: "index") }
    return index
  }
}
