import NIOCore
package import SwiftProtobuf

/// The calls that a server answers, by path.
///
/// Every handler runs on a task of its own (but for ``direct(_:_:)``), which is cancelled when the client cancels, its
/// deadline passes or the connection goes. It answers a failure by throwing a ``GRPCStatus``; any other error becomes
/// `unknown`.
package struct GRPCRouter: Sendable {
  enum Handler: Sendable {
    /// The request's bytes to the framed response.
    case unary(@Sendable (ByteBuffer, GRPCCallContext, _ limit: Int) async throws -> ByteBuffer)
    case direct(@Sendable (ByteBuffer, GRPCCallContext, DirectReply) throws(GRPCStatus) -> Void)
    case stream(@Sendable (MessageSequence, ResponseChannel, GRPCCallContext) async throws -> Void)
  }

  private(set) var handlers: [String: Handler] = [:]
  /// Whether clients may send their unary calls on a session's one stream (``GRPCSession``). What such a call meets is
  /// what it would meet on a stream of its own; the metadata are those of the session's stream.
  package var servesSessions = false

  package init() {}

  /// The paths that are served, and whether either side may send any number of messages.
  package var methods: [(path: String, isStream: Bool)] {
    handlers.map { path, handler in if case .stream = handler { (path, true) } else { (path, false) } }
  }

  /// One request, one response.
  package mutating func unary<Request: Message, Response: Message>(
    _ path: String, _ handler: @escaping @Sendable (Request, GRPCCallContext) async throws -> Response
  ) {
    self.handlers[path] = .unary { body, context, limit in
      let request = try ReceivedMessage.parse(body, as: Request.self)
      return try FramedMessage.encode(await handler(request, context), limit: limit)
    }
  }

  /// One request, one response, without a task of its own: for the few calls that come by the thousand. Two changes of
  /// thread less a call.
  ///
  /// `handler` runs on the connection's event loop and must return at once. It answers through the reply, once, now or
  /// later, on any thread. When the client does not wait any more nobody is told.
  package mutating func direct<Request: Message, Response: Message>(
    _ path: String, _ handler: @escaping @Sendable (Request, GRPCCallContext, GRPCReply<Response>) -> Void
  ) {
    self.handlers[path] = .direct { body, context, reply throws(GRPCStatus) in
      handler(try ReceivedMessage.parse(body, as: Request.self), context, GRPCReply(reply: reply))
    }
  }

  /// One request, any number of responses. The call ends as OK when the handler returns.
  package mutating func serverStream<Request: Message, Response: Message>(
    _ path: String,
    _ handler: @escaping @Sendable (Request, GRPCResponseWriter<Response>, GRPCCallContext) async throws -> Void
  ) {
    self.handlers[path] = .stream { messages, channel, context in
      let requests = GRPCRequestStream<Request>(messages: messages).makeAsyncIterator()
      guard let request = try await requests.next() else {
        throw GRPCStatus(.internalError, "grpc: no request in a call that takes one")
      }
      try await handler(request, GRPCResponseWriter(channel: channel), context)
    }
  }

  /// Any number of both, independent of each other. The call ends as OK when the handler returns.
  package mutating func bidirectional<Request: Message, Response: Message>(
    _ path: String,
    _ handler:
      @escaping @Sendable (
        GRPCRequestStream<Request>, GRPCResponseWriter<Response>, GRPCCallContext
      ) async throws -> Void
  ) {
    self.handlers[path] = .stream { messages, channel, context in
      try await handler(GRPCRequestStream(messages: messages), GRPCResponseWriter(channel: channel), context)
    }
  }
}

/// What every call of a router passes before its handler runs, and around it: who may call what, for example.
package protocol GRPCGate: Sendable {
  /// Runs the handler of a call, or throws why it does not run.
  func pass<Value: Sendable>(
    _ context: GRPCCallContext, _ handler: @Sendable () async throws -> Value
  ) async throws -> Value

  /// The same for a handler of ``GRPCRouter/direct(_:_:)``, on the connection's event loop.
  func passDirectly(_ context: GRPCCallContext, _ handler: () throws(GRPCStatus) -> Void) throws(GRPCStatus)
}

