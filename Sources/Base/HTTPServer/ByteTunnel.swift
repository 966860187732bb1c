package import NIOCore

/// A connection's raw bytes after an upgrade, both ways, under back-pressure.
package struct ByteTunnel: Sendable {
  /// Bytes from the client; ends when the client closes its sending side, throws if the connection breaks.
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
    let promise = eventLoop.makePromise(of: Void.self)
    eventLoop.execute { [handler] in handler.value.send(bytes, promise) }
    try await promise.futureResult.get()
  }

  /// Closes the sending side; the client may still send.
  package func closeOutput() {
    eventLoop.execute { [handler] in handler.value.close(mode: .output) }
  }

  /// Closes the connection.
  package func close() {
    eventLoop.execute { [handler] in handler.value.close(mode: .all) }
  }
}

/// The last handler of an upgraded connection.
final class TunnelHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  let queue: InboundByteQueue
  private let exchange: HTTPExchange
  private var waiters = WritabilityWaiters()
  private var context: ChannelHandlerContext?
  private var readHeld = false

  init(exchange: HTTPExchange, limit: Int, channel: any Channel) {
    self.exchange = exchange
    // The handler is reached through the channel's pipeline: only the channel is safe to hand to the consumer's task.
    self.queue = InboundByteQueue(limit: limit) {
      channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(TunnelDemand()) }
    }
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

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
    queue.fail(HTTPServerError(.clientDisconnected))
    waiters.fail(HTTPServerError(.clientDisconnected))
    exchange.cancel()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func send(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>) {
    guard let context, context.channel.isActive else {
      return promise.fail(HTTPServerError(.clientDisconnected))
    }
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    waiters.complete(promise, when: context.channel.isWritable)
  }

  func close(mode: CloseMode) {
    guard let context else { return }
    // Bytes that wait are sent first: an empty write completes after them.
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      bound.value.close(mode: mode, promise: nil)
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
