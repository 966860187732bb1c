import ByteCoding
import NIOCore

/// The frames of a peer connection: length (UInt32), CRC-32C of the payload (UInt32), payload; little-endian.
enum PeerFrame {
  static let headerSize = 8
  /// Larger frames are refused before memory is taken for them.
  static let largestPayload = 16 << 20

  enum Failure: Error, CustomStringConvertible {
    case tooLarge(Int)
    case checksum(stated: UInt32, computed: UInt32)

    var description: String {
      switch self {
      case .tooLarge(let size):
        "a frame of \(size) bytes, more than \(PeerFrame.largestPayload): not a peer, or one of another version"
      case .checksum(let stated, let computed):
        "a frame whose checksum is \(computed) and not \(stated): the bytes were altered on their way"
      }
    }
  }

  static func write(_ payload: [UInt8], to buffer: inout ByteBuffer) {
    buffer.writeInteger(UInt32(payload.count), endianness: .little)
    buffer.writeInteger(CRC32C.checksum(payload), endianness: .little)
    buffer.writeBytes(payload)
  }
}

/// Cuts the byte stream into frames and checks them.
struct PeerFrameDecoder: ByteToMessageDecoder {
  typealias InboundOut = [UInt8]

  mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    guard let length: UInt32 = buffer.getInteger(at: buffer.readerIndex, endianness: .little) else {
      return .needMoreData
    }
    guard length <= PeerFrame.largestPayload else { throw PeerFrame.Failure.tooLarge(Int(length)) }
    guard buffer.readableBytes >= PeerFrame.headerSize + Int(length) else { return .needMoreData }
    buffer.moveReaderIndex(forwardBy: 4)
    guard let stated: UInt32 = buffer.readInteger(endianness: .little),
      let payload = buffer.readBytes(length: Int(length))
    else { return .needMoreData }
    let computed = CRC32C.checksum(payload)
    guard computed == stated else { throw PeerFrame.Failure.checksum(stated: stated, computed: computed) }
    context.fireChannelRead(wrapInboundOut(payload))
    return .continue
  }

  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) throws -> DecodingState { .needMoreData }
}
