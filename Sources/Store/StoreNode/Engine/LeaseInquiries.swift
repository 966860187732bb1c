import MVCC
import NIOConcurrencyHelpers
import RaftCore
import Replica

/// The questions to leaders about leases that have not been answered yet.
///
/// Only the leader's clock counts for a lease. A follower's own is behind it by however long ago it started, was given a
/// snapshot, or has been behind; it never shortens a lease, but would tell more than is left.
final class LeaseInquiries: Sendable {
  private struct Waiting {
    var member: MemberID
    var continuation: CheckedContinuation<LeaseTime?, Never>
  }

  private struct State {
    // An answer to a question of an earlier start must fit none of this one's.
    var last = UInt64.random(in: 0...(.max))
    var waiting: [UInt64: Waiting] = [:]
  }

  /// More than so many at once are not asked: it is as if nobody had answered.
  private static let most = 1 << 12
  /// How long an answer may take.
  private static let patience = Duration.seconds(1)
  private let state = NIOLockedValueBox(State())

  /// - Parameter send: passes the question on, under this number.
  /// - Returns: nil when no answer came.
  func ask(_ member: MemberID, send: (UInt64) -> Void) async -> LeaseTime? {
    await withCheckedContinuation { continuation in
      let number: UInt64? = state.withLockedValue { state in
        guard state.waiting.count < Self.most else { return nil }
        state.last &+= 1
        state.waiting[state.last] = Waiting(member: member, continuation: continuation)
        return state.last
      }
      guard let number else { return continuation.resume(returning: nil) }
      send(number)
      Task {
        try? await Task.sleep(for: Self.patience)
        self.finish(number, by: member, nil)
      }
    }
  }

  /// An answer has come, from whom it was asked for, or none has (nil).
  func finish(_ number: UInt64, by member: MemberID, _ time: LeaseTime?) {
    let waiting: Waiting? = state.withLockedValue { state in
      guard state.waiting[number]?.member == member else { return nil }
      return state.waiting.removeValue(forKey: number)
    }
    waiting?.continuation.resume(returning: time)
  }
}

extension Engine {
  /// Asks the leader. Nil: there is none, or it did not answer.
  func leaderSays(ofLease id: LeaseID) async -> LeaseTime? {
    guard let leader = figures.leadership.leader, leader != directory.own, let peers else { return nil }
    return await leaseInquiries.ask(leader) { number in
      peers.send([PeerControl.leaseQuestion(number: number, lease: id).encoded()], to: leader)
    }
  }

  /// Answers another member. The read makes sure that this replica still leads, and has applied all that the asking one
  /// has seen.
  func say(ofLease id: LeaseID, _ answer: @escaping @Sendable (LeaseTime) -> Void) {
    let finish: Waiters.ReadCompletion = { outcome in
      guard case .success(let state) = outcome, state.isLeader else { return answer(.notLeading) }
      let left = state.remainingLeaseMilliseconds(id)
      answer(left.map { .left(milliseconds: UInt64(clamping: $0)) } ?? .gone)
    }
    guard let read = waiters.read(finish) else { return }
    consensusBox.post(.input(.read(id: read)))
  }
}
