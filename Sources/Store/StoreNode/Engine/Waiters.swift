import MVCC
import Replica
import Synchronization

/// Who waits for what: clients' proposals and reads under way, by the numbers that the replica knows them by.
final class Waiters: Sendable {
  typealias ProposalCompletion = @Sendable (Result<ReplicaResult, StoreError>) -> Void
  /// Runs on the state thread with the state, or anywhere with the error.
  typealias ReadCompletion = @Sendable (Result<ReplicaState, StoreError>) -> Void

  private struct State {
    var isStopped = false
    var lastSequence: UInt64 = 0
    var lastRead: UInt64 = 0
    var proposals: [UInt64: ProposalCompletion] = [:]
    var reads: [UInt64: ReadCompletion] = [:]
  }

  private let state = Mutex(State())

  /// Numbers a proposal and hands the number to `post` before any later one can be handed on: the replica wants them
  /// rising. `completion` may be nil when nobody waits.
  ///
  /// - Returns: the number; nil when stopped.
  @discardableResult
  func propose(_ completion: ProposalCompletion?, post: (UInt64) -> Void) -> UInt64? {
    let sequence: UInt64? = state.withLock { state in
      guard !state.isStopped else { return nil }
      state.lastSequence += 1
      if let completion { state.proposals[state.lastSequence] = completion }
      post(state.lastSequence)
      return state.lastSequence
    }
    if sequence == nil { completion?(.failure(.stopped)) }
    return sequence
  }

  @discardableResult
  func read(_ completion: @escaping ReadCompletion, post: (UInt64) -> Void) -> UInt64? {
    let id: UInt64? = state.withLock { state in
      guard !state.isStopped else { return nil }
      state.lastRead += 1
      state.reads[state.lastRead] = completion
      post(state.lastRead)
      return state.lastRead
    }
    if id == nil { completion(.failure(.stopped)) }
    return id
  }

  func finishProposal(_ sequence: UInt64, _ result: Result<ReplicaResult, StoreError>) {
    state.withLock { $0.proposals.removeValue(forKey: sequence) }?(result)
  }

  func finishRead(_ id: UInt64, _ result: Result<ReplicaState, StoreError>) {
    state.withLock { $0.reads.removeValue(forKey: id) }?(result)
  }

  /// Answers everybody with an error, and whoever comes later too.
  func stop() {
    let (proposals, reads) = state.withLock { state in
      state.isStopped = true
      defer {
        state.proposals = [:]
        state.reads = [:]
      }
      return (Array(state.proposals.values), Array(state.reads.values))
    }
    for completion in proposals { completion(.failure(.stopped)) }
    for completion in reads { completion(.failure(.stopped)) }
  }
}
