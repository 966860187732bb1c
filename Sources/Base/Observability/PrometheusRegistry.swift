package import Metrics
import Synchronization

/// A swift-metrics backend that keeps counters, gauges and histograms in memory and writes them in Prometheus'
/// text format, version 0.0.4.
///
/// Names follow Prometheus: dots and dashes of a label become underscores. Durations are observed in seconds, in
/// the buckets of ``defaultBuckets``. A series lives until the process ends; the number of series is bounded by
/// ``largestCount``, after which new ones are counted in `apus_metrics_dropped_total` and not kept.
package final class PrometheusRegistry: MetricsFactory, Sendable {
  /// Upper bounds in seconds: half a millisecond to eight seconds, each twice the one before, as etcd's disk metrics.
  package static let defaultBuckets: [Double] = (0..<14).map { 0.001 * Double(UInt64(1) << UInt64($0)) }
  package static let largestCount = 20_000

  struct Key: Hashable {
    var name: String
    var labels: String
  }

  enum Family: String {
    case counter, gauge, histogram
  }

  struct State {
    var families: [String: Family] = [:]
    var series: [Key: any Series] = [:]
    var dropped = 0
    var help: [String: String] = [:]
  }

  private let state = Mutex(State())
  private let buckets: [Double]

  package init(buckets: [Double] = PrometheusRegistry.defaultBuckets) { self.buckets = buckets }

  /// What is said of a metric; to be called before anybody asks.
  package func describe(_ name: String, _ help: String) { state.withLock { $0.help[name] = help } }

  // MARK: MetricsFactory

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, .counter) { CounterSeries() }
  }

  package func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
    -> any FloatingPointCounterHandler
  {
    series(label, dimensions, .counter) { CounterSeries() }
  }

  package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    if aggregate {
      return series(label, dimensions, .histogram) { HistogramSeries(buckets: buckets, unit: 1) }
    }
    return series(label, dimensions, .gauge) { GaugeSeries() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, .gauge) { GaugeSeries() }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, .histogram) { HistogramSeries(buckets: buckets, unit: 1e-9) }
  }

  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  private func series<Made: Series>(
    _ label: String, _ dimensions: [(String, String)], _ family: Family, _ make: () -> Made
  ) -> Made {
    let key = Key(name: Self.name(label), labels: Self.labels(dimensions))
    return state.withLock { state in
      if let known = state.series[key] as? Made { return known }
      let made = make()
      // A name keeps its first type: two types under one name would make the whole exposition invalid.
      guard state.series.count < Self.largestCount, state.families[key.name, default: family] == family else {
        state.dropped += 1
        return made
      }
      state.families[key.name] = family
      state.series[key] = made
      return made
    }
  }

  // MARK: Exposition

  /// Everything, sorted by name and labels, ready to be served as `text/plain; version=0.0.4`.
  package func exposition() -> String {
    let (families, series, dropped, help) = state.withLock { ($0.families, $0.series, $0.dropped, $0.help) }
    var byName: [String: [(labels: String, series: any Series)]] = [:]
    for (key, value) in series { byName[key.name, default: []].append((key.labels, value)) }
    var text = ""
    for name in byName.keys.sorted() {
      if let help = help[name] { text += "# HELP \(name) \(help)\n" }
      text += "# TYPE \(name) \(families[name, default: .gauge].rawValue)\n"
      for (labels, series) in byName[name, default: []].sorted(by: { $0.labels < $1.labels }) {
        series.write(name: name, labels: labels, to: &text)
      }
    }
    var own = PrometheusText()
    own.value(
      "apus_metrics_dropped_total", .counter, "Series that were not kept, because there are too many.", dropped)
    return text + own.text
  }

  static func name(_ label: String) -> String {
    var name = String(
      label.unicodeScalars.map { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", ":": Character(scalar)
        default: "_"
        }
      })
    if let first = name.first, first.isNumber { name = "_" + name }
    return name
  }

  static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions.map { key, value in
      let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "\(name(key))=\"\(escaped)\""
    }.joined(separator: ",")
  }
}
