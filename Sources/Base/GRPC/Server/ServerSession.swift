import NIOCore

/// The calls of one session's stream on a server (``GRPCSession``).
///
/// Confined to the connection's event loop.
final class ServerSession: @unchecked Sendable {
  private struct Method {
    let path: String
    let handler: GRPCRouter.Handler?
    let observer: (any GRPCCallObserver)?
  }

  let connection: ServerConnection
  private let stream: ServerCall
  private let writer: SessionWriter
  private let eventLoop: any EventLoop
  private let metadata: GRPCMetadata
  private var methods: [Method] = []
  private var calls: [UInt64: ServerSessionCall] = [:]
  private var lastID: UInt64 = 0
  private var requestsHaveEnded = false

  init(stream: ServerCall, channel: any Channel, connection: ServerConnection, metadata: GRPCMetadata) {
    self.stream = stream
    self.writer = SessionWriter(channel: channel)
    self.eventLoop = channel.eventLoop
    self.connection = connection
    self.metadata = metadata
  }

  /// A request that is too large shall fail alone: so much of it is read.
  var largestFrame: Int {
    max(self.connection.configuration.maximumRequestSize, GRPCSession.largestRequest) + 64
  }

  /// A message of the stream has come in. Throws when it is not what a client may say.
  func receive(_ message: ByteBuffer) throws(GRPCStatus) {
    switch SessionRequestFrame(message) {
    case .method(let number, let path):
      guard Int(number) == self.methods.count, self.methods.count < GRPCSession.mostMethods else {
        throw Self.malformed("a method's number is not the next one")
      }
      guard path.utf8.count <= GRPCSession.longestPath else { throw Self.malformed("a method's name is too long") }
      self.methods.append(
        Method(
          path: path, handler: self.connection.router.handlers[path],
          observer: self.connection.configuration.observers[path]))
    case .call(let id, let method, let timeout, let payload):
      guard id > self.lastID else { throw Self.malformed("a call's id does not grow") }
      guard Int(method) < self.methods.count else { throw Self.malformed("a method has no name") }
      self.lastID = id
      self.begin(id, self.methods[Int(method)], timeout, payload, size: message.readableBytes)
    case .cancel(let id):
      guard id <= self.lastID else { throw Self.malformed("a call is cancelled before it has begun") }
      // One that is not there was answered in the meantime.
      self.calls[id]?.cancel()
    case nil:
      throw Self.malformed("a frame cannot be read")
    }
  }

  private static func malformed(_ reason: String) -> GRPCStatus {
    GRPCStatus(.invalidArgument, "malformed session: \(reason)")
  }

  private func begin(_ id: UInt64, _ method: Method, _ timeout: TimeAmount?, _ payload: ByteBuffer, size: Int) {
    guard let handler = method.handler else {
      return self.refuse(id, GRPCStatus(.unimplemented, "unknown method \(method.path)"))
    }
    if case .stream = handler {
      return self.refuse(id, GRPCStatus(.unimplemented, "\(method.path) needs a stream of its own"))
    }
    guard self.calls.count < self.connection.configuration.maximumSessionCalls else {
      return self.refuse(id, GRPCStatus(.resourceExhausted, "grpc: too many calls are under way on the session"))
    }
    let context = GRPCCallContext(
      path: method.path, metadata: self.metadata, peerCertificate: self.connection.peerCertificate,
      remoteAddress: self.connection.remoteAddress, deadline: timeout.map { NIODeadline.now() + $0 })
    let call = ServerSessionCall(id: id, session: self, eventLoop: self.eventLoop, observer: method.observer)
    self.calls[id] = call
    call.begin(handler, payload, context, size: size + FramedMessage.prefixLength)
  }

  private func refuse(_ id: UInt64, _ status: GRPCStatus) {
    self.writer.write(SessionAnswerFrame.failure(id: id, status))
  }

  /// A call is over; nil when nobody waits for its answer.
  func ended(_ id: UInt64, _ answer: SessionAnswerFrame?) {
    self.calls[id] = nil
    if let answer { self.writer.write(answer) }
    self.finishIfDone()
  }

