import ContainerRuntime
import Synchronization

/// The statuses of ended containers, by id.
final class StatusCache: Sendable {
  private let statuses = Mutex<[String: ContainerStatus]>([:])

  func get(_ id: String) -> ContainerStatus? { statuses.withLock { $0[id] } }

  func put(_ status: ContainerStatus) { statuses.withLock { $0[status.id] = status } }

  /// Drops a pod's containers that are gone.
  func forget(of uid: String, except ids: Set<String>) {
    statuses.withLock { statuses in
      statuses = statuses.filter { $0.value.labels[RuntimeLabels.podUID] != uid || ids.contains($0.key) }
    }
  }
}
