package import ClusterClient
import KubernetesAPI
package import Logging

/// Lets one instance of many work: whoever holds a Lease.
///
/// `run` takes part in the election until it is cancelled. While it leads, it runs the work; when it loses the
/// lease it cancels the work, waits for it to end, and is a candidate again. Cancelled while it leads, it ends the
/// work first and then gives the lease up, so that another takes over at once.
package struct LeaderElector: Sendable {
  private let client: ClusterClient
  private let lease: ObjectKey
  private let identity: String
  private let timing: LeaderElectionTiming
  private let logger: Logger
  private let clock = ContinuousClock()
  private let origin = ContinuousClock.now

  /// `lease` is the Lease's namespace and name; `identity` must differ between instances, also between the runs of one.
  package init(
    _ client: ClusterClient, lease: ObjectKey, identity: String, timing: LeaderElectionTiming = .init(), logger: Logger
  ) {
    self.client = client
    self.lease = lease
    self.identity = identity
    self.timing = timing
    var logger = logger
    logger[metadataKey: "lease"] = "\(lease)"
    self.logger = logger
  }

  private var now: Duration { clock.now - origin }

  /// Takes part until cancelled. `work` should run until it is cancelled; if it returns or throws, the lease is given
  /// up and the election goes on after a pause.
  package func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
    var election = LeaderElection(identity: identity, timing: timing)
    while true {
      try Task.checkCancellation()
      await attempt(&election)
      if election.isLeader {
        logger.info("leading", metadata: ["identity": "\(identity)"])
        await lead(&election, work)
        logger.info("no longer leading", metadata: ["identity": "\(identity)"])
      }
      let jitter = timing.retryPeriod * Double.random(in: 0..<0.2)
      try await Task.sleep(for: timing.retryPeriod + jitter)
    }
  }

  private enum Outcome: Sendable {
    case worked
    case renewing(LeaderElection)
  }

  /// Works and renews, until one of them ends; returns when both have, and gives the lease up if it is still held.
  private func lead(_ election: inout LeaderElection, _ work: @escaping @Sendable () async throws -> Void) async {
    let start = election
    election = await withTaskGroup(of: Outcome.self) { group in
      group.addTask {
        do { try await work() } catch {
          if !Task.isCancelled { logger.error("the leader's work ended", metadata: ["error": "\(error)"]) }
        }
        return .worked
      }
      group.addTask { .renewing(await keepRenewing(start)) }
      var latest = start
      for await outcome in group {
        group.cancelAll()
        if case .renewing(let election) = outcome { latest = election }
      }
      return latest
    }
    if election.resign() != nil { await release() }
  }

  /// Renews until the lease is lost or the task is cancelled. Renewals that fail are repeated sooner than the next
  /// one would come: the deadline does not move.
  private func keepRenewing(_ election: LeaderElection) async -> LeaderElection {
    var election = election
    do {
      while let deadline = election.deadline {
        // Counted from when the last renewal began, as the deadline is: one that took long leaves less time.
        try await sleep(until: deadline - timing.renewDeadline + timing.retryPeriod)
        while let before = election.deadline {
          await attempt(&election)
          if election.deadline != before { break }
          try await sleep(until: min(before, now + timing.retryPeriod / 10))
          election.expire(now: now)
        }
      }
    } catch {}
    return election
  }

  private func sleep(until instant: Duration) async throws {
    try Task.checkCancellation()
    if instant > now { try await clock.sleep(for: instant - now) }
  }

  /// Runs a request that is given up at `limit`.
  private func within<T: Sendable>(
    _ limit: Duration, _ request: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let left = limit - now
    guard left > .zero else { throw DeadlineExceeded() }
    return try await withDeadline(left, request)
  }

  /// Looks at the Lease and writes it if that is due. Both together end when a leader's time is up: until then nobody
  /// else can have taken over, and afterwards the work must not go on. A candidate's attempt that takes as long makes
  /// no leader either.
  private func attempt(_ election: inout LeaderElection) async {
    let start = now
    let limit = election.deadline ?? start + timing.renewDeadline
    do {
      let found = try await within(limit) {
        try await client.find(CoordinationV1.Lease.self, name: lease.name, namespace: lease.namespace)
      }
      switch election.tick(found.map(record), begun: start, now: now) {
      case .wait: break
      case .create(let transitions):
        let written = try await within(limit) { try await client.create(desired(nil, transitions)) }
        election.written(record(written), now: now)
      case .write(_, let transitions):
        let written = try await within(limit) { try await client.update(desired(found, transitions)) }
        election.written(record(written), now: now)
      }
    } catch {
      election.written(nil, now: now)
      if !Task.isCancelled, !error.isConflict, !error.isAlreadyExists {
        // No answer is part of the trade; a refusal will not go away by itself.
        logger.log(
          level: error.apiStatus == nil ? .debug : .warning, "lease attempt failed", metadata: ["error": "\(error)"])
      }
    }
  }

  private func record(_ lease: CoordinationV1.Lease) -> LeaseRecord {
    LeaseRecord(
      holder: lease.spec.holderIdentity ?? "", transitions: lease.spec.leaseTransitions ?? 0,
      version: lease.metadata.resourceVersion)
  }

  private func desired(_ found: CoordinationV1.Lease?, _ transitions: Int32) -> CoordinationV1.Lease {
    var object = found ?? CoordinationV1.Lease()
    object.metadata.name = lease.name
    object.metadata.namespace = lease.namespace
    let time = MicroTime.now()
    if object.spec.holderIdentity != identity { object.spec.acquireTime = time }
    object.spec.holderIdentity = identity
    object.spec.leaseTransitions = transitions
    object.spec.renewTime = time
    object.spec.leaseDurationSeconds = Int32(clamping: max(1, timing.leaseDuration.components.seconds))
    return object
  }

  /// Best effort, and also when this task is cancelled: a task of its own does it.
  private func release() async {
    let release = Task {
      try? await withDeadline(.seconds(2)) {
        while true {
          var object = try await client.get(CoordinationV1.Lease.self, name: lease.name, namespace: lease.namespace)
          guard object.spec.holderIdentity == identity else { return }
          object.spec.holderIdentity = ""
          object.spec.leaseDurationSeconds = 1
          object.spec.renewTime = MicroTime.now()
          do {
            _ = try await client.update(object)
            return
          } catch {
            // A renewal that was cancelled on its way may still arrive, between the look and the update.
            guard error.isConflict else { return }
          }
        }
      }
    }
    await release.value
  }
}
