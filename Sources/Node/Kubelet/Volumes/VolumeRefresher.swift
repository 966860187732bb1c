import KubernetesAPI

/// Keeps the files of running pods up to date: tokens that are to be renewed, config maps, secrets and fields of the
/// pod that have changed. What a container has as a variable, or mounted with a subPath, stays as it began.
package struct VolumeRefresher: Sendable {
  private let manager: PodManager
  private let actions: PodActions
  private let tokens: TokenStore
  /// How often. A change is seen after this time at the latest.
  private let interval: Duration

  package init(manager: PodManager, actions: PodActions, tokens: TokenStore, interval: Duration = .seconds(30)) {
    self.manager = manager
    self.actions = actions
    self.tokens = tokens
    self.interval = interval
  }

  /// Runs until it is cancelled.
  package func run() async throws {
    while true {
      try await Task.sleep(for: interval)
      await refresh()
    }
  }

  /// One round over all pods.
  package func refresh() async {
    tokens.keep(await manager.uids)
    for pod in await manager.pods where Self.changes(pod) {
      if Task.isCancelled { return }
      await actions.refreshVolumes(of: pod)
    }
  }

  /// Whether there are files in a pod's volumes, and somebody who reads them: init containers do while it is pending.
  private static func changes(_ pod: CoreV1.Pod) -> Bool {
    guard pod.metadata.deletionTimestamp == nil, !["Succeeded", "Failed"].contains(pod.status.phase) else {
      return false
    }
    return pod.spec.volumes.contains {
      $0.configMap != nil || $0.secret != nil || $0.projected != nil || $0.downwardAPI != nil
    }
  }
}
