import NIOCore

/// Is told what becomes of a server's calls of one method: for metrics. Called on event loops, in the middle of things:
/// it must be quick and must not wait.
package protocol GRPCCallObserver: AnyObject, Sendable {
  /// A call has begun.
  func started()
  /// Bytes of a request have come in, or those of a response were given to the connection; with gRPC's framing.
  func received(bytes: Int)
  func sent(bytes: Int)
  /// A request was complete.
  func receivedMessage()
  func sentMessage()
  /// A call has ended, so many nanoseconds after it began.
  func ended(_ code: GRPCStatusCode, nanoseconds: Int64)
}

/// The observed part of a call.
struct ObservedCall {
  private let observer: any GRPCCallObserver
  private let start: NIODeadline

  init(_ observer: any GRPCCallObserver) {
    self.observer = observer
    start = .now()
    observer.started()
  }

  func received(bytes: Int) { observer.received(bytes: bytes) }
  func receivedMessage() { observer.receivedMessage() }

  func sent(bytes: Int) {
    observer.sent(bytes: bytes)
    observer.sentMessage()
  }

  func ended(_ code: GRPCStatusCode) { observer.ended(code, nanoseconds: (NIODeadline.now() - start).nanoseconds) }
}
