import CLinux
import Glibc

/// The one place where processes are made: posix_spawn(3) with output into given descriptors, nothing else inherited,
/// and default signals.
package struct ProcessSpawn: Sendable {
  /// Whom the child answers to.
  package enum Group: Sendable {
    case parents
    /// A process group of its own: an interrupt at the terminal reaches only the parent, which stops its children in
    /// order.
    case own
    /// A session of its own: it lives on when the parent and its terminal go.
    case session
  }

  package struct Failure: Error, CustomStringConvertible {
    package var program: String
    /// The `errno` of it.
    package var code: Int32

    package var reason: String { "cannot start: \(String(cString: strerror(code)))" }
    package var description: String { "\(program): \(reason)" }
  }

  /// The program, looked up on the PATH unless it has a slash, then its arguments.
  package var command: [String]
  /// nil: there is nothing to read.
  package var input: CInt?
  package var output: CInt
  package var errors: CInt
  /// Added to this process' environment.
  package var environment: [String: String] = [:]
  package var group: Group = .parents

  package init(_ command: [String], output: CInt, errors: CInt) {
    precondition(!command.isEmpty, "a process needs a program")
    self.command = command
    self.output = output
    self.errors = errors
  }

  private typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

  /// Keeps the child from inheriting descriptors that somebody opened without close-on-exec. A GNU extension since
  /// glibc 2.34 that the Glibc module does not show; without it, close-on-exec alone has to do.
  private static let closeFrom: CloseFrom? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np")
    .map { unsafeBitCast($0, to: CloseFrom.self) }
  /// `POSIX_SPAWN_SETSID`, which the Glibc module does not show.
  private static let setSession: Int32 = 0x80

  /// Starts it. The descriptors stay the caller's to close.
  package func spawn() throws(Failure) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    _ = Self.closeFrom?(&actions, 3)
    setAttributes(&attributes)
    let arguments = command.map { strdup($0) } + [nil]
    let variables = environment.isEmpty ? [] : merged().map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var pid: pid_t = 0
    let code =
      variables.isEmpty
      ? posix_spawnp(&pid, command[0], &actions, &attributes, arguments, Glibc.environ)
      : posix_spawnp(&pid, command[0], &actions, &attributes, arguments, variables)
    guard code == 0 else { throw Failure(program: command[0], code: code) }
    return pid
  }

  private func setAttributes(_ attributes: inout posix_spawnattr_t) {
    // NIO and others block or ignore signals in this process; the child must not inherit that.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    switch group {
    case .parents: break
    case .own:
      posix_spawnattr_setpgroup(&attributes, 0)
      flags |= Int32(POSIX_SPAWN_SETPGROUP)
    case .session: flags |= Self.setSession
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  private func merged() -> [String] {
    var variables: [String] = []
    var pointer = Glibc.environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if environment[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
      pointer += 1
    }
    return variables + environment.map { "\($0)=\($1)" }
  }
}

/// A pipe whose ends no other child inherits.
struct Pipe: ~Copyable {
  private(set) var reading: CInt
  private(set) var writing: CInt

  init() throws(PipeFailure) {
    var ends: [CInt] = [-1, -1]
    guard apus_open_pipe(&ends) == 0 else { throw PipeFailure(code: errno) }
    (reading, writing) = (ends[0], ends[1])
  }

  mutating func closeReading() { Self.close(&reading) }
  mutating func closeWriting() { Self.close(&writing) }

  /// The end to read from, which is the caller's from now on.
  mutating func takeReading() -> CInt {
    defer { reading = -1 }
    return reading
  }

  private static func close(_ end: inout CInt) {
    if end >= 0 { _ = Glibc.close(end) }
    end = -1
  }

  deinit {
    if reading >= 0 { _ = Glibc.close(reading) }
    if writing >= 0 { _ = Glibc.close(writing) }
  }
}

struct PipeFailure: Error { var code: CInt }
