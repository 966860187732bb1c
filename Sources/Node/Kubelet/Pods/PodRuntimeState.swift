package import ContainerRuntime

/// What the container runtime has of one pod, as far as the last look at it showed.
package struct PodRuntimeState: Hashable, Sendable {
  package struct Record: Hashable, Sendable {
    package var sandboxID: String
    package var status: ContainerStatus

    package init(sandboxID: String, status: ContainerStatus) {
      self.sandboxID = sandboxID
      self.status = status
    }
  }

  /// The newest attempt first.
  package private(set) var sandboxes: [SandboxStatus]
  /// The newest attempt of a name first.
  package private(set) var containers: [Record]

  package init(sandboxes: [SandboxStatus] = [], containers: [Record] = []) {
    self.sandboxes = sandboxes.sorted {
      ($0.sandbox.metadata.attempt, $0.sandbox.createdAt) > ($1.sandbox.metadata.attempt, $1.sandbox.createdAt)
    }
    self.containers = containers.sorted {
      ($0.status.attempt, $0.status.createdAt, $0.status.id) > ($1.status.attempt, $1.status.createdAt, $1.status.id)
    }
  }

  package var isEmpty: Bool { sandboxes.isEmpty && containers.isEmpty }

  /// The containers of a name, the newest first.
  package func records(of name: String) -> [Record] { containers.filter { $0.status.name == name } }

  package func latest(_ name: String) -> Record? { containers.first { $0.status.name == name } }

  /// Containers that have processes, or may have.
  package var live: [Record] { containers.filter { $0.status.state == .running || $0.status.state == .unknown } }

  /// The sandbox in which containers may be started: the newest, if it runs and has an address (or needs none).
  package func usableSandbox(hostNetwork: Bool) -> SandboxStatus? {
    guard let newest = sandboxes.first, newest.sandbox.isReady, hostNetwork || !newest.addresses.isEmpty else {
      return nil
    }
    return newest
  }
}
