package import NIOCore

/// The `grpc-timeout` header: at most eight digits and a unit.
package enum GRPCTimeout {
  /// Longer timeouts than a clock of 64 bits can hold are cut to this: a hundred years.
  static let longest = TimeAmount.hours(100 * 365 * 24)

  /// What a server is told of a timeout: a little more than it is, so that the calls of one kind, each a few
  /// microseconds older than its deadline, all tell the same. A value that never comes twice costs both sides a place
  /// in the connection's table of headers, and drives out what does come again.
  ///
  /// Rounded up: to tenths of a second from a second on, to milliseconds from ten of them on. The client keeps the
  /// deadline to the point itself. What has passed already becomes the smallest timeout.
  package static func rounded(_ timeout: TimeAmount) -> TimeAmount {
    let nanoseconds = max(timeout.nanoseconds, 1)
    let step: Int64 = nanoseconds >= 1_000_000_000 ? 100_000_000 : nanoseconds >= 10_000_000 ? 1_000_000 : 1
    guard nanoseconds <= Int64.max - step else { return .nanoseconds(nanoseconds) }
    return .nanoseconds((nanoseconds + step - 1) / step * step)
  }

  /// Rounded up to the finest unit that fits; what has passed already becomes the smallest timeout.
  package static func encode(_ timeout: TimeAmount) -> String {
    let nanoseconds = max(timeout.nanoseconds, 1)
    for (unit, size) in [("n", Int64(1)), ("u", 1_000), ("m", 1_000_000), ("S", 1_000_000_000)] {
      let count = nanoseconds / size + (nanoseconds % size == 0 ? 0 : 1)
      if count < 100_000_000 { return "\(count)\(unit)" }
    }
    return "\(min(nanoseconds / 3_600_000_000_000 + 1, 99_999_999))H"
  }

  /// Nil when it is not a timeout. Never longer than ``longest``.
  package static func decode(_ text: String) -> TimeAmount? {
    let digits = text.utf8.dropLast()
    guard !digits.isEmpty, digits.count <= 8, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let count = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 48) }
    let size: Int64
    switch text.utf8.last {
    case UInt8(ascii: "n"): size = 1
    case UInt8(ascii: "u"): size = 1_000
    case UInt8(ascii: "m"): size = 1_000_000
    case UInt8(ascii: "S"): size = 1_000_000_000
    case UInt8(ascii: "M"): size = 60_000_000_000
    case UInt8(ascii: "H"): size = 3_600_000_000_000
    default: return nil
    }
    let (product, overflow) = count.multipliedReportingOverflow(by: size)
    return overflow ? Self.longest : min(TimeAmount.nanoseconds(product), Self.longest)
  }
}
