import FoundationEssentials
import Glibc
import Synchronization

/// A process that a benchmark runs: its output goes to a file, and it ends with the benchmark, also if nobody holds it.
package final class Program: Sendable {
  /// Why a program did not start, or did not do what it should.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
  }

  package let name: String
  package let pid: Int32
  private let log: String
  /// The status that it ended with.
  private let status = Mutex<Int32?>(nil)
  private let token = Mutex<Cleanup.Token?>(nil)

  /// Starts a program in a process group of its own, so that a terminal's interrupt reaches the benchmark only.
  ///
  /// - Parameters:
  ///   - command: the program, looked up on the PATH, then its arguments.
  ///   - log: the file that its output and errors are appended to.
  package init(name: String, command: [String], log: String) throws(Failure) {
    self.name = name
    self.log = log
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t()
    sigemptyset(&none)
    // This process takes its signals on one thread and has them blocked elsewhere; its children must not inherit that.
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    let arguments = command.map { strdup($0) } + [nil]
    defer { for pointer in arguments { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, command[0], &actions, &attributes, arguments, environ)
    guard code == 0 else {
      throw Failure("cannot start \(command[0]): \(String(cString: strerror(code)))")
    }
    self.pid = pid
    let cleanup = Cleanup.shared.add { self.end() }
    token.withLock { $0 = cleanup }
  }

  package var isRunning: Bool { exitStatus() == nil }

  /// The last lines of its output, for an error message.
  package var lastLines: String {
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(8).joined(separator: "\n")
  }

  /// Ends it: asks first, and kills its whole group after two seconds. Nothing happens when it has ended.
  package func stop() {
    guard let cleanup = token.withLock({ $0 }) else { return }
    Cleanup.shared.run(cleanup)
  }

  /// Sends it a signal, if it runs, and waits for nothing.
  package func signal(_ number: Int32) { if isRunning { kill(pid, number) } }

  /// Kills it at once, without a word, and takes in its end.
  package func crash() {
    signal(SIGKILL)
    stop()
  }

  /// Waits until it has ended by itself.
  ///
  /// - Throws: when it takes longer than `timeout`, or ended with an error.
  package func waitForEnd(_ timeout: Duration) async throws {
    let deadline = ContinuousClock.now + timeout
    while true {
      if let status = exitStatus() {
        guard status == 0 else { throw Failure("\(name) failed:\n\(lastLines)") }
        return
      }
      guard ContinuousClock.now < deadline else { throw Failure("\(name) takes longer than \(timeout):\n\(lastLines)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Fails, with what it said last, when it has ended already.
  package func demandRunning() throws(Failure) {
    if !isRunning { throw Failure("\(name) has ended:\n\(lastLines)") }
  }

  private func end() {
    guard isRunning else { return }
    kill(pid, SIGTERM)
    for _ in 0..<200 {
      guard isRunning else { return }
      usleep(10_000)
    }
    kill(-pid, SIGKILL)
    while isRunning { usleep(10_000) }
  }

  private func exitStatus() -> Int32? {
    status.withLock { known in
      if known == nil {
        var status: Int32 = 0
        let result = waitpid(pid, &status, WNOHANG)
        if result == pid { known = status }
        if result < 0 && errno == ECHILD { known = -1 }
      }
      return known
    }
  }

  /// Where a program is: what the variable says, or else what the PATH has.
  package static func find(_ name: String, variable: String) -> String? {
    if let value = getenv(variable).map({ String(cString: $0) }), !value.isEmpty {
      return access(value, X_OK) == 0 ? value : nil
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}

/// A folder that is removed with everything in it when the benchmark ends.
package enum Scratch {
  /// - Parameter parent: made when it is not there.
  package static func make(in parent: String) throws -> String {
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    var template = Array("\(parent)/bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Program.Failure("no folder can be made in \(parent): \(String(cString: strerror(errno)))")
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    Cleanup.shared.add { try? FileManager.default.removeItem(atPath: path) }
    return path
  }
}
