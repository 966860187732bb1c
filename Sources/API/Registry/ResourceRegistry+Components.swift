import KubernetesAPI

/// What is served of the control plane's own parts.
extension ResourceRegistry {
  /// Whether a resource is asked for at the moment of a request instead of stored.
  func isComputed(_ target: Target) -> Bool {
    // Not `is`, which costs every read a search for conformances.
    type(of: target.kind.rules) == ComponentStatusKind.self
  }

  /// The parts in the order of their names: the store, which is always asked, and those that the environment knows.
  func components(_ target: Target) async throws(APIError) -> [StoredObject] {
    var parts = await environment.componentHealth()
    parts.append(await storeHealth())
    var objects: [StoredObject] = []
    for part in parts.sorted(by: { $0.name < $1.name }) {
      let status = CoreV1.ComponentStatus(
        metadata: MetaV1.ObjectMeta(name: part.name),
        conditions: [
          CoreV1.ComponentCondition(
            type: "Healthy", status: part.isHealthy ? "True" : "False", message: part.message, error: part.error)
        ])
      let target = target.named(part.name)
      objects.append(
        try store.served(
          store.encode(status), key: target.key, revision: cache.gate.revision, createRevision: 0, target))
    }
    return objects
  }

  private func storeHealth() async -> ComponentHealth {
    do {
      _ = try await store.storage.currentRevision()
      return ComponentHealth(name: "etcd-0", isHealthy: true, message: "ok")
    } catch {
      return ComponentHealth(name: "etcd-0", isHealthy: false, error: error.message)
    }
  }
}