extension GRPCRouter {
  /// Puts a gate before all calls that have been added so far.
  package mutating func guardAll(by gate: some GRPCGate) {
    self.handlers = self.handlers.mapValues { handler in
      switch handler {
      case .unary(let handle):
        .unary { body, context, limit in
          try await gate.pass(context) { try await handle(body, context, limit) }
        }
      case .direct(let handle):
        .direct { body, context, reply throws(GRPCStatus) in
          try gate.passDirectly(context) { () throws(GRPCStatus) in try handle(body, context, reply) }
        }
      case .stream(let handle):
        .stream { messages, channel, context in
          try await gate.pass(context) { try await handle(messages, channel, context) }
        }
      }
    }
  }
}

/// Where a ``GRPCRouter/direct(_:_:)`` handler leaves its answer.
package struct GRPCReply<Response: Message>: Sendable {
  let reply: DirectReply

  /// Answers with a response that is serialised already.
  package func callAsFunction(serialized bytes: [UInt8]) {
    guard bytes.count <= self.reply.limit else {
      return self.reply.send(
        .failure(
          GRPCStatus(
            .resourceExhausted, "grpc: trying to send message larger than max (\(bytes.count) vs. \(self.reply.limit))")
        ))
    }
    var batch = GRPCMessageBatch(reservingCapacity: bytes.count + FramedMessage.prefixLength)
    batch.append(serialized: bytes)
    self.reply.send(.success(batch.buffer))
  }

  /// Answers. The response is serialised on the calling thread. The first answer counts.
  package func callAsFunction(_ result: Result<Response, any Error>) {
    do {
      self.reply.send(.success(try FramedMessage.encode(try result.get(), limit: self.reply.limit)))
    } catch {
      self.reply.send(.failure(GRPCStatus(handlerError: error)))
    }
  }
}

/// A call whose handler has no task.
protocol DirectlyAnswered: AnyObject, Sendable {
  var eventLoop: any EventLoop { get }
  /// The first answer counts. On the event loop.
  func finishDirect(_ result: Result<ByteBuffer, GRPCStatus>)
}

/// Where its answer goes, without types.
struct DirectReply: Sendable {
  let call: any DirectlyAnswered
  let limit: Int

  func send(_ result: Result<ByteBuffer, GRPCStatus>) {
    let call = self.call
    call.eventLoop.execute { call.finishDirect(result) }
  }
}

/// The requests of a client's stream, to be gone through once. Ends when the client has finished sending; throws a
/// ``GRPCStatus`` when the call was cancelled or a message was bad.
package struct GRPCRequestStream<Request: Message>: AsyncSequence, Sendable {
  package typealias Element = Request

  let messages: MessageSequence

  package func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(messages: self.messages.makeAsyncIterator())
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let messages: MessageSequence.AsyncIterator

    package func next() async throws -> Request? {
      guard let message = try await self.messages.next() else { return nil }
      return try ReceivedMessage.parse(message, as: Request.self)
    }
  }
}

/// Where a handler writes the responses of a stream. Several tasks may write; each message goes out whole.
package struct GRPCResponseWriter<Response: Message>: Sendable {
  let channel: ResponseChannel

  /// Sends a response; waits while the client does not keep up. Throws when the call has ended, however it did.
  package func write(_ response: Response) async throws(GRPCStatus) {
    try await self.channel.write(FramedMessage.encode(response, limit: self.channel.limit))
  }

  /// Sends several at once.
  package func write(_ batch: GRPCMessageBatch) async throws(GRPCStatus) {
    guard batch.count > 0 else { return }
    try await self.channel.write(batch.buffer)
  }
}

/// The outbound side of a server's stream, without types.
struct ResponseChannel: Sendable {
  let call: ServerCall
  let gate: OutboundGate
  let limit: Int

  func write(_ message: ByteBuffer) async throws(GRPCStatus) {
    try await self.gate.admit(message.readableBytes)
    let call = self.call
    call.eventLoop.execute { call.write(message) }
  }
}
