/// A read request that waits for its round: the member that asked, and its number for it.
struct PendingRead: Hashable, Sendable {
  var member: MemberID
  var request: UInt64
}

/// Reads that share a round of heartbeats, and the commit index of when it was sent.
struct ReadBatch: Sendable {
  var round: UInt64
  var index: LogIndex
  var reads: [PendingRead]
}

// Linearisable reads without a log entry (dissertation, §6.4): the leader notes its commit index, then lets a round of
// heartbeats confirm that it still leads, then names the index. A read joins only a round that has not been sent yet.
// One round for reads is under way at a time, so that a burst of reads costs one round trip, not one each; a lost
// round is overtaken by the next heartbeat, whose answers confirm all rounds before it.

extension Raft {
  /// Asks for a read index under a number of the caller's; the outcome comes in ``Ready/reads``. It can be lost with
  /// a message or a leader: ask again, under a new number.
  package mutating func read(request: UInt64) {
    if role == .leader {
      enqueue(PendingRead(member: configuration.member, request: request))
    } else if let leader {
      send(.readIndex(request: request), to: leader)
    } else {
      ready.reads.append(ReadOutcome(request: request, index: nil))
    }
  }

  mutating func receiveReadIndex(_ request: UInt64, from sender: MemberID) {
    if role == .leader {
      enqueue(PendingRead(member: sender, request: request))
    } else {
      send(.readIndexResponse(request: request, index: nil), to: sender)
    }
  }

  private mutating func enqueue(_ read: PendingRead) {
    guard waitingReads.count < configuration.maximumPendingReads else {
      answer(read, index: nil)
      return
    }
    if configuration.mutations.contains(.readsJoinSentRound), !sentReads.isEmpty {
      sentReads[sentReads.count - 1].reads.append(read)
      return
    }
    waitingReads.append(read)
  }

  /// A leader knows what is committed only once an entry of its own term is.
  private var knowsCommit: Bool {
    log.term(at: commit) == term || configuration.mutations.contains(.readsBeforeOwnTermCommits)
  }

  var wantsReadRound: Bool { !waitingReads.isEmpty && sentReads.isEmpty && knowsCommit }

  /// The round that is about to be sent takes the waiting reads along.
  mutating func attachReads() {
    guard !waitingReads.isEmpty, knowsCommit else { return }
    sentReads.append(ReadBatch(round: round, index: commit, reads: waitingReads))
    waitingReads = []
  }

  mutating func confirmReads() {
    guard !sentReads.isEmpty else { return }
    let confirmed =
      configuration.mutations.contains(.readsWithoutQuorum)
      ? round : deciding.committedIndex { progress[$0]?.confirmedRound ?? 0 }
    while let batch = sentReads.first, batch.round <= confirmed {
      sentReads.removeFirst()
      for read in batch.reads { answer(read, index: batch.index) }
    }
  }

  mutating func refuseReads() {
    let reads = sentReads.flatMap(\.reads) + waitingReads
    sentReads = []
    waitingReads = []
    for read in reads { answer(read, index: nil) }
  }

  private mutating func answer(_ read: PendingRead, index: LogIndex?) {
    if read.member == configuration.member {
      ready.reads.append(ReadOutcome(request: read.request, index: index))
    } else {
      send(.readIndexResponse(request: read.request, index: index), to: read.member)
    }
  }
}
