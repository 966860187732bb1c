package import NIOCore

/// A request's body: chunks as they arrive, under back-pressure. Read it once, from one task.
package struct HTTPRequestBody: AsyncSequence, Sendable {
  package typealias Element = ByteBuffer

  let queue: InboundByteQueue
  /// The length that the client announced, if it did.
  package let announcedLength: Int?

  /// All of the body. Throws ``HTTPServerError`` `bodyTooLarge` once it is known to exceed `limit` bytes (by its
  /// announced length at once, without reading), `bodyTimeout` or `clientDisconnected` if it breaks off.
  package func collect(upTo limit: Int) async throws -> ByteBuffer {
    if let announcedLength, announcedLength > limit { throw HTTPServerError(.bodyTooLarge) }
    guard var whole = try await queue.next() else { return ByteBuffer() }
    guard whole.readableBytes <= limit else { throw HTTPServerError(.bodyTooLarge) }
    if let announcedLength, announcedLength > whole.readableBytes {
      whole.reserveCapacity(minimumWritableBytes: announcedLength - whole.readableBytes)
    }
    while var chunk = try await queue.next() {
      guard whole.readableBytes + chunk.readableBytes <= limit else { throw HTTPServerError(.bodyTooLarge) }
      whole.writeBuffer(&chunk)
    }
    return whole
  }

  package func makeAsyncIterator() -> Iterator { Iterator(queue: queue) }

  package struct Iterator: AsyncIteratorProtocol {
    let queue: InboundByteQueue
    package mutating func next() async throws -> ByteBuffer? { try await queue.next() }
  }
}
