import Logging
import NIOCore
import RaftCore
import RaftTransport
import Replica

/// The consensus: gives the replica's consensus half its inputs and ticks, and carries its effects out. Whatever takes
/// time is another thread's.
///
/// It lives on the loop of the peers' streams: a message is read, stepped and answered there without a change of thread,
/// of which a write would otherwise have six more on its way.
final class ConsensusLoop: @unchecked Sendable {
  // @unchecked: every stored property that changes is touched on `loop` only.
  private var consensus: ReplicaConsensus
  private let engine: Engine
  private let tap: StepTap?
  private let loop: any EventLoop
  private let stopped: EventLoopPromise<Void>
  private let tickMilliseconds: Int
  private let heartbeatMilliseconds: Int
  private var roundTrips = RoundTrips()
  private var notices = CommitNotices()
  private var spareHeartbeats = SpareHeartbeats()
  /// For what is kept back of messages.
  private var keptTimer: Scheduled<Void>?
  private var nextTick = MonotonicTime.now
  private var nextReminder = MonotonicTime.now + reminderMilliseconds
  private var timer: Scheduled<Void>?
  private var isStopped = false
  /// How often a replica that must catch up says so.
  private static let reminderMilliseconds = 10_000

  /// - Parameters:
  ///   - loop: the peers' streams', which nothing else should load.
  ///   - tap: is told of every step; nil for a replica that records nothing.
  init(
    _ consensus: consuming ReplicaConsensus, engine: Engine, loop: any EventLoop, tap: StepTap?
  ) {
    tickMilliseconds = consensus.configuration.tickMilliseconds
    heartbeatMilliseconds = tickMilliseconds * consensus.configuration.raft.heartbeatTicks
    self.consensus = consensus
    self.engine = engine
    self.tap = tap
    self.loop = loop
    stopped = loop.makePromise()
  }

  func start() {
    loop.execute {
      self.carryOut()
      self.engine.publish(self.consensus.status, self.consensus.readFigures)
      self.nextTick = .now + self.tickMilliseconds
      self.scheduleTick()
      self.engine.consensusBox.start { self.takeMessages() }
    }
  }

  /// Returns once it has taken ``ConsensusMessage/stop``.
  func join() async { try? await stopped.futureResult.get() }

  private func takeMessages() {
    stepMessages()
    if !isStopped { carryOut() }
  }

  private func stepMessages() {
    guard !isStopped else { return }
    for message in engine.consensusBox.take() {
      switch message {
      case .input(let input):
        if case .message(let message) = input { heard(message) }
        tap?.took(input)
        consensus.step(input)
      case .stop: return stop()
      }
    }
  }

  private func heard(_ message: RaftMessage) {
    notices.heard(message)
    spareHeartbeats.heard(message)
    if let time = roundTrips.receives(message) { engine.metrics.counters.roundTrip(time, to: message.from) }
  }

  private func stop() {
    isStopped = true
    tap?.finish()
    timer?.cancel()
    keptTimer?.cancel()
    engine.consensusBox.close()
    stopped.succeed()
  }

  private func scheduleTick() {
    let wait = Int64(clamping: nextTick.nanoseconds) - Int64(clamping: MonotonicTime.now.nanoseconds)
    timer = loop.scheduleTask(in: .nanoseconds(max(wait, 0))) { self.tick() }
  }

  private func tick() {
    // What peers have sent comes before the time that has passed.
    stepMessages()
    guard !isStopped else { return }
    let now = MonotonicTime.now
    // A heartbeat is due every few ticks; one that is as late as another again is worth to be known (as in etcd).
    if consensus.leadership.role == .leader, now >= nextTick + 2 * heartbeatMilliseconds {
      engine.metrics.counters.lateHeartbeats.add(1, ordering: .relaxed)
    }
    tap?.took(.tick)
    consensus.step(.tick)
    notices.tick()
    engine.stateBox.post(.tick)
    engine.publish(consensus.status, consensus.readFigures)
    // After a stall time goes on from here: ticks that were missed are not made up for, because what peers sent
    // meanwhile has not been read yet either.
    nextTick = now >= nextTick + tickMilliseconds ? now + tickMilliseconds : nextTick + tickMilliseconds
    if now >= nextReminder {
      nextReminder = now + Self.reminderMilliseconds
      if consensus.mustCatchUp {
        engine.logger.warning("\(LostTail.explanation(hasLostAll: consensus.hasLostAll))")
      }
    }
    carryOut()
    scheduleTick()
  }

