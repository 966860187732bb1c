import ByteCoding

extension MVCCStore {
  /// Reads keys at the present or an earlier revision.
  package func range(_ request: RangeRequest) throws(MVCCError) -> RangeResult {
    guard !request.range.key.isEmpty else { throw .emptyKey }
    try checkRevision(request.revision)
    return range(request, current: revision)
  }

  func checkRevision(_ asked: Int64) throws(MVCCError) {
    guard asked > 0 else { return }
    if asked > revision { throw .futureRevision }
    if asked < compactRevision { throw .compacted }
  }

  /// `current` is the revision of a transaction's own changes within one.
  func range(_ request: RangeRequest, current: Int64) -> RangeResult {
    let at = request.revision > 0 ? request.revision : current
    let isFiltered =
      request.minModRevision != 0 || request.maxModRevision != 0 || request.minCreateRevision != 0
      || request.maxCreateRevision != 0
    // With an order or a filter everything is fetched and cut afterwards; without, one more than asked for is enough
    // to know whether there is more.
    let fetchLimit =
      request.limit <= 0 || isFiltered || request.sortOrder != .none ? Int.max : Int(clamping: request.limit)
    var found: [Change] = []
    var count = 0
    tree.forEach(in: request.range) { history in
      guard let version = history.version(at: at) else { return true }
      count += 1
      if !request.countOnly, found.count <= fetchLimit { found.append(version) }
      return true
    }
    if request.countOnly { return RangeResult(revision: current, keyValues: [], more: false, count: Int64(count)) }
    if isFiltered { found.removeAll { !request.admits($0) } }
    request.sort(&found)
    var more = false
    if request.limit > 0, Int64(found.count) > request.limit {
      found.removeSubrange(Int(request.limit)...)
      more = true
    }
    let keyValues = found.map { change in
      var keyValue = change.keyValue
      if request.keysOnly { keyValue.value = [] }
      return keyValue
    }
    return RangeResult(revision: current, keyValues: keyValues, more: more, count: Int64(count))
  }

  /// A key as it was at a revision; nil when it did not exist then or that is compacted.
  package func keyValue(_ key: Bytes, at revision: Int64) -> KeyValue? {
    guard revision >= compactRevision else { return nil }
    return tree.history(of: key)?.version(at: revision)?.keyValue
  }

  /// A hash over the keys' history up to a revision (0: the present), as etcd's HashKV: equal on replicas that hold
  /// the same and have compacted the same.
  package func hash(at asked: Int64) throws(MVCCError) -> UInt32 {
    try checkRevision(asked)
    let limit = asked > 0 ? asked : revision
    var crc = CRC32C()
    let compacted = compactRevision
    tree.forEach(in: .all) { history in
      for index in history.keeps(from: compacted)..<history.count {
        let change = history[index]
        guard change.revision.main <= limit else { break }
        withUnsafeBytes(of: change.chained(onto: 0).littleEndian) { crc.update($0) }
      }
      return true
    }
    return crc.value
  }
}

func checksum(of bytes: Bytes) -> UInt32 { CRC32C.checksum(bytes) }

extension RangeRequest {
  fileprivate func admits(_ change: Change) -> Bool {
    if maxModRevision != 0, change.revision.main > maxModRevision { return false }
    if minModRevision != 0, change.revision.main < minModRevision { return false }
    if maxCreateRevision != 0, change.createRevision > maxCreateRevision { return false }
    if minCreateRevision != 0, change.createRevision < minCreateRevision { return false }
    return true
  }

  /// Another target than the key without an order means ascending. Equal ones stay in the order of their keys.
  fileprivate func sort(_ changes: inout [Change]) {
    let isDescending = sortOrder == .descend
    func sort(_ precedes: (Change, Change) -> Bool) {
      changes.sort { isDescending ? precedes($1, $0) : precedes($0, $1) }
    }
    switch sortTarget {
    case .key: if isDescending { changes.reverse() }
    case .version: sort { $0.version < $1.version }
    case .create: sort { $0.createRevision < $1.createRevision }
    case .mod: sort { $0.revision.main < $1.revision.main }
    case .value: sort { $0.value.precedes($1.value) }
    }
  }
}
