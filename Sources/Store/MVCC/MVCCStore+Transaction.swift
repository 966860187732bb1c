extension MVCCStore {
  /// Runs a transaction that cannot change anything, without the log.
  package func read(_ request: TransactionRequest) throws(MVCCError) -> TransactionResult {
    precondition(request.isReadOnly, "a transaction that writes belongs into the log")
    try Command.transaction(request).validate(maximumOperations: .max)
    var copy = self
    return try copy.run(request)
  }

  mutating func run(_ request: TransactionRequest) throws(MVCCError) -> TransactionResult {
    // Everything is decided and checked against the state before the first change.
    let path = try plan(request)
    var writer = begin()
    let result = execute(path, &writer)
    tally.transactions += 1
    commit(writer)
    return result
  }

  /// A transaction with its branches chosen.
  struct Path {
    var succeeded: Bool
    var operations: [PlannedOperation]
  }

  enum PlannedOperation {
    case range(RangeRequest)
    case put(PutRequest)
    case deleteRange(DeleteRangeRequest)
    case transaction(Path)
  }

  private func plan(_ request: TransactionRequest) throws(MVCCError) -> Path {
    let succeeded = request.compares.allSatisfy(holds)
    var operations: [PlannedOperation] = []
    for operation in succeeded ? request.success : request.failure {
      switch operation {
      case .range(let range):
        try checkRevision(range.revision)
        operations.append(.range(range))
      case .put(let put):
        try checkPut(put)
        operations.append(.put(put))
      case .deleteRange(let deletion): operations.append(.deleteRange(deletion))
      case .transaction(let nested): operations.append(.transaction(try plan(nested)))
      }
    }
    return Path(succeeded: succeeded, operations: operations)
  }

  private mutating func execute(_ path: Path, _ writer: inout Writer) -> TransactionResult {
    var results: [OperationResult] = []
    for operation in path.operations {
      switch operation {
      case .range(let request):
        results.append(.range(range(request, current: writer.changes.isEmpty ? revision : writer.main)))
      case .put(let request):
        let previous = put(request, &writer)
        results.append(.put(PutResult(revision: writer.main, previous: previous)))
      case .deleteRange(let request):
        results.append(.deleteRange(deleteRange(request, &writer)))
      case .transaction(let nested):
        results.append(.transaction(execute(nested, &writer)))
      }
    }
    return TransactionResult(
      revision: writer.changes.isEmpty ? revision : writer.main, succeeded: path.succeeded, results: results)
  }

  private func holds(_ compare: Compare) -> Bool {
    var isEmpty = true
    var holds = true
    tree.forEach(in: compare.range) { history in
      let present = revision - (mutations.contains(.comparesPast) ? 1 : 0)
      guard let version = history.version(at: present) else { return true }
      isEmpty = false
      holds = compare.holds(for: version.keyValue)
      return holds
    }
    guard isEmpty else { return holds }
    if case .value = compare.target { return false }
    return compare.holds(for: KeyValue())
  }
}

extension Compare {
  fileprivate func holds(for keyValue: KeyValue) -> Bool {
    let order =
      switch target {
      case .version(let wanted): Self.order(keyValue.version, wanted)
      case .createRevision(let wanted): Self.order(keyValue.createRevision, wanted)
      case .modRevision(let wanted): Self.order(keyValue.modRevision, wanted)
      case .lease(let wanted): Self.order(keyValue.lease, wanted)
      case .value(let wanted): keyValue.value.compare(wanted)
      }
    return switch relation {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .less: order < 0
    }
  }

  private static func order(_ left: Int64, _ right: Int64) -> Int { left < right ? -1 : left > right ? 1 : 0 }
}
