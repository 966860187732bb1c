import NIOCore
import NIOHPACK
import NIOHTTP2

/// One call of a client: the handler of its HTTP/2 stream, from the moment it waits for a connection to its status.
///
/// Confined to the transport's event loop but for `init` and the constants.
final class ClientCall: ChannelInboundHandler, DeadlineHolder, @unchecked Sendable {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  /// Who is told how it goes.
  enum Sink {
    /// The whole request; the only response, or why there is none.
    case unary(ByteBuffer, CheckedContinuation<Result<ByteBuffer, GRPCStatus>, Never>)
    /// `opened` is resumed with nil once the stream is open, or with why it is not.
    case stream(MessageSequence.Source, OutboundGate, opened: CheckedContinuation<GRPCStatus?, Never>?)
  }

  private enum State {
    case created
    case waiting
    case opening(ClientConnectionHandler)
    case open(ClientConnectionHandler, ChannelHandlerContext)
    case finished
  }

  let eventLoop: any EventLoop
  let waitForReady: Bool
  private let path: String
  private let metadata: GRPCMetadata
  private let timeout: TimeAmount?
  private let transport: ClientTransport

  private var state = State.created
  private var sink: Sink?
  private var deadline: NIODeadline?
  private var decoder: MessageDecoder
  private var response: ByteBuffer?
  private var sawHead = false
  private var sentEnd = false
  private var receivedEnd = false
  /// Whether the request (its head for a stream) was handed on to the connection. From then on nobody can say that the
  /// server has not got it: TLS puts many writes into one buffer, whose beginning may have left while the rest of it
  /// waits for the socket, and a write's promise tells of the whole.
  private var requestWasHandedOn = false
  private var wantsMore = true
  private var streamFailure: HTTP2ErrorCode?

  init(path: String, metadata: GRPCMetadata, timeout: TimeAmount?, waitForReady: Bool, transport: ClientTransport) {
    self.path = path
    self.metadata = metadata
    self.timeout = timeout
    self.waitForReady = waitForReady
    self.transport = transport
    self.eventLoop = transport.eventLoop
    self.decoder = MessageDecoder(limit: transport.configuration.maximumMessageSize)
  }

  var hasBackPressure: Bool {
    if case .stream = self.sink { true } else { false }
  }

  // MARK: For the caller, on the event loop

  func begin(_ sink: Sink) {
    self.sink = sink
    guard case .created = self.state else {
      // Cancelled before it began.
      self.tell(GRPCStatus(.cancelled, "the call was cancelled", delivery: .notExecuted))
      return
    }
    self.state = .waiting
    if let timeout = self.timeout {
      let deadline = NIODeadline.now() + timeout
      self.deadline = deadline
      self.transport.deadlines.add(self, at: deadline)
    }
    self.transport.start(self)
  }

  func cancel() {
    self.fail(self.status(.cancelled, "the call was cancelled"))
  }

  func deadlinePassed() {
    self.fail(self.status(.deadlineExceeded, "the call's deadline has passed"))
  }

  func write(_ message: ByteBuffer, gate: OutboundGate) {
    let size = message.readableBytes
    if case .open(_, let context) = self.state, !self.sentEnd {
      context.writeAndFlush(self.wrapOutboundOut(.data(.init(data: .byteBuffer(message)))), promise: nil)
    }
    gate.wrote(size)
  }

