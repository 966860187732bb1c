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

/// A running child in a process group of its own, with a pipe from its output and errors.
struct SupervisedChild {
  let pid: pid_t
  let output: CInt

  init(_ description: ChildDescription) throws(ProcessSpawn.Failure) {
    var pipe: Pipe
    do { pipe = try Pipe() } catch { throw ProcessSpawn.Failure(program: description.command[0], code: error.code) }
    var spawn = ProcessSpawn(description.command, output: pipe.writing, errors: pipe.writing)
    spawn.environment = description.environment
    // The supervisor stops its children one after the other.
    spawn.group = .own
    pid = try spawn.spawn()
    _ = fcntl(pipe.reading, F_SETFL, O_NONBLOCK)
    output = pipe.takeReading()
  }
}
