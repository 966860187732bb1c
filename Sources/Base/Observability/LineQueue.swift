import Glibc
import Logging

/// Lines on their way to a file descriptor, which a thread of its own writes: whoever logs never waits for the reader
/// of a pipe. A supervisor that is stopped would otherwise stop, once the pipe is full, whatever logs next, and in the
/// store that is the loop that sends heartbeats.
///
/// Bounded: when more bytes wait than ``capacity``, the oldest lines go, because the newest say why a process ends. How
/// many went is said in their place, once lines are taken again. As many bytes again may be with the thread.
package final class LineQueue: @unchecked Sendable {
  // @unchecked: whatever changes is touched with `mutex` held.

  /// The process' standard error.
  package static let standardError = LineQueue(descriptor: STDERR_FILENO)

  /// In bytes.
  package let capacity: Int
  private let descriptor: Int32
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// There is something to write.
  private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Something was written.
  private let progressed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private enum Writer {
    case none, running
    /// The system has no thread left: whoever logs writes, and waits.
    case caller
  }

  private var writer = Writer.none
  private var isWaiting = false
  private var lines: [[UInt8]] = []
  /// Those before it in `lines` were dropped.
  private var head = 0
  private var bytes = 0
  /// Since lines were last taken.
  private var dropped = 0
  /// How many lines came, and up to which of them all are written or dropped.
  private var arrived: UInt64 = 0
  private var finished: UInt64 = 0

  /// - Parameter capacity: how many bytes may wait, a single longer line apart. Default 1 MiB.
  package init(descriptor: Int32, capacity: Int = 1 << 20) {
    self.descriptor = descriptor
    self.capacity = capacity
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(filled, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(progressed, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(progressed)
    pthread_cond_destroy(filled)
    pthread_mutex_destroy(mutex)
    progressed.deallocate()
    filled.deallocate()
    mutex.deallocate()
  }

  /// Queues a line, with its end. Never waits for the descriptor.
  package func append(_ line: [UInt8]) {
    pthread_mutex_lock(mutex)
    if writer == .none { writer = startWriter() ? .running : .caller }
    guard writer == .running else {
      pthread_mutex_unlock(mutex)
      return Self.write(line[...], to: descriptor)
    }
    arrived += 1
    lines.append(line)
    bytes += line.count
    while bytes > capacity, head + 1 < lines.count { dropOldest() }
    let wakes = isWaiting
    isWaiting = false
    pthread_mutex_unlock(mutex)
    if wakes { pthread_cond_signal(filled) }
  }

  private func dropOldest() {
    bytes -= lines[head].count
    lines[head] = []
    head += 1
    dropped += 1
    guard head > 64, head * 2 > lines.count else { return }
    lines.removeSubrange(0..<head)
    head = 0
  }

  /// Waits until all lines that came before are written, or dropped.
  ///
  /// - Parameter timeout: how long at most; nobody may read them at all.
  /// - Returns: whether they are.
  @discardableResult
  package func flush(within timeout: Duration) -> Bool {
    var deadline = timespec()
    clock_gettime(CLOCK_MONOTONIC, &deadline)
    let (seconds, attoseconds) = timeout.components
    let nanoseconds = deadline.tv_nsec + Int(attoseconds / 1_000_000_000)
    deadline.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
    deadline.tv_nsec = nanoseconds % 1_000_000_000
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    let target = arrived
    while finished < target {
      if pthread_cond_timedwait(progressed, mutex, &deadline) == ETIMEDOUT { return finished >= target }
    }
    return true
  }

  // MARK: - The thread

  private func startWriter() -> Bool {
    // Signals are for those threads that expect them; and a pipe that nobody reads any more is an error, not a signal.
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let this = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<LineQueue>.fromOpaque(argument!).takeRetainedValue().writeForEver()
        return nil
      }, this.toOpaque())
    guard code == 0 else {
      this.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private func writeForEver() {
    while true {
      pthread_mutex_lock(mutex)
      while lines.isEmpty {
        isWaiting = true
        pthread_cond_wait(filled, mutex)
      }
      isWaiting = false
      let (batch, lost, last) = (lines[head...], dropped, arrived)
      (lines, head, bytes, dropped) = ([], 0, 0, 0)
      pthread_mutex_unlock(mutex)
      if lost > 0 { Self.write(Array(Self.notice(lost).utf8)[...], to: descriptor) }
      writeInPieces(batch)
      pthread_mutex_lock(mutex)
      finished = last
      pthread_mutex_unlock(mutex)
      pthread_cond_broadcast(progressed)
    }
  }

  private static func notice(_ count: Int) -> String {
    LineLogHandler.line(
      time: LineLogHandler.now(), level: .warning, label: "log",
      message: "lines were dropped: nobody read the standard error", metadata: ["lines": "\(count)"])
  }

  /// Whole lines, in pieces that a pipe takes as one (pipe(7)), so that those of several processes do not mix.
  private func writeInPieces(_ batch: ArraySlice<[UInt8]>) {
    var piece: [UInt8] = []
    for line in batch {
      if !piece.isEmpty, piece.count + line.count > Self.atomicBytes {
        Self.write(piece[...], to: descriptor)
        piece.removeAll(keepingCapacity: true)
      }
      piece += line
    }
    Self.write(piece[...], to: descriptor)
  }

  /// `PIPE_BUF`.
  private static let atomicBytes = 4096

  private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written < 0, errno == EAGAIN {
        // Somebody else who has it has made it one that does not block.
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if written == 0 || errno != EINTR {
        return
      }
    }
  }
}