  func finishSending() {
    guard case .open(_, let context) = self.state, !self.sentEnd else { return }
    self.sentEnd = true
    let end = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer()), endStream: true)
    context.writeAndFlush(self.wrapOutboundOut(.data(end)), promise: nil)
  }

  func resumeReading() {
    guard !self.wantsMore else { return }
    self.wantsMore = true
    if case .open(_, let context) = self.state { context.read() }
  }

  // MARK: For the connection

  func willOpen(on connection: ClientConnectionHandler) {
    self.state = .opening(connection)
  }

  /// Ends the call, here and, where it has got that far, on the wire. Does nothing once it has ended.
  func fail(_ status: GRPCStatus) {
    self.finish(status)
  }

  // MARK: Events of the stream's channel

  func channelActive(context: ChannelHandlerContext) {
    guard case .opening(let connection) = self.state else {
      context.close(promise: nil)
      return
    }
    self.state = .open(connection, context)
    self.requestWasHandedOn = true
    let head = HTTP2Frame.FramePayload.headers(.init(headers: self.headers()))
    switch self.sink {
    case .unary(let body, _):
      self.sentEnd = true
      context.write(self.wrapOutboundOut(head), promise: nil)
      let data = HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(body), endStream: true))
      context.writeAndFlush(self.wrapOutboundOut(data), promise: nil)
    case .stream(let source, let gate, let opened):
      context.writeAndFlush(self.wrapOutboundOut(head), promise: nil)
      self.sink = .stream(source, gate, opened: nil)
      opened?.resume(returning: nil)
      context.read()
    case nil:
      preconditionFailure("a call is opened only after it has begun")
    }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .open(let connection, _) = self.state else { return }
    connection.noteRead()
    switch self.unwrapInboundIn(data) {
    case .headers(let headers):
      self.receivedEnd = headers.endStream
      self.receive(headers.headers, endStream: headers.endStream)
    case .data(let data):
      guard case .byteBuffer(let bytes) = data.data else { return }
      self.receivedEnd = data.endStream
      self.receive(bytes)
      if data.endStream {
        self.finish(GRPCStatus(.internalError, "grpc: the server ended the stream without a status"))
      }
    case .rstStream(let code):
      self.streamFailure = code
    default:
      break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if self.hasBackPressure, self.wantsMore { context.read() }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .stream(_, let gate, _) = self.sink { gate.setWritable(context.channel.isWritable) }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let closed = error as? NIOHTTP2Errors.StreamClosed { self.streamFailure = closed.errorCode }
    // A channel that has failed closes; how it ended is told then.
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.streamIsGone()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.streamIsGone()
  }

  // MARK: Receiving

  private func receive(_ headers: HPACKHeaders, endStream: Bool) {
    if !self.sawHead {
      let httpStatus = headers.first(name: ":status") ?? "none"
      if httpStatus.hasPrefix("1"), !endStream { return }
      self.sawHead = true
      let contentType = headers.first(name: "content-type") ?? "none"
      guard httpStatus == "200", contentType.hasPrefix("application/grpc") else {
        let code = GRPCStatus.code(httpStatus: httpStatus)
        return self.finish(
          self.status(code, "the answer is not gRPC: HTTP status \(httpStatus), content type \(contentType)"))
      }
      guard endStream else { return }
    } else if !endStream {
      return self.finish(self.status(.internalError, "grpc: headers in the middle of a stream"))
    }
    self.finish(Self.status(trailers: headers))
  }

  private static func status(trailers: HPACKHeaders) -> GRPCStatus {
    guard let text = trailers.first(name: "grpc-status"), let number = Int(text) else {
      return GRPCStatus(.unknown, "grpc: the server's answer has no grpc-status")
    }
    let message = trailers.first(name: "grpc-message").map(PercentEncoding.decode) ?? ""
    return GRPCStatus(GRPCStatusCode(rawValue: number) ?? .unknown, message, details: GRPCMetadata(trailers))
  }

  private func receive(_ bytes: ByteBuffer) {
    self.decoder.append(bytes)
    do {
      while let message = try self.decoder.next() {
        switch self.sink {
        case .unary:
          guard self.response == nil else {
            return self.finish(GRPCStatus(.internalError, "grpc: more than one response to a unary call"))
          }
          self.response = message
        case .stream(let source, _, _):
          self.deliver(message, to: source)
        case nil:
          return
        }
      }
    } catch {
      self.finish(error)
    }
  }

  private func deliver(_ message: ByteBuffer, to source: MessageSequence.Source) {
    switch source.yield(message) {
    case .produceMore: self.wantsMore = true
    case .stopProducing: self.wantsMore = false
    case .dropped: self.cancel()
    }
  }

  // MARK: Ending

  private func streamIsGone() {
    switch self.state {
    case .opening(let connection), .open(let connection, _):
      self.receivedEnd = true
      self.sentEnd = true
      self.finish(self.streamFailure.map(self.status(reset:)) ?? self.status(.unavailable, connection.closeReason))
    case .created, .waiting, .finished:
      break
    }
  }

  private func status(reset code: HTTP2ErrorCode) -> GRPCStatus {
    switch code {
    case .refusedStream:
      GRPCStatus(.unavailable, "the server refused the stream", delivery: .notExecuted)
    case .cancel: self.status(.cancelled, "the server cancelled the stream")
    case .enhanceYourCalm: self.status(.resourceExhausted, "the server asks for fewer requests")
    case .inadequateSecurity: self.status(.permissionDenied, "the server wants better security")
    default: self.status(.internalError, "the server reset the stream: \(code)")
    }
  }

  /// A status that this side made up.
  private func status(_ code: GRPCStatusCode, _ message: String) -> GRPCStatus {
    GRPCStatus(code, message, delivery: self.requestWasHandedOn ? .mayHaveExecuted : .notExecuted)
  }

  private func finish(_ status: GRPCStatus) {
    let before = self.state
    if case .finished = before { return }
    self.state = .finished
    if self.deadline != nil { self.transport.deadlines.remove(self) }
    switch before {
    case .created, .finished:
      break
    case .waiting:
      self.transport.stopWaiting(self)
    case .opening(let connection):
      connection.callEnded()
    case .open(let connection, let context):
      // Closing a stream that has not ended both ways resets it.
      if !self.sentEnd || !self.receivedEnd { context.close(promise: nil) }
      connection.callEnded()
    }
    self.tell(status)
  }

  private func tell(_ status: GRPCStatus) {
    let sink = self.sink
    self.sink = nil
    switch sink {
    case .unary(_, let continuation):
      if status.code != .ok {
        continuation.resume(returning: .failure(status))
      } else if let response = self.response {
        continuation.resume(returning: .success(response))
      } else {
        continuation.resume(returning: .failure(GRPCStatus(.internalError, "grpc: no response to a unary call")))
      }
    case .stream(let source, let gate, let opened):
      gate.close(status.code == .ok ? GRPCStatus(.unavailable, "the server has ended the stream") : status)
      if let opened {
        opened.resume(returning: status)
        source.finish()
      } else if status.code == .ok {
        source.finish()
      } else {
        source.finish(status)
      }
    case nil:
      break
    }
  }

  private func headers() -> HPACKHeaders {
    var headers = self.transport.head(of: self.path, timeout: self.deadline.map { $0 - .now() })
    if !self.metadata.isEmpty { self.metadata.append(to: &headers) }
    return headers
  }
}
