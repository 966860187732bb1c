import ByteCoding
package import MVCC
package import RaftCore

// A snapshot's bytes: a header, then the store's own chunks (``SnapshotEncoder``). The header is framed like those:
// length of the payload (UInt32), its CRC-32C (UInt32), payload: format version, metadata, records.

private let formatVersion: UInt8 = 2
/// A header holds a membership, about 2 KiB a member, and a few bytes a lease.
private let maximumHeader = 256 << 20

/// A state at one index, to be turned into bytes on any thread while the replica goes on.
package struct FrozenState: Sendable {
  package let metadata: SnapshotMetadata
  private let records: ReplicatedRecords
  private var encoder: SnapshotEncoder
  private var hasHeader = false

  init(metadata: SnapshotMetadata, records: ReplicatedRecords, store: MVCCStore) {
    self.metadata = metadata
    self.records = records
    encoder = SnapshotEncoder(store)
  }

  /// The next bytes of the snapshot, some 256 KiB; nil after the last.
  package mutating func nextChunk() -> [UInt8]? {
    if hasHeader { return encoder.nextChunk() }
    hasHeader = true
    var payload = ByteWriter()
    payload.write(formatVersion)
    metadata.encode(into: &payload)
    records.encode(into: &payload)
    var chunk = ByteWriter(reservingCapacity: payload.count + 8)
    chunk.write(fixed: UInt32(payload.count))
    chunk.write(fixed: CRC32C.checksum(payload.bytes))
    chunk.write(raw: payload.bytes)
    return chunk.bytes
  }
}

/// A state that was read from a snapshot.
package struct RestoredState: Sendable {
  package let metadata: SnapshotMetadata
  package let records: ReplicatedRecords
  package let store: MVCCStore

  init(metadata: SnapshotMetadata, records: ReplicatedRecords, store: MVCCStore) {
    self.metadata = metadata
    self.records = records
    self.store = store
  }
}

/// Reads a snapshot's bytes, in pieces of any size, on any thread, and checks all of them.
package struct StateDecoder: Sendable {
  private var buffer: [UInt8] = []
  private var header: (metadata: SnapshotMetadata, records: ReplicatedRecords)?
  private var decoder = SnapshotDecoder()

  package init() {}

  /// Takes the next bytes.
  package mutating func feed(_ bytes: some Collection<UInt8>) throws(SnapshotError) {
    if header != nil {
      try decoder.feed(bytes)
      return
    }
    buffer.append(contentsOf: bytes)
    guard buffer.count >= 8 else { return }
    do throws(ByteCodingError) {
      var reader = ByteReader(buffer)
      let length = Int(try reader.read(fixed: UInt32.self))
      let checksum = try reader.read(fixed: UInt32.self)
      guard length <= maximumHeader else { throw .unknownValue(UInt64(length), field: "size of the header") }
      guard buffer.count >= 8 + length else { return }
      guard CRC32C.checksum(buffer[8..<(8 + length)]) == checksum else {
        throw .unknownValue(UInt64(checksum), field: "checksum of the header")
      }
      var payload = ByteReader(buffer[8..<(8 + length)])
      let version = try payload.readByte()
      guard version == formatVersion else { throw .unknownValue(UInt64(version), field: "snapshot format version") }
      let metadata = try SnapshotMetadata(from: &payload)
      header = (metadata, try ReplicatedRecords(from: &payload))
      try payload.expectEnd()
      buffer.removeFirst(8 + length)
    } catch {
      throw .malformed(error, offset: 0)
    }
    try decoder.feed(buffer)
    buffer = []
  }

  /// The state, once everything was fed.
  package consuming func finish() throws(SnapshotError) -> RestoredState {
    guard let header else { throw .incomplete }
    return RestoredState(metadata: header.metadata, records: header.records, store: try decoder.finish())
  }
}
