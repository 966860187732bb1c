import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// `/metrics`, `/version`, `/health`, `/livez` and `/readyz` of a replica, over HTTPS: paths, parameters and answers as etcd 3.5's.
struct StatusServer: Sendable {
  private let server: HTTPServer

  init(
    node: StoreNode, calls: CallMetrics, tls: @escaping @Sendable () -> NIOSSLContext, address: String, port: Int,
    group: any EventLoopGroup, exposition: @escaping @Sendable () -> String, logger: Logger
  ) {
    var configuration = HTTPServerConfiguration(address: .tcp(host: address, port: port))
    configuration.tlsOfNewConnection = tls
    server = HTTPServer(configuration: configuration, group: group, logger: logger) { request, writer in
      let (status, type, body): (HTTPResponseStatus, String, String)
      if request.path == "/metrics" {
        (status, type) = (.ok, "text/plain; version=0.0.4; charset=utf-8")
        body = exposition() + node.metricsText(calls)
      } else if request.path == "/version" {
        (status, type, body) = (.ok, "application/json", Self.version)
      } else {
        (status, type, body) = await HealthChecks(node: node).answer(request)
      }
      try await writer.respond(status, headers: ["content-type": type], body: ByteBuffer(string: body))
    }
  }

  /// Of the API that is served: tools ask for it before they decide how to speak.
  private static let version = #"{"etcdserver":"\#(StoreNode.version)","etcdcluster":"\#(StoreNode.clusterVersion)"}"#

  func start() async throws { _ = try await server.start() }

  func stop() async { await server.shutdown() }
}
