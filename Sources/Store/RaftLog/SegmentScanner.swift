import ByteCoding

/// Reads the records of a segment, and tells how it ends.
package struct SegmentScanner {
  /// How the records of a segment end.
  package enum End: Hashable, Sendable {
    /// Zeros, or the end of the file, follow.
    case clean
    /// Something that is not a whole record follows, and nothing that was synced after it: the last write was cut.
    case torn(String)
    /// Something that is not a record follows, and behind it records of a later sync: what was once synced is damaged.
    case corrupt(String)
  }

  package struct Outcome: Sendable {
    package var end: End
    /// Where the next record would stand, from the segment's beginning.
    package var offset: Int
    /// The sequence number that it would have.
    package var nextSequence: UInt64
  }

  /// Gives each record to `body`, in order.
  ///
  /// - Parameters:
  ///   - segment: the whole file, the header included.
  package static func scan(
    _ segment: UnsafeRawBufferPointer, header: SegmentHeader, _ body: (LogRecord) -> Void
  ) -> Outcome {
    var offset = SegmentHeader.size
    var sequence = header.firstRecord
    while true {
      switch readRecord(segment, at: offset, salt: header.salt) {
      case .record(let raw) where raw.sequence == sequence && sequence < .max:
        do throws(ByteCodingError) {
          body(try LogRecord(tag: raw.tag, payload: raw.payload))
        } catch {
          return Outcome(
            end: .corrupt("a record whose checksum is right cannot be read (\(error)): written by another version?"),
            offset: offset, nextSequence: sequence)
        }
        offset += RecordFormat.size(ofPayload: raw.payload.count)
        sequence += 1
      case .record(let raw):
        return Outcome(
          end: .corrupt("record \(raw.sequence) stands where \(sequence) belongs"), offset: offset,
          nextSequence: sequence)
      case .nothing(let why):
        let end = classify(segment, from: offset, salt: header.salt, expected: sequence, why: why)
        return Outcome(end: end, offset: offset, nextSequence: sequence)
      }
    }
  }

  private struct RawRecord {
    var tag: UInt8
    var sequence: UInt64
    var batch: UInt64
    var payload: [UInt8]
  }

  private enum Reading {
    case record(RawRecord)
    case nothing(String)
  }

  private static func load<Value: FixedWidthInteger>(
    _ segment: UnsafeRawBufferPointer, _ offset: Int, _ type: Value.Type
  ) -> Value {
    Value(littleEndian: segment.loadUnaligned(fromByteOffset: offset, as: type))
  }

  private static func readRecord(_ segment: UnsafeRawBufferPointer, at offset: Int, salt: UInt32) -> Reading {
    let header = RecordFormat.headerSize
    guard segment.count - offset >= header else { return .nothing("the record's header is cut short") }
    guard load(segment, offset, UInt16.self) == RecordFormat.magic else { return .nothing("no record starts here") }
    let length = Int(load(segment, offset + 4, UInt32.self))
    guard length <= RecordFormat.maximumPayload, segment.count - offset - header >= length else {
      return .nothing("the record claims \(length) bytes")
    }
    guard load(segment, offset + 24, UInt32.self) == salt else { return .nothing("the record is another segment's") }
    var crc = CRC32C()
    crc.update(UnsafeRawBufferPointer(rebasing: segment[offset..<(offset + 28)]))
    let payload = UnsafeRawBufferPointer(rebasing: segment[(offset + header)..<(offset + header + length)])
    crc.update(payload)
    guard crc.value == load(segment, offset + 28, UInt32.self) else {
      return .nothing("the record's checksum is wrong")
    }
    return .record(
      RawRecord(
        tag: segment[offset + 2], sequence: load(segment, offset + 8, UInt64.self),
        batch: load(segment, offset + 16, UInt64.self), payload: Array(payload)))
  }

  /// Looks for whole records behind a place where none can be read.
  private static func classify(
    _ segment: UnsafeRawBufferPointer, from start: Int, salt: UInt32, expected: UInt64, why: String
  ) -> End {
    var offset = start
    var isBlank = true
    while offset < segment.count {
      guard segment.count - offset >= 8 else {
        isBlank = isBlank && segment[offset...].allSatisfy { $0 == 0 }
        break
      }
      let word = load(segment, offset, UInt64.self)
      if word != 0 {
        isBlank = false
        if UInt16(truncatingIfNeeded: word) == RecordFormat.magic, segment.count - offset >= RecordFormat.headerSize,
          load(segment, offset + 8, UInt64.self) > expected,
          case .record(let later) = readRecord(segment, at: offset, salt: salt), later.batch > expected
        {
          return .corrupt("\(why), but record \(later.sequence), synced later, is whole at byte \(offset)")
        }
      }
      offset += 8
    }
    return isBlank ? .clean : .torn(why)
  }
}
