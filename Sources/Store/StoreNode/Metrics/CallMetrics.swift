import EtcdAPI
import GRPC
import Observability
import Synchronization

/// The calls of the etcd API, under the names of gRPC's interceptor for Prometheus, which etcd uses.
final class CallMetrics: Sendable {
  private let methods: [String: Method]
  private let receivedBytes = Atomic<UInt64>(0)
  private let sentBytes = Atomic<UInt64>(0)
  /// Prometheus' default ones, which the interceptor has.
  private static let buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// - Parameter methods: the served paths, and whether each is a stream.
  init(_ served: [(path: String, isStream: Bool)]) {
    var methods: [String: Method] = [:]
    for (path, isStream) in served { methods[path] = Method(path, isStream: isStream) }
    self.methods = methods
  }

  /// For ``GRPCServerConfiguration/observers``.
  var observers: [String: any GRPCCallObserver] {
    methods.mapValues { Observer(method: $0, all: self) }
  }

  final class Method: Sendable {
    let labels: [(String, String)]
    let started = Atomic<UInt64>(0)
    let received = Atomic<UInt64>(0)
    let sent = Atomic<UInt64>(0)
    /// By code.
    let ended = Mutex([UInt64](repeating: 0, count: GRPCStatusCode.allCases.count))
    let seconds = HistogramSeries(buckets: CallMetrics.buckets, unit: 1e-9)

    init(_ path: String, isStream: Bool) {
      let parts = path.split(separator: "/")
      let (service, method) = (String(parts.first ?? ""), String(parts.last ?? ""))
      let isServerStream = path == EtcdCall.Maintenance.snapshot || path == EtcdCall.Health.watch
      let kind = isStream ? (isServerStream ? "server_stream" : "bidi_stream") : "unary"
      labels = [("grpc_method", method), ("grpc_service", service), ("grpc_type", kind)]
    }
  }

  private final class Observer: GRPCCallObserver {
    let method: Method
    let all: CallMetrics

    init(method: Method, all: CallMetrics) {
      self.method = method
      self.all = all
    }

    func started() { method.started.add(1, ordering: .relaxed) }
    func received(bytes: Int) { all.receivedBytes.add(UInt64(bytes), ordering: .relaxed) }
    func sent(bytes: Int) { all.sentBytes.add(UInt64(bytes), ordering: .relaxed) }
    func receivedMessage() { method.received.add(1, ordering: .relaxed) }
    func sentMessage() { method.sent.add(1, ordering: .relaxed) }

    func ended(_ code: GRPCStatusCode, nanoseconds: Int64) {
      method.ended.withLock { $0[code.rawValue] += 1 }
      method.seconds.record(nanoseconds)
    }
  }

  func write(to text: inout PrometheusText) {
    let methods = methods.sorted { $0.key < $1.key }.map(\.value)
    text.value(
      "etcd_network_client_grpc_received_bytes_total", .counter, "Bytes received from clients.",
      receivedBytes.load(ordering: .relaxed))
    text.value(
      "etcd_network_client_grpc_sent_bytes_total", .counter, "Bytes sent to clients.",
      sentBytes.load(ordering: .relaxed))
    text.family("grpc_server_started_total", .counter, "Calls that have begun.")
    for method in methods { text.sample(Double(method.started.load(ordering: .relaxed)), method.labels) }
    text.family("grpc_server_handled_total", .counter, "Calls that have ended, whatever came of them.")
    for method in methods {
      let counts = method.ended.withLock { $0 }
      for code in GRPCStatusCode.allCases where counts[code.rawValue] > 0 || code == .ok {
        text.sample(Double(counts[code.rawValue]), [("grpc_code", code.name)] + method.labels)
      }
    }
    text.family("grpc_server_msg_received_total", .counter, "Messages received from clients.")
    for method in methods { text.sample(Double(method.received.load(ordering: .relaxed)), method.labels) }
    text.family("grpc_server_msg_sent_total", .counter, "Messages sent to clients.")
    for method in methods { text.sample(Double(method.sent.load(ordering: .relaxed)), method.labels) }
    text.family("grpc_server_handling_seconds", .histogram, "How long calls took, streams from end to end, in seconds.")
    for method in methods where method.started.load(ordering: .relaxed) > 0 {
      text.histogram(method.seconds, method.labels)
    }
  }
}

extension GRPCStatusCode {
  /// As gRPC writes it.
  fileprivate var name: String {
    switch self {
    case .ok: "OK"
    case .cancelled: "Canceled"
    case .unknown: "Unknown"
    case .invalidArgument: "InvalidArgument"
    case .deadlineExceeded: "DeadlineExceeded"
    case .notFound: "NotFound"
    case .alreadyExists: "AlreadyExists"
    case .permissionDenied: "PermissionDenied"
    case .resourceExhausted: "ResourceExhausted"
    case .failedPrecondition: "FailedPrecondition"
    case .aborted: "Aborted"
    case .outOfRange: "OutOfRange"
    case .unimplemented: "Unimplemented"
    case .internalError: "Internal"
    case .unavailable: "Unavailable"
    case .dataLoss: "DataLoss"
    case .unauthenticated: "Unauthenticated"
    }
  }
}
