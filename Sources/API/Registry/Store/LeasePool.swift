import Synchronization

/// Leases for keys that go away by themselves. Keys that are written within the same minute share one, so that a
/// burst of events does not mean a burst of leases.
final class LeasePool: Sendable {
  private struct Shared {
    var id: Int64
    var until: Double
  }
  private let current = Mutex<[Int64: Shared]>([:])
  private let storage: any Storage
  private let now: @Sendable () -> Double
  /// Seconds for which a lease is given to new keys; it lasts so much longer than they ask for.
  private static let window: Int64 = 60

  init(storage: any Storage, now: @escaping @Sendable () -> Double) {
    self.storage = storage
    self.now = now
  }

  /// A lease that lasts at least `seconds`; 0 for nil. Two callers at once may make two: no harm.
  func lease(for seconds: Int64?) async throws(APIError) -> Int64 {
    guard let seconds else { return 0 }
    let time = now()
    if let shared = current.withLock({ $0[seconds] }), shared.until > time { return shared.id }
    do {
      let id = try await storage.grantLease(seconds: seconds + Self.window)
      current.withLock { $0[seconds] = Shared(id: id, until: time + Double(Self.window)) }
      return id
    } catch {
      throw APIError(error)
    }
  }

  /// A lease turned out not to exist any more: the next caller gets a new one.
  func forget() { current.withLock { $0 = [:] } }
}
