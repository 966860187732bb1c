import Logging
import NIOCore
import NIOExtras
import NIOHTTP1

/// The last handler of an HTTP/1.1 connection or of an HTTP/2 stream: turns parts into requests, runs the server's
/// handler for each in a task, and writes its answer. One request at a time; what a pipelining client sent ahead waits
/// here (bounded, because reading stops).
///
/// A request is over when both its body has been read (or drained) and its answer has been sent.
final class HTTPExchangeHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = HTTPServerResponsePart

  /// The codec of an HTTP/1.1 connection, which an upgrade removes.
  struct HTTP1Codec {
    let encoder: HTTPResponseEncoder
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>
  }

  private enum Deadline {
    case idle
    case body
    case halfClosed
    case drain
    case stalled
  }

  private let shared: HTTPServerShared
  private let peer: ClientIdentity?
  private let remoteAddress: SocketAddress?
  private let http1: HTTP1Codec?

  private var context: ChannelHandlerContext?
  private var exchange: HTTPExchange?
  private var pipelined = CircularBuffer<HTTPServerRequestPart>()
  private var pipelinedBytes = 0
  private var feeding = false
  private var readHeld = false
  private var inputClosed = false
  private var closing = false
  private var quiescing = false

  // One lazy timer: moving the deadline costs nothing, the timer re-arms itself when it fires early.
  private var deadline: (kind: Deadline, at: NIODeadline)?
  private var timer: Scheduled<Void>?

  init(shared: HTTPServerShared, peer: ClientIdentity?, remoteAddress: SocketAddress?, http1: HTTP1Codec?) {
    self.shared = shared
    self.peer = peer
    self.remoteAddress = remoteAddress
    self.http1 = http1
  }

  // MARK: - Channel events

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if http1 != nil { setDeadline(.idle, shared.configuration.firstRequestTimeout) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    clearDeadline()
    self.context = nil
  }

  func read(context: ChannelHandlerContext) {
    if wantsInput { context.read() } else { readHeld = true }
  }

  private var wantsInput: Bool {
    guard let exchange else { return true }
    let progress = exchange.progress.value
    if progress.inputEnded { return pipelinedBytes < 64 * 1024 && pipelined.count < 256 }
    return progress.responseEnded || exchange.body.wantsMore
  }

  private func resumeReading() {
    guard readHeld, wantsInput, let context else { return }
    readHeld = false
    context.read()
  }

  func bodyDemanded() {
    if let exchange, exchange.progress.value.expectsContinue, !exchange.progress.value.headSent,
      exchange.body.isDemanded, let context
    {
      exchange.progress.value.expectsContinue = false
      let head = HTTPResponseHead(version: exchange.progress.value.version, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }
    resumeReading()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !closing else { return }
    pipelined.append(unwrapInboundIn(data))
    if case .body(let bytes) = pipelined.last { pipelinedBytes += bytes.readableBytes }
    feed()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // A body that has not come with its head: from now on it has a deadline.
    if let exchange, !exchange.progress.value.inputEnded, deadline == nil {
      setDeadline(.body, shared.configuration.bodyTimeout)
    }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      if deadline?.kind == .stalled { clearDeadline() }
      exchange?.progress.value.waiters.succeed()
    }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      inputClosed = true
      if let exchange, exchange.progress.value.inputEnded {
        exchange.progress.value.keepAlive = false
        setDeadline(.halfClosed, shared.configuration.halfClosedTimeout)
      } else {
        close()
      }
    case is ChannelShouldQuiesceEvent where http1 != nil:
      quiescing = true
      if let exchange { exchange.progress.value.keepAlive = false } else { close() }
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    abandon(HTTPServerError(.clientDisconnected))
    clearDeadline()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    shared.logger.debug("Connection error", metadata: ["error": "\(error)"])
    guard !closing else { return }
    if let parserError = error as? HTTPParserError, exchange == nil, http1 != nil {
      let status: HTTPResponseStatus =
        parserError == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest
      return refuse(status)
    }
    abandon(HTTPServerError(.clientDisconnected))
    close()
  }

  /// The exchange's client is gone, or is given up.
  private func abandon(_ error: HTTPServerError) {
    guard let exchange else { return }
    self.exchange = nil
    exchange.progress.value.responseEnded = true
    exchange.body.fail(error)
    exchange.progress.value.waiters.fail(error)
    exchange.cancel()
  }

  // MARK: - Input

  /// Feeds waiting parts to the current request, or begins the next one.
  private func feed() {
    // Sending an answer can end an exchange while we are in here: the loop then simply goes on.
    guard !feeding else { return }
    feeding = true
    defer { feeding = false }
    while !closing, let part = pipelined.first {
      if let exchange {
        guard !exchange.progress.value.inputEnded else { break }
        pipelined.removeFirst()
        receive(part, for: exchange)
      } else {
        pipelined.removeFirst()
        if case .head(let head) = part { begin(head) }
      }
    }
    resumeReading()
  }

  private func receive(_ part: HTTPServerRequestPart, for exchange: HTTPExchange) {
    switch part {
    case .head: close()  // the decoder never sends two heads in a row
    case .body(let bytes):
      pipelinedBytes -= bytes.readableBytes
      if exchange.progress.value.responseEnded {
        exchange.progress.value.drainedBytes += bytes.readableBytes
        if exchange.progress.value.drainedBytes > shared.configuration.drainLimit { close() }
      } else {
        exchange.body.append(bytes)
      }
    case .end:
      exchange.progress.value.inputEnded = true
      exchange.body.finish()
      clearDeadline()
      if exchange.progress.value.responseEnded { endExchange(exchange) }
    }
  }

  private func begin(_ head: HTTPRequestHead) {
    guard let context else { return }
    clearDeadline()
    let isHTTP1 = http1 != nil
    let version: HTTPVersion = isHTTP1 ? head.version : .http2
    let asksForUpgrade = isHTTP1 && (head.method == .CONNECT || head.headers.contains(name: "upgrade"))
    let exchange = HTTPExchange(
      handler: self, channel: context.channel,
      progress: .init(
        version: version, isHeadRequest: head.method == .HEAD,
        // After an upgrade that was asked for, the decoder parses no further: the connection ends with the answer.
        keepAlive: isHTTP1 && head.isKeepAlive && !asksForUpgrade && !quiescing,
        expectsContinue: head.headers.first(name: "expect")?.lowercased() == "100-continue"
          && head.version == .http1_1),
      bodyLimit: shared.configuration.bodyBufferLimit)
    self.exchange = exchange
    let request = HTTPServerRequest(
      head: head, version: version, peer: peer, remoteAddress: remoteAddress,
      body: HTTPRequestBody(
        queue: exchange.body, announcedLength: head.headers.first(name: "content-length").flatMap { Int($0) }))
    shared.registry.begin(exchange)
    exchange.start { [shared] in
      let writer = HTTPResponseWriter(exchange: exchange)
      do {
        try await shared.handler(request, writer)
        exchange.onLoop { handler, exchange in handler.handlerReturned(exchange, nil) }
      } catch {
        exchange.onLoop { handler, exchange in handler.handlerReturned(exchange, error) }
      }
      shared.registry.end(exchange)
    }
  }

  // MARK: - Output

  func sendHead(
    _ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ headers: HTTPHeaders, flush: Bool,
    _ promise: EventLoopPromise<Void>
  ) {
    guard let context = live(exchange, promise) else { return }
    guard !exchange.progress.value.headSent else { return promise.fail(HTTPServerError(.wrongOrder)) }
    exchange.progress.value.headSent = true
    exchange.sentStatus.store(Int(status.code), ordering: .relaxed)
    var head = HTTPResponseHead(version: exchange.progress.value.version, status: status, headers: headers)
    if !head.headers.contains(name: "date") { head.headers.add(name: "date", value: HTTPDate.now()) }
    if http1 != nil {
      let framed = head.headers.contains(name: "content-length") || !status.mayHaveResponseBody
      let openEnded = !framed && (exchange.progress.value.version == .http1_0 || exchange.progress.value.isHeadRequest)
      if openEnded || head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "close" }) {
        exchange.progress.value.keepAlive = false
      }
      // Nobody waits for a body that was not asked for: close instead of reading it.
      if exchange.progress.value.expectsContinue { exchange.progress.value.keepAlive = false }
      if !exchange.progress.value.keepAlive {
        head.headers.replaceOrAdd(name: "connection", value: "close")
      } else if exchange.progress.value.version == .http1_0 {
        head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
      }
    }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if flush { context.flush() }
    promise.succeed()
  }

  func sendBody(_ exchange: HTTPExchange, _ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>) {
    guard let context = live(exchange, promise) else { return }
    guard exchange.progress.value.headSent else { return promise.fail(HTTPServerError(.wrongOrder)) }
    if bytes.readableBytes > 0, !exchange.progress.value.isHeadRequest {
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
    }
    exchange.progress.value.waiters.complete(promise, when: context.channel.isWritable)
    watchForStall(context)
  }

  /// While the client does not read, it has until the deadline to go on.
  private func watchForStall(_ context: ChannelHandlerContext) {
    if !context.channel.isWritable, deadline == nil { setDeadline(.stalled, shared.configuration.writeTimeout) }
  }

  func sendEnd(_ exchange: HTTPExchange, _ promise: EventLoopPromise<Void>) {
    guard let context = live(exchange, promise) else { return }
    guard exchange.progress.value.headSent else { return promise.fail(HTTPServerError(.wrongOrder)) }
    exchange.progress.value.responseEnded = true
    exchange.progress.value.waiters.succeed()
    let progress = exchange.progress.value
    let closes = http1 != nil && !progress.keepAlive && progress.inputEnded
    if closes {
      closing = true
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    } else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    promise.succeed()
    if progress.inputEnded {
      endExchange(exchange)
      // A connection of HTTP/1.1 has its idle deadline; a stream may wait for its client with the rest of the answer.
      if http1 == nil { watchForStall(context) }
    } else {
      // The client still sends: read and drop for a while, so that it gets to read the answer.
      exchange.body.finish()
      setDeadline(.drain, .seconds(3))
      resumeReading()
    }
  }

  func sendWhole(
    _ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ headers: HTTPHeaders, _ body: ByteBuffer?,
    _ promise: EventLoopPromise<Void>
  ) {
    guard let context = live(exchange, promise) else { return }
    guard !exchange.progress.value.headSent else { return promise.fail(HTTPServerError(.wrongOrder)) }
    var headers = headers
    if status.mayHaveResponseBody {
      headers.replaceOrAdd(name: "content-length", value: String(body?.readableBytes ?? 0))
    }
    sendHead(exchange, status, headers, flush: false, context.eventLoop.makePromise())
    if let body, body.readableBytes > 0, status.mayHaveResponseBody, !exchange.progress.value.isHeadRequest {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    sendEnd(exchange, promise)
  }

  func abort(_ exchange: HTTPExchange) {
    guard exchange === self.exchange else { return }
    abandon(HTTPServerError(.clientDisconnected))
    close()
  }

  func upgrade(_ exchange: HTTPExchange, headers: HTTPHeaders, _ promise: EventLoopPromise<ByteTunnel>) {
    guard exchange === self.exchange, let context, context.channel.isActive else {
      return promise.fail(HTTPServerError(.clientDisconnected))
    }
    let progress = exchange.progress.value
    guard let http1, progress.inputEnded, !progress.headSent else {
      return promise.fail(HTTPServerError(.upgradeNotPossible))
    }
    exchange.progress.value.headSent = true
    exchange.sentStatus.store(101, ordering: .relaxed)
    exchange.progress.value.responseEnded = true
    clearDeadline()
    let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
    context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    let tunnel = TunnelHandler(
      exchange: exchange, limit: shared.configuration.bodyBufferLimit, channel: context.channel)
    let channel = context.channel
    let pipeline = channel.pipeline.syncOperations
    do {
      try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
      try pipeline.addHandler(tunnel)
    } catch {
      return promise.fail(error)
    }
    self.exchange = nil
    let held = readHeld
    // This handler goes first: what the decoder has read beyond the request is forwarded to the tunnel.
    pipeline.removeHandler(self, promise: nil)
    pipeline.removeHandler(http1.encoder, promise: nil)
    pipeline.removeHandler(http1.decoder, promise: nil)
    promise.succeed(ByteTunnel(handler: tunnel, eventLoop: channel.eventLoop))
    if held { channel.read() }
  }

  /// The context, if the exchange is the current one and can still be answered; else the promise is failed.
  private func live(_ exchange: HTTPExchange, _ promise: EventLoopPromise<Void>) -> ChannelHandlerContext? {
    guard let context, exchange === self.exchange, context.channel.isActive else {
      let ended = exchange.progress.value.responseEnded && context?.channel.isActive == true
      promise.fail(HTTPServerError(ended ? .wrongOrder : .clientDisconnected))
      return nil
    }
    guard !exchange.progress.value.responseEnded else {
      promise.fail(HTTPServerError(.wrongOrder))
      return nil
    }
    return context
  }

  // MARK: - Ends

  func handlerReturned(_ exchange: HTTPExchange, _ error: (any Error)?) {
    guard exchange === self.exchange, let context else {
      // An upgraded connection ends with its handler.
      if self.context == nil { exchange.channel.close(promise: nil) }
      return
    }
    guard !exchange.progress.value.responseEnded else { return }
    if exchange.progress.value.headSent {
      if error == nil { sendEnd(exchange, context.eventLoop.makePromise()) } else { abort(exchange) }
      return
    }
    let status: HTTPResponseStatus
    switch (error as? HTTPServerError)?.code {
    case .bodyTooLarge: status = .payloadTooLarge
    case .bodyTimeout: status = .requestTimeout
    default:
      status = .internalServerError
      if let error, !(error is CancellationError) {
        shared.logger.error("Request handler failed", metadata: ["error": "\(error)"])
      }
    }
    sendWhole(
      exchange, status, ["content-type": "text/plain"], ByteBuffer(string: status.reasonPhrase + "\n"),
      context.eventLoop.makePromise())
  }

  /// Request and answer are complete.
  private func endExchange(_ exchange: HTTPExchange) {
    guard exchange === self.exchange else { return }
    self.exchange = nil
    clearDeadline()
    guard http1 != nil, !closing else { return }
    if exchange.progress.value.keepAlive {
      setDeadline(.idle, shared.configuration.idleTimeout)
      feed()
    } else {
      close()
    }
  }

  /// Answers what cannot be parsed, outside of any exchange, and closes.
  private func refuse(_ status: HTTPResponseStatus) {
    guard let context else { return }
    closing = true
    let head = HTTPResponseHead(
      version: .http1_1, status: status, headers: ["connection": "close", "content-length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
  }

  private func close() {
    closing = true
    context?.close(promise: nil)
  }

  // MARK: - Deadlines

  private func setDeadline(_ kind: Deadline, _ amount: TimeAmount) {
    guard let context else { return }
    deadline = (kind, .now() + amount)
    if timer == nil { arm(context.eventLoop, amount) }
    // A timer that fires early re-arms itself; one that would fire too late is replaced.
    if let scheduled = scheduledAt, let at = deadline?.at, at < scheduled {
      timer?.cancel()
      arm(context.eventLoop, amount)
    }
  }

  private var scheduledAt: NIODeadline?

  private func arm(_ eventLoop: any EventLoop, _ amount: TimeAmount) {
    scheduledAt = .now() + amount
    timer = eventLoop.assumeIsolated().scheduleTask(in: amount) { [weak self] in self?.timerFired() }
  }

  private func clearDeadline() {
    deadline = nil
    if context == nil || context?.channel.isActive == false {
      timer?.cancel()
      timer = nil
      scheduledAt = nil
    }
  }

  private func timerFired() {
    timer = nil
    scheduledAt = nil
    guard let deadline, let context else { return }
    let now = NIODeadline.now()
    if deadline.at > now { return arm(context.eventLoop, deadline.at - now) }
    self.deadline = nil
    switch deadline.kind {
    case .idle, .drain: close()
    case .body: exchange?.body.fail(HTTPServerError(.bodyTimeout))
    case .halfClosed, .stalled:
      abandon(HTTPServerError(.clientDisconnected))
      close()
    }
  }
}
