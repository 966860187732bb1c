import ContainerRuntime
package import KubernetesAPI
import PodRules

/// One pod's life on this node as a state machine: the wish of the API server, the runtime's state, the probes and the
/// time in; what to do next out. Pure.
///
///     syncing ──▶ terminating ──▶ terminated ──▶ removing ──▶ gone
///        │   deleted, gone, failed     │   the object is gone
///        └── all containers done ──────┘
///
/// The driver calls `step` whenever something may have changed, carries out the actions, looks at the runtime again,
/// reports with `finished`, and steps again. Everything is derived from what the runtime has, so that a new worker
/// (after a restart of the kubelet) adopts what runs: an attempt is numbered from the records, never from memory.
package struct PodWorker: Sendable {
  package let uid: String
  /// The last known object; nil for a pod of which only the runtime knows.
  package private(set) var pod: CoreV1.Pod?
  package private(set) var phase: PodWorkerPhase = .syncing
  /// Why containers that do not run wait, by name.
  package private(set) var waiting: [String: PodActionError] = [:]
  package private(set) var failure: PodFailure?

  private var isObjectGone = false
  private var killDeadline: Int64?
  private var starting: PodAction?
  private var kills: [String: Int64] = [:]
  private var underWay: Set<PodAction> = []
  private var restarts = RestartBackoff()
  private var pulls = RestartBackoff()
  /// No attempt before this time: containers that could not be started, and the sandbox under "".
  private var retryAt: [String: Int64] = [:]
  private var sandboxFailures = 0
  /// Sandboxes that were told to stop, successfully. One that died by itself, with the host for instance, is told as
  /// well: only then does the runtime give back its address.
  private var stopped: Set<String> = []

  /// What to do, and when to look again if nothing happens before.
  package struct Plan: Hashable, Sendable {
    package var actions: [PodAction] = []
    package var wakeAt: Int64?
    /// The start that is under way (a long pull, for instance) is no longer wanted.
    package var cancelsStart = false

    mutating func wake(at time: Int64) { wakeAt = min(wakeAt ?? time, time) }
  }

  package init(uid: String) { self.uid = uid }

  // MARK: Events

  /// The API server's wish. Later wishes only ever shorten a grace period.
  package mutating func update(_ desire: PodDesire, now: Int64) {
    switch desire {
    case .exists(let pod):
      self.pod = pod
      if pod.status.phase == "Succeeded" || pod.status.phase == "Failed" {
        // Final by contract, also when this kubelet was not the one to see it happen.
        if phase == .syncing { terminate(gracePeriod: pod.gracePeriod, now: now) }
      }
      if pod.metadata.deletionTimestamp != nil {
        terminate(gracePeriod: pod.metadata.deletionGracePeriodSeconds ?? pod.gracePeriod, now: now)
      }
    case .gone(let gracePeriod):
      isObjectGone = true
      terminate(gracePeriod: gracePeriod, now: now)
    }
  }

  /// The node cannot run the pod, or no longer: it fails as a whole.
  package mutating func fail(reason: String, message: String, now: Int64) {
    guard failure == nil, phase == .syncing else { return }
    failure = PodFailure(reason: reason, message: message)
    terminate(gracePeriod: pod?.gracePeriod ?? 30, now: now)
  }

  /// `now` and the result in nanoseconds, the grace period in seconds.
  private static func deadline(after gracePeriod: Int64, now: Int64) -> Int64 {
    now + GracePeriod.bounded(gracePeriod) * nanosecondsPerSecond
  }

  private mutating func terminate(gracePeriod: Int64, now: Int64) {
    let deadline = Self.deadline(after: gracePeriod, now: now)
    killDeadline = min(killDeadline ?? deadline, deadline)
    if phase == .syncing { phase = .terminating }
  }

  /// An action is done. To be called after the runtime was looked at, so that the next step sees what the action did.
  package mutating func finished(_ action: PodAction, error: PodActionError?, now: Int64) {
    underWay.remove(action)
    if starting == action { starting = nil }
    switch action {
    case .createSandbox:
      if let error, error.reason != PodActionError.cancelled {
        sandboxFailures += 1
        retryAt[""] = now + min(60, 1 << Int64(min(sandboxFailures, 6) - 1)) * nanosecondsPerSecond
        waiting[""] = error
      } else {
        sandboxFailures = 0
        retryAt[""] = nil
        waiting[""] = nil
      }
    case .startContainer(let name, _, _): startFinished(name, error, now: now)
    case .killContainer(let id, _, _, _):
      // Only the last of several kills of a container ends its bookkeeping.
      if !underWay.contains(where: { if case .killContainer(id, _, _, _) = $0 { true } else { false } }) {
        kills[id] = nil
      }
      if error != nil { retryAt[id] = now + nanosecondsPerSecond } else { retryAt[id] = nil }
    case .stopSandbox(let id), .removeContainer(let id), .removeSandbox(let id):
      if case .stopSandbox = action, error == nil { stopped.insert(id) }
      if case .removeSandbox = action, error == nil { stopped.remove(id) }
      if error != nil { retryAt[id] = now + 2 * nanosecondsPerSecond } else { retryAt[id] = nil }
    case .cleanUp:
      if error == nil { phase = .gone } else { retryAt["cleanUp"] = now + 5 * nanosecondsPerSecond }
    }
  }

  private mutating func startFinished(_ name: String, _ error: PodActionError?, now: Int64) {
    guard let error else {
      waiting[name] = nil
      retryAt[name] = nil
      pulls.clear(name)
      return
    }
    switch error.reason {
    case PodActionError.cancelled: return
    case PodActionError.imagePull:
      pulls.advance(name, now: now)
      retryAt[name] = now + pulls.delay(name, now: now)
    case "RunContainerError", "PostStartHookError":
      // The container exists and has ended, or never began: the restart back-off takes it from here.
      break
    default:
      // Something that may be mended from outside soon: a missing config map, for instance.
      retryAt[name] = now + 5 * nanosecondsPerSecond
    }
    waiting[name] = error
  }

  // MARK: Step

  /// What is to be done now. Actions that are under way are not given out again.
  package mutating func step(runtime: PodRuntimeState, probes: [String: ContainerProbeState], now: Int64) -> Plan {
    var plan = Plan()
    if phase == .syncing { sync(runtime, probes, now: now, &plan) }
    if phase == .terminating { terminate(runtime, now: now, &plan) }
    if phase == .terminated, isObjectGone { phase = .removing }
    if phase == .removing { remove(runtime, now: now, &plan) } else { collectGarbage(runtime, now: now, &plan) }
    return plan
  }

  /// Gives an action out, unless it is under way or was tried in vain a moment ago.
  private mutating func issue(_ action: PodAction, key: String, now: Int64, _ plan: inout Plan) {
    guard !underWay.contains(action) else { return }
    if let time = retryAt[key], time > now { return plan.wake(at: time) }
    underWay.insert(action)
    plan.actions.append(action)
  }

  /// One start (of the sandbox or a container) at a time.
  private mutating func start(_ action: PodAction, key: String, now: Int64, _ plan: inout Plan) {
    guard starting == nil else { return }
    let before = plan.actions.count
    issue(action, key: key, now: now, &plan)
    if plan.actions.count > before { starting = action }
  }

  /// Kills a container within the time until `deadline`; again if an earlier kill allowed it longer.
  private mutating func kill(
    _ record: PodRuntimeState.Record, deadline: Int64, reason: String, now: Int64, _ plan: inout Plan
  ) {
    if let earlier = kills[record.status.id], earlier <= deadline + nanosecondsPerSecond / 2 { return }
    let before = plan.actions.count
    let seconds = max(0, (deadline - now + nanosecondsPerSecond - 1) / nanosecondsPerSecond)
    let action = PodAction.killContainer(
      id: record.status.id, name: record.status.name, gracePeriod: seconds, reason: reason)
    issue(action, key: record.status.id, now: now, &plan)
    if plan.actions.count > before { kills[record.status.id] = deadline }
  }

  private func isStopped(_ status: SandboxStatus) -> Bool {
    !status.sandbox.isReady && stopped.contains(status.sandbox.id)
  }

  /// Stops sandboxes. Returns whether all of them are.
  private mutating func stop(_ sandboxes: ArraySlice<SandboxStatus>, now: Int64, _ plan: inout Plan) -> Bool {
    let running = sandboxes.filter { !isStopped($0) }
    for status in running { issue(.stopSandbox(id: status.sandbox.id), key: status.sandbox.id, now: now, &plan) }
    return running.isEmpty
  }

  // MARK: Syncing

  private mutating func sync(
    _ runtime: PodRuntimeState, _ probes: [String: ContainerProbeState], now: Int64, _ plan: inout Plan
  ) {
    guard let pod else { return }
    if let seconds = pod.spec.activeDeadlineSeconds, let start = pod.status.startTime {
      // Both come from the API: bounded so that nanoseconds of 64 bits hold their sum.
      let bound: Int64 = 1 << 32
      let begin = max(0, min(start.secondsSinceEpoch, bound))
      let end = (begin + max(0, min(seconds, bound))) * nanosecondsPerSecond
      if now >= end {
        return fail(
          reason: "DeadlineExceeded", message: "Pod was active on the node longer than the specified deadline", now: now
        )
      }
      plan.wake(at: end)
    }
    if PodOutcome(pod: pod, runtime: runtime).isFinal, starting == nil {
      return terminate(gracePeriod: pod.gracePeriod, now: now)
    }
    guard let sandbox = runtime.usableSandbox(hostNetwork: pod.spec.hostNetwork) else {
      return replaceSandbox(runtime, now: now, &plan)
    }
    // Left over from an older sandbox: its network is gone.
    for record in runtime.live where record.sandboxID != sandbox.sandbox.id {
      kill(record, deadline: now + 2 * nanosecondsPerSecond, reason: "Pod sandbox changed", now: now, &plan)
    }
    _ = stop(runtime.sandboxes.dropFirst(), now: now, &plan)
    guard initialize(pod, runtime, sandbox.sandbox.id, probes, now: now, &plan) else { return }
    for container in pod.spec.containers {
      keepRunning(container, policy: pod.restartPolicy, pod, runtime, sandbox.sandbox.id, probes, now: now, &plan)
    }
  }

  private mutating func replaceSandbox(_ runtime: PodRuntimeState, now: Int64, _ plan: inout Plan) {
    for record in runtime.live {
      kill(record, deadline: now + 2 * nanosecondsPerSecond, reason: "Pod sandbox changed", now: now, &plan)
    }
    guard runtime.live.isEmpty else { return }
    guard stop(runtime.sandboxes[...], now: now, &plan) else { return }
    let attempt = runtime.sandboxes.first.map { $0.sandbox.metadata.attempt + 1 } ?? 0
    start(.createSandbox(attempt: attempt), key: "", now: now, &plan)
  }

  /// Runs the init containers in order. Returns whether the regular containers may run.
  private mutating func initialize(
    _ pod: CoreV1.Pod, _ runtime: PodRuntimeState, _ sandbox: String, _ probes: [String: ContainerProbeState],
    now: Int64,
    _ plan: inout Plan
  ) -> Bool {
    let regular = Set(pod.spec.containers.map(\.name))
    // Once a regular container was made in this sandbox, initialisation is over, also if its records have been removed.
    let isDone = runtime.containers.contains { $0.sandboxID == sandbox && regular.contains($0.status.name) }
    for container in pod.spec.initContainers {
      if container.isSidecar {
        keepRunning(container, policy: .always, pod, runtime, sandbox, probes, now: now, &plan)
        if isDone { continue }
        guard let record = runtime.latest(container.name), record.sandboxID == sandbox, record.status.state == .running,
          (probes[record.status.id] ?? .initial(of: container)).isStarted
        else { return false }
        continue
      }
      if isDone { continue }
      guard let record = runtime.latest(container.name), record.sandboxID == sandbox else {
        startNew(container, runtime, sandbox, now: now, &plan)
        return false
      }
      switch record.status.state {
      case .running: return false
      case .exited where record.status.exitCode == 0: continue
      case .created, .exited, .unknown:
        // An init container that fails for good fails the pod (`PodOutcome`).
        restart(container, after: record, runtime, sandbox, now: now, &plan)
        return false
      }
    }
    return true
  }

  private mutating func keepRunning(
    _ container: CoreV1.Container, policy: RestartPolicy, _ pod: CoreV1.Pod, _ runtime: PodRuntimeState,
    _ sandbox: String,
    _ probes: [String: ContainerProbeState], now: Int64, _ plan: inout Plan
  ) {
    guard let record = runtime.latest(container.name) else {
      return startNew(container, runtime, sandbox, now: now, &plan)
    }
    if record.sandboxID != sandbox {
      // The sandbox was replaced. What had not ended for good begins anew.
      if record.status.state != .exited || policy.restarts(exitCode: record.status.exitCode) {
        startNew(container, runtime, sandbox, now: now, &plan)
      }
      return
    }
    switch record.status.state {
    case .running:
      let probe = probes[record.status.id] ?? .initial(of: container)
      if let hash = record.status.annotations[RuntimeLabels.containerHash], hash != container.restartHash {
        kill(
          record, deadline: Self.deadline(after: pod.gracePeriod, now: now),
          reason: "Container \(container.name) definition changed, will be restarted", now: now, &plan)
      } else if let failure = probe.failure {
        kill(
          record, deadline: Self.deadline(after: probe.failureGracePeriod ?? pod.gracePeriod, now: now),
          reason: failure, now: now, &plan)
      }
    case .unknown:
      kill(record, deadline: now, reason: "Container is in an unknown state", now: now, &plan)
    case .created, .exited:
      if record.status.state == .created || policy.restarts(exitCode: record.status.exitCode) {
        restart(container, after: record, runtime, sandbox, now: now, &plan)
      }
    }
  }

  private mutating func startNew(
    _ container: CoreV1.Container, _ runtime: PodRuntimeState, _ sandbox: String, now: Int64, _ plan: inout Plan
  ) {
    // The count goes on where the API's status left it, even if the runtime's records were lost.
    var attempt: UInt32 = 0
    if let record = runtime.latest(container.name) {
      attempt = record.status.attempt + 1
    } else if let status = pod?.containerStatus(container.name), !status.containerID.isEmpty {
      attempt = UInt32(clamping: status.restartCount) + 1
    }
    start(
      .startContainer(name: container.name, attempt: attempt, sandboxID: sandbox), key: container.name, now: now, &plan)
    if let time = retryAt[container.name], time > now, waiting[container.name]?.reason == PodActionError.imagePull {
      waiting[container.name] = PodActionError(
        reason: "ImagePullBackOff",
        message: "Back-off pulling image \"\(container.image)\": "
          + (waiting[container.name]?.message ?? ""))
    }
  }

  private mutating func restart(
    _ container: CoreV1.Container, after record: PodRuntimeState.Record, _ runtime: PodRuntimeState, _ sandbox: String,
    now: Int64, _ plan: inout Plan
  ) {
    let end = record.status.finishedAt > 0 ? record.status.finishedAt : record.status.createdAt
    if let until = restarts.wait(container.name, since: end, now: now) {
      plan.wake(at: until)
      let seconds = restarts.delay(container.name, now: now) / nanosecondsPerSecond
      if starting == nil {
        waiting[container.name] = PodActionError(
          reason: "CrashLoopBackOff",
          message: "back-off \(GoDuration(nanoseconds: seconds * nanosecondsPerSecond)) restarting failed container="
            + "\(container.name) pod=\(pod?.metadata.name ?? "")_\(pod?.metadata.namespace ?? "")(\(uid))")
      }
      return
    }
    let before = plan.actions.count
    startNew(container, runtime, sandbox, now: now, &plan)
    if plan.actions.count > before { restarts.advance(container.name, now: now) }
  }

  // MARK: Ending

  private mutating func terminate(_ runtime: PodRuntimeState, now: Int64, _ plan: inout Plan) {
    if starting != nil { plan.cancelsStart = true }
    let deadline = killDeadline ?? now
    let sidecars = Set((pod?.spec.initContainers ?? []).filter(\.isSidecar).map(\.name))
    let live = runtime.live
    let reason = "Stopping container"
    let regular = live.filter { !sidecars.contains($0.status.name) }
    for record in regular { kill(record, deadline: deadline, reason: reason, now: now, &plan) }
    if regular.isEmpty, !live.isEmpty {
      // Sidecars outlive what they serve, and end in the reverse of the order in which they were started.
      let order = (pod?.spec.initContainers ?? []).map(\.name)
      if let last = order.last(where: { name in live.contains { $0.status.name == name } }) {
        for record in live where record.status.name == last {
          kill(record, deadline: deadline, reason: reason, now: now, &plan)
        }
      }
    }
    guard live.isEmpty, starting == nil else { return }
    if stop(runtime.sandboxes[...], now: now, &plan), kills.isEmpty {
      phase = .terminated
      waiting = [:]
    }
  }

  private mutating func remove(_ runtime: PodRuntimeState, now: Int64, _ plan: inout Plan) {
    // A container that came up late, from a start that seemed to have failed, for instance.
    for record in runtime.live { kill(record, deadline: now, reason: "Stopping container", now: now, &plan) }
    guard runtime.live.isEmpty else { return }
    _ = stop(runtime.sandboxes[...], now: now, &plan)
    for status in runtime.sandboxes where isStopped(status) {
      issue(.removeSandbox(id: status.sandbox.id), key: status.sandbox.id, now: now, &plan)
    }
    let known = Set(runtime.sandboxes.map(\.sandbox.id))
    for record in runtime.containers where !known.contains(record.sandboxID) {
      issue(.removeContainer(id: record.status.id), key: record.status.id, now: now, &plan)
    }
    if runtime.isEmpty, underWay.isEmpty { issue(.cleanUp, key: "cleanUp", now: now, &plan) }
  }

  /// Keeps, of what has ended, the last record of each name and the one before (`kubectl logs --previous`).
  private mutating func collectGarbage(_ runtime: PodRuntimeState, now: Int64, _ plan: inout Plan) {
    var seen: [String: Int] = [:]
    var kept = Set<String>()
    for record in runtime.containers {
      let name = record.status.name
      let rank = seen[name, default: 0]
      seen[name] = rank + 1
      if rank >= 2, record.status.state != .running, record.status.state != .unknown {
        issue(.removeContainer(id: record.status.id), key: record.status.id, now: now, &plan)
      } else {
        kept.insert(record.sandboxID)
      }
    }
    for status in runtime.sandboxes.dropFirst() where isStopped(status) && !kept.contains(status.sandbox.id) {
      issue(.removeSandbox(id: status.sandbox.id), key: status.sandbox.id, now: now, &plan)
    }
  }
}
