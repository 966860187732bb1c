import ClusterConfig
import EtcdAPI
import Foundation
import GRPC
import Identities
import NIOPosix
import NIOSSL
import PKI
import StoreClient
import Testing
import Waiting

/// Access control in a cluster of three over TLS: the names in certificates are users.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(5)))
struct AuthClusterTests {
  func withCluster(_ count: Int, _ body: (TestCluster) async throws -> Void) async throws {
    let cluster = try TestCluster(count)
    cluster.start()
    do {
      try await cluster.untilAnswered(["get", "none"], prints: "")
      try await body(cluster)
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }

  @Test func aCertificatesNameIsAUserAndATokenWins() async throws {
    try await withCluster(3) { cluster in
      // The administrator's certificate names root.
      for command in [
        "user add root:rootpw", "user grant-role root root", "role add registry",
        "role grant-permission registry readwrite /registry/ --prefix", "user add apiserver-one --no-password",
        "user grant-role apiserver-one registry", "user add alice:apw", "user grant-role alice registry",
      ] {
        let outcome = try await cluster.etcdctl(command.split(separator: " ").map(String.init))
        #expect(outcome.code == 0, "\(command): \(outcome.output)")
      }
      let apiserver = try cluster.issue(to: "apiserver-one")
      let stranger = try cluster.issue(to: "stranger")
      #expect(try await cluster.etcdctl(["put", "/registry/a", "1"], as: stranger).output == "OK\n")
      #expect(try await cluster.etcdctl(["auth", "enable"]).output == "Authentication Enabled\n")

      // On every replica, by its own certificate.
      for name in cluster.names {
        #expect(
          try await cluster.etcdctl(["put", "/registry/a", "2"], endpoints: [name], as: apiserver).output == "OK\n")
        let other = try await cluster.etcdctl(["put", "/other", "2"], endpoints: [name], as: apiserver)
        #expect(other.code != 0 && other.output.contains("etcdserver: permission denied"), "\(other.output)")
        let unknown = try await cluster.etcdctl(["get", "/registry/a"], endpoints: [name], as: stranger)
        #expect(unknown.code != 0 && unknown.output.contains("etcdserver: permission denied"), "\(unknown.output)")
        #expect(try await cluster.etcdctl(["put", "/other", "3"], endpoints: [name]).output == "OK\n")
        // A name without a user has no rights, and a token has those of its user.
        let token = try await cluster.etcdctl(
          ["--user", "alice:apw", "get", "/registry/a"], endpoints: [name], as: stranger)
        #expect(token.output == "/registry/a\n2\n")
        let denied = try await cluster.etcdctl(["--user", "alice:apw", "put", "/other", "4"], endpoints: [name])
        #expect(denied.output.contains("etcdserver: permission denied"), "\(denied.output)")
        let admin = try await cluster.etcdctl(["user", "list"], endpoints: [name], as: stranger)
        #expect(admin.output.contains("etcdserver: user name not found"), "\(admin.output)")
      }
      // A token of one is good at the others.
      let alice = try await cluster.connected(to: "s1", as: stranger) { calls in
        try await calls.authenticate("alice", "apw").token
      }
      for name in cluster.names {
        try await cluster.connected(to: name, as: stranger) { calls in
          #expect(await AuthCalls(connection: calls.connection, token: alice).put("/registry/a") == nil)
          #expect(await AuthCalls(connection: calls.connection, token: alice).put("/other") == .permissionDenied)
        }
      }
      #expect(try await cluster.etcdctl(["put", "/registry/a", "2"]).output == "OK\n")

      // It holds over the end of the leader and of all replicas.
      for name in cluster.names {
        await cluster.stop(name)
        cluster.start([name])
        try await cluster.untilAnswered(["get", "/other"], prints: "/other\n3\n")
        let other = try await cluster.etcdctl(["put", "/other", "2"], as: apiserver)
        #expect(other.output.contains("etcdserver: permission denied"), "\(other.output)")
      }
      for name in cluster.names { await cluster.stop(name) }
      cluster.start()
      // From the first answer on: a replica that has just started does not take its users for nobody.
      try await cluster.untilAnswered(["get", "/registry/a"], prints: "/registry/a\n2\n", as: apiserver)
      let unknown = try await cluster.etcdctl(["get", "/registry/a"], as: stranger)
      #expect(unknown.output.contains("etcdserver: permission denied"), "\(unknown.output)")
      #expect(try await cluster.etcdctl(["auth", "disable"]).output == "Authentication Disabled\n")
      #expect(try await cluster.etcdctl(["get", "/registry/a"], as: stranger).output == "/registry/a\n2\n")
    }
  }
}

