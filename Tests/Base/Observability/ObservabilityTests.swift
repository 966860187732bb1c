import Metrics
import Observability
import Testing

@Suite struct ObservabilityTests {
  @Test func countersGaugesAndHistogramsAreExposed() {
    let registry = PrometheusRegistry(buckets: [0.001, 0.01])
    Counter(label: "etcd.requests-total", dimensions: [("code", "200"), ("path", "a\"b\n")], factory: registry)
      .increment(by: 3)
    Gauge(label: "leader", factory: registry).record(1)
    let timer = Timer(label: "sync_seconds", factory: registry)
    timer.recordNanoseconds(500_000)
    timer.recordNanoseconds(5_000_000)
    timer.recordNanoseconds(50_000_000)
    let text = registry.exposition()
    for line in [
      "# TYPE etcd_requests_total counter", #"etcd_requests_total{code="200",path="a\"b\n"} 3"#,
      "# TYPE leader gauge", "leader 1", "# TYPE sync_seconds histogram", #"sync_seconds_bucket{le="0.001"} 1"#,
      #"sync_seconds_bucket{le="0.01"} 2"#, #"sync_seconds_bucket{le="+Inf"} 3"#, "sync_seconds_count 3",
    ] { #expect(text.contains(line + "\n"), "\(line) in \(text)") }
  }

  @Test func aSeriesIsOneThing() {
    let registry = PrometheusRegistry()
    Counter(label: "x", factory: registry).increment()
    Counter(label: "x", factory: registry).increment()
    Gauge(label: "x", factory: registry).record(9)
    let text = registry.exposition()
    #expect(text.contains("\nx 2\n") || text.hasPrefix("# TYPE x counter\nx 2\n"))
    #expect(text.contains("apus_metrics_dropped_total 1\n"))
  }

  @Test func familiesAreExplained() {
    let registry = PrometheusRegistry()
    registry.describe("x", "What x counts.")
    Counter(label: "x", factory: registry).increment()
    #expect(registry.exposition().contains("# HELP x What x counts.\n# TYPE x counter\nx 1\n"))
    var text = PrometheusText()
    text.family("y", .gauge, "Two\nlines \\ and more.")
    text.sample(1.5, [("of", "a\"b")])
    text.family("z", .histogram, "A histogram.")
    let histogram = HistogramSeries(buckets: PrometheusRegistry.buckets(from: 1, factor: 2, count: 2))
    histogram.record(1.5)
    text.histogram(histogram, [("of", "c")])
    #expect(
      text.text == """
        # HELP y Two\\nlines \\\\ and more.
        # TYPE y gauge
        y{of="a\\"b"} 1.5
        # HELP z A histogram.
        # TYPE z histogram
        z_bucket{of="c",le="1"} 0
        z_bucket{of="c",le="2"} 1
        z_bucket{of="c",le="+Inf"} 1
        z_sum{of="c"} 1.5
        z_count{of="c"} 1

        """)
  }

  @Test func theProcessKnowsItself() {
    let figures = ProcessFigures.current()
    #expect(figures.residentBytes > 1 << 20)
    #expect(figures.residentAnonymousBytes > 0 && figures.residentAnonymousBytes <= figures.residentBytes)
    #expect(figures.openFiles >= 3 && figures.maximumFiles >= figures.openFiles)
    #expect(figures.virtualBytes >= figures.residentBytes && figures.startTime > 1_600_000_000)
  }
}
