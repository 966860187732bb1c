import NIOCore
import NIOHTTP2
import NIOTLS

/// The root of one HTTP/2 connection on the client's side: tells the transport when it is usable, when it drains
/// and when it is gone; opens streams; sends keep-alive pings.
///
/// Confined to the channel's event loop, as the transport is.
final class ClientConnectionHandler: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = HTTP2Frame
  typealias OutboundOut = HTTP2Frame

  private enum State {
    case handshaking
    case ready
    /// Takes no new calls; closes with the last one.
    case draining
    case closed
  }

  private enum SessionState {
    /// Nobody has asked for it.
    case unused
    /// Opened, or about to be.
    case present(ClientSession)
    /// The server has none, or it was lost: not tried again on this connection.
    case ended
  }

  var multiplexer: NIOHTTP2Handler.StreamMultiplexer?

  private let transport: ClientTransport
  private let channel: any Channel
  private var state = State.handshaking
  private var session = SessionState.unused
  /// Streams of calls, and calls on the session. The session's own stream does not count: it may end at any time.
  private var openCalls = 0
  private var readyAt: NIODeadline?
  private var settingsTimer: Scheduled<Void>?
  private var keepAliveTimer: Scheduled<Void>?
  private var lastRead = NIODeadline.now()
  private var pingSentAt: NIODeadline?
  private var failure: GRPCStatus?

  init(transport: ClientTransport, channel: any Channel) {
    self.transport = transport
    self.channel = channel
  }

  /// Whether the connection worked for a while, so that its loss is not the server's way to refuse it.
  var livedLong: Bool {
    guard let readyAt = self.readyAt else { return false }
    return NIODeadline.now() - readyAt > .seconds(1)
  }

  // MARK: For the transport

  func open(_ call: ClientCall) {
    guard case .ready = self.state, let multiplexer = self.multiplexer else {
      call.fail(GRPCStatus(.unavailable, "the connection is closing", delivery: .notExecuted))
      return
    }
    self.callBegins()
    call.willOpen(on: self)
    let created = self.channel.eventLoop.makePromise(of: (any Channel).self)
    created.futureResult.whenFailure { error in
      call.fail(
        GRPCStatus(.unavailable, "opening a stream failed: \(ClientTransport.text(of: error))", delivery: .notExecuted))
    }
    multiplexer.createStreamChannel(promise: created) { stream in
      stream.eventLoop.makeCompletedFuture {
        if call.hasBackPressure { try stream.syncOptions?.setOption(.autoRead, value: false) }
        try stream.pipeline.syncOperations.addHandler(call)
      }
    }
  }

  /// The session, where it can take a call now. The first question opens it, for later calls.
  func sessionWithRoom() -> ClientSession? {
    switch self.session {
    case .unused:
      self.openSession()
      return nil
    case .present(let session):
      return session.hasRoom ? session : nil
    case .ended:
      return nil
    }
  }

  var hasSession: Bool { if case .present(let session) = self.session { session.isOpen } else { false } }

  private func openSession() {
    guard case .ready = self.state, let multiplexer = self.multiplexer else { return }
    let session = ClientSession(connection: self, transport: self.transport)
    self.session = .present(session)
    let created = self.channel.eventLoop.makePromise(of: (any Channel).self)
    created.futureResult.whenFailure { _ in session.streamIsGone() }
    multiplexer.createStreamChannel(promise: created) { stream in
      stream.eventLoop.makeCompletedFuture { try stream.pipeline.syncOperations.addHandler(session) }
    }
  }

  func sessionHasEnded() {
    self.session = .ended
  }

  /// A call is on its way; ``callEnded()`` comes for each.
  func callBegins() {
    self.openCalls += 1
    if self.keepAliveTimer == nil { self.scheduleKeepAlive() }
  }

  func callEnded() {
    self.openCalls -= 1
    guard self.openCalls == 0 else { return }
    // The timer stays: where one call follows the other, each would make it anew. It is no later than the next call's
    // would be, but when it waits for a ping's answer.
    if self.pingSentAt != nil {
      self.keepAliveTimer?.cancel()
      self.keepAliveTimer = nil
      self.pingSentAt = nil
    }
    if case .draining = self.state { self.closeChannel() }
  }

  /// Lets open calls finish and closes then.
  func drain() {
    switch self.state {
    case .handshaking, .ready:
      self.state = .draining
      self.transport.connectionIsDraining(self)
      if self.openCalls == 0 { self.closeChannel() }
    case .draining, .closed:
      break
    }
  }

  func close() -> EventLoopFuture<Void> {
    self.closeChannel()
    return self.channel.closeFuture
  }

  private func closeChannel() {
    self.channel.close(promise: nil)
  }

  private func fail(_ message: String) {
    if self.failure == nil {
      self.failure = GRPCStatus(
        .unavailable, "\(self.transport.target): \(message)", delivery: .notExecuted)
    }
    self.closeChannel()
  }

  // MARK: Events of the channel

  func channelActive(context: ChannelHandlerContext) {
    self.transport.connectionIsOpen(self)
    self.settingsTimer = context.eventLoop.assumeIsolated().scheduleTask(
      in: self.transport.configuration.connectTimeout
    ) {
      self.fail("no HTTP/2 handshake in time")
    }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    self.noteRead()
    switch self.unwrapInboundIn(data).payload {
    case .settings(.settings):
      guard case .handshaking = self.state else { break }
      self.settingsTimer?.cancel()
      self.state = .ready
      self.readyAt = .now()
      self.transport.connectionIsReady(self)
    case .goAway:
      self.drain()
    default:
      break
    }
  }

  /// Something came in: the server is there.
  func noteRead() {
    self.lastRead = .now()
    self.pingSentAt = nil
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated) = event as? TLSUserEvent, negotiated != "h2" {
      self.fail("the server does not offer HTTP/2 (ALPN answered \(negotiated ?? "nothing"))")
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // Errors of single streams reach their calls; the connection goes on.
    if error is NIOHTTP2Errors.StreamError { return }
    self.fail(ClientTransport.text(of: error))
  }

  func channelInactive(context: ChannelHandlerContext) {
    let wasReady = self.readyAt != nil
    self.state = .closed
    self.settingsTimer?.cancel()
    self.keepAliveTimer?.cancel()
    self.transport.connectionWasClosed(
      self, wasReady: wasReady,
      failure: self.failure
        ?? GRPCStatus(.unavailable, "\(self.transport.target): connection closed", delivery: .notExecuted))
    context.fireChannelInactive()
  }

  /// Why calls of this connection that are still open end when it goes.
  var closeReason: String { self.failure?.message ?? "the connection was lost" }

  // MARK: Keep-alive

  private func scheduleKeepAlive() {
    guard let keepAlive = self.transport.configuration.keepAlive else { return }
    let due: NIODeadline
    if let sent = self.pingSentAt {
      due = sent + keepAlive.timeout
    } else {
      due = self.lastRead + keepAlive.interval
    }
    self.keepAliveTimer = self.channel.eventLoop.scheduleTask(deadline: due) { self.keepAliveIsDue(keepAlive) }
  }

  private func keepAliveIsDue(_ keepAlive: GRPCKeepAlive) {
    self.keepAliveTimer = nil
    guard self.openCalls > 0 else { return }
    let now = NIODeadline.now()
    if let sent = self.pingSentAt {
      guard now < sent + keepAlive.timeout else { return self.fail("the server does not answer pings") }
    } else if now >= self.lastRead + keepAlive.interval {
      self.pingSentAt = now
      self.channel.writeAndFlush(HTTP2Frame(streamID: .rootStream, payload: .ping(.init(), ack: false)), promise: nil)
    }
    self.scheduleKeepAlive()
  }
}
