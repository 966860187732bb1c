package import ClusterClient
package import ControllerKit
import KubernetesAPI
import PodRules

/// Keeps a Service's endpoint slices in line with its pods.
package final class EndpointSliceController: Reconciler {
  package let name = "endpointslice"

  private static let serviceIndex = "service"

  private let client: ClusterClient
  private let services: Informer<CoreV1.Service>
  private let pods: Informer<CoreV1.Pod>
  private let slices: Informer<DiscoveryV1.EndpointSlice>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    services = context.informers.informer()
    pods = context.informers.informer()
    slices = context.informers.informer()
    slices.addIndex(Self.serviceIndex) { slice in
      guard slice.metadata.labels[EndpointSliceRules.managerLabel] == EndpointSliceRules.manager,
        let service = slice.metadata.labels[EndpointSliceRules.serviceLabel]
      else { return [] }
      return ["\(slice.metadata.namespace)/\(service)"]
    }
    services.addHandler { queue.add($0.object.key) }
    slices.addHandler { change in
      // Somebody else's change is put right; our own finds nothing to do.
      guard let service = change.object.metadata.labels[EndpointSliceRules.serviceLabel] else { return }
      queue.add(ObjectKey(namespace: change.object.metadata.namespace, name: service))
    }
    ServicePods.enqueue(pods: pods, services: services, queue: queue)
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    let existing = slices.list(index: Self.serviceIndex, value: key.description)
    guard let service = services.get(key), !service.metadata.isTerminating else {
      for slice in existing { try await delete(slice) }
      return .done
    }
    guard EndpointRules.selector(service) != nil else { return .done }
    let selected = pods.list(namespace: key.namespace).filter { EndpointRules.selects(service, $0.metadata.labels) }
    let plan = EndpointSliceRules.plan(service, pods: selected, existing: existing)
    // What serves comes first, what does not goes last.
    for slice in plan.create { _ = try await client.create(slice) }
    for slice in plan.update { _ = try await client.update(slice) }
    for slice in plan.delete { try await delete(slice) }
    return .done
  }

  private func delete(_ slice: DiscoveryV1.EndpointSlice) async throws {
    var options = MetaV1.DeleteOptions()
    options.preconditions = MetaV1.Preconditions(uid: slice.metadata.uid)
    do {
      try await client.delete(
        DiscoveryV1.EndpointSlice.self, name: slice.metadata.name, namespace: slice.metadata.namespace, options: options
      )
    } catch  where error.isNotFound || error.isConflict {}
  }
}

/// Finding the Services that a pod's change concerns.
enum ServicePods {
  static func enqueue(
    pods: Informer<CoreV1.Pod>, services: Informer<CoreV1.Service>, queue: WorkQueue<ObjectKey>
  ) {
    pods.addHandler { change in
      let pod = change.object
      var before: CoreV1.Pod?
      if case .updated(let old, _) = change {
        before = old
        if !matters(old, pod) { return }
      }
      for service in services.list(namespace: pod.metadata.namespace)
      where EndpointRules.selects(service, pod.metadata.labels)
        || before.map({ EndpointRules.selects(service, $0.metadata.labels) }) ?? false
      { queue.add(service.key) }
    }
  }

  /// Whether two states of a pod can differ as endpoints.
  private static func matters(_ old: CoreV1.Pod, _ new: CoreV1.Pod) -> Bool {
    old.isReady != new.isReady || old.isTerminating != new.isTerminating || old.status.phase != new.status.phase
      || old.status.podIPs != new.status.podIPs || old.status.podIP != new.status.podIP
      || old.metadata.labels != new.metadata.labels || old.spec.nodeName != new.spec.nodeName
      || old.metadata.uid != new.metadata.uid || old.spec.hostname != new.spec.hostname
  }
}
