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
  /// The last change of ``key`` that was read.
  private var lastChange: Change?
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
    for (earlier, later) in zip(history, history.dropFirst()) where earlier.revision == later.revision {
      throw .inconsistent("two changes have revision \(earlier.revision.main).\(earlier.revision.sub)")
    }
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
          guard lease.id != 0, (1...MVCCStore.maximumTimeToLive).contains(lease.timeToLive) else {
            throw .unknownValue(UInt64(bitPattern: lease.timeToLive), field: "lease")
          }
          store.leaseTable[lease.id] = LeaseRecord(lease: lease)
        case SnapshotFormat.key:
          let next = try reader.readBytes()
          if next != key { try startKey(next) }
        case SnapshotFormat.change, SnapshotFormat.deletion:
          try readChange(&reader, isDeletion: tag == SnapshotFormat.deletion)
        case SnapshotFormat.end:
          try endKey()
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
    // So far below the largest number that counting on cannot reach it.
    guard (1...SnapshotFormat.highestRevision).contains(store.revision),
      (0...store.revision).contains(store.compactRevision)
    else { throw .unknownValue(UInt64(bitPattern: store.revision), field: "revision of the store") }
    store.changeHash = try reader.read(fixed: UInt64.self)
    expectedLeases = try reader.readVarint()
    hasHeader = true
  }

  private mutating func startKey(_ next: Bytes) throws(ByteCodingError) {
    guard key?.precedes(next) ?? !next.isEmpty else { throw .unknownValue(keyCount, field: "order of keys") }
    try endKey()
    key = next
    lastChange = nil
    keyCount += 1
  }

  private mutating func readChange(_ reader: inout ByteReader, isDeletion: Bool) throws(ByteCodingError) {
    guard let key else { throw .unknownValue(0, field: "version without a key") }
    let main = Int64(bitPattern: try reader.readVarint())
    let sub = Int64(bitPattern: try reader.readVarint())
    let revision = Revision(main: main, sub: sub)
    guard main > 1, main <= store.revision else { throw .unknownValue(UInt64(bitPattern: main), field: "revision") }
    // A revision changes a key once at most.
    guard sub >= 0, lastChange.map({ $0.revision.main < main }) ?? true else {
      throw .unknownValue(UInt64(bitPattern: sub), field: "order of changes")
    }
    let change: Change
    if isDeletion {
      change = Change(deletionOf: key, revision: revision)
    } else {
      change = Change(
        key: key, value: [], revision: revision, createRevision: Int64(bitPattern: try reader.readVarint()),
        version: Int64(bitPattern: try reader.readVarint()), lease: try reader.readZigzag()
      ).withValue(try reader.readBytes())
      guard change.createRevision > 1, change.createRevision <= main, (1...main).contains(change.version) else {
        throw .unknownValue(UInt64(bitPattern: change.version), field: "version")
      }
    }
    lastChange = change
    store.tree.append(change)
    store.size += change.size
    changeCount += 1
    if main >= store.compactRevision { history.append(change) }
  }

  /// Hangs the key on the lease of its last version.
  private mutating func endKey() throws(ByteCodingError) {
    guard let key else { return }
    guard let last = lastChange else { throw .unknownValue(keyCount, field: "key without a version") }
    guard !last.isDeletion else { return }
    store.keyCount += 1
    guard last.lease != 0 else { return }
    guard store.leaseTable[last.lease] != nil else {
      throw .unknownValue(UInt64(bitPattern: last.lease), field: "lease of a key")
    }
    store.attach(key, to: last.lease)
  }
}

extension Change {
  fileprivate func withValue(_ value: Bytes) -> Change {
    Change(
      key: key, value: value, revision: revision, createRevision: createRevision, version: version, lease: lease)
  }
}
