import Logging
import MVCC
import RaftCore
import Replica

/// The state thread: applies what is committed, runs reads, and feeds the watches.
struct StateLoop: ~Copyable {
  private var state: ReplicaState
  private var hub: WatchHub
  private let engine: Engine

  init(_ state: consuming ReplicaState, engine: Engine) {
    hub = WatchHub(
      revision: state.store.revision,
      progressTicks: 600_000 / max(state.configuration.tickMilliseconds, 1))
    self.state = state
    self.engine = engine
  }

  mutating func run() {
    publish()
    // While watches have history to read or a compaction has left something to forget, the loop does not wait: a slice
    // of that, then what came meanwhile.
    while let messages = engine.stateBox.take(until: hasWork ? MonotonicTime(nanoseconds: 0) : nil) {
      for message in messages { handle(message) }
      if hub.hasWork { hub.catchUp(state.store) }
      if state.hasSweepLeft { state.sweep() }
    }
    hub.stop()
  }

  private var hasWork: Bool { hub.hasWork || state.hasSweepLeft }

  private mutating func handle(_ message: StateMessage) {
    switch message {
    case .apply(let entries):
      var rest = entries[...]
      while !rest.isEmpty {
        rest = state.apply(rest)
        carryOut()
      }
    case .awaitReads(let ids, let index): state.awaitReads(ids, index: index)
    case .install(let metadata): install(metadata)
    case .leadership(let leadership): state.leadershipChanged(leadership)
    case .tick:
      state.tick()
      hub.tick(state.store)
    case .snapshotSaved(let metadata): state.snapshotSaved(metadata)
    case .query(let body): body(state)
    case .watch(let request): hub.handle(request, state.store)
    }
    carryOut()
  }

  private mutating func install(_ metadata: SnapshotMetadata) {
    guard let restored = engine.takeRestored(metadata) else {
      engine.fail("the snapshot at index \(metadata.index) is to be installed, but it was not received")
      return
    }
    state.restore(restored)
    engine.logger.notice(
      "installed a leader's snapshot",
      metadata: ["index": "\(metadata.index)", "revision": "\(state.store.revision)"])
  }

  private mutating func carryOut() {
    let effects = state.takeEffects()
    guard !effects.isEmpty else { return }
    // Whoever is answered below must find the header at least at the answer's revision.
    publish()
    for effect in effects {
      switch effect {
      case .result(let sequence, let result): engine.waiters.finishProposal(sequence, .success(result))
      case .resultLost(let sequence): engine.waiters.finishProposal(sequence, .failure(.timeout))
      case .readable(let ids): for id in ids { engine.waiters.finishRead(id, .success(state)) }
      case .advanced: hub.publish(state.store)
      case .applied(let index): engine.consensusBox.post(.input(.applied(index)))
      case .propose(let command): engine.propose(command, nil)
      case .snapshotDue: engine.snapshotBox.post(.save(state.freeze()))
      case .fault(let entry): engine.fail("\(entry)")
      }
    }
  }

  private func publish() {
    engine.publish(
      revision: state.store.revision, compactRevision: state.store.compactRevision, applied: state.appliedIndex,
      size: state.store.size)
  }
}
