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
///
/// Nested transactions can hold a hundred thousand operations in one request of the largest size, so that nothing here
/// may look at each pair of them: all boundaries are sorted, and one pass knows at each key what is deleted there.
private struct WrittenKeys {
  var puts: [Bytes] = []
  var deletions: [KeyRange] = []

  /// What is together in one unit has been checked, or excludes each other.
  private struct Boundary {
    enum Kind: Int { case rangeEnds, deletionBegins, put, keyEnds }

    var key: Bytes
    var kind: Kind
    var unit: Int
  }

  init(success operations: [Operation]) throws(MVCCError) {
    var boundaries: [Boundary] = []
    var units = 1
    for operation in operations {
      switch operation {
      case .range: break
      case .put(let request):
        puts.append(request.key)
        boundaries.append(Boundary(key: request.key, kind: .put, unit: units))
        units += 1
      case .deleteRange(let request):
        deletions.append(request.range)
        Self.append(request.range, unit: 0, to: &boundaries)
      case .transaction(let nested):
        for branch in [nested.success, nested.failure] {
          let written = try WrittenKeys(success: branch)
          for key in written.puts { boundaries.append(Boundary(key: key, kind: .put, unit: units)) }
          for range in written.deletions { Self.append(range, unit: units, to: &boundaries) }
          puts += written.puts
          deletions += written.deletions
        }
        units += 1
      }
    }
    if operations.count > 1 { try Self.check(&boundaries, units: units) }
  }

  private static func append(_ range: KeyRange, unit: Int, to boundaries: inout [Boundary]) {
    guard range.isSingleKey || range.isUnbounded || range.key.precedes(range.end) else { return }
    boundaries.append(Boundary(key: range.key, kind: .deletionBegins, unit: unit))
    if range.isSingleKey {
      boundaries.append(Boundary(key: range.key, kind: .keyEnds, unit: unit))
    } else if !range.isUnbounded {
      boundaries.append(Boundary(key: range.end, kind: .rangeEnds, unit: unit))
    }
  }

  private static func check(_ boundaries: inout [Boundary], units: Int) throws(MVCCError) {
    boundaries.sort { left, right in
      let order = left.key.compare(right.key)
      return order != 0 ? order < 0 : left.kind.rawValue < right.kind.rawValue
    }
    var open = [Int](repeating: 0, count: units)
    var allOpen = 0
    var lastPut: Boundary?
    for boundary in boundaries {
      switch boundary.kind {
      case .deletionBegins:
        open[boundary.unit] += 1
        allOpen += 1
      case .rangeEnds, .keyEnds:
        open[boundary.unit] -= 1
        allOpen -= 1
      case .put:
        guard allOpen == open[boundary.unit] else { throw .duplicateKey }
        if let lastPut, lastPut.unit != boundary.unit, lastPut.key == boundary.key { throw .duplicateKey }
        lastPut = boundary
      }
    }
  }
}
