package import NIOCore

/// A connection's raw bytes after a switch of protocols, both ways, under back-pressure: a client's that was taken over
/// by ``HTTPResponseWriter/upgrade(headers:)``, or one that ``UpgradeDialer`` opened.
package struct ByteTunnel: Sendable {
  /// Bytes from the other end; ends when that end closes its sending side, throws if the connection breaks.
  package struct Inbound: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer
    let queue: InboundByteQueue

    package func makeAsyncIterator() -> Iterator { Iterator(queue: queue) }
    package struct Iterator: AsyncIteratorProtocol {
      let queue: InboundByteQueue
      package mutating func next() async throws -> ByteBuffer? { try await queue.next() }
    }
  }

  package let inbound: Inbound
  private let handler: NIOLoopBound<TunnelHandler>
  private let eventLoop: any EventLoop

  init(handler: TunnelHandler, eventLoop: any EventLoop) {
    inbound = Inbound(queue: handler.queue)
    self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
    self.eventLoop = eventLoop
  }

  /// Sends bytes; returns when the connection takes more. Throws `clientDisconnected` once it is gone.
  package func write(_ bytes: ByteBuffer) async throws {
    try await perform { handler, promise in handler.send(bytes, promise) }
  }

  /// Closes the sending side once what waits has been sent; the other end may still send.
  package func closeOutput() {
    eventLoop.execute { [handler] in handler.value.close(mode: .output, nil) }
  }

  /// The same, and returns when that is done.
  package func finishOutput() async throws {
    try await perform { handler, promise in handler.close(mode: .output, promise) }
  }

  /// Closes the connection, once what waits has been sent or five seconds have passed.
  package func close() {
    eventLoop.execute { [handler] in handler.value.close(mode: .all, nil) }
  }

  /// The same, and returns when that is done.
  package func finish() async {
    try? await perform { handler, promise in handler.close(mode: .all, promise) }
  }

  private func perform(
    _ action: @escaping @Sendable (TunnelHandler, EventLoopPromise<Void>) -> Void
  ) async throws {
    let promise = eventLoop.makePromise(of: Void.self)
    eventLoop.execute { [handler] in action(handler.value, promise) }
    try await promise.futureResult.get()
  }
}

/// The last handler of a connection that has switched protocols.
final class TunnelHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  let queue: InboundByteQueue
  private let onBreak: () -> Void
  private var waiters = WritabilityWaiters()
  private var context: ChannelHandlerContext?
  private var readHeld = false
  private var outputClosed = false
  private var closed = false
  private var failed = false
  private var lastChance: Scheduled<Void>?

  /// How long a closed tunnel may take to send what waits.
  private static let closingGrace = TimeAmount.seconds(5)

  /// - Parameter onBreak: called on the event loop when the connection ends otherwise than by both sides' wish.
  init(limit: Int, channel: any Channel, onBreak: @escaping () -> Void) {
    self.onBreak = onBreak
    // The handler is reached through the channel's pipeline: only the channel is safe to hand to the consumer's task.
    self.queue = InboundByteQueue(limit: limit) {
      channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(TunnelDemand()) }
    }
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    lastChance?.cancel()
    self.context = nil
  }

  func read(context: ChannelHandlerContext) {
    if queue.wantsMore { context.read() } else { readHeld = true }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { queue.append(unwrapInboundIn(data)) }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { waiters.succeed() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is TunnelDemand:
      if readHeld {
        readHeld = false
        context.read()
      }
    case ChannelEvent.inputClosed: queue.finish()
    default: break
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    waiters.fail(HTTPServerError(.clientDisconnected))
    if closed || (outputClosed && !failed) {
      // The other end has finished after we had: both sides are done, and what has come is still to be read.
      queue.finish()
    } else {
      queue.fail(HTTPServerError(.clientDisconnected))
      onBreak()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    failed = true
    context.close(promise: nil)
  }

  func send(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>) {
    guard let context, context.channel.isActive, !outputClosed, !closed else {
      return promise.fail(HTTPServerError(.clientDisconnected))
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    waiters.complete(promise, when: context.channel.isWritable)
  }

  func close(mode: CloseMode, _ promise: EventLoopPromise<Void>?) {
    guard let context, context.channel.isActive else {
      promise?.succeed()
      return
    }
    if mode == .output {
      guard !outputClosed else {
        promise?.succeed()
        return
      }
      outputClosed = true
    } else if !closed {
      closed = true
      let channel = context.channel
      lastChance = context.eventLoop.scheduleTask(in: Self.closingGrace) { channel.close(promise: nil) }
    }
    // Bytes that wait are sent first: an empty write completes after them.
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      bound.value.close(mode: mode, promise: nil)
      promise?.succeed()
    }
  }
}

/// Tells a tunnel's handler that its consumer wants more bytes.
struct TunnelDemand: Sendable {}

/// Promises of writes that wait until the channel is writable again.
struct WritabilityWaiters {
  private var promises: [EventLoopPromise<Void>] = []

  mutating func complete(_ promise: EventLoopPromise<Void>, when isWritable: Bool) {
    if isWritable { promise.succeed() } else { promises.append(promise) }
  }

  mutating func succeed() {
    let waiting = promises
    promises = []
    for promise in waiting { promise.succeed() }
  }

  mutating func fail(_ error: any Error) {
    let waiting = promises
    promises = []
    for promise in waiting { promise.fail(error) }
  }
}
