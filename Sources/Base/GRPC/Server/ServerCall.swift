import NIOCore
import NIOHPACK
import NIOHTTP2

/// One call on a server: the handler of its HTTP/2 stream, and the task of the router's handler. Or a session's stream,
/// which carries many calls.
///
/// Confined to the channel's event loop but for `eventLoop` and `gate`.
final class ServerCall: ChannelInboundHandler, DeadlineHolder, DirectlyAnswered, @unchecked Sendable {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private enum State {
    case idle
    /// A unary call whose request is not complete.
    case receiving(@Sendable (ByteBuffer, GRPCCallContext, Int) async throws -> ByteBuffer, GRPCCallContext)
    /// The unary handler runs.
    case handling(Task<Void, Never>)
    /// The same without a task of its own.
    case receivingDirect(
      @Sendable (ByteBuffer, GRPCCallContext, DirectReply) throws(GRPCStatus) -> Void, GRPCCallContext)
    case handlingDirect
    case streaming(MessageSequence.Source, Task<Void, Never>)
    case session(ServerSession)
    case finished
  }

  let eventLoop: any EventLoop
  let gate = OutboundGate()
  private let connection: ServerConnection
  private let channel: any Channel
  private var state = State.idle
  private var decoder: MessageDecoder
  private var request: ByteBuffer?
  private var hasDeadline = false
  private var sentHead = false
  private var receivedEnd = false
  private var wantsMore = true
  private var observed: ObservedCall?

  init(connection: ServerConnection, channel: any Channel) {
    self.connection = connection
    self.channel = channel
    self.eventLoop = channel.eventLoop
    self.decoder = MessageDecoder(limit: connection.configuration.maximumRequestSize)
  }

  // MARK: Events of the stream's channel

