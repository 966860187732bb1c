import Logging
import RaftCore
import RaftLog
import Replica
import Synchronization

/// What a replica knows of the replicas' states being equal, and whether it may serve.
final class Integrity: Sendable {
  private struct State {
    var agreement = StateAgreement()
    var note: DivergenceNote?
  }

  private let state = Mutex(State())

  /// Nil as long as this replica's state is not known to be wrong.
  var note: DivergenceNote? { state.withLock { $0.note } }

  var agreement: StateAgreement { state.withLock { $0.agreement } }

  func set(_ agreement: StateAgreement) -> StateAgreement {
    state.withLock { state in
      defer { state.agreement = agreement }
      return state.agreement
    }
  }

  /// Says whether that is news.
  func set(_ note: DivergenceNote) -> Bool {
    state.withLock { state in
      defer { state.note = state.note ?? note }
      return state.note == nil
    }
  }
}

extension Engine {
  /// Why nothing is served; nil when it is.
  var refusal: StoreError? { integrity.note == nil ? nil : .diverged }

  /// What has come of a comparison, on the state thread.
  func take(_ agreement: StateAgreement) {
    let before = integrity.set(agreement)
    for member in agreement.diverged.subtracting(before.diverged).sorted() {
      logger.error(
        "a member's state differs from the majority's: it takes itself out of service",
        metadata: ["member": "\(String(member, radix: 16))"])
    }
    for member in before.diverged.subtracting(agreement.diverged).sorted() {
      logger.notice("a member's state is right again", metadata: ["member": "\(String(member, radix: 16))"])
    }
    if let index = agreement.undecided, before.undecided == nil {
      logger.critical(
        "the replicas' states differ, and no majority says whose is right: compare them with etcdctl endpoint hashkv",
        metadata: ["index": "\(index)"])
    }
    if before.undecided != nil, agreement.undecided == nil { logger.notice("the replicas' states agree again") }
    if let dissent = agreement.outvoted {
      goOutOfService(
        DivergenceNote(
          index: dissent.index, own: dissent.own, majority: dissent.majority, time: wallClockMilliseconds()))
    }
  }

  /// This replica's state is wrong: nobody gets an answer out of it any more, and it hands the leadership over and falls
  /// silent. The process goes on, to say so.
  func goOutOfService(_ note: DivergenceNote) {
    guard integrity.set(note) else { return }
    waiters.stop(.diverged)
    stateBox.post(.endWatches)
    logger.critical("\(StoreError.diverged.message)", metadata: ["index": "\(note.index)"])
    consensusBox.post(.input(.retire))
    do throws(StorageError) {
      if let dataPath { try note.save(in: dataPath) }
    } catch {
      logger.critical(
        "that this replica's state is wrong cannot be noted: do not start it again but with --rebuild",
        metadata: ["error": "\(error)"])
    }
  }
}
