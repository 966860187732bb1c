import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import RaftCore

/// `/metrics`, `/health` (as etcd's), `/livez` and `/readyz` of a replica, over HTTPS.
struct StatusServer {
  private let server: HTTPServer

  init(
    node: StoreNode, tls: NIOSSLContext, address: String, port: Int, group: any EventLoopGroup,
    exposition: @escaping @Sendable () -> String, logger: Logger
  ) {
    server = HTTPServer(
      configuration: HTTPServerConfiguration(address: .tcp(host: address, port: port), tls: tls), group: group,
      logger: logger
    ) { request, writer in
      let (status, type, body) = await Self.answer(request.path, node, exposition)
      try await writer.respond(status, headers: ["content-type": type], body: ByteBuffer(string: body))
    }
  }

  func start() async throws { _ = try await server.start() }

  func stop() async { await server.shutdown() }

  private static func answer(
    _ path: String, _ node: StoreNode, _ exposition: @Sendable () -> String
  ) async -> (HTTPResponseStatus, String, String) {
    let (plain, json) = ("text/plain; version=0.0.4; charset=utf-8", "application/json")
    switch path {
    case "/metrics": return (.ok, plain, exposition() + node.figuresExposition)
    case "/livez": return (.ok, plain, "ok\n")
    case "/readyz":
      do {
        try await node.linearizableBarrier()
        return (.ok, plain, "ok\n")
      } catch {
        return (.serviceUnavailable, plain, "no quorum: \(error)\n")
      }
    case "/health":
      let hasLeader = await node.status().leader != 0
      return hasLeader
        ? (.ok, json, #"{"health":"true","reason":""}"#)
        : (.serviceUnavailable, json, #"{"health":"false","reason":"RAFT NO LEADER"}"#)
    default: return (.notFound, plain, "not found\n")
    }
  }
}

extension StoreNode {
  /// The replica's state in Prometheus' text format.
  fileprivate var figuresExposition: String {
    guard let figures = engine?.figures else { return "" }
    let gauges: [(String, String, Int64)] = [
      ("etcd_server_has_leader", "gauge", figures.leadership.leader == nil ? 0 : 1),
      ("etcd_server_is_leader", "gauge", figures.leadership.role == .leader ? 1 : 0),
      ("etcd_server_leader_changes_seen_total", "counter", Int64(figures.leaderChanges)),
      ("etcd_server_proposals_applied_total", "gauge", Int64(clamping: figures.applied)),
      ("etcd_server_proposals_committed_total", "gauge", Int64(clamping: figures.raft?.commit ?? 0)),
      ("etcd_debugging_mvcc_current_revision", "gauge", figures.revision),
      ("etcd_debugging_mvcc_compact_revision", "gauge", figures.compactRevision),
      ("etcd_mvcc_db_total_size_in_bytes", "gauge", Int64(clamping: dataSize)),
      ("etcd_mvcc_db_total_size_in_use_in_bytes", "gauge", Int64(figures.stateSize)),
      ("apus_store_voters", "gauge", Int64(figures.raft?.membership.voters.count ?? 0)),
      ("apus_store_must_catch_up", "gauge", figures.raft?.mustCatchUp == true ? 1 : 0),
    ]
    return gauges.map { "# TYPE \($0.0) \($0.1)\n\($0.0) \($0.2)\n" }.joined()
  }
}
