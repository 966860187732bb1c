import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules

/// How soon dead nodes are noticed, and what then becomes of their pods.
package struct NodeLifecycleOptions: Sendable, Equatable {
  /// How often nodes are looked at. Default 500 ms.
  package var period: Duration
  /// How long a node may be silent before its condition is Unknown. Default 10 s.
  package var gracePeriod: Duration
  /// Tolerations of not-ready and unreachable nodes of exactly 300 s, which is what admission adds by Kubernetes'
  /// default to pods that name none, count as this long instead. `nil`: as they say.
  package var defaultToleration: Duration?
  /// The namespace of the nodes' Leases.
  package var leaseNamespace: String

  package init(
    period: Duration = .milliseconds(500), gracePeriod: Duration = .seconds(10), defaultToleration: Duration? = nil,
    leaseNamespace: String = "kube-node-lease"
  ) {
    self.period = period
    self.gracePeriod = gracePeriod
    self.defaultToleration = defaultToleration
    self.leaseNamespace = leaseNamespace
  }
}

/// Notices nodes that have fallen silent, tells so in their conditions and taints, takes their pods out of service, and
/// evicts pods from nodes whose taints they do not tolerate (for any longer).
///
/// An evicted pod of a dead node stays "terminating" until its node is back or is deleted: nobody can tell whether it
/// still runs. Its replica set replaces it at once all the same.
package final class NodeLifecycleController: LeaderTask {
  private let client: ClusterClient
  private let recorder: EventSource
  private let options: NodeLifecycleOptions
  private let nodes: Informer<CoreV1.Node>
  private let leases: Informer<CoordinationV1.Lease>
  private let pods: Informer<CoreV1.Pod>
  private let logger: Logger

  package init(_ context: ControllerContext, options: NodeLifecycleOptions) {
    client = context.client
    recorder = context.recorder.source("node-controller")
    self.options = options
    nodes = context.informers.informer()
    leases = context.informers.informer()
    pods = context.informers.informer()
    PodNodeIndex.add(to: pods)
    var logger = context.logger
    logger[metadataKey: "controller"] = "node-lifecycle"
    self.logger = logger
  }

  /// What is remembered from one look to the next.
  private struct Memory {
    var health: NodeHealthMonitor
    /// When a node was first seen with a taint that evicts.
    var taintedSince: [String: Duration] = [:]
  }

  package func run() async throws {
    let clock = ContinuousClock()
    let origin = clock.now
    var memory = Memory(health: NodeHealthMonitor(grace: options.gracePeriod))
    while true {
      try await clock.sleep(for: options.period)
      await look(&memory, now: clock.now - origin)
    }
  }

  private func look(_ memory: inout Memory, now: Duration) async {
    let all = nodes.list().sorted { $0.metadata.name < $1.metadata.name }
    let names = Set(all.map(\.metadata.name))
    memory.health.keep(names)
    memory.taintedSince = memory.taintedSince.filter { names.contains($0.key) }

    for node in all {
      let lease = leases.get(name: node.metadata.name, namespace: options.leaseNamespace)
      memory.health.observe(
        node.metadata.name, renewTime: lease?.spec.renewTime,
        heartbeat: node.condition("Ready")?.lastHeartbeatTime, now: now)
    }
    await check(all.filter { memory.health.isSuspect($0.metadata.name, now: now) }, &memory.health, now: now)
    let silent = names.filter { memory.health.isSilent($0, now: now) }

    // When no node at all is heard of, it is more likely that we cannot hear than that all have died.
    let deaf = !silent.isEmpty && silent.count == names.count && names.count > 1
    for node in all {
      do {
        let current = try await settle(node, silent: silent.contains(node.metadata.name))
        try await evict(from: current, &memory, now: now, paused: deaf)
      } catch {
        // The next look tries again, with what the cache says then.
        if !error.isConflict, !error.isNotFound, !Task.isCancelled {
          logger.warning(
            "node not settled", metadata: ["node": "\(node.metadata.name)", "error": "\(error)"])
        }
      }
    }
  }

  /// Asks the API for the Leases of nodes that seem silent: it may be the cache that is behind.
  private func check(_ suspects: [CoreV1.Node], _ health: inout NodeHealthMonitor, now: Duration) async {
    enum Answer: Sendable {
      case lease(CoordinationV1.Lease?)
      case none
    }
    let answers = await withTaskGroup(of: (CoreV1.Node, Answer).self) { group in
      for node in suspects {
        group.addTask { [client, options] in
          let lease = try? await withDeadline(.seconds(2)) {
            Answer.lease(
              try await client.find(
                CoordinationV1.Lease.self, name: node.metadata.name, namespace: options.leaseNamespace))
          }
          return (node, lease ?? .none)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for (node, answer) in answers {
      let name = node.metadata.name
      guard case .lease(let lease) = answer else {
        // Who cannot reach the API cannot tell who is dead.
        health.couldNotCheck(name)
        continue
      }
      health.observe(
        name, renewTime: lease?.spec.renewTime, heartbeat: node.condition("Ready")?.lastHeartbeatTime, now: now)
      health.checked(name, now: now)
    }
  }

  /// Brings conditions and taints in line, and takes a silent node's pods out of service.
  private func settle(_ node: CoreV1.Node, silent: Bool) async throws -> CoreV1.Node {
    var current = node
    let wall = Time.now()
    if silent {
      let conditions = NodeLifecycleRules.silenced(current.status.conditions, now: wall)
      if conditions != current.status.conditions {
        current.status.conditions = conditions
        current = try await client.updateStatus(current)
        logger.notice("node is silent", metadata: ["node": "\(node.metadata.name)"])
        recorder.record(
          current, .normal, reason: "NodeNotReady", message: "Node \(node.metadata.name) status is now: NodeNotReady")
      }
    }
    let taints = NodeLifecycleRules.taints(current, now: wall)
    if taints != current.spec.taints {
      current.spec.taints = taints
      current = try await client.update(current)
    }
    if current.condition("Ready")?.status == "Unknown" { try await takeOutOfService(current, now: wall) }
    return current
  }

  private func takeOutOfService(_ node: CoreV1.Node, now: Time) async throws {
    for pod in pods.list(index: PodNodeIndex.name, value: node.metadata.name) where pod.isReady {
      var changed = pod
      changed.status.conditions.set("Ready", "False", reason: "NodeNotReady", now: now)
      do { _ = try await client.updateStatus(changed) } catch  where error.isNotFound || error.isConflict {}
    }
  }

  private func evict(
    from node: CoreV1.Node, _ memory: inout Memory, now: Duration, paused: Bool
  ) async throws {
    let name = node.metadata.name
    let taints = node.spec.taints.filter { $0.effect == TaintEffect.noExecute }
    guard !taints.isEmpty else {
      memory.taintedSince[name] = nil
      return
    }
    if paused { memory.taintedSince[name] = now }
    let since = memory.taintedSince[name] ?? now
    memory.taintedSince[name] = since
    for pod in pods.list(index: PodNodeIndex.name, value: name) where pod.isActive {
      switch shortened(pod.spec.tolerations).stay(on: taints) {
      case .unlimited: continue
      case .limited(let seconds) where now - since < .seconds(seconds): continue
      case .limited, .evicted: break
      }
      if paused { continue }
      var options = MetaV1.DeleteOptions()
      options.preconditions = MetaV1.Preconditions(uid: pod.metadata.uid)
      do {
        try await client.delete(
          CoreV1.Pod.self, name: pod.metadata.name, namespace: pod.metadata.namespace, options: options)
        recorder.record(
          pod, .normal, reason: "TaintManagerEviction", message: "Marking for deletion Pod \(pod.key)")
      } catch  where error.isNotFound || error.isConflict {}
    }
  }

  private func shortened(_ tolerations: [CoreV1.Toleration]) -> [CoreV1.Toleration] {
    guard let override = options.defaultToleration else { return tolerations }
    return tolerations.map { toleration in
      var toleration = toleration
      if [WellKnownTaint.notReady, WellKnownTaint.unreachable].contains(toleration.key),
        toleration.effect == TaintEffect.noExecute, toleration.operator == "Exists", toleration.tolerationSeconds == 300
      {
        toleration.tolerationSeconds = override.components.seconds
      }
      return toleration
    }
  }
}

/// Looking pods up by their node.
enum PodNodeIndex {
  static let name = "node"

  static func add(to informer: Informer<CoreV1.Pod>) {
    informer.addIndex(name) { pod in pod.spec.nodeName.isEmpty ? [] : [pod.spec.nodeName] }
  }
}
