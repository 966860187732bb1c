package import MVCC
import RaftCore
import RaftTransport
import Replica

extension StoreNode: StoreService {
  package var identity: StoreIdentity {
    StoreIdentity(clusterID: clusterID, memberID: configuration.memberID, name: configuration.name)
  }

  package func header() -> StoreHeader {
    let (revision, term) = engine?.position ?? (1, 0)
    return StoreHeader(
      clusterID: clusterID, memberID: configuration.memberID, revision: revision, raftTerm: term)
  }

  // MARK: - Reads

  package func range(_ request: RangeRequest) async throws -> RangeResult {
    // One key is looked up where the state is. More are read from a copy, which shares the state's structure, so that
    // a long answer keeps nothing from being applied.
    countRange()
    if request.range.isSingleKey {
      return try await read(isSerializable: request.isSerializable, needs: .keys(request.range)) {
        try $0.store.range(request)
      }
    }
    let store = try await read(isSerializable: request.isSerializable, needs: .keys(request.range)) { $0.store }
    return try Self.translating { () throws(MVCCError) in try store.range(request) }
  }

  package func range(
    _ request: RangeRequest, _ completion: @escaping @Sendable (Result<RangeResult, any Error>) -> Void
  ) {
    countRange()
    read(
      isSerializable: request.isSerializable, needs: .keys(request.range), { try $0.store.range(request) }, completion)
  }

  private func countRange() { metrics.counters.ranges.add(1, ordering: .relaxed) }

  package var hasLeader: Bool { engine?.figures.leadership.leader != nil }

  package func transaction(_ request: TransactionRequest) async throws -> TransactionResult {
    guard request.isReadOnly else {
      guard case .transaction(let result) = try await propose(.transaction(request)) else { throw StoreError.stopped }
      return result
    }
    try validate(.transaction(request))
    countRange()
    let store = try await read(isSerializable: request.isSerializable, needs: .transaction(request)) { $0.store }
    return try Self.translating { () throws(MVCCError) in try store.read(request) }
  }

  package func linearizableBarrier() async throws { try await read(isSerializable: false) { _ in } }

