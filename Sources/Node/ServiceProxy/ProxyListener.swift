package import ClusterConfig
import Glibc
import Listening
package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// Accepts connections, finds out where each was going, and pipes it to an endpoint.
package final class ProxyListener: Sendable {
  package struct Configuration: Sendable {
    package var address: IPv4Address
    /// Zero for any free one.
    package var port: UInt16
    /// Connections were redirected here: ask the kernel where they were going. Else they mean this listener.
    package var isTransparent: Bool
    /// How long one attempt at an endpoint may take. Default 1 s.
    package var connectTimeout: TimeAmount = .seconds(1)
    /// How many endpoints are tried for one connection. Default 4.
    package var attempts: Int = 4
    /// Connections at once; what comes beyond waits in the kernel's queue. Default 16,384.
    package var largestCount: Int = 16_384

    package init(address: IPv4Address, port: UInt16, isTransparent: Bool) {
      self.address = address
      self.port = port
      self.isTransparent = isTransparent
    }
  }

  private struct State {
    var listener: (any Channel)?
    var connections: [ObjectIdentifier: (endpoint: Endpoint?, channel: any Channel)] = [:]
  }

  private let configuration: Configuration
  private let group: any EventLoopGroup
  private let router: any ConnectionRouter
  private let logger: Logger
  private let state = Mutex(State())

  package init(
    configuration: Configuration, group: any EventLoopGroup, router: any ConnectionRouter, logger: Logger
  ) {
    self.configuration = configuration
    self.group = group
    self.router = router
    self.logger = logger
  }

  /// Starts to listen.
  ///
  /// - Returns: the port.
  @discardableResult
  package func start() async throws -> UInt16 {
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.socketOption(.so_keepalive), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 << 10))
      .childChannelOption(.maxMessagesPerRead, value: 4)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(WhenActive { self.accepted($0) })
        }
      }
    let listener = try await bootstrap.listen(host: configuration.address.description, port: Int(configuration.port))
    state.withLock { $0.listener = listener }
    return UInt16(listener.localAddress?.port ?? Int(configuration.port))
  }

  /// Ends every connection to an endpoint with a reset: it was found dead, and its clients would wait for nothing.
  package func reset(_ endpoint: Endpoint) {
    let channels = state.withLock { $0.connections.values.filter { $0.endpoint == endpoint }.map(\.channel) }
    for channel in channels { Self.refuse(channel) }
  }

  /// How many connections are open.
  package var count: Int { state.withLock { $0.connections.count } }

  package func close() async {
    let (listener, connections) = state.withLock { state in
      (state.listener, state.connections.values.map(\.channel))
    }
    try? await listener?.close()
    for channel in connections { try? await channel.close() }
  }

  private func accepted(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    let isTooMuch = state.withLock { state in
      state.connections[key] = (nil, channel)
      return state.connections.count > configuration.largestCount
    }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.connections[key] = nil } }
    guard !isTooMuch else {
      logger.warning("Too many connections: one is closed", metadata: ["limit": "\(configuration.largestCount)"])
      channel.close(promise: nil)
      return
    }
    destination(of: channel).whenComplete { result in
      switch result {
      case .success(let destination): self.connect(channel, to: destination, tried: [])
      case .failure(let error):
        self.logger.debug("A connection's destination is unknown", metadata: ["error": "\(error)"])
        channel.close(promise: nil)
      }
    }
  }

  /// `SO_ORIGINAL_DST` (netfilter): where the connection was going before it was redirected.
  private func destination(of channel: any Channel) -> EventLoopFuture<Endpoint> {
    guard configuration.isTransparent else {
      return channel.eventLoop.makeSucceededFuture(Endpoint(address: configuration.address, port: configuration.port))
    }
    guard let provider = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
    }
    let option: EventLoopFuture<sockaddr_in> = provider.unsafeGetSocketOption(
      level: .init(rawValue: CInt(IPPROTO_IP)), name: .init(rawValue: 80))
    return option.map { address in
      Endpoint(
        address: IPv4Address(value: UInt32(bigEndian: address.sin_addr.s_addr)),
        port: UInt16(bigEndian: address.sin_port))
    }
  }

  private func connect(_ client: any Channel, to destination: Endpoint, tried: [Endpoint]) {
    guard client.isActive, tried.count < configuration.attempts,
      let endpoint = router.pick(destination, excluding: tried)
    else {
      if client.isActive {
        logger.debug("No endpoint takes a connection", metadata: ["to": "\(destination)", "tried": "\(tried.count)"])
      }
      Self.refuse(client)
      return
    }
    ClientBootstrap(group: client.eventLoop)
      .connectTimeout(configuration.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: false)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 << 10))
      .channelOption(.maxMessagesPerRead, value: 4)
      .connect(to: endpoint.socketAddress)
      .whenComplete { result in
        switch result {
        case .success(let server):
          self.router.succeeded(destination, endpoint)
          self.join(client, server, endpoint)
        case .failure(let error):
          self.router.failed(destination, endpoint)
          self.logger.debug(
            "An endpoint cannot be reached", metadata: ["endpoint": "\(endpoint)", "error": "\(error)"])
          self.connect(client, to: destination, tried: tried + [endpoint])
        }
      }
  }

  private func join(_ client: any Channel, _ server: any Channel, _ endpoint: Endpoint) {
    let key = ObjectIdentifier(client)
    state.withLock { state in
      if state.connections[key] != nil { state.connections[key] = (endpoint, client) }
    }
    let (front, back) = PipeHandler.pair()
    do {
      guard client.isActive else { throw ChannelError.ioOnClosedChannel }
      try client.pipeline.syncOperations.addHandler(front)
      try server.pipeline.syncOperations.addHandler(back)
      client.setOption(.autoRead, value: true).whenFailure { _ in }
      server.setOption(.autoRead, value: true).whenFailure { _ in }
    } catch {
      client.close(promise: nil)
      server.close(promise: nil)
    }
  }

  /// Ends a connection with a reset, as a port without a listener would.
  private static func refuse(_ channel: any Channel) {
    guard let provider = channel as? any SocketOptionProvider else {
      channel.close(promise: nil)
      return
    }
    // socket(7): a linger of no time means a reset.
    let linger = (isOn: CInt(1), seconds: CInt(0))
    provider.unsafeSetSocketOption(level: .socket, name: .so_linger, value: linger)
      .whenComplete { _ in channel.close(promise: nil) }
  }
}

/// Calls once when the channel is active, then leaves the pipeline.
private final class WhenActive: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let action: (any Channel) -> Void

  init(_ action: @escaping (any Channel) -> Void) { self.action = action }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    context.fireChannelActive()
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    action(channel)
  }
}
