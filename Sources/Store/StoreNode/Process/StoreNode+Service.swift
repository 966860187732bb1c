package import MVCC
import RaftCore
import RaftTransport
import Replica

extension StoreNode: StoreService {
  package var identity: StoreIdentity {
    StoreIdentity(
      clusterID: configuration.clusterID, memberID: configuration.memberID, name: configuration.name)
  }

  package func header() -> StoreHeader {
    let figures = engine?.figures ?? Engine.Published()
    return StoreHeader(
      clusterID: configuration.clusterID, memberID: configuration.memberID, revision: figures.revision,
      raftTerm: figures.leadership.term)
  }

  // MARK: - Reads

  package func range(_ request: RangeRequest) async throws -> RangeResult {
    // One key is looked up where the state is. More are read from a copy, which shares the state's structure, so that
    // a long answer keeps nothing from being applied.
    if request.range.isSingleKey {
      return try await read(isSerializable: request.isSerializable) { try $0.store.range(request) }
    }
    let store = try await read(isSerializable: request.isSerializable) { $0.store }
    return try Self.translating { () throws(MVCCError) in try store.range(request) }
  }

  package func transaction(_ request: TransactionRequest) async throws -> TransactionResult {
    guard request.isReadOnly else {
      guard case .transaction(let result) = try await propose(.transaction(request)) else { throw StoreError.stopped }
      return result
    }
    try validate(.transaction(request))
    let store = try await read(isSerializable: request.isSerializable) { $0.store }
    return try Self.translating { () throws(MVCCError) in try store.read(request) }
  }

  package func linearizableBarrier() async throws { try await read(isSerializable: false) { _ in } }

  package func hash(at revision: Int64) async throws -> StoreHash {
    let store = try await read(isSerializable: true) { $0.store }
    return StoreHash(
      hash: try Self.translating { () throws(MVCCError) in try store.hash(at: revision) },
      compactRevision: store.compactRevision, hashRevision: revision > 0 ? revision : store.revision,
      revision: store.revision)
  }

