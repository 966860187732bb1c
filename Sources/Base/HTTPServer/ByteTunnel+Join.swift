import NIOCore
import Synchronization

/// How long a tunnel may be still.
package struct TunnelLimits: Sendable {
  /// Nothing moves either way for this long: the tunnel ends. Default 4 h, as the kubelet's
  /// `streamingConnectionIdleTimeout`.
  package var idle: Duration = .seconds(4 * 3600)
  /// The same once one side has said that it sends no more, so that a side that never ends cannot keep what is left of
  /// the other for hours. Default 10 min.
  package var halfClosed: Duration = .seconds(600)

  package init() {}
}

/// How a joined tunnel ended.
package enum TunnelEnd: Sendable, Equatable {
  /// Both sides had said all.
  case finished
  /// A side broke off.
  case broken
  /// Nothing moved for too long.
  case idle
  /// The task was cancelled: the server stops, or the one whose request it was is gone.
  case cancelled
}

extension ByteTunnel {
  /// Carries bytes both ways until both sides have ended, one breaks off, or nothing moves for too long; then both are
  /// closed.
  ///
  /// Back-pressure: a side is read only as fast as the other one is written. Half-close: the end of one side's input
  /// closes the other's output, once all before it was sent.
  @discardableResult
  package func join(_ other: ByteTunnel, limits: TunnelLimits = TunnelLimits()) async -> TunnelEnd {
    await join(
      other, limits: limits, outward: { activity in try await Self.carry(self, other, activity) },
      inward: { activity in try await Self.carry(other, self, activity) })
  }

  /// The same with bytes that are translated on their way: each carrier takes what comes out of one side to the other
  /// until that side ends, notes what moves, and returns; or throws, which breaks the tunnel off.
  package func join(
    _ other: ByteTunnel, limits: TunnelLimits = TunnelLimits(),
    outward: @escaping @Sendable (TunnelActivity) async throws -> Void,
    inward: @escaping @Sendable (TunnelActivity) async throws -> Void
  ) async -> TunnelEnd {
    let activity = TunnelActivity()
    return await withTaskCancellationHandler {
      let end = await withTaskGroup(of: TunnelEnd.self) { group in
        group.addTask { await Self.run(outward, activity) }
        group.addTask { await Self.run(inward, activity) }
        group.addTask { await activity.expiry(after: limits.idle) }
        var end = await group.next() ?? .finished
        if end == .finished {
          group.addTask { await activity.expiry(after: limits.halfClosed) }
          end = await group.next() ?? .finished
        }
        group.cancelAll()
        // What a side still has to send is sent, within bounds; that also ends a carrier which waits for a side that
        // takes nothing.
        async let first: Void = self.finish()
        async let second: Void = other.finish()
        _ = await (first, second)
        return end
      }
      return Task.isCancelled ? .cancelled : end
    } onCancel: {
      close()
      other.close()
    }
  }

  private static func run(
    _ carrier: @Sendable (TunnelActivity) async throws -> Void, _ activity: TunnelActivity
  ) async -> TunnelEnd {
    do {
      try await carrier(activity)
      return .finished
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .broken
    }
  }

  private static func carry(_ source: ByteTunnel, _ target: ByteTunnel, _ activity: TunnelActivity) async throws {
    for try await bytes in source.inbound {
      activity.note()
      try await target.write(bytes)
      activity.note()
    }
    try await target.finishOutput()
  }
}

/// When something last moved in a tunnel.
package final class TunnelActivity: Sendable {
  private let last = Mutex(ContinuousClock.now)

  /// Something moves.
  package func note() { last.withLock { $0 = .now } }

  /// Returns once nothing has moved for so long, or when cancelled.
  func expiry(after limit: Duration) async -> TunnelEnd {
    while true {
      let due = last.withLock { $0 } + limit
      if due <= .now { return .idle }
      do { try await Task.sleep(until: due, clock: .continuous) } catch { return .cancelled }
    }
  }
}
