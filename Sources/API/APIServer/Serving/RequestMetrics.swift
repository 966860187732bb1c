import HTTPServer
import Metrics
import Observability
import Synchronization

/// Counts and times requests, under the names that Kubernetes' dashboards know.
final class RequestMetrics: Sendable {
  /// What requests are counted apart by. The verb is as requests have it: its label is in upper case.
  private struct Key: Hashable {
    var verb: String
    var group: String
    var version: String
    var resource: String
    var subresource: String
    var code: Int
    var isConnect: Bool
  }

  /// What one kind of request is counted and timed by; nil where there are too many already.
  private struct Series: Sendable {
    var counter: Counter?
    var timer: Timer?
  }

  private struct State {
    var series: [Key: Series] = [:]
    /// By the key without its code: requests are timed together whatever came of them.
    var timers: [Key: Timer] = [:]
  }

  /// The verbs that labels may have: of other methods there are as many as clients make up.
  private static let verbs: Set<String> = [
    "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "head", "options", "post", "put",
  ]

  private let factory: any MetricsFactory
  private let state = Mutex(State())
  private let gauges: @Sendable () -> [(label: String, value: Int)]
  private let exposed: @Sendable () -> String
  private let isServed: @Sendable (RequestInfo) -> Bool

  /// - Parameters:
  ///   - gauges: numbers of the moment, read when metrics are asked for.
  ///   - isServed: whether there is what a request is about; asked of those that were refused.
  ///   - exposition: everything in Prometheus' text format.
  init(
    factory: any MetricsFactory = Observability.metrics,
    gauges: @escaping @Sendable () -> [(label: String, value: Int)] = { [] },
    isServed: @escaping @Sendable (RequestInfo) -> Bool = { _ in true },
    exposition: @escaping @Sendable () -> String = { Observability.exposition() }
  ) {
    self.factory = factory
    self.gauges = gauges
    self.exposed = exposition
    self.isServed = isServed
  }

  func record(_ info: RequestInfo, code: Int, since started: ContinuousClock.Instant) {
    // Paths and names come from clients: only what is served may become a label, the rest counts as one. Who is not
    // known at all is refused before anybody looks at what is served.
    let known = info.isResource && code != 404 && (code < 400 || isServed(info))
    let verb = code < 400 || Self.verbs.contains(info.verb) ? info.verb : "other"
    let isConnect = ConnectKind(info) != nil && info.subresource != "log"
    let key = Key(
      verb: isConnect ? "CONNECT" : verb, group: known ? info.group : "", version: known ? info.version : "",
      resource: known ? info.resource : "", subresource: known ? info.subresource : "", code: code,
      isConnect: isConnect)
    let series = state.withLock { state -> Series in
      if let series = state.series[key] { return series }
      return makeSeries(key, &state)
    }
    series.counter?.increment()
    guard let timer = series.timer else { return }
    let duration = (ContinuousClock.now - started).components
    timer.recordNanoseconds(duration.seconds * 1_000_000_000 + duration.attoseconds / 1_000_000_000)
  }

  /// The first request of its kind: labels are put together here, once.
  private func makeSeries(_ key: Key, _ state: inout State) -> Series {
    let labels = [
      ("verb", key.verb.uppercased()), ("group", key.group), ("version", key.version),
      ("resource", key.resource), ("subresource", key.subresource),
    ]
    var series = Series()
    // A watch or a tunnel lasts as long as its client likes: its duration says nothing about the server.
    if key.verb != "watch", !key.isConnect {
      var timed = key
      timed.code = 0
      if let timer = state.timers[timed] {
        series.timer = timer
      } else if state.timers.count < 2_000 {
        let timer = Timer(label: "apiserver_request_duration_seconds", dimensions: labels, factory: factory)
        state.timers[timed] = timer
        series.timer = timer
      }
    }
    guard state.series.count < 10_000 else { return series }
    series.counter = Counter(
      label: "apiserver_request_total", dimensions: labels + [("code", String(key.code))], factory: factory)
    state.series[key] = series
    return series
  }

  func exposition() -> String {
    for gauge in gauges() { Gauge(label: gauge.label, dimensions: [], factory: factory).record(gauge.value) }
    return exposed()
  }
}
