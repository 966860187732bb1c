import Glibc
package import Logging
import Metrics
import Synchronization

/// Sets logging and metrics up for a whole process: once, by the tool, before any component starts.
///
/// Components are handed a logger and a metrics factory and never make one.
package enum Observability {
  private static let started = Atomic(false)

  /// The process' metrics, as `/metrics` serves them.
  package static let metrics = PrometheusRegistry()

  /// - Parameter level: what is written at least.
  package static func bootstrap(level: Logger.Level = .info) {
    guard started.exchange(true, ordering: .sequentiallyConsistent) == false else { return }
    LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level) }
    MetricsSystem.bootstrap(metrics)
    atexit { Observability.flushLog() }
  }

  /// Waits until what was logged is written, for a second at most: before a process says by itself why it ends, and at
  /// every `exit(3)`. What ends a process otherwise (a failed precondition, a signal) may cost the lines of the last
  /// moment; the runtime's own message about a failed precondition is written at once.
  package static func flushLog() { LineQueue.standardError.flush(within: .seconds(1)) }

  /// `/metrics` of this process: its series and the process' own figures as Prometheus' client libraries name them.
  package static func exposition() -> String { metrics.exposition() + ProcessFigures.current().text }
}
