import ByteCoding
import Crypto
import FuzzTargets
import Replica
import StoreBackup
import Testing

/// Any bytes as a backup are refused or read; see docs/design/fuzzing.md.
@Suite struct BackupFuzzTests {
  /// As it is, or (first byte odd) with the right checksums round a header's payload and a state's chunks.
  private static func target(_ path: String) -> FuzzTarget {
    FuzzTarget("backup") { bytes in
      var input = FuzzInput(bytes)
      if input.byte() % 2 == 0 {
        try write(input.bytes(bytes.count), to: path)
      } else {
        try write(sealed(&input), to: path)
      }
      do {
        let backup = try BackupFile(reading: path)
        let status = try BackupStatus(backup)
        let restored = try backup.restore()
        _ = status.text
        try expect(status.revision == restored.store.revision, "another revision")
        // It becomes a new cluster.
        let new = restored.asNewCluster(of: restored.metadata.membership, skipping: 1000)
        var frozen = new.frozen()
        var decoder = StateDecoder()
        while let chunk = frozen.nextChunk() { try decoder.feed(chunk) }
        let again = try decoder.finish()
        try expect(again.metadata == new.metadata && again.records == new.records, "another state")
        return true
      } catch is BackupError {
        return false
      }
    }
  }

  private static func sealed(_ input: inout FuzzInput) -> [UInt8] {
    let payload = input.block()
    var writer = ByteWriter()
    writer.write(raw: "APUSBKP\0".utf8)
    writer.write(fixed: UInt32(1))
    writer.write(fixed: UInt32(payload.count))
    writer.write(raw: payload)
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    while !input.isEmpty {
      let chunk = input.block()
      writer.write(fixed: UInt32(chunk.count))
      writer.write(fixed: CRC32C.checksum(chunk))
      writer.write(raw: chunk)
    }
    writer.write(raw: [UInt8](repeating: 0, count: (512 - writer.bytes.count % 512) % 512))
    return writer.bytes + Array(SHA256.hash(data: writer.bytes))
  }

  private static func block(_ bytes: some Collection<UInt8>) -> [UInt8] {
    (bytes.count < 255 ? [UInt8(bytes.count)] : [255, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)]) + bytes
  }

  /// A backup of the test's own, and what is sealed in it.
  private static func seeds(_ folder: String) throws -> [[UInt8]] {
    try backUp(state((1...20).map { put("key\($0 % 5)", "v", sequence: UInt64($0)) }), to: "\(folder)/good")
    let whole = try contents("\(folder)/good")
    func number(at offset: Int) -> Int { (0..<4).reduce(0) { $0 | Int(whole[offset + $1]) << (8 * $1) } }
    var offset = 16 + number(at: 12) + 4
    var inner: [UInt8] = [1] + block(whole[16..<(offset - 4)])
    let status = try BackupFile(reading: "\(folder)/good")
    let end = offset + Int(status.header.bodySize)
    while offset < end {
      let size = number(at: offset)
      inner += block(whole[(offset + 8)..<(offset + 8 + size)])
      offset += 8 + size
    }
    return [[0] + whole, inner]
  }

  @Test func arbitraryBackups() throws {
    try withScratch { folder in
      let target = Self.target("\(folder)/any")
      let seeds = try Self.seeds(folder)
      for seed in seeds { #expect(try target.run(seed), "\(seed.count) bytes") }
      try target.runMutations(of: seeds, rounds: 3000)
    }
  }
}
