import NIOCore

/// One half of a pair that pipes bytes between two channels of one event loop, both ways.
///
/// Back-pressure: a side reads only while the other can be written. Half-close: the end of one side's input closes
/// the other's output, once what was read has been written; the pair ends when both directions have, or at once
/// when either side fails. Neither side can outlive the other.
final class PipeHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var context: ChannelHandlerContext?
  private var partner: PipeHandler?
  private var wantsRead = false
  private var closesOutput = false
  private var isEnding = false

  static func pair() -> (PipeHandler, PipeHandler) {
    let (first, second) = (PipeHandler(), PipeHandler())
    first.partner = second
    second.partner = first
    return (first, second)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    // The cycle between the two ends here.
    partner?.partnerEnded()
    partner = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let target = partner?.context else { return }
    target.write(wrapOutboundOut(unwrapInboundIn(data)), promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) { partner?.context?.flush() }

  func read(context: ChannelHandlerContext) {
    if partner?.context?.channel.isWritable ?? false {
      wantsRead = false
      context.read()
    } else {
      wantsRead = true
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { partner?.readIfWanted() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { partner?.closeOutput() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    partner?.partnerEnded()
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { partner?.partnerEnded() }

  private func readIfWanted() {
    guard wantsRead, let context else { return }
    wantsRead = false
    context.read()
  }

  private func closeOutput() {
    guard let context, !closesOutput else { return }
    closesOutput = true
    context.close(mode: .output, promise: nil)
  }

  /// The other side is gone: write out what it still gave, then end.
  private func partnerEnded() {
    guard let context, !isEnding else { return }
    isEnding = true
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(channel.allocator.buffer(capacity: 0))).whenComplete { _ in
      channel.close(promise: nil)
    }
  }
}
