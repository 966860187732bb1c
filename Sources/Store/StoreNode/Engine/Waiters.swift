import MVCC
import Replica
import Synchronization

/// Who waits for what: clients' proposals and reads under way, by the numbers that the replica knows them by.
final class Waiters: Sendable {
  typealias ProposalCompletion = @Sendable (Result<ReplicaResult, StoreError>) -> Void
  /// Runs on the state thread with the state, or anywhere with the error.
  typealias ReadCompletion = @Sendable (Result<ReplicaState, StoreError>) -> Void

  private struct State {
    /// What everybody is told from now on.
    var refusal: StoreError?
    var lastSequence: UInt64 = 0
    var lastRead: UInt64 = 0
    var proposals: [UInt64: ProposalCompletion] = [:]
    var reads: [UInt64: ReadCompletion] = [:]
  }

  private let state = Mutex(State())

  /// Clients' proposals under way.
  var proposalCount: Int { state.withLock { $0.proposals.count } }

  /// Numbers a proposal and hands the number to `post` before any later one can be handed on: the replica wants them
  /// rising. `completion` may be nil when nobody waits.
  ///
  /// - Returns: the number; nil when stopped.
  @discardableResult
  func propose(_ completion: ProposalCompletion?, post: (UInt64) -> Void) -> UInt64? {
    let (sequence, refusal): (UInt64?, StoreError?) = state.withLock { state in
      if let refusal = state.refusal { return (nil, refusal) }
      state.lastSequence += 1
      if let completion { state.proposals[state.lastSequence] = completion }
      post(state.lastSequence)
      return (state.lastSequence, nil)
    }
    if let refusal { completion?(.failure(refusal)) }
    return sequence
  }

  @discardableResult
  func read(_ completion: @escaping ReadCompletion, post: (UInt64) -> Void) -> UInt64? {
    let (id, refusal): (UInt64?, StoreError?) = state.withLock { state in
      if let refusal = state.refusal { return (nil, refusal) }
      state.lastRead += 1
      state.reads[state.lastRead] = completion
      post(state.lastRead)
      return (state.lastRead, nil)
    }
    if let refusal { completion(.failure(refusal)) }
    return id
  }

  func finishProposal(_ sequence: UInt64, _ result: Result<ReplicaResult, StoreError>) {
    state.withLock { $0.proposals.removeValue(forKey: sequence) }?(result)
  }

  func finishRead(_ id: UInt64, _ result: Result<ReplicaState, StoreError>) {
    state.withLock { $0.reads.removeValue(forKey: id) }?(result)
  }

  /// Answers everybody with an error, and whoever comes later too.
  func stop(_ refusal: StoreError = .stopped) {
    let (proposals, reads) = state.withLock { state in
      state.refusal = state.refusal ?? refusal
      defer {
        state.proposals = [:]
        state.reads = [:]
      }
      return (Array(state.proposals.values), Array(state.reads.values))
    }
    for completion in proposals { completion(.failure(refusal)) }
    for completion in reads { completion(.failure(refusal)) }
  }
}
