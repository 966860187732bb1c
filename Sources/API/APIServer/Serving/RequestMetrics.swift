import HTTPServer
import Metrics
import Observability
import Synchronization

/// Counts and times requests, under the names that Kubernetes' dashboards know.
final class RequestMetrics: Sendable {
  private struct Key: Hashable {
    var verb: String
    var group: String
    var version: String
    var resource: String
    var subresource: String
    var code: Int
  }

  private let factory: any MetricsFactory
  private let counters = Mutex<[Key: Counter]>([:])
  private let timers = Mutex<[Key: Timer]>([:])
  private let gauges: @Sendable () -> [(label: String, value: Int)]
  private let exposed: @Sendable () -> String

  /// - Parameters:
  ///   - gauges: numbers of the moment, read when metrics are asked for.
  ///   - exposition: everything in Prometheus' text format.
  init(
    factory: any MetricsFactory = Observability.metrics,
    gauges: @escaping @Sendable () -> [(label: String, value: Int)] = { [] },
    exposition: @escaping @Sendable () -> String = { Observability.exposition() }
  ) {
    self.factory = factory
    self.gauges = gauges
    self.exposed = exposition
  }

  func record(_ info: RequestInfo, code: Int, since started: ContinuousClock.Instant) {
    // Paths and names come from clients: only what is served may become a label, the rest counts as one.
    let known = info.isResource && code != 404
    let key = Key(
      verb: info.verb.uppercased(), group: known ? info.group : "", version: known ? info.version : "",
      resource: known ? info.resource : "", subresource: known ? info.subresource : "", code: code)
    let labels = [
      ("verb", key.verb), ("group", key.group), ("version", key.version), ("resource", key.resource),
      ("subresource", key.subresource),
    ]
    let counter = counters.withLock { counters -> Counter? in
      if let counter = counters[key] { return counter }
      guard counters.count < 10_000 else { return nil }
      let counter = Counter(
        label: "apiserver_request_total", dimensions: labels + [("code", String(code))], factory: factory)
      counters[key] = counter
      return counter
    }
    counter?.increment()
    // A watch lasts as long as its client likes: its duration says nothing about the server.
    guard info.verb != "watch" else { return }
    var timed = key
    timed.code = 0
    let timer = timers.withLock { timers -> Timer? in
      if let timer = timers[timed] { return timer }
      guard timers.count < 2_000 else { return nil }
      let timer = Timer(label: "apiserver_request_duration_seconds", dimensions: labels, factory: factory)
      timers[timed] = timer
      return timer
    }
    let duration = (ContinuousClock.now - started).components
    timer?.recordNanoseconds(duration.seconds * 1_000_000_000 + duration.attoseconds / 1_000_000_000)
  }

  func exposition() -> String {
    for gauge in gauges() { Gauge(label: gauge.label, dimensions: [], factory: factory).record(gauge.value) }
    return exposed()
  }
}
