import NIOCore

/// A unary call: on the connection's session where it may share one and there is one, else on a stream of its own.
///
/// Confined to the transport's event loop but for `init` and the constants.
final class ClientUnaryCall: DeadlineHolder, @unchecked Sendable {
  typealias Continuation = CheckedContinuation<Result<ByteBuffer, GRPCStatus>, Never>

  private enum State {
    case created(ByteBuffer)
    /// On a stream of its own, which knows the rest.
    case alone(ClientCall)
    case onSession(ClientSession, id: UInt64, Continuation)
    case finished
  }

  let path: String
  let timeout: TimeAmount?
  private let metadata: GRPCMetadata
  private let waitForReady: Bool
  private let mayShareStream: Bool
  private let transport: ClientTransport
  private var state: State

  /// - Parameter message: the request, framed.
  init(
    path: String, message: ByteBuffer, metadata: GRPCMetadata, timeout: TimeAmount?, waitForReady: Bool,
    sharesStream: Bool, transport: ClientTransport
  ) {
    self.path = path
    self.metadata = metadata
    self.timeout = timeout
    self.waitForReady = waitForReady
    self.mayShareStream =
      sharesStream && metadata.isEmpty && message.readableBytes <= GRPCSession.largestRequest
    self.transport = transport
    self.state = .created(message)
  }

  var eventLoop: any EventLoop { self.transport.eventLoop }

  func begin(_ continuation: Continuation) {
    guard case .created(let message) = self.state else {
      // Cancelled before it began.
      let status = GRPCStatus(.cancelled, "the call was cancelled", delivery: .notExecuted)
      continuation.resume(returning: .failure(status))
      return
    }
    if self.mayShareStream, let session = self.transport.sessionWithRoom(), let id = session.send(self, message) {
      self.state = .onSession(session, id: id, continuation)
      if let timeout = self.timeout { self.transport.deadlines.add(self, at: NIODeadline.now() + timeout) }
    } else {
      let call = ClientCall(
        path: self.path, metadata: self.metadata, timeout: self.timeout, waitForReady: self.waitForReady,
        transport: self.transport)
      self.state = .alone(call)
      call.begin(.unary(message, continuation))
    }
  }

  /// The caller's task was cancelled.
  func cancel() {
    if case .alone(let call) = self.state {
      call.cancel()
    } else {
      self.giveUp(GRPCStatus(.cancelled, "the call was cancelled", delivery: .mayHaveExecuted))
    }
  }

  func deadlinePassed() {
    self.giveUp(GRPCStatus(.deadlineExceeded, "the call's deadline has passed", delivery: .mayHaveExecuted))
  }

  private func giveUp(_ status: GRPCStatus) {
    if case .onSession(let session, let id, _) = self.state { session.cancel(id) }
    self.finish(.failure(status))
  }

  /// The session's answer, or why there is none. The first one counts.
  func finish(_ result: Result<ByteBuffer, GRPCStatus>) {
    let before = self.state
    self.state = .finished
    guard case .onSession(_, _, let continuation) = before else { return }
    if self.timeout != nil { self.transport.deadlines.remove(self) }
    continuation.resume(returning: result)
  }
}
