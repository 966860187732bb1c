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
  /// Where the requests' handlers run; nil: on Swift's global pool.
  private let executor: EventLoopTaskExecutor?
  /// Of the HTTP/2 connection that this stream belongs to; nil over HTTP/1.1, where one answer waits at a time.
  private let untaken: UntakenAnswers?

  private var context: ChannelHandlerContext?
  private var exchange: HTTPExchange?
  private var pipelined = CircularBuffer<HTTPServerRequestPart>()
  private var pipelinedBytes = 0
  private var feeding = false
  private var readHeld = false
  private var inputClosed = false
  private var closing = false
  private var quiescing = false
  /// The end of a stream's answer was given, and has not left: its client takes nothing.
  private var endWaits = false
  /// Requests begun since the loop last looked at its sockets; see `giveWay`.
  private var begunInARow = 0
  private var givesWay = false
  private static let mostInARow = 16

  // One lazy timer: moving the deadline costs nothing, the timer re-arms itself when it fires early.
  private var deadline: (kind: Deadline, at: NIODeadline)?
  private var timer: Scheduled<Void>?

  init(
    shared: HTTPServerShared, peer: ClientIdentity?, remoteAddress: SocketAddress?, http1: HTTP1Codec?,
    executor: EventLoopTaskExecutor?, untaken: UntakenAnswers? = nil
  ) {
    self.shared = shared
    self.untaken = untaken
    self.executor = executor
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
    guard let exchange else { return !isBackedUp && !givesWay }
    let progress = exchange.progress.value
    if progress.inputEnded { return pipelinedBytes < 64 * 1024 && pipelined.count < 256 }
    return progress.responseEnded || exchange.body.wantsMore
  }

  /// The client of an HTTP/1.1 connection does not take the answers that it has: it gets no further one until it does,
  /// for they would pile up without bound.
  private var isBackedUp: Bool { http1 != nil && context?.channel.isWritable == false }

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
    begunInARow = 0
    // A body that has not come with its head: from now on it has a deadline.
    if let exchange, !exchange.progress.value.inputEnded, deadline == nil {
      setDeadline(.body, shared.configuration.bodyTimeout)
    }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      if deadline?.kind == .stalled {
        clearDeadline()
        // The client goes on: for the rest of the answer it has its time anew.
        watchForWaitingEnd()
      }
      exchange?.progress.value.waiters.succeed()
      feed()
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
    // Sending an answer can end an exchange while we are in here: the loop then simply goes on. An answer's end that
    // is sent by its handler, on this event loop, comes here too, with the handler on the stack: the next request's
    // task is enqueued, not run, so that this goes no deeper than one request, however many a client sends ahead.
    guard !feeding else { return }
    feeding = true
    defer { feeding = false }
    while !closing, let part = pipelined.first {
      if let exchange {
        guard !exchange.progress.value.inputEnded else { break }
        pipelined.removeFirst()
        receive(part, for: exchange)
      } else {
        guard !isBackedUp, !givesWay else { break }
        if executor != nil, begunInARow >= Self.mostInARow {
          giveWay()
          break
        }
        begunInARow += 1
        pipelined.removeFirst()
        if case .head(let head) = part { begin(head) }
      }
    }
    resumeReading()
  }

  /// Lets the loop's other connections go on, after a number of requests that one client had sent ahead. The loop runs
  /// what is enqueued, handlers too, before it looks at its sockets again: without a timer in between, all that waits
  /// here would be answered first.
  private func giveWay() {
    guard let context else { return }
    givesWay = true
    context.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(50)) { [weak self] in
      guard let self else { return }
      givesWay = false
      begunInARow = 0
      feed()
    }
  }

  private func receive(_ part: HTTPServerRequestPart, for exchange: HTTPExchange) {
    switch part {
    case .head: close()  // the decoder never sends two heads in a row
    case .body(let bytes):
      pipelinedBytes -= bytes.readableBytes
      if exchange.progress.value.streamsBody, deadline?.kind == .body {
        setDeadline(.body, shared.configuration.bodyTimeout)
      }
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
    let fields = HTTPRequestFields(head.headers)
    let asksForUpgrade = isHTTP1 && (head.method == .CONNECT || fields.hasUpgrade)
    let exchange = HTTPExchange(
      handler: self, channel: context.channel,
      progress: .init(
        version: version, isHeadRequest: head.method == .HEAD,
        // After an upgrade that was asked for, the decoder parses no further: the connection ends with the answer.
        keepAlive: isHTTP1 && head.isKeepAlive && !asksForUpgrade && !quiescing,
        expectsContinue: fields.expectsContinue && head.version == .http1_1),
      bodyLimit: shared.configuration.bodyBufferLimit)
    self.exchange = exchange
    let request = HTTPServerRequest(
      head: head, version: version, peer: peer, remoteAddress: remoteAddress,
      body: HTTPRequestBody(queue: exchange.body, announcedLength: fields.contentLength))
    shared.registry.begin(exchange)
    exchange.start(on: executor) { [shared] in
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

  func sendHead(_ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ headers: HTTPHeaders) throws {
    let context = try live(exchange)
    guard !exchange.progress.value.headSent else { throw HTTPServerError(.wrongOrder) }
    writeHead(exchange, status, headers, HTTPResponseFields(headers), context)
    context.flush()
  }

  /// Writes the head without a flush.
  private func writeHead(
    _ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ given: HTTPHeaders, _ fields: HTTPResponseFields,
    _ context: ChannelHandlerContext
  ) {
    var headers = given
    if !fields.hasDate { headers.add(name: "date", value: HTTPDate.now()) }
    let progress = exchange.progress.value
    if http1 != nil {
      let framed = fields.hasContentLength || !status.mayHaveResponseBody
      let openEnded = !framed && (progress.version == .http1_0 || progress.isHeadRequest)
      let closes =
        fields.hasConnection && headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
      // Nobody waits for a body that was not asked for: close instead of reading it.
      let keepAlive = progress.keepAlive && !openEnded && !closes && !progress.expectsContinue
      exchange.progress.value.keepAlive = keepAlive
      if !keepAlive {
        headers.replaceOrAdd(name: "connection", value: "close")
      } else if progress.version == .http1_0 {
        headers.replaceOrAdd(name: "connection", value: "keep-alive")
      }
    }
    exchange.progress.value.headSent = true
    exchange.sentStatus.store(Int(status.code), ordering: .relaxed)
    let head = HTTPResponseHead(version: progress.version, status: status, headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  /// Sends a piece of the body. Returns what to wait for before the next one; nil if nothing is.
  func sendBody(_ exchange: HTTPExchange, _ bytes: ByteBuffer) throws -> EventLoopFuture<Void>? {
    let context = try live(exchange)
    guard exchange.progress.value.headSent else { throw HTTPServerError(.wrongOrder) }
    if bytes.readableBytes > 0, !exchange.progress.value.isHeadRequest {
      context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
      // The write may have found the connection broken, and given up the exchange with all who wait in it.
      guard exchange === self.exchange else { throw HTTPServerError(.clientDisconnected) }
    }
    guard !context.channel.isWritable else { return nil }
    watchForStall(context)
    let promise = context.eventLoop.makePromise(of: Void.self)
    exchange.progress.value.unbrokenBytes = 0
    exchange.progress.value.waiters.complete(promise, when: false)
    return promise.futureResult
  }

  /// While the client does not read, it has until the deadline to go on.
  private func watchForStall(_ context: ChannelHandlerContext) {
    if !context.channel.isWritable, deadline == nil { setDeadline(.stalled, shared.configuration.writeTimeout) }
  }

  func sendEnd(_ exchange: HTTPExchange) throws {
    let context = try live(exchange)
    guard exchange.progress.value.headSent else { throw HTTPServerError(.wrongOrder) }
    endResponse(exchange, context)
  }

  /// - Parameter size: of the body, where it was given whole.
  private func endResponse(_ exchange: HTTPExchange, _ context: ChannelHandlerContext, whole size: Int = 0) {
    exchange.progress.value.responseEnded = true
    exchange.progress.value.waiters.succeed()
    let progress = exchange.progress.value
    let closes = http1 != nil && !progress.keepAlive && progress.inputEnded
    if closes {
      closing = true
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    } else if let untaken {
      endWaits = true
      untaken.add(size)
      let left = context.eventLoop.makePromise(of: Void.self)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: left)
      // Mostly it has left already. A stream that is closed fails it.
      left.futureResult.assumeIsolated().whenComplete { [weak self] _ in
        untaken.remove(size)
        self?.endLeft()
      }
    } else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    // The write may have found the connection broken, and given up the exchange.
    guard exchange === self.exchange else { return }
    if progress.inputEnded {
      endExchange(exchange)
    } else {
      // The client still sends: read and drop for a while, so that it gets to read the answer.
      exchange.body.finish()
      setDeadline(.drain, .seconds(3))
      resumeReading()
    }
  }

  private func endLeft() {
    endWaits = false
    if deadline?.kind == .stalled { clearDeadline() }
  }

  /// A connection of HTTP/1.1 has its idle deadline. A stream that waits for its client with the answer, or with its
  /// last bytes, however few, must not do so for ever.
  private func watchForWaitingEnd() {
    if endWaits, exchange == nil { setDeadline(.stalled, shared.configuration.writeTimeout) }
  }

  /// Head, body and end leave with one flush.
  func sendWhole(
    _ exchange: HTTPExchange, _ status: HTTPResponseStatus, _ given: HTTPHeaders, _ body: ByteBuffer?
  ) throws {
    let context = try live(exchange)
    guard !exchange.progress.value.headSent else { throw HTTPServerError(.wrongOrder) }
    var headers = given
    // For what is added here and with the head.
    headers.reserveCapacity(given.count + 3)
    var fields = HTTPResponseFields(headers)
    if status.mayHaveResponseBody {
      let length = String(body?.readableBytes ?? 0)
      if fields.hasContentLength {
        headers.replaceOrAdd(name: "content-length", value: length)
      } else {
        headers.add(name: "content-length", value: length)
        fields.hasContentLength = true
      }
    }
    let size = exchange.progress.value.isHeadRequest ? 0 : body?.readableBytes ?? 0
    if let untaken, !untaken.hasRoom(for: size) {
      // Whoever lets so many answers wait gets no more of them.
      shared.logger.debug("A client leaves too much waiting", metadata: ["bytes": "\(untaken.bytes)"])
      abort(exchange)
      throw HTTPServerError(.clientDisconnected)
    }
    writeHead(exchange, status, headers, fields, context)
    if let body, body.readableBytes > 0, status.mayHaveResponseBody, !exchange.progress.value.isHeadRequest {
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    endResponse(exchange, context, whole: size)
  }

  func abort(_ exchange: HTTPExchange) {
    guard exchange === self.exchange else { return }
    abandon(HTTPServerError(.clientDisconnected))
    close()
  }

  func upgrade(_ exchange: HTTPExchange, headers: HTTPHeaders) throws -> ByteTunnel {
    guard exchange === self.exchange, let context, context.channel.isActive else {
      throw HTTPServerError(.clientDisconnected)
    }
    let progress = exchange.progress.value
    guard let http1, progress.inputEnded, !progress.headSent else {
      throw HTTPServerError(.upgradeNotPossible)
    }
    exchange.progress.value.headSent = true
    exchange.sentStatus.store(101, ordering: .relaxed)
    exchange.progress.value.responseEnded = true
    clearDeadline()
    let head = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
    context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    let tunnel = TunnelHandler(limit: shared.configuration.bodyBufferLimit, channel: context.channel) {
      exchange.cancel()
    }
    let channel = context.channel
    let pipeline = channel.pipeline.syncOperations
    try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
    try pipeline.addHandler(tunnel)
    self.exchange = nil
    let held = readHeld
    // This handler goes first: what the decoder has read beyond the request is forwarded to the tunnel.
    pipeline.removeHandler(self, promise: nil)
    pipeline.removeHandler(http1.encoder, promise: nil)
    pipeline.removeHandler(http1.decoder, promise: nil)
    if held { channel.read() }
    return ByteTunnel(handler: tunnel, eventLoop: channel.eventLoop)
  }

  /// The context, if the exchange is the current one and can still be answered.
  private func live(_ exchange: HTTPExchange) throws(HTTPServerError) -> ChannelHandlerContext {
    guard let context, exchange === self.exchange, context.channel.isActive else {
      let ended = exchange.progress.value.responseEnded && context?.channel.isActive == true
      throw HTTPServerError(ended ? .wrongOrder : .clientDisconnected)
    }
    guard !exchange.progress.value.responseEnded else { throw HTTPServerError(.wrongOrder) }
    return context
  }

  // MARK: - Ends

  func handlerReturned(_ exchange: HTTPExchange, _ error: (any Error)?) {
    guard exchange === self.exchange, context != nil else {
      // An upgraded connection ends with its handler.
      if self.context == nil { exchange.channel.close(promise: nil) }
      return
    }
    guard !exchange.progress.value.responseEnded else { return }
    if exchange.progress.value.headSent {
      if error == nil { try? sendEnd(exchange) } else { abort(exchange) }
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
    // Fails only if the client is gone.
    try? sendWhole(
      exchange, status, ["content-type": "text/plain"], ByteBuffer(string: status.reasonPhrase + "\n"))
  }

  /// Request and answer are complete.
  private func endExchange(_ exchange: HTTPExchange) {
    guard exchange === self.exchange else { return }
    self.exchange = nil
    clearDeadline()
    guard http1 != nil else { return watchForWaitingEnd() }
    guard !closing else { return }
    if exchange.progress.value.keepAlive {
      setDeadline(.idle, shared.configuration.idleTimeout)
      feed()
    } else {
      close()
    }
  }

  /// Answers what cannot be parsed, outside of any exchange, and closes: once the client has, or after a while in which
  /// what it still sends is dropped. Closed at once, the system would reset a connection on which something has come
  /// that nobody read, and the answer could be lost with it.
  private func refuse(_ status: HTTPResponseStatus) {
    guard let context else { return }
    closing = true
    let head = HTTPResponseHead(
      version: .http1_1, status: status, headers: ["connection": "close", "content-length": "0"])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(mode: .output, promise: nil)
    }
    setDeadline(.drain, .seconds(3))
    resumeReading()
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
    case .body:
      // Of a body that is handed on as it comes, the client is only late while somebody waits for it.
      if let exchange, exchange.progress.value.streamsBody, !exchange.body.wantsMore {
        setDeadline(.body, shared.configuration.bodyTimeout)
      } else {
        exchange?.body.fail(HTTPServerError(.bodyTimeout))
      }
    case .halfClosed, .stalled:
      abandon(HTTPServerError(.clientDisconnected))
      close()
    }
  }
}
