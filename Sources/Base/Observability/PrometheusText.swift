/// Builds text for `/metrics` (Prometheus' text format, version 0.0.4) from figures that are kept elsewhere and read when
/// somebody asks: such figures cost nothing in between.
package struct PrometheusText: Sendable {
  package enum Kind: String, Sendable {
    case counter, gauge, histogram
  }

  package private(set) var text = ""
  private var name = ""

  package init() {}

  /// Begins a family: all samples up to the next one are its.
  package mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    let help = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// One sample of the family.
  package mutating func sample(_ value: Double, _ labels: [(String, String)] = []) {
    let labels = PrometheusRegistry.labels(labels)
    text += (labels.isEmpty ? "\(name) " : "\(name){\(labels)} ") + HistogramSeries.number(value) + "\n"
  }

  /// A family with one sample.
  package mutating func value(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
    family(name, kind, help)
    sample(Double(value))
  }

  /// The samples of one histogram of the family.
  package mutating func histogram(_ histogram: HistogramSeries, _ labels: [(String, String)] = []) {
    histogram.write(name: name, labels: PrometheusRegistry.labels(labels), to: &text)
  }
}

extension PrometheusRegistry {
  /// `count` upper bounds, the first at `start`, each `factor` times the one before.
  package static func buckets(from start: Double, factor: Double, count: Int) -> [Double] {
    var bounds = [start]
    while bounds.count < count { bounds.append(bounds[bounds.count - 1] * factor) }
    return bounds
  }
}
