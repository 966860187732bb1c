import Foundation
import FreePorts
import GRPC
import Metrics
import NIOCore
import NIOPosix
import RaftCore
import RaftTransport
import StoreNode

/// One replica with the etcd API in cleartext: clients have no certificates, so that they are nobody without a token.
final class LoneReplica: Sendable {
  let node: StoreNode
  let port: Int
  private let server: GRPCServer
  private let path: String

  /// - Parameters:
  ///   - electionTicks: of 10 ms; it waits so long for itself, and the shortest lease follows from it.
  ///   - adjust: the services, before they are registered.
  init(
    electionTicks: Int = 10, metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    _ adjust: (inout EtcdServices) -> Void = { _ in }
  ) async throws {
    path = "/tmp/apus-lone-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    port = FreePorts.next()
    let id = StoreNodeConfiguration.memberID(cluster: "test", name: "one")
    var configuration = StoreNodeConfiguration(
      clusterName: "test", name: "one",
      peers: [Peer(id: id, name: "one", address: .init(127, 0, 0, 1), port: 0)], dataPath: path)
    configuration.tickMilliseconds = 10
    configuration.electionTicks = electionTicks
    configuration.clientURLs = [id: "http://127.0.0.1:\(port)"]
    node = StoreNode(configuration: configuration, metrics: metrics, logger: TestCluster.logger)
    try await node.start(credentials: nil, loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
    var router = GRPCRouter()
    var services = EtcdServices(store: node, passwords: PasswordHasher(cost: .minimal), logger: TestCluster.logger)
    adjust(&services)
    services.register(in: &router)
    server = GRPCServer(
      router: router, tls: nil, group: MultiThreadedEventLoopGroup.singleton,
      configuration: EtcdServices.serverConfiguration(), logger: TestCluster.logger)
    _ = try await server.bind(to: .tcp(host: "127.0.0.1", port: port))
    // Its own first election counts as a start.
    try await node.linearizableBarrier()
  }

  func stop() async {
    await server.shutdown()
    await node.stop()
    try? FileManager.default.removeItem(atPath: path)
  }

  static func with(
    electionTicks: Int = 10, metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    _ adjust: (inout EtcdServices) -> Void = { _ in },
    _ body: (LoneReplica) async throws -> Void
  ) async throws {
    let server = try await LoneReplica(electionTicks: electionTicks, metrics: metrics, adjust)
    do {
      try await body(server)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  // MARK: - Calls

  /// A connection of its own, closed at the end.
  func connected<Value>(_ body: (GRPCConnection) async throws -> Value) async throws -> Value {
    var configuration = GRPCConnectionConfiguration()
    configuration.connectTimeout = .seconds(60)
    let connection = GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: port), tls: nil, group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: TestCluster.logger)
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }
}
