package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging

/// Puts the cluster's authority into each namespace, where pods' tokens are mounted with it: the config map
/// `kube-root-ca.crt`.
package final class RootAuthorityPublisher: LeaderTask, Reconciler {
  package let name = "root-ca-certificate-publisher"

  package static let configMap = "kube-root-ca.crt"
  private static let file = "ca.crt"
  private static let annotation = "kubernetes.io/description"
  private static let description =
    "The certificate of the authority that vouches for the cluster's API, put here for the pods of this namespace."

  private let client: ClusterClient
  private let namespaces: Informer<CoreV1.Namespace>
  private let maps: Informer<CoreV1.ConfigMap>
  private let queue = WorkQueue<ObjectKey>()
  /// PEM.
  private let authority: String
  private let logger: Logger

  /// - Parameter authority: PEM.
  package init(_ context: ControllerContext, authority: [UInt8]) {
    client = context.client
    logger = context.logger
    self.authority = String(decoding: authority, as: UTF8.self)
    namespaces = context.informers.informer()
    // Of all config maps only these are kept.
    maps = Informer(
      context.client, codec: .followed(), fieldSelector: "metadata.name=\(Self.configMap)", logger: context.logger)
    let queue = queue
    namespaces.addHandler { change in
      if case .deleted = change { return }
      queue.add(change.object.key)
    }
    maps.addHandler { queue.add(ObjectKey(name: $0.object.metadata.namespace)) }
  }

  package func run() async throws {
    defer { queue.shutDown() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [maps] in try await maps.run() }
      try await maps.waitForSync()
      group.addTask { [self] in try await Controller(self, queue: queue, workers: 4, logger: logger).run() }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let namespace = namespaces.get(key), !namespace.metadata.isTerminating,
      namespace.status.phase != "Terminating"
    else { return .done }
    if var map = maps.get(name: Self.configMap, namespace: key.name) {
      let isRight = map.data == [Self.file: authority] && map.metadata.annotations[Self.annotation] != nil
      guard !isRight, !map.metadata.isTerminating else { return .done }
      map.data = [Self.file: authority]
      map.binaryData = [:]
      map.metadata.annotations[Self.annotation] = Self.description
      do { _ = try await client.update(map) } catch  where error.isNotFound || error.isConflict {
        return .again(after: .seconds(1))
      }
      return .done
    }
    var map = CoreV1.ConfigMap(data: [Self.file: authority])
    map.metadata.name = Self.configMap
    map.metadata.namespace = key.name
    map.metadata.annotations[Self.annotation] = Self.description
    do { _ = try await client.create(map) } catch  where error.isAlreadyExists || error.isNotFound {}
    return .done
  }
}
