import CLinux
import Glibc

/// Runs children, starts them again when they end, passes their output on with a prefix, and stops them in the
/// reverse order of their start.
///
/// One thread, one poll loop; ``run()`` blocks the thread that calls it, which must be the process' first: children
/// end when that thread does (they ask for it themselves, see ``endWithSupervisor()``).
package struct Supervisor {
  /// How long one child may take to end when it was asked to before it is killed, and the next one is asked: 20 s
  /// unless set.
  package var stopTimeout = Supervisor.usualStopTimeout

  private static let usualStopTimeout: Duration = .seconds(20)

  /// How long an orderly stop of so many children can take at most.
  package static func longestStop(ofChildren count: Int) -> Duration { usualStopTimeout * count + .seconds(2) }

  private struct Entry {
    var description: ChildDescription
    var process: SupervisedChild?
    var splitter = LineSplitter()
    var policy = RestartPolicy()
    var startedAt: ContinuousClock.Instant
    var restartAt: ContinuousClock.Instant?
    /// It said itself that it is not to be started again.
    var isOver = false
  }

  private var entries: [Entry]
  private let clock = ContinuousClock()
  private let width: Int
  private var isStopping = false
  /// Which child was asked to stop last, and when it is killed.
  private var stopped: (index: Int, deadline: ContinuousClock.Instant)?

  /// With this code a child says that no further start of it can go any better before somebody has changed something:
  /// it is not started again. `EX_CONFIG` of sysexits.h, which systemd's units use likewise
  /// (`RestartPreventExitStatus=78`).
  package static let finalCode: Int32 = 78

  /// The variable that tells a child that it is supervised, and by which process.
  package static let environmentKey = "APUS_SUPERVISED"

  package init(_ children: [ChildDescription]) {
    let now = clock.now
    entries = children.map { Entry(description: $0, startedAt: now, restartAt: now) }
    width = children.map(\.name.count).max() ?? 0
  }

  /// Called by a child at its start, on its first thread: it ends when its supervisor dies, by whatever cause.
  ///
  /// The kernel keeps the wish with the thread that spoke it, and forgets it when that thread ends; those that run tasks
  /// do when they are idle. The first one lasts as long as the process.
  package static func endWithSupervisor() {
    guard let supervisor = getenv(environmentKey) else { return }
    precondition(apus_is_first_thread() != 0, "asked on a thread that may end before the process")
    _ = apus_set_parent_death_signal(SIGTERM)
    // It may have died before that.
    if String(cString: supervisor) != "\(getppid())" { exit(0) }
  }

  /// Runs until SIGTERM or SIGINT, then stops all children, last started first; or until all have ended for good.
  ///
  /// - Returns: the code to end with: 0 after a signal, ``finalCode`` when nothing was left to run.
  @discardableResult
  package mutating func run() -> Int32 {
    let signals = apus_open_signals()
    precondition(signals >= 0, "signalfd failed: \(String(cString: strerror(errno)))")
    defer { close(signals) }
    while !(isStopping && entries.allSatisfy { $0.process == nil }) {
      startWhatIsDue()
      wait(signals)
      takeSignals(signals)
      for index in entries.indices { drain(index) }
      reap()
      enforceDeadline()
      if !isStopping, !entries.isEmpty, entries.allSatisfy(\.isOver) {
        say("no role is left to run")
        return Self.finalCode
      }
    }
    say("all roles have ended")
    return 0
  }

  private mutating func startWhatIsDue() {
    guard !isStopping else { return }
    let now = clock.now
    for index in entries.indices where entries[index].process == nil {
      guard let due = entries[index].restartAt, due <= now else { continue }
      entries[index].restartAt = nil
      entries[index].startedAt = now
      var description = entries[index].description
      description.environment[Self.environmentKey] = "\(getpid())"
      do throws(ProcessSpawn.Failure) {
        let process = try SupervisedChild(description)
        entries[index].process = process
        say("started \(description.name), pid \(process.pid)")
      } catch {
        let delay = entries[index].policy.delay(afterLifetime: .zero)
        entries[index].restartAt = now + delay
        say("\(error); next attempt in \(delay)")
      }
    }
  }

  private func wait(_ signals: CInt) {
    let now = clock.now
    // While it stops, nothing is started any more.
    let next = isStopping ? stopped?.deadline : entries.compactMap(\.restartAt).min()
    let delay = next.map { max(.zero, min($0 - now, .seconds(1))) } ?? .seconds(1)
    let (seconds, attoseconds) = delay.components
    var descriptors = [pollfd(fd: signals, events: Int16(POLLIN), revents: 0)]
    descriptors += entries.compactMap(\.process).map { pollfd(fd: $0.output, events: Int16(POLLIN), revents: 0) }
    _ = poll(&descriptors, nfds_t(descriptors.count), CInt(seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1))
  }

  private mutating func takeSignals(_ signals: CInt) {
    while case let signal = apus_read_signal(signals), signal != 0 {
      guard signal == SIGTERM || signal == SIGINT, !isStopping else { continue }
      isStopping = true
      say("stopping")
      stopNext()
    }
  }

  /// Asks the last child that still runs and was not asked yet to stop; the one before is asked when it has ended.
  private mutating func stopNext() {
    let rest = entries[..<(stopped?.index ?? entries.endIndex)]
    guard let index = rest.lastIndex(where: { $0.process != nil }), let process = entries[index].process else {
      stopped = nil
      return
    }
    stopped = (index, clock.now + stopTimeout)
    kill(process.pid, SIGTERM)
  }

  private mutating func drain(_ index: Int) {
    guard let process = entries[index].process else { return }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while case let count = read(process.output, &buffer, buffer.count), count > 0 {
      for line in entries[index].splitter.add(buffer.prefix(count)) { write(entries[index].description.name, line) }
    }
  }

  /// Takes in every child that ended, also those that it never started: as a host's first process it inherits orphans.
  private mutating func reap() {
    var status: Int32 = 0
    while case let pid = waitpid(-1, &status, WNOHANG), pid > 0 {
      guard let index = entries.firstIndex(where: { $0.process?.pid == pid }) else { continue }
      ended(index, ProcessEnd(status: status))
    }
  }

  private mutating func ended(_ index: Int, _ exit: ProcessEnd) {
    guard let process = entries[index].process else { return }
    drain(index)
    if let rest = entries[index].splitter.finish() { write(entries[index].description.name, rest) }
    close(process.output)
    entries[index].process = nil
    if isStopping {
      say("\(entries[index].description.name) \(exit)")
      if stopped?.index == index { stopNext() }
    } else if exit == .code(Self.finalCode) {
      entries[index].isOver = true
      say("\(entries[index].description.name) \(exit): it says why above, and is not started again")
    } else {
      let delay = entries[index].policy.delay(afterLifetime: clock.now - entries[index].startedAt)
      entries[index].restartAt = clock.now + delay
      say("\(entries[index].description.name) \(exit); it is started again in \(delay)")
    }
  }

  private mutating func enforceDeadline() {
    guard let (index, deadline) = stopped, clock.now >= deadline, let process = entries[index].process else { return }
    say("\(entries[index].description.name) did not end within \(stopTimeout): killed")
    kill(-process.pid, SIGKILL)
    stopNext()
  }

  private func say(_ text: String) { write("apus", Array(text.utf8)) }

  private func write(_ name: String, _ line: [UInt8]) {
    let prefix = name + String(repeating: " ", count: max(0, width - name.count)) + " | "
    var rest = (Array(prefix.utf8) + line + [UInt8(ascii: "\n")])[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
