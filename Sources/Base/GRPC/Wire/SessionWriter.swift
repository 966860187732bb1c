import NIOCore
import NIOHTTP2

/// Writes one side's frames to a session's stream: those of one turn of the event loop together.
///
/// Confined to the event loop.
final class SessionWriter: @unchecked Sendable {
  /// What is gathered before it is handed on; a larger payload is handed on as it is, without a copy.
  private static let most = 64 << 10
  /// Longer than the head of a frame but for texts.
  private static let headRoom = 32

  private let channel: any Channel
  private var pending = ByteBuffer()
  private var isFlushScheduled = false

  init(channel: any Channel) {
    self.channel = channel
  }

  /// Whether the stream takes more without keeping it.
  var isWritable: Bool { self.channel.isWritable }

  func write(_ frame: some SessionFrame) {
    let payload = frame.payload
    let size = payload?.readableBytes ?? 0
    let isSmall = size <= Self.most
    self.pending.reserveCapacity(minimumWritableBytes: Self.headRoom + (isSmall ? size : 0))
    let start = self.pending.writerIndex
    self.pending.writeInteger(UInt8(0))
    self.pending.writeInteger(UInt32(0))
    frame.writeHead(to: &self.pending)
    let length = self.pending.writerIndex - start - FramedMessage.prefixLength + size
    self.pending.setInteger(UInt32(length), at: start + 1)
    if let payload {
      if isSmall {
        self.pending.writeImmutableBuffer(payload)
      } else {
        self.handOn()
        self.send(payload)
      }
    }
    if self.pending.readableBytes >= Self.most { self.handOn() }
    guard !self.isFlushScheduled else { return }
    self.isFlushScheduled = true
    self.channel.eventLoop.execute { self.flush() }
  }

  /// Hands on what was gathered, without waiting for the end of the turn.
  func flush() {
    guard self.isFlushScheduled else { return }
    self.isFlushScheduled = false
    self.handOn()
    self.channel.flush()
  }

  private func handOn() {
    guard self.pending.readableBytes > 0 else { return }
    let bytes = self.pending
    self.pending = ByteBuffer()
    self.send(bytes)
  }

  private func send(_ bytes: ByteBuffer) {
    self.channel.write(HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(bytes))), promise: nil)
  }
}
