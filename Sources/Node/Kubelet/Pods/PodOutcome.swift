import ContainerRuntime
package import KubernetesAPI
import PodRules

package enum RestartPolicy: Hashable, Sendable {
  case always, onFailure, never

  package init(_ text: String) {
    switch text {
    case "OnFailure": self = .onFailure
    case "Never": self = .never
    default: self = .always
    }
  }

  package func restarts(exitCode: Int32) -> Bool {
    switch self {
    case .always: true
    case .onFailure: exitCode != 0
    case .never: false
    }
  }
}

extension CoreV1.Container {
  /// Changes with what a running container cannot take over: its image is the one thing of a container that an update
  /// may change.
  package var restartHash: String {
    // FNV-1a, 64 bits: stable over restarts of the kubelet, which Swift's own hash values are not.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in [UInt8](name.utf8) + [0] + [UInt8](image.utf8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

extension CoreV1.Pod {
  package var restartPolicy: RestartPolicy { RestartPolicy(spec.restartPolicy) }

  /// Seconds between the stop signal and the end by force: a number to reckon with, whatever the specification says.
  package var gracePeriod: Int64 { GracePeriod.bounded(spec.terminationGracePeriodSeconds ?? 30) }

  /// The last published status of a container.
  package func containerStatus(_ name: String) -> CoreV1.ContainerStatus? {
    status.containerStatuses.first { $0.name == name } ?? status.initContainerStatuses.first { $0.name == name }
  }
}

/// Whether a pod's containers have done what they were there for, by their exit codes and the restart policy.
package struct PodOutcome: Hashable, Sendable {
  /// Nothing will be started again.
  package var isFinal: Bool
  /// Meaningful when final: at least one container failed.
  package var hasFailed: Bool

  package init(pod: CoreV1.Pod, runtime: PodRuntimeState) {
    isFinal = false
    hasFailed = false
    let policy = pod.restartPolicy
    guard policy != .always else { return }
    if policy == .never {
      for container in pod.spec.initContainers where !container.isSidecar {
        if let record = runtime.latest(container.name), record.status.state == .exited, record.status.exitCode != 0 {
          isFinal = true
          hasFailed = true
          return
        }
      }
    }
    guard !pod.spec.containers.isEmpty else { return }
    for container in pod.spec.containers {
      guard let record = runtime.latest(container.name), record.status.state == .exited,
        !policy.restarts(exitCode: record.status.exitCode)
      else { return }
      if record.status.exitCode != 0 { hasFailed = true }
    }
    isFinal = true
  }
}
