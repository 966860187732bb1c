/// Figures by metric and participant, in the order in which they came.
package struct Series {
  private var order: [String] = []
  private var figures: [String: [String: [Double]]] = [:]

  package init() {}

  package mutating func add(_ participant: String, _ metric: String, _ value: Double) {
    if figures[metric] == nil { order.append(metric) }
    figures[metric, default: [:]][participant, default: []].append(value)
  }

  /// Adds what is asked for, and the latencies.
  package mutating func add(_ participant: String, _ load: Load, _ metrics: KeyValuePairs<String, (Load) -> Double>) {
    for (metric, figure) in metrics { add(participant, metric, figure(load)) }
    add(participant, "p50, ms", load.latency(50))
    add(participant, "p99, ms", load.latency(99))
  }

  package func rows(_ subject: String) -> [Report.Row] { order.map { .init(subject, $0, figures[$0] ?? [:]) } }
}
