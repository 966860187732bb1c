extension Command {
  /// Refuses what could never be right, whatever the state: missing keys, a value together with "keep the value",
  /// a transaction that writes a key twice.
  ///
  /// - Parameter maximumOperations: the most comparisons, and operations a branch, of a transaction with all that
  ///   nests in it; etcd's default is 128.
  package func validate(maximumOperations: Int) throws(MVCCError) {
    switch self {
    case .put(let request): try request.validate()
    case .deleteRange(let request): try request.range.validate()
    case .transaction(let request):
      try request.validate(maximumOperations: maximumOperations, depth: 0)
      _ = try WrittenKeys(success: request.success)
      _ = try WrittenKeys(success: request.failure)
    case .compact: break
    case .leaseGrant(let id, let timeToLive):
      guard id != 0 else { throw .malformedCommand }
      guard timeToLive <= MVCCStore.maximumTimeToLive else { throw .leaseTimeToLiveTooLarge }
    case .leaseRevoke: break
    }
  }
}

extension KeyRange {
  fileprivate func validate() throws(MVCCError) {
    guard !key.isEmpty else { throw .emptyKey }
  }
}

extension PutRequest {
  fileprivate func validate() throws(MVCCError) {
    guard !key.isEmpty else { throw .emptyKey }
    guard !ignoresValue || value.isEmpty else { throw .valueProvided }
    guard !ignoresLease || lease == 0 else { throw .leaseProvided }
  }
}

extension TransactionRequest {
  fileprivate func validate(maximumOperations: Int, depth: Int) throws(MVCCError) {
    let count = max(compares.count, success.count, failure.count)
    guard count <= maximumOperations, depth <= maximumTransactionDepth else { throw .tooManyOperations }
    for compare in compares { try compare.range.validate() }
    for operation in success + failure {
      switch operation {
      case .range(let request): try request.range.validate()
      case .put(let request): try request.validate()
      case .deleteRange(let request): try request.range.validate()
      case .transaction(let nested):
        try nested.validate(maximumOperations: maximumOperations - count, depth: depth + 1)
      }
    }
  }
}

/// What a list of operations may write. No key may be put twice, nor put and deleted, on any way through it; the
/// two branches of a nested transaction exclude each other. (Two deletions may overlap: the second finds nothing.)
private struct WrittenKeys {
  var puts: Set<Bytes> = []
  var deletions: [KeyRange] = []

  init(success operations: [Operation]) throws(MVCCError) {
    for case .deleteRange(let request) in operations { deletions.append(request.range) }
    for case .transaction(let nested) in operations {
      let success = try WrittenKeys(success: nested.success)
      let failure = try WrittenKeys(success: nested.failure)
      // Against what stands beside and before the nested transaction; deletions collected so far suffice, because
      // later puts are held against all of them.
      for key in success.puts.union(failure.puts) {
        guard !puts.contains(key), !isDeleted(key) else { throw .duplicateKey }
      }
      for range in success.deletions + failure.deletions {
        guard !puts.contains(where: range.contains) else { throw .duplicateKey }
      }
      puts.formUnion(success.puts)
      puts.formUnion(failure.puts)
      deletions += success.deletions + failure.deletions
    }
    for case .put(let request) in operations {
      guard !puts.contains(request.key), !isDeleted(request.key) else { throw .duplicateKey }
      puts.insert(request.key)
    }
  }

  private func isDeleted(_ key: Bytes) -> Bool { deletions.contains { $0.contains(key) } }
}
