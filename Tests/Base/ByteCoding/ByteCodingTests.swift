import ByteCoding
import Testing

@Suite struct ByteCodingTests {
  @Test func checksumsAgreeWithTheRFC() {
    // RFC 3720, appendix B.4, and the usual check value of the catalogue of parametrised CRCs.
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xe306_9283)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(CRC32C.checksum([UInt8](repeating: 0xff, count: 32)) == 0x62a8_ab43)
    #expect(CRC32C.checksum(Array(0..<32)) == 0x46dd_794e)
  }

  @Test func aChecksumInPiecesIsTheChecksumOfTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for cut in [0, 1, 7, 8, 9, 500, 999, 1000] {
      var crc = CRC32C()
      crc.update(bytes[..<cut])
      crc.update(bytes[cut...])
      #expect(crc.value == CRC32C.checksum(bytes))
    }
  }

  @Test func valuesComeBackAsWritten() throws {
    let varints: [UInt64] = [0, 1, 127, 128, 300, 1 << 32, .max - 1, .max]
    let signed: [Int64] = [0, -1, 1, .min, .max, -300]
    var writer = ByteWriter()
    for value in varints { writer.write(varint: value) }
    for value in signed { writer.write(zigzag: value) }
    writer.write(fixed: UInt32(0xdead_beef))
    writer.write(bytes: [1, 2, 3])
    writer.write(string: "Mauersegler ✓")
    writer.write(true)
    var reader = ByteReader(writer.bytes)
    for value in varints { #expect(try reader.readVarint() == value) }
    for value in signed { #expect(try reader.readZigzag() == value) }
    #expect(try reader.read(fixed: UInt32.self) == 0xdead_beef)
    #expect(try reader.readBytes() == [1, 2, 3])
    #expect(try reader.readString() == "Mauersegler ✓")
    #expect(try reader.readBool())
    try reader.expectEnd()
  }

  @Test func everyCutOfAMessageIsRefused() throws {
    var writer = ByteWriter()
    writer.write(varint: 1 << 40)
    writer.write(bytes: [9, 9, 9, 9])
    writer.write(fixed: UInt64(7))
    for cut in 0..<writer.count {
      var reader = ByteReader(Array(writer.bytes[..<cut]))
      #expect(throws: ByteCodingError.self) {
        _ = try reader.readVarint()
        _ = try reader.readBytes()
        _ = try reader.read(fixed: UInt64.self)
      }
    }
  }

  @Test func aHugeLengthIsRefusedBeforeMemoryIsTaken() {
    var writer = ByteWriter()
    writer.write(varint: .max)
    var reader = ByteReader(writer.bytes)
    #expect(throws: ByteCodingError.self) { _ = try reader.readBytes() }
  }

  @Test func anOverlongIntegerIsRefused() {
    var reader = ByteReader([UInt8](repeating: 0xff, count: 11))
    #expect(throws: ByteCodingError.overlongInteger) { _ = try reader.readVarint() }
  }
}