  func channelActive(context: ChannelHandlerContext) {
    context.read()
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch self.unwrapInboundIn(data) {
    case .headers(let headers):
      if case .idle = self.state {
        self.receivedEnd = headers.endStream
        self.begin(headers.headers)
      } else {
        // Trailers of a request: gRPC has none, HTTP/2 allows them.
        self.receivedEnd = headers.endStream
      }
      if self.receivedEnd { self.requestEnded() }
    case .data(let data):
      guard case .byteBuffer(let bytes) = data.data else { return }
      self.receivedEnd = data.endStream
      self.receive(bytes)
      if data.endStream { self.requestEnded() }
    case .rstStream:
      self.abandon()
    default:
      break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if self.wantsMore { context.read() }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    self.gate.setWritable(context.channel.isWritable)
    if case .session = self.state {
      // Calls whose answers nobody takes are not begun.
      if context.channel.isWritable { self.resumeReading() } else { self.wantsMore = false }
    }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.abandon()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.abandon()
  }

  // MARK: The request

  private func begin(_ headers: HPACKHeaders) {
    guard headers.first(name: ":method") == "POST", let path = headers.first(name: ":path"),
      headers.first(name: "content-type")?.hasPrefix("application/grpc") == true
    else {
      self.refuseHTTP()
      return
    }
    self.connection.opened(self)
    if let encoding = headers.first(name: "grpc-encoding"), encoding != "identity" {
      self.finish(
        GRPCStatus(
          .unimplemented, "grpc: Decompressor is not installed for grpc-encoding \"\(encoding)\""))
      return
    }
    if path == GRPCSession.path, self.connection.router.servesSessions {
      self.startSession(GRPCMetadata(headers))
      return
    }
    guard let handler = self.connection.router.handlers[path] else {
      self.finish(GRPCStatus(.unimplemented, "unknown method \(path)"))
      return
    }
    self.observed = self.connection.configuration.observers[path].map(ObservedCall.init)
    var deadline: NIODeadline?
    if let text = headers.first(name: "grpc-timeout") {
      guard let timeout = GRPCTimeout.decode(text) else {
        self.finish(GRPCStatus(.internalError, "malformed grpc-timeout: \(text.prefix(32))"))
        return
      }
      let end = NIODeadline.now() + timeout
      deadline = end
      self.hasDeadline = true
      self.connection.deadlines.add(self, at: end)
    }
    let context = GRPCCallContext(
      path: path, metadata: GRPCMetadata(headers), peerCertificate: self.connection.peerCertificate,
      remoteAddress: self.connection.remoteAddress, deadline: deadline)
    switch handler {
    case .unary(let handle):
      self.state = .receiving(handle, context)
    case .direct(let handle):
      self.state = .receivingDirect(handle, context)
    case .stream(let handle):
      if self.connection.isShuttingDown {
        self.finish(Self.shutdownStatus)
      } else {
        self.startStream(handle, context)
      }
    }
  }

  private func startStream(
    _ handle: @escaping @Sendable (MessageSequence, ResponseChannel, GRPCCallContext) async throws -> Void,
    _ context: GRPCCallContext
  ) {
    let pair = MessageSequence.make(
      demand: MessageDemand(
        onDemand: { self.eventLoop.execute { self.resumeReading() } },
        // A handler that no longer reads still answers; what comes in is dropped.
        onGone: { self.eventLoop.execute { self.resumeReading() } }))
    let response = ResponseChannel(
      call: self, gate: self.gate, limit: self.connection.configuration.maximumResponseSize)
    let messages = pair.sequence
    let task = Task {
      let status: GRPCStatus
      do {
        try await handle(messages, response, context)
        status = .ok
      } catch {
        status = GRPCStatus(handlerError: error)
      }
      self.eventLoop.execute { self.finish(status) }
    }
    self.state = .streaming(pair.source, task)
  }

  private func startSession(_ metadata: GRPCMetadata) {
    guard !self.connection.isShuttingDown else {
      self.finish(Self.shutdownStatus)
      return
    }
    guard self.connection.beginsSession(self) else {
      self.finish(GRPCStatus(.resourceExhausted, "grpc: the connection has a session already"))
      return
    }
    let session = ServerSession(stream: self, channel: self.channel, connection: self.connection, metadata: metadata)
    self.decoder = MessageDecoder(limit: session.largestFrame)
    self.state = .session(session)
    var head = Self.head
    head.add(name: GRPCSession.header, value: "\(self.connection.configuration.maximumSessionCalls)")
    self.sentHead = true
    self.send(.headers(.init(headers: head)))
    self.channel.flush()
  }

  /// The client has finished sending, and every call is answered.
  func sessionIsDone() { self.finish(.ok) }

  private func receive(_ bytes: ByteBuffer) {
    switch self.state {
    case .receiving, .receivingDirect, .streaming, .session: break
    case .idle, .handling, .handlingDirect, .finished: return
    }
    self.observed?.received(bytes: bytes.readableBytes)
    self.decoder.append(bytes)
    do {
      while let message = try self.decoder.next() {
        self.observed?.receivedMessage()
        if case .streaming(let source, _) = self.state {
          self.wantsMore = source.yield(message) != .stopProducing
        } else if case .session(let session) = self.state {
          try session.receive(message)
        } else if self.request == nil {
          self.request = message
        } else {
          throw GRPCStatus(.internalError, "grpc: more than one request in a unary call")
        }
      }
    } catch {
      self.finish(error as? GRPCStatus ?? GRPCStatus(.internalError, "grpc: bad message"))
    }
  }

  private func requestEnded() {
    guard self.decoder.isAtBoundary else {
      self.finish(GRPCStatus(.internalError, "grpc: the request ends within a message"))
      return
    }
    switch self.state {
    case .receiving(let handle, let context):
      guard let request = self.request else {
        self.finish(GRPCStatus(.internalError, "grpc: no request in a call that takes one"))
        return
      }
      self.request = nil
      let limit = self.connection.configuration.maximumResponseSize
      let task = Task {
        do {
          let response = try await handle(request, context, limit)
          self.eventLoop.execute { self.finish(.ok, response: response) }
        } catch {
          let status = GRPCStatus(handlerError: error)
          self.eventLoop.execute { self.finish(status) }
        }
      }
      self.state = .handling(task)
    case .receivingDirect(let handle, let context):
      self.handleDirectly(handle, context)
    case .streaming(let source, _):
      source.finish()
    case .session(let session):
      session.requestsEnded()
    case .idle, .handling, .handlingDirect, .finished:
      break
    }
  }

  private func handleDirectly(
    _ handle: @Sendable (ByteBuffer, GRPCCallContext, DirectReply) throws(GRPCStatus) -> Void,
    _ context: GRPCCallContext
  ) {
    guard let request = self.request else {
      self.finish(GRPCStatus(.internalError, "grpc: no request in a call that takes one"))
      return
    }
    self.request = nil
    self.state = .handlingDirect
    do throws(GRPCStatus) {
      try handle(
        request, context, DirectReply(call: self, limit: self.connection.configuration.maximumResponseSize))
    } catch {
      self.finish(error)
    }
  }

  func finishDirect(_ result: Result<ByteBuffer, GRPCStatus>) {
    guard case .handlingDirect = self.state else { return }
    switch result {
    case .success(let response): self.finish(.ok, response: response)
    case .failure(let status): self.finish(status)
    }
  }

  private func resumeReading() {
    guard !self.wantsMore else { return }
    self.wantsMore = true
    self.channel.read()
  }

  // MARK: The response

  func write(_ message: ByteBuffer) {
    let size = message.readableBytes
    if case .streaming = self.state {
      self.observed?.sent(bytes: size)
      self.writeHead()
      self.send(.data(.init(data: .byteBuffer(message))))
      self.channel.flush()
    }
    self.gate.wrote(size)
  }

  func deadlinePassed() {
    self.finish(GRPCStatus(.deadlineExceeded, "context deadline exceeded"))
  }

  func serverIsShuttingDown() {
    if case .streaming = self.state { self.finish(Self.shutdownStatus) }
  }

  private static let shutdownStatus = GRPCStatus(.unavailable, "the server is shutting down")

  private func writeHead() {
    guard !self.sentHead else { return }
    self.sentHead = true
    self.send(.headers(.init(headers: Self.head)))
  }

  private static let head: HPACKHeaders = [":status": "200", "content-type": "application/grpc"]
  private static let okTrailers: HPACKHeaders = ["grpc-status": "0"]

  /// Ends the call: the response, if there is one, and the status. The first call counts.
  private func finish(_ status: GRPCStatus, response: ByteBuffer? = nil) {
    let observed = self.observed
    if case .session(let session) = self.state { session.flush() }
    guard self.leave(status) else { return }
    if let response {
      observed?.sent(bytes: response.readableBytes)
      self.writeHead()
      self.send(.data(.init(data: .byteBuffer(response))))
    }
    if self.sentHead, status.code == .ok, status.message.isEmpty, status.details.isEmpty {
      self.end(Self.okTrailers)
      return
    }
    var trailers: HPACKHeaders = self.sentHead ? [:] : Self.head
    trailers.add(name: "grpc-status", value: "\(status.code.rawValue)")
    if !status.message.isEmpty { trailers.add(name: "grpc-message", value: PercentEncoding.encode(status.message)) }
    if status.code == .unimplemented { trailers.add(name: "grpc-accept-encoding", value: "identity") }
    status.details.append(to: &trailers)
    self.end(trailers)
  }

  /// Ends the stream from this side. A client that still sends is told that nobody reads it: only once the end is
  /// out, because a reset drops whatever waits for the client's window.
  private func end(_ headers: HPACKHeaders) {
    let last = HTTP2Frame.FramePayload.headers(.init(headers: headers, endStream: true))
    guard !self.receivedEnd else {
      self.channel.writeAndFlush(last, promise: nil)
      return
    }
    let written = self.eventLoop.makePromise(of: Void.self)
    let channel = self.channel
    written.futureResult.whenSuccess {
      channel.writeAndFlush(HTTP2Frame.FramePayload.rstStream(.noError), promise: nil)
    }
    self.channel.writeAndFlush(last, promise: written)
  }

  /// The client is gone, or does not care any more.
  private func abandon() {
    _ = self.leave(GRPCStatus(.cancelled, "the client has cancelled the call"))
  }

  /// Leaves whatever state it is in, for good; false when that has happened before.
  private func leave(_ status: GRPCStatus) -> Bool {
    let before = self.state
    self.state = .finished
    self.wantsMore = true
    if self.hasDeadline {
      self.hasDeadline = false
      self.connection.deadlines.remove(self)
    }
    self.connection.closed(self)
    self.observed?.ended(status.code)
    self.observed = nil
    switch before {
    case .finished:
      return false
    case .idle, .receiving, .receivingDirect, .handlingDirect:
      break
    case .handling(let task):
      if status.code != .ok { task.cancel() }
    case .streaming(let source, let task):
      self.gate.close(status.code == .ok ? GRPCStatus(.cancelled, "the call has ended") : status)
      if status.code != .ok { task.cancel() }
      source.finish(status)
    case .session(let session):
      session.cancelCalls()
    }
    return true
  }

  private func refuseHTTP() {
    self.state = .finished
    self.end([":status": "415", "content-length": "0"])
  }

  private func send(_ payload: HTTP2Frame.FramePayload) {
    self.channel.write(payload, promise: nil)
  }
}
