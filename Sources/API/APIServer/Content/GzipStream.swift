import CZlib
import NIOCore

/// Compresses an answer's body piece by piece (RFC 1952). For one task.
final class GzipStream {
  /// As in Kubernetes: the fastest, since the network between is a local one most of the time.
  private static let level: Int32 = 1
  private static let pieceSize = 64 * 1024

  private let stream: OpaquePointer

  /// nil without memory: the answer then goes out as it is.
  init?() {
    guard let stream = apus_gzip_open(Self.level) else { return nil }
    self.stream = stream
  }

  deinit { apus_gzip_close(stream) }

  /// What `bytes` add to the stream; may be empty, as the stream gathers. With `finish` all that is left comes out.
  func compress(_ bytes: ByteBuffer, finish: Bool = false) -> ByteBuffer {
    var output = ByteBuffer()
    bytes.withUnsafeReadableBytes { input in
      var left = input.count
      while true {
        let start = input.baseAddress?.assumingMemoryBound(to: UInt8.self).advanced(by: input.count - left)
        var produced = 0
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.pieceSize) { target in
          produced = apus_gzip_write(
            stream, start, &left, target.baseAddress?.assumingMemoryBound(to: UInt8.self), Self.pieceSize,
            finish ? 1 : 0)
          precondition(produced >= 0, "zlib refuses a stream that only it has written")
          return produced
        }
        // A piece that is not full: zlib has nothing more to give for this input.
        if left == 0, produced < Self.pieceSize { break }
      }
    }
    return output
  }
}
