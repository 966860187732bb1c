import APIServer
import AsyncHTTPClient
import ClusterConfig
import Foundation
import FreePorts
import JSONDocument
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import StoreNode
import Testing
import Waiting

/// The processes' own entries, the store and the front-end, over mutual TLS.
@Suite(.serialized) struct ProcessTests {
  static let configMaps = FrontEndTests.configMaps

  /// A store and a front-end for the time of `body`, with the store's files in `folder`.
  private func withCluster(
    _ config: ClusterConfig, folder: String, _ body: (TestClient) async throws -> Void
  ) async throws {
    let certificates = try TestCertificates.shared.get()
    let store = StoreNodeProcess(
      options: .init(cluster: config, host: "one", certificates: certificates, dataPath: folder),
      metrics: NOOPMetricsHandler.instance, logger: quiet)
    let frontEnd = APIServerProcess(
      options: .init(config: config, host: "one", certificates: certificates), logger: quiet)
    let storeTask = Task { try await FreePorts.whenFree { try await store.run() } }
    let frontEndTask = Task { try await FreePorts.whenFree { try await frontEnd.run() } }
    let client = try TestClient(.admin, port: Int(config.ports.apiserver))
    let result: Result<Void, any Error>
    do {
      try await untilServed(client)
      result = .success(try await body(client))
    } catch { result = .failure(error) }
    try? await client.client.shutdown()
    frontEndTask.cancel()
    let stopped = await frontEndTask.result
    storeTask.cancel()
    let ended = await storeTask.result
    if case .failure(let error) = stopped { Issue.record(error, "the front-end ended with an error") }
    if case .failure(let error) = ended { Issue.record(error, "the store ended with an error") }
    try result.get()
  }

  /// Waits until the front-end listens and its first objects are there.
  private func untilServed(_ client: TestClient) async throws {
    try await eventually("it serves its first objects", within: .seconds(180), every: .milliseconds(50)) {
      (try? await client.get("/api/v1/namespaces/default/services/kubernetes"))?.code == 200
    }
  }

  @Test func keepsWhatItAcknowledged() async throws {
    var config = TestCertificates.config
    config.ports.storeClient = UInt16(FreePorts.next())
    config.ports.storePeer = UInt16(FreePorts.next())
    config.ports.storeMetrics = UInt16(FreePorts.next())
    config.ports.apiserver = UInt16(FreePorts.next())
    let folder = "/tmp/apus-store-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var before: [JSONValue] = []
    try await withCluster(config, folder: folder) { client in
      let start = try await client.get(Self.configMaps)
      let version = start["metadata", "resourceVersion"]?.stringValue ?? ""
      var watch = WatchLines(try await client.start(.GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version)"))
      for index in 0..<50 {
        let created = try await client.post(Self.configMaps, FrontEndTests.configMap("kept-\(index)"))
        #expect(created.code == 201)
        let event = try await watch.nextChange()
        #expect(event == "ADDED kept-\(index)")
        before.append(created.json)
      }
      let ready = try await client.get("/readyz?verbose")
      #expect(ready.text.contains("readyz check passed"), "\(ready.text)")
      try await withClient(.scheduler, port: client.port) { scheduler in
        let nodes = try await scheduler.get("/api/v1/nodes")
        #expect(nodes.code == 200, "\(nodes.text)")
        let secrets = try await scheduler.get("/api/v1/namespaces/default/secrets")
        #expect(secrets.code == 403, "\(secrets.text)")
      }
    }
    try await withCluster(config, folder: folder) { client in
      for document in before {
        let name = document[path: "metadata", "name"]?.stringValue ?? ""
        let read = try await client.get("\(Self.configMaps)/\(name)")
        #expect(read.json == document)
      }
    }
  }
}
