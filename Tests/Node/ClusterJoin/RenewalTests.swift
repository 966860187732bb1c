import Access
import ClusterClient
import ClusterConfig
import ClusterJoin
import FoundationEssentials
import Glibc
import HTTPServer
import KubernetesAPI
import NIOCore
import PKI
import Testing

/// Certificates that are renewed while somebody uses them.
@Suite("Renewal of certificates", .serialized) struct RenewalTests {
  private static let host = ClusterConfig.Host(name: "n1", address: .init(192, 0, 2, 1), roles: [.kubelet, .proxy])

  private static func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private static func write(_ text: String, _ path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func aNodeRenewsItsCertificatesBeforeTheyEnd() async throws {
    try await JoinBench.run { bench in
      let options = bench.options()
      try await bench.join(options)
      let files = options.certificates.host("n1")
      let pairs = [files.client(.kubelet), files.kubeletServer, files.client(.proxy)]
      let before = try pairs.map { try Self.read($0.key) }
      // They hold for a year. Of others, nothing is needed: neither token nor administrator.
      try await BootstrapTokens(bench.admin).delete(id: bench.token.id)
      let renewal = CertificateRenewal(
        host: Self.host, certificates: files, server: bench.server, logger: quiet)
      #expect(await renewal.renew(now: Date() + 240 * 86_400, jitter: 0).isEmpty)
      #expect(await renewal.renew(now: Date() + 270 * 86_400, jitter: 1).isEmpty)
      #expect(await renewal.renew(now: Date() + 270 * 86_400, jitter: 0) == pairs.map(\.certificate))
      for (pair, old) in zip(pairs, before) {
        let key = try Self.read(pair.key)
        #expect(key != old, "a new key")
        #expect(try CertificateKey(pem: key).fits(Self.read(pair.certificate)))
        #expect(!FileManager.default.fileExists(atPath: pair.key + ".next"))
        #expect(!FileManager.default.fileExists(atPath: pair.certificate + ".next"))
        var status = stat()
        #expect(stat(pair.key, &status) == 0 && status.st_mode & 0o777 == 0o600)
      }
      let kubelet = try bench.client(of: .kubelet)
      _ = try await kubelet.list(CoreV1.Node.self)
      await kubelet.shutdown()
      #expect(try await bench.join(options).issued.isEmpty, "all is there")
    }
  }

  @Test func aPairThatWasLeftHalfwayIsCompleted() async throws {
    let folder = "/tmp/apus-renewal-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = HostCertificates(path: folder)
    let authority = try CertificateAuthority(name: "test", now: Date(), lifetime: 86_400)
    func pair() throws -> IssuedCertificate {
      try authority.issue(to: .init(commonName: "a"), for: .client, now: Date(), lifetime: 3600)
    }
    let (old, new) = (try pair(), try pair())
    let path = files.client(.kubelet)
    try FileManager.default.createDirectory(atPath: "\(folder)/kubelet", withIntermediateDirectories: true)
    try Self.write(old.certificatePEM, path.certificate)
    try Self.write(old.keyPEM, path.key)
    try Self.write(new.certificatePEM, path.certificate + ".next")
    let renewal = CertificateRenewal(host: Self.host, certificates: files, logger: quiet)
    renewal.complete()
    #expect(try Self.read(path.certificate) == old.certificatePEM, "the key is the old one: nothing has happened yet")
    try Self.write(new.keyPEM, path.key)
    renewal.complete()
    #expect(try Self.read(path.certificate) == new.certificatePEM)
    #expect(!FileManager.default.fileExists(atPath: path.certificate + ".next"))
  }

  /// Who the front-end sees changes with the files; not while a pair is not whole.
  @Test func aClientGoesByItsFilesAsTheyAre() async throws {
    try await JoinBench.run { bench in
      let options = bench.options()
      try await bench.join(options)
      let files = options.certificates.host("n1")
      let server = bench.server
      let client = ClusterClient(
        transport: try ReloadingTransport(kubeconfigFile: files.kubeconfig(.kubelet), interval: .zero) {
          $0.server = server
          $0.requestTimeout = .seconds(60)
        })
      func name() async throws -> String {
        try await client.create(AuthenticationV1.SelfSubjectReview()).status.userInfo.username
      }
      #expect(try await name() == "system:node:n1")
      try Self.write(Self.read(files.client(.proxy).key), files.client(.kubelet).key)
      #expect(try await name() == "system:node:n1", "the key does not fit the certificate: all is as it was")
      try Self.write(Self.read(files.client(.proxy).certificate), files.client(.kubelet).certificate)
      #expect(try await name() == "system:kube-proxy")
      try FileManager.default.removeItem(atPath: files.kubeconfig(.kubelet))
      #expect(try await name() == "system:kube-proxy")
      await client.shutdown()
    }
  }

  @Test func aServerShowsTheCertificateThatIsInItsFiles() async throws {
    let folder = "/tmp/apus-renewal-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let pair = CertificateFolder.Pair("\(folder)/server")
    let authorities = try ["one", "two"].map { try CertificateAuthority(name: $0, now: Date(), lifetime: 86_400) }
    func install(_ authority: CertificateAuthority, key: Bool = true, certificate: Bool = true) throws {
      let issued = try authority.issue(
        to: .init(commonName: "s"), for: .server, addresses: [.init(127, 0, 0, 1)], now: Date(), lifetime: 3600)
      if key { try Self.write(issued.keyPEM, pair.key) }
      if certificate { try Self.write(issued.certificatePEM, pair.certificate) }
    }
    try install(authorities[0])
    var configuration = HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))
    let tls = try ReloadingServerTLS(
      certificateFile: pair.certificate, privateKeyFile: pair.key, interval: .zero)
    configuration.tlsOfNewConnection = { tls.current() }
    let server = HTTPServer(configuration: configuration, logger: quiet) { _, writer in
      try await writer.respond(.ok, headers: ["content-type": "application/json"], body: ByteBuffer(string: "{}"))
    }
    let port = try await server.start()
    func isTrusted(by authority: CertificateAuthority) async throws -> Bool {
      let client = try ClusterClient(
        configuration: ClientConfiguration(
          server: "https://127.0.0.1:\(port)", certificateAuthority: Array(authority.root.certificatePEM.utf8),
          requestTimeout: .seconds(60)))
      let answer = try? await client.get(CoreV1.Node.self, name: "a")
      await client.shutdown()
      return answer != nil
    }
    #expect(try await isTrusted(by: authorities[0]))
    try install(authorities[1], certificate: false)
    #expect(try await isTrusted(by: authorities[0]), "a pair that is not whole is left for the next look")
    try install(authorities[1])
    #expect(try await isTrusted(by: authorities[1]))
    #expect(try await isTrusted(by: authorities[0]) == false)
    await server.shutdown()
  }
}
