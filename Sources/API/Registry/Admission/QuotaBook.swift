import KubernetesAPI
import PodRules
import Synchronization

// ResourceQuota. What is used up stands in the quota's own status, and is written in the very transaction that writes
// the object: it compares the quota's version, so that of two front-ends that let something in at once the second is
// told, and asks again with the newer quota. Nothing can be charged that was not written, nor the other way round.

/// The quotas that the caches show, and whose turn it is to charge them.
struct QuotaBook: Sendable {
  let cache: ResourceCache
  private let turns = QuotaTurns()

  init(cache: ResourceCache) { self.cache = cache }

  func prefix(_ namespace: String) -> String { "\(cache.keyPrefix)\(namespace)/" }

  func quotas(in namespace: String) -> [StoredObject] {
    Array(cache.snapshot().objects.objects(withPrefix: prefix(namespace)))
  }

  /// Writes of one namespace that are charged go one by one through a front-end: at once they would only get into each
  /// other's way in the store.
  func turn(in namespace: String) async -> QuotaTurns.Turn { await turns.take(namespace) }
}

/// A queue for each namespace.
final class QuotaTurns: Sendable {
  /// To be ended, once.
  struct Turn: Sendable {
    fileprivate let turns: QuotaTurns
    fileprivate let key: String
    func end() { turns.pass(key) }
  }

  /// Those who wait behind the one whose turn it is.
  private let queues = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

  func take(_ key: String) async -> Turn {
    await withCheckedContinuation { continuation in
      let goes = queues.withLock { queues in
        guard queues[key] != nil else {
          queues[key] = []
          return true
        }
        queues[key]?.append(continuation)
        return false
      }
      if goes { continuation.resume() }
    }
    return Turn(turns: self, key: key)
  }

  fileprivate func pass(_ key: String) {
    let next: CheckedContinuation<Void, Never>? = queues.withLock { queues in
      guard var queue = queues[key], !queue.isEmpty else {
        queues[key] = nil
        return nil
      }
      let first = queue.removeFirst()
      queues[key] = queue
      return first
    }
    next?.resume()
  }
}

/// What one write takes of the quotas of its namespace, through all its tries.
struct QuotaCharge: Sendable {
  /// The quotas as they were last seen.
  private var quotas: [StoredObject]
  /// Whether the store itself has shown them.
  private var isConfirmed = false
  private let turn: QuotaTurns.Turn?
  /// Of the last settlement: quotas that change, with their new bytes; without any they only must not change.
  private var changes: [(quota: StoredObject, bytes: [UInt8]?)] = []

  private let isDryRun: Bool

  fileprivate init(quotas: [StoredObject], turn: QuotaTurns.Turn?, isDryRun: Bool) {
    self.quotas = quotas
    self.turn = turn
    self.isDryRun = isDryRun
  }

  func end() { turn?.end() }

  /// Works out what the quotas become.
  /// - Throws: 403 when one of them does not let it in.
  mutating func settle<Object: KubernetesObject>(
    _ object: Object, over old: Object?, _ target: Target, _ store: ObjectStore
  ) async throws(APIError) {
    changes = []
    let change = Self.change(object, over: old, now: store.now)
    guard !change.isEmpty else { return }
    // A write that is only tried meets no comparison that would tell of newer figures.
    if isDryRun, !isConfirmed {
      quotas = try await store.freshQuotas(in: target.namespace)
      isConfirmed = true
    }
    var outcome = outcome(object, change, target, store)
    if case .failure = outcome, !isConfirmed {
      // The cache may lag behind what has been given back: it does not get to refuse.
      quotas = try await store.freshQuotas(in: target.namespace)
      isConfirmed = true
      outcome = self.outcome(object, change, target, store)
    }
    changes = try outcome.get()
  }

  private typealias Changes = [(quota: StoredObject, bytes: [UInt8]?)]

