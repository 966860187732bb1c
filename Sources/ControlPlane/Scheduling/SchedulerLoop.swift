import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules
import Synchronization

/// Places pods that have no node, one after the other, and binds them, several at once.
///
/// A pod that was placed counts on its node at once, so that the next one sees it; should the binding fail it is taken
/// back. A pod that is bound already, by whomever, is never bound again: the API refuses.
package final class SchedulerLoop: LeaderTask {
  /// Bindings under way at most.
  static let bindings = 32

  private struct State {
    var cache = SchedulingCache()
    var queue = SchedulingQueue()
    var placement: Placement
  }

  private let client: ClusterClient
  private let recorder: EventRecorder
  private let schedulerName: String
  private let pods: Informer<CoreV1.Pod>
  private let namespaces: Informer<CoreV1.Namespace>
  private let logger: Logger
  private let state: Mutex<State>
  private let clock = ContinuousClock()
  private let origin = ContinuousClock.now
  private let wakeups: AsyncStream<Void>
  private let wakeup: AsyncStream<Void>.Continuation

  package init(_ context: ControllerContext, schedulerName: String, seed: UInt64) {
    client = context.client
    recorder = context.recorder
    self.schedulerName = schedulerName
    pods = context.informers.informer()
    namespaces = context.informers.informer()
    logger = context.logger
    state = Mutex(State(placement: Placement(seed: seed)))
    (wakeups, wakeup) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let nodes: Informer<CoreV1.Node> = context.informers.informer()
    nodes.addHandler { [self] change in nodeChanged(change) }
    pods.addHandler { [self] change in podChanged(change) }
  }

  private var now: Duration { clock.now - origin }

  // MARK: What changes

  private func nodeChanged(_ change: InformerChange<CoreV1.Node>) {
    state.withLock { state in
      switch change {
      case .added(let node):
        state.cache.upsert(node)
        state.queue.wakeAll(now: now)
      case .updated(let old, let new):
        state.cache.upsert(new)
        // Heartbeats are no reason to try again.
        if old.spec != new.spec || old.status.allocatable != new.status.allocatable
          || old.metadata.labels != new.metadata.labels
        {
          state.queue.wakeAll(now: now)
        }
      case .deleted(let node): state.cache.removeNode(node.metadata.name)
      }
    }
    wakeup.yield()
  }

  private func podChanged(_ change: InformerChange<CoreV1.Pod>) {
    state.withLock { state in
      switch change {
      case .added(let pod): take(pod, before: nil, &state)
      case .updated(let old, let new):
        if old.metadata.uid != new.metadata.uid { drop(old, &state) }
        take(new, before: old, &state)
      case .deleted(let pod): drop(pod, &state)
      }
    }
    wakeup.yield()
  }

  private func take(_ pod: CoreV1.Pod, before: CoreV1.Pod?, _ state: inout State) {
    let uid = pod.metadata.uid
    if !pod.spec.nodeName.isEmpty {
      let held = state.cache.place(of: uid) != nil
      state.cache.upsert(bound: pod)
      state.queue.remove(uid)
      // Room became free, or somebody came whom others want to be near.
      if held && pod.isFinished || !held && !pod.isFinished { state.queue.wakeAll(now: now) }
    } else if pod.isTerminating || pod.isFinished
      || pod.spec.schedulerName != schedulerName && !pod.spec.schedulerName.isEmpty
      || !pod.spec.schedulingGates.isEmpty
    {
      state.cache.forget(uid)
      state.queue.remove(uid)
    } else if !state.cache.isAssumed(uid) {
      let changed = before.map { $0.spec != pod.spec || $0.metadata.labels != pod.metadata.labels } ?? false
      state.queue.add(pod.key, uid: uid, priority: pod.spec.priority ?? 0, changed: changed, now: now)
    }
  }

  private func drop(_ pod: CoreV1.Pod, _ state: inout State) {
    let held = state.cache.place(of: pod.metadata.uid) != nil
    state.cache.remove(pod.metadata.uid)
    state.queue.remove(pod.metadata.uid)
    if held { state.queue.wakeAll(now: now) }
  }

  // MARK: The loop

  package func run() async throws {
    defer { wakeup.finish() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        while true {
          try await clock.sleep(for: .milliseconds(100))
          if state.withLock({ $0.queue.nextDeadline.map { $0 <= now } ?? false }) { wakeup.yield() }
        }
      }
      group.addTask { [self] in try await place() }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func place() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      let slots = Slots(Self.bindings)
      for await _ in wakeups {
        while let (footprint, choice) = next() {
          switch choice {
          case .node(let node):
            await slots.take()
            group.addTask { [self] in
              await bind(footprint, to: node)
              await slots.give()
            }
          case .none(let why):
            await slots.take()
            group.addTask { [self] in
              await report(footprint, why)
              await slots.give()
            }
          }
          try Task.checkCancellation()
        }
      }
    }
    try Task.checkCancellation()
  }

  /// Takes the next pod and chooses its node, on which it counts from then on.
  private func next() -> (PodFootprint, Placement.Choice)? {
    while true {
      guard let entry = state.withLock({ $0.queue.take(now: now) }) else { return nil }
      guard let pod = pods.get(entry.key), pod.metadata.uid == entry.uid, pod.spec.nodeName.isEmpty, !pod.isTerminating
      else {
        state.withLock { $0.queue.remove(entry.uid) }
        continue
      }
      let footprint = PodFootprint(pod)
      let choice = state.withLock { state in
        let choice = state.placement.choose(footprint, state.cache) { namespace in
          namespaces.get(name: namespace)?.metadata.labels ?? [:]
        }
        switch choice {
        case .node(let node):
          state.cache.assume(footprint, on: node)
          state.queue.placed(entry.uid)
        case .none: state.queue.failed(entry.uid, waits: true, now: now)
        }
        return choice
      }
      return (footprint, choice)
    }
  }

  private func bind(_ footprint: PodFootprint, to node: String) async {
    let pod = footprint.pod
    do {
      try await client.bind(
        pod: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid, to: node)
      recorder.record(
        pod, .normal, reason: "Scheduled", message: "Successfully assigned \(pod.key) to \(node)")
    } catch {
      logger.debug("not bound", metadata: ["pod": "\(pod.key)", "node": "\(node)", "error": "\(error)"])
      state.withLock { state in
        state.cache.forget(footprint.uid)
        // Gone, or bound by now: the cache will tell. Everything else is tried again.
        guard let current = pods.get(pod.key), current.metadata.uid == footprint.uid, current.spec.nodeName.isEmpty
        else { return }
        state.queue.add(pod.key, uid: footprint.uid, priority: pod.spec.priority ?? 0, changed: false, now: now)
        if state.queue.hold(footprint.uid) { state.queue.failed(footprint.uid, waits: false, now: now) }
      }
      if Task.isCancelled || error.isNotFound || error.isConflict { return }
      recorder.record(pod, .warning, reason: "FailedScheduling", message: "Binding rejected: \(error)")
    }
  }

  private func report(_ footprint: PodFootprint, _ why: Placement.Unschedulable) async {
    let pod = footprint.pod
    recorder.record(pod, .warning, reason: "FailedScheduling", message: why.description)
    var changed = pod
    guard
      changed.status.conditions.set(
        "PodScheduled", "False", reason: "Unschedulable", message: why.description, now: .now())
    else { return }
    do { _ = try await client.updateStatus(changed) } catch {
      logger.debug("condition not set", metadata: ["pod": "\(pod.key)", "error": "\(error)"])
    }
  }
}

/// Bounds how much goes on at once.
private actor Slots {
  private var free: Int
  private var waiters: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  func take() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiters.append($0) }
    }
  }

  func give() {
    if waiters.isEmpty {
      free += 1
    } else {
      waiters.removeFirst().resume()
    }
  }
}
