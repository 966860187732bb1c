import ClusterClient
import KubernetesAPI

/// Looking objects up by the uid of their controller.
enum OwnerIndex {
  static let name = "controller-uid"

  static func add<T: KubernetesObject>(to informer: Informer<T>) {
    informer.addIndex(name) { object in object.metadata.controller.map { [$0.uid] } ?? [] }
  }
}

/// Taking objects over and letting go of them.
enum Ownership {
  /// Makes `owner` the controller of an object that has none. `nil`: the object is gone, or somebody was faster, or the
  /// owner is not what the cache says any more.
  static func adopt<Owner: KubernetesObject, T: KubernetesObject>(
    _ object: T, by owner: Owner, _ client: ClusterClient
  ) async throws -> T? {
    // The cache may be behind: an owner that is being deleted, or is another by now, must not take anything over.
    guard
      let fresh = try await client.find(
        Owner.self, name: owner.metadata.name, namespace: owner.metadata.namespace),
      fresh.metadata.uid == owner.metadata.uid, !fresh.metadata.isTerminating
    else { return nil }
    var changed = object
    changed.metadata.ownerReferences.append(owner.ownerReference())
    do { return try await client.update(changed) } catch  where error.isNotFound || error.isConflict { return nil }
  }

  /// Takes the reference to `owner` away from an object.
  static func release<T: KubernetesObject>(
    _ object: T, by owner: MetaV1.ObjectMeta, _ client: ClusterClient
  ) async throws {
    var changed = object
    changed.metadata.ownerReferences.removeAll { $0.uid == owner.uid }
    do { _ = try await client.update(changed) } catch  where error.isNotFound || error.isConflict {}
  }
}
