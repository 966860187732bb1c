import ClusterClient
import HTTPServer
import KubernetesAPI
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

/// The client over real HTTP, against a server that answers as it is told.
@Suite struct HTTPTransportTests {
  private func withServer(
    _ handler: @escaping HTTPRequestHandler, _ body: (ClusterClient) async throws -> Void
  ) async throws {
    let server = HTTPServer(
      configuration: HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)),
      group: MultiThreadedEventLoopGroup.singleton, logger: Logger(label: "test"), handler: handler)
    let port = try await server.start()
    var configuration = ClientConfiguration(server: "http://127.0.0.1:\(port)")
    configuration.userAgent = "tester"
    configuration.requestTimeout = .seconds(60)
    let client = try ClusterClient(configuration: configuration)
    do { try await body(client) } catch {
      await client.shutdown()
      await server.shutdown()
      throw error
    }
    await client.shutdown()
    await server.shutdown()
  }

  @Test func sendsWhatItShould() async throws {
    let seen = Mutex<[String]>([])
    try await withServer { request, writer in
      let body = try await request.body.collect(upTo: 1 << 20)
      let line =
        "\(request.method) \(request.path) \(request.headers.first(name: "content-type") ?? "-")"
        + " \(request.headers.first(name: "user-agent") ?? "-") \(String(buffer: body).contains("replicas"))"
      seen.withLock { $0.append(line) }
      try await writer.respond(.ok, headers: ["content-type": "application/json"], body: ByteBuffer(string: "{}"))
    } _: { client in
      _ = try await client.scale(AppsV1.Deployment.self, name: "web", namespace: "default", replicas: 3)
      _ = try await client.get(CoreV1.Node.self, name: "n1")
    }
    #expect(
      seen.withLock { $0 } == [
        "PATCH /apis/apps/v1/namespaces/default/deployments/web/scale application/merge-patch+json tester true",
        "GET /api/v1/nodes/n1 - tester false",
      ])
  }

  @Test func refusalsCarryTheStatus() async throws {
    try await withServer { _, writer in
      let status = #"{"kind":"Status","status":"Failure","reason":"Forbidden","message":"no","code":403}"#
      try await writer.respond(.forbidden, body: ByteBuffer(string: status))
    } _: { client in
      await #expect(throws: APIStatusError(code: 403, reason: "Forbidden", message: "no")) {
        _ = try await client.get(CoreV1.Node.self, name: "n1")
      }
    }
  }

  @Test func answersThatAreNoStatusAreRefusalsToo() async throws {
    try await withServer { _, writer in
      try await writer.respond(.badGateway, body: ByteBuffer(string: "<html>"))
    } _: { client in
      await #expect(throws: APIStatusError(code: 502, reason: "", message: "<html>")) {
        _ = try await client.get(CoreV1.Node.self, name: "n1")
      }
    }
  }

  @Test func garbageIsAnError() async throws {
    try await withServer { _, writer in
      try await writer.respond(.ok, body: ByteBuffer(string: "{\"metadata\": 7"))
    } _: { client in
      await #expect(throws: ClusterDecodingError.self) { _ = try await client.get(CoreV1.Node.self, name: "n1") }
      await #expect(throws: ClusterDecodingError.self) { _ = try await client.list(CoreV1.Node.self) }
    }
  }

  /// A connection that dies is repeated on another, except for a create.
  @Test func repeatsWhatMayBeRepeated() async throws {
    let count = Atomic<Int>(0)
    try await withServer { request, writer in
      _ = try await request.body.collect(upTo: 1 << 20)
      if count.add(1, ordering: .relaxed).newValue % 2 == 1 { return writer.abort() }
      try await writer.respond(.ok, body: ByteBuffer(string: #"{"metadata":{"name":"n1"}}"#))
    } _: { client in
      let name = try await client.get(CoreV1.Node.self, name: "n1").metadata.name
      #expect(name == "n1")
      #expect(count.load(ordering: .relaxed) == 2)
      await #expect {
        _ = try await client.create(CoreV1.Node())
      } throws: { ($0 as? ClusterConnectionError)?.mayHaveTakenEffect == true }
      #expect(count.load(ordering: .relaxed) == 3)
    }
  }

  @Test func refusedConnectionsCannotHaveTakenEffect() async throws {
    let client = try ClusterClient(configuration: ClientConfiguration(server: "http://127.0.0.1:1"))
    await #expect {
      _ = try await client.create(CoreV1.Node())
    } throws: { ($0 as? ClusterConnectionError)?.mayHaveTakenEffect == false }
    await client.shutdown()
  }

  @Test func eventsCrossChunks() async throws {
    try await withServer { _, writer in
      try await writer.writeHead(.ok)
      let first = #"{"type":"ADDED","object":{"metadata":{"name":"a"}}}"# + "\n" + #"{"object":{"metadata":{"na"#
      let second =
        #"me":"b"}},"type":"MODIFIED"}"# + "\n" + #"{"type":"ERROR","object":{"code":410,"reason":"Expired"}}"#
      try await writer.write(ByteBuffer(string: first))
      try await writer.write(ByteBuffer(string: second + "\n"))
      try await writer.finish()
    } _: { client in
      var seen: [String] = []
      for try await event in try await client.watch(CoreV1.Node.self) {
        switch event {
        case .added(let node): seen.append("+\(node.metadata.name)")
        case .modified(let node): seen.append("~\(node.metadata.name)")
        case .error(let error): seen.append(error.isExpired ? "expired" : "error")
        default: seen.append("?")
        }
      }
      #expect(seen == ["+a", "~b", "expired"])
    }
  }

  @Test func brokenWatchThrows() async throws {
    try await withServer { _, writer in
      try await writer.writeHead(.ok)
      try await writer.write(ByteBuffer(string: #"{"type":"ADDED","object":{"metadata":{"name":"a"}}}"# + "\n"))
      writer.abort()
    } _: { client in
      await #expect(throws: ClusterConnectionError.self) {
        for try await _ in try await client.watch(CoreV1.Node.self) {}
      }
    }
  }
}
