import Glibc

/// Runs a program to its end and gives back what it said. Blocks the calling thread: for set-up work, not for hot paths.
package enum Command {
  /// Why a program did not do its work.
  package struct Failure: Error, Sendable, CustomStringConvertible {
    package var command: [String]
    /// How it ended; nil when it could not be started.
    package var exit: ChildExit?
    /// What it printed, standard output and errors together, or why it could not be started.
    package var output: String

    package init(command: [String], exit: ChildExit?, output: String) {
      self.command = command
      self.exit = exit
      self.output = output
    }

    package var description: String {
      let text = output.split(separator: "\n").prefix(8).joined(separator: "\n")
      return "`\(command.joined(separator: " "))` failed (\(exit.map(\.description) ?? "not started")): \(text)"
    }
  }

  /// - Parameters:
  ///   - command: the program, looked up on the PATH, then its arguments.
  ///   - input: what it reads from its standard input; it should be small, or the program should read it all.
  /// - Returns: its standard output and errors, together.
  @discardableResult
  package static func run(_ command: [String], input: String? = nil) throws(Failure) -> String {
    func failure(_ code: Int32) -> Failure {
      Failure(command: command, exit: nil, output: String(cString: strerror(code)))
    }
    var source: [CInt] = [-1, -1]
    var sink: [CInt] = [-1, -1]
    guard pipe(&source) == 0 else { throw failure(errno) }
    guard pipe(&sink) == 0 else {
      let code = errno
      close(source[0])
      close(source[1])
      throw failure(code)
    }
    for end in source + sink { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, source[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, sink[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, sink[1], STDERR_FILENO)
    let arguments = command.map { strdup($0) } + [nil]
    defer { for pointer in arguments { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, command[0], &actions, nil, arguments, environ)
    close(source[0])
    close(sink[1])
    defer { close(sink[0]) }
    guard code == 0 else {
      close(source[1])
      throw failure(code)
    }
    if let input { send(input, to: source[1]) }
    close(source[1])
    let output = receive(from: sink[0])
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let exit = ChildExit(status: status)
    guard exit == .code(0) else { throw Failure(command: command, exit: exit, output: output) }
    return output
  }

  private static func send(_ text: String, to descriptor: CInt) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  private static func receive(from descriptor: CInt) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(contentsOf: buffer.prefix(count))
    }
  }
}
