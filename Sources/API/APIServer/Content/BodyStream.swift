import HTTPServer
import NIOCore
import NIOHTTP1

/// An answer's body that is made piece by piece: what is small goes out whole, with its length; what is large goes out
/// as it is made, in pieces that the client's reading holds back, and compressed where the client takes that. So what
/// waits in memory does not grow with the answer. For one task.
struct BodyStream {
  /// From so many bytes on an answer is compressed, as in Kubernetes.
  static let compressionThreshold = 128 * 1024
  private static let pieceSize = 64 * 1024

  private let request: HTTPServerRequest
  private let writer: HTTPResponseWriter
  private let status: HTTPResponseStatus
  private var headers: HTTPHeaders
  private var buffer = ByteBuffer()
  private var headSent = false
  private var gzip: GzipStream?

  init(
    _ request: HTTPServerRequest, _ writer: HTTPResponseWriter, status: HTTPResponseStatus = .ok, headers: HTTPHeaders
  ) {
    self.request = request
    self.writer = writer
    self.status = status
    self.headers = headers
  }

  /// Whether one of the codings that a client takes is `gzip`, without a weight of nothing (RFC 9110, 12.5.3).
  private var compresses: Bool {
    request.headers["accept-encoding"].flatMap { $0.split(separator: ",") }.contains { coding in
      let parts = coding.split(separator: ";", maxSplits: 1)
      guard parts.first?.trimmed.lowercased() == "gzip" else { return false }
      guard parts.count > 1 else { return true }
      let weight = parts[1].trimmed.lowercased()
      return !weight.hasPrefix("q=") || Double(weight.dropFirst(2)) ?? 0 > 0
    }
  }

  mutating func append(_ bytes: [UInt8]) async throws {
    buffer.writeBytes(bytes)
    if headSent ? buffer.readableBytes >= Self.pieceSize : buffer.readableBytes > Self.compressionThreshold {
      try await flush()
    }
  }

  mutating func append(_ text: String) async throws {
    try await append(Array(text.utf8))
  }

  /// The whole body at once: it is sent without being copied if it fits.
  mutating func send(_ whole: ByteBuffer) async throws {
    guard whole.readableBytes > Self.compressionThreshold, !headSent, buffer.readableBytes == 0, compresses else {
      return try await writer.respond(status, headers: headers, body: whole)
    }
    buffer = whole
    // To compress takes milliseconds.
    var stream = self
    try await HTTPServer.offLoop {
      try await stream.flush()
      try await stream.finish()
    }
    self = stream
  }

  mutating func finish() async throws {
    guard headSent else { return try await writer.respond(status, headers: headers, body: buffer) }
    if let gzip {
      try await writer.write(gzip.compress(buffer, finish: true))
    } else {
      try await writer.write(buffer)
    }
    try await writer.finish()
  }

  private mutating func flush() async throws {
    if !headSent {
      if compresses, let stream = GzipStream() {
        gzip = stream
        headers.replaceOrAdd(name: "content-encoding", value: "gzip")
        headers.add(name: "vary", value: "Accept-Encoding")
      }
      try await writer.writeHead(status, headers: headers)
      headSent = true
    }
    let piece = gzip?.compress(buffer) ?? buffer
    // The buffer's memory is the connection's until it is written: another one for what follows.
    buffer = ByteBuffer()
    try await writer.write(piece)
  }
}
