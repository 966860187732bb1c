/// What the keys below one prefix take.
package struct PrefixSize: Hashable, Sendable {
  package var prefix: Bytes
  /// Bytes with all kept versions, as ``MVCCStore/size`` counts them.
  package var bytes: Int
  /// Keys, deleted ones that are not compacted included.
  package var keys: Int

  package init(prefix: Bytes, bytes: Int, keys: Int) {
    self.prefix = prefix
    self.bytes = bytes
    self.keys = keys
  }
}

extension MVCCStore {
  /// The prefixes that take the most, the largest first. It looks at every key: for a thread that has time, on a copy.
  ///
  /// Keys are grouped as people name them: `/registry/pods/default/a` belongs to `/registry/pods/`, `jobs/17` to
  /// `jobs/`, and one without a slash to what stands before its first digit.
  package func largestPrefixes(_ count: Int) -> [PrefixSize] {
    var largest: [PrefixSize] = []
    var current: PrefixSize?
    func finish() {
      guard let done = current else { return }
      let place = largest.firstIndex { $0.bytes < done.bytes } ?? largest.count
      if place < count { largest.insert(done, at: place) }
      if largest.count > count { largest.removeLast() }
    }
    // In the order of keys a group is one run, but for keys without a slash; their groups are kept till the end.
    var plain: [Bytes: PrefixSize] = [:]
    tree.forEach(in: .all) { history in
      let key = history.latest.key
      var bytes = 0
      for index in 0..<history.count { bytes += history[index].size }
      let (length, isPlain) = Self.groupLength(key)
      if isPlain {
        let prefix = Bytes(key[..<length])
        // There are few such groups; if not, the rest is one.
        let group = plain[prefix] != nil || plain.count < 1000 ? prefix : []
        plain[group, default: PrefixSize(prefix: group, bytes: 0, keys: 0)].bytes += bytes
        plain[group]?.keys += 1
        return true
      }
      if let group = current, group.prefix.count == length, group.prefix.elementsEqual(key[..<length]) {
        current?.bytes += bytes
        current?.keys += 1
      } else {
        finish()
        current = PrefixSize(prefix: Bytes(key[..<length]), bytes: bytes, keys: 1)
      }
      return true
    }
    finish()
    for group in plain.values.sorted(by: { $0.prefix.precedes($1.prefix) }) {
      current = group
      finish()
    }
    return largest
  }

  /// How much of a key names its group, and whether the key has no slash.
  private static func groupLength(_ key: Bytes) -> (length: Int, isPlain: Bool) {
    let slash = UInt8(ascii: "/")
    let wanted = key.first == slash ? 3 : 1
    var (seen, last) = (0, 0)
    for (index, byte) in key.enumerated() where byte == slash {
      (seen, last) = (seen + 1, index + 1)
      if seen == wanted { break }
    }
    // Below a single first slash there is no folder.
    if last > 1 { return (last, false) }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return (min(key.firstIndex { digits.contains($0) } ?? key.count, 16), true)
  }
}

extension Command {
  /// Whether it may make the state larger: what a space quota refuses. Deletions, compactions and revocations never do.
  package var takesSpace: Bool {
    switch self {
    case .put, .leaseGrant: true
    case .transaction(let request): request.takesSpace
    case .deleteRange, .compact, .leaseRevoke: false
    }
  }
}

extension TransactionRequest {
  fileprivate var takesSpace: Bool {
    (success + failure).contains { operation in
      switch operation {
      case .put: true
      case .transaction(let nested): nested.takesSpace
      case .range, .deleteRange: false
      }
    }
  }
}
