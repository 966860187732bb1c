package import Registry
import Synchronization

/// A whole store in memory, with its history: for tests of everything above `Storage`.
///
/// It keeps the contract exactly (revisions, atomic transactions, ordered watches, compaction, leases by a hand-moved
/// clock) and can be made to fail. It is not meant for production: a range sorts all keys.
package final class InMemoryStorage: Storage {
  struct State {
    var revision: Int64 = 1
    var compacted: Int64 = 0
    var live: [String: StorageKeyValue] = [:]
    /// Every change since the last compaction, in order of revision.
    var history: [StorageEvent] = []
    /// The state at `compacted`, from which history is replayed.
    var base: [String: StorageKeyValue] = [:]
    var watchers: [ObjectIdentifier: InMemoryStorageWatcher] = [:]
    var leases: [Int64: Int64] = [:]
    var nextLease: Int64 = 1
    var seconds: Int64 = 0
    var failure: StorageError?
    var requests = 0
    var revisionRequests = 0
    var holdsRevisionRequests = false
    var heldRevisionRequests: [CheckedContinuation<Void, Never>] = []
    var interlude: (@Sendable () async -> Void)?
  }
  private let state = Mutex(State())

  package init() {}

  // MARK: Storage

  package func range(_ request: StorageRange) async throws(StorageError) -> StorageRangeResult {
    try state.withLock { state throws(StorageError) in
      try state.begin()
      let revision = request.revision == 0 ? state.revision : request.revision
      if revision > state.revision { throw StorageError(.futureRevision, "required revision is a future revision") }
      if revision < state.compacted { throw StorageError(.compacted, "required revision has been compacted") }
      let all = revision == state.revision ? state.live : state.replay(to: revision)
      var hits: [StorageKeyValue]
      if let end = request.end {
        hits = all.values.filter { $0.key >= request.start && $0.key < end }.sorted { $0.key < $1.key }
      } else {
        hits = all[request.start].map { [$0] } ?? []
      }
      let count = hits.count
      if request.limit > 0, count > request.limit { hits.removeLast(count - request.limit) }
      return StorageRangeResult(keyValues: hits, more: hits.count < count, count: count, revision: revision)
    }
  }

  package func txn(_ transaction: StorageTransaction) async throws(StorageError) -> StorageTransactionResult {
    let interlude = state.withLock { state in
      defer { state.interlude = nil }
      return state.interlude
    }
    await interlude?()
    return try state.withLock { state throws(StorageError) in
      try state.begin()
      let holds = transaction.compares.allSatisfy { compare in
        switch compare.condition {
        case .absent: state.live[compare.key] == nil
        case .modRevision(let revision): state.live[compare.key]?.modRevision == revision
        }
      }
      guard holds else {
        let current = transaction.otherwise.map { state.live[$0] }
        return StorageTransactionResult(succeeded: false, revision: state.revision, current: current)
      }
      try state.apply(transaction.then)
      return StorageTransactionResult(succeeded: true, revision: state.revision, current: [])
    }
  }

  package func currentRevision() async throws(StorageError) -> Int64 {
    await withCheckedContinuation { continuation in
      let goesOn = state.withLock { state in
        if state.holdsRevisionRequests { state.heldRevisionRequests.append(continuation) }
        return !state.holdsRevisionRequests
      }
      if goesOn { continuation.resume() }
    }
    if Task.isCancelled { throw StorageError(.cancelled, "the request was cancelled") }
    return try state.withLock { state throws(StorageError) in
      try state.begin()
      state.revisionRequests += 1
      return state.revision
    }
  }

  package func watch(prefix: String, from revision: Int64) async throws(StorageError) -> any StorageWatcher {
    try state.withLock { state throws(StorageError) in
      try state.begin()
      if revision <= state.compacted { throw StorageError(.compacted, "required revision has been compacted") }
      let watcher = InMemoryStorageWatcher(prefix: prefix, storage: self)
      let missed = state.history.filter { $0.revision >= revision }
      watcher.deliver(missed, revision: state.revision, progress: false)
      state.watchers[ObjectIdentifier(watcher)] = watcher
      return watcher
    }
  }

  package func grantLease(seconds: Int64) async throws(StorageError) -> Int64 {
    try state.withLock { state throws(StorageError) in
      try state.begin()
      defer { state.nextLease += 1 }
      state.leases[state.nextLease] = state.seconds + seconds
      return state.nextLease
    }
  }

  // MARK: What tests do to it

  /// Forgets the history before `revision` (all of it without an argument).
  package func compact(to revision: Int64? = nil) {
    state.withLock { state in
      let revision = revision ?? state.revision
      state.base = state.replay(to: revision)
      state.history.removeAll { $0.revision <= revision }
      state.compacted = revision
    }
  }

  /// Moves the leases' clock on; keys of leases that end are removed.
  package func advance(seconds: Int64) {
    state.withLock { state in
      state.seconds += seconds
      for (lease, end) in state.leases where end <= state.seconds {
        state.leases[lease] = nil
        let keys = state.live.values.filter { $0.lease == lease }.map(\.key).sorted()
        try? state.apply(keys.map { .delete(key: $0) })
      }
    }
  }

  /// Runs `body` after the next transaction has been sent and before it takes place: what another client did meanwhile.
  package func beforeNextTransaction(_ body: @escaping @Sendable () async -> Void) {
    state.withLock { $0.interlude = body }
  }

  /// From now on every request fails with this error; nil: works again.
  package func fail(with error: StorageError?) { state.withLock { $0.failure = error } }

  /// Ends every running watch with this error.
  package func breakWatches(_ error: StorageError) {
    let watchers = state.withLock { state in
      defer { state.watchers = [:] }
      return Array(state.watchers.values)
    }
    for watcher in watchers { watcher.end(error) }
  }

  /// How many requests were answered so far, how many of them were for the current revision, and how many of those are
  /// held.
  package var requestCounts: (all: Int, revision: Int, heldRevision: Int) {
    state.withLock { ($0.requests, $0.revisionRequests, $0.heldRevisionRequests.count) }
  }

  /// From now on requests for the current revision wait for `releaseRevisionRequests()`.
  package func holdRevisionRequests() { state.withLock { $0.holdsRevisionRequests = true } }

  /// Lets one of them go on, the oldest; others go on waiting.
  package func releaseOldestRevisionRequest() {
    state.withLock { $0.heldRevisionRequests.isEmpty ? nil : $0.heldRevisionRequests.removeFirst() }?.resume()
  }

  package func releaseRevisionRequests() {
    let held = state.withLock { state in
      state.holdsRevisionRequests = false
      defer { state.heldRevisionRequests = [] }
      return state.heldRevisionRequests
    }
    for continuation in held { continuation.resume() }
  }

  fileprivate func remove(_ watcher: InMemoryStorageWatcher) {
    state.withLock { _ = $0.watchers.removeValue(forKey: ObjectIdentifier(watcher)) }
  }

  fileprivate func markProgress(_ watcher: InMemoryStorageWatcher) {
    state.withLock { state in
      guard state.failure == nil else { return }
      watcher.deliver([], revision: state.revision, progress: true)
    }
  }
}

