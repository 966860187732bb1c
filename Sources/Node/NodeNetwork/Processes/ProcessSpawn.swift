import Foundation
import Glibc

/// How a child process ended.
package enum ProcessEnd: Hashable, Sendable, CustomStringConvertible {
  case code(Int32)
  case signal(Int32)
  /// Somebody else took the child's end away.
  case unknown

  package var description: String {
    switch self {
    case .code(let code): "ended with code \(code)"
    case .signal(let signal): "ended by signal \(signal)"
    case .unknown: "ended in an unknown way"
    }
  }
}

/// posix_spawn with what the node's parts need: output into given descriptors, nothing inherited, default signals.
struct ProcessSpawn {
  struct SpawnError: Error { var code: Int32 }

  var path: String
  var arguments: [String]
  var output: Int32
  var errors: Int32
  /// A process group of its own: a Ctrl-C at the terminal reaches only the parent, which stops its children in order.
  var ownGroup = false

  private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

  /// Keeps the child from inheriting descriptors that somebody opened without close-on-exec. A GNU extension since
  /// glibc 2.34 that the Glibc module does not show; without it, close-on-exec alone has to do.
  private static let closeFrom: CloseFrom? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np")
    .map { unsafeBitCast($0, to: CloseFrom.self) }

  func spawn() -> Result<pid_t, SpawnError> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    _ = Self.closeFrom?(&actions, 3)
    // NIO and others block or ignore signals in this process; the child must not inherit that.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    if ownGroup {
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= POSIX_SPAWN_SETPGROUP
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var pid: pid_t = 0
    var argv: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
    argv.append(nil)
    defer { argv.forEach { free($0) } }
    let code = posix_spawn(&pid, path, &actions, &attributes, argv, environ)
    return code == 0 ? .success(pid) : .failure(SpawnError(code: code))
  }

  static func wait(for pid: pid_t) -> ProcessEnd {
    var status: Int32 = 0
    while true {
      let result = waitpid(pid, &status, 0)
      if result == pid { break }
      if result < 0, errno != EINTR { return .unknown }
    }
    let signal = status & 0x7f
    return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
  }
}

/// A thread for one call that blocks.
struct BlockingThread {
  let body: @Sendable () -> Void

  func start() {
    let thread = Thread { body() }
    thread.stackSize = 512 * 1024
    thread.start()
  }
}
