import GRPC
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import SwiftProtobuf

typealias Text = Google_Protobuf_StringValue
typealias Blob = Google_Protobuf_BytesValue
typealias Number = Google_Protobuf_Int64Value

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A server on a port of its own, a connection to it, and what both need, for the time of a test.
func withLoopback(
  tls: (server: NIOSSLContext, client: NIOSSLContext)? = nil,
  server configuration: GRPCServerConfiguration = .init(),
  client clientConfiguration: GRPCConnectionConfiguration = .init(),
  routes: (inout GRPCRouter) -> Void,
  _ body: (GRPCConnection, GRPCServer, Int) async throws -> Void
) async throws {
  let group = MultiThreadedEventLoopGroup.singleton
  var router = GRPCRouter()
  routes(&router)
  let server = GRPCServer(
    router: router, tls: tls?.server, group: group, configuration: configuration, logger: quiet)
  let port = try await server.bind(to: .tcp(host: "127.0.0.1", port: 0)).port ?? 0
  var clientConfiguration = clientConfiguration
  clientConfiguration.connectTimeout = .seconds(60)
  let connection = GRPCConnection(
    target: .tcp(host: "127.0.0.1", port: port), tls: tls?.client, group: group, configuration: clientConfiguration,
    logger: quiet)
  do {
    try await body(connection, server, port)
  } catch {
    await connection.close()
    await server.shutdown(grace: .zero)
    throw error
  }
  await connection.close()
  await server.shutdown(grace: .seconds(5))
}

/// The status that a call ends with, when it must fail.
func status<Result>(of call: () async throws -> Result) async -> GRPCStatus {
  do {
    let result = try await call()
    return GRPCStatus(.ok, "\(result)")
  } catch {
    return error as? GRPCStatus ?? GRPCStatus(.unknown, "not a status: \(error)")
  }
}

/// Something that a test waits for; whoever sets it first wins.
final class Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (self.stream, self.continuation) = AsyncStream.makeStream(of: Void.self)
  }

  func set() {
    self.continuation.finish()
  }

  func wait() async {
    for await _ in self.stream {}
  }
}
