import Listening
package import Logging
package import NIOCore
import NIOHTTP2
import NIOPosix
package import NIOSSL
import Synchronization

/// What a server accepts. Every field has a default that suits a store.
package struct GRPCServerConfiguration: Sendable {
  /// The largest request, and the largest response, in bytes.
  package var maximumRequestSize = 4 << 20
  package var maximumResponseSize = 1 << 30
  /// Connections at once; further ones are closed as they come.
  package var maximumConnections = 8192
  /// Calls under way at once on one session (``GRPCSession``).
  package var maximumSessionCalls = 4096
  /// From a connection's first packet to the client's SETTINGS, TLS handshake included.
  package var handshakeTimeout: TimeAmount = .seconds(10)
  /// When to ask whether a silent client is still there, so that a vanished one does not hold watches and buffers.
  package var keepAlive = GRPCKeepAlive(interval: .seconds(30), timeout: .seconds(20))
  package var limits = HTTP2Limits()
  /// Who is told of the calls of a method, by its path.
  package var observers: [String: any GRPCCallObserver] = [:]
  /// The TLS context of a new connection, in the place of the server's `tls`: for certificates that are renewed.
  package var tlsOfNewConnection: (@Sendable () -> NIOSSLContext)?

  package init() {}
}

/// A gRPC server: listens, and runs the handlers of its router.
///
/// For TLS, `tls` should offer `h2` by ALPN and, to know its clients, demand certificates
/// (`certificateVerification = .noHostnameVerification` with the clients' authority as trust root).
package final class GRPCServer: Sendable {
  private struct State {
    var isShuttingDown = false
    var listeners: [any Channel] = []
    var connections: [ObjectIdentifier: any Channel] = [:]
  }

  private let router: GRPCRouter
  private let tls: NIOSSLContext?
  private let group: any EventLoopGroup
  private let configuration: GRPCServerConfiguration
  private let logger: Logger
  private let state = Mutex(State())

  package init(
    router: GRPCRouter, tls: NIOSSLContext?, group: any EventLoopGroup,
    configuration: GRPCServerConfiguration = .init(), logger: Logger
  ) {
    self.router = router
    self.tls = tls
    self.group = group
    self.configuration = configuration
    self.logger = logger
  }

  /// Listens on one more address, until ``shutdown(grace:)``. Returns what it is bound to (port 0 in `target` lets
  /// the system choose). An old unix socket at the path is replaced.
  @discardableResult
  package func bind(to target: GRPCTarget) async throws -> SocketAddress {
    let bootstrap = ServerBootstrap(group: self.group)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in self.configure(channel) }
    let listener: any Channel
    switch target {
    case .tcp(let host, let port):
      listener =
        try await bootstrap
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .listen(host: host, port: port)
    case .unix(let path):
      listener = try await bootstrap.listen(path: path)
    }
    let isShuttingDown = self.state.withLock { state in
      if !state.isShuttingDown { state.listeners.append(listener) }
      return state.isShuttingDown
    }
    guard !isShuttingDown, let address = listener.localAddress else {
      try await listener.close()
      throw ChannelError.alreadyClosed
    }
    return address
  }

  /// Stops accepting, ends the streams (`unavailable`), lets unary calls finish, and returns when every connection
  /// is closed: by force once `grace` has passed.
  package func shutdown(grace: TimeAmount = .seconds(5)) async {
    let (listeners, connections) = self.state.withLock { state in
      state.isShuttingDown = true
      defer { state.listeners = [] }
      return (state.listeners, Array(state.connections.values))
    }
    for listener in listeners { try? await listener.close() }
    for connection in connections {
      connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
    let timer = self.group.any().scheduleTask(in: grace) {
      for connection in connections { connection.close(promise: nil) }
    }
    for connection in connections { try? await connection.closeFuture.get() }
    timer.cancel()
  }

  private func configure(_ channel: any Channel) -> EventLoopFuture<Void> {
    let isAccepted = self.state.withLock { state in
      guard !state.isShuttingDown, state.connections.count < self.configuration.maximumConnections else { return false }
      state.connections[ObjectIdentifier(channel)] = channel
      return true
    }
    guard isAccepted else { return channel.close() }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(channel)) }
    }
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let tls = self.configuration.tlsOfNewConnection?() ?? self.tls
      if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
      let connection = ServerConnection(
        router: self.router, configuration: self.configuration, channel: channel, usesTLS: tls != nil,
        logger: self.logger)
      let manager = NIOHTTP2ServerConnectionManagementHandler(
        eventLoop: channel.eventLoop,
        configuration: .init(
          maxIdleTime: nil, maxAge: nil, maxGraceTime: nil,
          keepalive: .init(
            pingInterval: self.configuration.keepAlive.interval, ackTimeout: self.configuration.keepAlive.timeout)))
      let limits = self.configuration.limits.handlerConfiguration(isServer: true)
      let http2 = NIOHTTP2Handler(
        mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: limits.connection,
        streamConfiguration: limits.stream, streamDelegate: manager.http2StreamDelegate
      ) { stream in
        stream.eventLoop.makeCompletedFuture {
          // Off until the call's kind is known: a stream reads as its handler asks for more.
          try stream.syncOptions?.setOption(.autoRead, value: false)
          try stream.pipeline.syncOperations.addHandler(ServerCall(connection: connection, channel: stream))
        }
      }
      try pipeline.addHandler(FlushCoalescer())
      try pipeline.addHandler(http2)
      try pipeline.addHandler(manager)
      try pipeline.addHandler(connection)
    }
  }
}