  /// What the quotas become by the figures at hand.
  private func outcome<Object: KubernetesObject>(
    _ object: Object, _ change: [String: Quantity], _ target: Target, _ store: ObjectStore
  ) -> Result<Changes, APIError> {
    var changes: Changes = []
    for stored in quotas {
      var quota: CoreV1.ResourceQuota
      do { quota = try CoreV1.ResourceQuota(jsonBytes: stored.json) } catch {
        return .failure(.internalError("the stored object \(stored.key) cannot be read: \(error)"))
      }
      switch QuotaVerdict(quota, object, change: change) {
      case .unconcerned:
        // One that is not in force yet, as far as the cache knows.
        if quota.status.hard.isEmpty { changes.append((stored, nil)) }
      case .refused(let reason):
        return .failure(.forbidden(target.groupResource, name: object.metadata.name, because: reason))
      case .used(let used):
        quota.status.used = used
        changes.append((stored, store.encode(quota)))
      }
    }
    return .success(changes)
  }

  /// What more is used, or less.
  private static func change<Object: KubernetesObject>(
    _ object: Object, over old: Object?, now: Int64
  ) -> [String: Quantity] {
    let usage = QuotaUsage.usage(of: object, now: now)
    guard let old else { return usage.withoutZeros }
    return usage.subtracting(QuotaUsage.usage(of: old, now: now)).withoutZeros
  }

  // MARK: In the transaction

  func join(_ transaction: inout StorageTransaction) {
    for (quota, bytes) in changes {
      transaction.compares.append(.init(quota.key, .modRevision(quota.revision)))
      if let bytes { transaction.then.append(.put(key: quota.key, value: bytes)) }
      transaction.otherwise.append(quota.key)
    }
  }

  /// Takes its own answers, the last ones, out of those of a transaction that failed.
  mutating func learn(from answers: inout [StorageKeyValue?], _ book: QuotaBook?) {
    guard let book, answers.count >= changes.count else { return }
    let own = answers.suffix(changes.count)
    answers.removeLast(changes.count)
    for ((quota, _), now) in zip(changes, own) where now?.modRevision != quota.revision {
      guard let index = quotas.firstIndex(where: { $0.key == quota.key }) else { continue }
      if let now, case .success(let newer) = book.cache.decode(now) {
        quotas[index] = newer
      } else {
        quotas.remove(at: index)
      }
    }
  }
}

extension ObjectStore {
  /// The quotas that a write has to do with; nil: none. To be ended.
  /// - Parameter old: what is replaced; nil for a create.
  func quotaCharge<Object: KubernetesObject>(
    _ object: Object, over old: Object?, _ target: Target, dryRun: Bool
  ) async -> QuotaCharge? {
    guard let book = admission.quotas, book.cache.count > 0, !target.namespace.isEmpty,
      !QuotaUsage.ignored.contains(target.groupResource.description), Self.isCharged(object, over: old)
    else { return nil }
    guard !book.quotas(in: target.namespace).isEmpty else { return nil }
    let turn = dryRun ? nil : await book.turn(in: target.namespace)
    // Looked at when it is our turn: what those before have charged is likely to be seen.
    return QuotaCharge(quotas: book.quotas(in: target.namespace), turn: turn, isDryRun: dryRun)
  }

  /// Of what is there already only changes that can cost more are charged; what gets free is seen by the quota
  /// controller.
  private static func isCharged<Object: KubernetesObject>(_ object: Object, over old: Object?) -> Bool {
    guard let old else { return true }
    switch (object, old) {
    case (let new as CoreV1.Service, let old as CoreV1.Service): return new.spec != old.spec
    case (let new as CoreV1.PersistentVolumeClaim, let old as CoreV1.PersistentVolumeClaim):
      return new.spec.resources != old.spec.resources
    case (let new as CoreV1.Pod, let old as CoreV1.Pod):
      return (new.spec.containers + new.spec.initContainers).map(\.resources)
        != (old.spec.containers + old.spec.initContainers).map(\.resources)
    default: return false
    }
  }

  fileprivate func freshQuotas(in namespace: String) async throws(APIError) -> [StoredObject] {
    guard let book = admission.quotas else { return [] }
    let range = StorageRange.prefix(book.prefix(namespace))
    let found = try await ask { () async throws(StorageError) in try await storage.range(range) }
    var quotas: [StoredObject] = []
    for keyValue in found.keyValues {
      guard case .success(let quota) = book.cache.decode(keyValue) else {
        throw .internalError("the stored object \(keyValue.key) cannot be read")
      }
      quotas.append(quota)
    }
    return quotas
  }
}
