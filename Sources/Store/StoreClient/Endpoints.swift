import GRPC
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The store's endpoints, and which of them is to be asked.
final class Endpoints: Sendable {
  let connections: [GRPCConnection]
  private let balancing: StoreClientConfiguration.Balancing
  /// The endpoint in use (sticky), or the last that was used (round robin).
  private let cursor: Atomic<Int>
  private let leadership = Mutex(Leadership())
  /// So long a leader that has failed is not gone back to only because it still leads.
  private static let distrust = TimeAmount.seconds(10)

  private struct Leadership {
    /// Who was last found to lead, and in which term.
    var leader: (endpoint: Int, term: UInt64)?
    /// When an endpoint failed last while it led, and in which term.
    var failures: [Int: (time: NIODeadline, term: UInt64)] = [:]
  }

  init(connections: [GRPCConnection], balancing: StoreClientConfiguration.Balancing) {
    precondition(!connections.isEmpty, "a store has endpoints")
    self.connections = connections
    self.balancing = balancing
    self.cursor = Atomic(Int.random(in: 0..<connections.count))
  }

  /// The endpoint to begin with.
  func first() -> Int {
    switch self.balancing {
    case .sticky, .leader:
      return self.cursor.load(ordering: .relaxed)
    case .roundRobin:
      let ticket = self.cursor.wrappingAdd(1, ordering: .relaxed).newValue
      return Int(UInt(bitPattern: ticket) % UInt(self.connections.count))
    }
  }

  /// The endpoint to go on with after one has failed: a connected one, if there is any.
  func next(after failed: Int) -> Int {
    let count = self.connections.count
    let candidates = (1..<max(count, 2)).map { (failed + $0) % count }
    let next = candidates.first { self.connections[$0].isReady } ?? candidates[0]
    if self.balancing == .leader {
      let now = NIODeadline.now()
      self.leadership.withLock { state in
        // Of all others a failure says nothing: while nobody leads, or nobody runs yet, each of them fails.
        guard let leader = state.leader, leader.endpoint == failed else { return }
        state.failures[failed] = (now, leader.term)
      }
    }
    if self.balancing != .roundRobin {
      // Only who saw the endpoint in use fail moves everybody on.
      _ = self.cursor.compareExchange(expected: failed, desired: next, ordering: .relaxed)
    }
    return next
  }

  /// The endpoint in use says that it leads.
  func confirm(_ leader: Int, term: UInt64) {
    self.leadership.withLock { $0.leader = (leader, term) }
  }

  /// Everybody goes on with this endpoint, because it leads.
  ///
  /// - Returns: false when it has failed so lately, in this term, that it must wait.
  func prefer(_ leader: Int, term: UInt64) -> Bool {
    let now = NIODeadline.now()
    let hasFailed = self.leadership.withLock { state in
      if let failure = state.failures[leader], term <= failure.term, now < failure.time + Self.distrust { return true }
      state.leader = (leader, term)
      return false
    }
    guard !hasFailed else { return false }
    self.cursor.store(leader, ordering: .relaxed)
    return true
  }

  func close() async {
    for connection in self.connections { await connection.close() }
  }
}