extension InMemoryStorage.State {
  mutating func begin() throws(StorageError) {
    requests += 1
    if let failure { throw failure }
  }

  mutating func apply(_ operations: [StorageTransaction.Operation]) throws(StorageError) {
    let next = revision + 1
    var events: [StorageEvent] = []
    for operation in operations {
      switch operation {
      case .put(let key, let value, let lease):
        if lease != 0, leases[lease] == nil { throw StorageError(.leaseNotFound, "requested lease not found") }
        let created = live[key]?.createRevision ?? next
        let keyValue = StorageKeyValue(
          key: key, value: value, createRevision: created, modRevision: next, lease: lease)
        live[key] = keyValue
        events.append(StorageEvent(.put(keyValue)))
      case .delete(let key):
        if live.removeValue(forKey: key) != nil { events.append(StorageEvent(.delete(key: key, revision: next))) }
      }
    }
    guard !events.isEmpty else { return }
    revision = next
    history += events
    for watcher in watchers.values { watcher.deliver(events, revision: next, progress: false) }
  }

  func replay(to revision: Int64) -> [String: StorageKeyValue] {
    var result = base
    for event in history where event.revision <= revision {
      switch event.change {
      case .put(let keyValue): result[keyValue.key] = keyValue
      case .delete(let key, _): result[key] = nil
      }
    }
    return result
  }
}

/// A watch of `InMemoryStorage`. Its queue is unbounded, as befits a test.
final class InMemoryStorageWatcher: StorageWatcher {
  private struct State {
    var queue: [StorageWatchBatch] = []
    var ended: StorageError?
    var waiting: CheckedContinuation<Result<StorageWatchBatch, StorageError>, Never>?
  }
  private let state = Mutex(State())
  private let prefix: String
  private let storage: InMemoryStorage

  init(prefix: String, storage: InMemoryStorage) {
    self.prefix = prefix
    self.storage = storage
  }

  func deliver(_ events: [StorageEvent], revision: Int64, progress: Bool) {
    let mine = events.filter { event in
      switch event.change {
      case .put(let keyValue): keyValue.key.hasPrefix(prefix)
      case .delete(let key, _): key.hasPrefix(prefix)
      }
    }
    guard progress || !mine.isEmpty else { return }
    let batch = StorageWatchBatch(revision: revision, events: mine)
    let waiting = state.withLock { state in
      let waiting = state.waiting
      state.waiting = nil
      if waiting == nil, state.ended == nil { state.queue.append(batch) }
      return waiting
    }
    waiting?.resume(returning: .success(batch))
  }

  func end(_ error: StorageError) {
    let waiting = state.withLock { state in
      let waiting = state.waiting
      state.waiting = nil
      if state.ended == nil { state.ended = error }
      return waiting
    }
    waiting?.resume(returning: .failure(error))
  }

  func next() async throws(StorageError) -> StorageWatchBatch {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: Result<StorageWatchBatch, StorageError>? = state.withLock { state in
          if !state.queue.isEmpty { return .success(state.queue.removeFirst()) }
          if let ended = state.ended { return .failure(ended) }
          state.waiting = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      end(StorageError(.cancelled, "the watching task was cancelled"))
    }
    return try result.get()
  }

  func requestProgress() async { storage.markProgress(self) }

  func cancel() {
    storage.remove(self)
    end(StorageError(.cancelled, "the watch was cancelled"))
  }
}
