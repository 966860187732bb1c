import ByteCoding
package import NIOCore

/// The frames of a peer connection: length (UInt32), CRC-32C of the payload (UInt32), payload; little-endian.
package enum PeerFrame {
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

  package static func write(_ payload: [UInt8], to buffer: inout ByteBuffer) {
    buffer.writeInteger(UInt32(payload.count), endianness: .little)
    buffer.writeInteger(CRC32C.checksum(payload), endianness: .little)
    buffer.writeBytes(payload)
  }
}

/// Cuts the byte stream into frames and checks them.
package struct PeerFrameDecoder: NIOSingleStepByteToMessageDecoder {
  package typealias InboundOut = [UInt8]

  package init() {}

  /// - Returns: the next frame's payload; nil when the rest of it is still to come.
  package mutating func decode(buffer: inout ByteBuffer) throws -> [UInt8]? {
    guard let length: UInt32 = buffer.getInteger(at: buffer.readerIndex, endianness: .little) else { return nil }
    guard length <= PeerFrame.largestPayload else { throw PeerFrame.Failure.tooLarge(Int(length)) }
    guard buffer.readableBytes >= PeerFrame.headerSize + Int(length) else { return nil }
    buffer.moveReaderIndex(forwardBy: 4)
    guard let stated: UInt32 = buffer.readInteger(endianness: .little),
      let payload = buffer.readBytes(length: Int(length))
    else { return nil }
    let computed = CRC32C.checksum(payload)
    guard computed == stated else { throw PeerFrame.Failure.checksum(stated: stated, computed: computed) }
    return payload
  }

  /// What is cut off at the end of a connection is no frame.
  package mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> [UInt8]? { nil }
}
