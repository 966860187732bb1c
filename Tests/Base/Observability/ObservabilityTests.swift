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

  @Test func theProcessKnowsItself() {
    let figures = ProcessFigures.current()
    #expect(figures.residentBytes > 1 << 20)
    #expect(figures.residentAnonymousBytes > 0 && figures.residentAnonymousBytes <= figures.residentBytes)
    #expect(figures.openFiles >= 3)
  }
}
