import NIOCore
import Synchronization

/// Bytes on their way from an event loop to one consumer task: a request's body, a tunnel's input.
///
/// The producer appends on its event loop and stops reading the socket while `wantsMore` is false; the consumer
/// takes chunks and, when it has made room, has `onDemand` called so that reading goes on. One consumer at a time.
final class InboundByteQueue: Sendable {
  private struct State {
    var chunks = CircularBuffer<ByteBuffer>()
    var bytes = 0
    var end: Result<Void, any Error>?
    var waiter: CheckedContinuation<ByteBuffer?, any Error>?
    var demanded = false
  }

  private let state = Mutex(State())
  private let limit: Int
  /// Called outside of the lock, from the consumer's task, when the queue has room or a consumer begins to wait. May
  /// append at once, if the consumer runs on the producer's event loop.
  private let onDemand: @Sendable () -> Void

  init(limit: Int, onDemand: @escaping @Sendable () -> Void) {
    self.limit = limit
    self.onDemand = onDemand
  }

  /// Whether the producer should go on reading.
  var wantsMore: Bool { state.withLock { $0.end == nil && ($0.bytes < limit || $0.waiter != nil) } }

  /// Whether a consumer has ever asked for bytes.
  var isDemanded: Bool { state.withLock { $0.demanded } }

  func append(_ chunk: ByteBuffer) {
    let waiter = state.withLock { state -> CheckedContinuation<ByteBuffer?, any Error>? in
      guard state.end == nil else { return nil }
      if let waiter = state.waiter {
        state.waiter = nil
        return waiter
      }
      state.chunks.append(chunk)
      state.bytes += chunk.readableBytes
      return nil
    }
    waiter?.resume(returning: chunk)
  }

  /// No more bytes; what is queued is still delivered. The first end wins.
  func finish() { end(.success(())) }

  /// The bytes broke off; what is queued is still delivered, then the error.
  func fail(_ error: any Error) { end(.failure(error)) }

  private func end(_ result: Result<Void, any Error>) {
    let waiter = state.withLock { state -> CheckedContinuation<ByteBuffer?, any Error>? in
      guard state.end == nil else { return nil }
      state.end = result
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(with: result.map { nil })
  }

  /// A chunk, or the end, that is there already.
  private func takeReady() -> Result<ByteBuffer?, any Error>? {
    let (ready, room) = state.withLock { state -> (Result<ByteBuffer?, any Error>?, Bool) in
      state.demanded = true
      if let chunk = state.chunks.popFirst() {
        let wasFull = state.bytes >= limit
        state.bytes -= chunk.readableBytes
        return (.success(chunk), wasFull && state.bytes < limit)
      }
      guard let end = state.end else { return (nil, false) }
      let last: Result<ByteBuffer?, any Error> = end.map { nil }
      return (last, false)
    }
    if room { onDemand() }
    return ready
  }

  /// The next chunk; `nil` at the end. Throws what `fail` was given, or `CancellationError`.
  func next() async throws -> ByteBuffer? {
    // What is there already is taken without a suspension.
    if let ready = takeReady() { return try ready.get() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enum Action {
          case resume(Result<ByteBuffer?, any Error>, room: Bool)
          case wait
        }
        let action = state.withLock { state -> Action in
          state.demanded = true
          if let chunk = state.chunks.popFirst() {
            let wasFull = state.bytes >= limit
            state.bytes -= chunk.readableBytes
            return .resume(.success(chunk), room: wasFull && state.bytes < limit)
          }
          if let end = state.end { return .resume(end.map { nil }, room: false) }
          // Asked under the lock, which the cancellation handler takes after the task has become cancelled: whoever
          // begins to wait here is found by it.
          if Task.isCancelled { return .resume(.failure(CancellationError()), room: false) }
          precondition(state.waiter == nil, "two tasks read one stream of bytes")
          state.waiter = continuation
          return .wait
        }
        switch action {
        case .resume(let result, let room):
          continuation.resume(with: result)
          if room { onDemand() }
        case .wait: onDemand()
        }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume(throwing: CancellationError())
    }
  }
}
