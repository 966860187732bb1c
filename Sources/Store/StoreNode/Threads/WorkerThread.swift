import CLinux
import Glibc
import Synchronization

/// How soon a thread runs once it was woken, on a processor that others keep busy.
///
/// Linux gives ordinary threads slices of some milliseconds: who comes back from the disk waits for as long, although
/// all that it has to do takes microseconds. A thread that asks for short slices runs at once, for no greater share of
/// the processor (EEVDF; Linux 6.12 and later, elsewhere it is without effect). What it is worth: docs/design/store.md.
enum Promptness {
  /// For the threads that a write goes through, which have little to do each time.
  case prompt
  /// For long work that nobody waits for as much as for the others: a smaller share of a busy processor.
  case background

  /// For the calling thread, from now on.
  func take() {
    switch self {
    // The shortest that the kernel gives. Refused by kernels that do not know it: nothing is lost but time.
    case .prompt: _ = apus_set_time_slice(100_000)
    // A third of the weight of the others: a busy store still finishes its snapshots.
    case .background: _ = apus_set_niceness(5)
    }
  }
}

/// A thread of its own for a loop that must not wait for others' work.
final class WorkerThread: Sendable {
  private struct State {
    var isFinished = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Starts the thread.
  ///
  /// - Parameter name: at most 15 bytes, as the kernel shows it.
  init(_ name: String, _ promptness: Promptness, _ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(
      Start(
        name: name,
        body: {
          promptness.take()
          body()
          self.finish()
        }))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
        nameThisThread(start.name)
        start.body()
        return nil
      }, box.toOpaque())
    precondition(code == 0, "the system has no thread left")
    pthread_detach(thread)
  }

  /// Returns when the body has.
  func join() async {
    await withCheckedContinuation { continuation in
      let isFinished = state.withLock { state in
        if !state.isFinished { state.waiting.append(continuation) }
        return state.isFinished
      }
      if isFinished { continuation.resume() }
    }
  }

  private func finish() {
    let waiting = state.withLock { state in
      state.isFinished = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private final class Start {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}

/// What `top -H` shows. Where it cannot be set, nothing is lost.
private func nameThisThread(_ name: String) {
  let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  _ = Array(name.utf8.prefix(15)).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
}