  package func compactionsFinish() async throws {
    while try await read(isSerializable: true, needs: .nothing, { $0.hasSweepLeft }) {
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  package func hash(at revision: Int64) async throws -> StoreHash {
    let store = try await read(isSerializable: true, needs: .root) { $0.store }
    return StoreHash(
      hash: try Self.translating { () throws(MVCCError) in try store.hash(at: revision) },
      compactRevision: store.compactRevision, hashRevision: revision > 0 ? revision : store.revision,
      revision: store.revision)
  }

  /// Runs `body` on the state thread: with whatever is there, or with all that was acknowledged before the call. What
  /// the caller needs to be permitted is held against that same state.
  func read<Value: Sendable>(
    isSerializable: Bool, needs need: AccessNeed = .user,
    _ body: @escaping @Sendable (borrowing ReplicaState) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      read(isSerializable: isSerializable, needs: need, body) { continuation.resume(with: $0) }
    }
  }

  private func read<Value: Sendable>(
    isSerializable: Bool, needs need: AccessNeed,
    _ body: @escaping @Sendable (borrowing ReplicaState) throws -> Value,
    _ completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    guard let engine else { return completion(.failure(StoreError.stopped)) }
    let caller = Caller.current
    let finish: Waiters.ReadCompletion = { outcome in
      if !isSerializable, case .success = outcome { engine.auth.caughtUp() }
      completion(
        Result {
          let state = try outcome.get()
          try need.check(caller, state)
          return try body(state)
        }
        .mapError { error in (error as? MVCCError).map { StoreError.mvcc($0) } ?? error })
    }
    guard let id = engine.waiters.read(finish) else { return }
    if isSerializable {
      engine.stateBox.post(.query { state in engine.waiters.finishReads([id], .success(state)) })
    } else {
      engine.consensusBox.post(.input(.read(id: id)))
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
    try await withCheckedThrowingContinuation { continuation in
      propose(command) { continuation.resume(with: $0) }
    }
  }

  package func propose(
    _ command: Command, _ completion: @escaping @Sendable (Result<CommandResult, any Error>) -> Void
  ) {
    do {
      try validate(command)
      try engine?.quota.admit(command)
    } catch {
      return completion(.failure(error))
    }
    propose(.store(command)) { outcome in
      completion(
        outcome.flatMap { result in
          guard case .store(let result) = result else { return .failure(StoreError.stopped) }
          return result.mapError { StoreError.mvcc($0) }
        })
    }
  }

  private func validate(_ command: Command) throws(StoreError) {
    try Self.translating { () throws(MVCCError) in
      try command.validate(maximumOperations: configuration.maximumTransactionOperations)
    }
  }

  func propose(_ command: ReplicaCommand) async throws -> ReplicaResult {
    try await withCheckedThrowingContinuation { continuation in
      propose(command) { continuation.resume(with: $0) }
    }
  }

  private func propose(
    _ command: ReplicaCommand, _ completion: @escaping @Sendable (Result<ReplicaResult, any Error>) -> Void
  ) {
    guard let engine else { return completion(.failure(StoreError.stopped)) }
    engine.propose(command, for: Caller.current) { result in
      if case .failure(let error) = result, !error.isDenial { engine.metrics.proposalFailed() }
      completion(result.mapError { $0 })
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
    let deadline = MonotonicTime.now + configuration.replica.patienceTicks * configuration.tickMilliseconds
    while true {
      let (status, leads) = try await read(isSerializable: false, needs: wantsKeys ? .keysOfLease(id) : .user) {
        state in
        guard let lease = state.store.lease(id) else { throw MVCCError.leaseNotFound }
        let left = state.remainingLeaseMilliseconds(id) ?? lease.timeToLive * 1000
        let keys = wantsKeys ? state.store.keys(of: id) : []
        return (LeaseStatus(lease: lease, remaining: max(left, 0) / 1000, keys: keys), state.isLeader)
      }
      if leads { return status }
      // A follower has the lease and its keys, and the leader knows how long it lives.
      switch await engine?.leaderSays(ofLease: id) {
      case .left(let milliseconds):
        return LeaseStatus(lease: status.lease, remaining: Int64(clamping: milliseconds / 1000), keys: status.keys)
      case .gone: throw StoreError.mvcc(.leaseNotFound)
      case .notLeading, nil:
        guard MonotonicTime.now < deadline else { throw StoreError.timeout }
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  package func leases() async throws -> [LeaseID] {
    try await read(isSerializable: false, needs: .keysOfLease(nil)) { state in
      // Those that end first come first, as etcd has it; here by this replica's own clock.
      let left = state.store.leases.map { (state.remainingLeaseMilliseconds($0.id) ?? $0.timeToLive * 1000, $0.id) }
      return left.sorted(by: <).map(\.1)
    }
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
    errors += troubles
    if engine?.directory.isRemoved == true { errors.append("apus: \(StoreStartError.removedText)") }
    if let raft, let trouble = Engine.trouble(with: raft.membership) { errors.append(trouble) }
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
  /// What etcd would call the cluster's version: the API that all members serve.
  package static let clusterVersion = "3.5.0"

  package func moveLeader(to member: UInt64) async throws {
    guard let engine else { throw StoreError.stopped }
    // Whoever does not vote cannot lead: it would be waited for in vain.
    guard engine.directory.applied?.membership.isVoter(member) == true else { throw StoreError.badLeaderTransferee }
    engine.consensusBox.post(.input(.transferLeadership(to: member)))
    let deadline = MonotonicTime.now + 2 * configuration.electionTicks * configuration.tickMilliseconds
    while engine.figures.leadership.leader != member {
      guard MonotonicTime.now < deadline else { throw StoreError.leaderTransferTimeout }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
