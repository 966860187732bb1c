import ContainerRuntime
import Kubelet
import KubernetesAPI
import Testing

@Suite("A pod's life")
struct PodWorkerTests {
  @Test("starts in order, runs, and does nothing more")
  func start() async throws {
    let harness = WorkerHarness(pod(containers: ["a", "b"]))
    #expect(try await harness.settle() == ["sandbox 0", "start a 0", "start b 0"])
    #expect(try await harness.settle().isEmpty)
    let status = try await harness.status()
    #expect(status.phase == "Running")
    #expect(status.podIP == "198.19.1.2")
    #expect(status.containerStatuses.map(\.ready) == [true, true])
    #expect(status.conditions.first { $0.type == "Ready" }?.status == "True")
    #expect(status.qosClass == "BestEffort")
  }

  @Test("an action that is under way is not given out again")
  func once() async throws {
    let harness = WorkerHarness(pod())
    #expect(try await harness.plan().actions == [.createSandbox(attempt: 0)])
    #expect(try await harness.plan().actions.isEmpty)
    #expect(try await harness.plan().actions.isEmpty)
  }

  @Test("a new worker adopts what runs")
  func adopt() async throws {
    let harness = WorkerHarness(pod(containers: ["a", "b"]))
    try await harness.settle()
    harness.worker = PodWorker(uid: harness.pod.metadata.uid)
    harness.update { _ in }
    #expect(try await harness.settle().isEmpty)
    try await harness.exit("a", code: 1)
    #expect(try await harness.settle() == ["start a 1"])
  }

  @Test("restarts at once, then after 10 s, 20 s, … up to 5 min, and at once again after 10 min of peace")
  func backoff() async throws {
    let harness = WorkerHarness(pod())
    try await harness.settle()
    var attempt = 1
    try await harness.exit("app", code: 1)
    #expect(try await harness.settle() == ["start app 1"])
    for delay: Int64 in [10, 20, 40, 80, 160, 300, 300] {
      attempt += 1
      harness.advance(1)
      try await harness.exit("app", code: 1)
      let idle = try await harness.settle().filter { $0.hasPrefix("start") }
      #expect(idle.isEmpty)
      let status = try await harness.status()
      #expect(status.containerStatuses[0].state.waiting?.reason == "CrashLoopBackOff")
      #expect(status.containerStatuses[0].lastState.terminated?.exitCode == 1)
      #expect(harness.wakeAt == harness.now + delay * second)
      harness.advance(delay - 1)
      #expect(try await harness.settle().isEmpty)
      harness.advance(1)
      #expect(try await harness.settle().filter { $0.hasPrefix("start") } == ["start app \(attempt)"])
    }
    harness.advance(601)
    try await harness.exit("app", code: 0)
    #expect(try await harness.settle().contains("start app \(attempt + 1)"))
    // Of what has ended, only the last two are kept.
    #expect(try await harness.state().containers.count <= 3)
  }

  @Test(
    "restart policies",
    arguments: [
      ("Never", 0, false), ("Never", 1, false), ("OnFailure", 0, false), ("OnFailure", 1, true), ("Always", 0, true),
    ])
  func policies(policy: String, code: Int32, restarts: Bool) async throws {
    let harness = WorkerHarness(pod { $0.spec.restartPolicy = policy })
    try await harness.settle()
    try await harness.exit("app", code: code)
    let done = try await harness.settle()
    #expect(done == (restarts ? ["start app 1"] : ["stop sandbox"]))
    let status = try await harness.status()
    #expect(status.phase == (restarts ? "Running" : code == 0 ? "Succeeded" : "Failed"))
    if !restarts {
      #expect(harness.worker.phase == .terminated)
      #expect(status.conditions.first { $0.type == "Ready" }?.status == "False")
      try await harness.publish()
      // A new kubelet makes sure that it is stopped, and leaves it at that.
      harness.worker = PodWorker(uid: harness.pod.metadata.uid)
      harness.update { _ in }
      #expect(try await harness.settle() == ["stop sandbox"])
      #expect(try await harness.status().phase == status.phase)
    }
  }

  @Test("init containers run one after the other, before the others")
  func initContainers() async throws {
    let harness = WorkerHarness(pod { $0.spec.initContainers = [container("i1"), container("i2")] })
    #expect(try await harness.settle() == ["sandbox 0", "start i1 0"])
    var status = try await harness.status()
    #expect(status.phase == "Pending")
    #expect(status.containerStatuses[0].state.waiting?.reason == "PodInitializing")
    #expect(status.conditions.first { $0.type == "Initialized" }?.status == "False")
    try await harness.exit("i1", code: 1)
    #expect(try await harness.settle() == ["start i1 1"])
    try await harness.exit("i1", code: 0)
    #expect(try await harness.settle() == ["start i2 0"])
    try await harness.exit("i2", code: 0)
    #expect(try await harness.settle() == ["start app 0"])
    status = try await harness.status()
    #expect(status.conditions.first { $0.type == "Initialized" }?.status == "True")
    #expect(status.initContainerStatuses.map(\.ready) == [true, true])
  }

