import Glibc

/// A program that is run to its end for its answer (`ip`, `ctr`): short output, bounded time.
package struct Command: Sendable, Hashable, CustomStringConvertible {
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package var command: String
    package var reason: String

    package init(command: String, reason: String) {
      self.command = command
      self.reason = reason
    }

    package var description: String { "\(command): \(reason)" }
  }

  package var path: String
  package var arguments: [String]

  /// `path` is the program's file: the PATH is not searched.
  package init(_ path: String, _ arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  package var description: String { ([path] + arguments).joined(separator: " ") }

  /// Most of what a command may print; the rest is read and thrown away.
  private static let mostOutput = 4 << 20
  private static let pairKind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)

  /// Runs it on a thread of its own and returns what it printed.
  /// - Throws: `Failure` when it cannot be started, ends with another code than 0 (with what it printed as an error),
  ///   or takes longer than `timeout`, after which it is killed.
  package func run(timeout: Duration = .seconds(30)) async throws(Failure) -> String {
    let result: Result<String, Failure> = await withCheckedContinuation { continuation in
      // A thread, not the cooperative pool: it blocks.
      let thread = BlockingThread { continuation.resume(returning: self.runBlocking(timeout: timeout)) }
      thread.start()
    }
    return try result.get()
  }

  private func failure(_ reason: String) -> Failure { Failure(command: description, reason: reason) }

  private func runBlocking(timeout: Duration) -> Result<String, Failure> {
    var output: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    // Socket pairs, because they are closed on exec from their birth: a child spawned meanwhile cannot keep them open.
    guard socketpair(AF_UNIX, Self.pairKind, 0, &output) == 0 else {
      return .failure(failure("no pipe: \(systemError(errno))"))
    }
    guard socketpair(AF_UNIX, Self.pairKind, 0, &errors) == 0 else {
      close(output[0])
      close(output[1])
      return .failure(failure("no pipe: \(systemError(errno))"))
    }
    let spawned = ProcessSpawn(path: path, arguments: arguments, output: output[1], errors: errors[1]).spawn()
    close(output[1])
    close(errors[1])
    defer {
      close(output[0])
      close(errors[0])
    }
    guard case .success(let pid) = spawned else {
      if case .failure(let error) = spawned { return .failure(failure("cannot start: \(systemError(error.code))")) }
      return .failure(failure("cannot start"))
    }
    var texts: [[UInt8]] = [[], []]
    let inTime = collect([output[0], errors[0]], into: &texts, timeout: timeout)
    if !inTime { kill(pid, SIGKILL) }
    let ended = ProcessSpawn.wait(for: pid)
    guard inTime else { return .failure(failure("not done after \(timeout)")) }
    guard ended == .code(0) else {
      let said = String(decoding: texts[1].prefix(2048), as: UTF8.self)
      return .failure(failure("\(ended): \(said.isEmpty ? "no message" : said)"))
    }
    return .success(String(decoding: texts[0], as: UTF8.self))
  }

  /// Reads both pipes to their end. Returns false when that took too long.
  private func collect(_ descriptors: [Int32], into texts: inout [[UInt8]], timeout: Duration) -> Bool {
    let deadline = ContinuousClock.now + timeout
    var open = descriptors
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    while open.contains(where: { $0 >= 0 }) {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return false }
      var polls = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1
      guard poll(&polls, nfds_t(polls.count), Int32(clamping: milliseconds)) >= 0 || errno == EINTR else {
        return false
      }
      for (index, item) in polls.enumerated() where item.fd >= 0 && item.revents != 0 {
        let count = read(item.fd, &buffer, buffer.count)
        if count > 0 {
          if texts[index].count < Self.mostOutput { texts[index] += buffer[..<count] }
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
          open[index] = -1
        }
      }
    }
    return true
  }
}

func systemError(_ code: Int32) -> String { String(cString: strerror(code)) }
