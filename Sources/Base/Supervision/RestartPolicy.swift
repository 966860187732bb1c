/// When a child that ended is started again: at once after a long life, else after a delay that doubles.
///
/// Pure: the caller says what time it is.
package struct RestartPolicy: Hashable, Sendable {
  /// The delay after the first early end. Default 200 ms.
  package var firstDelay: Duration = .milliseconds(200)
  /// The longest delay. Default 10 s.
  package var longestDelay: Duration = .seconds(10)
  /// A life at least this long forgives all ends before it. Default 30 s.
  package var steadyAfter: Duration = .seconds(30)

  private var failures = 0

  package init() {}

  /// The delay before the next start of a child that lived for `lifetime`.
  package mutating func delay(afterLifetime lifetime: Duration) -> Duration {
    if lifetime >= steadyAfter { failures = 0 }
    defer { failures += 1 }
    return min(longestDelay, firstDelay * (1 << min(failures, 16)))
  }
}
