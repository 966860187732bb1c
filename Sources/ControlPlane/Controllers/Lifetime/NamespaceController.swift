package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging

/// Empties namespaces that are being deleted, and lets them go when nothing is left in them.
package final class NamespaceController: Reconciler {
  package let name = "namespace"

  static let finalizer = "kubernetes"

  private let client: ClusterClient
  private let namespaces: Informer<CoreV1.Namespace>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    namespaces = context.informers.informer()
    namespaces.addHandler { change in
      if case .deleted = change { return }
      if change.object.metadata.isTerminating { queue.add(change.object.key) }
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard namespaces.get(key) != nil,
      var namespace = try await client.find(CoreV1.Namespace.self, name: key.name), namespace.metadata.isTerminating,
      namespace.spec.finalizers.contains(Self.finalizer)
    else { return .done }
    if namespace.status.phase != "Terminating" {
      namespace.status.phase = "Terminating"
      namespace = try await client.updateStatus(namespace)
    }

    let remaining = try await empty(key.name)
    if remaining.isEmpty {
      namespace.spec.finalizers.removeAll { $0 == Self.finalizer }
      do { _ = try await client.finalize(namespace) } catch  where error.isNotFound {}
      return .done
    }
    let kinds = remaining.sorted { $0.key < $1.key }.map { "\($0.key) has \($0.value) resource instances" }
    var condition = CoreV1.NamespaceCondition()
    condition.type = "NamespaceContentRemaining"
    condition.status = "True"
    condition.reason = "SomeResourcesRemain"
    condition.message = "Some resources are remaining: \(kinds.joined(separator: ", "))"
    let before = namespace.status.conditions.first { $0.type == condition.type }
    condition.lastTransitionTime = before?.status == "True" ? before?.lastTransitionTime : Time.now()
    if before != condition {
      namespace.status.conditions.removeAll { $0.type == condition.type }
      namespace.status.conditions.append(condition)
      _ = try await client.updateStatus(namespace)
    }
    // Pods take their grace period, others wait for their finalizers: nothing tells us when they are gone.
    return .again(after: .milliseconds(500))
  }

  /// Deletes what is in a namespace; returns how many objects of each resource are still there afterwards.
  private func empty(_ namespace: String) async throws -> [String: Int] {
    var remaining: [String: Int] = [:]
    for served in try await client.servedResources()
    where served.description.namespaced && served.verbs.contains("list") {
      guard served.verbs.contains("delete") else { continue }
      let resource = served.description
      let codec = ObjectCodec.metadata(of: resource)
      let label = resource.group.isEmpty ? resource.plural : "\(resource.plural).\(resource.group)"
      let present = try await client.list(codec, namespace: namespace).items
      guard !present.isEmpty else { continue }
      // What is on its way out already is not deleted again: a second delete may shorten its grace.
      let fresh = present.filter { !$0.metadata.isTerminating }
      if !fresh.isEmpty {
        if served.verbs.contains("deletecollection"), fresh.count == present.count {
          try await client.deleteCollection(resource, namespace: namespace)
        } else {
          for object in fresh {
            do {
              try await client.delete(resource, name: object.metadata.name, namespace: namespace)
            } catch  where error.isNotFound {}
          }
        }
      }
      let left = try await client.list(codec, namespace: namespace).items.count
      if left > 0 { remaining[label] = left }
    }
    return remaining
  }
}
