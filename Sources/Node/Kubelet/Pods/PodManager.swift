package import ContainerRuntime
package import KubernetesAPI
package import Logging
import PodRules

/// Brings every pod's wish, its runtime state and its worker together: whatever happens to a pod ends here as an event,
/// and the worker's actions start from here, as tasks whose ends are events again.
///
/// The rule that keeps it free of duplicates: a worker never steps on a look at the runtime that began before one of
/// its actions ended.
package actor PodManager {
  /// Takes a pod's new status; must not block.
  package typealias Publish = @Sendable (PodReport) -> Void

  /// What others may know of a pod.
  package struct PodReport: Sendable {
    package var pod: CoreV1.Pod
    package var status: CoreV1.PodStatus
    /// Everything has stopped: a pod that is being deleted may now be taken out of the API.
    package var isStopped: Bool
  }

  private struct Entry {
    var worker: PodWorker
    var identity: RuntimeView.Identity
    var state = PodRuntimeState()
    /// Its object is gone.
    var isOrphan = false
    /// Whether the runtime has been looked at for this pod at all.
    var isKnown = false
    /// Counts looks and the ends of actions: a look that began before the last end is thrown away.
    var epoch = 0
    var summary: RuntimeView.Summary?
    var isRefreshing = false
    var mustRefresh = false
    var startTask: Task<PodActionError?, Never>?
    var alarm: Task<Void, Never>?
    var status: CoreV1.PodStatus?
    var messages: [String: String] = [:]
  }

  private let actions: PodActions
  private let view: RuntimeView
  private let builder: PodStatusBuilder
  private let publish: Publish
  private let now: @Sendable () -> Int64
  private let logger: Logger
  private var probes: ProbeManager?
  private var entries: [String: Entry] = [:]
  /// The pods of this node as the API has them. Nil until they are known: no pod is an orphan before that.
  private var desired: [String: CoreV1.Pod]?

  /// - Parameter now: nanoseconds since 1970.
  package init(
    actions: PodActions, builder: PodStatusBuilder, now: @escaping @Sendable () -> Int64, logger: Logger,
    publish: @escaping Publish
  ) {
    self.actions = actions
    view = RuntimeView(runtime: actions.runtime)
    self.builder = builder
    self.now = now
    self.logger = logger
    self.publish = publish
  }

  /// To be called once, before anything else: the probes report to this manager.
  package func use(_ probes: ProbeManager) { self.probes = probes }

  // MARK: Events

  /// All pods of this node, as the API has them now. Level-triggered: what lies between two calls need not be told.
  package func setDesired(_ pods: [CoreV1.Pod]) {
    let byUID = Dictionary(
      pods.filter { !$0.metadata.uid.isEmpty }.map { ($0.metadata.uid, $0) }, uniquingKeysWith: { _, last in last })
    let isFirst = desired == nil
    desired = byUID
    for pod in byUID.values
    where isFirst
      || entries[pod.metadata.uid]?.worker.pod?.metadata.resourceVersion
        != pod.metadata.resourceVersion
    {
      changed(pod)
    }
    for (uid, entry) in entries where byUID[uid] == nil && !entry.isOrphan {
      let metadata = entry.worker.pod?.metadata
      orphaned(uid, gracePeriod: metadata?.deletionGracePeriodSeconds ?? entry.identity.gracePeriod)
    }
  }

  private func changed(_ pod: CoreV1.Pod) {
    let uid = pod.metadata.uid
    if entries[uid] == nil { entries[uid] = Entry(worker: PodWorker(uid: uid), identity: Self.identity(of: pod)) }
    entries[uid]?.identity = Self.identity(of: pod)
    entries[uid]?.worker.update(.exists(pod), now: now())
    drive(uid)
  }

  private func orphaned(_ uid: String, gracePeriod: Int64) {
    entries[uid]?.isOrphan = true
    entries[uid]?.worker.update(.gone(gracePeriod: gracePeriod), now: now())
    drive(uid)
  }

  package func probeChanged(_ uid: String) { drive(uid) }

  private static func identity(of pod: CoreV1.Pod) -> RuntimeView.Identity {
    RuntimeView.Identity(
      uid: pod.metadata.uid, name: pod.metadata.name, namespace: pod.metadata.namespace, gracePeriod: pod.gracePeriod)
  }

  // MARK: Looking at the runtime

  /// Compares all pods with what the runtime has, and looks closer at those that changed. To be called about once a
  /// second.
  package func relist() async throws(RuntimeError) {
    let epochs = entries.mapValues(\.epoch)
    let summaries = try await view.relist()
    for (uid, summary) in summaries {
      if entries[uid] == nil {
        // Runs here, but the API does not have it: to be ended, once the API's pods are known.
        guard let desired, desired[uid] == nil else { continue }
        logger.notice(
          "pod without an object is ended",
          metadata: ["pod": "\(summary.identity.namespace)/\(summary.identity.name)", "uid": "\(uid)"])
        entries[uid] = Entry(worker: PodWorker(uid: uid), identity: summary.identity)
        entries[uid]?.isOrphan = true
        entries[uid]?.worker.update(.gone(gracePeriod: summary.identity.gracePeriod), now: now())
      } else if epochs[uid] != entries[uid]?.epoch || entries[uid]?.summary == summary {
        continue
      }
      entries[uid]?.summary = summary
      refresh(uid)
    }
    for (uid, entry) in entries where summaries[uid] == nil && epochs[uid] == entry.epoch && entry.summary != nil {
      entries[uid]?.summary = nil
      refresh(uid)
    }
    // Looks that failed while the runtime was down.
    for (uid, entry) in entries where (entry.mustRefresh || !entry.isKnown) && !entry.isRefreshing { refresh(uid) }
  }

  /// Fetches a pod's state, once at a time, and again if something happened meanwhile.
  private func refresh(_ uid: String) {
    guard let entry = entries[uid] else { return }
    guard !entry.isRefreshing else {
      entries[uid]?.mustRefresh = true
      return
    }
    entries[uid]?.isRefreshing = true
    entries[uid]?.mustRefresh = false
    let epoch = entry.epoch
    Task {
      let result: Result<PodRuntimeState, RuntimeError>
      do throws(RuntimeError) {
        result = .success(try await view.state(of: uid))
      } catch {
        result = .failure(error)
      }
      refreshed(uid, result, epoch: epoch)
    }
  }

  private func refreshed(_ uid: String, _ result: Result<PodRuntimeState, RuntimeError>, epoch: Int) {
    guard let entry = entries[uid] else { return }
    entries[uid]?.isRefreshing = false
    if entry.epoch != epoch { return refresh(uid) }
    switch result {
    case .success(let state):
      entries[uid]?.state = state
      entries[uid]?.isKnown = true
      if entry.mustRefresh { refresh(uid) }
      drive(uid)
    case .failure(let error):
      logger.warning("runtime state unknown", metadata: ["uid": "\(uid)", "error": "\(error)"])
      entries[uid]?.summary = nil  // so that the next relist tries again
      entries[uid]?.mustRefresh = true
    }
  }

  // MARK: Driving

  private func drive(_ uid: String) {
    guard let entry = entries[uid] else { return }
    if !entry.isKnown || entry.mustRefresh {
      if !entry.isRefreshing { refresh(uid) }
      if !entry.isKnown { return }
    }
    let time = now()
    if let pod = entry.worker.pod {
      probes?.reconcile(pod, runtime: entry.state, isTerminating: entry.worker.phase != .syncing)
    }
    let verdicts = probes?.verdicts(of: uid) ?? [:]
    // No steps while a look at the runtime is under way that an action's end asked for: the old state no longer holds.
    if !entry.isRefreshing {
      var worker = entry.worker
      let plan = worker.step(runtime: entry.state, probes: verdicts, now: time)
      entries[uid]?.worker = worker
      if plan.cancelsStart { entry.startTask?.cancel() }
      for action in plan.actions { begin(action, uid) }
      setAlarm(uid, plan.wakeAt, now: time)
    }
    report(uid, verdicts, now: time)
    if entries[uid]?.worker.phase == .gone {
      probes?.remove(uid: uid)
      entries[uid]?.alarm?.cancel()
      entries[uid] = nil
    }
  }

  private func begin(_ action: PodAction, _ uid: String) {
    guard let entry = entries[uid] else { return }
    let (pod, identity, state) = (entry.worker.pod, entry.identity, entry.state)
    let task = Task { () -> PodActionError? in
      do throws(PodActionError) {
        try await actions.perform(action, pod: pod, identity: identity, state: state)
        return nil
      } catch {
        return error
      }
    }
    switch action {
    case .createSandbox, .startContainer: entries[uid]?.startTask = task
    default: break
    }
    // In a task of its own: the first may be cancelled, and what follows an action must be done all the same.
    Task { await ended(action, uid, await task.value) }
  }

  /// An action is over: only after a fresh look at the runtime does the worker hear of it.
  private func ended(_ action: PodAction, _ uid: String, _ failure: PodActionError?) async {
    if let failure, failure.reason != PodActionError.cancelled {
      logger.warning(
        "pod action failed",
        metadata: [
          "uid": "\(uid)", "action": "\(action)", "reason": "\(failure.reason)", "error": "\(failure.message)",
        ])
    }
    entries[uid]?.epoch += 1
    while let epoch = entries[uid]?.epoch {
      do {
        let state = try await view.state(of: uid)
        // Another action ended meanwhile: this look may not show what that one did.
        if entries[uid]?.epoch != epoch { continue }
        entries[uid]?.state = state
        entries[uid]?.isKnown = true
        entries[uid]?.summary = nil
        break
      } catch {
        logger.warning("runtime state unknown", metadata: ["uid": "\(uid)", "error": "\(error)"])
        try? await Task.sleep(for: .milliseconds(500))
      }
    }
    guard entries[uid] != nil else { return }
    entries[uid]?.worker.finished(action, error: failure, now: now())
    drive(uid)
  }

  private func setAlarm(_ uid: String, _ time: Int64?, now: Int64) {
    entries[uid]?.alarm?.cancel()
    entries[uid]?.alarm = nil
    guard let time else { return }
    entries[uid]?.alarm = Task {
      try? await Task.sleep(for: .nanoseconds(max(0, time - now)))
      if !Task.isCancelled { drive(uid) }
    }
  }

  // MARK: Status

  private func report(_ uid: String, _ verdicts: [String: ContainerProbeState], now: Int64) {
    // Of a pod whose object is gone there is nobody to tell.
    guard let entry = entries[uid], let pod = entry.worker.pod, !entry.isOrphan else { return }
    collectMessages(uid, pod)
    let status = builder.status(
      of: pod, worker: entry.worker, runtime: entry.state, probes: verdicts, messages: entries[uid]?.messages ?? [:],
      now: now)
    entries[uid]?.status = status
    publish(PodReport(pod: pod, status: status, isStopped: entry.worker.phase == .terminated))
  }

  /// The last words of containers that have ended, read once each.
  private func collectMessages(_ uid: String, _ pod: CoreV1.Pod) {
    guard let entry = entries[uid] else { return }
    for record in entry.state.containers where record.status.state == .exited && entry.messages[record.status.id] == nil
    {
      entries[uid]?.messages[record.status.id] = actions.lastWords(of: record.status, uid: uid)
    }
  }

  // MARK: For the server

  /// The pods with their present statuses.
  package var pods: [CoreV1.Pod] {
    entries.values.compactMap { entry in
      guard var pod = entry.worker.pod else { return nil }
      if let status = entry.status { pod.status = status }
      return pod
    }
  }

  /// The newest (or the one before) container of a name, with the path of its log.
  package func container(
    namespace: String, pod: String, name: String, previous: Bool
  ) -> (pod: CoreV1.Pod, status: ContainerStatus?)? {
    guard let entry = entry(namespace: namespace, pod: pod), let found = entry.worker.pod else { return nil }
    let records = entry.state.records(of: name)
    return (found, previous ? records.dropFirst().first?.status : records.first?.status)
  }

  /// A pod's sandbox that runs: where ports are forwarded to. No id: the pod has none now.
  package func sandbox(namespace: String, pod: String) -> (pod: CoreV1.Pod, id: String?)? {
    guard let entry = entry(namespace: namespace, pod: pod), let found = entry.worker.pod else { return nil }
    return (found, entry.state.usableSandbox(hostNetwork: true)?.sandbox.id)
  }

  private func entry(namespace: String, pod: String) -> Entry? {
    let candidates = entries.values.filter {
      $0.worker.pod?.metadata.name == pod && $0.worker.pod?.metadata.namespace == namespace
    }
    // Of a pod that was deleted and made anew under its name, the one whose object exists.
    return candidates.first { $0.worker.phase != .removing } ?? candidates.first
  }

  /// Whether a container runs: a follower of its log goes on while it does.
  package func isRunning(container id: String) -> Bool {
    entries.values.contains { $0.state.containers.contains { $0.status.id == id && $0.status.state == .running } }
  }

  /// Running containers with their log files, for rotation.
  package var runningLogs: [(id: String, path: String)] {
    entries.values.flatMap { entry in
      entry.state.containers.filter { $0.status.state == .running && !$0.status.logPath.isEmpty }
        .map { ($0.status.id, $0.status.logPath) }
    }
  }

  /// The uids that are dealt with, for the removal of what was left behind.
  package var uids: Set<String> { Set(entries.keys) }

  /// Whether the API's pods are known.
  package var knowsDesired: Bool { desired != nil }

  /// A running container's id, for probes of tests and for exec later.
  package func runningContainer(namespace: String, pod: String, name: String) -> String? {
    guard let found = container(namespace: namespace, pod: pod, name: name, previous: false)?.status,
      found.state == .running
    else { return nil }
    return found.id
  }
}
