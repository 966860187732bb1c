import NIOCore
import NIOExtras
import Synchronization

/// The server's open connections and running requests: their limit, their counts, and the steps of a shutdown.
final class ConnectionRegistry: Sendable {
  private struct State {
    var connections: [ObjectIdentifier: any Channel] = [:]
    var exchanges: [ObjectIdentifier: HTTPExchange] = [:]
    var quiescing = false
    var statistics = HTTPServerStatistics()
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter = 0
  }

  private let state = Mutex(State())
  private let maximum: Int

  init(maximum: Int) { self.maximum = maximum }

  var statistics: HTTPServerStatistics {
    state.withLock { state in
      var statistics = state.statistics
      statistics.openConnections = state.connections.count
      statistics.activeRequests = state.exchanges.count
      return statistics
    }
  }

  /// Enters a connection. False if there are too many, or the server is stopping: close it.
  func admit(_ channel: any Channel) -> Bool {
    let admitted = state.withLock { state in
      state.statistics.acceptedConnections += 1
      guard !state.quiescing, state.connections.count < maximum else {
        state.statistics.refusedConnections += 1
        return false
      }
      state.connections[ObjectIdentifier(channel)] = channel
      return true
    }
    if admitted { channel.closeFuture.whenComplete { [self] _ in remove(channel) } }
    return admitted
  }

  private func remove(_ channel: any Channel) {
    let waiters = state.withLock { state in
      state.connections[ObjectIdentifier(channel)] = nil
      guard state.connections.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  func begin(_ exchange: HTTPExchange) {
    state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
  }

  func end(_ exchange: HTTPExchange) {
    state.withLock { _ = $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange)) }
  }

  func countFailedHandshake() { state.withLock { $0.statistics.failedHandshakes += 1 } }

  /// Tells every connection to end after the requests that it has.
  func quiesce() {
    let channels = state.withLock { state in
      state.quiescing = true
      return Array(state.connections.values)
    }
    for channel in channels {
      channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }
  }

  func cancelExchanges() {
    for exchange in state.withLock({ Array($0.exchanges.values) }) { exchange.cancel() }
  }

  func closeConnections() {
    for channel in state.withLock({ Array($0.connections.values) }) { channel.close(promise: nil) }
  }

  /// Waits until no connection is open. False if that takes longer than `bound`.
  func emptied(within bound: TimeAmount) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in await waitUntilEmpty() }
      group.addTask { try? await Task.sleep(nanoseconds: UInt64(clamping: bound.nanoseconds)) }
      await group.next()
      group.cancelAll()
    }
    return state.withLock { $0.connections.isEmpty }
  }

  private func waitUntilEmpty() async {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let done = state.withLock { state in
          if state.connections.isEmpty || Task.isCancelled { return true }
          state.waiters[id] = continuation
          return false
        }
        if done { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
    }
  }
}
