import ByteCoding
import Glibc
import MVCC
import RaftCore
import RaftLog
import Replica

extension FuzzTarget {
  /// A snapshot's bytes, in pieces.
  static let snapshot = FuzzTarget("snapshot") { bytes in
    var decoder = StateDecoder()
    do {
      // The first byte says how large the pieces are.
      let size = max(Int(bytes.first ?? 1), 1)
      var rest = bytes.dropFirst()
      while !rest.isEmpty {
        try decoder.feed(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
    } catch is SnapshotError {
      return false
    }
    guard let state = try? decoder.finish() else { return false }
    try check(state)
    return true
  }

  /// A snapshot whose checksums are right, whatever is in its header and its chunks.
  static let sealedSnapshot = FuzzTarget("snapshot-sealed") { bytes in
    var input = FuzzInput(bytes)
    var decoder = StateDecoder()
    do {
      while !input.isEmpty { try decoder.feed(seal(input.block())) }
    } catch is SnapshotError {
      return false
    }
    guard let state = try? decoder.finish() else { return false }
    try check(state)
    return true
  }

  private static func seal(_ payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(fixed: UInt32(payload.count))
    writer.write(fixed: CRC32C.checksum(payload))
    writer.write(raw: payload)
    return writer.bytes
  }

  private static func check(_ state: RestoredState) throws {
    try StoreChecks.check(state.store)
    try StoreChecks.checkSnapshot(of: state.store)
    var frozen = state.frozen()
    var decoder = StateDecoder()
    while let chunk = frozen.nextChunk() { try decoder.feed(chunk) }
    let again = try decoder.finish()
    try expect(
      again.metadata == state.metadata && again.records == state.records, "the records are others when read again")
    // Life goes on behind it.
    var store = state.store
    let lease = store.leases.first?.id ?? 0
    for command: Command in [
      .put(PutRequest(key: [97], value: [1], lease: lease)), .leaseRevoke(id: lease),
      .deleteRange(DeleteRangeRequest(.all)), .compact(revision: store.revision),
    ] {
      try StoreChecks.apply(command, to: &store)
      try StoreChecks.check(store)
    }
  }

  /// A file of a snapshot: as it is, or (first byte odd) with a header and a footer whose checksums are right.
  static let snapshotFile = FuzzTarget("snapshot-file") { bytes in
    var input = FuzzInput(bytes)
    let folder = scratch
    let path = "\(folder)/snapshots/0000000000000001-0000000000000001.snapshot"
    mkdir(folder, 0o700)
    mkdir("\(folder)/snapshots", 0o700)
    var content: [UInt8]
    if input.byte() % 2 == 0 {
      content = input.bytes(bytes.count)
    } else {
      let (inner, end, body) = (input.block(), input.bytes(12), input.bytes(bytes.count))
      var writer = ByteWriter()
      writer.write(raw: "APUSSNP\0".utf8)
      writer.write(fixed: UInt32(1))
      writer.write(fixed: UInt32(inner.count))
      writer.write(fixed: cluster)
      writer.write(raw: inner)
      writer.write(fixed: CRC32C.checksum(writer.bytes))
      writer.write(raw: body)
      // All zeros stand for the right size and checksum.
      if end.allSatisfy({ $0 == 0 }) {
        writer.write(fixed: UInt64(body.count))
        writer.write(fixed: CRC32C.checksum(body))
      } else {
        writer.write(raw: end + [UInt8](repeating: 0, count: 12 - end.count))
      }
      writer.write(fixed: CRC32C.checksum(writer.bytes.suffix(12)))
      content = writer.bytes
    }
    guard let file = fopen(path, "w") else { throw FuzzFinding("\(path) cannot be written") }
    fwrite(&content, 1, content.count, file)
    fclose(file)
    defer { unlink(path) }
    guard let files = try? SnapshotFiles("\(folder)/snapshots", clusterID: cluster) else { return false }
    guard let newest = files.newest else { throw FuzzFinding("a snapshot was passed over") }
    var size = 0
    do {
      try files.load(newest) { size += $0.count }
    } catch is StorageError {
      return false
    }
    try expect(UInt64(size) == files.newestSize, "\(size) bytes were read of \(files.newestSize)")
    try expect(size < content.count, "\(size) bytes were read of a file of \(content.count)")
    let part = try files.read(index: nil, offset: .max, count: 10)
    try expect(part?.data.isEmpty == true, "something lies behind the end")
    return true
  }

  private static let cluster: UInt64 = 0xc1

  private static let scratch = "/tmp/apus-fuzz-\(getpid())"

  /// Removes what the targets wrote.
  package static func cleanUp() {
    rmdir("\(scratch)/snapshots")
    rmdir(scratch)
  }
}
