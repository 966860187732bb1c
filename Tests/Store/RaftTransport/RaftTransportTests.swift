import ClusterConfig
import FoundationEssentials
import Glibc
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import PKI
import RaftCore
import RaftTransport
import Synchronization
import Testing
import Waiting

/// Notes what the transport tells, and lets a test wait for it.
final class Witness: PeerTransportDelegate {
  struct Seen: Equatable {
    var frames: [[UInt8]] = []
    var connected: Set<MemberID> = []
    var disconnects = 0
    var refusals = 0
  }
  let seen = Mutex(Seen())
  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream) {
    seen.withLock { $0.frames.append(frame) }
  }
  func connected(to peer: MemberID) { seen.withLock { _ = $0.connected.insert(peer) } }
  func disconnected(from peer: MemberID) { seen.withLock { $0.disconnects += 1 } }
  func refused(by peer: MemberID) { seen.withLock { $0.refusals += 1 } }

  func wait(_ what: String, until condition: (Seen) -> Bool) async throws {
    try await eventually(what) { seen.withLock { condition($0) } }
  }
}

/// Keeps the pieces of snapshots apart, as they come.
private final class PieceWitness: PeerTransportDelegate {
  let pieces = Mutex<[UncheckedFrame]>([])
  let messages = Mutex<[[UInt8]]>([])
  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream) {
    messages.withLock { $0.append(frame) }
  }
  func received(unchecked frame: UncheckedFrame, from peer: MemberID) { pieces.withLock { $0.append(frame) } }
  func connected(to peer: MemberID) {}
  func disconnected(from peer: MemberID) {}
  func refused(by peer: MemberID) {}
}

@Suite struct RaftTransportTests {
  static let loopback = IPv4Address(127, 0, 0, 1)

