import ContainerRuntime
import Kubelet
import KubernetesAPI

let second: Int64 = 1_000_000_000

func pod(_ name: String = "web", containers: [String] = ["app"], change: (inout CoreV1.Pod) -> Void = { _ in })
  -> CoreV1.Pod
{
  var pod = CoreV1.Pod()
  pod.metadata.name = name
  pod.metadata.namespace = "default"
  pod.metadata.uid = "uid-\(name)"
  pod.spec.nodeName = "node1"
  pod.spec.restartPolicy = "Always"
  pod.spec.terminationGracePeriodSeconds = 30
  pod.spec.containers = containers.map { container($0) }
  change(&pod)
  return pod
}

func container(_ name: String, change: (inout CoreV1.Container) -> Void = { _ in }) -> CoreV1.Container {
  var container = CoreV1.Container()
  container.name = name
  container.image = "demo:v1"
  change(&container)
  return container
}

/// A worker over the hollow runtime, with a clock that only moves when told.
final class WorkerHarness {
  var worker: PodWorker
  var now: Int64 = 1_000_000 * second
  var probes: [String: ContainerProbeState] = [:]
  let runtime: HollowRuntime
  private(set) var pod: CoreV1.Pod
  private(set) var log: [String] = []
  private(set) var wakeAt: Int64?
  /// Actions of these names fail with this error.
  var failures: [String: PodActionError] = [:]
  private let clock: HarnessClock

  init(_ pod: CoreV1.Pod) {
    let clock = HarnessClock()
    self.clock = clock
    self.pod = pod
    runtime = HollowRuntime(addressPrefix: "198.19.1", now: { clock.now })
    worker = PodWorker(uid: pod.metadata.uid)
    clock.now = now
    worker.update(.exists(pod), now: now)
  }

  func advance(_ seconds: Int64) {
    now += seconds * second
    clock.now = now
  }

  func update(_ change: (inout CoreV1.Pod) -> Void) {
    change(&pod)
    worker.update(.exists(pod), now: now)
  }

  func gone() { worker.update(.gone(gracePeriod: 30), now: now) }

  func state() async throws -> PodRuntimeState { try await RuntimeView(runtime: runtime).state(of: pod.metadata.uid) }

  /// One step, without carrying it out.
  func plan() async throws -> PodWorker.Plan {
    let plan = worker.step(runtime: try await state(), probes: probes, now: now)
    wakeAt = plan.wakeAt
    return plan
  }

  /// Steps and carries out until there is nothing to do. Returns the actions' names, in order.
  @discardableResult
  func settle(limit: Int = 60) async throws -> [String] {
    var done: [String] = []
    for _ in 0..<limit {
      let plan = try await plan()
      if plan.actions.isEmpty { break }
      for action in plan.actions {
        done.append(Self.name(action))
        var error = failures[Self.name(action)]
        if error == nil { error = await perform(action) }
        worker.finished(action, error: error, now: now)
      }
    }
    log += done
    return done
  }

  func status() async throws -> CoreV1.PodStatus {
    PodStatusBuilder(hostAddress: "198.18.0.6").status(
      of: pod, worker: worker, runtime: try await state(), probes: probes, now: now)
  }

  /// Publishes the status, as the API would give it back.
  func publish() async throws { pod.status = try await status() }

  func id(_ name: String) async throws -> String { try await state().latest(name)?.status.id ?? "" }

  func exit(_ name: String, code: Int32) async throws { runtime.exitContainer(try await id(name), code: code) }

  static func name(_ action: PodAction) -> String {
    switch action {
    case .createSandbox(let attempt): "sandbox \(attempt)"
    case .startContainer(let name, let attempt, _): "start \(name) \(attempt)"
    case .killContainer(_, let name, let grace, _): "kill \(name) \(grace)"
    case .stopSandbox: "stop sandbox"
    case .removeContainer: "remove container"
    case .removeSandbox: "remove sandbox"
    case .cleanUp: "clean up"
    }
  }

  func perform(_ action: PodAction) async -> PodActionError? {
    do {
      switch action {
      case .createSandbox(let attempt):
        var config = SandboxConfig(
          metadata: .init(
            name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid, attempt: attempt))
        config.labels = [RuntimeLabels.podUID: pod.metadata.uid]
        _ = try await runtime.runPodSandbox(config)
      case .startContainer(let name, let attempt, let sandbox):
        let wanted = (pod.spec.containers + pod.spec.initContainers).first { $0.name == name }
        var config = ContainerConfig(name: name, attempt: attempt, image: wanted?.image ?? "")
        config.labels = [RuntimeLabels.podUID: pod.metadata.uid]
        config.annotations = [RuntimeLabels.containerHash: wanted?.restartHash ?? ""]
        _ = try await runtime.pullImage(config.image, credentials: nil)
        let metadata = SandboxMetadata(name: "", namespace: "", uid: "", attempt: 0)
        let id = try await runtime.createContainer(
          config, in: sandbox, sandboxConfig: SandboxConfig(metadata: metadata))
        try await runtime.startContainer(id)
      case .killContainer(let id, _, _, _): try await runtime.stopContainer(id, gracePeriod: 0)
      case .stopSandbox(let id): try await runtime.stopPodSandbox(id)
      case .removeContainer(let id): try await runtime.removeContainer(id)
      case .removeSandbox(let id): try await runtime.removePodSandbox(id)
      case .cleanUp: break
      }
      return nil
    } catch {
      return PodActionError(reason: "RunContainerError", message: "\(error)")
    }
  }
}

/// Read by the hollow runtime from wherever it runs.
final class HarnessClock: @unchecked Sendable {
  // Tests move it only between calls to the runtime.
  var now: Int64 = 0
}