  @Test("an init container that fails for good fails the pod")
  func initFails() async throws {
    let harness = WorkerHarness(
      pod {
        $0.spec.initContainers = [container("i1")]
        $0.spec.restartPolicy = "Never"
      })
    try await harness.settle()
    try await harness.exit("i1", code: 3)
    #expect(try await harness.settle() == ["stop sandbox"])
    #expect(try await harness.status().phase == "Failed")
  }

  @Test("a sidecar starts before, runs beside, and ends after the others")
  func sidecar() async throws {
    let harness = WorkerHarness(
      pod { $0.spec.initContainers = [container("side") { $0.restartPolicy = "Always" }, container("i2")] })
    #expect(try await harness.settle() == ["sandbox 0", "start side 0", "start i2 0"])
    try await harness.exit("i2", code: 0)
    #expect(try await harness.settle() == ["start app 0"])
    try await harness.exit("side", code: 0)
    #expect(try await harness.settle() == ["start side 1"])
    harness.update {
      $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1)
      $0.metadata.deletionGracePeriodSeconds = 30
    }
    #expect(try await harness.settle() == ["kill app 30", "kill side 30", "stop sandbox"])
  }

  @Test("is stopped with its grace period, reported, and removed when its object is gone")
  func delete() async throws {
    let harness = WorkerHarness(pod(containers: ["a", "b"]))
    try await harness.settle()
    try await harness.publish()
    harness.update {
      $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1)
      $0.metadata.deletionGracePeriodSeconds = 7
    }
    let done = try await harness.settle()
    #expect(Set(done.prefix(2)) == ["kill a 7", "kill b 7"])
    #expect(done.dropFirst(2) == ["stop sandbox"])
    #expect(harness.worker.phase == .terminated)
    let status = try await harness.status()
    #expect(status.containerStatuses.allSatisfy { $0.state.terminated != nil })
    #expect(status.podIP == "198.19.1.2")
    harness.gone()
    #expect(try await harness.settle() == ["remove sandbox", "clean up"])
    #expect(harness.worker.phase == .gone)
    #expect(try await harness.state().isEmpty)
  }

  @Test("a shorter grace period cuts a kill that is under way short")
  func shorterGrace() async throws {
    let harness = WorkerHarness(pod())
    try await harness.settle()
    harness.update {
      $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1)
      $0.metadata.deletionGracePeriodSeconds = 30
    }
    #expect(try await harness.plan().actions.map(WorkerHarness.name) == ["kill app 30"])
    harness.advance(5)
    #expect(try await harness.plan().actions.isEmpty)
    harness.update { $0.metadata.deletionGracePeriodSeconds = 1 }
    #expect(try await harness.plan().actions.map(WorkerHarness.name) == ["kill app 1"])
    harness.update { $0.metadata.deletionGracePeriodSeconds = 60 }
    #expect(try await harness.plan().actions.isEmpty)
  }

  @Test("a pod of which only the runtime knows is ended and removed")
  func orphan() async throws {
    let harness = WorkerHarness(pod())
    try await harness.settle()
    harness.worker = PodWorker(uid: harness.pod.metadata.uid)
    harness.gone()
    #expect(try await harness.settle() == ["kill app 30", "stop sandbox", "remove sandbox", "clean up"])
    #expect(harness.worker.phase == .gone)
  }

  @Test("a deletion while the image is fetched cancels the start and kills what came of it")
  func deleteWhileStarting() async throws {
    let harness = WorkerHarness(pod())
    let sandbox = try #require(try await harness.plan().actions.first)
    _ = await harness.perform(sandbox)
    harness.worker.finished(sandbox, error: nil, now: harness.now)
    let start = try #require(try await harness.plan().actions.first)
    harness.update { $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1) }
    let plan = try await harness.plan()
    #expect(plan.cancelsStart)
    #expect(plan.actions.isEmpty)
    _ = await harness.perform(start)
    harness.worker.finished(start, error: nil, now: harness.now)
    #expect(try await harness.settle() == ["kill app 30", "stop sandbox"])
  }

  @Test("a sandbox that died is replaced, and its containers begin anew in the next")
  func sandboxDies() async throws {
    let harness = WorkerHarness(pod(containers: ["a", "b"]))
    try await harness.settle()
    let sandbox = try #require(try await harness.state().sandboxes.first?.sandbox.id)
    try await harness.runtime.stopPodSandbox(sandbox)
    #expect(try await harness.settle() == ["stop sandbox", "sandbox 1", "start a 1", "start b 1"])
    #expect(try await harness.status().containerStatuses.map(\.restartCount) == [1, 1])
  }

  @Test("an image that cannot be had is tried again with growing delays")
  func imagePull() async throws {
    let harness = WorkerHarness(pod())
    let error = PodActionError(reason: PodActionError.imagePull, message: "no such image")
    harness.failures["start app 0"] = error
    #expect(try await harness.settle() == ["sandbox 0", "start app 0"])
    #expect(try await harness.status().containerStatuses[0].state.waiting?.reason == "ImagePullBackOff")
    #expect(harness.wakeAt == harness.now + 10 * second)
    harness.advance(10)
    #expect(try await harness.settle() == ["start app 0"])
    #expect(harness.wakeAt == harness.now + 20 * second)
    harness.failures = [:]
    harness.advance(20)
    #expect(try await harness.settle() == ["start app 0"])
    #expect(try await harness.status().phase == "Running")
  }

  @Test("a failed probe kills within its grace period, and the container starts anew")
  func liveness() async throws {
    let harness = WorkerHarness(pod())
    try await harness.settle()
    harness.probes[try await harness.id("app")] = ContainerProbeState(failure: "unwell", failureGracePeriod: 3)
    let plan = try await harness.plan()
    guard case .killContainer(_, "app", 3, "unwell")? = plan.actions.first else {
      Issue.record("\(plan.actions)")
      return
    }
    for action in plan.actions {
      _ = await harness.perform(action)
      harness.worker.finished(action, error: nil, now: harness.now)
    }
    #expect(try await harness.settle() == ["start app 1"])
  }

  @Test("a grace period beyond all measure counts as a year")
  func boundlessGrace() async throws {
    let harness = WorkerHarness(pod { $0.spec.terminationGracePeriodSeconds = .max })
    try await harness.settle()
    harness.probes[try await harness.id("app")] = ContainerProbeState(failure: "unwell")
    guard case .killContainer(_, "app", 31_536_000, "unwell")? = try await harness.plan().actions.first else {
      Issue.record("no kill, or with another grace period")
      return
    }
  }

  @Test("a new image restarts only its container")
  func imageChange() async throws {
    let harness = WorkerHarness(pod(containers: ["a", "b"]))
    try await harness.settle()
    harness.update { $0.spec.containers[1].image = "demo:v2" }
    #expect(try await harness.settle() == ["kill b 30", "start b 1"])
  }

  @Test("a pod past its deadline fails")
  func deadline() async throws {
    let harness = WorkerHarness(pod { $0.spec.activeDeadlineSeconds = 60 })
    try await harness.settle()
    try await harness.publish()
    harness.update { _ in }
    #expect(try await harness.settle().isEmpty)
    #expect(harness.wakeAt == harness.now + 60 * second)
    harness.advance(60)
    #expect(try await harness.settle() == ["kill app 30", "stop sandbox"])
    let status = try await harness.status()
    #expect(status.phase == "Failed")
    #expect(status.reason == "DeadlineExceeded")
  }

  @Test("a deadline and a start beyond all measure are no harm")
  func boundlessDeadline() async throws {
    let harness = WorkerHarness(pod { $0.spec.activeDeadlineSeconds = .max })
    try await harness.settle()
    try await harness.publish()
    // The year 9999, the last that the API can say.
    harness.update { $0.status.startTime = Time(secondsSinceEpoch: 253_402_300_799) }
    #expect(try await harness.settle().isEmpty)
    #expect(try await harness.status().phase == "Running")
  }

  @Test("whatever fails, and whenever, the pod ends up running once, and then gone", arguments: 0..<200)
  func chaos(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let harness = WorkerHarness(pod(containers: ["a", "b"]) { $0.spec.initContainers = [container("i")] })
    for _ in 0..<60 {
      let plan = try await harness.plan()
      for action in plan.actions {
        let error: PodActionError? =
          switch Int.random(in: 0..<10, using: &random) {
          case 0: PodActionError(reason: "CreateContainerError", message: "before")
          case 1:
            if await harness.perform(action) == nil {
              PodActionError(reason: "RunContainerError", message: "after")
            } else {
              PodActionError(reason: "RunContainerError", message: "before")
            }
          default: await harness.perform(action)
          }
        harness.worker.finished(action, error: error, now: harness.now)
      }
      if let record = try await harness.state().live.randomElement(using: &random),
        Int.random(in: 0..<6, using: &random) == 0
      {
        harness.runtime.exitContainer(record.status.id, code: record.status.name == "i" ? 0 : 1)
      }
      if Int.random(in: 0..<20, using: &random) == 0, let sandbox = try await harness.state().sandboxes.first {
        try await harness.runtime.stopPodSandbox(sandbox.sandbox.id)
      }
      if Int.random(in: 0..<15, using: &random) == 0 {
        harness.worker = PodWorker(uid: harness.pod.metadata.uid)
        harness.update { _ in }
      }
      harness.advance(Int64.random(in: 0...30, using: &random))
      let state = try await harness.state()
      for name in ["a", "b", "i"] {
        #expect(state.live.count { $0.status.name == name } <= 1, "two of \(name)")
      }
      #expect(state.sandboxes.count { $0.sandbox.isReady } <= 1)
    }
    for _ in 0..<20 {
      try await harness.settle()
      for record in try await harness.state().live where record.status.name == "i" {
        harness.runtime.exitContainer(record.status.id, code: 0)
      }
      harness.advance(301)
    }
    #expect(Set(try await harness.state().live.map(\.status.name)) == ["a", "b"])
    harness.gone()
    try await harness.settle()
    harness.advance(10)
    try await harness.settle()
    #expect(harness.worker.phase == .gone)
    #expect(try await harness.state().isEmpty)
  }
}

struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

  mutating func next() -> UInt64 {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
