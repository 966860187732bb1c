package import Logging
package import NIOCore
package import NIOSSL
package import SwiftProtobuf
import Synchronization

/// A client's connection to one server: one HTTP/2 connection at a time, which is made anew, with back-off, when it
/// is lost. It connects with the first call.
///
/// While the server cannot be reached calls fail at once as `unavailable`, so that a caller with other servers can
/// turn to them; a call with `waitForReady` waits for the connection instead, up to its timeout. Calls made during
/// the very first attempt, or right after a good connection was lost, wait for that attempt.
///
/// For TLS, `tls` must offer `h2` by ALPN (`applicationProtocols = ["h2"]`); a server that does not choose it is
/// given up. `serverName` is what the server's certificate must be valid for; by default the target's host.
package final class GRPCConnection: Sendable {
  package let target: GRPCTarget
  private let transport: ClientTransport
  private let configuration: GRPCConnectionConfiguration
  private let isClosed = Atomic(false)

  package init(
    target: GRPCTarget, tls: NIOSSLContext?, serverName: String? = nil, group: any EventLoopGroup,
    configuration: GRPCConnectionConfiguration = .init(), logger: Logger
  ) {
    self.target = target
    self.configuration = configuration
    self.transport = ClientTransport(
      target: target, tls: tls, serverName: serverName, eventLoop: group.next(), configuration: configuration,
      logger: logger)
  }

  /// One request, one response. `timeout` bounds all of it and is told to the server; nil: no bound.
  /// Cancelling the task cancels the call (`cancelled`).
  ///
  /// With `sharesStream` it goes on the connection's one session with others of its kind (``GRPCSession``), where the
  /// server has sessions and one is open. A call that is large or has metadata has a stream of its own all the same. An
  /// answer on the session waits until those before it are sent: of use for calls that are small and many.
  package func unary<Request: Message, Response: Message>(
    _ path: String, _ request: Request, metadata: GRPCMetadata = [:], timeout: TimeAmount?, waitForReady: Bool = false,
    sharesStream: Bool = false
  ) async throws(GRPCStatus) -> Response {
    let call = ClientUnaryCall(
      path: path, message: try FramedMessage.encode(request, limit: self.configuration.maximumMessageSize),
      metadata: metadata, timeout: timeout, waitForReady: waitForReady, sharesStream: sharesStream,
      transport: self.transport)
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: ClientUnaryCall.Continuation) in
        // A task that runs on the connection's loop need not queue up there.
        if call.eventLoop.inEventLoop {
          call.begin(continuation)
        } else {
          call.eventLoop.execute { call.begin(continuation) }
        }
      }
    } onCancel: {
      call.eventLoop.execute { call.cancel() }
    }
    return try ReceivedMessage.parse(result.get(), as: Response.self)
  }

  /// Opens a stream both ways; for one with a single request send that and call `finishSending()`. Returns once the
  /// stream is open on a connection; the server may still refuse it, which comes with the first response.
  package func stream<Request: Message, Response: Message>(
    _ path: String, metadata: GRPCMetadata = [:], timeout: TimeAmount? = nil, waitForReady: Bool = false
  ) async throws(GRPCStatus) -> GRPCClientStream<Request, Response> {
    let call = ClientCall(
      path: path, metadata: metadata, timeout: timeout, waitForReady: waitForReady, transport: self.transport)
    let stream = GRPCClientStream<Request, Response>(
      call: call, maximumMessageSize: self.configuration.maximumMessageSize)
    let failure = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<GRPCStatus?, Never>) in
        call.eventLoop.execute {
          call.begin(.stream(stream.source, stream.gate, opened: continuation))
        }
      }
    } onCancel: {
      call.eventLoop.execute { call.cancel() }
    }
    if let failure { throw failure }
    return stream
  }

  /// Whether a connection is up right now: a hint, for choosing between servers.
  package var isReady: Bool { self.transport.isReady.load(ordering: .relaxed) }

  /// Whether calls that share a stream find a session right now.
  package var hasSession: Bool {
    get async {
      let transport = self.transport
      return await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
        transport.eventLoop.execute { continuation.resume(returning: transport.hasSession) }
      }
    }
  }

  /// Starts to connect, if there is no connection, without a call.
  package func connect() {
    self.transport.eventLoop.execute { self.transport.connectIfIdle() }
  }

  /// Ends all calls (`unavailable`) and the connection, for good.
  package func close() async {
    self.isClosed.store(true, ordering: .relaxed)
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      self.transport.eventLoop.execute {
        self.transport.close().whenComplete { _ in continuation.resume() }
      }
    }
  }

  deinit {
    // After a proper close the event loop may be gone already.
    guard !self.isClosed.load(ordering: .relaxed) else { return }
    let transport = self.transport
    transport.eventLoop.execute { _ = transport.close() }
  }
}
