import RaftCore
package import Replica

/// A digest over effects, for telling whether a replay came to the same: kinds, terms, indices, receivers, sizes. Not
/// over payloads, which the consensus passes on as they are.
package struct EffectDigest: Sendable {
  private var hash: UInt64 = 0x5a17_ed60_11cf_a905

  package static func of(_ effects: [ReplicaEffect]) -> UInt32 {
    var digest = EffectDigest()
    for effect in effects { digest.add(effect) }
    return UInt32(truncatingIfNeeded: digest.hash ^ (digest.hash >> 32))
  }

  private mutating func mix(_ value: UInt64) {
    hash = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 29
  }

  private mutating func mix(_ values: UInt64...) { for value in values { mix(value) } }

  private mutating func mix(list values: [UInt64]) {
    mix(UInt64(values.count))
    for value in values { mix(value) }
  }

  private mutating func add(_ effect: ReplicaEffect) {
    switch effect {
    case .write(let write):
      mix(1, write.token)
      if let base = write.base { mix(base) }
      mix(write.entries)
      if let state = write.hardState { mix(state) }
    case .send(let message):
      mix(2, message.to, message.term)
      mix(message.body)
    case .apply(let entries):
      mix(3)
      mix(entries)
    case .installSnapshot(let metadata):
      mix(4)
      mix(metadata)
    case .readable(let ids, let index):
      mix(5, index)
      mix(list: ids)
    case .readsRefused(let ids, let refusal):
      mix(6, UInt64(refusal.rawValue))
      mix(list: ids)
    case .proposalsRefused(let sequences, let refusal):
      mix(7, UInt64(refusal.rawValue))
      mix(list: sequences)
    case .proposalsUncertain(let sequences):
      mix(8)
      mix(list: sequences)
    case .readSnapshotChunk(let request):
      mix(9, request.to, request.index ?? 0, request.offset, UInt64(request.maximumBytes))
    case .storeSnapshotChunk(let chunk):
      mix(10)
      mix(chunk)
    case .forgetSnapshot(let metadata):
      mix(11)
      mix(metadata)
    case .dropSnapshot(let metadata):
      mix(17)
      mix(metadata)
    case .compactLog(let index): mix(12, index)
    case .leadership(let leadership):
      mix(13, UInt64(leadership.role.rawValue), leadership.term, leadership.leader ?? 0)
    case .fault(let fault):
      mix(14)
      switch fault {
      case .committedEntryOverwritten(let index, let leader, let term): mix(1, index, leader, term)
      case .twoLeaders(let term, let one, let other): mix(2, term, one, other)
      case .unreadableConfiguration(let index): mix(3, index)
      }
    case .caughtUp: mix(15)
    case .disk(let condition):
      switch condition {
      case .stalled: mix(16, 1)
      case .handingOver: mix(16, 2)
      case .recovered: mix(16, 3)
      }
    }
  }

  private mutating func mix(_ entries: [Entry]) {
    mix(UInt64(entries.count))
    for entry in entries {
      mix(entry.index, entry.term << 1 | UInt64(entry.kind.rawValue), UInt64(entry.payload.count))
    }
  }

  private mutating func mix(_ state: HardState) {
    mix(state.term, state.votedFor ?? 0, state.commit, state.starts)
    mix((state.mustCatchUp ? 1 : 0) | (state.hasLostAll ? 2 : 0))
  }

  private mutating func mix(_ metadata: SnapshotMetadata) {
    mix(metadata.index, metadata.term)
    for group in [metadata.membership.incoming, metadata.membership.outgoing, metadata.membership.learners] {
      mix(list: group)
    }
  }

  private mutating func mix(_ chunk: SnapshotChunk) {
    mix(chunk.metadata)
    mix(chunk.totalSize, chunk.offset, UInt64(chunk.data.count))
  }

  private mutating func mix(_ body: RaftMessage.Body) {
    switch body {
    case .preVote(let request): mix(1, request.lastIndex, request.lastTerm, request.isTransfer ? 1 : 0)
    case .preVoteResponse(let vote): mix(2, vote.isGranted ? 1 : 0, vote.isProvisional ? 1 : 0)
    case .vote(let request): mix(3, request.lastIndex, request.lastTerm, request.isTransfer ? 1 : 0)
    case .voteResponse(let vote): mix(4, vote.isGranted ? 1 : 0, vote.isProvisional ? 1 : 0)
    case .append(let append):
      // The entries themselves are in a write of this round or an earlier one.
      mix(5, append.previousIndex, append.previousTerm, append.commit, UInt64(append.entries.count))
      if let last = append.entries.last { mix(last.term) }
    case .appendResponse(.accepted(let match)): mix(6, match)
    case .appendResponse(.rejected(let previous, let hint, let hintTerm, let lostTail)):
      mix(7, previous, hint, hintTerm, lostTail ? 1 : 0)
    case .heartbeat(let heartbeat): mix(8, heartbeat.commit, heartbeat.round)
    case .heartbeatResponse(let round): mix(9, round)
    case .snapshotChunk(let chunk):
      mix(10)
      mix(chunk)
    case .snapshotProgress(let progress): mix(11, progress.index, progress.term, progress.nextOffset)
    case .timeoutNow: mix(12)
    case .propose(let proposals):
      mix(13, UInt64(proposals.count))
      for proposal in proposals { mix(proposal.id.start, proposal.id.sequence, UInt64(proposal.payload.count)) }
    case .proposalsRefused(let ids, let refusal):
      mix(14, UInt64(ids.count), UInt64(refusal.rawValue))
      for id in ids { mix(id.origin, id.start, id.sequence) }
    case .readIndex(let request): mix(15, request)
    case .readIndexResponse(let request, let index): mix(16, request, index ?? .max)
    case .recoveryQuery(let nonce): mix(17, nonce)
    case .recoveryAnswer(let nonce, let lastIndex): mix(18, nonce, lastIndex)
    case .transferLeadership(let target): mix(19, target)
    }
  }
}
