package import NIOCore
package import NIOHTTP1
import NIOPosix
package import NIOSSL

/// Where a request that asks to switch protocols is sent.
package struct UpgradeTarget: Sendable {
  /// A name or an address, without brackets.
  package var host: String
  package var port: Int
  /// `nil`: cleartext.
  package var tls: NIOSSLContext?

  package init(host: String, port: Int, tls: NIOSSLContext? = nil) {
    self.host = host
    self.port = port
    self.tls = tls
  }

  /// As in a URL and a `Host` header: `HOST:PORT`, with brackets round IPv6.
  package var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What a server says to a request that asks to switch protocols.
package enum UpgradeAnswer: Sendable {
  /// It switches; what it sends from here on comes out of the tunnel, which the caller has to close.
  case switched(HTTPResponseHead, ByteTunnel)
  /// It answers like any other request. The caller has to read the body to its end, or to close it.
  case refused(UpgradeRefusal)
}

/// An answer that switches nothing.
package struct UpgradeRefusal: Sendable {
  package var head: HTTPResponseHead
  /// The pieces as they arrive, under back-pressure; read it once. The connection ends with it.
  package let body: ByteTunnel.Inbound
  let channel: any Channel

  package func close() { channel.close(promise: nil) }

  /// At most `limit` bytes of the body, whatever has come within `patience`; then the connection is closed.
  package func text(upTo limit: Int = 64 * 1024, patience: TimeAmount) async -> ByteBuffer {
    let deadline = channel.eventLoop.scheduleTask(in: patience) { [channel] in channel.close(promise: nil) }
    defer {
      deadline.cancel()
      close()
    }
    var text = ByteBuffer()
    var iterator = body.makeAsyncIterator()
    while text.readableBytes < limit, var piece = try? await iterator.next() {
      guard var part = piece.readSlice(length: min(piece.readableBytes, limit - text.readableBytes)) else { break }
      text.writeBuffer(&part)
    }
    return text
  }
}

/// Why no answer came.
package struct UpgradeError: Error, Sendable, CustomStringConvertible {
  package enum Code: Sendable { case unreachable, timeout, broken }
  package var code: Code
  package var description: String
}

/// The client's side of an upgrade: opens a connection of its own for one HTTP/1.1 request that asks to switch
/// protocols, and hands over the connection's bytes if the server does.
package struct UpgradeDialer: Sendable {
  private let group: any EventLoopGroup
  private let bufferLimit: Int

  /// - Parameter bufferLimit: bytes that wait for the tunnel's reader, and for the connection, before the one who sends
  ///   is held.
  package init(group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, bufferLimit: Int = 128 * 1024) {
    self.group = group
    self.bufferLimit = bufferLimit
  }

  /// - Parameters:
  ///   - head: the whole request, `Host`, `Connection` and `Upgrade` included; there is no body.
  ///   - connectTimeout: for the connection.
  ///   - patience: how long the answer's head may take, from the connection on.
  /// - Throws: ``UpgradeError``, or `CancellationError`.
  package func open(
    _ target: UpgradeTarget, _ head: HTTPRequestHead, connectTimeout: TimeAmount = .seconds(5),
    patience: TimeAmount
  ) async throws -> UpgradeAnswer {
    let loop = group.next()
    let answer = loop.makePromise(of: UpgradeAnswer.self)
    let limit = bufferLimit
    let channel: any Channel
    // From the loop's own thread, so that a group decides where its sockets are made.
    do {
      channel = try await loop.flatSubmit {
        Self.bootstrap(loop, target, limit: limit, connectTimeout: connectTimeout) { codec in
          UpgradeRequestHandler(request: head, answer: answer, patience: patience, limit: limit, codec: codec)
        }.connect(host: target.host, port: target.port)
      }.get()
    } catch {
      let problem = UpgradeError(code: .unreachable, description: "\(target.authority): \(error)")
      answer.fail(problem)
      throw problem
    }
    return try await withTaskCancellationHandler {
      do { return try await answer.futureResult.get() } catch {
        channel.close(promise: nil)
        if Task.isCancelled { throw CancellationError() }
        throw error
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  private static func bootstrap(
    _ loop: any EventLoop, _ target: UpgradeTarget, limit: Int, connectTimeout: TimeAmount,
    handler: @escaping @Sendable (UpgradeRequestHandler.Codec) -> UpgradeRequestHandler
  ) -> ClientBootstrap {
    ClientBootstrap(group: loop)
      .connectTimeout(connectTimeout)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(.maxMessagesPerRead, value: 4)
      .channelOption(.writeBufferWaterMark, value: .init(low: limit / 4, high: limit))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls = target.tls { try pipeline.addHandler(tlsHandler(tls, host: target.host)) }
          var limits = NIOHTTPDecoderLimitConfiguration()
          limits.maxHeaderFieldSize = 64 * 1024
          limits.maxHeaderListSize = 64 * 1024
          let codec = UpgradeRequestHandler.Codec(
            end: EndHolder(), encoder: HTTPRequestEncoder(),
            decoder: ByteToMessageHandler(
              HTTPResponseDecoder(
                leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop,
                limitConfiguration: limits)))
          try pipeline.addHandler(codec.end)
          try pipeline.addHandler(codec.encoder)
          try pipeline.addHandler(codec.decoder)
          try pipeline.addHandler(handler(codec))
        }
      }
  }

  private static func tlsHandler(_ context: NIOSSLContext, host: String) throws -> NIOSSLClientHandler {
    // An address is compared with the certificate's, and is nothing to send as a server's name.
    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
    return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
  }
}

/// Sends the request once the connection is there, waits for the answer's head, and turns the connection into a tunnel
/// or into a body.
private final class UpgradeRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundIn = Never
  typealias OutboundOut = HTTPClientRequestPart

  /// What stands before this handler, and goes with the switch.
  struct Codec {
    let end: EndHolder
    let encoder: HTTPRequestEncoder
    let decoder: ByteToMessageHandler<HTTPResponseDecoder>
  }

  private enum State {
    case waiting
    case switching(HTTPResponseHead)
    case refused(InboundByteQueue)
    case done
  }

  private let request: HTTPRequestHead
  private let answer: EventLoopPromise<UpgradeAnswer>
  private let patience: TimeAmount
  private let limit: Int
  private let codec: Codec
  private var state = State.waiting
  private var sent = false
  private var deadline: Scheduled<Void>?
  private var readHeld = false

  init(
    request: HTTPRequestHead, answer: EventLoopPromise<UpgradeAnswer>, patience: TimeAmount, limit: Int, codec: Codec
  ) {
    self.request = request
    self.answer = answer
    self.patience = patience
    self.limit = limit
    self.codec = codec
  }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { send(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    send(context)
    context.fireChannelActive()
  }

  private func send(_ context: ChannelHandlerContext) {
    guard !sent else { return }
    sent = true
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: patience) {
      bound.value.fail(.timeout, "no answer in time")
      channel.close(promise: nil)
    }
    context.write(wrapOutboundOut(.head(request)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func read(context: ChannelHandlerContext) {
    if case .refused(let queue) = state, !queue.wantsMore { readHeld = true } else { context.read() }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .waiting):
      deadline?.cancel()
      if head.status == .switchingProtocols {
        state = .switching(head)
      } else {
        refuse(head, context.channel)
      }
    case (.body(let bytes), .refused(let queue)): queue.append(bytes)
    case (.end, .refused(let queue)):
      queue.finish()
      context.close(promise: nil)
    case (.end, .switching(let head)): switchOver(head, context)
    default: break
    }
  }

  private func refuse(_ head: HTTPResponseHead, _ channel: any Channel) {
    let queue = InboundByteQueue(limit: limit) {
      channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(TunnelDemand()) }
    }
    state = .refused(queue)
    answer.succeed(
      .refused(UpgradeRefusal(head: head, body: ByteTunnel.Inbound(queue: queue), channel: channel)))
  }

  private func switchOver(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
    state = .done
    let channel = context.channel
    let pipeline = channel.pipeline.syncOperations
    let tunnel = TunnelHandler(limit: limit, channel: channel) {}
    do { try pipeline.addHandler(tunnel) } catch { return answer.fail(error) }
    // This handler goes first: what the decoder has read beyond the answer is forwarded to the tunnel.
    pipeline.removeHandler(self, promise: nil)
    pipeline.removeHandler(codec.encoder, promise: nil)
    // The decoder leaves a moment later. Nothing may be written through it until then, and it must not see the end of
    // the input, with which it would drop what it holds.
    codec.end.hold()
    let left = channel.eventLoop.makePromise(of: Void.self)
    let switched = UpgradeAnswer.switched(head, ByteTunnel(handler: tunnel, eventLoop: channel.eventLoop))
    let end = NIOLoopBound(codec.end, eventLoop: channel.eventLoop)
    left.futureResult.whenComplete { [answer] _ in
      answer.succeed(switched)
      end.value.release()
    }
    pipeline.removeHandler(codec.decoder, promise: left)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is TunnelDemand:
      if readHeld {
        readHeld = false
        context.read()
      }
    case ChannelEvent.inputClosed:
      // The end of a body that lasts until then has been seen by the decoder before this event.
      context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    fail(.broken, "\(error)")
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(.broken, "the connection was closed before the answer")
    context.fireChannelInactive()
  }

  private func fail(_ code: UpgradeError.Code, _ description: String) {
    deadline?.cancel()
    switch state {
    case .waiting, .switching: answer.fail(UpgradeError(code: code, description: description))
    case .refused(let queue): queue.fail(HTTPServerError(.clientDisconnected))
    case .done: return
    }
    state = .done
  }
}

/// Keeps the end of the input back for a while.
private final class EndHolder: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private var context: ChannelHandlerContext?
  private var holds = false
  private var held = false

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func hold() { holds = true }

  func release() {
    holds = false
    if held { context?.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
    held = false
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed where holds: held = true
    default: context.fireUserInboundEventTriggered(event)
    }
  }
}
