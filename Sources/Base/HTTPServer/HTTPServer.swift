// HTTPServer: the one HTTP server of the house. The front-end, the kubelet and the store's health and
// metrics port stand on it. HTTP/1.1 and HTTP/2 share one TLS port (ALPN); without TLS it speaks HTTP/1.1.
//
// The way of a request:
//
//     socket → [TLS → NegotiationHandler] → HTTP/1.1 codec ┐
//                                         → HTTP/2 → codec ┴→ HTTPExchangeHandler → Task { handler(request, writer) }
//
// Everything up to the exchange handler runs on the connection's event loop; the handler is an ordinary
// async function, which runs on Swift's global pool, or on the event loop too if the configuration says so. Bytes flow under back-pressure both ways: a body is read from the socket only as fast as
// the handler takes it, and `write` suspends while the client does not read.

import Listening
package import Logging
package import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import Synchronization

/// Where a server listens.
package enum HTTPListenAddress: Sendable, Hashable {
  /// A TCP address; port 0 lets the system choose (see ``HTTPServer/start()``).
  case tcp(host: String, port: Int)
  /// A unix socket; an old socket file at the path is replaced.
  case unix(path: String)
}

/// Answers one request. Runs in a task of its own, which is cancelled when the client goes away or when the
/// server's shutdown no longer waits.
///
/// - If it returns without an answer, the client gets `500`; if it returns without `finish()`, the answer is ended.
/// - If it throws before the answer's head, the client gets `413`/`408` for the body's errors and `500` for others;
///   if it throws later, the stream is aborted so that the client cannot take a part for the whole.
package typealias HTTPRequestHandler = @Sendable (HTTPServerRequest, HTTPResponseWriter) async throws -> Void

/// An HTTP/1.1 and HTTP/2 server on one address.
///
/// Life: `init` → ``start()`` once → ``shutdown()`` once. All methods may be called from any task.
package final class HTTPServer: Sendable {
  package let configuration: HTTPServerConfiguration
  private let group: any EventLoopGroup
  private let shared: HTTPServerShared
  private let listener = Mutex<(any Channel)?>(nil)

  package init(
    configuration: HTTPServerConfiguration,
    group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger,
    handler: @escaping HTTPRequestHandler
  ) {
    self.configuration = configuration
    self.group = group
    self.shared = HTTPServerShared(configuration: configuration, logger: logger, handler: handler)
  }

  /// Binds and begins to accept. Returns the bound port (0 for a unix socket).
  @discardableResult
  package func start() async throws -> Int {
    let shared = self.shared
    let setup = ConnectionSetup(shared: shared)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.maxMessagesPerRead, value: 4)
      .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 * 1024, high: configuration.writeBufferLimit))
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try setup.prepare(channel) }
      }
    let channel: any Channel
    switch configuration.address {
    case .tcp(let host, let port):
      channel =
        try await bootstrap
        .childChannelOption(.socketOption(.so_keepalive), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .listen(host: host, port: port)
    case .unix(let path):
      channel = try await bootstrap.listen(path: path)
    }
    listener.withLock { $0 = channel }
    return channel.localAddress?.port ?? 0
  }

  /// Stops gracefully: accepts nothing more, lets requests in progress end for `configuration.shutdownGrace`,
  /// then cancels what still runs (long watches and tunnels), and closes what is left five seconds later.
  package func shutdown() async {
    let channel = listener.withLock { channel in
      defer { channel = nil }
      return channel
    }
    try? await channel?.close().get()
    shared.registry.quiesce()
    if await shared.registry.emptied(within: configuration.shutdownGrace) { return }
    shared.registry.cancelExchanges()
    if await shared.registry.emptied(within: HTTPServerConfiguration.endingGrace) { return }
    shared.registry.closeConnections()
    _ = await shared.registry.emptied(within: .seconds(1))
  }

  /// Numbers since the start, for metrics.
  package var statistics: HTTPServerStatistics { shared.registry.statistics }
}

/// Counts of a server, for metrics and tests.
package struct HTTPServerStatistics: Sendable, Equatable {
  /// Connections that are open now.
  package var openConnections = 0
  /// Requests whose handlers run now.
  package var activeRequests = 0
  /// Connections accepted since the start.
  package var acceptedConnections = 0
  /// Connections refused because `maximumConnections` was reached.
  package var refusedConnections = 0
  /// TLS handshakes that failed or timed out.
  package var failedHandshakes = 0
}

/// What all connections of a server share.
final class HTTPServerShared: Sendable {
  let configuration: HTTPServerConfiguration
  let logger: Logger
  let handler: HTTPRequestHandler
  let registry: ConnectionRegistry
  /// One for each event loop that has connections, if handlers run there. Each holds its loop, so that no other one can
  /// get its identity.
  private let executors = Mutex<[ObjectIdentifier: EventLoopTaskExecutor]>([:])

  init(configuration: HTTPServerConfiguration, logger: Logger, handler: @escaping HTTPRequestHandler) {
    self.configuration = configuration
    self.logger = logger
    self.handler = handler
    self.registry = ConnectionRegistry(maximum: configuration.maximumConnections)
  }

  /// Where the handlers of an event loop's connections run; nil: on Swift's global pool.
  func executor(of eventLoop: any EventLoop) -> EventLoopTaskExecutor? {
    guard configuration.runsHandlersOnEventLoops else { return nil }
    return executors.withLock { executors in
      if let known = executors[ObjectIdentifier(eventLoop)] { return known }
      let made = EventLoopTaskExecutor(eventLoop)
      executors[ObjectIdentifier(eventLoop)] = made
      return made
    }
  }
}
