import NIOCore

/// Joins small writes until they are flushed, in front of TLS: the codecs write an answer's head, body and end one by
/// one, and each write would be a record of its own to encrypt, with its overhead on the wire.
final class WriteJoiner: ChannelOutboundHandler {
  typealias OutboundIn = IOData
  typealias OutboundOut = ByteBuffer

  /// The largest record of TLS (RFC 8446, 5.1): to join more saves nothing and costs a copy.
  private static let limit = 16 * 1024

  private var waiting: ByteBuffer?
  private var promise: EventLoopPromise<Void>?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .byteBuffer(let bytes) = unwrapOutboundIn(data) else {
      // No codec of ours writes files, and TLS would not take them.
      promise?.fail(ChannelError.operationUnsupported)
      return
    }
    if let waiting, waiting.readableBytes + bytes.readableBytes > Self.limit { passOn(context) }
    // Taken out while it grows, so that it is changed in its place.
    if var joined = waiting {
      waiting = nil
      joined.writeImmutableBuffer(bytes)
      waiting = joined
    } else {
      waiting = bytes
    }
    self.promise.setOrCascade(to: promise)
  }

  func flush(context: ChannelHandlerContext) {
    passOn(context)
    context.flush()
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    // What was written before is closed after.
    passOn(context)
    context.close(mode: mode, promise: promise)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    waiting = nil
    let promise = self.promise
    self.promise = nil
    promise?.fail(ChannelError.ioOnClosedChannel)
  }

  private func passOn(_ context: ChannelHandlerContext) {
    guard let bytes = waiting else { return }
    let promise = self.promise
    waiting = nil
    self.promise = nil
    context.write(wrapOutboundOut(bytes), promise: promise)
  }
}
