/// Exponential back-off with jitter. Pure: randomness comes from the caller's generator.
package struct Backoff: Sendable {
  package var initial: Duration
  package var maximum: Duration
  /// How much may be added on top, as a share of the delay.
  package var jitter: Double
  private var exponent = 0

  package init(initial: Duration = .milliseconds(50), maximum: Duration = .seconds(5), jitter: Double = 0.5) {
    self.initial = initial
    self.maximum = maximum
    self.jitter = jitter
  }

  /// The next delay; each is twice the one before, up to the maximum, plus jitter.
  package mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    var delay = initial
    for _ in 0..<exponent where delay < maximum { delay = delay * 2 }
    if delay < maximum { exponent += 1 }
    delay = min(delay, maximum)
    return delay + delay * (Double.random(in: 0..<1, using: &generator) * jitter)
  }

  /// Begins anew, after a success.
  package mutating func reset() { exponent = 0 }
}
