import EtcdAPI
import FoundationEssentials
import GRPC
import Logging
import Registry
import StoreClient
import Synchronization

/// The registry's storage over a store that speaks the etcd v3 API: ours, or an etcd.
///
/// Progress marks: an etcd older than 3.4.31 or 3.5.13 may answer a progress request before events that precede it. For
/// such a store a mark is made by writing a key below the watched prefix: its event comes in order. Everybody else is
/// asked for progress, which costs no write.
final class StoreStorage: Storage {
  let client: StoreClient
  private let prefix: String
  private let endpointCount: Int
  private let logger: Logger
  private let trust = Mutex<Bool?>(nil)

  /// - Parameter prefix: what all keys begin with, such as `/registry/`.
  init(client: StoreClient, prefix: String, logger: Logger) {
    self.client = client
    self.prefix = prefix
    self.endpointCount = client.endpointStates.count
    self.logger = logger
  }

  // MARK: Reads and writes

  func range(_ request: StorageRange) async throws(StorageError) -> StorageRangeResult {
    var message = Etcdserverpb_RangeRequest()
    message.key = Data(text: request.start)
    if let end = request.end { message.rangeEnd = Data(text: end) }
    message.limit = Int64(request.limit)
    message.revision = request.revision
    do {
      let answer = try await client.range(message)
      return StorageRangeResult(
        keyValues: answer.kvs.map { StorageKeyValue($0) }, more: answer.more, count: Int(answer.count),
        revision: request.revision > 0 ? request.revision : answer.header.revision)
    } catch { throw StorageError(error) }
  }

  func txn(_ transaction: StorageTransaction) async throws(StorageError) -> StorageTransactionResult {
    var message = Etcdserverpb_TxnRequest()
    message.compare = transaction.compares.map { compare in
      var result = Etcdserverpb_Compare()
      result.key = Data(text: compare.key)
      result.target = .mod
      result.result = .equal
      switch compare.condition {
      case .absent: result.modRevision = 0
      case .modRevision(let revision): result.modRevision = revision
      }
      return result
    }
    message.success = transaction.then.map { operation in
      var result = Etcdserverpb_RequestOp()
      switch operation {
      case .put(let key, let value, let lease):
        var put = Etcdserverpb_PutRequest()
        put.key = Data(text: key)
        put.value = Data(copying: value)
        put.lease = lease
        result.requestPut = put
      case .delete(let key):
        var delete = Etcdserverpb_DeleteRangeRequest()
        delete.key = Data(text: key)
        result.requestDeleteRange = delete
      }
      return result
    }
    message.failure = transaction.otherwise.map { key in
      var range = Etcdserverpb_RangeRequest()
      range.key = Data(text: key)
      var result = Etcdserverpb_RequestOp()
      result.requestRange = range
      return result
    }
    do {
      let answer = try await client.txn(message)
      let current =
        answer.succeeded ? [] : answer.responses.map { $0.responseRange.kvs.first.map { StorageKeyValue($0) } }
      return StorageTransactionResult(
        succeeded: answer.succeeded, revision: answer.header.revision, current: current)
    } catch { throw StorageError(error) }
  }

  func currentRevision() async throws(StorageError) -> Int64 {
    do { return try await client.currentRevision() } catch { throw StorageError(error) }
  }

  func grantLease(seconds: Int64) async throws(StorageError) -> Int64 {
    do { return try await client.leaseGrant(timeToLive: seconds).id } catch { throw StorageError(error) }
  }

  // MARK: Watch

  func watch(prefix: String, from revision: Int64) async throws(StorageError) -> any StorageWatcher {
    var request = Etcdserverpb_WatchCreateRequest()
    request.key = Data(text: prefix)
    request.rangeEnd = Data(text: StorageRange.endOfPrefix(prefix))
    request.startRevision = revision
    let watcher = StoreStorageWatcher(storage: self, watch: client.watch(request), from: revision)
    // The first answer says that the watch exists; a compacted revision shows here.
    try await watcher.begin()
    return watcher
  }

  /// The key whose changes stand for progress marks in stores that cannot be trusted with them.
  var markKey: String { "\(prefix)apus.progress" }

  /// Asks for a progress mark on the watches of this storage.
  func requestProgress() async {
    if await trustsProgress() {
      client.requestProgress()
      return
    }
    var put = Etcdserverpb_PutRequest()
    put.key = Data(text: markKey)
    _ = try? await client.put(put, idempotent: true)
  }