  private func carryOut() {
    var frames: [MemberID: [[UInt8]]] = [:]
    var needsStatus = false
    let effects = consensus.takeEffects()
    tap?.took(effects, consensus)
    for effect in effects {
      switch effect {
      case .write(let write): engine.diskBox.post(.write(write))
      case .send(let message): send(message, &frames)
      case .apply(let entries): engine.stateBox.post(.apply(entries))
      case .installSnapshot(let metadata): engine.stateBox.post(.install(metadata))
      case .readable(let ids, let index): engine.stateBox.post(.awaitReads(ids: ids, index: index))
      case .readsRefused(let ids, let refusal):
        engine.waiters.finishReads(ids, .failure(StoreError(refusal)))
      case .proposalsRefused(let sequences, let refusal):
        engine.waiters.failProposals(sequences, StoreError(refusal))
      case .proposalsUncertain(let sequences): engine.waiters.failProposals(sequences, .timeout)
      case .readSnapshotChunk(let request): engine.snapshotBox.post(.read(request))
      case .storeSnapshotChunk(let chunk): engine.snapshotBox.post(.store(chunk))
      case .dropSnapshot(let metadata): engine.snapshotBox.post(.drop(metadata))
      case .forgetSnapshot(let metadata): _ = engine.takeRestored(metadata)
      case .compactLog(let index): engine.diskBox.post(.compact(through: index))
      case .leadership(let leadership):
        engine.stateBox.post(.leadership(leadership))
        engine.leadershipChanged(leadership)
        if leadership.role != .leader { notices.forget() }
        spareHeartbeats.forget()
        needsStatus = true
      case .fault(let fault): engine.fail("the consensus stopped: \(fault)")
      case .caughtUp:
        engine.logger.notice("caught up with what was lost, voting again")
        needsStatus = true
      case .disk(let condition): engine.take(condition)
      }
    }
    send(frames)
    scheduleKept()
    if needsStatus { engine.publish(consensus.status, consensus.readFigures) }
  }

  private func send(_ message: RaftMessage, _ frames: inout [MemberID: [[UInt8]]]) {
    if case .snapshotChunk = message.body {
      let frame = message.encoded()
      engine.metrics.counters.sent(1, bytes: frame.count, to: message.to)
      engine.peers?.send([frame], to: message.to, on: .snapshots)
    } else {
      let now = MonotonicTime.now.nanoseconds
      if case .heartbeat = message.body, isKept(heartbeat: message, at: now) { return }
      let (earlier, goes) = notices.pass(message, at: now)
      if let earlier { add(earlier, to: &frames) }
      if goes { add(message, to: &frames) }
    }
  }

  private func isKept(heartbeat: RaftMessage, at time: UInt64) -> Bool {
    let mayWait = !notices.hasClients(heartbeat.to)
    return !spareHeartbeats.pass(heartbeat, in: consensus.membership, mayWait: mayWait, at: time)
  }

  private func add(_ message: RaftMessage, to frames: inout [MemberID: [[UInt8]]]) {
    roundTrips.sends(message)
    frames[message.to, default: []].append(message.encoded())
  }

  private func send(_ frames: [MemberID: [[UInt8]]]) {
    for (peer, frames) in frames {
      engine.metrics.counters.sent(frames.count, bytes: frames.reduce(0) { $0 + $1.count }, to: peer)
      engine.peers?.send(frames, to: peer)
    }
  }

  // MARK: - What is kept back

  private func scheduleKept() {
    let dues = [notices.nextDue, spareHeartbeats.nextDue]
    guard keptTimer == nil, let due = dues.compactMap({ $0 }).min() else { return }
    let wait = Int64(clamping: due) - Int64(clamping: MonotonicTime.now.nanoseconds)
    keptTimer = loop.scheduleTask(in: .nanoseconds(max(wait, 0))) { self.sendKept() }
  }

  private func sendKept() {
    keptTimer = nil
    guard !isStopped, !consensus.isRetired else { return }
    let now = MonotonicTime.now.nanoseconds
    var frames: [MemberID: [[UInt8]]] = [:]
    for message in notices.takeDue(at: now) + spareHeartbeats.takeDue(at: now) { add(message, to: &frames) }
    send(frames)
    scheduleKept()
  }
}

/// What an operator must know of a replica that does not vote.
enum LostTail {
  static func explanation(hasLostAll: Bool) -> String { hasLostAll ? everything : tail }

  private static let everything = """
    this replica came back with an empty disk: it does not vote until it has caught up with a leader that the other \
    members have elected without it (docs/design/store.md)
    """

  private static let tail = """
    the log's end was lost: this replica does not vote until it has caught up with a leader. If none can be elected \
    because other voters are gone for good, stop it and start it once with: apus store --accept-torn-tail. That gives \
    up writes that only this replica and those voters had acknowledged (docs/design/store.md)
    """
}

extension StoreError {
  init(_ refusal: ProposalRefusal) {
    self =
      switch refusal {
      case .noLeader: .noLeader
      case .overloaded: .tooManyRequests
      case .transferring: .leaderChanged
      case .tooLarge: .requestTooLarge
      case .configuration: .noLeader
      case .unreadable: .unreadableCommand
      case .learnerNotReady: .learnerNotReady
      case .unhealthy: .unhealthyCluster
      }
  }
}
