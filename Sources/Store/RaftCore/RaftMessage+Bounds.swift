// A peer's certificate vouches for who it is, not for its having no bug. What no member in order can have sent is not
// acted upon: it would overflow where terms and indices are counted with, or get into the log and keep this member from
// starting again. What remains is what Raft takes on trust: that a leader says the truth of what is committed.

extension RaftMessage {
  /// Terms lie below this: an election every hundredth of a second would take more than half a year to get there, and
  /// what a member's starts are counted from (``HardState/rejoining(_:after:)``) has room for it.
  package static let termBound: Term = 1 << 31
  /// Indices, counts of bytes and rounds lie below this.
  package static let indexBound: LogIndex = 1 << 62

  /// Whether a member without a bug can have sent this.
  package var isPlausible: Bool {
    guard term < Self.termBound else { return false }
    switch body {
    case .preVote(let request), .vote(let request):
      return request.lastTerm <= term && request.lastIndex < Self.indexBound
    case .append(let append): return isPlausible(append)
    case .appendResponse(.accepted(let match)): return match < Self.indexBound
    case .appendResponse(.rejected(let previous, let hint, let hintTerm, _)):
      return previous < Self.indexBound && hint < Self.indexBound && hintTerm <= term
    case .heartbeat(let heartbeat): return heartbeat.commit < Self.indexBound && heartbeat.round < Self.indexBound
    case .heartbeatResponse(let round): return round < Self.indexBound
    case .snapshotChunk(let chunk): return isPlausible(chunk)
    case .snapshotProgress(let progress):
      return progress.index < Self.indexBound && progress.nextOffset < Self.indexBound
    case .readIndexResponse(_, let index): return index ?? 0 < Self.indexBound
    case .recoveryAnswer(_, let lastIndex): return lastIndex < Self.indexBound
    case .preVoteResponse, .voteResponse, .timeoutNow, .propose, .proposalsRefused, .readIndex, .recoveryQuery,
      .transferLeadership:
      return true
    }
  }

  /// A log's terms never go back, and no leader has an entry of a later term than its own.
  private func isPlausible(_ append: Append) -> Bool {
    guard append.previousIndex < Self.indexBound, append.commit < Self.indexBound, append.previousTerm <= term else {
      return false
    }
    var last = (index: append.previousIndex, term: append.previousTerm)
    for entry in append.entries {
      guard entry.index == last.index + 1, entry.term >= last.term else { return false }
      last = (entry.index, entry.term)
    }
    return last.term <= term && last.index < Self.indexBound
  }

  private func isPlausible(_ chunk: SnapshotChunk) -> Bool {
    chunk.metadata.index > 0 && chunk.metadata.index < Self.indexBound && chunk.metadata.term <= term
      && !chunk.metadata.membership.incoming.isEmpty && chunk.totalSize < Self.indexBound
      && chunk.offset <= chunk.totalSize && UInt64(chunk.data.count) <= chunk.totalSize - chunk.offset
  }
}
