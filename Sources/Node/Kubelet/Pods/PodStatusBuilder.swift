import ContainerRuntime
package import KubernetesAPI
import PodRules

/// Computes the status that a pod's kubelet publishes. Pure: the same inputs give the same status, and times of
/// transitions only move with what they are the transition of.
package struct PodStatusBuilder: Sendable {
  package var hostAddress: String

  package init(hostAddress: String) { self.hostAddress = hostAddress }

  /// - Parameter now: nanoseconds since 1970.
  package func status(
    of pod: CoreV1.Pod, worker: PodWorker, runtime: PodRuntimeState, probes: [String: ContainerProbeState],
    messages: [String: String] = [:], now: Int64
  ) -> CoreV1.PodStatus {
    let old = pod.status
    let time = Time(secondsSinceEpoch: now / nanosecondsPerSecond)
    var status = CoreV1.PodStatus()
    // What others own stays as it is.
    status.observedGeneration = old.observedGeneration
    status.nominatedNodeName = old.nominatedNodeName
    status.resize = old.resize
    status.resourceClaimStatuses = old.resourceClaimStatuses
    status.ephemeralContainerStatuses = old.ephemeralContainerStatuses
    status.qosClass = old.qosClass.isEmpty ? PodQoS(pod.spec).rawValue : old.qosClass
    status.startTime = old.startTime ?? time
    status.hostIP = hostAddress
    status.hostIPs = [CoreV1.HostIP(ip: hostAddress)]
    let isStopped = worker.phase == .terminated || worker.phase == .removing || worker.phase == .gone
    let addresses =
      pod.spec.hostNetwork
      ? [hostAddress] : runtime.usableSandbox(hostNetwork: false)?.addresses ?? (isStopped ? old.podIPs.map(\.ip) : [])
    status.podIP = addresses.first ?? ""
    status.podIPs = addresses.map { CoreV1.PodIP(ip: $0) }

    let context = Context(
      pod: pod, worker: worker, runtime: runtime, probes: probes, messages: messages, isStopped: isStopped)
    let isInitialized = isInitialized(context)
    status.initContainerStatuses = pod.spec.initContainers.map {
      containerStatus($0, context, waitingReason: "PodInitializing")
    }
    status.containerStatuses = pod.spec.containers.map {
      containerStatus($0, context, waitingReason: isInitialized ? "ContainerCreating" : "PodInitializing")
    }
    setPhase(&status, context)
    setConditions(&status, context, isInitialized: isInitialized, time: time)
    return status
  }

  private struct Context {
    let pod: CoreV1.Pod
    let worker: PodWorker
    let runtime: PodRuntimeState
    let probes: [String: ContainerProbeState]
    let messages: [String: String]
    let isStopped: Bool

    func probeState(_ record: PodRuntimeState.Record, _ container: CoreV1.Container) -> ContainerProbeState {
      probes[record.status.id] ?? .initial(of: container)
    }
  }

  private func isInitialized(_ context: Context) -> Bool {
    let regular = Set(context.pod.spec.containers.map(\.name))
    if context.runtime.containers.contains(where: { regular.contains($0.status.name) }) { return true }
    return context.pod.spec.initContainers.allSatisfy { container in
      guard let record = context.runtime.latest(container.name) else { return false }
      if container.isSidecar {
        return record.status.state == .running && context.probeState(record, container).isStarted
      }
      return record.status.state == .exited && record.status.exitCode == 0
    }
  }

  // MARK: Containers

  private func containerStatus(
    _ container: CoreV1.Container, _ context: Context, waitingReason: String
  ) -> CoreV1.ContainerStatus {
    var status = CoreV1.ContainerStatus()
    let old = context.pod.containerStatus(container.name)
    let records = context.runtime.records(of: container.name)
    status.name = container.name
    status.image = container.image
    status.started = false
    guard let record = records.first else {
      return unseen(status, old: old, container, context, waitingReason: waitingReason)
    }
    status.restartCount = Int32(clamping: record.status.attempt)
    status.containerID = containerID(record, context)
    if !record.status.image.isEmpty { status.image = record.status.image }
    status.imageID = record.status.imageRef
    if let previous = records.dropFirst().first(where: { $0.status.state == .exited }) {
      status.lastState.terminated = terminated(previous, context)
    } else if let old, old.restartCount >= status.restartCount, old.containerID == status.containerID {
      status.lastState = old.lastState
    }
    switch record.status.state {
    case .running:
      let probe = context.probeState(record, container)
      status.state.running = CoreV1.ContainerStateRunning(startedAt: seconds(record.status.startedAt))
      status.started = probe.isStarted
      status.ready = probe.isStarted && probe.isReady
    case .exited:
      status.state.terminated = terminated(record, context)
      // An init container that did its work is "ready" for good.
      status.ready =
        record.status.exitCode == 0 && !container.isSidecar
        && context.pod.spec.initContainers.contains { $0.name == container.name }
    case .created, .unknown:
      status.state.waiting = CoreV1.ContainerStateWaiting(reason: waitingReason)
    }
    if !context.isStopped, record.status.state != .running, let wait = context.worker.waiting[container.name] {
      if record.status.state == .exited { status.lastState.terminated = status.state.terminated }
      status.state = CoreV1.ContainerState()
      status.state.waiting = CoreV1.ContainerStateWaiting(reason: wait.reason, message: wait.message)
      status.ready = false
    }
    return status
  }

  /// A container of which the runtime has no record: not made yet, or lost.
  private func unseen(
    _ status: CoreV1.ContainerStatus, old: CoreV1.ContainerStatus?, _ container: CoreV1.Container, _ context: Context,
    waitingReason: String
  ) -> CoreV1.ContainerStatus {
    var status = status
    if let old {
      status.restartCount = old.restartCount
      status.lastState = old.lastState
      if context.isStopped || old.state.terminated != nil {
        status.containerID = old.containerID
        status.imageID = old.imageID
      }
      if let terminated = old.state.terminated {
        status.state.terminated = terminated
        status.ready = old.ready
        return status
      }
      if context.isStopped, old.state.running != nil {
        status.state.terminated = CoreV1.ContainerStateTerminated(
          exitCode: 137, reason: "ContainerStatusUnknown",
          message: "The container could not be located when the pod was terminated", containerID: old.containerID)
        return status
      }
    }
    let wait = context.worker.waiting[container.name]
    status.state.waiting = CoreV1.ContainerStateWaiting(
      reason: wait?.reason ?? waitingReason, message: wait?.message ?? "")
    return status
  }

  private func terminated(_ record: PodRuntimeState.Record, _ context: Context) -> CoreV1.ContainerStateTerminated {
    var state = CoreV1.ContainerStateTerminated()
    state.exitCode = record.status.exitCode
    state.reason =
      record.status.reason.isEmpty
      ? (record.status.exitCode == 0 ? "Completed" : "Error") : record.status.reason
    state.message = context.messages[record.status.id] ?? record.status.message
    state.startedAt = seconds(record.status.startedAt)
    state.finishedAt = seconds(record.status.finishedAt)
    state.containerID = containerID(record, context)
    return state
  }

  /// `containerd://…`: the scheme is the runtime's name.
  private func containerID(_ record: PodRuntimeState.Record, _ context: Context) -> String {
    "\(runtimeName)://\(record.status.id)"
  }

  package var runtimeName = "containerd"

  private func seconds(_ nanoseconds: Int64) -> Time? {
    nanoseconds > 0 ? Time(secondsSinceEpoch: nanoseconds / nanosecondsPerSecond) : nil
  }

  // MARK: The pod

  private func setPhase(_ status: inout CoreV1.PodStatus, _ context: Context) {
    let old = context.pod.status.phase
    if old == "Succeeded" || old == "Failed" {
      status.phase = old
      status.reason = context.pod.status.reason
      status.message = context.pod.status.message
      return
    }
    if let failure = context.worker.failure {
      status.phase = "Failed"
      status.reason = failure.reason
      status.message = failure.message
      return
    }
    let outcome = PodOutcome(pod: context.pod, runtime: context.runtime)
    if outcome.isFinal {
      // Not before everything has stopped: a pod that is Failed counts as having no processes.
      if context.isStopped {
        status.phase = outcome.hasFailed ? "Failed" : "Succeeded"
        return
      }
      status.phase = "Running"
      return
    }
    if context.isStopped, context.pod.metadata.deletionTimestamp != nil {
      // Stopped from outside: failed if any container was, as Kubernetes has it.
      let ended = status.containerStatuses.compactMap(\.state.terminated)
      let allWell =
        !ended.isEmpty && ended.count == status.containerStatuses.count && ended.allSatisfy { $0.exitCode == 0 }
      status.phase = allWell ? "Succeeded" : "Failed"
      return
    }
    let hasStarted = context.pod.spec.containers.contains { container in
      context.runtime.latest(container.name).map { $0.status.state == .running || $0.status.state == .exited } ?? false
    }
    let allSeen = context.pod.spec.containers.allSatisfy { container in
      guard let record = context.runtime.latest(container.name) else { return false }
      return record.status.state == .running || record.status.state == .exited
    }
    // Once Running, always Running until the end.
    status.phase = (hasStarted && allSeen) || old == "Running" ? "Running" : "Pending"
  }

  private func setConditions(
    _ status: inout CoreV1.PodStatus, _ context: Context, isInitialized: Bool, time: Time
  ) {
    let old = context.pod.status.conditions
    let own: Set<String> = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
    // Readiness gates and whatever else others set.
    status.conditions = old.filter { !own.contains($0.type) }
    let foreign = status.conditions
    func set(_ type: String, _ value: Bool, reason: String = "", message: String = "") {
      var condition = CoreV1.PodCondition()
      condition.type = type
      condition.status = value ? "True" : "False"
      condition.reason = value && reason != "PodCompleted" ? "" : reason
      condition.message = value ? "" : message
      let before = old.first { $0.type == type }
      condition.lastProbeTime = before?.lastProbeTime
      condition.lastTransitionTime = before?.status == condition.status ? before?.lastTransitionTime ?? time : time
      status.conditions.append(condition)
    }
    let isFinished = status.phase == "Succeeded" || status.phase == "Failed"
    let usable = context.runtime.usableSandbox(hostNetwork: context.pod.spec.hostNetwork) != nil
    set("PodReadyToStartContainers", usable && !context.isStopped)
    if isFinished && status.phase == "Succeeded" {
      set("Initialized", true, reason: "PodCompleted")
      set("Ready", false, reason: "PodCompleted")
      set("ContainersReady", false, reason: "PodCompleted")
    } else {
      let incomplete = status.initContainerStatuses.filter { !$0.ready }.map(\.name)
      set(
        "Initialized", isInitialized, reason: "ContainersNotInitialized",
        message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]")
      let unready = status.containerStatuses.filter { !$0.ready }.map(\.name)
      let containersReady = unready.isEmpty && !context.isStopped && !isFinished && isInitialized
      let reason = isFinished ? "PodFailed" : "ContainersNotReady"
      let message = "containers with unready status: [\(unready.joined(separator: " "))]"
      let gates = context.pod.spec.readinessGates.map(\.conditionType).filter { gate in
        foreign.first { $0.type == gate }?.status != "True"
      }
      if containersReady, !gates.isEmpty {
        set(
          "Ready", false, reason: "ReadinessGatesNotReady",
          message: "readiness gates that are not true: [\(gates.joined(separator: " "))]")
      } else {
        set("Ready", containersReady, reason: reason, message: message)
      }
      set("ContainersReady", containersReady, reason: reason, message: message)
    }
    set("PodScheduled", true)
  }
}
