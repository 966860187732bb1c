import NIOCore
package import SwiftProtobuf

/// An open stream of a client: requests out, responses in as an `AsyncSequence` that one task may go through once.
///
/// The sequence ends normally when the server ends the call as OK, and throws its status otherwise. Responses that
/// are not taken hold the server back by HTTP/2's windows. Dropping the stream, or cancelling the task that reads
/// it, cancels the call.
package final class GRPCClientStream<Request: Message, Response: Message>: AsyncSequence, Sendable {
  package typealias Element = Response
  package typealias Failure = GRPCStatus

  let gate = OutboundGate()
  let source: MessageSequence.Source
  private let messages: MessageSequence
  private let call: ClientCall
  private let maximumMessageSize: Int

  init(call: ClientCall, maximumMessageSize: Int) {
    self.call = call
    self.maximumMessageSize = maximumMessageSize
    let pair = MessageSequence.make(
      demand: MessageDemand(
        onDemand: { call.eventLoop.execute { call.resumeReading() } },
        onGone: { call.eventLoop.execute { call.cancel() } }))
    self.messages = pair.sequence
    self.source = pair.source
  }

  /// Sends a request; waits while the stream's buffer is full. Throws how the call ended, if it has.
  package func send(_ request: Request) async throws(GRPCStatus) {
    let message = try FramedMessage.encode(request, limit: self.maximumMessageSize)
    try await self.gate.admit(message.readableBytes)
    let call = self.call
    let gate = self.gate
    call.eventLoop.execute { call.write(message, gate: gate) }
  }

  /// No more requests. Responses go on.
  package func finishSending() {
    let call = self.call
    call.eventLoop.execute { call.finishSending() }
  }

  /// Ends the call: the server is told, and the sequence throws `cancelled`.
  package func cancel() {
    let call = self.call
    call.eventLoop.execute { call.cancel() }
  }

  package func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(messages: self.messages.makeAsyncIterator())
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let messages: MessageSequence.AsyncIterator

    fileprivate init(messages: MessageSequence.AsyncIterator) {
      self.messages = messages
    }

    package mutating func next() async throws(GRPCStatus) -> Response? {
      let message: ByteBuffer?
      do {
        message = try await self.messages.next()
      } catch let status as GRPCStatus {
        throw status
      } catch {
        throw GRPCStatus(.cancelled, "the task was cancelled", delivery: .mayHaveExecuted)
      }
      guard let message else { return nil }
      return try ReceivedMessage.parse(message, as: Response.self)
    }
  }
}
