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
  private let clusterID: @Sendable () -> UInt64
  private let objection: @Sendable (_ name: String, _ clusters: [String]) -> String?
  private let stream: PeerStream
  private let logger: Logger
  private let notify: @Sendable (Event) -> Void

  private var peer: Peer
  private var channel: (any Channel)?
  private var isWelcome = false
  private var isClosed = false
  /// Counts the connections: what an earlier one still tells counts for nothing.
  private var dials = 0
  private var failures = 0
  private var lastRefusal: String?
  private var retry: Scheduled<Void>?
  private var pendingBytes = 0

  enum Event: Sendable {
    case connected, disconnected, refused
    /// The peer is there and does not want this member.
    case denied(PeerStanding)
  }

  init(
    peer: Peer, stream: PeerStream, loop: any EventLoop, configuration: PeerTransport.Configuration,
    credentials: PeerCredentials, clusterID: @escaping @Sendable () -> UInt64,
    objection: @escaping @Sendable (_ name: String, _ clusters: [String]) -> String?, logger: Logger,
    notify: @escaping @Sendable (Event) -> Void
  ) {
    self.peer = peer
    self.stream = stream
    self.loop = loop
    self.configuration = configuration
    self.credentials = credentials
    self.clusterID = clusterID
    self.objection = objection
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
    // One buffer, or one TLS record and more would be made of each frame.
    var buffer = channel.allocator.buffer(capacity: frames.reduce(0) { $0 + $1.count + PeerFrame.headerSize })
    for frame in frames {
      guard pendingBytes + buffer.readableBytes + frame.count <= configuration.largestQueue else {
        logger.debug("A peer's queue is full: a message is dropped")
        break
      }
      PeerFrame.write(frame, to: &buffer)
    }
    let size = buffer.readableBytes
    guard size > 0 else { return }
    pendingBytes += size
    channel.write(buffer).whenComplete { _ in self.pendingBytes -= size }
    channel.flush()
  }

  // MARK: Connection

  private func dial() {
    guard !isClosed, channel == nil else { return }
    retry = nil
    dials += 1
    let number = dials
    let hello: @Sendable () -> PeerHello = { [configuration, peer, stream, clusterID] in
      PeerHello(
        cluster: configuration.cluster, clusterID: clusterID(), from: configuration.member, to: peer.id, stream: stream)
    }
    let credentials = credentials
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(configuration.connectTimeout)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLClientHandler(context: credentials.client, serverHostname: nil))
          try operations.addHandler(ByteToMessageHandler(PeerFrameDecoder()))
          try operations.addHandler(
            PeerDialHandler(hello: hello, objection: self.objection) {
              if self.dials == number { self.dialled($0) }
            })
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
    channel.closeFuture.whenComplete { _ in if self.channel === channel { self.closed() } }
  }

  /// Says hello anew, on a new connection: what this member says of itself has changed.
  func redial() {
    loop.execute {
      guard let old = self.channel, !self.isClosed else { return }
      let was = self.isWelcome
      self.channel = nil
      self.isWelcome = false
      old.close(promise: nil)
      if was { self.notify(.disconnected) }
      self.dial()
    }
  }

  private func dialled(_ outcome: PeerDialHandler.Outcome) {
    switch outcome {
    case .welcome:
      isWelcome = true
      failures = 0
      lastRefusal = nil
      logger.info("Connected to a peer")
      notify(.connected)
    case .refused(let reason, let standing):
      failures += 1
      notify(.denied(standing))
      // Once, and not twice a second for as long as it lasts.
      logger.log(
        level: lastRefusal == reason ? .debug : .error, "A peer refuses this member", metadata: ["reason": "\(reason)"])
      lastRefusal = reason
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
  typealias InboundOut = [UInt8]
  typealias OutboundOut = ByteBuffer

  enum Outcome: Sendable {
    case welcome
    case refused(String, PeerStanding)
    case failed(String)
  }

  /// Asked when TLS stands, not before.
  private let hello: () -> PeerHello
  /// Why the other side, by the name and the clusters in its certificate, is not the one that is meant.
  private let objection: (_ name: String, _ clusters: [String]) -> String?
  private let outcome: (Outcome) -> Void
  private var isSettled = false

  init(
    hello: @escaping () -> PeerHello, objection: @escaping (_ name: String, _ clusters: [String]) -> String?,
    outcome: @escaping (Outcome) -> Void
  ) {
    self.hello = hello
    self.objection = objection
    self.outcome = outcome
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .handshakeCompleted = event as? TLSUserEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    let identity = peerIdentity(context)
    guard let identity else { return settle(.failed("its certificate names nobody")) }
    if let objection = objection(identity.commonName, identity.organizations) { return settle(.failed(objection)) }
    var buffer = context.channel.allocator.buffer(capacity: 128)
    PeerFrame.write(hello().encoded(), to: &buffer)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isSettled else {
      context.fireChannelRead(data)
      return
    }
    do {
      switch try PeerWelcome(decoding: unwrapInboundIn(data)) {
      case .accepted: settle(.welcome)
      case .refused(let reason, let standing): settle(.refused(reason, standing))
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
