import EtcdAPI
import GRPC
import Observability
import StoreNode
import Testing

/// gRPC's own health calls, and calls that are denied, of a replica without TLS.
@Suite(.timeLimit(.minutes(1))) struct HealthServiceTests {
  private typealias Request = Grpc_Health_V1_HealthCheckRequest
  private typealias Response = Grpc_Health_V1_HealthCheckResponse

  private static func request(_ service: String) -> Request {
    var request = Request()
    request.service = service
    return request
  }

  @Test func itIsAskedForTheServerAsAWhole() async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        let whole: Response = try await connection.unary(
          EtcdCall.Health.check, Self.request(""), timeout: .seconds(60), waitForReady: true)
        #expect(whole.status == .serving)
        let refusal = await #expect(throws: GRPCStatus.self) {
          let _: Response = try await connection.unary(
            EtcdCall.Health.check, Self.request("etcdserverpb.KV"), timeout: .seconds(60))
        }
        #expect(refusal?.code == .notFound && refusal?.message == "unknown service", "\(refusal as Any)")
      }
    }
  }

  /// Nor does access control hide it.
  @Test func itIsWatched() async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        try await AuthCalls(connection: connection).prepare()
        for (service, status) in [
          ("", Response.ServingStatus.serving), ("etcdserverpb.KV", Response.ServingStatus.serviceUnknown),
        ] {
          let stream: GRPCClientStream<Request, Response> = try await connection.stream(
            EtcdCall.Health.watch, waitForReady: true)
          try await stream.send(Self.request(service))
          stream.finishSending()
          var responses = stream.makeAsyncIterator()
          let first = try await responses.next()
          #expect(first?.status == status, "\(service)")
          stream.cancel()
        }
      }
    }
  }

  /// They say nothing of how the store fares.
  @Test func deniedCallsAreNoFailedProposals() async throws {
    let registry = PrometheusRegistry()
    try await LoneReplica.with(metrics: registry) { server in
      try await server.connected { connection in
        let nobody = AuthCalls(connection: connection)
        try await nobody.prepare()
        let before = try Self.failedProposals(registry)
        let alice = try await nobody.authenticate("alice", "alice")
        for _ in 0..<5 {
          #expect(await alice.put("z") == .permissionDenied)
          #expect(await nobody.put("a") == .userEmpty)
        }
        #expect(await alice.put("a") == nil)
        #expect(try Self.failedProposals(registry) == before)
      }
    }
  }

  private static func failedProposals(_ registry: PrometheusRegistry) throws -> Double {
    let metrics = try PrometheusFormat(registry.exposition())
    return try #require(metrics.value("etcd_server_proposals_failed_total"))
  }
}
