package import ContainerRuntime

/// Looks at the runtime on behalf of the pods' workers.
package struct RuntimeView: Sendable {
  /// What identifies a pod of which only the runtime knows.
  package struct Identity: Hashable, Sendable {
    package var uid: String
    package var name: String
    package var namespace: String
    /// As it was noted on the sandbox; 30 s where it was not.
    package var gracePeriod: Int64
  }

  /// The state in short: enough to see whether a pod's full state must be fetched again.
  package struct Summary: Hashable, Sendable {
    package var identity: Identity
    package var sandboxes: [String: Bool] = [:]
    package var containers: [String: ContainerState] = [:]
  }

  private let runtime: any ContainerRuntime
  private let statuses = StatusCache()

  package init(runtime: any ContainerRuntime) { self.runtime = runtime }

  /// All pods that the runtime knows of, by uid. Two calls, whatever their number.
  package func relist() async throws(RuntimeError) -> [String: Summary] {
    // Sandboxes last: a container seen in the first list then always has its sandbox in the second.
    let containers = try await runtime.listContainers(labels: [:])
    let sandboxes = try await runtime.listPodSandboxes(labels: [:])
    var result: [String: Summary] = [:]
    for sandbox in sandboxes {
      let uid = sandbox.metadata.uid
      guard !uid.isEmpty, sandbox.labels[RuntimeLabels.podUID] == uid else { continue }  // somebody else's
      result[
        uid,
        default: Summary(
          identity: Identity(
            uid: uid, name: sandbox.metadata.name, namespace: sandbox.metadata.namespace, gracePeriod: 30))
      ].sandboxes[sandbox.id] = sandbox.isReady
    }
    for container in containers {
      guard let uid = container.labels[RuntimeLabels.podUID] else { continue }
      let identity = Identity(
        uid: uid, name: container.labels[RuntimeLabels.podName] ?? "",
        namespace: container.labels[RuntimeLabels.podNamespace] ?? "", gracePeriod: 30)
      result[uid, default: Summary(identity: identity)].containers[container.id] = container.state
    }
    return result
  }

  /// A pod's full state. Ended containers do not change, so that their status is fetched once.
  package func state(of uid: String) async throws(RuntimeError) -> PodRuntimeState {
    let labels = [RuntimeLabels.podUID: uid]
    let containers = try await runtime.listContainers(labels: labels)
    var records: [PodRuntimeState.Record] = []
    for container in containers {
      if container.state == .exited, let known = statuses.get(container.id) {
        records.append(PodRuntimeState.Record(sandboxID: container.sandboxID, status: known))
        continue
      }
      do {
        let status = try await runtime.containerStatus(container.id)
        if status.state == .exited { statuses.put(status) }
        records.append(PodRuntimeState.Record(sandboxID: container.sandboxID, status: status))
      } catch {
        // Removed between the two calls.
        if error.code != .notFound { throw error }
      }
    }
    var sandboxes: [SandboxStatus] = []
    for sandbox in try await runtime.listPodSandboxes(labels: labels) {
      do {
        sandboxes.append(try await runtime.podSandboxStatus(sandbox.id))
      } catch {
        if error.code != .notFound { throw error }
      }
    }
    statuses.forget(of: uid, except: Set(containers.map(\.id)))
    return PodRuntimeState(sandboxes: sandboxes, containers: records)
  }
}
