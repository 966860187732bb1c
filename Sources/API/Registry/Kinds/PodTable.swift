import JSONDocument
import KubernetesAPI

/// A pod's row: what its state comes to in one word, as `kubectl get pods` shows it.
enum PodTable {
  static func cells(_ pod: CoreV1.Pod, now: Int64) -> [JSONValue] {
    let summary = summarize(pod)
    var restarts = "\(summary.restarts)"
    if summary.restarts > 0, let last = summary.lastRestart {
      restarts += " (\(HumanDuration.text(seconds: now - last.secondsSinceEpoch)) ago)"
    }
    let gates = pod.spec.readinessGates
    let open = gates.filter { gate in
      pod.status.conditions.contains { $0.type == gate.conditionType && $0.status == "True" }
    }
    return [
      .string(pod.metadata.name), .string("\(summary.ready)/\(summary.total)"), .string(summary.reason),
      .string(restarts), TableCells.age(pod.metadata, now),
      TableCells.text(pod.status.podIPs.first?.ip ?? pod.status.podIP),
      TableCells.text(pod.spec.nodeName), TableCells.text(pod.status.nominatedNodeName),
      gates.isEmpty ? "<none>" : .string("\(open.count)/\(gates.count)"),
    ]
  }

  private struct Summary {
    var ready = 0
    var total = 0
    var restarts: Int32 = 0
    var lastRestart: Time?
    /// The same of the containers that start first and go on beside the others.
    var sidecarRestarts: Int32 = 0
    var lastSidecarRestart: Time?
    var reason = ""

    mutating func count(_ status: CoreV1.ContainerStatus) {
      restarts += status.restartCount
      Self.note(status, &lastRestart)
    }

    mutating func countSidecar(_ status: CoreV1.ContainerStatus) {
      sidecarRestarts += status.restartCount
      Self.note(status, &lastSidecarRestart)
    }

    private static func note(_ status: CoreV1.ContainerStatus, _ last: inout Time?) {
      guard let finished = status.lastState.terminated?.finishedAt, last.map({ $0 < finished }) ?? true else { return }
      last = finished
    }
  }

  private static func summarize(_ pod: CoreV1.Pod) -> Summary {
    var summary = Summary()
    summary.total = pod.spec.containers.count
    summary.reason = pod.status.reason.isEmpty ? pod.status.phase : pod.status.reason
    if pod.status.conditions.contains(where: { $0.type == "PodScheduled" && $0.reason == "SchedulingGated" }) {
      summary.reason = "SchedulingGated"
    }
    let initializing = countInitContainers(pod, &summary)
    if !initializing || pod.status.conditions.contains(where: { $0.type == "Initialized" && $0.status == "True" }) {
      countContainers(pod, &summary)
    }
    if pod.metadata.deletionTimestamp != nil {
      if pod.status.reason == "NodeLost" {
        summary.reason = "Unknown"
      } else if pod.status.phase != "Succeeded", pod.status.phase != "Failed" {
        summary.reason = "Terminating"
      }
    }
    return summary
  }

  /// Returns whether an init container is still to be waited for; the reason says which.
  private static func countInitContainers(_ pod: CoreV1.Pod, _ summary: inout Summary) -> Bool {
    let sidecars = Set(pod.spec.initContainers.filter { $0.restartPolicy == "Always" }.map(\.name))
    summary.total += sidecars.count
    for (index, status) in pod.status.initContainerStatuses.enumerated() {
      summary.count(status)
      if sidecars.contains(status.name) { summary.countSidecar(status) }
      if let terminated = status.state.terminated, terminated.exitCode == 0 { continue }
      if sidecars.contains(status.name), status.started == true {
        if status.ready { summary.ready += 1 }
        continue
      }
      if let terminated = status.state.terminated {
        summary.reason = "Init:" + ended(terminated)
      } else if let waiting = status.state.waiting, !waiting.reason.isEmpty, waiting.reason != "PodInitializing" {
        summary.reason = "Init:" + waiting.reason
      } else {
        summary.reason = "Init:\(index)/\(pod.spec.initContainers.count)"
      }
      return true
    }
    return false
  }

  private static func countContainers(_ pod: CoreV1.Pod, _ summary: inout Summary) {
    summary.restarts = summary.sidecarRestarts
    summary.lastRestart = summary.lastSidecarRestart
    var runs = false
    for status in pod.status.containerStatuses.reversed() {
      summary.count(status)
      if let waiting = status.state.waiting, !waiting.reason.isEmpty {
        summary.reason = waiting.reason
      } else if let terminated = status.state.terminated {
        summary.reason = ended(terminated)
      } else if status.ready, status.state.running != nil {
        runs = true
        summary.ready += 1
      }
    }
    if summary.reason == "Completed", runs {
      let ready = pod.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
      summary.reason = ready ? "Running" : "NotReady"
    }
  }

  private static func ended(_ state: CoreV1.ContainerStateTerminated) -> String {
    if !state.reason.isEmpty { return state.reason }
    return state.signal != 0 ? "Signal:\(state.signal)" : "ExitCode:\(state.exitCode)"
  }
}
