import ByteCoding
import RaftCore
import RaftLog

extension FuzzTarget {
  private static let (cluster, member): (UInt64, UInt64) = (0xc1, 0x3e)

  /// A segment as it lies on the disk.
  static let logSegment = FuzzTarget("log-segment") { bytes in
    if let header = try? SegmentHeader(decoding: bytes) {
      let again = try SegmentHeader(decoding: header.encoded())
      try expect(again == header, "a header is another one when it is read again")
    }
    return try check([bytes])
  }

  /// Segments whose checksums are right, whatever they hold: what a bug or a forger could write, and damage could not.
  /// For each segment: its sequence, its first record, its number of records; for each of those the type, what is wrong
  /// about its number, and the payload.
  static let sealedLog = FuzzTarget("log-sealed") { bytes in
    var input = FuzzInput(bytes)
    var segments: [[UInt8]] = []
    var sequence: UInt64 = input.byte() == 255 ? .max : 1
    var record: UInt64 = input.byte() == 255 ? .max : 1
    while !input.isEmpty, segments.count < 4 {
      let salt = UInt32(input.byte())
      var segment = SegmentHeader(
        clusterID: cluster, memberID: member, sequence: sequence, firstRecord: record, salt: salt
      ).encoded()
      let batch = record
      for _ in 0..<input.byte() where !input.isEmpty {
        let (type, shift) = (input.byte(), input.byte())
        segment += seal(
          type: type, sequence: shift == 255 ? record &+ 1 : record, batch: batch, salt: salt, payload: input.block())
        record &+= 1
      }
      segment += input.bytes(Int(input.byte() & 15))
      segments.append(segment)
      sequence &+= 1
    }
    return try check(segments)
  }

  private static func seal(type: UInt8, sequence: UInt64, batch: UInt64, salt: UInt32, payload: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(fixed: UInt16(0xa905))
    writer.write(type)
    writer.write(UInt8(0))
    writer.write(fixed: UInt32(payload.count))
    writer.write(fixed: sequence)
    writer.write(fixed: batch)
    writer.write(fixed: salt)
    var crc = CRC32C()
    crc.update(writer.bytes)
    crc.update(payload)
    writer.write(fixed: crc.value)
    writer.write(raw: payload)
    writer.write(raw: repeatElement(0, count: (8 - payload.count % 8) % 8))
    return writer.bytes
  }

  private static func check(_ segments: [[UInt8]]) throws -> Bool {
    guard
      let log = try? RecoveredSegments(reading: segments, clusterID: cluster, memberID: member), !segments.isEmpty
    else { return false }
    for (position, entry) in log.entries.enumerated() {
      try expect(entry.index == log.base.index + 1 + UInt64(position), "entry \(entry.index) behind a gap")
    }
    // The same log, written anew.
    var encoder = RecordEncoder(nextSequence: 1, salt: 9)
    encoder.append(.start(base: log.base, hardState: HardState(), isReset: true))
    for entry in log.entries { encoder.append(.entry(entry)) }
    encoder.append(.hardState(log.hardState))
    let header = SegmentHeader(clusterID: cluster, memberID: member, sequence: 1, firstRecord: 1, salt: 9)
    let again = try RecoveredSegments(
      reading: [header.encoded() + encoder.takeBatch()], clusterID: cluster, memberID: member)
    try expect(
      again.entries == log.entries && again.base == log.base && again.hardState == log.hardState
        && again.tornTail == nil, "a log is another one when it is written and read again")
    return true
  }
}
