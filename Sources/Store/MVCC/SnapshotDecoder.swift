import ByteCoding

/// Reads what ``SnapshotEncoder`` wrote, in pieces of any size, and checks all of it.
package struct SnapshotDecoder: Sendable {
  private var buffer: Bytes = []
  private var offset = 0
  private var store = MVCCStore()
  private var expectedLeases: UInt64 = 0
  private var hasHeader = false
  private var isComplete = false
  private var key: Bytes?
  private var keyCount: UInt64 = 0
  private var changeCount: UInt64 = 0
  private var history: [Change] = []

  package init() {}

  /// Takes the next bytes.
  package mutating func feed(_ bytes: some Collection<UInt8>) throws(SnapshotError) {
    buffer.append(contentsOf: bytes)
    var start = 0
    while buffer.count - start >= 8 {
      let length = Int(fixed(at: start))
      guard length > 0, length <= SnapshotFormat.maximumChunk else { throw .chunkSize(length, offset: offset) }
      guard buffer.count - start >= 8 + length else { break }
      let payload = buffer[(start + 8)..<(start + 8 + length)]
      guard CRC32C.checksum(payload) == fixed(at: start + 4) else { throw .checksum(offset: offset) }
      try read(payload)
      start += 8 + length
      offset += 8 + length
    }
    buffer.removeFirst(start)
  }

  /// The store, once everything was fed.
  package consuming func finish() throws(SnapshotError) -> MVCCStore {
    guard isComplete, buffer.isEmpty else { throw .incomplete }
    history.sort { $0.revision < $1.revision }
    for change in history { store.log.append(change) }
    return store
  }

  private func fixed(at index: Int) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(buffer[index + $1]) << (8 * UInt32($1)) }
  }

  private mutating func read(_ payload: ArraySlice<UInt8>) throws(SnapshotError) {
    var reader = ByteReader(payload)
    while reader.remaining > 0 {
      guard !isComplete else { throw .inconsistent("records behind the end") }
      do throws(ByteCodingError) {
        let tag = try reader.readByte()
        guard hasHeader == (tag != SnapshotFormat.header) else {
          throw .unknownValue(UInt64(tag), field: "first record")
        }
        switch tag {
        case SnapshotFormat.header: try readHeader(&reader)
        case SnapshotFormat.lease:
          let lease = Lease(id: try reader.readZigzag(), timeToLive: try reader.readZigzag())
          store.leaseTable[lease.id] = LeaseRecord(lease: lease)
        case SnapshotFormat.key:
          let next = try reader.readBytes()
          if next != key { try startKey(next) }
        case SnapshotFormat.change, SnapshotFormat.deletion:
          try readChange(&reader, isDeletion: tag == SnapshotFormat.deletion)
        case SnapshotFormat.end:
          endKey()
          let (keys, changes) = (try reader.readVarint(), try reader.readVarint())
          guard keys == keyCount, changes == changeCount, expectedLeases == UInt64(store.leaseTable.count) else {
            throw .unknownValue(changes, field: "count of changes")
          }
          isComplete = true
        default: throw .unknownValue(UInt64(tag), field: "record")
        }
      } catch {
        throw .malformed(error, offset: offset)
      }
    }
  }

  private mutating func readHeader(_ reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == SnapshotFormat.version else {
      throw .unknownValue(UInt64(version), field: "snapshot format version")
    }
    store.revision = try reader.readZigzag()
    store.compactRevision = try reader.readZigzag()
    store.changeHash = try reader.read(fixed: UInt64.self)
    expectedLeases = try reader.readVarint()
    hasHeader = true
  }

  private mutating func startKey(_ next: Bytes) throws(ByteCodingError) {
    if let key, !key.precedes(next) { throw .unknownValue(keyCount, field: "order of keys") }
    endKey()
    key = next
    keyCount += 1
  }

  private mutating func readChange(_ reader: inout ByteReader, isDeletion: Bool) throws(ByteCodingError) {
    guard let key else { throw .unknownValue(0, field: "version without a key") }
    let main = Int64(bitPattern: try reader.readVarint())
    let sub = Int64(bitPattern: try reader.readVarint())
    let revision = Revision(main: main, sub: sub)
    guard main > 1, main <= store.revision else { throw .unknownValue(UInt64(bitPattern: main), field: "revision") }
    let change: Change
    if isDeletion {
      change = Change(deletionOf: key, revision: revision)
    } else {
      change = Change(
        key: key, value: [], revision: revision, createRevision: Int64(bitPattern: try reader.readVarint()),
        version: Int64(bitPattern: try reader.readVarint()), lease: try reader.readZigzag()
      ).withValue(try reader.readBytes())
    }
    store.tree.append(change)
    store.size += change.size
    changeCount += 1
    if main >= store.compactRevision { history.append(change) }
  }

  /// Hangs the key on the lease of its last version.
  private mutating func endKey() {
    guard let key, let last = store.tree.history(of: key)?.latest, !last.isDeletion else { return }
    store.keyCount += 1
    if last.lease != 0 { store.attach(key, to: last.lease) }
  }
}

extension Change {
  fileprivate func withValue(_ value: Bytes) -> Change {
    Change(
      key: key, value: value, revision: revision, createRevision: createRevision, version: version, lease: lease)
  }
}
