import ClusterConfig
import NIOPosix
import RaftCore
import RaftTransport
import Synchronization
import Testing
import Waiting

/// Who is let in as whom: new members without a name, members that have left, hosts that ask who they are.
@Suite struct MemberIdentityTests {
  private typealias Base = RaftTransportTests

  private static func peer(_ id: MemberID, _ name: String, _ port: UInt16) -> Peer {
    Peer(id: id, name: name, address: Base.loopback, port: port)
  }

  /// Whoever comes first with the id of a member that has not told its name is it, unless it is another one.
  @Test func aMemberWithoutANameIsKnownByTheFirstCertificate() async throws {
    try await Base.withCertificates { folder in
      let (a, seenByA) = try Base.transport("a", id: 1, in: folder)
      let (b, seenByB) = try Base.transport("b", id: 2, in: folder)
      let (c, seenByC) = try Base.transport("c", id: 2, in: folder)
      let (portA, portB) = (try await a.listen(), try await b.listen())
      a.setPeers([Self.peer(2, "", portB)])
      b.setPeers([Self.peer(1, "a", portA)])
      try await seenByA.wait("a takes b for the new member") { $0.connected == [2] }
      try await seenByB.wait("and lets it in") { $0.connected == [1] }
      c.setPeers([Self.peer(1, "a", portA)])
      try await Task.sleep(for: .milliseconds(300))
      #expect(seenByC.seen.withLock { $0.connected.isEmpty }, "c came second")
      for transport in [a, b, c] { await transport.close() }
    }
  }

  @Test func aMemberWithoutANameIsNotOneThatHasAnother() async throws {
    try await Base.withCertificates { folder in
      let (a, _) = try Base.transport("a", id: 1, in: folder)
      let (b, seenByB) = try Base.transport("b", id: 3, in: folder)
      let port = try await a.listen()
      a.setPeers([Self.peer(2, "b", 1), Self.peer(3, "", 2)])
      b.setPeers([Self.peer(1, "a", port)])
      try await Task.sleep(for: .milliseconds(300))
      #expect(seenByB.seen.withLock { $0.connected.isEmpty })
      for transport in [a, b] { await transport.close() }
    }
  }

  /// Its connections end, and it is told why it gets no new ones.
  @Test func aMemberThatHasLeftIsToldSo() async throws {
    try await Base.withCertificates { folder in
      let (a, _) = try Base.transport("a", id: 1, in: folder)
      let port = try await a.listen()
      let listener = StandingWitness()
      let b = PeerTransport(
        configuration: .init(cluster: "lab", member: 2, address: Base.loopback, port: 0),
        credentials: try PeerCredentials(files: folder.host("b")), loop: MultiThreadedEventLoopGroup.singleton.next(),
        delegate: listener, logger: .init(label: "test"))
      let portB = try await b.listen()
      a.setPeers([Self.peer(2, "b", portB)])
      b.setPeers([Self.peer(1, "a", port)])
      try await listener.wait("they are connected") { $0.isConnected }
      a.setPeers([])
      try await listener.wait("it hears that it is a stranger") { $0.standings.contains(.stranger) }
      a.setPeers([], removed: [2])
      try await listener.wait("it hears that it was removed") { $0.standings.contains(.removed) }
      for transport in [a, b] { await transport.close() }
    }
  }

  /// A process of the old cluster is left over, and knows that a member of this id had left *its* cluster.
  @Test func anotherClusterDoesNotSayWhoHasLeft() async throws {
    try await Base.withCertificates { folder in
      let (a, _) = try Base.transport("a", id: 1, in: folder)
      a.establish(clusterID: 7)
      a.setPeers([], removed: [2])
      let port = try await a.listen()
      let listener = StandingWitness()
      let b = PeerTransport(
        configuration: .init(cluster: "lab", clusterID: 8, member: 2, address: Base.loopback, port: 0),
        credentials: try PeerCredentials(files: folder.host("b")), loop: MultiThreadedEventLoopGroup.singleton.next(),
        delegate: listener, logger: .init(label: "test"))
      b.setPeers([Self.peer(1, "a", port)])
      try await listener.wait("it is refused") { !$0.standings.isEmpty }
      #expect(listener.seen.withLock { !$0.standings.contains(.removed) })
      for transport in [a, b] { await transport.close() }
    }
  }

  @Test func aHostAsksWithoutBeingAMember() async throws {
    try await Base.withCertificates { folder in
      let listener = StandingWitness()
      var configuration = PeerTransport.Configuration(cluster: "lab", member: 1, address: Base.loopback, port: 0)
      // Who asks once is to be answered, however busy the machine is.
      configuration.handshakeTimeout = .seconds(60)
      let a = PeerTransport(
        configuration: configuration,
        credentials: try PeerCredentials(files: folder.host("a")), loop: MultiThreadedEventLoopGroup.singleton.next(),
        delegate: listener, logger: .init(label: "test"))
      let port = try await a.listen()
      var inquiry = PeerInquiry(
        cluster: "lab", credentials: try PeerCredentials(files: folder.host("c")),
        loop: MultiThreadedEventLoopGroup.singleton.next())
      inquiry.timeout = .seconds(60)
      #expect(await inquiry.ask([1, 2], address: Base.loopback, port: port) == [2, 1])
      #expect(await inquiry.ask([], address: Base.loopback, port: port) == nil, "no answer can be given")
      try await Base.withCertificates(cluster: "other") { foreign in
        var stranger = inquiry
        stranger.credentials = try PeerCredentials(files: foreign.host("c"))
        #expect(await stranger.ask([1, 2], address: Base.loopback, port: port) == nil)
      }
      await a.close()
      #expect(await inquiry.ask([1, 2], address: Base.loopback, port: port) == nil)
    }
  }
}

private final class StandingWitness: PeerTransportDelegate {
  struct Seen {
    var standings: Set<PeerStanding> = []
    var isConnected = false
  }
  let seen = Mutex(Seen())

  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream) {}
  func connected(to peer: MemberID) { seen.withLock { $0.isConnected = true } }
  func disconnected(from peer: MemberID) {}
  func refused(by peer: MemberID) {}
  func denied(by peer: MemberID, _ standing: PeerStanding) { seen.withLock { _ = $0.standings.insert(standing) } }
  func answer(_ question: [UInt8]) -> [UInt8]? { question.isEmpty ? nil : question.reversed() }

  func wait(_ what: String, until condition: (Seen) -> Bool) async throws {
    try await eventually(what) { seen.withLock { condition($0) } }
  }
}
