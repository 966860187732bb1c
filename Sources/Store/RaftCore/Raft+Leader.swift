extension Raft {
  mutating func becomeLeader() {
    role = .leader
    leader = configuration.member
    votes = [:]
    electionElapsed = 0
    heartbeatElapsed = 0
    isHeartbeatDue = true
    round = 0
    transferTarget = nil
    promotionWait = 0
    if mustCatchUp {
      // Every voter agreed that nobody has more.
      mustCatchUp = false
      ready.hasCaughtUp = true
    }
    dropIncoming()
    if !configuration.mutations.contains(.keepsProgress) { progress = [:] }
    trackMembers()
    uncommittedBytes = log.payloadBytes(from: commit + 1, through: log.lastIndex)
    // An entry of the own term brings earlier ones to their commit (§5.4.2, §8).
    appendAsLeader(kind: .command, payload: [], change: nil)
    acknowledgeOwnLog()
  }

  mutating func stopLeading() {
    refuseReads()
    if !configuration.mutations.contains(.keepsProgress) { progress = [:] }
    uncommittedBytes = 0
    transferTarget = nil
    isHeartbeatDue = false
  }

  /// Keeps a progress for everyone who receives the log, and for nobody else.
  mutating func trackMembers() {
    let membership = log.membership
    progress = progress.filter { $0.key == configuration.member || membership.isMember($0.key) }
    for member in log.membership.members + [configuration.member] where progress[member] == nil {
      var new = Progress(next: log.lastIndex + 1)
      // A member that has just come has its time to be heard from.
      new.isRecentlyActive = true
      progress[member] = new
    }
  }

  mutating func tickLeader() {
    heartbeatElapsed += 1
    if heartbeatElapsed >= configuration.heartbeatTicks { isHeartbeatDue = true }
    for (member, follower) in progress {
      if let quiet = follower.quietTicks { progress[member]?.quietTicks = quiet + 1 }
      guard case .snapshot(var transfer) = follower.state else { continue }
      transfer.idleTicks += 1
      transfer.stalledTicks += 1
      progress[member]?.state = .snapshot(transfer)
    }
    promoteCandidates()
    guard electionElapsed >= configuration.electionTicks else { return }
    electionElapsed = 0
    transferTarget = nil
    let hasQuorum = deciding.hasQuorum {
      $0 == configuration.member || progress[$0]?.isRecentlyActive == true
    }
    guard hasQuorum else {
      becomeFollower(term: term, leader: nil)
      return
    }
    for member in progress.keys { progress[member]?.isRecentlyActive = false }
  }

  mutating func broadcastHeartbeat() {
    isHeartbeatDue = false
    heartbeatElapsed = 0
    round += 1
    attachReads()
    progress[configuration.member]?.confirmedRound = round
    for member in log.membership.members where member != configuration.member {
      guard let follower = progress[member] else { continue }
      let known = configuration.mutations.contains(.commitsUnverified) ? commit : min(follower.match, commit)
      send(.heartbeat(Heartbeat(commit: known, round: round)), to: member)
    }
    confirmReads()
  }

  // MARK: - Replication

  mutating func appendAsLeader(kind: Entry.Kind, payload: [UInt8], change: ConfigurationChange?) {
    log.append(Entry(term: term, index: log.lastIndex + 1, kind: kind, payload: payload), change: change)
    uncommittedBytes += payload.count
    if change != nil { trackMembers() }
    if configuration.mutations.contains(.countsItselfBeforeSync) { acknowledgeOwnLog() }
  }

  /// The leader counts for itself what its own disk has.
  mutating func acknowledgeOwnLog() {
    let own = configuration.mutations.contains(.countsItselfBeforeSync) ? log.lastIndex : stable
    guard var progress = progress[configuration.member] else { return }
    progress.match = max(progress.match, own)
    progress.next = log.lastIndex + 1
    self.progress[configuration.member] = progress
    advanceCommit()
  }

  private mutating func advanceCommit() {
    let index = deciding.committedIndex { progress[$0]?.match ?? 0 }
    guard index > commit else { return }
    // Only entries of the own term are committed by counting (§5.4.2).
    guard log.term(at: index) == term || configuration.mutations.contains(.commitsStaleTerms) else { return }
    commit(to: index)
  }

  mutating func replicateToAll() {
    for member in log.membership.members where member != configuration.member {
      guard progress[member] != nil else { continue }
      while role == .leader, sendAppend(to: member, evenIfEmpty: false) {}
    }
  }

  /// Sends one append if there is something to say and the window allows it. Says whether there may be more.
  private mutating func sendAppend(to member: MemberID, evenIfEmpty: Bool) -> Bool {
    guard var follower = progress[member] else { return false }
    var isSearching = false
    switch follower.state {
    case .probe(let isWaiting):
      guard !isWaiting else { return false }
      // Where the logs agree must be found out even if there is nothing new to send.
      isSearching = follower.match < follower.next - 1
    case .replicate: guard hasRoom(follower) && !waitsForMore(follower) || evenIfEmpty else { return false }
    case .snapshot: return false
    }
    let previous = follower.next - 1
    guard let previousTerm = log.term(at: previous) else {
      startSnapshot(to: member)
      return false
    }
    var entries: [Entry] = []
    if hasRoom(follower) {
      entries = log.slice(
        from: follower.next, through: log.lastIndex, maximumBytes: configuration.maximumAppendBytes)
    }
    let owesCommit = follower.sentCommit < min(commit, previous)
    guard !entries.isEmpty || owesCommit || isSearching || evenIfEmpty else { return false }
    send(
      .append(Append(previousIndex: previous, previousTerm: previousTerm, commit: commit, entries: entries)),
      to: member)
    follower.sentCommit = commit
    if case .probe = follower.state {
      follower.state = .probe(isWaiting: true)
    } else if let last = entries.last {
      follower.next = last.index + 1
      follower.inflight.add(last: last.index, bytes: entries.reduce(0) { $0 + $1.payload.count })
    }
    progress[member] = follower
    return !entries.isEmpty
  }

  /// Under load, entries wait for more of their kind, so that one append, one sync and one answer serve many: while
  /// the own disk has two writes to do and the follower two appends to answer, none of the disks would come to a
  /// further one any sooner. The next write that is done sends what has gathered.
  private func waitsForMore(_ follower: Progress) -> Bool {
    pendingWrites.count >= configuration.eagerAppends && follower.inflight.count >= configuration.eagerAppends
      && follower.sentCommit >= min(commit, follower.next - 1)
  }

  private func hasRoom(_ follower: Progress) -> Bool {
    follower.inflight.count < configuration.maximumInflightAppends
      && follower.inflight.bytes < configuration.maximumInflightBytes
  }

  mutating func receiveAppendResponse(_ response: AppendResponse, from sender: MemberID) {
    guard role == .leader, var follower = progress[sender] else { return }
    follower.heard()
    defer { handOverIfPossible(to: sender) }
    switch response {
    case .accepted(let match):
      guard match <= log.lastIndex else { return }
      let isNews = follower.acknowledge(match)
      switch follower.state {
      case .probe where isNews || match == follower.match: follower.becomeReplicate()
      case .snapshot where follower.match >= log.base.index: follower.becomeReplicate()
      case .snapshot where isNews: follower.becomeProbe(next: follower.match + 1)
      default: break
      }
      progress[sender] = follower
      if isNews { advanceCommit() }
    case .rejected(let previousIndex, let hintIndex, let hintTerm, let lostTail):
      if lostTail, previousIndex <= follower.match { follower.match = 0 }
      switch follower.state {
      case .probe where follower.next - 1 == previousIndex:
        // Its disk has lost what it acknowledged, without a trace. What was counted cannot be taken back; to insist on
        // it would only be refused again, at the speed of the network. (A refusal that comes very late does no harm.)
        if previousIndex <= follower.match { follower.match = 0 }
        let agreed = log.lastIndex(atMost: min(hintIndex, previousIndex), term: hintTerm)
        follower.becomeProbe(next: min(previousIndex, agreed + 1))
      case .replicate where previousIndex > follower.match: follower.becomeProbe(next: follower.match + 1)
      default: break
      }
      progress[sender] = follower
    }
  }

  mutating func receiveHeartbeatResponse(_ answered: UInt64, from sender: MemberID) {
    guard role == .leader, var follower = progress[sender] else { return }
    follower.heard()
    follower.confirmedRound = max(follower.confirmedRound, min(answered, round))
    var poke = false
    switch follower.state {
    case .probe: follower.state = .probe(isWaiting: false)
    case .replicate:
      // Nothing came back between two answers although something is on its way: it may be lost. An empty append
      // finds out: a follower that lacks what is before it says so.
      poke = follower.match < follower.next - 1 && follower.matchAtLastAnswer == follower.match
      follower.matchAtLastAnswer = follower.match
    case .snapshot(var transfer):
      if transfer.idleTicks >= configuration.electionTicks / 2 {
        requestChunk(&transfer, for: sender)
        follower.state = .snapshot(transfer)
      }
    }
    progress[sender] = follower
    if poke { _ = sendAppend(to: sender, evenIfEmpty: true) }
    confirmReads()
  }

  // MARK: - Sending snapshots

  private mutating func startSnapshot(to member: MemberID) {
    var transfer = SnapshotTransfer()
    requestChunk(&transfer, for: member)
    progress[member]?.state = .snapshot(transfer)
    progress[member]?.inflight.removeAll()
  }

  private mutating func requestChunk(_ transfer: inout SnapshotTransfer, for member: MemberID) {
    transfer.isReading = true
    transfer.idleTicks = 0
    ready.chunksToRead.append(
      SnapshotChunkRequest(
        to: member, index: transfer.metadata?.index, offset: transfer.offset,
        maximumBytes: configuration.snapshotChunkBytes))
  }

  /// A piece of the own snapshot was read, or could not be (nil). When the snapshot asked for is gone, this is the
  /// first piece of a newer one.
  package mutating func snapshotChunkRead(_ chunk: SnapshotChunk?, for request: SnapshotChunkRequest) {
    guard role == .leader, case .snapshot(var transfer)? = progress[request.to]?.state, transfer.isReading,
      transfer.offset == request.offset
    else { return }
    transfer.isReading = false
    if let chunk {
      if transfer.metadata != chunk.metadata { transfer.stalledTicks = 0 }
      transfer.metadata = chunk.metadata
      transfer.totalSize = chunk.totalSize
      progress[request.to]?.snapshotSize = chunk.totalSize
      transfer.offset = chunk.offset
      transfer.idleTicks = 0
      send(.snapshotChunk(chunk), to: request.to)
    }
    progress[request.to]?.state = .snapshot(transfer)
  }

  mutating func receiveSnapshotProgress(_ report: SnapshotProgress, from sender: MemberID) {
    guard role == .leader, case .snapshot(var transfer)? = progress[sender]?.state else { return }
    progress[sender]?.heard()
    guard let metadata = transfer.metadata, metadata.index == report.index, metadata.term == report.term,
      !transfer.isReading
    else { return }
    if report.nextOffset > transfer.offset { transfer.stalledTicks = 0 }
    transfer.offset = min(report.nextOffset, transfer.totalSize)
    transfer.idleTicks = 0
    if transfer.offset < transfer.totalSize { requestChunk(&transfer, for: sender) }
    progress[sender]?.state = .snapshot(transfer)
  }

  // MARK: - What followers need

  /// The index behind which the log must be kept so that the slowest of those followers that come on can be fed from it:
  /// what it has, or will have once the snapshot is there that it is being sent. Who was not heard from for more than
  /// `patience` ticks, or got nothing further of its snapshot for as long, is not waited for. Nil when there is nobody
  /// whom the log can still help.
  ///
  /// - Returns: also the size of the largest snapshot that one of them was sent in this term, in bytes: what another one
  ///   would cost.
  package func indexNeeded(patience: Int) -> (index: LogIndex, snapshotSize: UInt64)? {
    guard role == .leader else { return nil }
    var needed: (index: LogIndex, snapshotSize: UInt64)?
    for (member, follower) in progress where member != configuration.member {
      guard let quiet = follower.quietTicks, quiet <= patience else { continue }
      var index = follower.match
      if case .snapshot(let transfer) = follower.state {
        guard transfer.stalledTicks <= patience, let metadata = transfer.metadata else { continue }
        index = metadata.index
      }
      guard index >= log.base.index else { continue }
      needed = (min(needed?.index ?? index, index), max(needed?.snapshotSize ?? 0, follower.snapshotSize))
    }
    return needed
  }

  /// What the entries behind `index` take in memory, in bytes.
  package func size(behind index: LogIndex) -> Int {
    let first = max(index, log.base.index) + 1
    guard first <= log.lastIndex else { return 0 }
    return log.payloadBytes(from: first, through: log.lastIndex) + Int(log.lastIndex - first + 1) * Entry.overhead
  }
}
