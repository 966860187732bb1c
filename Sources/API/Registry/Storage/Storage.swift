/// What the registry needs of the place where objects lie: a linearisable, revisioned key-value store with
/// multi-key transactions and watches, shaped after etcd v3.
///
/// Keys are UTF-8 text (`/registry/pods/default/web-0`); values are opaque bytes. Every successful transaction that
/// changes something gets the next revision. The front-end implements this over its store client; tests use
/// `InMemoryStorage`.
package protocol Storage: Sendable {
  /// Reads the keys of `request`, in byte order of the keys.
  ///
  /// Linearisable when `request.revision` is 0, else exactly the state at that revision.
  /// - Throws: `.compacted` when that revision is no longer kept, `.futureRevision` when it does not exist yet.
  func range(_ request: StorageRange) async throws(StorageError) -> StorageRangeResult

  /// Runs one transaction: when every compare holds, all of `then`, else the reads of `otherwise`. Atomic.
  ///
  /// An error with code `.timeout` or `.unavailable` leaves open whether the transaction took place.
  func txn(_ transaction: StorageTransaction) async throws(StorageError) -> StorageTransactionResult

  /// The store's revision, confirmed by its quorum after this call began.
  func currentRevision() async throws(StorageError) -> Int64

  /// Watches every key that begins with `prefix`, from `revision` on (inclusive).
  ///
  /// The watcher hands over every change once and in order of revision; changes of one revision come in one batch.
  func watch(prefix: String, from revision: Int64) async throws(StorageError) -> any StorageWatcher

  /// Makes a lease that lasts `seconds`; keys put with it are removed when it ends. Returns its id.
  func grantLease(seconds: Int64) async throws(StorageError) -> Int64
}

/// One running watch. Its owner calls `next()` in a loop and `cancel()` at the end.
package protocol StorageWatcher: AnyObject, Sendable {
  /// The next batch of changes, or a progress mark (a batch without events). Waits until there is one.
  /// - Throws: what ended the watch; `.compacted` when its position is no longer kept, `.cancelled` after `cancel()`
  ///   or when the calling task was cancelled.
  func next() async throws(StorageError) -> StorageWatchBatch

  /// Asks for a progress mark soon: a batch whose revision is at least what the store had when the request arrived.
  func requestProgress() async

  /// Ends the watch; a waiting `next()` throws `.cancelled`.
  func cancel()
}

/// A key, its value, and where they stand in the store's history.
package struct StorageKeyValue: Sendable, Equatable {
  package var key: String
  package var value: [UInt8]
  /// The revision that created the key (anew, after its last deletion).
  package var createRevision: Int64
  /// The revision of the last change.
  package var modRevision: Int64
  /// The lease that the key hangs on; 0: none.
  package var lease: Int64

  package init(key: String, value: [UInt8], createRevision: Int64, modRevision: Int64, lease: Int64 = 0) {
    self.key = key
    self.value = value
    self.createRevision = createRevision
    self.modRevision = modRevision
    self.lease = lease
  }
}

/// Which keys to read: one key, or all from `start` up to but without `end`.
package struct StorageRange: Sendable, Equatable {
  package var start: String
  /// nil: only the key `start`.
  package var end: String?
  /// At most so many keys; 0: all.
  package var limit: Int
  /// 0: the newest state, linearisable; else the state at that revision.
  package var revision: Int64

  package static func key(_ key: String, revision: Int64 = 0) -> StorageRange {
    StorageRange(start: key, end: nil, limit: 0, revision: revision)
  }

  /// All keys that begin with `prefix`; with `start`, only those from `start` on.
  package static func prefix(
    _ prefix: String, from start: String? = nil, limit: Int = 0, revision: Int64 = 0
  ) -> StorageRange {
    StorageRange(start: start ?? prefix, end: endOfPrefix(prefix), limit: limit, revision: revision)
  }

  /// The first key after all those that begin with `prefix`, which must end in an ASCII character below DEL.
  package static func endOfPrefix(_ prefix: String) -> String {
    var bytes = Array(prefix.utf8)
    guard let last = bytes.popLast(), last < 0x7f else { return "\u{10FFFF}" }
    bytes.append(last + 1)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The answer to a range.
package struct StorageRangeResult: Sendable {
  package var keyValues: [StorageKeyValue]
  /// Whether keys were left out because of the limit.
  package var more: Bool
  /// How many keys the range holds, the limit aside.
  package var count: Int
  /// The revision of the store that the answer reflects (the one that was asked for, if any).
  package var revision: Int64

  package init(keyValues: [StorageKeyValue], more: Bool, count: Int, revision: Int64) {
    self.keyValues = keyValues
    self.more = more
    self.count = count
    self.revision = revision
  }
}

/// Changes of one or several whole revisions.
package struct StorageWatchBatch: Sendable {
  /// The watch has delivered everything up to this revision (inclusive) once this batch is taken in.
  package var revision: Int64
  /// In order of revision. Empty: a progress mark.
  package var events: [StorageEvent]

  package init(revision: Int64, events: [StorageEvent]) {
    self.revision = revision
    self.events = events
  }
}

/// One key's change.
package struct StorageEvent: Sendable {
  package enum Change: Sendable {
    case put(StorageKeyValue)
    /// The key went away at this revision.
    case delete(key: String, revision: Int64)
  }
  package var change: Change

  package init(_ change: Change) { self.change = change }

  package var revision: Int64 {
    switch change {
    case .put(let keyValue): keyValue.modRevision
    case .delete(_, let revision): revision
    }
  }
}

/// Why the store did not do what it was asked.
package struct StorageError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: Sendable, Equatable {
    /// The revision lies before the store's last compaction.
    case compacted
    /// The revision does not exist yet.
    case futureRevision
    /// No quorum, no connection.
    case unavailable
    /// No answer in time; a write may or may not have happened.
    case timeout
    /// The request is larger than the store takes.
    case tooLarge
    /// The store is out of space.
    case noSpace
    case leaseNotFound
    case cancelled
    case other
  }
  package var code: Code
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "\(code): \(message)" }
}
