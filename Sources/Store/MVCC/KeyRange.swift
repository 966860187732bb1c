/// The keys that a request is about, as etcd writes them: a first key, and an end that is empty for that one
/// key, a single zero byte for every key from the first on, and otherwise the first key that is not meant.
package struct KeyRange: Hashable, Sendable {
  package var key: Bytes
  package var end: Bytes

  package init(key: Bytes, end: Bytes = []) {
    self.key = key
    self.end = end
  }

  /// Every key there is.
  package static let all = KeyRange(key: [0], end: [0])

  /// All keys that begin with `prefix`.
  package static func prefix(_ prefix: Bytes) -> KeyRange {
    var end = prefix
    while let last = end.popLast() {
      if last < 0xff { return KeyRange(key: prefix, end: end + [last + 1]) }
    }
    return KeyRange(key: prefix.isEmpty ? [0] : prefix, end: [0])
  }

  /// Whether exactly one key is meant.
  package var isSingleKey: Bool { end.isEmpty }

  /// Whether there is no last key.
  package var isUnbounded: Bool { end == [0] }

  package func contains(_ other: Bytes) -> Bool {
    if isSingleKey { return other == key }
    guard !other.precedes(key) else { return false }
    return isUnbounded || other.precedes(end)
  }
}

extension Array where Element == UInt8 {
  /// Byte order, a prefix before what it begins: the order of the store.
  @inlinable
  package func precedes(_ other: [UInt8]) -> Bool { compare(other) < 0 }

  /// Below zero when this comes first, zero when equal, above otherwise.
  @inlinable
  package func compare(_ other: [UInt8]) -> Int {
    withUnsafeBytes { left in
      other.withUnsafeBytes { right in
        let common = Swift.min(left.count, right.count)
        var index = 0
        // Keys have long beginnings in common: eight bytes at a time, the first of which counts most.
        while index + 8 <= common {
          let a = left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          let b = right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          if a != b { return UInt64(bigEndian: a) < UInt64(bigEndian: b) ? -1 : 1 }
          index += 8
        }
        while index < common {
          let (a, b) = (left[index], right[index])
          if a != b { return a < b ? -1 : 1 }
          index += 1
        }
        return left.count - right.count
      }
    }
  }
}
