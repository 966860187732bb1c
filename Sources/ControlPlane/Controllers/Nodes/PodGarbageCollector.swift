import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules

/// Removes pods that nobody else can: those bound to nodes that no longer exist, those that were deleted before they
/// were bound, those on nodes that an operator has declared out of service, and finished ones beyond a bound.
package final class PodGarbageCollector: LeaderTask {
  /// The taint by which an operator vouches that a node is off.
  static let outOfService = "node.kubernetes.io/out-of-service"

  private let client: ClusterClient
  private let nodes: Informer<CoreV1.Node>
  private let pods: Informer<CoreV1.Pod>
  private let period: Duration
  private let quarantine: Duration
  private let finishedLimit: Int
  private let logger: Logger

  /// `quarantine`: how long a node has to be missing; it may only be registering anew. `finishedLimit`: finished pods
  /// that are kept.
  package init(
    _ context: ControllerContext, period: Duration = .seconds(2), quarantine: Duration = .seconds(10),
    finishedLimit: Int = 12_500
  ) {
    client = context.client
    nodes = context.informers.informer()
    pods = context.informers.informer()
    self.period = period
    self.quarantine = quarantine
    self.finishedLimit = finishedLimit
    var logger = context.logger
    logger[metadataKey: "controller"] = "pod-garbage-collector"
    self.logger = logger
  }

  package func run() async throws {
    let clock = ContinuousClock()
    var missingSince: [String: ContinuousClock.Instant] = [:]
    while true {
      try await clock.sleep(for: period)
      do { try await sweep(&missingSince, now: clock.now) } catch {
        try Task.checkCancellation()
        logger.warning("sweep failed", metadata: ["error": "\(error)"])
      }
    }
  }

  private func sweep(_ missingSince: inout [String: ContinuousClock.Instant], now: ContinuousClock.Instant) async throws
  {
    let all = pods.list()
    let missing = Set(all.map(\.spec.nodeName)).filter { !$0.isEmpty && nodes.get(name: $0) == nil }
    missingSince = missingSince.filter { missing.contains($0.key) }
    var gone: Set<String> = []
    for name in missing {
      let since = missingSince[name] ?? now
      missingSince[name] = since
      // The cache may be behind: only the API's word counts.
      if now - since >= quarantine, try await client.find(CoreV1.Node.self, name: name) == nil { gone.insert(name) }
    }
    for pod in all {
      if gone.contains(pod.spec.nodeName) {
        try await remove(pod, "its node is gone")
      } else if pod.isTerminating, pod.spec.nodeName.isEmpty {
        try await remove(pod, "it was never bound")
      } else if pod.isTerminating, let node = nodes.get(name: pod.spec.nodeName), !node.isReady,
        node.spec.taints.contains(where: { $0.key == Self.outOfService })
      {
        try await remove(pod, "its node is out of service")
      }
    }
    let finished = all.filter { $0.isFinished && !$0.isTerminating }
    guard finished.count > finishedLimit else { return }
    let oldest = finished.sorted {
      ($0.metadata.creationTimestamp?.secondsSinceEpoch ?? 0) < ($1.metadata.creationTimestamp?.secondsSinceEpoch ?? 0)
    }
    for pod in oldest.prefix(finished.count - finishedLimit) {
      try await remove(pod, "there are too many finished pods")
    }
  }

  private func remove(_ pod: CoreV1.Pod, _ why: String) async throws {
    var options = MetaV1.DeleteOptions()
    options.gracePeriodSeconds = 0
    options.preconditions = MetaV1.Preconditions(uid: pod.metadata.uid)
    do {
      try await client.delete(
        CoreV1.Pod.self, name: pod.metadata.name, namespace: pod.metadata.namespace, options: options)
      logger.info("pod removed", metadata: ["pod": "\(pod.key)", "because": "\(why)"])
    } catch  where error.isNotFound || error.isConflict {}
  }
}
