import ClusterConfig
import Glibc
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import PKI
import RaftCore

/// The outgoing side to one peer on one stream: dials, says hello, sends what is queued, dials again.
///
/// Lives on one event loop. While there is no connection, and when the queue is full, frames are dropped: Raft
/// sends again what matters.
final class PeerLink: @unchecked Sendable {
  // @unchecked: every stored property that changes is touched on `loop` only.
  private let loop: any EventLoop
  private let configuration: PeerTransport.Configuration
  private let credentials: PeerCredentials
  private let stream: PeerStream
  private let logger: Logger
  private let notify: @Sendable (Event) -> Void

  private var peer: Peer
  private var channel: (any Channel)?
  private var isWelcome = false
  private var isClosed = false
  private var failures = 0
  private var retry: Scheduled<Void>?
  private var pendingBytes = 0

  enum Event: Sendable {
    case connected, disconnected, refused
  }

  init(
    peer: Peer, stream: PeerStream, loop: any EventLoop, configuration: PeerTransport.Configuration,
    credentials: PeerCredentials, logger: Logger, notify: @escaping @Sendable (Event) -> Void
  ) {
    self.peer = peer
    self.stream = stream
    self.loop = loop
    self.configuration = configuration
    self.credentials = credentials
    var logger = logger
    logger[metadataKey: "peer"] = "\(peer.name)"
    logger[metadataKey: "stream"] = "\(stream)"
    self.logger = logger
    self.notify = notify
  }

  func start() { loop.execute { self.dial() } }

  func close() -> EventLoopFuture<Void> {
    loop.flatSubmit {
      self.isClosed = true
      self.retry?.cancel()
      guard let channel = self.channel else { return self.loop.makeSucceededVoidFuture() }
      return channel.close(mode: .all).flatMapError { _ in self.loop.makeSucceededVoidFuture() }
    }
  }

  /// Queues frames; nothing is said when they are dropped.
  func send(_ frames: [[UInt8]]) {
    loop.execute { self.write(frames) }
  }

  private func write(_ frames: [[UInt8]]) {
    guard isWelcome, let channel else { return }
    for frame in frames {
      guard pendingBytes + frame.count <= configuration.largestQueue else {
        logger.debug("A peer's queue is full: a message is dropped")
        return
      }
      var buffer = channel.allocator.buffer(capacity: frame.count + PeerFrame.headerSize)
      PeerFrame.write(frame, to: &buffer)
      let size = buffer.readableBytes
      pendingBytes += size
      channel.write(buffer).whenComplete { _ in self.pendingBytes -= size }
    }
    channel.flush()
  }

  // MARK: Connection

  private func dial() {
    guard !isClosed, channel == nil else { return }
    retry = nil
    let hello = PeerHello(
      cluster: configuration.cluster, from: configuration.member, to: peer.id, stream: stream)
    let credentials = credentials
    let expected = (name: peer.name, cluster: configuration.cluster)
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(configuration.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLClientHandler(context: credentials.client, serverHostname: nil))
          try operations.addHandler(ByteToMessageHandler(PeerFrameDecoder()))
          try operations.addHandler(PeerDialHandler(hello: hello, expected: expected) { self.dialled($0) })
        }
      }
    bootstrap.connect(host: peer.address.description, port: Int(peer.port)).whenComplete { result in
      switch result {
      case .success(let channel): self.established(channel)
      case .failure(let error): self.failed(error)
      }
    }
  }

  private func established(_ channel: any Channel) {
    guard !isClosed else {
      channel.close(promise: nil)
      return
    }
    self.channel = channel
    // A peer that dies in the middle of the handshake leaves nothing to wait for: nothing of ours is unacknowledged.
    _ = loop.scheduleTask(in: configuration.handshakeTimeout) {
      if self.channel === channel && !self.isWelcome { channel.close(promise: nil) }
    }
    // Without a peer that acknowledges, the kernel would hold on for a quarter of an hour (tcp(7)).
    let timeout = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: 18))
    channel.setOption(timeout, value: Int(configuration.sendTimeout.nanoseconds / 1_000_000)).whenFailure { _ in }
    channel.closeFuture.whenComplete { _ in self.closed() }
  }

  private func dialled(_ outcome: PeerDialHandler.Outcome) {
    switch outcome {
    case .welcome:
      isWelcome = true
      failures = 0
      logger.info("Connected to a peer")
      notify(.connected)
    case .refused(let reason):
      failures += 1
      logger.error("A peer refuses this member", metadata: ["reason": "\(reason)"])
      channel?.close(promise: nil)
    case .failed(let error):
      failures += 1
      logger.warning("A connection to a peer failed", metadata: ["error": "\(error)"])
      channel?.close(promise: nil)
    }
  }

  private func closed() {
    let was = isWelcome
    channel = nil
    isWelcome = false
    pendingBytes = 0
    guard !isClosed else { return }
    if was {
      logger.info("A peer's connection ended")
      notify(.disconnected)
      // At once: a refused connection right after a reset one means that the peer's process is dead.
      dial()
    } else {
      failures += 1
      dialLater()
    }
  }

  private func failed(_ error: any Error) {
    guard !isClosed else { return }
    failures += 1
    if Self.isRefusal(error) { notify(.refused) }
    if failures == 1 { logger.info("A peer cannot be reached", metadata: ["error": "\(error)"]) }
    dialLater()
  }

  private func dialLater() {
    guard retry == nil else { return }
    let delay = min(configuration.longestRetry, configuration.firstRetry * (1 << min(failures, 10)))
    retry = loop.scheduleTask(in: delay) { self.dial() }
  }

  private static func isRefusal(_ error: any Error) -> Bool {
    if let connection = error as? NIOConnectionError {
      return connection.connectionErrors.contains { isRefusal($0.error) }
    }
    return (error as? IOError)?.errnoCode == ECONNREFUSED
  }
}

/// Says hello once TLS stands and waits for the welcome.
final class PeerDialHandler: ChannelInboundHandler {
  typealias InboundIn = [UInt8]
  typealias OutboundOut = ByteBuffer

  enum Outcome: Sendable {
    case welcome
    case refused(String)
    case failed(String)
  }

  private let hello: PeerHello
  private let expected: (name: String, cluster: String)
  private let outcome: (Outcome) -> Void
  private var isSettled = false

  init(hello: PeerHello, expected: (name: String, cluster: String), outcome: @escaping (Outcome) -> Void) {
    self.hello = hello
    self.expected = expected
    self.outcome = outcome
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .handshakeCompleted = event as? TLSUserEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    let identity = peerIdentity(context)
    guard let identity, identity.commonName == expected.name, identity.organizations.contains(expected.cluster) else {
      settle(
        .failed(
          "expected the member \(expected.name) of \(expected.cluster), found "
            + (identity.map { "\($0.commonName) of \($0.organizations.joined(separator: ", "))" } ?? "nobody")))
      return
    }
    var buffer = context.channel.allocator.buffer(capacity: 128)
    PeerFrame.write(hello.encoded(), to: &buffer)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isSettled else { return }
    do {
      switch try PeerWelcome(decoding: unwrapInboundIn(data)) {
      case .accepted: settle(.welcome)
      case .refused(let reason): settle(.refused(reason))
      }
    } catch {
      settle(.failed("not a welcome: \(error)"))
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    settle(.failed("\(error)"))
    context.close(promise: nil)
  }

  private func settle(_ result: Outcome) {
    guard !isSettled else { return }
    isSettled = true
    outcome(result)
  }
}
