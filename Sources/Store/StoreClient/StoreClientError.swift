package import GRPC

/// Why the store, taken as a whole, did not do what it was asked.
package struct StoreClientError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable {
    /// The store answered, with an error: `status` is etcd's.
    case rejected
    /// What was asked for lies before the last compaction.
    case compacted
    /// No endpoint could be asked in time. Certainly nothing was done.
    case unavailable
    /// The request was sent and its answer was lost: it may have been done, or be done yet.
    case ambiguous
    /// The calling task was cancelled, or the client closed. A request may have been done.
    case cancelled
  }

  package var code: Code
  /// The last endpoint's status.
  package var status: GRPCStatus
  /// With `compacted`, of a watch: the first revision that can still be watched; otherwise 0.
  package var compactRevision: Int64

  package init(_ code: Code, _ status: GRPCStatus, compactRevision: Int64 = 0) {
    self.code = code
    self.status = status
    self.compactRevision = compactRevision
  }

  package var description: String { "\(self.code): \(self.status)" }
}

extension GRPCStatus {
  /// What an error means for the question whether, and how, to go on.
  enum Verdict {
    /// The store's answer: asking again will not change it.
    case final
    /// This endpoint has certainly not done it: try another.
    case notDone
    /// It may have been done.
    case unknown
  }

  var verdict: Verdict {
    switch self.delivery {
    case .notExecuted:
      // Too big for this side, or unserialisable: no endpoint will help.
      self.code == .unavailable || self.code == .deadlineExceeded ? .notDone : .final
    case .mayHaveExecuted:
      .unknown
    case .answered:
      switch (self.code, self.message) {
      case (.unavailable, "etcdserver: no leader"), (.resourceExhausted, "etcdserver: too many requests"): .notDone
      case (.unavailable, _), (.deadlineExceeded, _), (.cancelled, _): .unknown
      default: .final
      }
    }
  }

  var isCompaction: Bool {
    self.code == .outOfRange && self.message == "etcdserver: mvcc: required revision has been compacted"
  }
}
