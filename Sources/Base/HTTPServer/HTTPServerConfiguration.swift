package import NIOCore
package import NIOSSL

/// A server's address, its TLS, and every limit. All limits bound what one client can make the server hold.
package struct HTTPServerConfiguration: Sendable {
  /// Where to listen.
  package var address: HTTPListenAddress
  /// TLS, made by ``HTTPServerTLS``; `nil` serves cleartext HTTP/1.1.
  package var tls: NIOSSLContext?
  /// The TLS context of a new connection, in the place of `tls`: for certificates that are renewed.
  package var tlsOfNewConnection: (@Sendable () -> NIOSSLContext)?

  /// Connections at once; more are closed when accepted.
  package var maximumConnections = 10_000
  /// Bytes of one request's header fields, names and values together.
  package var maximumHeaderBytes = 64 * 1024
  /// Header fields of one request (HTTP/1.1).
  package var maximumHeaderCount = 128
  /// HTTP/2 streams at once in one connection.
  package var maximumConcurrentStreams = 256
  /// Control frames (PING, SETTINGS, …) in 30 s before an HTTP/2 connection is closed.
  package var maximumControlFrames = 500
  /// Streams that a client may reset in 30 s before its HTTP/2 connection is closed (rapid reset, CVE-2023-44487).
  package var maximumStreamResets = 200
  /// Bytes of a body that wait for the handler before reading stops.
  package var bodyBufferLimit = 128 * 1024
  /// Bytes of an answer that wait for the client before `write` suspends.
  package var writeBufferLimit = 128 * 1024
  /// Bytes of whole answers that wait for the client of one HTTP/2 connection, over all of its streams: beyond it streams
  /// are reset.
  package var maximumUntakenBytes = 64 * 1024 * 1024
  /// Bytes of a body that nobody wants which are read and dropped after the answer, so that the client sees it.
  package var drainLimit = 16 * 1024 * 1024

  /// TLS handshake, from accept.
  package var handshakeTimeout: TimeAmount = .seconds(10)
  /// First request's head, from accept or handshake.
  package var firstRequestTimeout: TimeAmount = .seconds(15)
  /// Between requests, and while a later request's head arrives.
  package var idleTimeout: TimeAmount = .minutes(3)
  /// A whole body, from its head: also bounds clients that send a byte now and then.
  package var bodyTimeout: TimeAmount = .seconds(60)
  /// An answer whose client reads nothing for this long is given up: a watcher that stalls must not last for ever.
  package var writeTimeout: TimeAmount = .seconds(60)
  /// A request whose client closed its sending side may still be answered this long (cleartext only; over TLS the
  /// end of input is the end of the connection).
  package var halfClosedTimeout: TimeAmount = .seconds(5)
  /// Requests in progress may end this long during a graceful shutdown.
  package var shutdownGrace: TimeAmount = .seconds(5)
  /// How long what was cancelled may take to end well, after `shutdownGrace`: 5 s.
  package static let endingGrace = TimeAmount.seconds(5)

  /// Whether handlers' tasks run on their connection's event loop and not on Swift's global pool: a request is then
  /// answered without changing threads. Such handlers must not block, and leave long work to ``HTTPServer/offLoop(_:)``;
  /// the event loops must run as long as the process. Default: false.
  package var runsHandlersOnEventLoops = false

  package init(address: HTTPListenAddress, tls: NIOSSLContext? = nil) {
    self.address = address
    self.tls = tls
  }
}
