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
    /// The cluster's id; nil while this member does not know it (its disk is empty): then peers of any cluster of this
    /// name may talk to it, and it must say nothing but ask, until ``PeerTransport/establish(clusterID:)``.
    package var clusterID: UInt64?
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

    package init(
      cluster: String, clusterID: UInt64? = nil, member: MemberID, address: IPv4Address, port: UInt16
    ) {
      self.cluster = cluster
      self.clusterID = clusterID
      self.member = member
      self.address = address
      self.port = port
    }
  }

  struct LinkKey: Hashable {
    var peer: MemberID
    var stream: PeerStream
  }

  struct State {
    var peers: [MemberID: Peer] = [:]
    var links: [LinkKey: PeerLink] = [:]
    var listener: (any Channel)?
    /// The connections of others, with the cluster's id that they named (zero: they ask for it).
    var accepted: [ObjectIdentifier: (channel: any Channel, clusterID: UInt64, member: MemberID)] = [:]
    /// Who has left the cluster for good.
    var removed: Set<MemberID> = []
    /// By which names those were met whose names nobody has told yet.
    var names: [MemberID: String] = [:]
    var clusterID: UInt64?
    /// When a refusal was last logged, by its text.
    var refusals: [String: NIODeadline] = [:]
    var isClosed = false
  }

  let configuration: Configuration
  private let credentials: PeerCredentials
  private let loop: any EventLoop
  private let bulkLoop: any EventLoop
  private let logger: Logger
  private let delegate: any PeerTransportDelegate
  let state = Mutex(State())

  /// - Parameters:
  ///   - loop: for all connections but those of the next.
  ///   - bulkLoop: for snapshots that are sent, so that they hold up no other message; nil for the same.
  package init(
    configuration: Configuration, credentials: PeerCredentials, loop: any EventLoop,
    bulkLoop: (any EventLoop)? = nil, delegate: any PeerTransportDelegate, logger: Logger
  ) {
    self.configuration = configuration
    self.credentials = credentials
    self.loop = loop
    self.bulkLoop = bulkLoop ?? loop
    self.delegate = delegate
    self.logger = logger
    state.withLock { $0.clusterID = configuration.clusterID }
  }

  /// From here on this member belongs to the cluster of this id: it says so on new connections, and those of members of
  /// another one end.
  package func establish(clusterID: UInt64) {
    let (links, strangers) = state.withLock { state -> ([PeerLink], [any Channel]) in
      guard state.clusterID != clusterID else { return ([], []) }
      state.clusterID = clusterID
      let strangers = state.accepted.values.filter { $0.clusterID != 0 && $0.clusterID != clusterID }
      return (Array(state.links.values), strangers.map(\.channel))
    }
    for link in links { link.redial() }
    for channel in strangers { channel.close(promise: nil) }
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
        let key = ObjectIdentifier(channel)
        return channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLServerHandler(context: credentials.server))
          let decoding = PeerFrameDecoder.Mode()
          try operations.addHandler(ByteToMessageHandler(PeerFrameDecoder(mode: decoding)))
          try operations.addHandler(
            PeerAcceptHandler(
              timeout: self.configuration.handshakeTimeout, logger: self.logger, decoding: decoding,
              admission: { hello, name, organizations in self.admit(hello, name, organizations, on: key) },
              deliver: { self.deliver($0, from: $1, on: $2) }, reply: { self.delegate.answer($0) }))
          self.track(channel)
        }
      }
    let listener = try await bootstrap.listen(host: configuration.address.description, port: Int(configuration.port))
    state.withLock { $0.listener = listener }
    return UInt16(listener.localAddress?.port ?? Int(configuration.port))
  }

  /// Sets who the other members are: dials those that are new, drops those that are gone. Its own id is passed over.
  /// The name of a member may be empty, when it has not told it yet: then the first one counts that it is met by.
  ///
  /// - Parameter removed: who has left for good, and is told so.
  package func setPeers(_ peers: [Peer], removed: Set<MemberID> = []) {
    let others = peers.filter { $0.id != configuration.member }
    let (started, ended, strangers) = state.withLock { state -> ([PeerLink], [PeerLink], [any Channel]) in
      guard !state.isClosed else { return ([], [], []) }
      state.removed = removed
      let strangers = state.accepted.values
        .filter { accepted in accepted.member != 0 && !others.contains { $0.id == accepted.member } }.map(\.channel)
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
      return (started, ended, strangers)
    }
    for channel in strangers { channel.close(promise: nil) }
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
      return (Array(state.links.values), state.listener, state.accepted.values.map(\.channel))
    }
    try? await listener?.close()
    for link in links { try? await link.close().get() }
    for channel in accepted { try? await channel.close() }
  }

  private func makeLink(_ peer: Peer, _ stream: PeerStream) -> PeerLink {
    let delegate = delegate
    return PeerLink(
      peer: peer, stream: stream, loop: stream == .snapshots ? bulkLoop : loop, configuration: configuration,
      credentials: credentials,
      clusterID: { [weak self] in self?.state.withLock { $0.clusterID } ?? 0 },
      objection: { [weak self] name, clusters in self?.objection(to: name, clusters, at: peer) }, logger: logger
    ) { event in
      guard stream == .messages else { return }
      switch event {
      case .connected: delegate.connected(to: peer.id)
      case .disconnected: delegate.disconnected(from: peer.id)
      case .refused: delegate.refused(by: peer.id)
      case .denied(let standing): delegate.denied(by: peer.id, standing)
      }
    }
  }

  private func deliver(_ frame: [UInt8], from member: MemberID, on stream: PeerStream) {
    switch stream {
    case .messages: delegate.received(frame, from: member, on: stream)
    case .snapshots: delegate.received(unchecked: UncheckedFrame(frame), from: member)
    }
  }

  private func track(_ channel: any Channel) {
    let key = ObjectIdentifier(channel)
    state.withLock { $0.accepted[key] = (channel, 0, 0) }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.accepted[key] = nil } }
  }

  private func admit(
    _ hello: PeerHello, _ name: String, _ organizations: [String], on key: ObjectIdentifier
  ) -> PeerAcceptHandler.Refusal? {
    // In one step with the look at the own id: see `establish(clusterID:)`.
    let isOfAnotherCluster = state.withLock { state in
      guard let own = state.clusterID, hello.clusterID != 0, hello.clusterID != own else {
        state.accepted[key]?.clusterID = hello.clusterID
        state.accepted[key]?.member = hello.from
        return false
      }
      return true
    }
    // Which cluster comes first: what is known of a member (that it was removed) is known of this cluster's.
    let refusal =
      otherName(hello, name, organizations)
      ?? (isOfAnotherCluster ? (otherCluster(hello, name), .unknown) : objection(to: hello, name, organizations))
    if refusal?.1 == .stranger { delegate.met(stranger: hello.from) }
    return refusal.map { reason, standing in
      let now = NIODeadline.now()
      let isOld = state.withLock { state in
        if let last = state.refusals[reason], now - last < .seconds(30) { return true }
        if state.refusals.count >= 100 { state.refusals = [:] }
        state.refusals[reason] = now
        return false
      }
      return .init(reason: reason, standing: standing, isOld: isOld)
    }
  }

  private func otherCluster(_ hello: PeerHello, _ name: String) -> String {
    let own = state.withLock { $0.clusterID } ?? 0
    return """
      \(name) belongs to the cluster \(hello.cluster) with the id \(String(hello.clusterID, radix: 16)), this member \
      to the one with the id \(String(own, radix: 16)): one of them was restored from a backup and the other was not, \
      or from another one (docs/backup.md), or they began with different hosts in their cluster files
      """
  }

  private func otherName(
    _ hello: PeerHello, _ name: String, _ organizations: [String]
  ) -> (String, PeerStanding)? {
    guard hello.cluster == configuration.cluster, organizations.contains(configuration.cluster) else {
      return ("\(name) belongs to the cluster \(hello.cluster) and not to \(configuration.cluster)", .unknown)
    }
    return nil
  }

  private func objection(
    to hello: PeerHello, _ name: String, _ organizations: [String]
  ) -> (String, PeerStanding)? {
    if hello.isGuest { return nil }
    // Whoever is meant: who has left is to know.
    let (peer, isRemoved) = state.withLock { ($0.peers[hello.from], $0.removed.contains(hello.from)) }
    if isRemoved { return ("\(name) (\(String(hello.from, radix: 16))) was removed from the cluster", .removed) }
    guard hello.to == configuration.member else {
      return (
        "\(name) looks for the member \(String(hello.to, radix: 16)), this is \(String(configuration.member, radix: 16))",
        .unknown
      )
    }
    guard let peer else { return ("\(name) (\(String(hello.from, radix: 16))) is not a member", .stranger) }
    return objection(to: name, organizations, at: peer).map { ($0, .unknown) }
  }
}