  /// Runs `body` on the state thread: with whatever is there, or with all that was acknowledged before the call.
  private func read<Value: Sendable>(
    isSerializable: Bool, _ body: @escaping @Sendable (borrowing ReplicaState) throws -> Value
  ) async throws -> Value {
    guard let engine else { throw StoreError.stopped }
    let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
      let finish: Waiters.ReadCompletion = { outcome in
        continuation.resume(returning: Result { try body(try outcome.get()) })
      }
      engine.waiters.read(finish) { id in
        if isSerializable {
          engine.stateBox.post(.query { state in engine.waiters.finishRead(id, .success(state)) })
        } else {
          engine.consensusBox.post(.input(.read(id: id)))
        }
      }
    }
    do {
      return try result.get()
    } catch let error as MVCCError {
      throw StoreError.mvcc(error)
    }
  }

  private static func translating<Value>(_ body: () throws(MVCCError) -> Value) throws(StoreError) -> Value {
    do throws(MVCCError) {
      return try body()
    } catch {
      throw .mvcc(error)
    }
  }

  // MARK: - Writes

  package func propose(_ command: Command) async throws -> CommandResult {
    try validate(command)
    guard case .store(let result) = try await propose(.store(command)) else { throw StoreError.stopped }
    switch result {
    case .success(let success): return success
    case .failure(let error): throw StoreError.mvcc(error)
    }
  }

  private func validate(_ command: Command) throws(StoreError) {
    try Self.translating { () throws(MVCCError) in
      try command.validate(maximumOperations: configuration.maximumTransactionOperations)
    }
  }

  private func propose(_ command: ReplicaCommand) async throws -> ReplicaResult {
    guard let engine else { throw StoreError.stopped }
    return try await withCheckedThrowingContinuation { continuation in
      engine.propose(command) { result in
        if case .failure = result { engine.metrics.proposalFailed() }
        continuation.resume(with: result.mapError { $0 })
      }
    }
  }

  // MARK: - Leases

  /// Shorter leases than this would not survive an election (etcd has the same bound), in seconds.
  private var minimumTimeToLive: Int64 {
    Int64((configuration.electionTicks * configuration.tickMilliseconds * 3 / 2 + 999) / 1000)
  }

  package func leaseGrant(id: LeaseID, timeToLive: Int64) async throws -> (lease: Lease, revision: Int64) {
    let isChosen = id == 0
    while true {
      let id = isChosen ? LeaseID.random(in: 1...(.max)) : id
      do {
        let command = Command.leaseGrant(id: id, timeToLive: max(timeToLive, minimumTimeToLive))
        guard case .leaseGrant(let lease, let revision) = try await propose(command) else { throw StoreError.stopped }
        return (lease, revision)
      } catch StoreError.mvcc(.leaseExists) where isChosen {
        continue
      }
    }
  }

  package func leaseRevoke(id: LeaseID) async throws -> Int64 {
    try await propose(.leaseRevoke(id: id)).revision
  }

  package func leaseKeepAlive(id: LeaseID) async throws -> Int64 {
    guard case .leaseKeptAlive(let lease) = try await propose(.leaseKeepAlive(id)) else { throw StoreError.stopped }
    guard let lease else { throw StoreError.mvcc(.leaseNotFound) }
    return lease.timeToLive
  }

  package func leaseTimeToLive(id: LeaseID, wantsKeys: Bool) async throws -> LeaseStatus {
    try await read(isSerializable: false) { state in
      guard let lease = state.store.lease(id) else { throw MVCCError.leaseNotFound }
      let left = state.remainingLeaseMilliseconds(id) ?? lease.timeToLive * 1000
      return LeaseStatus(
        lease: lease, remaining: max(left, 0) / 1000, keys: wantsKeys ? state.store.keys(of: id) : [])
    }
  }

  package func leases() async throws -> [LeaseID] {
    try await read(isSerializable: false) { $0.store.leases.map(\.id) }
  }

  // MARK: - Watches

  package func openWatchStream() -> any WatchStream {
    guard let (engine, id) = nextWatchStream() else {
      let queue = WatchQueue(id: 0) { _ in }
      queue.end()
      return queue
    }
    let queue = WatchQueue(id: id) { engine.stateBox.post(.watch($0)) }
    engine.stateBox.post(.watch(.open(queue)))
    return queue
  }

  // MARK: - The cluster

  package func status() async -> StoreStatus {
    let figures = engine?.figures ?? Engine.Published()
    let raft = figures.raft
    var errors: [String] = []
    if figures.leadership.leader == nil { errors.append(StoreError.noLeader.message) }
    if let raft, raft.mustCatchUp { errors.append("apus: \(LostTail.explanation(hasLostAll: raft.hasLostAll))") }
    return StoreStatus(
      identity: identity, version: StoreNode.version, leader: figures.leadership.leader ?? 0,
      raftTerm: figures.leadership.term, raftIndex: raft?.commit ?? figures.applied,
      raftAppliedIndex: figures.applied, revision: figures.revision, compactRevision: figures.compactRevision,
      databaseSize: Int64(clamping: dataSize), databaseSizeInUse: Int64(figures.stateSize),
      isLearner: raft.map { !$0.membership.isVoter(configuration.memberID) } ?? false, errors: errors)
  }

  /// The version of the etcd API that is served.
  package static let version = "3.5.13"

  package func members() async -> [StoreMember] {
    let membership = engine?.figures.raft?.membership
    return configuration.peers
      .filter { membership?.isMember($0.id) ?? true }
      .map { peer in
        StoreMember(
          id: peer.id, name: peer.name, peerURLs: ["https://\(peer.address):\(peer.port)"],
          clientURLs: configuration.clientURLs[peer.id].map { [$0] } ?? [],
          isLearner: membership?.learners.contains(peer.id) ?? false)
      }
  }

  package func moveLeader(to member: UInt64) async throws {
    guard let engine else { throw StoreError.stopped }
    guard configuration.peers.contains(where: { $0.id == member }) else { throw StoreError.memberNotFound }
    engine.consensusBox.post(.input(.transferLeadership(to: member)))
    let deadline = MonotonicTime.now + 2 * configuration.electionTicks * configuration.tickMilliseconds
    while engine.figures.leadership.leader != member {
      guard MonotonicTime.now < deadline else { throw StoreError.timeout }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
