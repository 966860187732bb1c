import RaftCore
import Replica

// Inputs, effects and states in words, for people who look for what happened.

extension Replayer {
  func describe(_ view: ConsensusView) -> String {
    var text = "\(view.role) of term \(view.term)"
    if view.role != .leader { text += view.leader.map { " behind \(display($0))" } ?? ", no leader known" }
    if view.role != .leader, let vote = view.votedFor { text += ", vote for \(display(vote))" }
    text += ", log \(view.baseIndex + 1)…\(view.lastIndex) (term \(view.lastTerm)), disk \(view.stable), "
    text += "commit \(view.commit), given out \(view.applying)"
    if view.hasLostAll { text += ", lost its disk" } else if view.mustCatchUp { text += ", must catch up" }
    return text
  }

  func describe(_ membership: Membership) -> String {
    var text = "voters \(list(membership.incoming))"
    if membership.isJoint { text += " jointly with \(list(membership.outgoing))" }
    if !membership.learners.isEmpty { text += ", learners \(list(membership.learners))" }
    return text
  }

  private func list(_ members: [MemberID]) -> String { members.map { display($0) }.joined(separator: " ") }

  func describe(_ input: RecordedInput) -> String {
    switch input {
    case .proposal(let sequence, let payload): return "proposal \(sequence) of \(payload.count) bytes"
    case .input(let input): return describe(input)
    }
  }

  private func describe(_ input: ReplicaInput) -> String {
    switch input {
    case .tick: "tick"
    case .message(let message): "from \(display(message.from)) in term \(message.term): \(describe(message.body))"
    case .propose(let sequence, _, _): "proposal \(sequence)"
    case .read(let id): "read \(id)"
    case .persisted(let token): "the disk has write \(token)"
    case .applied(let index): "applied up to \(index)"
    case .snapshotSaved(let metadata): "snapshot of \(metadata.index) saved"
    case .snapshotChunkRead(let chunk, let request):
      """
      piece of the snapshot for \(display(request.to)) read: \
      \(chunk.map { "\($0.data.count) bytes at \($0.offset) of \($0.metadata.index)" } ?? "none")
      """
    case .snapshotChunkStored(let metadata, let end): "snapshot of \(metadata.index) stored up to \(end)"
    case .snapshotStored(let metadata): "snapshot of \(metadata.index) stored"
    case .snapshotRejected(let metadata): "snapshot of \(metadata.index) thrown away"
    case .connectionRefused(let member): "the process of \(display(member)) is gone"
    case .transferLeadership(let target): "hand the leadership over to \(target.map { display($0) } ?? "whom it likes")"
    case .retire: "retire"
    case .members(let members): "members as of \(members.index): \(describe(members.membership))"
    case .changeMembership(let sequence, let membership): "change \(sequence) to \(describe(membership))"
    }
  }

  private func describe(_ body: RaftMessage.Body) -> String {
    switch body {
    case .preVote(let request): "would you vote for me? log \(request.lastIndex) (term \(request.lastTerm))"
    case .preVoteResponse(let vote):
      "I would\(vote.isGranted ? "" : " not") vote for you\(vote.isProvisional ? ", provisionally" : "")"
    case .vote(let request):
      """
      vote for me, log \(request.lastIndex) (term \(request.lastTerm))\
      \(request.isTransfer ? ", the leader asked me to" : "")
      """
    case .voteResponse(let vote):
      "\(vote.isGranted ? "my vote" : "no vote for you")\(vote.isProvisional ? ", provisionally" : "")"
    case .append(let append):
      "append \(append.entries.count) behind \(append.previousIndex) (term \(append.previousTerm)), commit \(append.commit)"
    case .appendResponse(.accepted(let match)): "my disk agrees up to \(match)"
    case .appendResponse(.rejected(let previous, let hint, let hintTerm, let lostTail)):
      "not behind \(previous): try \(hint) (term \(hintTerm))\(lostTail ? ", I have lost the end of my log" : "")"
    case .heartbeat(let heartbeat): "heartbeat \(heartbeat.round), commit \(heartbeat.commit)"
    case .heartbeatResponse(let round): "answer to heartbeat \(round)"
    case .snapshotChunk(let chunk):
      "snapshot of \(chunk.metadata.index), \(chunk.data.count) bytes at \(chunk.offset) of \(chunk.totalSize)"
    case .snapshotProgress(let progress): "snapshot of \(progress.index): go on at \(progress.nextOffset)"
    case .timeoutNow: "take over"
    case .propose(let proposals): "\(proposals.count) proposals, \(proposals.reduce(0) { $0 + $1.payload.count }) bytes"
    case .proposalsRefused(let ids, let refusal): "\(ids.count) proposals refused: \(refusal)"
    case .readIndex(let request): "read request \(request)"
    case .readIndexResponse(let request, let index):
      "read request \(request): \(index.map { "from \($0) on" } ?? "I do not lead")"
    case .recoveryQuery: "what must I have before I vote?"
    case .recoveryAnswer(_, let lastIndex): "everything up to \(lastIndex), before you vote"
    case .transferLeadership(let target): "hand over to \(target == 0 ? "whom you like" : display(target))"
    }
  }

  func describe(_ effect: ReplicaEffect) -> String {
    switch effect {
    case .write(let write):
      "write \(write.token): "
        + [
          write.base.map { "the log anew behind \($0.index)" },
          write.entries.first.map { "entries \($0.index) to \(write.entries[write.entries.count - 1].index)" },
          write.hardState.map {
            "term \($0.term), vote \($0.votedFor.map { display($0) } ?? "none"), commit \($0.commit)"
          },
        ].compactMap { $0 }.joined(separator: ", ")
    case .send(let message): "to \(display(message.to)) in term \(message.term): \(describe(message.body))"
    case .apply(let entries): "apply \(entries.first?.index ?? 0) to \(entries.last?.index ?? 0)"
    case .installSnapshot(let metadata): "install the snapshot of \(metadata.index)"
    case .readable(let ids, let index): "\(ids.count) reads may run from \(index) on"
    case .readsRefused(let ids, let refusal): "\(ids.count) reads refused: \(refusal)"
    case .proposalsRefused(let sequences, let refusal): "\(sequences.count) proposals refused: \(refusal)"
    case .proposalsUncertain(let sequences): "\(sequences.count) proposals given up, their outcome is not known"
    case .readSnapshotChunk(let request): "read a piece of the snapshot for \(display(request.to)) at \(request.offset)"
    case .storeSnapshotChunk(let chunk): "store a piece of the snapshot of \(chunk.metadata.index) at \(chunk.offset)"
    case .dropSnapshot(let metadata): "drop what there is of the snapshot of \(metadata.index)"
    case .forgetSnapshot(let metadata): "forget the snapshot of \(metadata.index)"
    case .compactLog(let index): "compact the log up to \(index)"
    case .leadership(let leadership):
      "\(leadership.role) in term \(leadership.term), leader \(leadership.leader.map { display($0) } ?? "none")"
    case .fault(let fault): "FAULT, the process stops: \(fault)"
    case .caughtUp: "caught up with what was lost, votes again"
    case .disk(.stalled): "the disk has stalled"
    case .disk(.handingOver): "the disk has stalled: hands the leadership over"
    case .disk(.recovered): "the disk works again"
    }
  }
}
