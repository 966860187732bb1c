import NIOCore

/// Sits between the HTTP/2 handler and TLS (or the socket) and turns the flushes of one turn of the event loop
/// into one, so that calls which are ready together share a TLS record and a system call.
final class FlushCoalescer: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var isScheduled = false
  private var context: ChannelHandlerContext?

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func flush(context: ChannelHandlerContext) {
    guard !self.isScheduled else { return }
    self.isScheduled = true
    // Runs after everything that is already queued on the loop.
    context.eventLoop.assumeIsolated().execute { self.flushNow() }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    self.flushNow()
    context.close(mode: mode, promise: promise)
  }

  private func flushNow() {
    guard self.isScheduled else { return }
    self.isScheduled = false
    self.context?.flush()
  }
}
