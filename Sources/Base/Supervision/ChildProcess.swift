import Glibc

/// What to run.
package struct ChildDescription: Hashable, Sendable {
  /// Stands before each line of its output.
  package var name: String
  /// The program's path, then its arguments.
  package var command: [String]
  /// Added to this process' environment.
  package var environment: [String: String]

  package init(name: String, command: [String], environment: [String: String] = [:]) {
    precondition(!command.isEmpty, "a child needs a program")
    self.name = name
    self.command = command
    self.environment = environment
  }
}

/// How a child ended.
package enum ChildExit: Hashable, Sendable, CustomStringConvertible {
  case code(Int32)
  case signal(Int32)

  init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
  }

  package var description: String {
    switch self {
    case .code(let code): "exit code \(code)"
    case .signal(let signal): "signal \(signal)"
    }
  }
}

/// A running child in a process group of its own, with a pipe from its output and errors.
struct ChildProcess {
  let pid: pid_t
  let output: CInt

  struct SpawnError: Error, CustomStringConvertible {
    var program: String
    var code: Int32
    var description: String { "cannot start \(program): \(String(cString: strerror(code)))" }
  }

  init(_ description: ChildDescription) throws(SpawnError) {
    func failure(_ code: Int32) -> SpawnError { SpawnError(program: description.command[0], code: code) }
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: a terminal's interrupt reaches the supervisor only, which stops the children in order.
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    let arguments = description.command.map { strdup($0) } + [nil]
    let variables = Self.environment(with: description.environment).map { strdup($0) } + [nil]
    defer {
      for pointer in arguments + variables { free(pointer) }
    }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, description.command[0], &actions, &attributes, arguments, variables)
    guard code == 0 else {
      close(ends[0])
      throw failure(code)
    }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    self.pid = pid
    output = ends[0]
  }

  private static func environment(with added: [String: String]) -> [String] {
    var variables: [String] = []
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if added[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
      pointer += 1
    }
    return variables + added.map { "\($0)=\($1)" }
  }
}
