package import NIOCore
package import SwiftProtobuf

/// A message with its prefix: one byte for "compressed" (always 0 here) and four for the length, big-endian.
///
/// The serialiser writes right behind the prefix into the buffer that goes to the socket: no copy on the way.
struct FramedMessage: SwiftProtobufContiguousBytes {
  static let prefixLength = 5

  var buffer: ByteBuffer

  init(repeating: UInt8, count: Int) {
    self.buffer = ByteBufferAllocator().buffer(capacity: Self.prefixLength + count)
    self.buffer.writeInteger(UInt8(0))
    self.buffer.writeInteger(UInt32(count))
    self.buffer.writeRepeatingByte(repeating, count: count)
  }

  init<Source: Sequence<UInt8>>(_ sequence: Source) {
    let bytes = Array(sequence)
    self.init(repeating: 0, count: bytes.count)
    self.buffer.setBytes(bytes, at: self.buffer.readerIndex + Self.prefixLength)
  }

  var count: Int { self.buffer.readableBytes - Self.prefixLength }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try self.buffer.withUnsafeReadableBytes { try body(.init(rebasing: $0.dropFirst(Self.prefixLength))) }
  }

  mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try self.buffer.withUnsafeMutableReadableBytes { try body(.init(rebasing: $0.dropFirst(Self.prefixLength))) }
  }

  /// A message as it goes into DATA frames.
  static func encode(_ message: some Message, limit: Int) throws(GRPCStatus) -> ByteBuffer {
    let framed: FramedMessage
    do {
      framed = try message.serializedBytes()
    } catch {
      throw GRPCStatus(.internalError, "the message cannot be serialised: \(error)", delivery: .notExecuted)
    }
    guard framed.count <= limit else {
      throw GRPCStatus(
        .resourceExhausted, "grpc: trying to send message larger than max (\(framed.count) vs. \(limit))",
        delivery: .notExecuted)
    }
    return framed.buffer
  }
}

/// Messages that go out together, in one buffer: for streams whose messages are small and many.
package struct GRPCMessageBatch: Sendable {
  private(set) var buffer: ByteBuffer

  /// - Parameter capacity: room for so many bytes to begin with.
  package init(reservingCapacity capacity: Int = 0) {
    self.buffer = ByteBufferAllocator().buffer(capacity: capacity)
  }

  /// How many bytes there are, prefixes included.
  package var count: Int { self.buffer.readableBytes }

  package mutating func append(_ message: some Message) throws(GRPCStatus) {
    self.buffer.writeImmutableBuffer(try FramedMessage.encode(message, limit: .max))
  }

  /// A message that is serialised already, in parts.
  package mutating func append(serialized parts: [UInt8]...) {
    self.buffer.writeInteger(UInt8(0))
    self.buffer.writeInteger(UInt32(parts.reduce(0) { $0 + $1.count }))
    for part in parts { self.buffer.writeBytes(part) }
  }
}

/// The bytes of one received message, for the parser.
struct ReceivedMessage: SwiftProtobufContiguousBytes {
  var buffer: ByteBuffer

  init(_ buffer: ByteBuffer) {
    self.buffer = buffer
  }

  init(repeating: UInt8, count: Int) {
    self.buffer = ByteBuffer(repeating: repeating, count: count)
  }

  init<Source: Sequence<UInt8>>(_ sequence: Source) {
    self.buffer = ByteBuffer(bytes: sequence)
  }

  var count: Int { self.buffer.readableBytes }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try self.buffer.withUnsafeReadableBytes(body)
  }

  mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try self.buffer.withUnsafeMutableReadableBytes(body)
  }

  static func parse<Parsed: Message>(_ buffer: ByteBuffer, as type: Parsed.Type) throws(GRPCStatus) -> Parsed {
    do {
      return try Parsed(serializedBytes: ReceivedMessage(buffer))
    } catch {
      throw GRPCStatus(.internalError, "grpc: failed to parse \(Parsed.protoMessageName)")
    }
  }
}

/// Cuts a stream of DATA into messages.
package struct MessageDecoder {
  /// Messages that claim to be longer are refused before anything of them is stored.
  let limit: Int
  private var pending = ByteBuffer()
  /// So much is reserved for a message of which only the length has come.
  private static let trustedLength = 64 << 10

  package init(limit: Int) {
    self.limit = limit
  }

  /// Whether the stream stands between two messages.
  package var isAtBoundary: Bool { self.pending.readableBytes == 0 }

  package mutating func append(_ data: ByteBuffer) {
    if self.pending.readableBytes == 0 {
      self.pending = data
    } else {
      self.pending.writeImmutableBuffer(data)
    }
  }

  package mutating func next() throws(GRPCStatus) -> ByteBuffer? {
    if self.isAtBoundary {
      // HTTP/2's parser goes on writing into the storage that this was a slice of: as long as somebody shares it, it
      // copies all of it first, 64 KiB as a rule.
      self.pending = ByteBuffer()
      return nil
    }
    let start = self.pending.readerIndex
    guard
      let compressed = self.pending.getInteger(at: start, as: UInt8.self),
      let length = self.pending.getInteger(at: start + 1, as: UInt32.self)
    else { return nil }
    guard compressed == 0 else {
      // The peer was told that only identity is understood.
      throw GRPCStatus(.internalError, "grpc: compressed flag set with identity or empty encoding")
    }
    guard Int(length) <= self.limit else {
      throw GRPCStatus(
        .resourceExhausted, "grpc: received message larger than max (\(length) vs. \(self.limit))")
    }
    let whole = FramedMessage.prefixLength + Int(length)
    guard self.pending.readableBytes >= whole else {
      // One allocation for the rest, instead of doubling on the way there; but a length alone takes no memory.
      self.pending.discardReadBytes()
      let missing = whole - self.pending.readableBytes
      if missing <= max(self.pending.readableBytes * 4, Self.trustedLength) {
        self.pending.reserveCapacity(minimumWritableBytes: missing)
      }
      return nil
    }
    self.pending.moveReaderIndex(forwardBy: FramedMessage.prefixLength)
    return self.pending.readSlice(length: Int(length))
  }
}
