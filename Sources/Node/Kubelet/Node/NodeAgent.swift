package import ClusterClient
package import ContainerRuntime
import JSONDocument
package import KubernetesAPI
package import Logging
import Synchronization

/// Speaks for the node in the API: registers it, keeps its status true, renews its Lease.
package struct NodeAgent: Sendable {
  package struct Timing: Sendable {
    /// How often the Lease is renewed. Default 10 s; the lab's fast profile: 1 s.
    package var renew: Duration = .seconds(10)
    /// The Lease's length as it is written; others decide by their own clocks. Default 40 s.
    package var leaseDuration: Int32 = 40
    /// How often the runtime's health is looked at. A change is written at once. Default 1 s.
    package var check: Duration = .seconds(1)
    /// How often the status is written although nothing changed. Default 1 min.
    package var report: Duration = .seconds(60)

    package init() {}
  }

  private let client: ClusterClient
  private let runtime: any ContainerRuntime
  private let builder: NodeStatusBuilder
  private let timing: Timing
  private let reports: SharedSchedule
  private let logger: Logger

  /// What the status' loop and the Lease's know of each other.
  private final class SharedSchedule: Sendable {
    let schedule: Mutex<NodeReportSchedule>
    init(_ schedule: NodeReportSchedule) { self.schedule = Mutex(schedule) }
  }

  package init(
    client: ClusterClient, runtime: any ContainerRuntime, builder: NodeStatusBuilder, timing: Timing, logger: Logger
  ) {
    self.client = client
    self.runtime = runtime
    self.builder = builder
    self.timing = timing
    self.reports = SharedSchedule(NodeReportSchedule(every: timing.report))
    self.logger = logger
  }

  // MARK: Node

  private func health() async -> NodeStatusBuilder.RuntimeHealth {
    do {
      return NodeStatusBuilder.RuntimeHealth(
        version: try await runtime.version(), conditions: try await runtime.conditions())
    } catch {
      return NodeStatusBuilder.RuntimeHealth(error: error.description)
    }
  }

  /// Registers the node, or takes it up as it is and sets its labels. Tries until it succeeds or is cancelled.
  package func register() async throws -> CoreV1.Node {
    var delay = Duration.milliseconds(100)
    while true {
      do {
        return try await registerOnce()
      } catch {
        try Task.checkCancellation()
        logger.warning("node not registered", metadata: ["error": "\(error)"])
      }
      try await Task.sleep(for: delay)
      delay = min(delay * 2, .seconds(3))
    }
  }

  private func registerOnce() async throws -> CoreV1.Node {
    if let node: CoreV1.Node = try await client.find(name: builder.name) {
      if builder.ownLabels.allSatisfy({ node.metadata.labels[$0.key] == $0.value }) { return node }
      var labels = JSONObject()
      for (name, value) in builder.ownLabels { labels[name] = .string(value) }
      let patch = JSONValue.object(["metadata": .object(["labels": .object(labels)])]).jsonBytes
      return try await client.patch(name: builder.name, patch: .merge(patch))
    }
    let node = builder.node(runtime: await health(), images: [], now: .now())
    let created = try await client.create(node)
    logger.info("node registered", metadata: ["node": "\(builder.name)"])
    return created
  }

  /// Keeps the node's status true until it is cancelled. A node that somebody deleted is registered again.
  package func keepStatus() async throws {
    while true {
      let health = await health()
      let images = (try? await runtime.listImages()) ?? []
      if reports.schedule.withLock({ $0.isDue(health, images: images.count, now: .now) }) {
        reports.schedule.withLock { $0.begins(health, images: images.count, now: .now) }
        do {
          try await writeStatus(health, images)
        } catch {
          try Task.checkCancellation()
          logger.warning("node status not written", metadata: ["error": "\(error)"])
          reports.schedule.withLock { $0.failed() }
        }
      }
      try await Task.sleep(for: timing.check)
    }
  }

  private func writeStatus(_ health: NodeStatusBuilder.RuntimeHealth, _ images: [ImageInfo]) async throws {
    var node: CoreV1.Node
    if let found: CoreV1.Node = try await client.find(name: builder.name) {
      node = found
    } else {
      node = try await registerOnce()
    }
    // With the version that was read: a condition that the controller sets meanwhile (Unknown, for instance) is not
    // lost, the write fails, and the next round reads anew.
    node.status = builder.status(old: node.status, runtime: health, images: images, now: .now())
    _ = try await client.updateStatus(node)
  }

  // MARK: Lease

  /// Renews the node's Lease until it is cancelled. Renewals are due at fixed intervals; one that fails is tried again
  /// soon.
  package func keepLease() async throws {
    var lease: CoordinationV1.Lease?
    while true {
      let start = ContinuousClock.now
      var wait = timing.renew
      do {
        // A front-end that is silent must not keep the renewal from another one: the attempt is given up and made anew.
        let known = lease
        lease = try await withDeadline(max(timing.renew * 2, .seconds(1))) { try await renew(known) }
        reports.schedule.withLock { $0.leaseRenewed() }
      } catch {
        try Task.checkCancellation()
        reports.schedule.withLock { $0.leaseFailed() }
        logger.warning("lease not renewed", metadata: ["error": "\(error)"])
        lease = nil
        wait = min(wait, .milliseconds(200))
      }
      let rest = wait - start.duration(to: .now)
      if rest > .zero { try await Task.sleep(for: rest) } else { await Task.yield() }
    }
  }

  private static let namespace = "kube-node-lease"

  /// The renewed Lease; nil, with nothing written, while there is neither a Lease nor a Node to own one.
  private func renew(_ known: CoordinationV1.Lease?) async throws -> CoordinationV1.Lease? {
    var lease: CoordinationV1.Lease
    if let known {
      lease = known
    } else {
      // Looked up each time that the Lease is taken up: a Node that was deleted and registered again has another uid,
      // and a Lease with a dead owner would be collected as garbage.
      let node: CoreV1.Node? = try await client.find(name: builder.name)
      if let found: CoordinationV1.Lease = try await client.find(name: builder.name, namespace: Self.namespace) {
        lease = found
      } else {
        guard node != nil else { return nil }
        lease = CoordinationV1.Lease()
        lease.metadata.name = builder.name
        lease.metadata.namespace = Self.namespace
      }
      if let node { lease.metadata.ownerReferences = [ownership(by: node)] }
    }
    lease.spec.holderIdentity = builder.name
    lease.spec.leaseDurationSeconds = timing.leaseDuration
    lease.spec.renewTime = .now()
    return lease.metadata.resourceVersion.isEmpty ? try await client.create(lease) : try await client.update(lease)
  }

  private func ownership(by node: CoreV1.Node) -> MetaV1.OwnerReference {
    var owner = MetaV1.OwnerReference()
    owner.apiVersion = "v1"
    owner.kind = "Node"
    owner.name = node.metadata.name
    owner.uid = node.metadata.uid
    return owner
  }
}