  static func withCertificates(
    cluster: String = "lab", _ body: (CertificateFolder) async throws -> Void
  ) async throws {
    let path = "/tmp/apus-peer-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let config = ClusterConfig(
      name: cluster,
      hosts: ["a", "b", "c"].enumerated().map {
        .init(name: $1, address: .init(127, 0, 0, UInt8($0 + 1)), roles: [.store])
      })
    var certificates = ClusterCertificates(config: config, folder: CertificateFolder(path: path))
    try certificates.makeAll()
    try await body(CertificateFolder(path: path))
  }

  static func transport(
    _ name: String, id: MemberID, in folder: CertificateFolder, cluster: String = "lab", clusterID: UInt64? = nil,
    port: UInt16 = 0
  ) throws -> (PeerTransport, Witness) {
    let witness = Witness()
    var configuration = PeerTransport.Configuration(
      cluster: cluster, clusterID: clusterID, member: id, address: loopback, port: port)
    // What was sent to a member that gets no time on the processor is not given up.
    configuration.sendTimeout = .seconds(60)
    let transport = PeerTransport(
      configuration: configuration,
      credentials: try PeerCredentials(files: folder.host(name)),
      loop: MultiThreadedEventLoopGroup.singleton.next(), delegate: witness, logger: Logger(label: "test"))
    return (transport, witness)
  }

  @Test func framesArriveWholeAndInOrder() async throws {
    try await Self.withCertificates { folder in
      let (a, seenByA) = try Self.transport("a", id: 1, in: folder)
      let (b, seenByB) = try Self.transport("b", id: 2, in: folder)
      let (portA, portB) = (try await a.listen(), try await b.listen())
      let peers = [
        Peer(id: 1, name: "a", address: Self.loopback, port: portA),
        Peer(id: 2, name: "b", address: Self.loopback, port: portB),
      ]
      a.setPeers(peers)
      b.setPeers(peers)
      try await seenByA.wait("a reaches b") { $0.connected == [2] }
      try await seenByB.wait("b reaches a") { $0.connected == [1] }
      let frames = (0..<200).map { [UInt8](repeating: UInt8($0), count: $0 * 300) }
      a.send(frames, to: 2)
      try await seenByB.wait("all frames arrive") { $0.frames == frames }
      await a.close()
      try await seenByB.wait("b notices that a is gone, and that nobody listens there") {
        $0.disconnects == 1 && $0.refusals > 0
      }
      await b.close()
    }
  }

  /// The pieces of snapshots are not checked on the loop that heartbeats come in on, but by whoever gets them.
  @Test func piecesOfSnapshotsAreLeftToBeChecked() async throws {
    try await Self.withCertificates { folder in
      let (a, seenByA) = try Self.transport("a", id: 1, in: folder)
      let inbox = PieceWitness()
      let b = PeerTransport(
        configuration: .init(cluster: "lab", member: 2, address: Self.loopback, port: 0),
        credentials: try PeerCredentials(files: folder.host("b")),
        loop: MultiThreadedEventLoopGroup.singleton.next(), delegate: inbox, logger: Logger(label: "test"))
      let portB = try await b.listen()
      let peers = [
        Peer(id: 1, name: "a", address: Self.loopback, port: 1),
        Peer(id: 2, name: "b", address: Self.loopback, port: portB),
      ]
      b.setPeers(peers)
      a.setPeers(peers)
      try await seenByA.wait("a reaches b") { $0.connected == [2] }
      let pieces = (1...20).map { [UInt8](repeating: UInt8($0), count: $0 * 5000) }
      // The connection for snapshots may stand later than the other one.
      try await eventually("pieces arrive") {
        if inbox.pieces.withLock({ $0.isEmpty }) { a.send([[0]], to: 2, on: .snapshots) }
        return inbox.pieces.withLock { !$0.isEmpty }
      }
      a.send(pieces, to: 2, on: .snapshots)
      a.send([[7]], to: 2)
      try await eventually("all arrive") { inbox.pieces.withLock { $0.last?.count == 100_000 } }
      try await eventually("a message arrives") { inbox.messages.withLock { $0 == [[7]] } }
      let payloads = inbox.pieces.withLock { $0.map { $0.checked().map(Array.init) } }
      #expect(Array(payloads.suffix(20)) == pieces)
      for place in [4, 7, 8, 20] {
        var buffer = ByteBuffer()
        PeerFrame.write(pieces[0], to: &buffer)
        var bytes = Array(buffer.readableBytesView)
        #expect(UncheckedFrame(bytes).checked().map(Array.init) == pieces[0])
        bytes[place] ^= 1
        #expect(UncheckedFrame(bytes).checked() == nil)
      }
      await a.close()
      await b.close()
    }
  }

  @Test func aWrongNameIsNoPeer() async throws {
    try await Self.withCertificates { folder in
      // c's certificate, but a's id: b must not take it for a.
      let (impostor, seenByImpostor) = try Self.transport("c", id: 1, in: folder)
      let (b, seenByB) = try Self.transport("b", id: 2, in: folder)
      let port = try await b.listen()
      b.setPeers([Peer(id: 1, name: "a", address: Self.loopback, port: 1)])
      impostor.setPeers([Peer(id: 2, name: "b", address: Self.loopback, port: port)])
      try await Task.sleep(for: .milliseconds(300))
      impostor.send([[1, 2, 3]], to: 2)
      try await Task.sleep(for: .milliseconds(100))
      #expect(seenByImpostor.seen.withLock { $0.connected.isEmpty })
      #expect(seenByB.seen.withLock { $0.frames.isEmpty })
      await impostor.close()
      await b.close()
    }
  }

  /// Same name, same certificates, other cluster: neither side gets through to the other.
  @Test func membersOfAClusterRestoredFromABackupRefuseThoseOfTheOldOne() async throws {
    try await Self.withCertificates { folder in
      let (old, seenByOld) = try Self.transport("a", id: 1, in: folder, clusterID: 7)
      let (new, seenByNew) = try Self.transport("b", id: 2, in: folder, clusterID: 8)
      let (third, seenByThird) = try Self.transport("c", id: 3, in: folder, clusterID: 8)
      try await Self.introduce([(1, "a", old), (2, "b", new), (3, "c", third)])
      try await seenByNew.wait("b reaches c") { $0.connected == [3] }
      try await seenByThird.wait("c reaches b") { $0.connected == [2] }
      for _ in 0..<20 {
        old.send([[1]], to: 2)
        new.send([[2]], to: 1)
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(seenByOld.seen.withLock { $0.connected.isEmpty && $0.frames.isEmpty })
      #expect(seenByNew.seen.withLock { $0.connected == [3] && $0.frames.isEmpty })
      for transport in [old, new, third] { await transport.close() }
    }
  }

  /// One that does not know its cluster may ask members of any. Once it knows, it is held to it: connections with
  /// members of another cluster end, and those with its own go on.
  @Test func aMemberThatLearnsItsClusterIsHeldToIt() async throws {
    try await Self.withCertificates { folder in
      let (empty, seenByEmpty) = try Self.transport("a", id: 1, in: folder)
      let (own, seenByOwn) = try Self.transport("b", id: 2, in: folder, clusterID: 8)
      let (other, seenByOther) = try Self.transport("c", id: 3, in: folder, clusterID: 9)
      try await Self.introduce([(1, "a", empty), (2, "b", own), (3, "c", other)])
      try await seenByEmpty.wait("it may ask both") { $0.connected == [2, 3] }
      try await seenByOwn.wait("its own answers") { $0.connected == [1] }
      try await seenByOther.wait("the other one answers too") { $0.connected == [1] }
      empty.establish(clusterID: 8)
      try await seenByOther.wait("the other one's connection ends") { $0.disconnects > 0 }
      let frame: [UInt8] = [42]
      try await eventually("it gets through to its own cluster") {
        empty.send([frame], to: 2)
        return seenByOwn.seen.withLock { !$0.frames.isEmpty }
      }
      own.send([frame], to: 1)
      try await seenByEmpty.wait("its own cluster gets through") { $0.frames.contains(frame) }
      for _ in 0..<20 {
        other.send([[9]], to: 1)
        empty.send([[9]], to: 3)
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(seenByEmpty.seen.withLock { !$0.frames.contains([9]) })
      #expect(seenByOther.seen.withLock { $0.frames.isEmpty })
      for transport in [empty, own, other] { await transport.close() }
    }
  }

  /// Lets them listen and tells each of all.
  private static func introduce(_ members: [(id: MemberID, name: String, transport: PeerTransport)]) async throws {
    var peers: [Peer] = []
    for member in members {
      peers.append(
        Peer(id: member.id, name: member.name, address: loopback, port: try await member.transport.listen()))
    }
    for member in members { member.transport.setPeers(peers) }
  }

  @Test func anotherClustersAuthorityIsNotTrusted() async throws {
    try await Self.withCertificates { folder in
      try await Self.withCertificates(cluster: "other") { foreign in
        let (stranger, seenByStranger) = try Self.transport("a", id: 1, in: foreign, cluster: "lab")
        let (b, _) = try Self.transport("b", id: 2, in: folder)
        let port = try await b.listen()
        b.setPeers([Peer(id: 1, name: "a", address: Self.loopback, port: 1)])
        stranger.setPeers([Peer(id: 2, name: "b", address: Self.loopback, port: port)])
        try await Task.sleep(for: .milliseconds(300))
        #expect(seenByStranger.seen.withLock { $0.connected.isEmpty })
        await stranger.close()
        await b.close()
      }
    }
  }

  /// Bytes that are no TLS, TLS without a certificate, and TLS followed by a garbage frame: the listener lives on.
  @Test func garbageOnThePortHurtsNobody() async throws {
    try await Self.withCertificates { folder in
      let (a, seenByA) = try Self.transport("a", id: 1, in: folder)
      let (b, seenByB) = try Self.transport("b", id: 2, in: folder)
      let (portA, portB) = (try await a.listen(), try await b.listen())
      for bytes in [[UInt8]("GET / HTTP/1.1\r\n\r\n".utf8), [UInt8](repeating: 0xff, count: 4096), [0x16, 3, 1, 0xff]] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(host: "127.0.0.1", port: Int(portB)).get()
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        try await channel.closeFuture.get()
      }
      try await Self.sendGarbageFrame(as: folder.host("a"), to: portB)
      let peers = [
        Peer(id: 1, name: "a", address: Self.loopback, port: portA),
        Peer(id: 2, name: "b", address: Self.loopback, port: portB),
      ]
      b.setPeers(peers)
      a.setPeers(peers)
      try await seenByA.wait("a reaches b after all that") { $0.connected == [2] }
      a.send([[42]], to: 2)
      try await seenByB.wait("the frame arrives") { $0.frames == [[42]] }
      await a.close()
      await b.close()
    }
  }

  private static func sendGarbageFrame(as files: HostCertificates, to port: UInt16) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(files.storePeer.certificate).map { .certificate($0) }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.storePeer.key, format: .pem))
    tls.trustRoots = .file(files.trust(.storePeer))
    tls.certificateVerification = .noHostnameVerification
    let context = try NIOSSLContext(configuration: tls)
    for garbage in [[UInt8](repeating: 0xee, count: 64), [4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]] {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          }
        }.connect(host: "127.0.0.1", port: Int(port)).get()
      try? await channel.writeAndFlush(ByteBuffer(bytes: garbage)).get()
      try? await channel.closeFuture.get()
    }
  }
}
