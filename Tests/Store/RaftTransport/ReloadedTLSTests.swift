import ClusterConfig
import FoundationEssentials
import Glibc
import Logging
import NIOPosix
import NIOSSL
import PKI
import RaftCore
import RaftTransport
import Synchronization
import Testing

/// Certificates that are renewed while they are used.
@Suite struct ReloadedTLSTests {
  /// What was logged as an error.
  private final class Errors: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(errors: self) } }

    private struct Handler: LogHandler {
      let errors: Errors
      var metadata: Logger.Metadata = [:]
      var logLevel = Logger.Level.info

      init(errors: Errors) { self.errors = errors }

      subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
      }

      func log(event: LogEvent) {
        guard event.level >= .error else { return }
        let line = "\(event.message) \(event.metadata?["error"].map { "\($0)" } ?? "")"
        errors.lines.withLock { $0.append(line) }
      }
    }
  }

  private static let config = ClusterConfig(
    name: "lab",
    hosts: ["a", "b", "c"].enumerated().map {
      .init(name: $1, address: .init(127, 0, 0, UInt8($0 + 1)), roles: [.store])
    })

  private static func makeMissing(in folder: CertificateFolder) throws {
    var certificates = ClusterCertificates(config: config, folder: folder)
    try certificates.makeAll()
  }

  @Test func renewedOnesAreTakenAndBrokenOnesAreNot() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let host = folder.host("a")
      let files = TLSFiles(host.storePeer, trust: host.trust(.storePeer))
      let errors = Errors()
      let tls = try ReloadedTLS<[UInt8]>(files) { try $0.chain[0].toDERBytes() }
      let first = tls.current
      tls.look(errors.logger)
      #expect(tls.current == first)

      // One look may fall between two writes.
      #expect(unlink(files.key) == 0)
      tls.look(errors.logger)
      #expect(tls.current == first && errors.all.isEmpty)
      tls.look(errors.logger)
      tls.look(errors.logger)
      #expect(tls.current == first)
      #expect(errors.all.count == 1 && errors.all[0].contains("\(files.key) is missing"), "\(errors.all)")

      try Data("rubbish".utf8).write(to: URL(filePath: files.certificate))
      for _ in 0..<3 { tls.look(errors.logger) }
      #expect(tls.current == first)
      #expect(errors.all.count == 2 && errors.all[1].contains("\(files.certificate) holds no certificate"))

      try Self.makeMissing(in: folder)
      tls.look(errors.logger)
      #expect(tls.current != first && errors.all.count == 2)
      let renewed = try NIOSSLCertificate.fromPEMFile(files.certificate)[0].toDERBytes()
      #expect(tls.current == renewed)
      tls.look(errors.logger)
      #expect(tls.current == renewed)
    }
  }

  /// All authorities are new ones: who has been running since before talks to who has just started.
  @Test func membersTalkByRenewedCertificates() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let credentials = try PeerCredentials(files: folder.host("a"))
      let seenByA = Witness()
      let a = PeerTransport(
        configuration: .init(cluster: "lab", member: 1, address: RaftTransportTests.loopback, port: 0),
        credentials: credentials, loop: MultiThreadedEventLoopGroup.singleton.next(), delegate: seenByA,
        logger: Logger(label: "test"))
      let portA = try await a.listen()
      try FileManager.default.removeItem(atPath: folder.path)
      try Self.makeMissing(in: folder)
      let (b, seenByB) = try RaftTransportTests.transport("b", id: 2, in: folder)
      let portB = try await b.listen()
      let peers = [
        Peer(id: 1, name: "a", address: RaftTransportTests.loopback, port: portA),
        Peer(id: 2, name: "b", address: RaftTransportTests.loopback, port: portB),
      ]
      a.setPeers(peers)
      b.setPeers(peers)
      let errors = Errors()
      credentials.look(errors.logger)
      #expect(errors.all.isEmpty)
      try await seenByA.wait("a reaches b") { $0.connected == [2] }
      try await seenByB.wait("b reaches a") { $0.connected == [1] }
      await a.close()
      await b.close()
    }
  }
}
