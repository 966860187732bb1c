package import KubernetesAPI

package enum ProbeKind: String, Hashable, Sendable, CaseIterable { case startup, liveness, readiness }

/// How one probe ended.
package enum ProbeOutcome: Hashable, Sendable {
  case success
  case failure(String)
}

/// One probe of one container: counts outcomes against the thresholds and says when the next is due. Pure.
/// Times are nanoseconds since the container's start.
package struct ProbeMachine: Hashable, Sendable {
  package let kind: ProbeKind
  package let period: Int64
  package let timeout: Int64
  private let initialDelay: Int64
  private let successThreshold: Int32
  private let failureThreshold: Int32
  private var successes: Int32 = 0
  private var failures: Int32 = 0
  /// What the probe says now. Before its first outcome, readiness and startup say no, liveness says yes.
  package private(set) var verdict: Bool
  /// The last failure's text.
  package private(set) var lastFailure = ""

  package init(kind: ProbeKind, probe: CoreV1.Probe) {
    func seconds(_ value: Int32, least: Int32) -> Int64 { Int64(max(value, least)) * nanosecondsPerSecond }
    self.kind = kind
    period = seconds(probe.periodSeconds == 0 ? 10 : probe.periodSeconds, least: 1)
    timeout = seconds(probe.timeoutSeconds, least: 1)
    initialDelay = seconds(probe.initialDelaySeconds, least: 0)
    successThreshold = max(1, probe.successThreshold)
    failureThreshold = probe.failureThreshold <= 0 ? 3 : probe.failureThreshold
    verdict = kind == .liveness
  }

  /// When the first probe is due.
  package var firstDue: Int64 { initialDelay }

  /// Whether more probes are wanted: a startup probe ends with its verdict, and so does a liveness probe that said no.
  package var isFinished: Bool {
    switch kind {
    case .startup: verdict || hasFailed
    case .liveness: !verdict
    case .readiness: false
    }
  }

  /// The container must be killed.
  package var hasFailed: Bool {
    switch kind {
    case .startup: failures >= failureThreshold
    case .liveness: !verdict
    case .readiness: false
    }
  }

  /// Takes an outcome. Returns whether the verdict, or the wish to kill, changed.
  package mutating func record(_ outcome: ProbeOutcome) -> Bool {
    guard !isFinished else { return false }
    let before = (verdict, hasFailed)
    switch outcome {
    case .success:
      failures = 0
      successes += successes < successThreshold ? 1 : 0
      if successes >= successThreshold { verdict = true }
    case .failure(let text):
      successes = 0
      failures += failures < failureThreshold ? 1 : 0
      lastFailure = text
      if failures >= failureThreshold { verdict = false }
    }
    return (verdict, hasFailed) != before
  }
}
