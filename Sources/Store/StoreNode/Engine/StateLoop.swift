import Logging
import MVCC
import RaftCore
import Replica

/// The state thread: applies what is committed, runs reads, and feeds the watches.
struct StateLoop: ~Copyable {
  private var state: ReplicaState
  private var hub: WatchHub
  private let engine: Engine
  /// The last entry that the disk had at the start, or what stands before the first.
  private let recovered: (index: LogIndex, term: Term)
  private var judgesSpace = false
  private var ticks = 0
  /// What was applied since the consensus was last woken to hear of it, in bytes of payload, and how much wakes it.
  private var unheard = 0
  private let mostUnheard: Int
  /// A compaction's sweep takes a quarter of a processor at most, on each replica: all have one to do at once.
  private var sweeping = Pace(rest: 3)
  /// A batch that takes longer to apply is counted: etcd's 100 ms, in nanoseconds.
  private static let slowApply: UInt64 = 100_000_000

  init(_ state: consuming ReplicaState, recovered: (index: LogIndex, term: Term), engine: Engine) {
    self.recovered = recovered
    hub = WatchHub(
      revision: state.store.revision,
      progressTicks: 600_000 / max(state.configuration.tickMilliseconds, 1))
    mostUnheard = state.configuration.maximumUnappliedBytes / 4
    self.state = state
    self.engine = engine
  }

  mutating func run() {
    publish()
    // While watches have history to read, the loop does not wait: a slice of that, then what came meanwhile.
    while let messages = engine.stateBox.take(until: wakes) {
      for message in messages { handle(message) }
      if hub.hasWork { hub.catchUp(state.store) }
      if state.hasSweepLeft, sweeping.isDue { sweep() }
    }
    hub.stop()
  }

  /// When to go on although nothing comes; nil: not at all.
  private var wakes: MonotonicTime? {
    if hub.hasWork { return MonotonicTime(nanoseconds: 0) }
    return state.hasSweepLeft ? sweeping.next : nil
  }

  /// A slice of what a compaction has left to forget.
  private mutating func sweep() {
    let start = MonotonicTime.now
    state.sweep()
    sweeping.worked(since: start)
    if !state.hasSweepLeft { publish() }
  }

  private mutating func handle(_ message: StateMessage) {
    switch message {
    case .apply(let entries):
      let bytes = entries.reduce(0) { $0 + $1.payload.count }
      var rest = entries[...]
      while !rest.isEmpty {
        let start = MonotonicTime.now
        rest = state.apply(rest)
        // A part of what was handed over at once takes nothing off the bound: the consensus need not be woken for it.
        if rest.isEmpty { unheard += bytes }
        if MonotonicTime.now.nanoseconds - start.nanoseconds > Self.slowApply {
          engine.metrics.counters.slowApplies.add(1, ordering: .relaxed)
        }
        carryOut()
      }
    case .awaitReads(let ids, let index): state.awaitReads(ids, index: index)
    case .install(let metadata): install(metadata)
    case .leadership(let leadership): state.leadershipChanged(leadership)
    case .tick:
      state.tick()
      hub.tick(state.store)
      publishWatches()
    case .snapshotSaved(let metadata): state.snapshotSaved(metadata)
    case .renewSnapshot: state.renewSnapshot()
    case .query(let body): body(state)
    case .watch(let request):
      if engine.refusal == nil { hub.handle(request.permitted(in: state), state.store) } else { request.refuse() }
    case .checkpoint(let checkpoint, let member): state.receive(checkpoint, from: member)
    case .endWatches: hub.stop()
    case .injectDivergence: state.injectDivergence()
    }
    carryOut()
  }

  private mutating func install(_ metadata: SnapshotMetadata) {
    guard let restored = engine.takeRestored(metadata) else {
      engine.fail("the snapshot at index \(metadata.index) is to be installed, but it was not received")
      return
    }
    state.restore(restored)
    unheard = mostUnheard
    engine.logger.notice(
      "installed a leader's snapshot",
      metadata: ["index": "\(metadata.index)", "revision": "\(state.store.revision)"])
  }

  private mutating func carryOut() {
    let effects = state.takeEffects()
    guard !effects.isEmpty else { return }
    // Whoever is answered below must find the header at least at the answer's revision.
    publish()
    answer(effects)
    for effect in effects {
      switch effect {
      case .result: break
      case .resultLost(let sequence): engine.waiters.failProposals([sequence], .timeout)
      case .readable(let ids): engine.waiters.finishReads(ids, .success(state))
      case .readsOverdue(let ids): engine.waiters.finishReads(ids, .failure(.timeout))
      case .advanced: hub.publish(state.store)
      case .applied(let index): tell(applied: index)
      case .members(let members): engine.take(members)
      case .propose(let command): engine.propose(command, nil)
      case .snapshotDue:
        let start = MonotonicTime.now
        let frozen = state.freeze()
        engine.metrics.counters.snapshotPauses.record(nanoseconds: start.elapsed)
        engine.snapshotBox.post(.save(frozen))
      case .checkpoint(let checkpoint):
        let frame = PeerControl.checkpoint(checkpoint).encoded()
        for member in state.membership.members where member != state.configuration.raft.member {
          engine.peers?.send([frame], to: member)
        }
      case .agreement(let agreement): engine.take(agreement)
      case .fault(let entry): engine.fail("\(entry)")
      }
    }
  }

  /// The consensus wants to know it only for the bound on what it hands over. So it finds it at its next turn, a tick
  /// later at the latest, and is woken for it only where a good part of that bound may be used up.
  private mutating func tell(applied index: LogIndex) {
    let message = ConsensusMessage.input(.applied(index))
    guard unheard >= mostUnheard else { return engine.consensusBox.leave(message) }
    unheard = 0
    engine.consensusBox.post(message)
  }

  /// Answers those whose proposals have taken effect.
  private func answer(_ effects: [StateEffect]) {
    let results = effects.compactMap { effect -> (UInt64, Result<ReplicaResult, StoreError>)? in
      if case .result(let sequence, let result) = effect { (sequence, .success(result)) } else { nil }
    }
    if !results.isEmpty { engine.waiters.finishProposals(results) }
  }

  private mutating func publish() {
    engine.auth.publish(state.records.auth)
    engine.publish(state)
    // What a snapshot left says nothing of the space that is used before the log behind it is read, and what that
    // compacts is forgotten.
    if !judgesSpace { judgesSpace = hasRecovered && !state.hasSweepLeft }
    if judgesSpace { engine.checkSpace(state.store) }
  }

  /// Whether all that the disk had at the start is applied, or never will be: an entry of a later term is in its place.
  private var hasRecovered: Bool { state.appliedIndex >= recovered.index || state.appliedTerm > recovered.term }

  /// Once a second or so: it goes over all streams.
  private mutating func publishWatches() {
    ticks += 1
    guard ticks * state.configuration.tickMilliseconds >= 1000 else { return }
    ticks = 0
    engine.publish(hub.figures)
  }
}