  /// The client has finished sending: the session ends with the last answer.
  func requestsEnded() {
    self.requestsHaveEnded = true
    self.finishIfDone()
  }

  private func finishIfDone() {
    if self.requestsHaveEnded, self.calls.isEmpty { self.stream.sessionIsDone() }
  }

  /// Sends what was answered so far.
  func flush() { self.writer.flush() }

  /// The stream has ended: nobody waits for answers any more.
  func cancelCalls() {
    self.requestsHaveEnded = false
    let calls = self.calls
    self.calls = [:]
    for call in calls.values { call.cancel() }
  }
}

/// One call of a session on a server.
///
/// Confined to the event loop but for the constants.
final class ServerSessionCall: DeadlineHolder, DirectlyAnswered, @unchecked Sendable {
  let eventLoop: any EventLoop
  private let id: UInt64
  private let session: ServerSession
  private let observed: ObservedCall?
  private var task: Task<Void, Never>?
  private var hasDeadline = false
  private var isFinished = false

  init(id: UInt64, session: ServerSession, eventLoop: any EventLoop, observer: (any GRPCCallObserver)?) {
    self.id = id
    self.session = session
    self.eventLoop = eventLoop
    self.observed = observer.map(ObservedCall.init)
  }

  /// Runs the handler.
  ///
  /// - Parameter size: how many bytes the request took on the wire.
  func begin(_ handler: GRPCRouter.Handler, _ request: ByteBuffer, _ context: GRPCCallContext, size: Int) {
    let configuration = self.session.connection.configuration
    self.observed?.received(bytes: size)
    guard request.readableBytes <= configuration.maximumRequestSize else {
      return self.finish(
        .failure(
          GRPCStatus(
            .resourceExhausted,
            "grpc: received message larger than max (\(request.readableBytes) vs. \(configuration.maximumRequestSize))")
        ))
    }
    self.observed?.receivedMessage()
    if let deadline = context.deadline {
      self.hasDeadline = true
      self.session.connection.deadlines.add(self, at: deadline)
    }
    let limit = configuration.maximumResponseSize
    switch handler {
    case .unary(let handle):
      self.task = Task {
        do {
          let response = try await handle(request, context, limit)
          self.eventLoop.execute { self.finish(.success(response)) }
        } catch {
          let status = GRPCStatus(handlerError: error)
          self.eventLoop.execute { self.finish(.failure(status)) }
        }
      }
    case .direct(let handle):
      do throws(GRPCStatus) {
        try handle(request, context, DirectReply(call: self, limit: limit))
      } catch {
        self.finish(.failure(error))
      }
    case .stream:
      preconditionFailure("a session carries unary calls")
    }
  }

  func finishDirect(_ result: Result<ByteBuffer, GRPCStatus>) { self.finish(result) }

  func deadlinePassed() {
    self.finish(.failure(GRPCStatus(.deadlineExceeded, "context deadline exceeded")))
  }

  /// Nobody waits for the answer any more.
  func cancel() {
    guard self.leave(.cancelled) else { return }
    self.session.ended(self.id, nil)
  }

  /// Ends the call with a framed response or a status. The first one counts.
  private func finish(_ result: Result<ByteBuffer, GRPCStatus>) {
    switch result {
    case .success(var response):
      guard self.leave(.ok) else { return }
      self.observed?.sent(bytes: response.readableBytes)
      response.moveReaderIndex(forwardBy: FramedMessage.prefixLength)
      self.session.ended(self.id, .response(id: self.id, payload: response))
    case .failure(var status):
      // OK without a response is none.
      if status.code == .ok { status = GRPCStatus(.internalError, "grpc: no response to a unary call") }
      guard self.leave(status.code) else { return }
      self.session.ended(self.id, .failure(id: self.id, status))
    }
  }

  /// False when the call has ended before.
  private func leave(_ code: GRPCStatusCode) -> Bool {
    guard !self.isFinished else { return false }
    self.isFinished = true
    if self.hasDeadline { self.session.connection.deadlines.remove(self) }
    self.observed?.ended(code)
    if code != .ok { self.task?.cancel() }
    self.task = nil
    return true
  }
}
