import Glibc

/// A program that is run to its end for its answer (`ip`, `nft`, `ctr`): short output, bounded time.
package struct Command: Sendable, Hashable, CustomStringConvertible {
  /// Why a program did not do its work.
  package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
    package var command: [String]
    /// How it ended; nil when it could not be started, or was ended because it took too long.
    package var exit: ProcessEnd?
    /// What it said, or why it did not come to its end.
    package var output: String

    package init(command: [String], exit: ProcessEnd?, output: String) {
      self.command = command
      self.exit = exit
      self.output = output
    }

    package var description: String {
      // What was wrong stands at the end, after what went well; a usage error at the beginning.
      var lines = output.split(separator: "\n")
      if lines.count > 16 { lines.replaceSubrange(4..<(lines.count - 8), with: ["…"]) }
      let text = lines.joined(separator: "\n")
      return
        "`\(command.joined(separator: " "))` \(exit?.description ?? "failed"): \(text.isEmpty ? "no message" : text)"
    }
  }

  /// The program, looked up on the PATH unless it has a slash, then its arguments.
  package let words: [String]

  package init(_ words: [String]) {
    precondition(!words.isEmpty, "a command needs a program")
    self.words = words
  }

  package init(_ program: String, _ arguments: [String]) { self.init([program] + arguments) }

  package var description: String { words.joined(separator: " ") }

  /// Runs it on a thread of its own and returns what it printed as its output, with its errors if asked.
  /// - Throws: `Failure` when it cannot be started, ends with another code than 0 (with what it printed as errors),
  ///   or takes longer than `timeout`, after which it is killed.
  package func run(
    input: String? = nil, mergingErrors: Bool = false, timeout: Duration = .seconds(30)
  ) async throws(Failure) -> String {
    let result: Result<String, Failure> = await withCheckedContinuation { continuation in
      let thread = BlockingThread {
        continuation.resume(
          returning: CommandRun(words, mergesErrors: mergingErrors, timeout: timeout).run(input: input))
      }
      thread.start()
    }
    return try result.get()
  }

  /// Runs a command on the calling thread, however long it takes: for set-up work, not for hot paths.
  /// - Returns: its output and errors, together.
  @discardableResult
  package static func run(_ words: [String], input: String? = nil) throws(Failure) -> String {
    try CommandRun(words, mergesErrors: true, timeout: nil).run(input: input).get()
  }
}

/// One run of a command.
private struct CommandRun {
  let words: [String]
  let mergesErrors: Bool
  let timeout: Duration?
  private let deadline: ContinuousClock.Instant?

  /// Most of what is kept of what a command prints; the rest is read and thrown away.
  private static let mostOutput = 16 << 20
  /// As much as a pipe that says it is writable takes without blocking (`PIPE_BUF`).
  private static let piece = 4096

  init(_ words: [String], mergesErrors: Bool, timeout: Duration?) {
    self.words = words
    self.mergesErrors = mergesErrors
    self.timeout = timeout
    deadline = timeout.map { ContinuousClock.now + $0 }
  }

  private func failure(_ exit: ProcessEnd?, _ text: String) -> Result<String, Command.Failure> {
    .failure(Command.Failure(command: words, exit: exit, output: text))
  }

  func run(input: String?) -> Result<String, Command.Failure> {
    do {
      var source = try Pipe()
      var output = try Pipe()
      var errors = try Pipe()
      var spawn = ProcessSpawn(words, output: output.writing, errors: mergesErrors ? output.writing : errors.writing)
      if input != nil { spawn.input = source.reading }
      let pid = try spawn.spawn()
      source.closeReading()
      output.closeWriting()
      errors.closeWriting()
      var texts: [[UInt8]] = [[], []]
      var rest = Array((input ?? "").utf8)[...]
      if rest.isEmpty { source.closeWriting() }
      let inTime = exchange(&rest, &source, [output.reading, errors.reading], into: &texts)
      let end = inTime ? wait(for: pid) : nil
      guard let end else {
        kill(pid, SIGKILL)
        _ = ProcessEnd.wait(for: pid)
        return failure(nil, "not done after \(timeout ?? .zero)")
      }
      let said = String(decoding: texts[mergesErrors ? 0 : 1].prefix(64 << 10), as: UTF8.self)
      return end == .code(0) ? .success(String(decoding: texts[0], as: UTF8.self)) : failure(end, said)
    } catch let error as ProcessSpawn.Failure {
      return failure(nil, error.reason)
    } catch let error as PipeFailure {
      return failure(nil, "no pipe: \(String(cString: strerror(error.code)))")
    } catch {
      return failure(nil, "\(error)")
    }
  }

  private func wait(for pid: pid_t) -> ProcessEnd? {
    guard let deadline else { return ProcessEnd.wait(for: pid) }
    return ProcessEnd.wait(for: pid, until: deadline)
  }

  /// Writes the input and reads both outputs to their end. False when that took too long.
  private func exchange(
    _ rest: inout ArraySlice<UInt8>, _ source: inout Pipe, _ outputs: [CInt], into texts: inout [[UInt8]]
  ) -> Bool {
    var open = outputs
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    return withoutBrokenPipeSignals {
      while open.contains(where: { $0 >= 0 }) {
        var polls = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        polls.append(pollfd(fd: source.writing, events: Int16(POLLOUT), revents: 0))
        guard let wait = waitingTime(), poll(&polls, nfds_t(polls.count), wait) >= 0 || errno == EINTR else {
          return false
        }
        if polls[2].fd >= 0, polls[2].revents != 0 {
          let written = rest.prefix(Self.piece).withUnsafeBytes { write(source.writing, $0.baseAddress, $0.count) }
          if written > 0 { rest = rest.dropFirst(written) }
          // Who does not read to the end has its reasons: how it ends tells.
          if rest.isEmpty || written < 0 && errno != EINTR { source.closeWriting() }
        }
        for (index, item) in polls.prefix(2).enumerated() where item.fd >= 0 && item.revents != 0 {
          let count = read(item.fd, &buffer, buffer.count)
          if count > 0 {
            if texts[index].count < Self.mostOutput { texts[index] += buffer[..<count] }
          } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            open[index] = -1
          }
        }
      }
      source.closeWriting()
      return true
    }
  }

  /// Milliseconds until the deadline, -1 without one; nil when it has passed.
  private func waitingTime() -> Int32? {
    guard let deadline else { return -1 }
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { return nil }
    return Int32(clamping: left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1)
  }

  /// A child that ends before it has read everything must not end this process.
  private func withoutBrokenPipeSignals(_ body: () -> Bool) -> Bool {
    var broken = sigset_t()
    var before = sigset_t()
    var pending = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &broken, &before)
    defer {
      var now = timespec()
      if !wasPending { while sigtimedwait(&broken, nil, &now) == SIGPIPE {} }
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return body()
  }
}
