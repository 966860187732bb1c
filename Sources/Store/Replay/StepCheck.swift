/// What did not hold.
package struct StepFinding: Hashable, Sendable, CustomStringConvertible {
  package var check: StepCheck
  package var description: String

  init(_ check: StepCheck, _ description: String) {
    self.check = check
    self.description = description
  }
}

/// What must hold of one replica's steps, whatever it is told. The names are those of the paper's properties where it
/// has one (Ongaro and Ousterhout, figure 3).
package enum StepCheck: String, Hashable, Sendable, CaseIterable {
  case termsRise = "terms rise"
  case commitRises = "the commit index rises, within the log"
  case oneVote = "one vote a term"
  case votesAreSynced = "a vote leaves only when the disk has it"
  case logsAreCompared = "a vote goes to no log that is behind"
  case lostTailsDoNotVote = "who lost the end of its log does not vote"
  case preVote = "no campaign without a pre-vote"
  case elections = "a leader has a majority's votes"
  case oneLeader = "one leader a term"
  case staleTerms = "messages of earlier terms change nothing"
  case logMatching = "log matching"
  case committedStays = "what is committed stays"
  case truncations = "only what is contradicted is dropped"
  case acknowledgements = "acknowledged only when the disk has it"
  case majorities = "committed only when a majority has it"
  case ownTerm = "a leader counts entries of its own term only"
  case followersCommit = "a follower commits what it is told to"
  case heartbeats = "a heartbeat names no more than the follower has"
  case applying = "applied in order, and only what is committed"
  case configurations = "the log's last configuration is in force"
  case jointChanges = "voters change by a joint configuration"
  case reads = "a read is confirmed by a majority after it came"
  case tokens = "only what was written is done"
}
