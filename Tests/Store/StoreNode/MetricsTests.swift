import Foundation
import MVCC
import Observability
import Programs
import StoreNode
import Testing
import Waiting

/// `/metrics` and the health checks of running replicas, over HTTPS.
@Suite(.enabled(if: TestCluster.hasEtcdctl && Program(named: "curl") != nil), .serialized, .timeLimit(.minutes(5)))
struct MetricsTests {
  @Test func metricsUnderLoadAreStrictlyWellFormed() async throws {
    try await withStores(3) { stores in
      let watch = stores.node("s1").openWatchStream()
      await watch.create(WatchRequest(.all))
      try await load(stores)
      _ = try await stores.cluster.etcdctl(["get", "key1"], endpoints: ["s1"])
      _ = try await stores.cluster.etcdctl(["get", "key1", "--rev", "100000"], endpoints: ["s1"])
      _ = try await stores.cluster.etcdctl(["lease", "grant", "60"], endpoints: ["s1"])
      let leader = try await stores.one(leading: true)
      for name in stores.cluster.names {
        check(try await PrometheusFormat(scrape(name, stores)), of: name, leader, stores)
      }
      let metrics = try await PrometheusFormat(scrape("s1", stores))
      let get = ["grpc_service": "etcdserverpb.KV", "grpc_method": "Range", "grpc_type": "unary"]
      #expect(metrics.value("grpc_server_started_total", get) == 2)
      #expect(metrics.value("grpc_server_handled_total", get.merging(["grpc_code": "OK"]) { $1 }) == 1)
      #expect(metrics.value("grpc_server_handled_total", get.merging(["grpc_code": "OutOfRange"]) { $1 }) == 1)
      #expect(metrics.value("grpc_server_handling_seconds_count", get) == 2)
      #expect(metrics.value("etcd_debugging_lease_granted_total") == 1)
      #expect(metrics.value("etcd_network_client_grpc_received_bytes_total") ?? 0 > 0)
      #expect(metrics.value("etcd_network_client_grpc_sent_bytes_total") ?? 0 > 0)
      try await stores.until("the watch is counted") {
        let metrics = try await PrometheusFormat(scrape("s1", stores))
        return metrics.value("etcd_debugging_mvcc_watcher_total") == 1
          && metrics.value("etcd_debugging_mvcc_watch_stream_total") == 1
          && metrics.value("etcd_debugging_mvcc_events_total") == 400
      }
      watch.close()
    }
  }

