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

  mutating func diskWasGiven(_ token: WriteToken) {
    disk.last = token
    if disk.since == nil { disk.since = now }
  }

  /// What waits is written together, so the next sync has begun now.
  mutating func diskFinished(_ token: WriteToken) {
    disk.since = token >= disk.last ? nil : now
    guard disk.isStalled else { return }
    disk.isStalled = false
    raft.isDiskStalled = false
    effects.append(.disk(.recovered))
  }

  /// A leader whose disk stalls can go on by its followers' disks alone, but not for ever: what it cannot write
  /// gathers in memory, and one of them missing would stop everything. A follower that keeps up does better. It is
  /// asked again after two election timeouts if it did not take over: proposals are refused meanwhile.
  mutating func watchDisk() {
    guard let since = disk.since, now - since >= UInt64(configuration.stalledDiskTicks) else { return }
    if !disk.isStalled {
      disk.isStalled = true
      raft.isDiskStalled = true
      effects.append(.disk(.stalled))
    }
    guard raft.role == .leader, now >= disk.nextHandOver, raft.isOvertaken else { return }
    disk.nextHandOver = now + 2 * UInt64(configuration.raft.electionTicks)
    effects.append(.disk(.handingOver))
    raft.transferLeadership(to: nil)
  }
}
