package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging

/// Gives each node its range of pod addresses, once and for all (`spec.podCIDR`).
///
/// Ranges cannot clash: one worker assigns them, from a list read from the API for each assignment, and writes over the
/// version it has read.
package final class NodeRangeController: Reconciler {
  package let name = "node-range"

  private let client: ClusterClient
  private let recorder: EventSource
  private let nodes: Informer<CoreV1.Node>
  private let ranges: PodRanges
  private let preferred: [String: String]

  /// `preferred`: ranges by node name that are given if they are free, so that a cluster file can fix them.
  package init(
    _ context: ControllerContext, ranges: PodRanges, preferred: [String: String] = [:], queue: WorkQueue<ObjectKey>
  ) {
    client = context.client
    recorder = context.recorder.source("cidrAllocator")
    nodes = context.informers.informer()
    self.ranges = ranges
    self.preferred = preferred
    nodes.addHandler { change in
      if case .deleted = change { return }
      if change.object.spec.podCIDR.isEmpty { queue.add(change.object.key) }
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let cached = nodes.get(key), cached.spec.podCIDR.isEmpty else { return .done }
    let all = try await client.list(CoreV1.Node.self).items
    guard var node = all.first(where: { $0.metadata.name == key.name }), node.spec.podCIDR.isEmpty else { return .done }
    // What the cluster file fixes for others is not given away while they are not there yet.
    let reserved = preferred.filter { $0.key != key.name }.map(\.value)
    let used = all.flatMap { $0.spec.podCIDRs + [$0.spec.podCIDR] }
    let range = ranges.free(used: used + reserved, preferred: preferred[key.name]) ?? ranges.free(used: used)
    guard let range else {
      recorder.record(node, .warning, reason: "CIDRNotAvailable", message: "No pod address range is left")
      return .again(after: .seconds(30))
    }
    node.spec.podCIDR = range
    node.spec.podCIDRs = [range]
    _ = try await client.update(node)
    return .done
  }
}
