import Metrics
import Synchronization

/// One line, or one histogram, of the exposition.
protocol Series: AnyObject, Sendable {
  func write(name: String, labels: String, to text: inout String)
}

extension Series {
  func line(_ name: String, _ labels: String, _ value: Double, to text: inout String) {
    text += labels.isEmpty ? "\(name) " : "\(name){\(labels)} "
    text += Self.number(value) + "\n"
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}

final class CounterSeries: Series, CounterHandler, FloatingPointCounterHandler {
  private let total = Mutex(0.0)

  func increment(by amount: Int64) { total.withLock { $0 += Double(amount) } }
  func increment(by amount: Double) { total.withLock { $0 += max(0, amount) } }
  func reset() { total.withLock { $0 = 0 } }

  func write(name: String, labels: String, to text: inout String) {
    line(name, labels, total.withLock { $0 }, to: &text)
  }
}

final class GaugeSeries: Series, RecorderHandler, MeterHandler {
  private let current = Mutex(0.0)

  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { current.withLock { $0 = value } }
  func increment(by amount: Double) { current.withLock { $0 += amount } }
  func decrement(by amount: Double) { current.withLock { $0 -= amount } }

  func write(name: String, labels: String, to text: inout String) {
    line(name, labels, current.withLock { $0 }, to: &text)
  }
}

/// How often values fell into each of its buckets, and their sum. From any thread.
package final class HistogramSeries: Series, RecorderHandler, TimerHandler {
  private struct State {
    var counts: [UInt64]
    var sum = 0.0
  }

  private let buckets: [Double]
  /// What one recorded unit is in the exposition's: 1e-9 for nanoseconds shown as seconds.
  private let unit: Double
  private let state: Mutex<State>

  /// - Parameters:
  ///   - buckets: the upper bounds, rising.
  ///   - unit: what one recorded unit is in the exposition's.
  package init(buckets: [Double], unit: Double = 1) {
    self.buckets = buckets
    self.unit = unit
    state = Mutex(State(counts: Array(repeating: 0, count: buckets.count + 1)))
  }

  package func record(_ value: Int64) { observe(Double(value)) }
  package func record(_ value: Double) { observe(value) }
  package func recordNanoseconds(_ duration: Int64) { observe(Double(duration)) }

  private func observe(_ raw: Double) {
    let value = raw * unit
    let bucket = buckets.firstIndex { value <= $0 } ?? buckets.count
    state.withLock { state in
      state.counts[bucket] += 1
      state.sum += value
    }
  }

  func write(name: String, labels: String, to text: inout String) {
    let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
    let prefix = labels.isEmpty ? "" : labels + ","
    var total: UInt64 = 0
    for (index, count) in counts.enumerated() {
      total += count
      let bound = index < buckets.count ? Self.number(buckets[index]) : "+Inf"
      line("\(name)_bucket", "\(prefix)le=\"\(bound)\"", Double(total), to: &text)
    }
    line("\(name)_sum", labels, sum, to: &text)
    line("\(name)_count", labels, Double(total), to: &text)
  }
}
