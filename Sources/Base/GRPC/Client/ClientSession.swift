import NIOCore
import NIOHTTP2

/// The client's side of a session (``GRPCSession``): the handler of its stream, and the calls that are under way on it.
///
/// ```
///   opening ──stream──▶ asking ──accepted──▶ open ──stream or connection lost──▶ ended
///                          └────any other answer: the server has no sessions──────▲
/// ```
///
/// Nothing is sent before the server has accepted: until then, and once the session has ended, calls go on streams of
/// their own, so that none can get lost between the two ways. Confined to the connection's event loop.
final class ClientSession: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias OutboundOut = HTTP2Frame.FramePayload

  private enum State {
    case opening
    case asking(ChannelHandlerContext)
    case open(ChannelHandlerContext, SessionWriter)
    case ended
  }

  /// Calls under way on one session; more go on streams of their own.
  private static let callLimit = 1024

  private let connection: ClientConnectionHandler
  private let transport: ClientTransport
  private var state = State.opening
  private var decoder: MessageDecoder
  private var mostCalls = 0
  private var methods: [String: UInt16] = [:]
  private var calls: [UInt64: ClientUnaryCall] = [:]
  private var lastID: UInt64 = 0

  init(connection: ClientConnectionHandler, transport: ClientTransport) {
    self.connection = connection
    self.transport = transport
    // A response of the largest size, and its head.
    self.decoder = MessageDecoder(limit: transport.configuration.maximumMessageSize + 64)
  }

  // MARK: Calls

  var isOpen: Bool { if case .open = self.state { true } else { false } }

  /// Whether one more call can be sent at once. Not behind what the server does not take: cancelled calls free their
  /// places, and not the memory of their requests.
  var hasRoom: Bool {
    guard case .open(_, let writer) = self.state else { return false }
    return self.calls.count < self.mostCalls && writer.isWritable
  }

  /// Sends a call. Returns its id; nil when it must take another way.
  ///
  /// - Parameter message: the request, framed.
  func send(_ call: ClientUnaryCall, _ message: ByteBuffer) -> UInt64? {
    guard case .open(_, let writer) = self.state, let method = self.number(of: call.path, writer) else { return nil }
    self.lastID += 1
    self.calls[self.lastID] = call
    self.connection.callBegins()
    var payload = message
    payload.moveReaderIndex(forwardBy: FramedMessage.prefixLength)
    writer.write(
      SessionRequestFrame.call(id: self.lastID, method: method, timeout: call.timeout, payload: payload))
    return self.lastID
  }

  private func number(of path: String, _ writer: SessionWriter) -> UInt16? {
    if let known = self.methods[path] { return known }
    guard self.methods.count < GRPCSession.mostMethods, path.utf8.count <= GRPCSession.longestPath else { return nil }
    let number = UInt16(self.methods.count)
    self.methods[path] = number
    writer.write(SessionRequestFrame.method(number: number, path: path))
    return number
  }

  /// Nobody waits for a call's answer any more. Does nothing once it is there.
  func cancel(_ id: UInt64) {
    guard self.calls.removeValue(forKey: id) != nil else { return }
    if case .open(_, let writer) = self.state { writer.write(SessionRequestFrame.cancel(id: id)) }
    self.connection.callEnded()
  }

  // MARK: Events of the stream's channel

  func channelActive(context: ChannelHandlerContext) {
    guard case .opening = self.state else {
      context.close(promise: nil)
      return
    }
    self.state = .asking(context)
    let head = self.transport.head(of: GRPCSession.path, timeout: nil)
    context.writeAndFlush(self.wrapOutboundOut(.headers(.init(headers: head))), promise: nil)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .ended = self.state { return }
    self.connection.noteRead()
    switch self.unwrapInboundIn(data) {
    case .headers(let headers):
      if case .asking = self.state, !headers.endStream {
        self.receive(headers, context)
      } else {
        self.end("the server has ended the session")
      }
    case .data(let data):
      guard case .byteBuffer(let bytes) = data.data, self.isOpen else { return }
      self.receive(bytes)
      if data.endStream { self.end("the server has ended the session") }
    case .rstStream(let code):
      self.end("the server has reset the session: \(code)")
    default:
      break
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A channel that has failed closes; the calls end then.
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

  private func receive(_ headers: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext) {
    let status = headers.headers.first(name: ":status") ?? ""
    if status.hasPrefix("1") { return }
    guard status == "200", let text = headers.headers.first(name: GRPCSession.header), let most = Int(text) else {
      return self.end("the server has no sessions")
    }
    self.mostCalls = min(most, Self.callLimit)
    self.state = .open(context, SessionWriter(channel: context.channel))
  }

  private func receive(_ bytes: ByteBuffer) {
    self.decoder.append(bytes)
    do throws(GRPCStatus) {
      // An answer may be the last one that a draining connection waits for.
      while self.isOpen, let message = try self.decoder.next() { try self.receive(message: message) }
    } catch {
      self.end(error)
    }
  }

  private func receive(message: ByteBuffer) throws(GRPCStatus) {
    switch SessionAnswerFrame(message) {
    case .response(let id, let payload): try self.answer(id, .success(payload))
    case .failure(let id, let status): try self.answer(id, .failure(status))
    case nil: throw Self.malformed
    }
  }

  private func answer(_ id: UInt64, _ result: Result<ByteBuffer, GRPCStatus>) throws(GRPCStatus) {
    guard id > 0, id <= self.lastID else { throw Self.malformed }
    // Otherwise it was cancelled here while the answer was on its way.
    guard let call = self.calls.removeValue(forKey: id) else { return }
    call.finish(result)
    self.connection.callEnded()
  }

  private static let malformed = GRPCStatus(
    .internalError, "grpc: malformed answer on a session", delivery: .mayHaveExecuted)

  // MARK: Ending

  /// Also when it could not be opened.
  func streamIsGone() {
    self.end(self.connection.closeReason)
  }

  private func end(_ reason: String) {
    self.end(GRPCStatus(.unavailable, reason))
  }

  /// Ends the session. Whether the server has got the calls that are under way, nobody can say.
  private func end(_ status: GRPCStatus) {
    var status = status
    status.delivery = .mayHaveExecuted
    let before = self.state
    if case .ended = before { return }
    self.state = .ended
    let calls = self.calls.values
    self.calls = [:]
    self.connection.sessionHasEnded()
    switch before {
    case .asking(let context), .open(let context, _): context.close(promise: nil)
    case .opening, .ended: break
    }
    for call in calls {
      call.finish(.failure(status))
      self.connection.callEnded()
    }
  }
}
