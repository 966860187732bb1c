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

/// A frame whose checksum nobody has looked at yet. The pieces of snapshots come so: over a MiB it takes the better part
/// of a millisecond, which is not for the loop that heartbeats come in on.
package struct UncheckedFrame: Sendable {
  /// With the header.
  private let bytes: [UInt8]

  /// - Parameter bytes: a whole frame with its header.
  package init(_ bytes: [UInt8]) {
    precondition(bytes.count >= PeerFrame.headerSize)
    self.bytes = bytes
  }

  /// The payload's size in bytes.
  package var count: Int { bytes.count - PeerFrame.headerSize }

  /// The payload; nil if the bytes were altered on their way.
  package func checked() -> ArraySlice<UInt8>? {
    let payload = bytes[PeerFrame.headerSize...]
    let stated = bytes[4..<PeerFrame.headerSize].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return CRC32C.checksum(payload) == stated ? payload : nil
  }
}

/// Cuts the byte stream into frames and checks them.
package struct PeerFrameDecoder: NIOSingleStepByteToMessageDecoder {
  package typealias InboundOut = [UInt8]

  /// Shared with the handler behind the decoder, on one event loop.
  final class Mode {
    /// From the next frame on, each is left to be checked elsewhere: it comes with its header.
    var leavesChecks = false
  }

  private let mode: Mode

  package init() { mode = Mode() }

  init(mode: Mode) { self.mode = mode }

  /// - Returns: the next frame's payload, or all of it if it is to be checked elsewhere; nil when the rest of it is still
  ///   to come.
  package mutating func decode(buffer: inout ByteBuffer) throws -> [UInt8]? {
    guard let length: UInt32 = buffer.getInteger(at: buffer.readerIndex, endianness: .little) else { return nil }
    guard length <= PeerFrame.largestPayload else { throw PeerFrame.Failure.tooLarge(Int(length)) }
    guard buffer.readableBytes >= PeerFrame.headerSize + Int(length) else { return nil }
    if mode.leavesChecks { return buffer.readBytes(length: PeerFrame.headerSize + Int(length)) }
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
