import ContainerRuntime
package import KubernetesAPI
import Synchronization

/// Probes the running containers of all pods. A task a probe; the verdicts are read by anybody at any time.
package final class ProbeManager: Sendable {
  /// A verdict of this pod changed.
  package typealias Change = @Sendable (_ uid: String) -> Void
  /// A probe failed; for an event.
  package typealias Report = @Sendable (_ pod: CoreV1.Pod, _ message: String) -> Void

  private struct Key: Hashable {
    var containerID: String
    var kind: ProbeKind
  }

  private struct Entry {
    var uid: String
    var machine: ProbeMachine
    var task: Task<Void, Never>?
  }

  private struct State {
    var probes: [Key: Entry] = [:]
    /// The containers that are probed, with their grace periods for the case that they fail.
    var graces: [Key: Int64] = [:]
  }

  private let handlers: HandlerRunner
  private let changed: Change
  private let report: Report
  private let state = Mutex(State())

  package init(handlers: HandlerRunner, changed: @escaping Change, report: @escaping Report = { _, _ in }) {
    self.handlers = handlers
    self.changed = changed
    self.report = report
  }

  /// Brings the probes in line with a pod's running containers: begins what is missing, ends what is no longer there.
  package func reconcile(_ pod: CoreV1.Pod, runtime: PodRuntimeState, isTerminating: Bool) {
    let uid = pod.metadata.uid
    let host = pod.status.hostIP.isEmpty ? "127.0.0.1" : pod.status.hostIP
    let address = pod.spec.hostNetwork ? host : runtime.usableSandbox(hostNetwork: false)?.addresses.first ?? ""
    var wanted: [Key: (probe: CoreV1.Probe, container: CoreV1.Container, startedAt: Int64)] = [:]
    for container in pod.spec.containers + pod.spec.initContainers {
      guard let record = runtime.latest(container.name), record.status.state == .running else { continue }
      let all: [(ProbeKind, CoreV1.Probe?)] = [
        (.startup, container.startupProbe), (.liveness, container.livenessProbe),
        (.readiness, container.readinessProbe),
      ]
      for (kind, probe) in all {
        // What is being stopped is not killed for being unwell, but its readiness still matters.
        guard let probe, !isTerminating || kind == .readiness else { continue }
        wanted[Key(containerID: record.status.id, kind: kind)] = (probe, container, record.status.startedAt)
      }
    }
    let ended = state.withLock { state -> [Task<Void, Never>] in
      var ended: [Task<Void, Never>] = []
      for (key, entry) in state.probes where entry.uid == uid && wanted[key] == nil {
        if let task = entry.task { ended.append(task) }
        state.probes[key] = nil
        state.graces[key] = nil
      }
      for (key, item) in wanted where state.probes[key] == nil {
        state.probes[key] = Entry(uid: uid, machine: ProbeMachine(kind: key.kind, probe: item.probe), task: nil)
        state.graces[key] = item.probe.terminationGracePeriodSeconds
        let task = Task { [self] in
          await run(key, item.probe, container: item.container, pod: pod, address: address)
        }
        state.probes[key]?.task = task
      }
      return ended
    }
    for task in ended { task.cancel() }
  }

  /// Ends all probes of a pod.
  package func remove(uid: String) {
    let tasks = state.withLock { state in
      let keys = state.probes.filter { $0.value.uid == uid }
      for key in keys.keys {
        state.probes[key] = nil
        state.graces[key] = nil
      }
      return keys.values.compactMap(\.task)
    }
    for task in tasks { task.cancel() }
  }

  /// What the probes of a pod's containers say, by container id. Containers without probes are not in it.
  package func verdicts(of uid: String) -> [String: ContainerProbeState] {
    state.withLock { state in
      var result: [String: ContainerProbeState] = [:]
      for (key, entry) in state.probes where entry.uid == uid {
        var verdict = result[key.containerID] ?? ContainerProbeState()
        switch key.kind {
        case .startup: verdict.isStarted = entry.machine.verdict
        case .readiness: verdict.isReady = entry.machine.verdict
        case .liveness: break
        }
        if entry.machine.hasFailed {
          verdict.failure = "Container failed \(key.kind.rawValue) probe, will be restarted"
          verdict.failureGracePeriod = state.graces[key]
        }
        result[key.containerID] = verdict
      }
      return result
    }
  }

  /// Liveness and readiness wait for the startup probe.
  private func mayProbe(_ key: Key) -> Bool {
    guard key.kind != .startup else { return true }
    return state.withLock { state in
      state.probes[Key(containerID: key.containerID, kind: .startup)]?.machine.verdict ?? true
    }
  }

  private func run(
    _ key: Key, _ probe: CoreV1.Probe, container: CoreV1.Container, pod: CoreV1.Pod, address: String
  ) async {
    guard let machine = state.withLock({ $0.probes[key]?.machine }) else { return }
    do {
      // Spread over a period, so that after a restart of the kubelet not all probes fire at once.
      try await Task.sleep(for: .nanoseconds(machine.firstDue) + .milliseconds(Int64.random(in: 0..<200)))
      while true {
        if mayProbe(key) {
          let outcome = await handlers.run(
            probe, container: container, id: key.containerID, address: address, timeout: .nanoseconds(machine.timeout))
          try Task.checkCancellation()
          if case .failure(let message) = outcome {
            report(pod, "\(key.kind.rawValue.capitalizedFirst) probe failed: \(message)")
          }
          let (didChange, isFinished) = state.withLock { state -> (Bool, Bool) in
            guard var entry = state.probes[key] else { return (false, true) }
            let didChange = entry.machine.record(outcome)
            state.probes[key] = entry
            return (didChange, entry.machine.isFinished)
          }
          if didChange { changed(pod.metadata.uid) }
          if isFinished { return }
          try await Task.sleep(for: .nanoseconds(machine.period))
        } else {
          try await Task.sleep(for: .milliseconds(200))
        }
      }
    } catch {
      // Cancelled: the container is gone.
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