extension AuthClusterTests {
  /// What docs/design/store-auth.md tells an operator, with the client of the front-ends at work all the while.
  @Test func frontEndsGoOnWhenItIsSwitchedOn() async throws {
    try await withCluster(3) { cluster in
      let client = try cluster.client(as: try cluster.issue(to: "apiserver-one"))
      _ = try await put(client, "/registry/a", "1")
      var request = Etcdserverpb_WatchCreateRequest()
      request.key = Data("/registry/".utf8)
      request.rangeEnd = Data("/registry0".utf8)
      let watch = client.watch(request)
      let responses = watch.makeAsyncIterator()
      #expect(try await responses.next()?.created == true)
      for command in [
        "user add root --no-password", "user grant-role root root", "role add registry",
        "role grant-permission registry readwrite /registry/ --prefix",
        "role grant-permission registry readwrite compact_rev_key", "role grant-permission registry read ''",
        "user add apiserver-one --no-password", "user grant-role apiserver-one registry", "auth enable",
      ] {
        let words = command.split(separator: " ").map { $0 == "''" ? "" : String($0) }
        let outcome = try await cluster.etcdctl(words)
        #expect(outcome.code == 0, "\(command): \(outcome.output)")
      }
      let revision = try await put(client, "/registry/b", "1")
      #expect(try await responses.next()?.events.first?.kv.modRevision == revision)
      #expect(try await client.currentRevision() >= revision)
      let lease = try await client.leaseGrant(timeToLive: 60)
      #expect(try await client.leaseRenew(id: lease.id) == 60)
      _ = try await put(client, "compact_rev_key", "\(revision)")
      var compaction = Etcdserverpb_CompactionRequest()
      compaction.revision = revision
      _ = try await client.compact(compaction)
      #expect(try await client.status(endpoint: 0).leader != 0)
      await #expect(throws: StoreClientError.self) { try await put(client, "/other", "1") }
      // The watch is made anew, at another replica, with its user's rights.
      for name in cluster.names {
        await cluster.stop(name)
        let revision = try await put(client, "/registry/\(name)", "1")
        var seen: Int64 = 0
        while seen < revision { seen = try await responses.next()?.events.last?.kv.modRevision ?? seen }
        #expect(seen == revision)
        cluster.start([name])
        try await cluster.untilAnswered(["get", "/registry/a", "--print-value-only"], prints: "1\n")
      }
      await client.close()
    }
  }

  /// A request that was on its way when access control was switched on is its user's nevertheless.
  @Test func requestsAroundTheSwitchAreTheirUsers() async throws {
    try await withCluster(1) { cluster in
      for command in ["user add root --no-password", "user grant-role root root"] {
        #expect(try await cluster.etcdctl(command.split(separator: " ").map(String.init)).code == 0)
      }
      let administrator = cluster.certificates.adminStoreClient
      try await cluster.connected(to: "s1", as: (administrator.certificate, administrator.key)) { calls in
        for _ in 0..<10 {
          let refusals = await withTaskGroup(of: GRPCStatus?.self) { group in
            for index in 0..<60 {
              group.addTask {
                switch index {
                case 30: await calls.enable()
                case _ where index % 3 == 0: await calls.get("a")
                default: await calls.put("a\(index)")
                }
              }
            }
            return await group.reduce(into: [GRPCStatus]()) { if let refusal = $1 { $0.append(refusal) } }
          }
          #expect(refusals == [])
          #expect(await calls.disable() == nil)
        }
      }
    }
  }

  private func put(_ client: StoreClient, _ key: String, _ value: String) async throws -> Int64 {
    var request = Etcdserverpb_PutRequest()
    request.key = Data(key.utf8)
    request.value = Data(value.utf8)
    return try await client.put(request, idempotent: true).header.revision
  }
}

extension TestCluster {
  typealias ClientCertificate = (certificate: String, key: String)

  /// A client's certificate with a name.
  func issue(to name: String) throws -> ClientCertificate {
    let files = certificates.authority(.storeClient)
    let authority = try CertificateAuthority(
      certificatePEM: String(contentsOfFile: files.certificate, encoding: .utf8),
      keyPEM: String(contentsOfFile: files.key, encoding: .utf8))
    let issued = try authority.issue(
      to: CertificateIdentity(commonName: name), for: .client, now: Date(), lifetime: 3600)
    let paths = (certificate: "\(path)/\(name).crt", key: "\(path)/\(name).key")
    try issued.certificatePEM.write(toFile: paths.certificate, atomically: true, encoding: .utf8)
    try issued.keyPEM.write(toFile: paths.key, atomically: true, encoding: .utf8)
    return paths
  }

  func etcdctl(
    _ arguments: [String], endpoints: [String]? = nil, as client: ClientCertificate
  ) async throws -> (output: String, code: Int32) {
    // Given again; the last counts.
    try await etcdctl(["--cert", client.certificate, "--key", client.key] + arguments, endpoints: endpoints)
  }

  func client(as client: ClientCertificate) throws -> StoreClient {
    var configuration = StoreClientConfiguration()
    configuration.requestTimeout = .seconds(60)
    // A write that is made again is seen twice.
    configuration.attemptTimeout = .seconds(30)
    return StoreClient(
      endpoints: config.hosts.map { .tcp(host: $0.address.description, port: Int(config.ports.storeClient)) },
      tls: try tls(client), group: MultiThreadedEventLoopGroup.singleton, configuration: configuration,
      logger: Self.logger)
  }

  private func tls(_ client: ClientCertificate) throws -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(certificates.adminTrust(.storeClient))
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(client.certificate).map { .certificate($0) }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: client.key, format: .pem))
    tls.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: tls)
  }

  /// Calls over a connection to one replica.
  func connected<Value>(
    to name: String, as client: ClientCertificate, _ body: (AuthCalls) async throws -> Value
  ) async throws -> Value {
    let host = try #require(config.host(named: name))
    let connection = GRPCConnection(
      target: .tcp(host: host.address.description, port: Int(config.ports.storeClient)),
      tls: try tls(client), group: MultiThreadedEventLoopGroup.singleton, logger: Self.logger)
    do {
      let value = try await body(AuthCalls(connection: connection))
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Waits until a command succeeds and prints something; fails on any other answer than that nobody leads yet.
  func untilAnswered(
    _ arguments: [String], prints expected: String, as client: ClientCertificate? = nil
  ) async throws {
    var last = ""
    try await eventually("\(arguments) is answered", every: .milliseconds(50), detail: { last }) {
      let outcome =
        if let client { try await etcdctl(arguments, as: client) } else { try await etcdctl(arguments) }
      if outcome.code == 0 {
        #expect(outcome.output == expected)
        return true
      }
      last = outcome.output
      try #require(!last.contains("user name") && !last.contains("permission denied"), "\(arguments)")
      return false
    }
  }
}
