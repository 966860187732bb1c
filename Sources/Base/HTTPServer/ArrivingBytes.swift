package import NIOCore

extension ByteBuffer {
  /// Takes what has arrived behind what of it has not been read yet. For readers of frames: they hold what has not come
  /// whole, which is mostly nothing, so that mostly nothing is copied.
  package mutating func takeArrived(_ bytes: ByteBuffer) {
    if readableBytes == 0 {
      self = bytes
    } else {
      discardReadBytes()
      writeImmutableBuffer(bytes)
    }
  }
}
