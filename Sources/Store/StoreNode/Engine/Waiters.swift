import MVCC
import NIOConcurrencyHelpers
import Replica

/// Who waits for what: clients' proposals and reads under way, by the numbers that the replica knows them by.
final class Waiters: Sendable {
  typealias ProposalCompletion = @Sendable (Result<ReplicaResult, StoreError>) -> Void
  /// Runs on the state thread with the state, or anywhere with the error.
  typealias ReadCompletion = @Sendable (Result<ReplicaState, StoreError>) -> Void

  /// Of reads under way: far beyond what clients have, and little memory.
  static let mostReads = 1 << 16

  private struct State {
    /// What everybody is told from now on.
    var refusal: StoreError?
    var lastSequence: UInt64 = 0
    var lastRead: UInt64 = 0
    var proposals: [UInt64: ProposalCompletion] = [:]
    var reads: [UInt64: ReadCompletion] = [:]
  }

  /// Two busy threads meet here with every write, so not a `Mutex`: that one is handed from thread to thread by the
  /// kernel as soon as somebody waits for it.
  private let state = NIOLockedValueBox(State())

  /// Clients' proposals under way.
  var proposalCount: Int { state.withLockedValue { $0.proposals.count } }

  /// Numbers a proposal and hands the number to `post` before any later one can be handed on: the replica wants them
  /// rising. `completion` may be nil when nobody waits.
  ///
  /// - Returns: what `post` did; nil when stopped, which `completion` is told.
  func propose<Value>(_ completion: ProposalCompletion?, post: (UInt64) -> Value) -> Value? {
    let (value, refusal): (Value?, StoreError?) = state.withLockedValue { state in
      if let refusal = state.refusal { return (nil, refusal) }
      state.lastSequence += 1
      if let completion { state.proposals[state.lastSequence] = completion }
      return (post(state.lastSequence), nil)
    }
    if let refusal { completion?(.failure(refusal)) }
    return value
  }

  /// The same for a read, whose numbers may reach the replica in any order.
  ///
  /// - Returns: its number; nil when stopped, or when too many are under way.
  func read(_ completion: @escaping ReadCompletion) -> UInt64? {
    let (id, refusal): (UInt64?, StoreError?) = state.withLockedValue { state in
      if let refusal = state.refusal { return (nil, refusal) }
      guard state.reads.count < Self.mostReads else { return (nil, .tooManyRequests) }
      state.lastRead += 1
      state.reads[state.lastRead] = completion
      return (state.lastRead, nil)
    }
    if let refusal { completion(.failure(refusal)) }
    return id
  }

  /// Answers those who still wait for these proposals, by their numbers, in this order.
  func finishProposals(_ results: [(UInt64, Result<ReplicaResult, StoreError>)]) {
    let completions = state.withLockedValue { state in results.map { state.proposals.removeValue(forKey: $0.0) } }
    for (completion, (_, result)) in zip(completions, results) { completion?(result) }
  }

  /// The same with one failure for all.
  func failProposals(_ sequences: [UInt64], _ error: StoreError) {
    finishProposals(sequences.map { ($0, .failure(error)) })
  }

  /// Answers those who still wait for these reads, in this order, all alike.
  func finishReads(_ ids: [UInt64], _ result: Result<ReplicaState, StoreError>) {
    let completions = state.withLockedValue { state in ids.map { state.reads.removeValue(forKey: $0) } }
    for completion in completions { completion?(result) }
  }

  /// Answers everybody with an error, and whoever comes later too.
  func stop(_ refusal: StoreError = .stopped) {
    let (proposals, reads) = state.withLockedValue { state in
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
