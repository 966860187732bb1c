import MVCC

/// When leases run out, in ticks. Every replica keeps it, as it applies grants and keep-alives, but only a leader acts on
/// it. Keep-alives go through the log, so a replica that takes the lead knows of each that was acknowledged, and applied
/// it after its client had asked: it goes on with its own clock, which ends no lease too early. Only one that starts, or
/// was given a snapshot, does not know how much is left, and gives every lease its full time again.
struct LeaseClock: Sendable {
  private struct Term {
    /// When it runs out.
    var deadline: UInt64
    /// When it is looked at, which is no later.
    var due: UInt64
  }

  private let tickMilliseconds: Int64
  private var now: UInt64 = 0
  private var terms: [LeaseID: Term] = [:]
  /// Leases by the tick at which they are looked at. A lease stands here once, or as often as it was made shorter: one
  /// that is kept alive is moved only when its turn comes.
  private var due: [UInt64: [LeaseID]] = [:]

  init(tickMilliseconds: Int) { self.tickMilliseconds = Int64(max(1, tickMilliseconds)) }

  mutating func restart(_ lease: Lease) { set(lease.id, in: ticks(seconds: lease.timeToLive)) }

  mutating func restartAll(_ leases: [Lease]) {
    terms = [:]
    due = [:]
    for lease in leases { restart(lease) }
  }

  mutating func remove(_ id: LeaseID) { terms[id] = nil }

  /// Nil when the lease is not known; 0 when it has run out and is about to be revoked.
  func remainingMilliseconds(_ id: LeaseID) -> Int64? {
    terms[id].map { $0.deadline <= now ? 0 : Int64($0.deadline - now) * tickMilliseconds }
  }

  /// This replica has begun to lead: for that long no lease ends, so that clients who found nobody to keep theirs alive
  /// find the new leader. Leases with more time than that keep what they have.
  mutating func grantGrace(milliseconds: Int64) {
    let ticks = UInt64(max(1, milliseconds / tickMilliseconds))
    for (id, term) in terms.sorted(by: { $0.key < $1.key }) where term.deadline < now + ticks { set(id, in: ticks) }
  }

  /// A tick has passed. Returns leases that have run out, at most `limit`; each comes again after `retryTicks`, unless
  /// it is removed. Without a limit nobody acts on them: they are looked at again by ``grantGrace(milliseconds:)``.
  mutating func tick(limit: Int?, retryTicks: UInt64) -> [LeaseID] {
    now += 1
    guard let candidates = due.removeValue(forKey: now) else { return [] }
    var expired: [LeaseID] = []
    for id in candidates {
      guard let term = terms[id], term.due == now else { continue }
      if term.deadline > now {
        look(at: id, on: term.deadline)
      } else if let limit {
        if expired.count < limit {
          expired.append(id)
          set(id, in: retryTicks)
        } else {
          set(id, in: 1)
        }
      }
    }
    return expired
  }

  private mutating func set(_ id: LeaseID, in ticks: UInt64) {
    let deadline = now + max(1, ticks)
    guard let term = terms[id], term.due > now, term.due <= deadline else { return look(at: id, on: deadline) }
    terms[id]?.deadline = deadline
  }

  /// Looks at it when it runs out, and not before.
  private mutating func look(at id: LeaseID, on deadline: UInt64) {
    terms[id] = Term(deadline: deadline, due: deadline)
    due[deadline, default: []].append(id)
  }

  /// Rounded up, and one more because the present tick has begun already.
  private func ticks(seconds: Int64) -> UInt64 {
    let milliseconds = min(max(seconds, 1), Int64.max / 2000) * 1000
    return UInt64((milliseconds + tickMilliseconds - 1) / tickMilliseconds) + 1
  }
}
