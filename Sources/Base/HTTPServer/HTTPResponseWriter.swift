package import NIOCore
package import NIOHTTP1

/// Answers one request: `respond` for whole answers, or `writeHead`, any number of `write`s, `finish` for streams.
///
/// Every method throws ``HTTPServerError`` `clientDisconnected` once the client is gone, and `wrongOrder` if used out
/// of order. Use it from one task at a time.
package struct HTTPResponseWriter: Sendable {
  let exchange: HTTPExchange

  /// The status that was answered, for metrics and logs; nil while no head has been sent.
  package var sentStatus: HTTPResponseStatus? {
    let code = exchange.sentStatus.load(ordering: .relaxed)
    return code == 0 ? nil : HTTPResponseStatus(statusCode: code)
  }

  /// Sends the answer's head at once. Without a `content-length` the body is streamed (chunked over HTTP/1.1).
  package func writeHead(_ status: HTTPResponseStatus, headers: HTTPHeaders = [:]) async throws {
    try await exchange.perform { handler, exchange in try handler.sendHead(exchange, status, headers) }
  }

  /// Sends a piece of the body. Returns when the connection takes more, so that a slow client slows its handler and
  /// costs no more memory than `writeBufferLimit`. An empty buffer sends nothing.
  package func write(_ bytes: ByteBuffer) async throws { try await exchange.write(bytes) }

  /// Ends the answer. Works in a cancelled task too, so that a stream can be ended well during a shutdown.
  package func finish() async throws {
    try await exchange.perform { handler, exchange in try handler.sendEnd(exchange) }
  }

  /// A whole answer in one go, with its `content-length`.
  package func respond(_ status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: ByteBuffer? = nil) async throws {
    try await exchange.perform { handler, exchange in try handler.sendWhole(exchange, status, headers, body) }
  }

  /// The request's body is handed on as it comes: from now on `bodyTimeout` is for the next piece of it, not for the
  /// whole. For bodies that are bounded by whom they are handed to.
  package func streamBody() {
    exchange.onLoop { _, exchange in exchange.progress.value.streamsBody = true }
  }

  /// Breaks the stream off: HTTP/1.1 closes the connection, HTTP/2 resets the stream. For a client that is too slow.
  package func abort() {
    exchange.onLoop { handler, exchange in handler.abort(exchange) }
  }

  /// Switches protocols: sends `101` with `headers` (`Upgrade` and `Connection` included by the caller), and hands
  /// over the connection's bytes. Only for HTTP/1.1 requests with an `Upgrade` header and no body. The connection is
  /// closed when the handler returns, whose task is cancelled if the client goes away before.
  package func upgrade(headers: HTTPHeaders) async throws -> ByteTunnel {
    try await exchange.perform { handler, exchange in try handler.upgrade(exchange, headers: headers) }
  }
}
