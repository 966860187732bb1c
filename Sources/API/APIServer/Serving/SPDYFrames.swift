import HTTPServer
import NIOCore

/// Writes the frames of a SPDY/3.1 client, as far as the streams of containers need them (the draft
/// draft-mbelshe-httpbis-spdy-00; kubelets and runtimes speak it, and use neither its windows nor its settings).
///
/// Streams are opened with one header, compressed as the draft wants it: as one zlib stream for the whole connection
/// that begins with the draft's dictionary. Deflate also knows blocks that are stored as they are, so that nothing has
/// to be compressed, and of the dictionary only its checksum is needed.
struct SPDYFrameWriter {
  private static let dictionaryChecksum: UInt32 = 0xe3c6_a7c2
  private var hasBegun = false

  enum Control: UInt16 {
    case synStream = 1
    case rstStream = 3
    case ping = 6
    case goAway = 7
  }

  /// Opens a stream; a client's have odd numbers, each higher than the one before.
  mutating func open(_ stream: UInt32, header name: String, _ value: String) -> ByteBuffer {
    var headers = ByteBuffer()
    headers.writeInteger(1 as UInt32)
    for text in [name, value] {
      headers.writeInteger(UInt32(text.utf8.count))
      headers.writeString(text)
    }
    var body = ByteBuffer()
    body.writeInteger(stream)
    body.writeInteger(0 as UInt32)  // belongs to no other stream
    body.writeInteger(0 as UInt16)  // priority, slot
    if !hasBegun {
      hasBegun = true
      // zlib: deflate with a window of 32 KiB, with a dictionary.
      body.writeInteger(0x7820 as UInt16)
      body.writeInteger(Self.dictionaryChecksum)
    }
    Self.writeStored(headers, to: &body)
    // The empty block tells the other end that all before it can be used.
    Self.writeStored(ByteBuffer(), to: &body)
    return Self.control(.synStream, body)
  }

  private static func writeStored(_ bytes: ByteBuffer, to target: inout ByteBuffer) {
    let length = UInt16(bytes.readableBytes)
    target.writeInteger(0 as UInt8)  // not the last block, stored
    target.writeInteger(length, endianness: .little)
    target.writeInteger(~length, endianness: .little)
    target.writeImmutableBuffer(bytes)
  }

  private static func control(_ type: Control, _ body: ByteBuffer) -> ByteBuffer {
    var frame = ByteBuffer()
    frame.reserveCapacity(8 + body.readableBytes)
    frame.writeInteger(0x8003 as UInt16)
    frame.writeInteger(type.rawValue)
    frame.writeInteger(UInt32(body.readableBytes))  // flags 0, 24 bits of length
    frame.writeImmutableBuffer(body)
    return frame
  }

  /// Data of a stream, with the end of what this side sends if `isLast`. At most 16 MiB.
  static func data(_ stream: UInt32, _ bytes: ByteBuffer, isLast: Bool = false) -> ByteBuffer {
    var frame = ByteBuffer()
    frame.reserveCapacity(8 + bytes.readableBytes)
    frame.writeInteger(stream & 0x7fff_ffff)
    frame.writeInteger(UInt32(isLast ? 1 : 0) << 24 | UInt32(bytes.readableBytes & 0xff_ffff))
    frame.writeImmutableBuffer(bytes)
    return frame
  }

  /// The answer to the other end's ping.
  static func ping(_ number: UInt32) -> ByteBuffer { control(.ping, ByteBuffer(integer: number)) }
}

/// Takes apart what the other end of such a connection sends: data piece by piece as it arrives, of other frames only
/// what they say about streams. Headers are not looked at, and so need not be unpacked.
struct SPDYFrameReader {
  /// Another end that does not keep to the protocol.
  struct Violation: Error, Equatable {}

  enum Event: Equatable {
    case data(stream: UInt32, ByteBuffer)
    case ping(UInt32)
    /// Nothing follows that would matter.
    case goAway
  }

  /// More than any control frame needs.
  private static let controlLimit = 64 * 1024

  private var pending = ByteBuffer()
  private var stream: UInt32 = 0
  /// Bytes of the data frame that are still to come.
  private var remaining = 0

  mutating func append(_ bytes: ByteBuffer) { pending.takeArrived(bytes) }

  /// The next event; nil until more has arrived.
  mutating func next() throws(Violation) -> Event? {
    while true {
      if remaining > 0 {
        guard let piece = pending.readSlice(length: min(remaining, pending.readableBytes)), piece.readableBytes > 0
        else { return nil }
        remaining -= piece.readableBytes
        return .data(stream: stream, piece)
      }
      let start = pending.readerIndex
      guard let first = pending.getInteger(at: start, as: UInt32.self),
        let second = pending.getInteger(at: start + 4, as: UInt32.self)
      else { return nil }
      let length = Int(second & 0xff_ffff)
      guard first & 0x8000_0000 != 0 else {
        pending.moveReaderIndex(forwardBy: 8)
        stream = first
        remaining = length
        continue
      }
      guard first >> 16 & 0x7fff == 3, length <= Self.controlLimit else { throw Violation() }
      guard pending.readableBytes >= 8 + length else { return nil }
      pending.moveReaderIndex(forwardBy: 8)
      let body = pending.readSlice(length: length) ?? ByteBuffer()
      switch SPDYFrameWriter.Control(rawValue: UInt16(first & 0xffff)) {
      case .ping:
        guard let number = body.getInteger(at: body.readerIndex, as: UInt32.self) else { throw Violation() }
        // Odd numbers are the answers to our own, which are never sent.
        if number % 2 == 0 { return .ping(number) }
      case .goAway: return .goAway
      default: continue
      }
    }
  }
}
