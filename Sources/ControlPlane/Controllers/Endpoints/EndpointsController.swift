package import ClusterClient
package import ControllerKit
import KubernetesAPI

/// Keeps a Service's Endpoints object in line with its pods, for those who do not read endpoint slices.
package final class EndpointsController: Reconciler {
  package let name = "endpoints"

  private let client: ClusterClient
  private let services: Informer<CoreV1.Service>
  private let pods: Informer<CoreV1.Pod>
  private let endpoints: Informer<CoreV1.Endpoints>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    services = context.informers.informer()
    pods = context.informers.informer()
    endpoints = context.informers.informer()
    services.addHandler { queue.add($0.object.key) }
    endpoints.addHandler { change in
      // Objects that people or the front-ends write are none of ours.
      guard change.object.metadata.labels[EndpointsRules.managerLabel] == EndpointsRules.manager else { return }
      queue.add(change.object.key)
    }
    ServicePods.enqueue(pods: pods, services: services, queue: queue)
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    let existing = endpoints.get(key)
    guard let service = services.get(key), !service.metadata.isTerminating else {
      guard let existing, existing.metadata.labels[EndpointsRules.managerLabel] == EndpointsRules.manager else {
        return .done
      }
      var options = MetaV1.DeleteOptions()
      options.preconditions = MetaV1.Preconditions(uid: existing.metadata.uid)
      do {
        try await client.delete(CoreV1.Endpoints.self, name: key.name, namespace: key.namespace, options: options)
      } catch  where error.isNotFound || error.isConflict {}
      return .done
    }
    guard EndpointRules.selector(service) != nil else { return .done }
    let selected = pods.list(namespace: key.namespace).filter { EndpointRules.selects(service, $0.metadata.labels) }
    let desired = EndpointsRules.desired(service, pods: selected, existing: existing)
    if existing == nil {
      _ = try await client.create(desired)
    } else if desired != existing {
      _ = try await client.update(desired)
    }
    return .done
  }
}
