import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer: what the handler's task and the connection's event loop share. The handler's side is
/// reached from any thread; the fields of the answer belong to the event loop and are touched only by
/// `HTTPExchangeHandler`.
///
/// Whatever the handler asks for happens at once, without a promise or a suspension, when its task runs on the event
/// loop; from elsewhere it is handed to the loop and waited for. Doing it at once is safe because the handler's task is
/// only ever run by the loop as a job of its own, never from within `HTTPExchangeHandler` or another channel handler
/// (`EventLoopTaskExecutor.enqueue`): whatever the task finds there is in a state between two events. The other way
/// round, an answer's end may begin the next pipelined request while the handler that gave it is still on the stack;
/// that enqueues the next one's task and nothing more, so the stack does not grow, and what the former handler still
/// does is told from the new request's by the exchange's identity.
final class HTTPExchange: Sendable {
  /// How far request and answer have come. Only on the event loop.
  struct Progress {
    let version: HTTPVersion
    let isHeadRequest: Bool
    var keepAlive: Bool
    var expectsContinue: Bool
    /// The body's deadline holds for each piece, not for the whole.
    var streamsBody = false
    var inputEnded = false
    var headSent = false
    var responseEnded = false
    var drainedBytes = 0
    /// Bytes that were written on the event loop since its handler last gave way.
    var unbrokenBytes = 0
    var waiters = WritabilityWaiters()
  }

  private struct TaskState {
    var task: Task<Void, Never>?
    var cancelled = false
  }

  let channel: any Channel
  let eventLoop: any EventLoop
  let body: InboundByteQueue
  let progress: NIOLoopBoundBox<Progress>
  private let handler: NIOLoopBound<HTTPExchangeHandler>
  private let taskState = Mutex(TaskState())
  /// The code of the head that was sent; 0: none yet. Written on the event loop.
  let sentStatus = Atomic<Int>(0)

  /// A handler on the event loop whose client takes bytes as fast as it gets them lets the loop's other connections go
  /// on after so many.
  private static let unbrokenLimit = 512 * 1024

  /// On the event loop.
  init(handler: HTTPExchangeHandler, channel: any Channel, progress: Progress, bodyLimit: Int) {
    let eventLoop = channel.eventLoop
    self.channel = channel
    self.eventLoop = eventLoop
    self.progress = NIOLoopBoundBox(progress, eventLoop: eventLoop)
    let bound = NIOLoopBound(handler, eventLoop: eventLoop)
    self.handler = bound
    self.body = InboundByteQueue(limit: bodyLimit) {
      if eventLoop.inEventLoop {
        bound.value.bodyDemanded()
      } else {
        eventLoop.execute { bound.value.bodyDemanded() }
      }
    }
  }

  /// Starts the handler's task, on Swift's global pool if there is no executor. Detached: a pipelined request is begun
  /// from the task of the one before, and must not get its task-local values.
  func start(on executor: EventLoopTaskExecutor?, _ operation: @escaping @Sendable () async -> Void) {
    let task = Task.detached(executorPreference: executor) { await operation() }
    let cancelled = taskState.withLock { state in
      state.task = task
      return state.cancelled
    }
    if cancelled { task.cancel() }
  }

  /// Cancels the handler's task and fails what it waits for. May be called from any thread, more than once.
  func cancel() {
    let task = taskState.withLock { state in
      state.cancelled = true
      return state.task
    }
    task?.cancel()
    onLoop { _, exchange in exchange.progress.value.waiters.fail(CancellationError()) }
  }

  /// Runs an action on the event loop: at once if this is it.
  func onLoop(_ action: @escaping @Sendable (HTTPExchangeHandler, HTTPExchange) -> Void) {
    if eventLoop.inEventLoop {
      action(handler.value, self)
    } else {
      eventLoop.execute { [self] in action(handler.value, self) }
    }
  }

  /// Runs an action on the event loop and returns when it is done.
  func perform<T: Sendable>(
    _ action: @escaping @Sendable (HTTPExchangeHandler, HTTPExchange) throws -> T
  ) async throws -> T {
    if eventLoop.inEventLoop { return try action(handler.value, self) }
    return try await eventLoop.submit { [self] in try action(handler.value, self) }.get()
  }

  /// Sends a piece of the body and returns when the connection takes more.
  func write(_ bytes: ByteBuffer) async throws {
    guard eventLoop.inEventLoop else {
      return try await eventLoop.flatSubmit { [self] () -> EventLoopFuture<Void> in
        do {
          return try handler.value.sendBody(self, bytes) ?? eventLoop.makeSucceededVoidFuture()
        } catch {
          return eventLoop.makeFailedFuture(error)
        }
      }.get()
    }
    if let room = try handler.value.sendBody(self, bytes) {
      try await room.get()
    } else if let gap = pause(after: bytes.readableBytes) {
      try await gap.get()
    }
  }

  /// What a handler on the event loop waits for after many bytes without a suspension. A timer: the loop runs whatever
  /// is enqueued before it looks at its sockets again, so a task that only enqueued itself would keep them waiting.
  private func pause(after bytes: Int) -> EventLoopFuture<Void>? {
    progress.value.unbrokenBytes += bytes
    guard progress.value.unbrokenBytes >= Self.unbrokenLimit else { return nil }
    progress.value.unbrokenBytes = 0
    return eventLoop.scheduleTask(in: .microseconds(50)) {}.futureResult
  }
}
