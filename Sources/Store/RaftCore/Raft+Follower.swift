extension Raft {
  /// AppendEntries at the receiver (figure 2).
  mutating func receiveAppend(_ append: Append, from sender: MemberID) {
    guard append.previousIndex >= commit || append.previousIndex + LogIndex(append.entries.count) > commit else {
      // Old news: everything in it is committed here, and a leader has everything that is committed.
      verify(through: commit)
      hold(.appendResponse(.accepted(match: commit)), to: sender)
      askForRecoveryTarget()
      return
    }
    guard agrees(with: append) else {
      reject(append, to: sender)
      return
    }
    let last = append.previousIndex + LogIndex(append.entries.count)
    guard take(append.entries, from: sender) else { return }
    if configuration.mutations.contains(.truncatesWithoutConflict), max(last, commit) < log.lastIndex {
      truncate(from: max(last, commit) + 1)
    }
    verify(through: last)
    commit(to: min(append.commit, last))
    hold(.appendResponse(.accepted(match: last)), to: sender)
    askForRecoveryTarget()
  }

  private mutating func verify(through index: LogIndex) {
    if verifiedTerm != term { (verifiedTerm, verified) = (term, 0) }
    verified = max(verified, index)
  }

  private func agrees(with append: Append) -> Bool {
    if append.previousIndex < log.base.index { return true }
    guard let term = log.term(at: append.previousIndex) else { return false }
    return term == append.previousTerm || configuration.mutations.contains(.skipsConsistencyCheck)
  }

  private mutating func reject(_ append: Append, to sender: MemberID) {
    let hint = log.lastIndex(atMost: append.previousIndex, term: append.previousTerm)
    send(
      .appendResponse(
        .rejected(
          previousIndex: append.previousIndex, hintIndex: hint, hintTerm: log.term(at: hint) ?? 0,
          lostTail: mustCatchUp)), to: sender)
    askForRecoveryTarget()
  }

  /// Appends what is new, in the place of what contradicts it. Says whether that was possible.
  private mutating func take(_ entries: [Entry], from sender: MemberID) -> Bool {
    // The last compacted entry, too, whose term is known: what follows a contradicting one must not follow this one.
    guard let start = entries.firstIndex(where: { $0.index >= log.base.index && log.term(at: $0.index) != $0.term })
    else { return true }
    let first = entries[start].index
    guard first > commit else {
      ready.fault = .committedEntryOverwritten(index: first, leader: sender, term: term)
      return false
    }
    truncate(from: first)
    for entry in entries[start...] {
      var change: ConfigurationChange?
      if entry.kind == .configuration {
        change = try? ConfigurationChange(decoding: entry.payload[...])
        guard let change, !change.membership.incoming.isEmpty else {
          ready.fault = .unreadableConfiguration(index: entry.index)
          return false
        }
      }
      log.append(entry, change: change)
    }
    return true
  }

  mutating func receiveHeartbeat(_ heartbeat: Heartbeat, from sender: MemberID) {
    // The leader counts on what this member acknowledged, which it does not hold any more if its tail was lost.
    if !mustCatchUp { commit(to: heartbeat.commit) }
    send(.heartbeatResponse(round: heartbeat.round), to: sender)
    askForRecoveryTarget()
  }

  // MARK: - Snapshots

  mutating func receiveSnapshotChunk(_ chunk: SnapshotChunk, from sender: MemberID) {
    guard chunk.metadata.index > commit else {
      hold(.appendResponse(.accepted(match: commit)), to: sender)
      return
    }
    // The answer comes when it is stored; a leader that hears nothing tries again by and by. (An answer now would only
    // make it send at the speed of the network.)
    if let incoming, incoming.isStoring { return }
    if incoming?.from != sender || incoming?.metadata != chunk.metadata || incoming?.totalSize != chunk.totalSize {
      // Two members' snapshots of one index need not be equal byte for byte: never mix them.
      guard chunk.offset == 0 else { return answer(chunk.metadata, nextOffset: 0, to: sender) }
      incoming = IncomingSnapshot(from: sender, metadata: chunk.metadata, totalSize: chunk.totalSize)
    }
    guard var transfer = incoming else { return }
    guard chunk.offset == transfer.nextOffset else {
      return answer(chunk.metadata, nextOffset: transfer.nextOffset, to: sender)
    }
    transfer.nextOffset += UInt64(chunk.data.count)
    transfer.hasStarted = true
    transfer.isStoring = true
    incoming = transfer
    ready.chunksToStore.append(chunk)
    // Nothing follows the last one, which takes its time.
    if transfer.isComplete { answer(chunk.metadata, nextOffset: transfer.nextOffset, to: sender) }
  }

  private mutating func answer(_ metadata: SnapshotMetadata, nextOffset: UInt64, to sender: MemberID) {
    let progress = SnapshotProgress(index: metadata.index, term: metadata.term, nextOffset: nextOffset)
    send(.snapshotProgress(progress), to: sender)
  }

  /// A piece of a snapshot, not the last, is stored: what there is of it ends at `nextOffset` now.
  package mutating func snapshotChunkStored(_ metadata: SnapshotMetadata, nextOffset: UInt64) {
    guard var transfer = incoming, transfer.metadata == metadata, transfer.nextOffset == nextOffset,
      transfer.isStoring, !transfer.isComplete
    else { return }
    transfer.isStoring = false
    incoming = transfer
    if transfer.isVoid { return dropIncoming() }
    if role == .follower, leader == transfer.from { answer(metadata, nextOffset: nextOffset, to: transfer.from) }
  }

  /// What there is of a snapshot is of no use any more. (All of it is there: then it is stored, and forgotten then.)
  mutating func dropIncoming() {
    guard let transfer = incoming, !transfer.isComplete else { return }
    if transfer.isStoring {
      incoming?.isVoid = true
    } else {
      incoming = nil
      ready.snapshotToDrop = transfer.metadata
    }
  }

  /// All pieces of the snapshot are on disk, synced and in their place.
  ///
  /// - Returns: whether the state is to be replaced by it (``ApplyStep/snapshot(_:)``). When not, nobody asks for it
  ///   again: the log has all of it.
  @discardableResult
  package mutating func snapshotStored(_ metadata: SnapshotMetadata) -> Bool {
    incoming = nil
    guard metadata.index > commit else { return false }
    let isInstalled = log.term(at: metadata.index) != metadata.term
    if !isInstalled {
      // The log has it all: applying goes on from there.
      commit(to: metadata.index)
    } else {
      truncate(from: log.firstIndex)
      log.reset(to: metadata)
      commit = metadata.index
      applying = metadata.index
      stable = metadata.index
      written = metadata.index
      pendingBase = metadata
      ready.apply.append(.snapshot(metadata))
    }
    guard role == .follower, let leader else { return isInstalled }
    verify(through: metadata.index)
    hold(.appendResponse(.accepted(match: metadata.index)), to: leader)
    return isInstalled
  }

  /// A snapshot that was being received could not be stored, or was not what it claimed to be: the transfer starts
  /// anew.
  package mutating func snapshotRejected(_ metadata: SnapshotMetadata) {
    if incoming?.metadata == metadata { incoming = nil }
  }
}
