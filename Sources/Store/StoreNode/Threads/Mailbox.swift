import Glibc

/// A queue between threads: any thread posts, one thread takes all that has gathered. Handing over a batch at a time
/// is what makes one disk sync, one message and one apply serve everything that waited.
///
/// It has no bound of its own: each kind of message is bounded where it comes from (proposals and reads under way by
/// the replica's limits, peers' messages by Raft's windows, watches by their streams' queues).
final class Mailbox<Message: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Guarded by `mutex`.
  private var messages: [Message] = []
  private var isWaiting = false
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Queues a message; dropped once the mailbox is closed.
  func post(_ message: Message) {
    pthread_mutex_lock(mutex)
    if !isClosed { messages.append(message) }
    let wakes = isWaiting
    isWaiting = false
    pthread_mutex_unlock(mutex)
    // Not under the lock, for which the woken thread would only wait again; and once, however many messages come
    // before it runs.
    if wakes { pthread_cond_signal(condition) }
  }

  /// Waits for messages, at most until `deadline` on the monotonic clock.
  ///
  /// - Returns: all that wait, in order; empty at the deadline; nil once the mailbox is closed and empty.
  func take(until deadline: MonotonicTime? = nil) -> [Message]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while messages.isEmpty {
      if isClosed { return nil }
      if let deadline {
        // The past is a wish not to wait.
        if deadline.nanoseconds == 0 { break }
        isWaiting = true
        var time = deadline.timespec
        if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
      } else {
        isWaiting = true
        pthread_cond_wait(condition, mutex)
      }
    }
    isWaiting = false
    defer { messages = [] }
    return messages
  }

  /// Lets ``take(until:)`` return nil once everything is taken.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}

/// A moment on the clock that never jumps, in nanoseconds.
struct MonotonicTime: Comparable, Sendable {
  var nanoseconds: UInt64

  static var now: MonotonicTime {
    var time = Glibc.timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return MonotonicTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
  }

  static func + (time: MonotonicTime, milliseconds: Int) -> MonotonicTime {
    MonotonicTime(nanoseconds: time.nanoseconds + UInt64(milliseconds) * 1_000_000)
  }

  static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

  var timespec: Glibc.timespec {
    Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}

/// The wall clock in milliseconds since 1970.
func wallClockMilliseconds() -> UInt64 {
  var time = Glibc.timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec / 1_000_000)
}
