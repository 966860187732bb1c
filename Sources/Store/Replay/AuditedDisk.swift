import RaftCore
import Replica

/// What a replica has given its disk to write, and what of that the disk has.
struct AuditedDisk: Sendable {
  /// As it was written, whether or not the disk has it yet.
  private(set) var log = AuditedLog()
  /// The last index that the disk has.
  private(set) var durable: LogIndex = 0
  /// What is under way.
  private var writes: [(token: WriteToken, last: LogIndex, hardState: HardState?)] = []
  private var lastToken: WriteToken = 0
  private var writtenHardState = HardState()
  /// Votes that the disk has, or had before a start.
  private var votes: [Term: MemberID] = [:]
  /// Votes of this term and below may have gone to the disk before the recording began.
  private var unknownTerm: Term = 0

  /// Begins with the state of a replica, keeping whom it voted for.
  mutating func begin(_ origin: ConsensusOrigin, _ view: ConsensusView) {
    log = AuditedLog(origin)
    writes = origin.pendingWrites.map { ($0.token, $0.last, nil) }
    lastToken = origin.lastToken
    (durable, writtenHardState) = (view.stable, origin.hardState)
    unknownTerm = view.term
  }

  /// This beginning is one of a process, which has found this on its disk.
  ///
  /// - Parameter hasLost: what was lost with the end of the log is not known.
  mutating func start(from hardState: HardState, hasLost: Bool) -> StepFinding? {
    unknownTerm = 0
    if hasLost { votes = [:] }
    guard let vote = hardState.votedFor else { return nil }
    defer { votes[hardState.term] = vote }
    guard let earlier = votes[hardState.term], earlier != vote else { return nil }
    return StepFinding(
      .oneVote, "its disk says that it voted for another one in term \(hardState.term) than before")
  }

  /// Whether the disk has the vote for this member, as far as is known.
  func mayHaveVote(for member: MemberID, in term: Term) -> Bool { term <= unknownTerm || votes[term] == member }

  /// A write is done, and all before it.
  mutating func persisted(_ token: WriteToken) -> StepFinding? {
    guard token <= lastToken else {
      return StepFinding(.tokens, "write \(token) is done, and \(lastToken) was the last one")
    }
    while let first = writes.first, first.token <= token {
      durable = max(durable, first.last)
      if let state = first.hardState, let vote = state.votedFor { votes[state.term] = vote }
      writes.removeFirst()
    }
    return nil
  }

  /// Nobody looks there any more.
  mutating func forget(before index: LogIndex) { log.forget(before: index) }

  /// A write is given to the disk.
  ///
  /// - Parameters:
  ///   - commit: what was committed before the round that it belongs to.
  ///   - term: the present one.
  mutating func take(_ write: LogWrite, commit: LogIndex, term: Term) -> [StepFinding] {
    var findings: [StepFinding] = []
    if write.token <= lastToken { findings.append(StepFinding(.tokens, "write \(write.token) follows \(lastToken)")) }
    lastToken = write.token
    if let base = write.base {
      log.reset(to: base)
      durable = base.index
      cutWrites(to: base.index)
    }
    if let first = write.entries.first {
      durable = min(durable, first.index - 1)
      cutWrites(to: first.index - 1)
      findings += log.append(write.entries, commit: commit, term: term)
    }
    if let state = write.hardState { findings += take(state) }
    writes.append((write.token, log.lastIndex, write.hardState))
    return findings
  }

  /// What is behind is not in the log any more, whether or not the disk has it.
  private mutating func cutWrites(to last: LogIndex) {
    for position in writes.indices { writes[position].last = min(writes[position].last, last) }
  }

  private mutating func take(_ state: HardState) -> [StepFinding] {
    var findings: [StepFinding] = []
    if state.term < writtenHardState.term {
      findings.append(
        StepFinding(.termsRise, "term \(state.term) is written after \(writtenHardState.term)"))
    }
    if state.term == writtenHardState.term, let vote = writtenHardState.votedFor, state.votedFor != vote {
      findings.append(StepFinding(.oneVote, "another vote is written in term \(state.term) than before"))
    }
    if let vote = state.votedFor, let earlier = votes[state.term], earlier != vote {
      findings.append(
        StepFinding(
          .oneVote,
          """
          in term \(state.term) it voted for \(StepAuditor.name(earlier)), and now for \(StepAuditor.name(vote))
          """))
    }
    writtenHardState = state
    return findings
  }
}
