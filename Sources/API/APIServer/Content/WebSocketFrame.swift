import NIOCore

/// A frame of a WebSocket (RFC 6455, 5.2) from the server, whole and not masked.
struct WebSocketFrame: Sendable, Equatable {
  enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    /// Frames that tell of the connection; short, and never in pieces.
    var isControl: Bool { rawValue >= 8 }
  }

  /// Why a server closes a connection (RFC 6455, 7.4.1).
  enum CloseCode: UInt16, Sendable {
    case normal = 1000
    case protocolError = 1002
  }

  var opcode: Opcode
  var payload: [UInt8]

  init(_ opcode: Opcode, _ payload: [UInt8]) {
    self.opcode = opcode
    self.payload = payload
  }

  static func close(_ code: CloseCode) -> WebSocketFrame {
    WebSocketFrame(.close, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xff)])
  }

  /// The frame on the wire.
  var bytes: ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(payload.count + 10)
    buffer.writeInteger(0x80 | opcode.rawValue)
    switch payload.count {
    case ...125: buffer.writeInteger(UInt8(payload.count))
    case ...Int(UInt16.max):
      buffer.writeInteger(126 as UInt8)
      buffer.writeInteger(UInt16(payload.count))
    default:
      buffer.writeInteger(127 as UInt8)
      buffer.writeInteger(UInt64(payload.count))
    }
    buffer.writeBytes(payload)
    return buffer
  }
}

/// Takes a client's frames apart as they arrive. What data they carry is dropped, so that nothing is kept but the
/// payload of control frames.
struct WebSocketFrameReader {
  /// A client that does not keep to the protocol.
  struct Violation: Error, Equatable {}

  /// The largest payload of a control frame.
  private static let controlLimit: UInt64 = 125
  /// The largest head of a frame: two bytes, eight of length, four of mask.
  private static let headLimit = 14

  private var pending = ByteBuffer()
  /// Bytes of a data frame's payload that are still to be dropped.
  private var dropping: UInt64 = 0

  mutating func append(_ bytes: ByteBuffer) {
    var bytes = bytes
    dropping = Self.drop(dropping, from: &bytes)
    pending.discardReadBytes()
    pending.writeBuffer(&bytes)
  }

  /// The next control frame; nil until more has arrived.
  mutating func next() throws(Violation) -> WebSocketFrame? {
    while true {
      guard let (opcode, length, mask, headSize) = try head() else { return nil }
      if !opcode.isControl {
        pending.moveReaderIndex(forwardBy: headSize)
        dropping = Self.drop(length, from: &pending)
        guard dropping == 0 else { return nil }
        continue
      }
      guard pending.readableBytes >= headSize + Int(length) else { return nil }
      pending.moveReaderIndex(forwardBy: headSize)
      let masked = pending.readBytes(length: Int(length)) ?? []
      return WebSocketFrame(opcode, masked.enumerated().map { $1 ^ mask[$0 % 4] })
    }
  }

  /// - Returns: how many are still to come.
  private static func drop(_ wanted: UInt64, from bytes: inout ByteBuffer) -> UInt64 {
    let count = min(wanted, UInt64(bytes.readableBytes))
    bytes.moveReaderIndex(forwardBy: Int(count))
    return wanted - count
  }

  /// What a frame's head says; nil while it is not whole.
  private func head() throws(Violation) -> (WebSocketFrame.Opcode, length: UInt64, mask: [UInt8], size: Int)? {
    let bytes = pending.readableBytesView.prefix(Self.headLimit)
    let start = bytes.startIndex
    guard bytes.count >= 2 else { return nil }
    let (first, second) = (bytes[start], bytes[start + 1])
    // No extension was agreed on, and clients have to mask.
    guard first & 0x70 == 0, second & 0x80 != 0, let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0f) else {
      throw Violation()
    }
    let lengthSize = second & 0x7f == 127 ? 8 : second & 0x7f == 126 ? 2 : 0
    guard bytes.count >= 2 + lengthSize + 4 else { return nil }
    let length: UInt64 =
      lengthSize == 0
      ? UInt64(second & 0x7f) : bytes[(start + 2)..<(start + 2 + lengthSize)].reduce(0) { $0 << 8 | UInt64($1) }
    if opcode.isControl, first & 0x80 == 0 || length > Self.controlLimit { throw Violation() }
    let mask = Array(bytes[(start + 2 + lengthSize)..<(start + 6 + lengthSize)])
    return (opcode, length, mask, 6 + lengthSize)
  }
}
