import Glibc
import Synchronization

/// What has to be undone when a benchmark ends, in whatever way: processes, folders, labs.
///
/// Nothing helps against SIGKILL.
package final class Cleanup: Sendable {
  /// A promise to undo something.
  package struct Token: Sendable { fileprivate let id: Int }

  package static let shared = Cleanup()

  private struct Entry {
    var id: Int
    var action: @Sendable () -> Void
  }

  private struct State {
    var nextID = 0
    var entries: [Entry] = []
  }

  private let state = Mutex(State())
  /// Held while something is being undone, so that the process does not end in the middle of it.
  private let working = Mutex(())

  package init() {}

  /// - Parameter action: called once at most; it blocks until it is done.
  @discardableResult
  package func add(_ action: @escaping @Sendable () -> Void) -> Token {
    state.withLock { state in
      state.nextID += 1
      state.entries.append(Entry(id: state.nextID, action: action))
      return Token(id: state.nextID)
    }
  }

  /// Undoes one thing now, if that was not done yet.
  package func run(_ token: Token) {
    working.withLock { _ in
      let entry = state.withLock { state -> Entry? in
        guard let index = state.entries.firstIndex(where: { $0.id == token.id }) else { return nil }
        return state.entries.remove(at: index)
      }
      entry?.action()
    }
  }

  /// Undoes everything, the last first.
  package func runAll() {
    working.withLock { _ in
      while let entry = state.withLock({ $0.entries.popLast() }) { entry.action() }
    }
  }

  /// Blocks SIGINT and SIGTERM in this thread and those that it makes: ``waitForSignal()`` takes them. To be called
  /// before there is a second thread.
  package static func blockSignals() {
    var signals = Self.signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }

  /// Waits for SIGINT or SIGTERM, undoes everything and ends the process.
  package func waitForSignal() -> Never {
    var signals = Self.signals
    var signal: CInt = 0
    while sigwait(&signals, &signal) != 0 {}
    runAll()
    _exit(128 + signal)
  }
}
