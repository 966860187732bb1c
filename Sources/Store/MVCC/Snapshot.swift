package import ByteCoding

/// Why bytes are not a snapshot of a store.
package enum SnapshotError: Error, Hashable, Sendable {
  /// The chunk that starts at this offset does not match its checksum.
  case checksum(offset: Int)
  /// A chunk claims a size that none has.
  case chunkSize(Int, offset: Int)
  /// The bytes inside a chunk are not records.
  case malformed(ByteCodingError, offset: Int)
  /// The records contradict each other.
  case inconsistent(String)
  /// The end is missing.
  case incomplete
}

/// The form of a snapshot: chunks of `length (UInt32), CRC-32C of the payload (UInt32), payload`, payloads being a
/// run of records. A record starts with its tag:
///
///     1 header    format version, revision, compact revision, change hash, number of leases
///     2 lease     id, time to live (its keys are found from the keys' last versions)
///     3 key       the key; versions follow
///     4 version   main and sub revision, create revision, version, lease, value
///     5 deletion  main and sub revision
///     6 end       number of keys, number of versions and deletions
enum SnapshotFormat {
  static let version: UInt8 = 1
  static let header: UInt8 = 1
  static let lease: UInt8 = 2
  static let key: UInt8 = 3
  static let change: UInt8 = 4
  static let deletion: UInt8 = 5
  static let end: UInt8 = 6
  /// Larger than any chunk: a value of the largest size, and some.
  static let maximumChunk = 256 << 20
  /// No store gets there: at a million changes a second it takes 146,000 years.
  static let highestRevision: Int64 = 1 << 62
}

/// Writes a store as checked chunks, one at a time, from an immutable copy: on any thread, with little memory.
package struct SnapshotEncoder: Sendable {
  private enum Stage { case header, leases(next: Int), keys, done }

  private let store: MVCCStore
  private let leases: [Lease]
  private let chunkSize: Int
  private var stage = Stage.header
  /// Where the keys go on: at this key's change of this number.
  private var cursor: (key: Bytes, index: Int) = ([0], 0)
  private var keyCount: UInt64 = 0
  private var changeCount: UInt64 = 0

  /// - Parameter chunkSize: chunks end soon after so many bytes.
  package init(_ store: MVCCStore, chunkSize: Int = 256 << 10) {
    self.store = store
    self.chunkSize = chunkSize
    leases = store.leases
  }

  /// The next chunk; nil after the last.
  package mutating func nextChunk() -> Bytes? {
    var writer = ByteWriter(reservingCapacity: chunkSize + 1024)
    writer.write(fixed: UInt32(0))
    writer.write(fixed: UInt32(0))
    switch stage {
    case .header:
      writer.write(SnapshotFormat.header)
      writer.write(SnapshotFormat.version)
      writer.write(zigzag: store.revision)
      writer.write(zigzag: store.compactRevision)
      writer.write(fixed: store.changeHash)
      writer.write(varint: UInt64(leases.count))
      stage = .leases(next: 0)
    case .leases(let next): writeLeases(from: next, &writer)
    case .keys: writeKeys(&writer)
    case .done: return nil
    }
    var chunk = writer.bytes
    let crc = CRC32C.checksum(chunk[8...])
    withUnsafeBytes(of: UInt32(chunk.count - 8).littleEndian) { chunk.replaceSubrange(0..<4, with: $0) }
    withUnsafeBytes(of: crc.littleEndian) { chunk.replaceSubrange(4..<8, with: $0) }
    return chunk
  }

  private mutating func writeLeases(from first: Int, _ writer: inout ByteWriter) {
    var next = first
    while next < leases.count, writer.count < chunkSize {
      writer.write(SnapshotFormat.lease)
      writer.write(zigzag: leases[next].id)
      writer.write(zigzag: leases[next].timeToLive)
      next += 1
    }
    stage = next < leases.count ? .leases(next: next) : .keys
    if case .keys = stage { writeKeys(&writer) }
  }

  private mutating func writeKeys(_ writer: inout ByteWriter) {
    var (next, first) = cursor
    var isCut = false
    let (size, start, compacted) = (chunkSize, cursor, store.compactRevision)
    var (keys, changes) = (keyCount, changeCount)
    store.tree.forEach(in: KeyRange(key: cursor.key, end: [0])) { history in
      let kept = history.keeps(from: compacted)
      guard kept < history.count else { return true }
      if writer.count >= size {
        (next, first, isCut) = (history.latest.key, kept, true)
        return false
      }
      writer.write(SnapshotFormat.key)
      writer.write(bytes: history.latest.key)
      let firstIndex = history.latest.key == start.key ? max(start.index, kept) : kept
      if firstIndex == kept { keys += 1 }
      var index = firstIndex
      while index < history.count {
        // A key and the first change behind it are not torn apart, or the key would be counted twice.
        if writer.count >= size, index > firstIndex {
          (next, first, isCut) = (history.latest.key, index, true)
          return false
        }
        writer.write(history[index])
        changes += 1
        index += 1
      }
      return true
    }
    (keyCount, changeCount) = (keys, changes)
    if isCut {
      cursor = (next, first)
    } else {
      writer.write(SnapshotFormat.end)
      writer.write(varint: keyCount)
      writer.write(varint: changeCount)
      stage = .done
    }
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ change: Change) {
    write(change.isDeletion ? SnapshotFormat.deletion : SnapshotFormat.change)
    write(varint: UInt64(bitPattern: change.revision.main))
    write(varint: UInt64(bitPattern: change.revision.sub))
    guard !change.isDeletion else { return }
    write(varint: UInt64(bitPattern: change.createRevision))
    write(varint: UInt64(bitPattern: change.version))
    write(zigzag: change.lease)
    write(bytes: change.value)
  }
}
