import MVCC
import Replica

/// What leases promise: not to end before their time, to end not long after it, and to take exactly their keys along,
/// in one change.
struct LeaseChecker {
  /// Those that were granted and have not ended, in the log's order.
  private(set) var live: Set<LeaseID> = []
  private(set) var ended = 0
  private var seconds: [LeaseID: Int64] = [:]
  /// When each was granted or kept alive last, by the first replica that applied that.
  private var renewed: [LeaseID: Int] = [:]
  /// No client may see it end before.
  private var floors: [LeaseID: Int] = [:]
  /// By how much clocks have jumped ahead so far, in microseconds, all of them together.
  private var jumps = 0

  /// A clock jumped ahead: a lease can be cut short by as much, and nothing can be done about it.
  mutating func clockJumped(by time: Int) { jumps += time }

  /// A client was told that the lease was granted or kept alive; it had asked at `time`. The fastest clock that the
  /// faults make takes 0.7 s for a second.
  mutating func kept(_ id: LeaseID, seconds: Int64, askedAt time: Int) {
    floors[id] = max(floors[id] ?? 0, time + Int(seconds) * 700_000 + jumps)
  }

  /// An entry was applied for the first time. `model` is as before it.
  mutating func applied(
    _ command: ReplicaCommand?, _ events: [Event], _ store: MVCCStore, _ model: StoreModel, at time: Int
  ) throws(Violation) {
    for event in events where event.kind == .put && event.keyValue.lease != 0 {
      guard live.contains(event.keyValue.lease) else {
        throw Violation(description: "a key was put on lease \(event.keyValue.lease), which is not there")
      }
    }
    switch command {
    case .store(.leaseGrant(let id, let timeToLive)):
      guard let lease = store.lease(id) else { return }
      if live.insert(id).inserted {
        seconds[id] = lease.timeToLive
        renewed[id] = time
        guard lease.timeToLive == timeToLive else { throw Violation(description: "lease \(id) has another time") }
      }
    case .leaseKeepAlive(let id): if live.contains(id) { renewed[id] = time }
    case .store(.leaseRevoke(let id)): try ended(id, events, store, model)
    case .leaseExpire(let id, _):
      if live.contains(id), store.lease(id) == nil, let floor = floors[id], time + jumps < floor {
        throw Violation(description: "lease \(id) was cut short by \(floor - time - jumps) µs")
      }
      try ended(id, events, store, model)
    default: break
    }
  }

  /// At once, and once.
  private mutating func ended(
    _ id: LeaseID, _ events: [Event], _ store: MVCCStore, _ model: StoreModel
  ) throws(Violation) {
    guard live.contains(id), store.lease(id) == nil else {
      guard events.isEmpty else { throw Violation(description: "what ended no lease (\(id)) deleted keys") }
      return
    }
    live.remove(id)
    ended += 1
    let deleted = events.filter { $0.kind == .delete }.map(\.keyValue.key)
    guard deleted.count == events.count, deleted.count == Set(deleted).count, Set(deleted) == model.keys(of: id) else {
      throw Violation(description: "the end of lease \(id) took other keys than its own along")
    }
  }

  /// - Parameters:
  ///   - time: once all is quiet.
  ///   - start: since when there are no faults.
  ///   - election: when the present leader began to lead, which stretches a lease by a second at most.
  ///   - slack: beyond the lease's own time, what it takes to get its end through the log.
  func checkNoneIsOverdue(at time: Int, since start: Int, election: Int, slack: Int) throws(Violation) {
    for id in live.sorted() {
      let begin = max(renewed[id] ?? 0, start)
      let end = max(begin + Int(seconds[id] ?? 0) * 1_000_000, election + 1_000_000) + slack
      if time > end { throw Violation(description: "lease \(id) is overdue by \(time - end) µs") }
    }
  }
}
