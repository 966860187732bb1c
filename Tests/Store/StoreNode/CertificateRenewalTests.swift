import ClusterConfig
import Foundation
import FreePorts
import Metrics
import PKI
import StoreNode
import Testing

/// A store whose certificates are replaced while it runs.
@Suite(.enabled(if: TestCluster.hasEtcdctl && TestCluster.hasCurl), .serialized, .timeLimit(.minutes(2)))
struct CertificateRenewalTests {
  private static let metric = "apus_store_certificate_expiry_seconds"

  @Test func newCertificatesAreTakenWhileItRuns() async throws {
    try await withStore { cluster, lines in
      let before = try await cluster.metrics(of: "s1")
      let ends = try #require(before.value(Self.metric, ["certificate": "server"]))
      #expect(abs(ends - Date().timeIntervalSince1970 - ClusterCertificates.certificateLifetime) < 3600)
      #expect(before.value(Self.metric, ["certificate": "peer"]) != nil)

      // All authorities are new: nobody whom the store knew vouches for those who ask now, nor for the store.
      try FileManager.default.removeItem(atPath: cluster.certificates.path)
      var certificates = ClusterCertificates(
        config: cluster.config, folder: cluster.certificates, now: Date() - 1800)
      try certificates.makeAll()
      try await cluster.until("the health port shows the new one") {
        try await cluster.statusPort("s1", "/livez").code == 200
      }
      try await cluster.until("the API shows the new one") {
        try await cluster.etcdctl(["put", "a", "b"]).code == 0
      }
      try await cluster.until("both are counted") {
        let metrics = try await cluster.metrics(of: "s1")
        return ["server", "peer"].allSatisfy { metrics.value(Self.metric, ["certificate": $0]) ?? ends < ends - 900 }
      }

      // One that cannot be used changes nothing, and is named.
      let file = cluster.certificates.host("s1").storeServer.certificate
      try Data("rubbish".utf8).write(to: URL(fileURLWithPath: file))
      try await cluster.until("it is told of") {
        lines.all.contains { $0.hasPrefix("new certificates cannot be used") && $0.contains(file) }
      }
      #expect(try await cluster.statusPort("s1", "/livez").code == 200)
    }
  }

  @Test func aStartNamesTheFileThatCannotBeUsed() async throws {
    let cluster = try TestCluster(1)
    let host = cluster.certificates.host("s1")
    for file in [host.storeServer.key, host.trust(.storePeer)] {
      let content = try Data(contentsOf: URL(fileURLWithPath: file))
      try FileManager.default.removeItem(atPath: file)
      cluster.start()
      if case .failure(let error) = await cluster.ending(of: "s1") {
        #expect("\(error)".hasPrefix("\(file) is missing: "), "\(error)")
      } else {
        Issue.record("it started without \(file)")
      }
      try content.write(to: URL(fileURLWithPath: file))
    }
    await cluster.remove()
  }

  private func withStore(_ body: (TestCluster, LoggedLines) async throws -> Void) async throws {
    let cluster = try TestCluster(1)
    let lines = LoggedLines()
    var options = StoreNodeProcess.Options(
      cluster: cluster.config, host: "s1", certificates: cluster.certificates, dataPath: cluster.dataPath("s1"))
    options.certificateInterval = .milliseconds(50)
    let process = StoreNodeProcess(options: options, metrics: NOOPMetricsHandler.instance, logger: lines.logger)
    let running = Task { try await FreePorts.whenFree { try await process.run() } }
    do {
      try await cluster.until("it serves") { try await cluster.etcdctl(["put", "a", "a"]).code == 0 }
      try await body(cluster, lines)
    } catch {
      running.cancel()
      _ = await running.result
      await cluster.remove()
      throw error
    }
    running.cancel()
    _ = await running.result
    await cluster.remove()
  }
}
