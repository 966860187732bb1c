import Synchronization

/// A running watch over one resource. Its owner calls `next()` in a loop, and `cancel()` when the client is gone.
///
/// It first walks over the state that it was opened with, if the client asked for that (a shared snapshot, not a copy),
/// then hands out changes from a bounded queue. When the queue is full, the watch is cut off: what waits is delivered,
/// then `next()` throws, and the client may resume from the last version that it saw.
package final class ObjectWatch: Sendable {
  private typealias Waiter = CheckedContinuation<Result<WatchEvent?, APIError>, Never>

  private struct State {
    var initial: SortedObjects.Cursor?
    /// A bookmark that follows the initial objects.
    var afterInitial: WatchEvent?
    /// A ring would save moves, but the queue of a watcher that keeps up holds one or two events.
    var queue: [WatchEvent] = []
    var head = 0
    var ended: APIError?
    var cancelled = false
    var waiting: Waiter?
  }
  private let state: Mutex<State>
  let selection: ObjectSelection
  let wantsBookmarks: Bool
  private let queueLimit: Int
  /// What is not newer is nothing to this watch: it may begin at a version that the cache has still to come to.
  private let after: Int64
  /// Turns an object into the form of the group that it is watched through.
  private let view: WatchView?
  private let onCancel: Mutex<(@Sendable () -> Void)?> = Mutex(nil)

  init(
    selection: ObjectSelection, initial: SortedObjects.Cursor?, afterInitial: WatchEvent?, wantsBookmarks: Bool,
    queueLimit: Int, view: WatchView?, after: Int64 = 0
  ) {
    self.after = after
    self.selection = selection
    self.wantsBookmarks = wantsBookmarks
    self.queueLimit = queueLimit
    self.view = view
    state = Mutex(State(initial: initial, afterInitial: afterInitial))
  }

  /// The next event, in order of revision; nil when the watch has ended (after `cancel()`, or because the task that
  /// waits was cancelled).
  ///
  /// - Throws: what ended it otherwise, to be sent as an `ERROR` event with the error's `Status`: the watcher read too
  ///   slowly, or the cache lost its place in the history.
  package func next() async throws(APIError) -> WatchEvent? {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: Result<WatchEvent?, APIError>? = state.withLock { state in
          if state.cancelled { return .success(nil) }
          if let event = take(&state) { return .success(event) }
          if let ended = state.ended { return .failure(ended) }
          state.waiting = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      cancel()
    }
    guard let event = try result.get() else { return nil }
    return seen(event)
  }

  /// An event that is there already; nil when `next()` would have to wait, or has to tell of an end. For owners that
  /// send several events in one go.
  package func nextReady() -> WatchEvent? {
    state.withLock { state in state.cancelled ? nil : take(&state) }.map(seen)
  }

  private func seen(_ event: WatchEvent) -> WatchEvent { view.map { event.seen(through: $0) } ?? event }

  /// Ends the watch; a waiting `next()` returns nil.
  package func cancel() {
    let waiting = state.withLock { state in
      state.cancelled = true
      state.queue = []
      state.initial = nil
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: .success(nil))
    let action = onCancel.withLock { action in
      defer { action = nil }
      return action
    }
    action?()
  }

  /// What to do once when the watch is cancelled: the cache forgets it.
  func whenCancelled(_ action: @escaping @Sendable () -> Void) {
    onCancel.withLock { $0 = action }
  }

  /// Queues an event. Returns false when the watch is over and the cache should forget it.
  func offer(_ event: WatchEvent) -> Bool {
    let isOld = event.object.revision <= after
    let (waiting, alive): (Waiter?, Bool) = state.withLock { state in
      if state.cancelled || state.ended != nil { return (nil, false) }
      if isOld { return (nil, true) }
      if let waiting = state.waiting {
        state.waiting = nil
        return (waiting, true)
      }
      if state.queue.count - state.head >= queueLimit {
        state.ended = .tooManyRequests(
          "the watch was cut off: \(queueLimit) changes were waiting for a client that reads too slowly",
          retryAfter: 1)
        return (nil, false)
      }
      state.queue.append(event)
      return (nil, true)
    }
    waiting?.resume(returning: .success(event))
    return alive
  }

  /// Ends the watch with an error, after what is queued already.
  func end(_ error: APIError) {
    let waiting = state.withLock { state in
      if state.ended == nil { state.ended = error }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: .failure(error))
  }

  private func take(_ state: inout State) -> WatchEvent? {
    while let object = state.initial?.next() {
      if selection.matches(object) { return WatchEvent(.added, object) }
    }
    state.initial = nil
    if let bookmark = state.afterInitial {
      state.afterInitial = nil
      return bookmark
    }
    guard state.head < state.queue.count else { return nil }
    let event = state.queue[state.head]
    state.head += 1
    if state.head == state.queue.count {
      state.queue.removeAll(keepingCapacity: state.queue.count <= 16)
      state.head = 0
    } else if state.head >= 64 {
      state.queue.removeFirst(state.head)
      state.head = 0
    }
    return event
  }
}
