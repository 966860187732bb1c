import NIOCore
import NIOHTTP1
import Synchronization

/// One request and its answer: what the handler's task and the connection's event loop share. The handler's side is
/// reached from any thread; the fields of the answer belong to the event loop and are touched only by
/// `HTTPExchangeHandler`.
final class HTTPExchange: Sendable {
  /// How far request and answer have come. Only on the event loop.
  struct Progress {
    let version: HTTPVersion
    let isHeadRequest: Bool
    var keepAlive: Bool
    var expectsContinue: Bool
    var inputEnded = false
    var headSent = false
    var responseEnded = false
    var drainedBytes = 0
    var waiters = WritabilityWaiters()
  }

  let channel: any Channel
  let body: InboundByteQueue
  let progress: NIOLoopBoundBox<Progress>
  private let handler: NIOLoopBound<HTTPExchangeHandler>
  private let task = Mutex<Task<Void, Never>?>(nil)
  private let cancelled = Mutex(false)
  /// The code of the head that was sent; 0: none yet. Written on the event loop.
  let sentStatus = Atomic<Int>(0)

  init(handler: HTTPExchangeHandler, channel: any Channel, progress: Progress, bodyLimit: Int) {
    self.channel = channel
    self.progress = NIOLoopBoundBox(progress, eventLoop: channel.eventLoop)
    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    self.handler = bound
    self.body = InboundByteQueue(limit: bodyLimit) {
      channel.eventLoop.execute { bound.value.bodyDemanded() }
    }
  }

  /// Starts the handler's task.
  func start(_ operation: @escaping @Sendable () async -> Void) {
    let task = Task { await operation() }
    self.task.withLock { $0 = task }
    if cancelled.withLock({ $0 }) { task.cancel() }
  }

  /// Cancels the handler's task and fails what it waits for. May be called from any thread, more than once.
  func cancel() {
    cancelled.withLock { $0 = true }
    task.withLock { $0 }?.cancel()
    let progress = self.progress
    channel.eventLoop.execute { progress.value.waiters.fail(CancellationError()) }
  }

  func onLoop(_ action: @escaping @Sendable (HTTPExchangeHandler, HTTPExchange) -> Void) {
    channel.eventLoop.execute { [self] in action(handler.value, self) }
  }

  /// Runs an action on the event loop and waits for its promise.
  func perform(
    _ action: @escaping @Sendable (HTTPExchangeHandler, HTTPExchange, EventLoopPromise<Void>) -> Void
  ) async throws {
    let promise = channel.eventLoop.makePromise(of: Void.self)
    channel.eventLoop.execute { [self] in action(handler.value, self, promise) }
    try await promise.futureResult.get()
  }

  func upgrade(headers: HTTPHeaders) async throws -> ByteTunnel {
    let promise = channel.eventLoop.makePromise(of: ByteTunnel.self)
    channel.eventLoop.execute { [self] in handler.value.upgrade(self, headers: headers, promise) }
    return try await promise.futureResult.get()
  }
}