  private func trustsProgress() async -> Bool {
    if let known = trust.withLock({ $0 }) { return known }
    var versions: [String] = []
    for endpoint in 0..<endpointCount {
      if let status = try? await client.status(endpoint: endpoint) { versions.append(status.version) }
    }
    guard !versions.isEmpty else { return false }
    let trusted = versions.allSatisfy(Self.canBeTrusted)
    trust.withLock { $0 = trusted }
    if !trusted {
      logger.warning(
        "The store is older than etcd 3.4.31 or 3.5.13: progress is marked by writes",
        metadata: ["versions": "\(versions)"])
    }
    return trusted
  }

  static func canBeTrusted(_ version: String) -> Bool {
    let numbers = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
    guard numbers.count >= 3 else { return false }
    switch (numbers[0], numbers[1]) {
    case (3, 4): return numbers[2] >= 31
    case (3, 5): return numbers[2] >= 13
    default: return (numbers[0], numbers[1]) > (3, 5)
    }
  }
}

/// One watch of a `StoreStorage`.
final class StoreStorageWatcher: StorageWatcher {
  private let storage: StoreStorage
  private let watch: StoreWatch
  private let iterator: StoreWatch.AsyncIterator
  /// Everything up to here has been handed over.
  private let delivered: Mutex<Int64>

  init(storage: StoreStorage, watch: StoreWatch, from revision: Int64) {
    self.storage = storage
    self.watch = watch
    self.iterator = watch.makeAsyncIterator()
    self.delivered = Mutex(revision - 1)
  }

  func begin() async throws(StorageError) { _ = try await answer() }

  private func answer() async throws(StorageError) -> Etcdserverpb_WatchResponse {
    do {
      guard let answer = try await iterator.next() else { throw StorageError(.cancelled, "the watch has ended") }
      return answer
    } catch let error as StoreClientError { throw StorageError(error) } catch let error as StorageError {
      throw error
    } catch { throw StorageError(.other, "\(error)") }
  }

  func next() async throws(StorageError) -> StorageWatchBatch {
    while true {
      let answer = try await answer()
      if answer.created { continue }
      if answer.events.isEmpty {
        // A progress mark; one that lies behind is of no use.
        let revision = answer.header.revision
        if advance(to: revision) { return StorageWatchBatch(revision: revision, events: []) }
        continue
      }
      let mark = storage.markKey
      let events = answer.events.map { StorageEvent($0) }
      // The header may be ahead of the events while a watch catches up: only the events say how far it is.
      let revision = events.last?.revision ?? 0
      _ = advance(to: revision)
      return StorageWatchBatch(
        revision: revision,
        events: events.filter {
          if case .put(let keyValue) = $0.change { return keyValue.key != mark }
          return true
        })
    }
  }

  private func advance(to revision: Int64) -> Bool {
    delivered.withLock { delivered in
      guard revision >= delivered else { return false }
      delivered = revision
      return true
    }
  }

  func requestProgress() async { await storage.requestProgress() }

  func cancel() { watch.cancel() }
}

// `Data` made of any sequence asks the runtime at each call whether the sequence's type lies in one piece, which costs
// more than the copy. Here it is known.
extension Data {
  init(text: String) {
    var text = text
    self = text.withUTF8 { Data(buffer: $0) }
  }

  init(copying bytes: [UInt8]) { self = bytes.withUnsafeBufferPointer { Data(buffer: $0) } }

  /// What lies here as UTF-8; repaired where it is none.
  var text: String { withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
}

extension StorageKeyValue {
  fileprivate init(_ message: Mvccpb_KeyValue) {
    self.init(
      key: message.key.text, value: message.value.withUnsafeBytes { [UInt8]($0) },
      createRevision: message.createRevision, modRevision: message.modRevision, lease: message.lease)
  }
}

extension StorageEvent {
  fileprivate init(_ message: Mvccpb_Event) {
    switch message.type {
    case .delete:
      self.init(.delete(key: message.kv.key.text, revision: message.kv.modRevision))
    default: self.init(.put(StorageKeyValue(message.kv)))
    }
  }
}

extension StorageError {
  fileprivate init(_ error: StoreClientError) {
    let message = error.status.message
    switch error.code {
    case .compacted: self.init(.compacted, message)
    case .unavailable: self.init(.unavailable, message)
    case .ambiguous: self.init(.timeout, message)
    case .cancelled: self.init(.cancelled, message)
    case .rejected:
      switch error.status.code {
      case .outOfRange: self.init(.futureRevision, message)
      case .resourceExhausted where message.contains("space"): self.init(.noSpace, message)
      case .notFound: self.init(.leaseNotFound, message)
      case .invalidArgument where message.contains("too large"), .resourceExhausted: self.init(.tooLarge, message)
      case .unavailable, .unauthenticated, .permissionDenied: self.init(.unavailable, message)
      default: self.init(.other, message)
      }
    }
  }
}
