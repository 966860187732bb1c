/// One atomic step: compares, the changes when all of them hold, the reads when one does not.
///
/// A conflict costs one round trip: `otherwise` brings back what was there instead.
package struct StorageTransaction: Sendable, Equatable {
  /// What must hold of a key.
  package struct Compare: Sendable, Equatable {
    package enum Condition: Sendable, Equatable {
      /// The key does not exist.
      case absent
      /// The key exists and its last change has this revision.
      case modRevision(Int64)
    }
    package var key: String
    package var condition: Condition

    package init(_ key: String, _ condition: Condition) {
      self.key = key
      self.condition = condition
    }
  }

  package enum Operation: Sendable, Equatable {
    /// Sets a key. `lease` 0: none.
    case put(key: String, value: [UInt8], lease: Int64 = 0)
    /// Removes a key; no error if there is none.
    case delete(key: String)
  }

  package var compares: [Compare]
  package var then: [Operation]
  /// Keys to read when a compare fails.
  package var otherwise: [String]

  package init(compares: [Compare], then: [Operation], otherwise: [String]) {
    self.compares = compares
    self.then = then
    self.otherwise = otherwise
  }
}

/// What became of a transaction.
package struct StorageTransactionResult: Sendable {
  package var succeeded: Bool
  /// The store's revision after it: that of its changes if it succeeded and changed something.
  package var revision: Int64
  /// After a failure: what each key of `otherwise` held at that moment, in that order; nil: no such key.
  package var current: [StorageKeyValue?]

  package init(succeeded: Bool, revision: Int64, current: [StorageKeyValue?]) {
    self.succeeded = succeeded
    self.revision = revision
    self.current = current
  }
}
