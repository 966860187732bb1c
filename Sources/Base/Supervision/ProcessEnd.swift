import Glibc

/// How a child process ended.
package enum ProcessEnd: Hashable, Sendable, CustomStringConvertible {
  case code(Int32)
  case signal(Int32)
  /// Somebody else took the child's end away.
  case unknown

  /// From what waitpid(2) reports.
  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
  }

  /// Waits for a child's end and takes it in.
  static func wait(for pid: pid_t) -> ProcessEnd {
    var status: Int32 = 0
    while true {
      let result = waitpid(pid, &status, 0)
      if result == pid { return ProcessEnd(status: status) }
      if result < 0, errno != EINTR { return .unknown }
    }
  }

  /// The same, but for at most until `deadline`; nil when it still runs then.
  static func wait(for pid: pid_t, until deadline: ContinuousClock.Instant) -> ProcessEnd? {
    var status: Int32 = 0
    while true {
      let result = waitpid(pid, &status, WNOHANG)
      if result == pid { return ProcessEnd(status: status) }
      if result < 0, errno != EINTR { return .unknown }
      if ContinuousClock.now >= deadline { return nil }
      usleep(2_000)
    }
  }

  /// Waits for a child's end and leaves it to be taken in.
  static func waitWithoutReaping(_ pid: pid_t) -> ProcessEnd {
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0 {
      if errno != EINTR { return .unknown }
    }
    let status = info._sifields._sigchld.si_status
    return info.si_code == CLD_EXITED ? .code(status) : .signal(status)
  }

  package var description: String {
    switch self {
    case .code(let code): "ended with code \(code)"
    case .signal(let signal): "ended by signal \(signal)"
    case .unknown: "ended in an unknown way"
    }
  }
}
