// The replicated state machine: etcd v3's multi-version key-value store as a value.
//
// - ``MVCCStore`` is the state; `apply(_:)` is the only way to change it. A copy is O(1) and shares its structure.
// - ``Command`` is what the replicated log carries, with a versioned binary form.
// - Requests and results have etcd's meaning (etcd's API reference and its documented guarantees), in types of our own.
// - ``SnapshotEncoder`` and ``SnapshotDecoder`` turn a store into checked chunks and back.
//
// Pure: no clock, no randomness, no locks. Whether a lease has run out is the leader's decision, outside.

/// A key, a value: any bytes.
package typealias Bytes = [UInt8]

/// The identity of a lease. Zero means "no lease".
package typealias LeaseID = Int64

/// A place in the store's history: `main` counts the transactions that changed something (1 is the empty store,
/// the first put makes 2), `sub` the changes within one.
package struct Revision: Hashable, Sendable, Comparable {
  package var main: Int64
  package var sub: Int64

  package init(main: Int64, sub: Int64 = 0) {
    self.main = main
    self.sub = sub
  }

  package static func < (left: Revision, right: Revision) -> Bool {
    left.main != right.main ? left.main < right.main : left.sub < right.sub
  }
}

/// A key with one version of its value.
package struct KeyValue: Hashable, Sendable {
  package var key: Bytes
  package var value: Bytes
  /// The revision that created the key in its present life.
  package var createRevision: Int64
  /// The revision of the last change.
  package var modRevision: Int64
  /// How often the key was written in its present life; 1 for its creation.
  package var version: Int64
  /// The lease it hangs on, or 0.
  package var lease: LeaseID

  package init(
    key: Bytes = [], value: Bytes = [], createRevision: Int64 = 0, modRevision: Int64 = 0, version: Int64 = 0,
    lease: LeaseID = 0
  ) {
    self.key = key
    self.value = value
    self.createRevision = createRevision
    self.modRevision = modRevision
    self.version = version
    self.lease = lease
  }
}

/// One change, as a watch reports it.
package struct Event: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case put = 0
    case delete = 1
  }

  package var kind: Kind
  /// For a deletion only `key` and `modRevision` are set.
  package var keyValue: KeyValue
  /// The key before the change, where it was asked for, existed and is not compacted.
  package var previous: KeyValue?

  package init(kind: Kind, keyValue: KeyValue, previous: KeyValue? = nil) {
    self.kind = kind
    self.keyValue = keyValue
    self.previous = previous
  }
}
