import Logging
import NIOCore
import NIOExtras
import NIOHPACK
import NIOHTTP1
import NIOHTTP2
import NIOSSL
import NIOTLS

/// Builds the pipeline of each accepted connection.
struct ConnectionSetup: Sendable {
  let shared: HTTPServerShared

  /// Called on the connection's event loop right after accept.
  func prepare(_ channel: any Channel) throws {
    guard shared.registry.admit(channel) else {
      channel.close(promise: nil)
      return
    }
    setKeepAlive(channel)
    let pipeline = channel.pipeline.syncOperations
    if let tls = shared.configuration.tlsOfNewConnection?() ?? shared.configuration.tls {
      try pipeline.addHandler(NIOSSLServerHandler(context: tls))
      try pipeline.addHandler(NegotiationHandler(setup: self))
    } else {
      try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
      // The system joins what is written together by itself.
      try addHTTP1(to: channel, peer: nil)
    }
  }

  /// Lets the kernel notice clients that vanished without a word: first probe after 30 s, gone after three more.
  private func setKeepAlive(_ channel: any Channel) {
    guard case .tcp = shared.configuration.address, let options = channel.syncOptions else { return }
    #if os(Linux)
      try? options.setOption(.tcpOption(.init(rawValue: 4)), value: 30)  // TCP_KEEPIDLE
      try? options.setOption(.tcpOption(.init(rawValue: 5)), value: 10)  // TCP_KEEPINTVL
      try? options.setOption(.tcpOption(.init(rawValue: 6)), value: 3)  // TCP_KEEPCNT
    #endif
  }

  func addHTTP1(to channel: any Channel, peer: ClientIdentity?) throws {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = shared.configuration.maximumHeaderBytes
    limits.maxHeaderListSize = shared.configuration.maximumHeaderBytes
    limits.maxHeaderFieldCount = shared.configuration.maximumHeaderCount
    let codec = HTTPExchangeHandler.HTTP1Codec(
      encoder: HTTPResponseEncoder(),
      decoder: ByteToMessageHandler(
        HTTPRequestDecoder(
          leftOverBytesStrategy: .forwardBytes, informationalResponseStrategy: .drop, limitConfiguration: limits)))
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(codec.encoder)
    try pipeline.addHandler(codec.decoder)
    try pipeline.addHandler(
      HTTPExchangeHandler(
        shared: shared, peer: peer, remoteAddress: channel.remoteAddress, http1: codec,
        executor: shared.executor(of: channel.eventLoop)))
  }

  func addHTTP2(to channel: any Channel, peer: ClientIdentity?) throws {
    let limits = shared.configuration
    let grace = limits.shutdownGrace + HTTPServerConfiguration.endingGrace
    let management = NIOHTTP2ServerConnectionManagementHandler(
      eventLoop: channel.eventLoop,
      configuration: .init(
        maxIdleTime: limits.idleTimeout, maxAge: nil, maxGraceTime: grace, keepalive: nil))
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.maximumConcurrentStreams),
      HTTP2Setting(parameter: .maxHeaderListSize, value: limits.maximumHeaderBytes),
      HTTP2Setting(parameter: .initialWindowSize, value: limits.bodyBufferLimit),
    ]
    connection.targetWindowSize = 1024 * 1024
    connection.maximumBufferedControlFrames = 1000
    connection.maximumRecentlyResetStreams = 100
    connection.controlFrameRateLimit.maximumCount = limits.maximumControlFrames
    var stream = NIOHTTP2Handler.StreamConfiguration()
    stream.targetWindowSize = limits.bodyBufferLimit
    stream.outboundBufferSizeHighWatermark = limits.writeBufferLimit
    stream.outboundBufferSizeLowWatermark = limits.writeBufferLimit / 2
    stream.streamResetFrameRateLimit.maximumCount = limits.maximumStreamResets
    stream.streamErrorRateLimit.maximumCount = limits.maximumStreamResets
    let shared = self.shared
    let remoteAddress = channel.remoteAddress
    let executor = shared.executor(of: channel.eventLoop)
    // A connection's streams are on its own event loop.
    let untaken = NIOLoopBound(UntakenAnswers(limit: limits.maximumUntakenBytes), eventLoop: channel.eventLoop)
    let handler = NIOHTTP2Handler(
      mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: connection, streamConfiguration: stream,
      streamDelegate: management.http2StreamDelegate
    ) { stream in
      stream.eventLoop.makeCompletedFuture {
        let pipeline = stream.pipeline.syncOperations
        try pipeline.addHandler(HTTP2FramePayloadToHTTP1ServerCodec())
        try pipeline.addHandler(
          HTTPExchangeHandler(
            shared: shared, peer: peer, remoteAddress: remoteAddress, http1: nil, executor: executor,
            untaken: untaken.value))
      }
    }
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(handler)
    try pipeline.addHandler(HTTP2FarewellDeadline(grace: grace))
    try pipeline.addHandler(management)
    try pipeline.addHandler(HTTP2ConnectionCloser(logger: shared.logger))
    if channel.isActive {
      // The connection became active before its handlers came: the idle timer starts with this event.
      management.channelActive(context: try pipeline.context(handler: management))
    }
  }
}

