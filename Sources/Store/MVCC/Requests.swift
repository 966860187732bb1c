/// Reads keys. The fields are those of etcd's RangeRequest.
package struct RangeRequest: Hashable, Sendable {
  package enum SortOrder: UInt8, Hashable, Sendable, CaseIterable { case none = 0, ascend, descend }
  package enum SortTarget: UInt8, Hashable, Sendable, CaseIterable { case key = 0, version, create, mod, value }

  package var range: KeyRange
  /// At most that many keys; 0 or less for all.
  package var limit: Int64 = 0
  /// The revision to read at; 0 or less for the present.
  package var revision: Int64 = 0
  package var sortOrder = SortOrder.none
  package var sortTarget = SortTarget.key
  /// Whether a replica may answer from what it has, without asking the quorum. Not looked at by the store itself.
  package var isSerializable = false
  package var keysOnly = false
  package var countOnly = false
  /// Bounds on the revisions of the keys that are returned, both included; 0 for none. `count` ignores them.
  package var minModRevision: Int64 = 0
  package var maxModRevision: Int64 = 0
  package var minCreateRevision: Int64 = 0
  package var maxCreateRevision: Int64 = 0

  package init(_ range: KeyRange, limit: Int64 = 0, revision: Int64 = 0) {
    self.range = range
    self.limit = limit
    self.revision = revision
  }
}

package struct RangeResult: Hashable, Sendable {
  /// The store's revision when it was read (not the revision that was asked for).
  package var revision: Int64
  package var keyValues: [KeyValue]
  /// Whether the limit cut keys off.
  package var more: Bool
  /// How many keys the range holds at that revision, whatever the limit and the bounds on revisions.
  package var count: Int64

  package init(revision: Int64, keyValues: [KeyValue], more: Bool, count: Int64) {
    self.revision = revision
    self.keyValues = keyValues
    self.more = more
    self.count = count
  }
}

package struct PutRequest: Hashable, Sendable {
  package var key: Bytes
  package var value: Bytes
  package var lease: LeaseID
  /// Return the key as it was before.
  package var wantsPrevious: Bool
  /// Keep the present value (of a key that must exist); `value` must be empty.
  package var ignoresValue: Bool
  /// Keep the present lease (of a key that must exist); `lease` must be 0.
  package var ignoresLease: Bool

  package init(
    key: Bytes, value: Bytes, lease: LeaseID = 0, wantsPrevious: Bool = false, ignoresValue: Bool = false,
    ignoresLease: Bool = false
  ) {
    self.key = key
    self.value = value
    self.lease = lease
    self.wantsPrevious = wantsPrevious
    self.ignoresValue = ignoresValue
    self.ignoresLease = ignoresLease
  }
}

package struct PutResult: Hashable, Sendable {
  package var revision: Int64
  package var previous: KeyValue?

  package init(revision: Int64, previous: KeyValue? = nil) {
    self.revision = revision
    self.previous = previous
  }
}

package struct DeleteRangeRequest: Hashable, Sendable {
  package var range: KeyRange
  package var wantsPrevious: Bool

  package init(_ range: KeyRange, wantsPrevious: Bool = false) {
    self.range = range
    self.wantsPrevious = wantsPrevious
  }
}

package struct DeleteRangeResult: Hashable, Sendable {
  package var revision: Int64
  package var deleted: Int64
  package var previous: [KeyValue]

  package init(revision: Int64, deleted: Int64, previous: [KeyValue] = []) {
    self.revision = revision
    self.deleted = deleted
    self.previous = previous
  }
}

/// A condition of a transaction. On a range it must hold for every key in it. A key that does not exist has
/// version, revisions and lease 0; a comparison of its value never holds.
package struct Compare: Hashable, Sendable {
  package enum Relation: UInt8, Hashable, Sendable, CaseIterable { case equal = 0, greater, less, notEqual }

  package enum Target: Hashable, Sendable {
    case version(Int64)
    case createRevision(Int64)
    case modRevision(Int64)
    case value(Bytes)
    case lease(LeaseID)
  }

  package var range: KeyRange
  package var relation: Relation
  package var target: Target

  package init(_ range: KeyRange, _ relation: Relation, _ target: Target) {
    self.range = range
    self.relation = relation
    self.target = target
  }
}

package indirect enum Operation: Hashable, Sendable {
  case range(RangeRequest)
  case put(PutRequest)
  case deleteRange(DeleteRangeRequest)
  case transaction(TransactionRequest)
}

package indirect enum OperationResult: Hashable, Sendable {
  case range(RangeResult)
  case put(PutResult)
  case deleteRange(DeleteRangeResult)
  case transaction(TransactionResult)
}

/// etcd's Txn: when every comparison holds, `success` runs, else `failure`; all of it in one revision.
/// Comparisons, those of nested transactions too, see the state before the transaction.
package struct TransactionRequest: Hashable, Sendable {
  package var compares: [Compare]
  package var success: [Operation]
  package var failure: [Operation]

  package init(compares: [Compare] = [], success: [Operation] = [], failure: [Operation] = []) {
    self.compares = compares
    self.success = success
    self.failure = failure
  }

  /// Whether neither branch can change anything.
  package var isReadOnly: Bool {
    (success + failure).allSatisfy { operation in
      switch operation {
      case .range: true
      case .put, .deleteRange: false
      case .transaction(let nested): nested.isReadOnly
      }
    }
  }

  /// Whether another transaction stands in one of its branches.
  package var hasNested: Bool {
    func isNested(_ operation: Operation) -> Bool { if case .transaction = operation { true } else { false } }
    return success.contains(where: isNested) || failure.contains(where: isNested)
  }

  /// Whether every read in it may be answered without the quorum (only meaningful when it is read-only).
  package var isSerializable: Bool {
    (success + failure).allSatisfy { operation in
      switch operation {
      case .range(let range): range.isSerializable
      case .put, .deleteRange: false
      case .transaction(let nested): nested.isSerializable
      }
    }
  }
}

package struct TransactionResult: Hashable, Sendable {
  package var revision: Int64
  package var succeeded: Bool
  package var results: [OperationResult]

  package init(revision: Int64, succeeded: Bool, results: [OperationResult]) {
    self.revision = revision
    self.succeeded = succeeded
    self.results = results
  }
}

/// A lease as the store knows it. How much of it is left is the leader's knowledge.
package struct Lease: Hashable, Sendable {
  package var id: LeaseID
  /// The time to live that was granted, in seconds.
  package var timeToLive: Int64

  package init(id: LeaseID, timeToLive: Int64) {
    self.id = id
    self.timeToLive = timeToLive
  }
}
