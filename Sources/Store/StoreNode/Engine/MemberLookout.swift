import RaftTransport
import Synchronization

/// Asks the other members, once in a second at most, who the members are.
final class MemberLookout: Sendable {
  private let ask: @Sendable () async -> MemberAnswer?
  private let isLooking = Mutex(false)
  private static let pause = Duration.seconds(1)

  /// - Parameter ask: the answer of the one that has applied most; nil when nobody answers.
  init(ask: @escaping @Sendable () async -> MemberAnswer?) { self.ask = ask }

  /// Unless it is asking already, or was a moment ago: asks, and hands on what was answered.
  func look(_ take: @escaping @Sendable (MemberAnswer) -> Void) {
    guard
      isLooking.withLock({ isLooking in
        defer { isLooking = true }
        return !isLooking
      })
    else { return }
    Task {
      if let answer = await ask() { take(answer) }
      try? await Task.sleep(for: Self.pause)
      isLooking.withLock { $0 = false }
    }
  }
}
