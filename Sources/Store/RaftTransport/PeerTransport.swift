package import ClusterConfig
import Listening
package import Logging
package import NIOCore
import NIOPosix
import NIOSSL
package import RaftCore
import Synchronization

/// The streams between the members of a store: mutual TLS 1.3, one connection a direction and stream.
///
/// Delivery is at most once and in order on one connection, nothing more. A member is known by its certificate:
/// common name and organization must be the member's name and the cluster's.
package final class PeerTransport: Sendable {
  package struct Configuration: Sendable {
    /// The cluster's name.
    package var cluster: String
    /// This member.
    package var member: MemberID
    /// Where to listen.
    package var address: IPv4Address
    /// Zero for any free one.
    package var port: UInt16
    /// Default 1 s.
    package var connectTimeout: TimeAmount = .seconds(1)
    /// How long an accepted connection may take to become a peer's. Default 5 s.
    package var handshakeTimeout: TimeAmount = .seconds(5)
    /// How long sent bytes may stay unacknowledged. Default 3 s.
    package var sendTimeout: TimeAmount = .seconds(3)
    /// The wait before the first new attempt, doubled each time. Default 25 ms.
    package var firstRetry: TimeAmount = .milliseconds(25)
    /// The longest wait between attempts. Default 500 ms.
    package var longestRetry: TimeAmount = .milliseconds(500)
    /// Bytes that wait for one connection; what is more is dropped. Default 64 MiB.
    package var largestQueue: Int = 64 << 20

    package init(cluster: String, member: MemberID, address: IPv4Address, port: UInt16) {
      self.cluster = cluster
      self.member = member
      self.address = address
      self.port = port
    }
  }

  private struct LinkKey: Hashable {
    var peer: MemberID
    var stream: PeerStream
  }

  private struct State {
    var peers: [MemberID: Peer] = [:]
    var links: [LinkKey: PeerLink] = [:]
    var listener: (any Channel)?
    var accepted: [ObjectIdentifier: any Channel] = [:]
    var isClosed = false
  }

  private let configuration: Configuration
  private let credentials: PeerCredentials
  private let loop: any EventLoop
  private let logger: Logger
  private let delegate: any PeerTransportDelegate
  private let state = Mutex(State())

  package init(
    configuration: Configuration, credentials: PeerCredentials, loop: any EventLoop,
    delegate: any PeerTransportDelegate,
    logger: Logger
  ) {
    self.configuration = configuration
    self.credentials = credentials
    self.loop = loop
    self.delegate = delegate
    self.logger = logger
  }

  /// Starts to listen. Throws when the address cannot be had.
  ///
  /// - Returns: the port.
  @discardableResult
  package func listen() async throws -> UInt16 {
    let credentials = credentials
    let bootstrap = ServerBootstrap(group: loop)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLServerHandler(context: credentials.server))
          try operations.addHandler(ByteToMessageHandler(PeerFrameDecoder()))
          try operations.addHandler(
            PeerAcceptHandler(
              timeout: self.configuration.handshakeTimeout, logger: self.logger,
              admission: { hello, name, organizations in self.objection(to: hello, name, organizations) },
              deliver: { self.delegate.received($0, from: $1, on: $2) }))
          self.track(channel)
        }
      }
    let listener = try await bootstrap.listen(host: configuration.address.description, port: Int(configuration.port))
    state.withLock { $0.listener = listener }
    return UInt16(listener.localAddress?.port ?? Int(configuration.port))
  }

  /// Sets who the other members are: dials those that are new, drops those that are gone. Its own id is passed over.
  package func setPeers(_ peers: [Peer]) {
    let others = peers.filter { $0.id != configuration.member }
    let (started, ended) = state.withLock { state -> ([PeerLink], [PeerLink]) in
      guard !state.isClosed else { return ([], []) }
      var started: [PeerLink] = []
      var ended: [PeerLink] = []
      for (key, link) in state.links where !others.contains(where: { $0 == state.peers[key.peer] }) {
        ended.append(link)
        state.links[key] = nil
      }
      state.peers = Dictionary(uniqueKeysWithValues: others.map { ($0.id, $0) })
      for peer in others {
        for stream in PeerStream.allCases where state.links[LinkKey(peer: peer.id, stream: stream)] == nil {
          let link = makeLink(peer, stream)
          state.links[LinkKey(peer: peer.id, stream: stream)] = link
          started.append(link)
        }
      }
      return (started, ended)
    }
    for link in ended { _ = link.close() }
    for link in started { link.start() }
  }

  /// Queues frames for a peer, in order; they are dropped while there is no connection.
  package func send(_ frames: [[UInt8]], to peer: MemberID, on stream: PeerStream = .messages) {
    state.withLock { $0.links[LinkKey(peer: peer, stream: stream)] }?.send(frames)
  }

  /// Ends every connection and stops listening.
  package func close() async {
    let (links, listener, accepted) = state.withLock { state in
      defer {
        state.isClosed = true
        state.links = [:]
        state.listener = nil
      }
      return (Array(state.links.values), state.listener, Array(state.accepted.values))
    }
    try? await listener?.close()
    for link in links { try? await link.close().get() }
    for channel in accepted { try? await channel.close() }
  }

  private func makeLink(_ peer: Peer, _ stream: PeerStream) -> PeerLink {
    let delegate = delegate
    return PeerLink(
      peer: peer, stream: stream, loop: loop, configuration: configuration, credentials: credentials, logger: logger
    ) { event in
      guard stream == .messages else { return }
      switch event {
      case .connected: delegate.connected(to: peer.id)
      case .disconnected: delegate.disconnected(from: peer.id)
      case .refused: delegate.refused(by: peer.id)
      }
    }
  }

  private func track(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    state.withLock { $0.accepted[key] = channel }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.accepted[key] = nil } }
  }

  private func objection(to hello: PeerHello, _ name: String, _ organizations: [String]) -> String? {
    guard hello.cluster == configuration.cluster, organizations.contains(configuration.cluster) else {
      return "\(name) belongs to the cluster \(hello.cluster) and not to \(configuration.cluster)"
    }
    guard hello.to == configuration.member else {
      return
        "\(name) looks for the member \(String(hello.to, radix: 16)), this is \(String(configuration.member, radix: 16))"
    }
    guard let peer = state.withLock({ $0.peers[hello.from] }) else {
      return "\(name) (\(String(hello.from, radix: 16))) is not a member"
    }
    guard peer.name == name else { return "the certificate is \(name)'s, the hello is \(peer.name)'s" }
    return nil
  }
}
