import ClusterConfig
import EtcdAPI
import FreePorts
import GRPC
import NIOPosix
import NIOSSL
import StoreNode
import Testing

/// `apus store member replace` beside members that cannot help: stand-ins that answer what they are told to.
@Suite(.timeLimit(.minutes(1))) struct MemberReplaceTests {
  private static let url = "https://127.0.0.9:2380"

  /// One that knows no leader has done nothing: the next one is asked.
  @Test func itGoesOnAfterOneThatKnowsNoLeader() async throws {
    let noLeader = GRPCStatus(.unavailable, StoreError.noLeader.message)
    try await Self.with([noLeader, nil]) { cluster, asked in
      let replaced = try await MemberReplacement(cluster).run("s9", by: Self.url)
      #expect(replaced == "abc")
      #expect(asked.map(\.value) == [1, 1])
    }
    try await Self.with([noLeader, noLeader]) { cluster, asked in
      let failure = await #expect(throws: MemberCommands.Failure.self) {
        _ = try await MemberReplacement(cluster).run("s9", by: Self.url)
      }
      let text = failure?.description ?? ""
      #expect(text.contains("s1: etcdserver: no leader") && text.contains("s2: etcdserver: no leader"), "\(text)")
      #expect(asked.map(\.value) == [1, 1])
    }
  }

  /// One whose answer leaves open what has become of it is the last one: a second member must not be added.
  @Test(arguments: [
    GRPCStatus(.unavailable, "etcdserver: request timed out"),
    GRPCStatus(.failedPrecondition, "etcdserver: Peer URLs already exists"),
  ])
  func itStopsWhereSomethingMayHaveHappened(_ answer: GRPCStatus) async throws {
    try await Self.with([answer, nil]) { cluster, asked in
      let failure = await #expect(throws: MemberCommands.Failure.self) {
        _ = try await MemberReplacement(cluster).run("s9", by: Self.url)
      }
      #expect(failure?.description == "s1: \(answer.message)")
      #expect(asked.map(\.value) == [1, 0])
    }
  }

  // MARK: - Stand-ins

  /// - Parameter answers: what each refuses with; nil for one that adds the member abc.
  private static func with(
    _ answers: [GRPCStatus?], _ body: (TestCluster, [Counter]) async throws -> Void
  ) async throws {
    let cluster = try TestCluster(answers.count)
    let asked = answers.map { _ in Counter() }
    var servers: [GRPCServer] = []
    var failure: (any Error)?
    do {
      for (index, host) in cluster.config.hosts.enumerated() {
        let server = try Self.standIn(for: host, in: cluster, asked[index], answers[index])
        servers.append(server)
        try await FreePorts.whenFree {
          _ = try await server.bind(
            to: .tcp(host: host.address.description, port: Int(cluster.config.ports.storeClient)))
        }
      }
      try await body(cluster, asked)
    } catch {
      failure = error
    }
    for server in servers { await server.shutdown() }
    await cluster.remove()
    if let failure { throw failure }
  }

  private static func standIn(
    for host: ClusterConfig.Host, in cluster: TestCluster, _ asked: Counter, _ answer: GRPCStatus?
  ) throws -> GRPCServer {
    var router = GRPCRouter()
    router.unary(EtcdCall.Cluster.memberAdd) {
      (request: Etcdserverpb_MemberAddRequest, context) -> Etcdserverpb_MemberAddResponse in
      asked.increment()
      #expect(request.peerUrls == [Self.url] && context.metadata[EtcdServices.replacesKey] == "s9")
      if let answer { throw answer }
      var response = Etcdserverpb_MemberAddResponse()
      response.member.id = 0xabc
      return response
    }
    let files = cluster.certificates.host(host.name)
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(files.storeServer.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: files.storeServer.key, format: .pem)))
    tls.trustRoots = .file(files.trust(.storeClient))
    tls.certificateVerification = .noHostnameVerification
    tls.applicationProtocols = ["h2"]
    return GRPCServer(
      router: router, tls: try NIOSSLContext(configuration: tls), group: MultiThreadedEventLoopGroup.singleton,
      logger: TestCluster.logger)
  }
}
