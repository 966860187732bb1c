// What every benchmark of Apus shares: rounds and their medians, tables, processes that are ended in any case, and
// what the kernel says about a process. The benchmarks themselves are in `apus-bench`.

/// Middle values and ranks. Pure.
package enum Statistics {
  /// The middle value; of an even number, the mean of the two in the middle. NaN when there is none.
  package static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The smallest value that at least `percent` of all do not exceed (the nearest rank). NaN when there is none.
  ///
  /// - Parameter percent: above 0, at most 100.
  package static func percentile(_ percent: Double, ofSorted values: [Int64]) -> Double {
    guard !values.isEmpty else { return .nan }
    let rank = Int((percent / 100 * Double(values.count)).rounded(.up))
    return Double(values[min(max(rank, 1), values.count) - 1])
  }

  /// How much `first` is of `second`: the median of the quotients round by round when both have as many rounds, so
  /// that what disturbs a whole round disturbs both; else the quotient of the medians.
  package static func ratio(_ first: [Double], to second: [Double]) -> Double {
    guard first.count == second.count else { return median(first) / median(second) }
    return median(zip(first, second).map { $0 / $1 })
  }
}

/// Numbers as people read them. Pure.
package enum Figures {
  /// Three digits or more: 12,345; 123; 12.3; 1.23; 0.123; nothing at all is 0. A dash for what is not a number.
  package static func text(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "-" }
    guard value != 0 else { return "0" }
    let size = abs(value)
    let decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int64((size * scale).rounded())
    let whole = grouped(scaled / Int64(scale))
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard decimals > 0 else { return sign + whole }
    let fraction = String(scaled % Int64(scale))
    return sign + whole + "." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// A size in whole units: 256 B, 4 KiB, 1 MiB.
  package static func bytes(_ count: Int) -> String {
    for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)] where count > 0 && count % size == 0 {
      return "\(count / size) \(unit)"
    }
    return "\(count) B"
  }

  private static func grouped(_ value: Int64) -> String {
    let digits = Array(String(value))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
