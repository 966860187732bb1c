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

  /// Starts the program; both outputs are appended to `log`.
  package init(path: String, arguments: [String], log: String) throws(Command.Failure) {
    let command = Command(path, arguments)
    let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Command.Failure(command: command.description, reason: "cannot write \(log): \(systemError(errno))")
    }
    defer { close(file) }
    switch ProcessSpawn(path: path, arguments: arguments, output: file, errors: file, ownGroup: true).spawn() {
    case .success(let pid): self.pid = pid
    case .failure(let error):
      throw Command.Failure(command: command.description, reason: "cannot start: \(systemError(error.code))")
    }
    let thread = BlockingThread { [self] in finish(ProcessSpawn.waitWithoutReaping(pid)) }
    thread.start()
  }

  private func finish(_ end: ProcessEnd) {
    let waiters = state.withLock { state in
      // Reaped under the lock, so that `signal` never hits a process that took over the id.
      _ = ProcessSpawn.wait(for: pid)
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
  /// Waits for a child's end and leaves it to be reaped.
  static func waitWithoutReaping(_ pid: pid_t) -> ProcessEnd {
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0 {
      if errno != EINTR { return .unknown }
    }
    let status = info._sifields._sigchld.si_status
    return info.si_code == CLD_EXITED ? .code(status) : .signal(status)
  }
}