/// Waits for the TLS handshake, then builds the pipeline of the protocol that ALPN chose. A handshake that breaks or
/// takes too long closes the connection and nothing else.
final class NegotiationHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let setup: ConnectionSetup
  private var timeout: Scheduled<Void>?
  private var done = false

  init(setup: ConnectionSetup) { self.setup = setup }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    timeout = context.eventLoop.scheduleTask(in: setup.shared.configuration.handshakeTimeout) {
      bound.value.pipeline.fireErrorCaught(ChannelError.connectTimeout(.nanoseconds(0)))
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timeout?.cancel() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted(let negotiated):
      timeout?.cancel()
      done = true
      let pipeline = context.pipeline.syncOperations
      let certificate = try? pipeline.handler(type: NIOSSLServerHandler.self).peerCertificate
      do {
        var peer: ClientIdentity?
        if let certificate = certificate ?? nil {
          // A certificate that verified but whose subject cannot be read must not pass for "no certificate".
          // One that names nobody is nobody's.
          peer = try ClientIdentity.read(derEncoded: certificate.toDERBytes())
        }
        try pipeline.addHandler(WriteJoiner())
        if negotiated == "h2" {
          try setup.addHTTP2(to: context.channel, peer: peer)
        } else {
          try setup.addHTTP1(to: context.channel, peer: peer)
        }
        context.fireUserInboundEventTriggered(event)
        pipeline.removeHandler(self, promise: nil)
      } catch {
        context.close(promise: nil)
      }
    case is ChannelShouldQuiesceEvent where !done: context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !done { setup.shared.registry.countFailedHandshake() }
    done = true
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    setup.shared.logger.debug(
      "TLS handshake failed",
      metadata: ["error": "\(error)", "client": "\(context.channel.remoteAddress?.description ?? "")"])
    context.close(promise: nil)
  }
}

/// Ends an HTTP/2 connection some time after its farewell (GOAWAY), whatever the client does. The handler that manages
/// the connection, which comes next and sends the farewell, begins to count only when the client has answered the ping
/// that goes with it: whoever says nothing would never be let go.
final class HTTP2FarewellDeadline: ChannelOutboundHandler {
  typealias OutboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  private let grace: TimeAmount
  private var timer: Scheduled<Void>?

  init(grace: TimeAmount) { self.grace = grace }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if timer == nil, case .goAway = unwrapOutboundIn(data).payload {
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      timer = context.eventLoop.scheduleTask(in: grace) { bound.value.close(promise: nil) }
    }
    context.write(data, promise: promise)
  }
}

/// The end of an HTTP/2 connection's pipeline: connection errors close it.
final class HTTP2ConnectionCloser: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame

  private let logger: Logger

  init(logger: Logger) { self.logger = logger }

  // Frames of the connection itself have been dealt with before they come here.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Errors of a stream are its own; the HTTP/2 handler has answered them.
    if error is NIOHTTP2Errors.StreamError { return }
    logger.debug("HTTP/2 connection error", metadata: ["error": "\(error)"])
    context.close(promise: nil)
  }
}
