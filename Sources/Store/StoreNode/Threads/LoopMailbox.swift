import NIOConcurrencyHelpers
import NIOCore

/// A queue for messages that are dealt with on an event loop: any thread posts, and once in a turn of the loop all that
/// has gathered is taken. What the loop itself posts costs no change of thread.
///
/// It has no bound of its own, as ``Mailbox``.
final class LoopMailbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    /// Runs on the loop when there are messages; nil before the start and after the end.
    var handler: (@Sendable () -> Void)?
    var isScheduled = false
    var isClosed = false

    /// Whether a turn of the loop is to be asked for.
    mutating func schedule() -> Bool {
      guard handler != nil, !isScheduled, !messages.isEmpty else { return false }
      isScheduled = true
      return true
    }
  }

  private let loop: any EventLoop
  private let state = NIOLockedValueBox(State())

  init(loop: any EventLoop) { self.loop = loop }

  /// Queues a message; dropped once the mailbox is closed.
  func post(_ message: Message) {
    if enqueue(message) { wake() }
  }

  /// Queues a message that can wait for the next turn, whatever that is for: the loop is not woken.
  func leave(_ message: Message) {
    state.withLockedValue { state in
      if !state.isClosed { state.messages.append(message) }
    }
  }

  /// Queues a message without waking the loop, for a caller that holds a lock.
  ///
  /// - Returns: whether ``wake()`` is to be called, with no lock held.
  func enqueue(_ message: Message) -> Bool {
    state.withLockedValue { state in
      guard !state.isClosed else { return false }
      state.messages.append(message)
      return state.schedule()
    }
  }

  func wake() {
    loop.execute { self.state.withLockedValue { $0.handler }?() }
  }

  /// From now on `handler` runs on the loop whenever there are messages to ``take()``.
  func start(_ handler: @escaping @Sendable () -> Void) {
    let isToBeScheduled = state.withLockedValue { state in
      guard !state.isClosed else { return false }
      state.handler = handler
      return state.schedule()
    }
    if isToBeScheduled { wake() }
  }

  /// All that wait, in order.
  func take() -> [Message] {
    state.withLockedValue { state in
      state.isScheduled = false
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// Nothing is taken any more.
  func close() {
    state.withLockedValue { state in
      state.isClosed = true
      state.messages = []
      state.handler = nil
    }
  }
}
