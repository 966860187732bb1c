package import ClusterClient
package import ControllerKit
import KubernetesAPI

/// Sees to it that each namespace has a service account named "default".
package final class ServiceAccountController: Reconciler {
  package let name = "serviceaccount"

  private let client: ClusterClient
  private let namespaces: Informer<CoreV1.Namespace>
  private let accounts: Informer<CoreV1.ServiceAccount>

  package init(_ context: ControllerContext, queue: WorkQueue<ObjectKey>) {
    client = context.client
    namespaces = context.informers.informer()
    accounts = context.informers.informer()
    namespaces.addHandler { queue.add($0.object.key) }
    accounts.addHandler { change in
      if case .deleted(let account) = change, account.metadata.name == "default" {
        queue.add(ObjectKey(name: account.metadata.namespace))
      }
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let namespace = namespaces.get(key), !namespace.metadata.isTerminating,
      namespace.status.phase != "Terminating", accounts.get(name: "default", namespace: key.name) == nil
    else { return .done }
    var account = CoreV1.ServiceAccount()
    account.metadata.name = "default"
    account.metadata.namespace = key.name
    do { _ = try await client.create(account) } catch  where error.isAlreadyExists || error.isNotFound {}
    return .done
  }
}
