import Glibc
import Synchronization

/// A long-running child process whose output goes to a file. It is ended by its process id only, and only while it is
/// known not to have been reaped, so that a recycled id is never signalled.
package final class ChildProcess: Sendable {
  private struct State {
    var end: ProcessEnd?
    var waiters: [CheckedContinuation<ProcessEnd, Never>] = []
  }

  package let pid: Int32
  private let state = Mutex(State())

  /// Starts the program, looked up on the PATH unless it has a slash, in a process group of its own; both outputs are
  /// appended to `log`.
  package init(_ command: [String], log: String) throws(Command.Failure) {
    do throws(ProcessSpawn.Failure) {
      pid = try ProcessSpawn.appending(to: log, command, group: .own)
    } catch {
      throw Command.Failure(command: command, exit: nil, output: error.reason)
    }
    let thread = BlockingThread { [self] in finish(ProcessEnd.waitWithoutReaping(pid)) }
    thread.start()
  }

  private func finish(_ end: ProcessEnd) {
    let waiters = state.withLock { state in
      // Reaped under the lock, so that `signal` never hits a process that took over the id.
      _ = ProcessEnd.wait(for: pid)
      state.end = end
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: end) }
  }

  package var isRunning: Bool { state.withLock { $0.end == nil } }

  /// Waits for its end.
  package func ended() async -> ProcessEnd {
    await withCheckedContinuation { continuation in
      let end = state.withLock { state -> ProcessEnd? in
        if state.end == nil { state.waiters.append(continuation) }
        return state.end
      }
      if let end { continuation.resume(returning: end) }
    }
  }

  package func signal(_ signal: Int32) {
    state.withLock { state in
      if state.end == nil { _ = kill(pid, signal) }
    }
  }

  /// Asks it to end, and kills it after `grace`.
  @discardableResult
  package func stop(grace: Duration = .seconds(10)) async -> ProcessEnd {
    signal(SIGTERM)
    let killer = Task {
      try await Task.sleep(for: grace)
      signal(SIGKILL)
    }
    defer { killer.cancel() }
    return await ended()
  }
}

extension ProcessSpawn {
  /// Starts a program without input whose outputs are appended to a file (mode 0600 if it is new).
  package static func appending(to log: String, _ command: [String], group: Group) throws(Failure) -> Int32 {
    let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failure(program: "the log \(log) of \(command[0])", code: errno) }
    defer { close(file) }
    var spawn = ProcessSpawn(command, output: file, errors: file)
    spawn.group = group
    return try spawn.spawn()
  }
}
