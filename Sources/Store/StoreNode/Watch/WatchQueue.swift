import MVCC
import Synchronization

/// The output of one watch stream: filled by the state thread, drained by the stream's reader.
final class WatchQueue: WatchStream {
  /// Above these the stream's watches fall back to the history until the reader has caught up.
  private static let byteLimit = 4 << 20
  private static let countLimit = 16384
  /// While so many responses wait to be read, or requests to be looked at, the client's next request waits too.
  private static let requestLimit = 512
  /// The reader is given about so many bytes at a time.
  private static let batchLimit = 256 << 10
  /// Responses for the same watch are joined up to about this size.
  private static let joinLimit = 256 << 10

  private struct State {
    var responses: ArraySlice<(response: WatchResponse, bytes: Int)> = []
    var bytes = 0
    var reader: CheckedContinuation<[WatchResponse], Never>?
    var isClosed = false
    /// The hub wants to know when there is room again.
    var wantsRoom = false
    /// Requests that the hub has not looked at.
    var unhandled = 0
    /// Who wants to ask something and has to wait.
    var requesters: [CheckedContinuation<Void, Never>] = []

    var takesRequests: Bool { isClosed || unhandled + responses.count < WatchQueue.requestLimit }

    mutating func takeResponses(bytes limit: Int) -> [WatchResponse]? {
      guard let first = responses.popFirst() else { return nil }
      var taken = [first.response]
      var size = first.bytes
      while size < limit, let next = responses.first {
        size += next.bytes
        taken.append(next.response)
        responses.removeFirst()
      }
      bytes -= size
      return taken
    }

    /// Those whom the caller is to resume, once it has let go of the lock.
    mutating func admitRequesters() -> [CheckedContinuation<Void, Never>] {
      guard takesRequests else { return [] }
      defer { requesters = [] }
      return requesters
    }
  }

  let id: UInt64
  private let state = Mutex(State())
  private let post: @Sendable (WatchHub.Request) -> Void

  init(id: UInt64, post: @escaping @Sendable (WatchHub.Request) -> Void) {
    self.id = id
    self.post = post
  }

  // MARK: - The reader's side

  func create(_ request: WatchRequest) async { await ask(.create(id, request, Caller.current)) }
  func cancel(watchID: Int64) async { await ask(.cancel(id, watchID)) }
  func requestProgress() async { await ask(.progress(id)) }

  private func ask(_ request: WatchHub.Request) async {
    while !Task.isCancelled {
      let isTaken: Bool? = state.withLock { state in
        if state.isClosed { return nil }
        guard state.takesRequests else { return false }
        state.unhandled += 1
        return true
      }
      guard let isTaken else { return }
      if isTaken { return post(request) }
      await roomForRequests()
    }
  }

  private func roomForRequests() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // A cancellation that comes before the lock is seen here, one that comes after it finds the continuation.
        let isWaiting = state.withLock { state in
          guard !state.takesRequests, !Task.isCancelled else { return false }
          state.requesters.append(continuation)
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        defer { state.requesters = [] }
        return state.requesters
      }
      for requester in waiting { requester.resume() }
    }
  }

  func close() {
    post(.close(id))
    end()
  }

  func next() async -> WatchResponse? { await take(bytes: 0).first }

  func nextBatch() async -> [WatchResponse] { await take(bytes: Self.batchLimit) }

  /// Takes a response, and further ones that wait up to about so many bytes in all. None at the end.
  private func take(bytes limit: Int) async -> [WatchResponse] {
    var hasRoomAgain = false
    let responses: [WatchResponse] = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: [WatchResponse]? = state.withLock { state in
          if let ready = state.takeResponses(bytes: limit) { return ready }
          if state.isClosed { return [] }
          precondition(state.reader == nil, "a watch stream has one reader")
          state.reader = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      end()
    }
    let requesters = state.withLock { state in
      if state.wantsRoom, state.bytes < Self.byteLimit / 2, state.responses.count < Self.countLimit / 2 {
        state.wantsRoom = false
        hasRoomAgain = true
      }
      return state.admitRequesters()
    }
    if hasRoomAgain { post(.drained(id)) }
    for requester in requesters { requester.resume() }
    return responses
  }

  // MARK: - The hub's side

  /// Events that nobody has read yet.
  var pendingEvents: Int {
    state.withLock { state in
      state.responses.reduce(0) { count, item in
        if case .events(_, _, let events) = item.response { count + events.count } else { count }
      }
    }
  }

  /// Whether more events may be put in. When not, the hub is told (``WatchHub/Request/drained(_:)``) once they may.
  func hasRoom() -> Bool {
    state.withLock { state in
      let hasRoom = state.bytes < Self.byteLimit && state.responses.count < Self.countLimit
      if !hasRoom { state.wantsRoom = true }
      return hasRoom
    }
  }

  /// One of the stream's requests has been looked at.
  func handled() {
    let requesters = state.withLock { state in
      state.unhandled -= 1
      return state.admitRequesters()
    }
    for requester in requesters { requester.resume() }
  }

  func put(_ response: WatchResponse) {
    let bytes = response.size
    let reader = state.withLock { state -> CheckedContinuation<[WatchResponse], Never>? in
      guard !state.isClosed else { return nil }
      if let reader = state.reader {
        state.reader = nil
        return reader
      }
      if let last = state.responses.last, last.bytes + bytes < Self.joinLimit,
        let joined = last.response.joined(with: response)
      {
        state.responses[state.responses.endIndex - 1] = (joined, last.bytes + bytes)
      } else {
        state.responses.append((response, bytes))
      }
      state.bytes += bytes
      return nil
    }
    reader?.resume(returning: [response])
  }

  /// Lets the reader see the end behind what waits.
  func end() {
    let (reader, requesters) = state.withLock { state in
      state.isClosed = true
      defer { state.reader = nil }
      return (state.reader, state.admitRequesters())
    }
    reader?.resume(returning: [])
    for requester in requesters { requester.resume() }
  }
}

extension WatchResponse {
  fileprivate var size: Int {
    guard case .events(_, _, let events) = self else { return 64 }
    return events.reduce(64) { size, event in
      size + 96 + event.keyValue.key.count + event.keyValue.value.count + (event.previous?.value.count ?? 0)
    }
  }

  /// Both in one, when they are events of the same watch.
  fileprivate func joined(with next: WatchResponse) -> WatchResponse? {
    guard case .events(let watchID, _, let events) = self, case .events(watchID, let revision, let more) = next else {
      return nil
    }
    return .events(watchID: watchID, revision: revision, events: events + more)
  }
}
