package import EtcdAPI
import GRPC
import Synchronization

/// One watch of a ``StoreClient``, to be gone through once, by one task.
package struct StoreWatch: AsyncSequence, Sendable {
  package typealias Element = Etcdserverpb_WatchResponse

  private let handle: Handle

  init(_ watch: ActiveWatch, onEnd: @escaping @Sendable () -> Void) {
    self.handle = Handle(watch: watch, onEnd: onEnd)
  }

  /// Ends the watch: its reader gets `cancelled`.
  package func cancel() {
    self.handle.end()
  }

  package func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(handle: self.handle)
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let handle: Handle

    package func next() async throws(StoreClientError) -> Etcdserverpb_WatchResponse? {
      try await self.handle.watch.next()
    }
  }

  /// Its last reference gone, nobody reads any more.
  fileprivate final class Handle: Sendable {
    let watch: ActiveWatch
    private let onEnd: @Sendable () -> Void

    init(watch: ActiveWatch, onEnd: @escaping @Sendable () -> Void) {
      self.watch = watch
      self.onEnd = onEnd
    }

    func end() {
      self.watch.finish(StoreClientError(.cancelled, GRPCStatus(.cancelled, "the watch was cancelled")))
      self.onEnd()
    }

    deinit { self.end() }
  }
}

/// A watch between the connection that feeds it and its reader.
final class ActiveWatch: Sendable {
  /// What the feeder is to do after it has put something in.
  enum Room {
    case some
    /// Stop feeding: `onDrained` will be called.
    case none
  }

  private struct State {
    var buffer: [Etcdserverpb_WatchResponse] = []
    var head = 0
    var isPaused = false
    var failure: StoreClientError?
    var reader: CheckedContinuation<Void, Never>?
    var isReaderCancelled = false
  }

  let id: UInt64
  let request: Etcdserverpb_WatchCreateRequest
  private let limit: Int
  private let onDrained: @Sendable (UInt64) -> Void
  private let state = Mutex(State())

  init(
    id: UInt64, request: Etcdserverpb_WatchCreateRequest, limit: Int, onDrained: @escaping @Sendable (UInt64) -> Void
  ) {
    self.id = id
    self.request = request
    self.limit = limit
    self.onDrained = onDrained
  }

  func put(_ response: Etcdserverpb_WatchResponse) -> Room {
    let (reader, room) = self.state.withLock { state in
      guard state.failure == nil else { return (state.reader.take(), Room.some) }
      state.buffer.append(response)
      if state.buffer.count - state.head >= self.limit { state.isPaused = true }
      return (state.reader.take(), state.isPaused ? .none : .some)
    }
    reader?.resume()
    return room
  }

  /// The reader gets what is buffered, then the error. The first call counts.
  func finish(_ failure: StoreClientError) {
    let reader = self.state.withLock { state in
      if state.failure == nil { state.failure = failure }
      return state.reader.take()
    }
    reader?.resume()
  }

  func next() async throws(StoreClientError) -> Etcdserverpb_WatchResponse? {
    while true {
      let (found, isDrained) = self.state.withLock {
        state -> (Result<Etcdserverpb_WatchResponse, StoreClientError>?, Bool) in
        if state.isReaderCancelled {
          return (.failure(StoreClientError(.cancelled, GRPCStatus(.cancelled, "the task was cancelled"))), false)
        }
        if state.head < state.buffer.count {
          let response = state.buffer[state.head]
          state.buffer[state.head] = Etcdserverpb_WatchResponse()
          state.head += 1
          guard state.head == state.buffer.count else { return (.success(response), false) }
          state.buffer.removeAll(keepingCapacity: state.buffer.capacity <= 64)
          state.head = 0
          defer { state.isPaused = false }
          return (.success(response), state.isPaused)
        }
        return (state.failure.map { .failure($0) }, false)
      }
      if isDrained { self.onDrained(self.id) }
      if let found { return try found.get() }
      await self.waitForMore()
    }
  }

  private func waitForMore() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let resumeNow = self.state.withLock { state in
          if state.head < state.buffer.count || state.failure != nil || state.isReaderCancelled { return true }
          precondition(state.reader == nil, "a watch has one reader")
          state.reader = continuation
          return false
        }
        if resumeNow { continuation.resume() }
      }
    } onCancel: {
      let reader = self.state.withLock { state in
        state.isReaderCancelled = true
        return state.reader.take()
      }
      reader?.resume()
    }
  }
}
