package import ByteCoding
package import RaftCore

/// Which proposals have been applied, so that one that is in the log twice (its proposer tried again) takes effect
/// once. Part of the replicated state: equal on all replicas at equal indices.
///
/// For each member it remembers the latest of its starts, the highest sequence applied, and one bit for each of the
/// ``window`` sequences up to it. What is older counts as applied: a proposer keeps its sequences closer together.
package struct ProposalSessions: Hashable, Sendable {
  package static let window: UInt64 = 16384

  private struct Session: Hashable, Sendable {
    var start: UInt64
    var highest: UInt64 = 0
    /// Sequence n at bit n modulo the window.
    var bits = [UInt64](repeating: 0, count: Int(ProposalSessions.window / 64))

    subscript(sequence: UInt64) -> Bool {
      get { bits[Int(sequence % ProposalSessions.window / 64)] & (1 << (sequence % 64)) != 0 }
      set {
        let word = Int(sequence % ProposalSessions.window / 64)
        if newValue { bits[word] |= 1 << (sequence % 64) } else { bits[word] &= ~(1 << (sequence % 64)) }
      }
    }
  }

  private var sessions: [MemberID: Session] = [:]

  package init() {}

  /// Marks a proposal as applied. Says whether it had not been.
  package mutating func admit(_ id: ProposalID) -> Bool {
    var session = sessions.removeValue(forKey: id.origin) ?? Session(start: id.start)
    defer { sessions[id.origin] = session }
    guard id.start >= session.start else { return false }
    if id.start > session.start { session = Session(start: id.start) }
    if id.sequence > session.highest {
      if id.sequence - session.highest >= Self.window {
        session.bits = Session(start: 0).bits
      } else {
        for skipped in (session.highest + 1)...id.sequence { session[skipped] = false }
      }
      session.highest = id.sequence
    } else if session.highest - id.sequence >= Self.window || session[id.sequence] {
      return false
    }
    session[id.sequence] = true
    return true
  }

  // Format: number of members, then for each, by rising id: id (8 bytes), start, highest, the words of bits.

  package func encode(into writer: inout ByteWriter) {
    writer.write(varint: UInt64(sessions.count))
    for (member, session) in sessions.sorted(by: { $0.key < $1.key }) {
      writer.write(fixed: member)
      writer.write(varint: session.start)
      writer.write(varint: session.highest)
      for word in session.bits { writer.write(fixed: word) }
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    let words = Int(Self.window / 64)
    let count = try reader.readCount(minimumSize: 10 + words * 8)
    for _ in 0..<count {
      let member = try reader.read(fixed: UInt64.self)
      var session = Session(start: try reader.readVarint())
      session.highest = try reader.readVarint()
      for word in 0..<words { session.bits[word] = try reader.read(fixed: UInt64.self) }
      sessions[member] = session
    }
  }
}
