import RaftCore
import Replica

/// Reads that a replica was asked for, and what it may answer them from (§6.4 of Ongaro's dissertation).
struct AuditedReads: Sendable {
  private struct RemoteRead: Hashable {
    var member: MemberID
    var request: UInt64
  }

  /// How things stood when a read came.
  private struct Arrival {
    var term: Term
    /// The last round of heartbeats of one that led.
    var round: UInt64
    var commit: LogIndex
  }

  /// Of a leader: its last round, and the last one that each member has answered.
  private var lastRound: UInt64
  private var confirmed: [MemberID: UInt64]
  private var own: [UInt64: Arrival] = [:]
  private var remote: [RemoteRead: Arrival] = [:]
  /// What leaders have answered in this round of effects.
  private var answers: Set<LogIndex> = []

  init(lastRound: UInt64 = 0, confirmed: [MemberID: UInt64] = [:]) {
    self.lastRound = lastRound
    self.confirmed = confirmed
  }

  // MARK: - What happens

  /// The replica begins to lead.
  mutating func lead() {
    (lastRound, confirmed) = (0, [:])
    remote = [:]
  }

  /// Heartbeats of this round leave.
  mutating func sends(round: UInt64) { lastRound = max(lastRound, round) }

  mutating func confirms(_ round: UInt64, _ member: MemberID) {
    confirmed[member] = max(confirmed[member] ?? 0, round)
  }

  /// A read of a client's comes.
  mutating func came(_ id: UInt64, _ view: ConsensusView, leading: Term?) { own[id] = arrival(view, leading) }

  /// A read of another member's comes.
  mutating func came(_ request: UInt64, from member: MemberID, _ view: ConsensusView, leading: Term?) {
    let read = RemoteRead(member: member, request: request)
    if remote.count > 65536 { remote = [:] }
    // Of copies that the network made, the first counts.
    if remote[read].map({ $0.term != view.term }) ?? true { remote[read] = arrival(view, leading) }
  }

  private func arrival(_ view: ConsensusView, _ leading: Term?) -> Arrival {
    Arrival(term: view.term, round: leading == view.term ? lastRound : 0, commit: view.commit)
  }

  /// A leader has answered.
  mutating func wasTold(_ index: LogIndex) { answers.insert(index) }

  mutating func refused(_ ids: [UInt64]) { for id in ids { own[id] = nil } }

  /// The effects of a round were taken.
  mutating func endRound() { answers = [] }

  // MARK: - What must hold

  /// Clients' reads may run from this index on.
  ///
  /// - Parameter led: the term that it has led in this round.
  mutating func allows(
    _ ids: [UInt64], from index: LogIndex, led: Term?, _ consensus: ReplicaConsensus
  ) -> [StepFinding] {
    var findings: [StepFinding] = []
    for id in ids {
      guard let arrival = own.removeValue(forKey: id) else { continue }
      if !answers.contains(index) {
        findings += check(arrival, index, led, consensus)
      } else if index < arrival.commit {
        findings.append(
          StepFinding(
            .reads, "read \(id) may see the state of \(index), and came when \(arrival.commit) was committed"))
      }
    }
    return findings
  }

  /// A member is told that its read may run from this index on.
  mutating func answers(
    _ request: UInt64, of member: MemberID, with index: LogIndex, led: Term?, _ consensus: ReplicaConsensus
  ) -> [StepFinding] {
    remote.removeValue(forKey: RemoteRead(member: member, request: request)).map {
      check($0, index, led, consensus)
    } ?? []
  }

  /// Of a leader: a round that was sent after the read came, answered by a majority.
  private func check(
    _ arrival: Arrival, _ index: LogIndex, _ led: Term?, _ consensus: ReplicaConsensus
  ) -> [StepFinding] {
    var findings: [StepFinding] = []
    func find(_ what: String) { findings.append(StepFinding(.reads, what)) }
    if index < arrival.commit {
      find("a read may see the state of \(index), and came when \(arrival.commit) was committed")
    }
    guard let led else {
      find("a read is answered by one that does not lead")
      return findings
    }
    if let term = consensus.term(at: index), term != led {
      find("a read may see the state of \(index) before an entry of term \(led) is committed")
    }
    let member = consensus.configuration.raft.member
    guard consensus.membership.voters.contains(where: { $0 != member }) else { return findings }
    let since = arrival.term == led ? arrival.round : 0
    let round = consensus.membership.committedIndex { $0 == member ? .max : confirmed[$0] ?? 0 }
    if round <= since {
      find("a read is answered before a majority has confirmed a round after \(since); \(round) is confirmed")
    }
    return findings
  }
}
