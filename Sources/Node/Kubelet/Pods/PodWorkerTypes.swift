package import KubernetesAPI

/// What the API server wants of a pod.
package enum PodDesire: Sendable, Equatable {
  /// The pod exists; it may carry a deletion timestamp.
  case exists(CoreV1.Pod)
  /// The pod's object is gone: end what is left of it and clean up. The grace period is that of its last known state.
  case gone(gracePeriod: Int64)
}

/// A step that the driver must take for a pod. Every action that was given out is reported back with
/// `PodWorker.finished`, after the driver has looked at the runtime anew.
package enum PodAction: Hashable, Sendable {
  /// Prepare volumes and make a sandbox.
  case createSandbox(attempt: UInt32)
  /// Fetch the image, create the container, start it, run its post-start hook.
  case startContainer(name: String, attempt: UInt32, sandboxID: String)
  /// Run the pre-stop hook, then stop the container, all within the grace period. Given again with a shorter one while
  /// the first is under way.
  case killContainer(id: String, name: String, gracePeriod: Int64, reason: String)
  case stopSandbox(id: String)
  case removeContainer(id: String)
  case removeSandbox(id: String)
  /// Remove the pod's volumes, cgroups and logs.
  case cleanUp
}

/// Why a container could not be started, as its status shows it.
package struct PodActionError: Error, Hashable, Sendable {
  /// `ErrImagePull`, `ErrImageNeverPull`, `InvalidImageName`, `CreateContainerConfigError`, `CreateContainerError`,
  /// `RunContainerError`, `FailedCreatePodSandBox`, `FailedMount`, `Cancelled`, …
  package var reason: String
  package var message: String

  package init(reason: String, message: String) {
    self.reason = reason
    self.message = message
  }

  package static let imagePull = "ErrImagePull"
  package static let cancelled = "Cancelled"
}

/// What the probes of a container say. A container without probes is started and ready as soon as it runs.
package struct ContainerProbeState: Hashable, Sendable {
  package var isStarted: Bool
  package var isReady: Bool
  /// Why the container must be killed, if a liveness or startup probe says so.
  package var failure: String?
  /// The failed probe's own grace period, where it has one.
  package var failureGracePeriod: Int64?

  package init(isStarted: Bool = true, isReady: Bool = true, failure: String? = nil, failureGracePeriod: Int64? = nil) {
    self.isStarted = isStarted
    self.isReady = isReady
    self.failure = failure
    self.failureGracePeriod = failureGracePeriod
  }

  /// Before any probe of the container has been made.
  package static func initial(of container: CoreV1.Container) -> Self {
    Self(
      isStarted: container.startupProbe == nil,
      isReady: container.readinessProbe == nil && container.startupProbe == nil)
  }
}

/// Where a pod stands on this node.
package enum PodWorkerPhase: Hashable, Sendable {
  /// It is to run.
  case syncing
  /// Its containers are being stopped.
  case terminating
  /// Nothing of it runs any more. Its records and logs are still there.
  case terminated
  /// The records are being removed.
  case removing
  /// Nothing is left; the worker can be dropped.
  case gone
}

/// A pod failed as a whole, apart from what its containers did.
package struct PodFailure: Hashable, Sendable {
  package var reason: String
  package var message: String
}

/// Delays between attempts that double: 10 s, 20 s, 40 s, …, at most 5 min; forgotten 10 min after the last attempt.
/// Times are nanoseconds since 1970.
package struct RestartBackoff: Hashable, Sendable {
  package static let initial: Int64 = 10_000_000_000
  package static let maximum: Int64 = 300_000_000_000
  package static let reset: Int64 = 600_000_000_000

  private var delays: [String: (delay: Int64, last: Int64)] = [:]

  package init() {}

  /// The delay that holds for a name at this time; 0 for none.
  package func delay(_ name: String, now: Int64) -> Int64 {
    guard let entry = delays[name], now - entry.last <= Self.reset else { return 0 }
    return entry.delay
  }

  /// When the next attempt may be made after the one that ended at `end`; nil: now.
  package func wait(_ name: String, since end: Int64, now: Int64) -> Int64? {
    let delay = delay(name, now: now)
    // A clock that was set back must not make the wait longer than the delay.
    let until = min(end, now) + delay
    return until > now ? until : nil
  }

  /// An attempt is made now: the next waits longer.
  package mutating func advance(_ name: String, now: Int64) {
    let current = delay(name, now: now)
    delays[name] = (current == 0 ? Self.initial : min(current * 2, Self.maximum), now)
  }

  package mutating func clear(_ name: String) { delays[name] = nil }

  package static func == (left: Self, right: Self) -> Bool {
    left.delays.count == right.delays.count
      && left.delays.allSatisfy {
        right.delays[$0.key]?.delay == $0.value.delay && right.delays[$0.key]?.last == $0.value.last
      }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(delays.count) }
}

package let nanosecondsPerSecond: Int64 = 1_000_000_000
