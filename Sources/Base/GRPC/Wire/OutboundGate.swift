import Synchronization

/// Lets writers of one stream in from any task while its outbound buffer has room, and makes them wait otherwise.
///
/// Bytes count from the moment they are let in until the event loop has written them to the stream's channel;
/// from then on the channel's own writability counts.
final class OutboundGate: Sendable {
  private struct State {
    var isWritable = true
    /// Let in, not yet written.
    var pendingBytes = 0
    var end: GRPCStatus?
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var cancelled: Set<Int> = []

    var isOpen: Bool { self.end != nil || (self.isWritable && self.pendingBytes < OutboundGate.pendingLimit) }

    mutating func takeWaitersIfOpen() -> [CheckedContinuation<Void, Never>] {
      guard self.isOpen, !self.waiters.isEmpty else { return [] }
      defer { self.waiters.removeAll() }
      return Array(self.waiters.values)
    }
  }

  private static let pendingLimit = 256 << 10

  private let state = Mutex(State())

  /// Waits for room, then counts the bytes in. Throws how the stream ended, or `cancelled` with the task.
  func admit(_ bytes: Int) async throws(GRPCStatus) {
    while true {
      if Task.isCancelled { throw GRPCStatus(.cancelled, "the task was cancelled") }
      let admitted = self.state.withLock { state -> Result<Bool, GRPCStatus> in
        if let end = state.end { return .failure(end) }
        guard state.isOpen else { return .success(false) }
        state.pendingBytes += bytes
        return .success(true)
      }
      if try admitted.get() { return }
      await self.waitForRoom()
    }
  }

  private func waitForRoom() async {
    let id = self.state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let resumeNow = self.state.withLock { state in
          if state.isOpen || state.cancelled.remove(id) != nil { return true }
          state.waiters[id] = continuation
          return false
        }
        if resumeNow { continuation.resume() }
      }
    } onCancel: {
      let waiter = self.state.withLock { state in
        let waiter = state.waiters.removeValue(forKey: id)
        if waiter == nil { state.cancelled.insert(id) }
        return waiter
      }
      waiter?.resume()
    }
    self.state.withLock { _ = $0.cancelled.remove(id) }
  }

  /// The event loop has handed the bytes to the channel.
  func wrote(_ bytes: Int) {
    self.update { $0.pendingBytes -= bytes }
  }

  func setWritable(_ isWritable: Bool) {
    self.update { $0.isWritable = isWritable }
  }

  /// From now on every writer is told how the stream ended. The first call counts.
  func close(_ status: GRPCStatus) {
    self.update { if $0.end == nil { $0.end = status } }
  }

  private func update(_ change: (inout State) -> Void) {
    let waiters = self.state.withLock { state in
      change(&state)
      return state.takeWaitersIfOpen()
    }
    for waiter in waiters { waiter.resume() }
  }
}
