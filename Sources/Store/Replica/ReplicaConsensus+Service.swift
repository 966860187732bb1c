import RaftCore

// When a replica must not take part as usual: its state is wrong, or its disk does not answer.

extension ReplicaConsensus {
  /// Whether the replica takes part.
  enum ServiceState: Hashable, Sendable {
    case active
    /// It hands the leadership over, at the latest by this tick.
    case retiring(until: UInt64)
    /// It has gone: nothing is taken in, nothing goes out.
    case retired
  }

  /// How long the disk has owed an answer.
  struct DiskWatch: Sendable {
    /// The last write that it was given.
    var last: WriteToken = 0
    /// When it was given something to do, or last finished something of it; nil while it owes nothing.
    var since: UInt64?
    var isStalled = false
    /// In how many ticks since then the others have committed something, and up to where.
    var progress = 0
    var commit: LogIndex = 0
    /// Not to be asked to hand over again before this tick.
    var nextHandOver: UInt64 = 0
  }

  // MARK: - A wrong state

  /// The log is right, only what was made of it is wrong: so there is time to hand the leadership over, and a successor
  /// starts at once. Clients are the driver's matter; it has stopped answering them.
  mutating func retire() {
    guard service == .active else { return }
    service = .retiring(until: now + UInt64(configuration.raft.electionTicks))
    raft.transferLeadership(to: nil)
  }

  /// Whether the replica has gone.
  mutating func isDone() -> Bool {
    guard case .retiring(let end) = service else { return service == .retired }
    guard raft.role != .leader || now >= end else { return false }
    service = .retired
    effects.append(.leadership(Leadership(role: .follower, term: raft.term, leader: nil)))
    return true
  }

  mutating func takeLastEffects() -> [ReplicaEffect] {
    defer { effects = [] }
    return effects.filter { if case .leadership = $0 { true } else { false } }
  }

  // MARK: - A disk that stalls

  private static let ticksUnderWay: UInt64 = 2
  private static let ticksOfProgress = 3

  mutating func diskWasGiven(_ token: WriteToken) {
    disk.last = token
    if disk.since == nil { disk.since = now }
  }

  /// What waits is written together, so the next sync has begun now.
  mutating func diskFinished(_ token: WriteToken) {
    disk.since = token >= disk.last ? nil : now
    disk.progress = 0
    guard disk.isStalled else { return }
    disk.isStalled = false
    raft.isDiskStalled = false
    effects.append(.disk(.recovered))
  }

  /// A leader whose disk stalls can go on by its followers' disks alone, but not for ever: what it cannot write
  /// gathers in memory, and one of them missing would stop everything. A follower that keeps up does better. It is
  /// asked again after two election timeouts if it did not take over: proposals are refused meanwhile.
  ///
  /// Disks that stall together (members that share one, a host that is suspended) also come back together, only not in
  /// the same moment: who is first then is no better. So the others must have committed in some ticks since this one's
  /// disk was last heard of. What they had on their way at that moment does not count.
  mutating func watchDisk() {
    let commit = raft.commitIndex
    let hasAdvanced = commit > disk.commit
    disk.commit = commit
    guard let since = disk.since else { return }
    if hasAdvanced, now - since > Self.ticksUnderWay { disk.progress += 1 }
    guard now - since >= UInt64(configuration.stalledDiskTicks) else { return }
    if !disk.isStalled {
      disk.isStalled = true
      raft.isDiskStalled = true
      effects.append(.disk(.stalled))
    }
    let isLong = now - since >= 2 * UInt64(configuration.raft.electionTicks)
    guard raft.role == .leader, now >= disk.nextHandOver, disk.progress >= (isLong ? 1 : Self.ticksOfProgress),
      raft.isOvertaken
    else { return }
    disk.nextHandOver = now + 2 * UInt64(configuration.raft.electionTicks)
    effects.append(.disk(.handingOver))
    raft.transferLeadership(to: nil)
  }
}
