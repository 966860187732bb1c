package import RaftCore

/// Heartbeats that a leader's quorum can do without, kept back for a moment.
///
/// Each round of linearisable reads is a heartbeat to every follower, and is confirmed by the first half of them that
/// answer. So those who answered the latest rounds are sent a heartbeat at once, as many as a quorum needs besides the
/// leader, and the others a little later: only the newest, which confirms all rounds before it. Where one of the first
/// does not answer, another one does by then, and is among the first from the next round on.
package struct SpareHeartbeats: Sendable {
  /// How long a heartbeat is kept back, in nanoseconds: little beside an election timeout, and what a read waits for
  /// when a follower has died that was always the first to answer.
  package static let patience: UInt64 = 2_000_000

  private struct Answer {
    var round: UInt64 = 0
    /// Its place among all answers.
    var place: UInt64 = 0
  }

  private var kept = KeptMessages(patience: Self.patience)
  /// Each follower's answer to the latest round that it has answered, and the last round that there was.
  private var answered: [MemberID: Answer] = [:]
  private var answers: UInt64 = 0
  private var round: UInt64 = 0

  package init() {}

  /// A peer's message came in.
  package mutating func heard(_ message: RaftMessage) {
    guard case .heartbeatResponse(let answer) = message.body else { return }
    // An answer to an earlier leadership of this member's can have any number.
    let latest = min(answer, round)
    guard latest > (answered[message.from]?.round ?? 0) else { return }
    answers += 1
    answered[message.from] = Answer(round: latest, place: answers)
  }

  /// A message is to be sent.
  ///
  /// - Parameters:
  ///   - membership: the configuration in force.
  ///   - mayWait: false for a receiver that is not to be kept waiting.
  ///   - time: in nanoseconds.
  /// - Returns: whether it goes now.
  package mutating func pass(
    _ message: RaftMessage, in membership: Membership, mayWait: Bool = true, at time: UInt64
  ) -> Bool {
    guard case .heartbeat(let heartbeat) = message.body else { return true }
    round = max(round, heartbeat.round)
    guard mayWait, isSpare(message.to, from: message.from, in: membership) else {
      kept.take(message.to)
      return true
    }
    kept.keep(message, at: time)
    return false
  }

  /// When the next one goes, in nanoseconds; nil while none is kept back.
  package var nextDue: UInt64? { kept.nextDue }

  /// Those that go now, by rising receiver.
  package mutating func takeDue(at time: UInt64) -> [RaftMessage] { kept.takeDue(at: time) }

  /// The term, the role or the leader has changed: rounds are counted anew.
  package mutating func forget() { self = SpareHeartbeats() }

  /// Whether a quorum comes about without this member, of those who have answered later rounds. Not while the voters
  /// change.
  private func isSpare(_ member: MemberID, from leader: MemberID, in membership: Membership) -> Bool {
    let voters = membership.incoming
    guard !membership.isJoint, voters.contains(leader), voters.contains(member) else { return false }
    let before = voters.filter { $0 != leader && $0 != member && precedes($0, member) }
    return before.count >= voters.count / 2
  }

  /// Of two that have answered the same round, who did so first: a slow one is not asked first again because it has
  /// answered at last.
  private func precedes(_ one: MemberID, _ other: MemberID) -> Bool {
    let (first, second) = (answered[one] ?? Answer(), answered[other] ?? Answer())
    if first.round != second.round { return first.round > second.round }
    return first.place == second.place ? one < other : first.place < second.place
  }
}
