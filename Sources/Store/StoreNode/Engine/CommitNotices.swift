package import RaftCore

/// Appends that tell a follower nothing but how far the log is committed, kept back for a moment.
///
/// A leader under load has the next entries for a follower soon, and their append says the same. By itself such a
/// notice costs a TLS record each way, and a turn of the consensus at both ends. So it goes along with the next message
/// to that follower, before it, or not at all where that is an append, which knows of no earlier commit; and when its
/// time has come if there is none.
///
/// A follower that has clients of its own, by what it has asked of late, is told at once: their writes are answered
/// when it has applied them.
package struct CommitNotices: Sendable {
  /// How long a notice waits for company, in nanoseconds. So much later a watch at a follower sees what others wrote.
  package static let patience: UInt64 = 2_000_000
  /// For so many ticks after it has passed on a client's request a follower counts as one that has clients.
  package static let eagerTicks: UInt64 = 20

  private var kept = KeptMessages(patience: Self.patience)
  /// When each member has asked for something last, in ticks.
  private var asked: [MemberID: UInt64] = [:]
  private var now: UInt64 = 0

  package init() {}

  /// A tick of time has passed.
  package mutating func tick() { now += 1 }

  /// A peer's message came in.
  package mutating func heard(_ message: RaftMessage) {
    switch message.body {
    case .propose, .readIndex: asked[message.from] = now
    default: break
    }
  }

  /// A message is to be sent.
  ///
  /// - Parameter time: in nanoseconds.
  /// - Returns: what was kept back and goes before it, if there is anything, and whether it goes now itself.
  package mutating func pass(_ message: RaftMessage, at time: UInt64) -> (earlier: RaftMessage?, goes: Bool) {
    guard case .append(let append) = message.body else { return (kept.take(message.to), true) }
    guard append.entries.isEmpty, !hasClients(message.to) else {
      kept.take(message.to)
      return (nil, true)
    }
    kept.keep(message, at: time)
    return (nil, false)
  }

  /// When the next notice goes by itself, in nanoseconds; nil while none is kept back.
  package var nextDue: UInt64? { kept.nextDue }

  /// Those that go by themselves now, by rising receiver.
  package mutating func takeDue(at time: UInt64) -> [RaftMessage] { kept.takeDue(at: time) }

  /// This replica does not lead any more: what it has kept back tells nobody anything.
  package mutating func forget() { kept.removeAll() }

  /// Whether a member has passed on a client's request of late.
  package func hasClients(_ member: MemberID) -> Bool {
    guard let last = asked[member] else { return false }
    return now - last < Self.eagerTicks
  }
}
