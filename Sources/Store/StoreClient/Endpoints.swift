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
  /// When an endpoint failed last.
  private let failures = Mutex([Int: NIODeadline]())
  /// So long an endpoint that has failed is not gone back to only because it leads.
  private static let distrust = TimeAmount.seconds(10)

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
      self.failures.withLock { $0[failed] = now }
    }
    if self.balancing != .roundRobin {
      // Only who saw the endpoint in use fail moves everybody on.
      _ = self.cursor.compareExchange(expected: failed, desired: next, ordering: .relaxed)
    }
    return next
  }

  /// Everybody goes on with this endpoint, because it leads.
  ///
  /// - Returns: false when it has failed so lately that it must wait.
  func prefer(_ leader: Int) -> Bool {
    let now = NIODeadline.now()
    let hasFailed = self.failures.withLock { failures in
      failures[leader].map { now < $0 + Self.distrust } ?? false
    }
    guard !hasFailed else { return false }
    self.cursor.store(leader, ordering: .relaxed)
    return true
  }

  func close() async {
    for connection in self.connections { await connection.close() }
  }
}