  /// Writes while it scrapes.
  private func load(_ stores: Stores) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for index in 0..<400 {
          try await stores.put(
            "key\(index % 50)", [UInt8](repeating: 1, count: 256), at: stores.cluster.names[index % 3])
        }
      }
      group.addTask {
        for _ in 0..<4 {
          for name in stores.cluster.names { _ = try await PrometheusFormat(scrape(name, stores)) }
        }
      }
      try await group.waitForAll()
    }
    try await stores.until("all have applied it") {
      for name in stores.cluster.names where stores.node(name).header().revision < 401 { return false }
      return true
    }
  }

  private func check(_ metrics: PrometheusFormat, of name: String, _ leader: String, _ stores: Stores) {
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double { metrics.value(name, labels) ?? -1 }
    #expect(value("etcd_server_has_leader") == 1)
    #expect(value("etcd_server_is_leader") == (name == leader ? 1 : 0))
    #expect(value("etcd_server_leader_changes_seen_total") >= 1)
    #expect(value("etcd_debugging_mvcc_put_total") == 400 && value("etcd_debugging_mvcc_keys_total") == 50)
    #expect(value("etcd_server_proposals_applied_total") >= 400)
    #expect(value("etcd_mvcc_db_total_size_in_bytes") > 400 * 256)
    #expect(value("etcd_server_quota_backend_bytes") == Double(2 << 30))
    #expect(value("etcd_disk_wal_fsync_duration_seconds_count") > 0)
    #expect(value("etcd_disk_wal_write_bytes_total") > 400 * 256)
    #expect(value("process_resident_memory_bytes") > 1e6 && value("process_start_time_seconds") > 1e9)
    // Followers have nothing to say to each other.
    for other in stores.cluster.names where other != name && (name == leader || other == leader) {
      let id = String(stores.node(other).identity.memberID, radix: 16)
      #expect(value("etcd_network_peer_sent_bytes_total", ["To": id]) > 0)
      #expect(value("etcd_network_peer_received_bytes_total", ["From": id]) > 0)
      #expect(value("etcd_network_active_peers", ["Remote": id]) == 1)
      if name == leader { #expect(value("etcd_network_peer_round_trip_time_seconds_count", ["To": id]) > 0) }
    }
  }

  /// Every name of a real etcd is served with its type, or docs/metrics.md says why not.
  @Test(.enabled(if: EtcdServer.program != nil)) func namesAreEtcds() async throws {
    let etcd = try EtcdServer()
    var text = ""
    try await eventually("etcd has a leader", every: .milliseconds(50)) {
      text = await Program(named: "curl")!.run(["-s", "http://127.0.0.1:\(etcd.port)/metrics"]).text
      return text.contains("etcd_server_has_leader 1")
    }
    await etcd.remove()
    let theirs = Self.types(text)
    #expect(theirs.count > 60)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../docs/metrics.md").standardizedFileURL
    let page = try String(contentsOf: file, encoding: .utf8)
    try await withStores(1) { stores in
      let ours = try await PrometheusFormat(scrape("s1", stores)).families
      for (name, type) in theirs.sorted(by: { $0.key < $1.key }) {
        if let own = ours[name] {
          #expect(own.type == type, "\(name)")
        } else {
          let family = ["go_", "promhttp_", "etcd_grpc_proxy_", "etcd_debugging_store_"].first(where: name.hasPrefix)
          #expect(
            page.contains("`\(family.map { "\($0)*" } ?? name)`"),
            "\(name) is not served, and docs/metrics.md does not say why")
        }
      }
      for name in ours.keys where name.hasPrefix("apus_") {
        #expect(page.contains("`\(name)`"), "docs/metrics.md does not explain \(name)")
      }
    }
  }

  private static func types(_ text: String) -> [String: String] {
    var types: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("# TYPE ") {
      let parts = line.split(separator: " ")
      if parts.count == 4 { types[String(parts[2])] = String(parts[3]) }
    }
    return types
  }

  @Test func healthIsTold() async throws {
    try await withStores(3) { stores in
      #expect(try await get("/health", "s1", stores) == .init(200, #"{"health":"true","reason":""}"#))
      #expect(try await get("/health?serializable=true", "s1", stores).code == 200)
      #expect(try await get("/livez", "s1", stores) == .init(200, "ok\n"))
      #expect(
        try await get("/livez?verbose", "s1", stores) == .init(200, "[+]serializable_read ok\nlivez check passed\n"))
      #expect(
        try await get("/readyz?verbose&exclude=read_index", "s1", stores)
          == .init(
            200,
            """
            [+]data_corruption ok
            [+]serializable_read ok
            [+]linearizable_read ok
            [+]read_index excluded: ok
            readyz check passed

            """))
      #expect(try await get("/readyz/read_index", "s1", stores) == .init(200, "ok\n"))
      for path in ["/readyz/nothing", "/livez/read_index", "/health/x", "/", "/readyz?exclude=nothing"] {
        #expect(try await get(path, "s1", stores).code == 404, "\(path)")
      }
      // Without a quorum it lives, and is not ready.
      await stores.stop("s2")
      await stores.stop("s3")
      try await stores.until("no leader is known") { await stores.node("s1").status().leader == 0 }
      #expect(
        try await get("/health", "s1", stores) == .init(503, #"{"health":"false","reason":"RAFT NO LEADER"}"#))
      #expect(try await get("/health?serializable=true", "s1", stores).code == 200)
      #expect(try await get("/livez", "s1", stores).code == 200)
      let ready = try await get("/readyz?exclude=linearizable_read", "s1", stores)
      #expect(ready.code == 503 && ready.body.contains("[-]read_index failed: etcdserver: no leader\n"), "\(ready)")
      #expect(ready.body.hasSuffix("readyz check failed\n"))
      #expect(try await get("/readyz/serializable_read", "s1", stores).code == 200)
      let metrics = try await PrometheusFormat(scrape("s1", stores))
      #expect(metrics.value("etcd_server_has_leader") == 0)
      #expect(metrics.value("etcd_server_health_failures") == 2)
    }
  }

  // MARK: - Asking

  struct Answer: Equatable {
    var code: Int
    var body: String

    init(_ code: Int, _ body: String) { (self.code, self.body) = (code, body) }
  }

  private func get(_ path: String, _ name: String, _ stores: Stores) async throws -> Answer {
    let curl = try #require(Program(named: "curl"))
    let certificates = stores.cluster.certificates
    let config = stores.cluster.config
    let outcome = await curl.run([
      "-s", "--max-time", "30", "--cacert", certificates.adminTrust(.storeClient), "--cert",
      certificates.adminStoreClient.certificate, "--key", certificates.adminStoreClient.key, "-w", "\n%{http_code}",
      "https://\(config.host(named: name)!.address):\(config.ports.storeMetrics)\(path)",
    ])
    let end = try #require(outcome.text.lastIndex(of: "\n"), "\(outcome)")
    return Answer(Int(outcome.text[outcome.text.index(after: end)...]) ?? 0, String(outcome.text[..<end]))
  }

  private func scrape(_ name: String, _ stores: Stores) async throws -> String {
    let answer = try await get("/metrics", name, stores)
    try #require(answer.code == 200)
    return answer.body
  }

  private func withStores(_ count: Int, _ body: (Stores) async throws -> Void) async throws {
    let cluster = try TestCluster(count)
    let stores = Stores(cluster)
    for name in cluster.names {
      let registry = PrometheusRegistry()
      let process = { @Sendable in registry.exposition() + ProcessFigures.current().text }
      stores.start([name], metrics: registry, exposition: process)
    }
    do {
      try await stores.until("it serves") {
        for name in cluster.names where (try? await stores.node(name).linearizableBarrier()) == nil { return false }
        return true
      }
      try await body(stores)
    } catch {
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    await stores.stopAll()
    await cluster.remove()
  }
}
