import Glibc

/// A share of a thread's time for long work that others must not feel: after each piece it rests for a multiple of what
/// the piece took.
///
/// On a processor, or a disk, that has nothing else to do, the work takes so many times longer; on a busy one its pieces
/// take longer, and so do the rests.
struct Pace {
  /// A piece that took longer than this, in nanoseconds, has waited for something else than itself.
  private static let longestPiece: UInt64 = 100_000_000

  private let rest: UInt64
  /// When the next piece may begin.
  private(set) var next = MonotonicTime(nanoseconds: 0)

  /// - Parameter rest: how many times as long as a piece the rest after it is.
  init(rest: UInt64) { self.rest = rest }

  /// Whether the next piece may begin now.
  var isDue: Bool { MonotonicTime.now >= next }

  /// A piece that began at `start` is done.
  mutating func worked(since start: MonotonicTime) {
    let now = MonotonicTime.now
    let taken = min(now.nanoseconds - start.nanoseconds, Self.longestPiece)
    next = MonotonicTime(nanoseconds: now.nanoseconds + taken * rest)
  }

  /// For a thread that does nothing else: waits as long as it has to after the piece that began at `start`.
  ///
  /// - Returns: when the next piece begins.
  mutating func rest(after start: MonotonicTime) -> MonotonicTime {
    worked(since: start)
    var until = next.timespec
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nil) == EINTR {}
    return .now
  }
}
