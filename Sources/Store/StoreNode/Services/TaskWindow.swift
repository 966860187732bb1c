import Synchronization

/// How many tasks of a kind may be under way at once. One task lets others in; each of those leaves when it is done,
/// whatever came of it.
final class TaskWindow: Sendable {
  private struct State {
    var free: Int
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state: Mutex<State>

  init(_ size: Int) { state = Mutex(State(free: size)) }

  /// Waits until there is room, and takes it. One caller at a time.
  func enter() async {
    await withCheckedContinuation { continuation in
      let hasRoom = state.withLock { state in
        precondition(state.waiter == nil, "one task lets others in")
        if state.free == 0 {
          state.waiter = continuation
          return false
        }
        state.free -= 1
        return true
      }
      if hasRoom { continuation.resume() }
    }
  }

  func leave() {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      // Its room goes to whoever waits.
      if state.waiter == nil { state.free += 1 }
      return state.waiter
    }
    waiter?.resume()
  }
}
