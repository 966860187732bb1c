import HTTPServer
import NIOCore

/// Takes the messages of a WebSocket's client apart as they arrive (RFC 6455, 5): data piece by piece, so that nothing
/// is kept however long a message is, control frames whole.
struct WebSocketMessageReader {
  /// A client that does not keep to the protocol.
  struct Violation: Error, Equatable {}

  enum Event: Equatable {
    /// A piece of a message, unmasked; may be empty where a message begins.
    case data(ByteBuffer, startsMessage: Bool)
    case ping([UInt8])
    case close
  }

  private static let controlLimit: UInt64 = 125

  private var pending = ByteBuffer()
  private var inMessage = false
  private var startsMessage = false
  /// Bytes of the data frame that are still to come; nil between frames.
  private var remaining: UInt64?
  private var mask: [UInt8] = [0, 0, 0, 0]
  private var maskPosition = 0

  mutating func append(_ bytes: ByteBuffer) { pending.takeArrived(bytes) }

  /// The next event; nil until more has arrived.
  mutating func next() throws(Violation) -> Event? {
    while true {
      if let event = nextPiece() { return event }
      guard remaining == nil, let head = try head() else { return nil }
      guard head.opcode >= 8 else {
        pending.moveReaderIndex(forwardBy: head.size)
        // The pieces of a message follow one another; between them only control frames may come.
        guard (head.opcode == 0) == inMessage else { throw Violation() }
        startsMessage = !inMessage
        inMessage = !head.isFinal
        remaining = head.length
        mask = head.mask
        maskPosition = 0
        continue
      }
      guard pending.readableBytes >= head.size + Int(head.length) else { return nil }
      pending.moveReaderIndex(forwardBy: head.size)
      let payload = (pending.readBytes(length: Int(head.length)) ?? []).enumerated().map { $1 ^ head.mask[$0 % 4] }
      switch head.opcode {
      case 8: return .close
      case 9: return .ping(payload)
      default: continue
      }
    }
  }

  /// What has arrived of the current data frame.
  private mutating func nextPiece() -> Event? {
    guard let left = remaining else { return nil }
    let count = Int(min(left, UInt64(pending.readableBytes)))
    guard count > 0 || left == 0 else { return nil }
    defer { startsMessage = false }
    remaining = left == UInt64(count) ? nil : left - UInt64(count)
    guard var piece = pending.readSlice(length: count), count > 0 else {
      return startsMessage ? .data(ByteBuffer(), startsMessage: true) : nextPiece()
    }
    let (mask, position) = (mask, maskPosition)
    piece.withUnsafeMutableReadableBytes { bytes in
      for index in bytes.indices { bytes[index] ^= mask[(position + index) & 3] }
    }
    maskPosition = (position + count) & 3
    return .data(piece, startsMessage: startsMessage)
  }

  private struct Head {
    var isFinal: Bool
    var opcode: UInt8
    var length: UInt64
    var mask: [UInt8]
    var size: Int
  }

  /// What a frame's head says; nil while it is not whole.
  private func head() throws(Violation) -> Head? {
    let start = pending.readerIndex
    guard let first = pending.getInteger(at: start, as: UInt8.self),
      let second = pending.getInteger(at: start + 1, as: UInt8.self)
    else { return nil }
    let opcode = first & 0x0f
    // No extension was agreed on, clients have to mask, and there are no other opcodes.
    guard first & 0x70 == 0, second & 0x80 != 0, [0, 1, 2, 8, 9, 10].contains(opcode) else { throw Violation() }
    var length = UInt64(second & 0x7f)
    var size = 2
    switch length {
    case 126:
      guard let long = pending.getInteger(at: start + 2, as: UInt16.self) else { return nil }
      (length, size) = (UInt64(long), 4)
    case 127:
      guard let long = pending.getInteger(at: start + 2, as: UInt64.self) else { return nil }
      (length, size) = (long, 10)
    default: break
    }
    guard length <= UInt64(Int64.max), opcode < 8 || (length <= Self.controlLimit && first & 0x80 != 0) else {
      throw Violation()
    }
    guard let mask = pending.getBytes(at: start + size, length: 4) else { return nil }
    return Head(isFinal: first & 0x80 != 0, opcode: opcode, length: length, mask: mask, size: size + 4)
  }
}

extension WebSocketFrame {
  /// A whole binary message from the server, of a channel's number if there is one and of what goes over it.
  static func message(channel: UInt8? = nil, _ bytes: ByteBuffer) -> ByteBuffer {
    let length = bytes.readableBytes + (channel == nil ? 0 : 1)
    var frame = ByteBuffer()
    frame.reserveCapacity(10 + length)
    frame.writeInteger(0x80 | Opcode.binary.rawValue)
    switch length {
    case ...125: frame.writeInteger(UInt8(length))
    case ...Int(UInt16.max):
      frame.writeInteger(126 as UInt8)
      frame.writeInteger(UInt16(length))
    default:
      frame.writeInteger(127 as UInt8)
      frame.writeInteger(UInt64(length))
    }
    if let channel { frame.writeInteger(channel) }
    frame.writeImmutableBuffer(bytes)
    return frame
  }
}
