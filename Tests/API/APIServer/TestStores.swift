import APIServer
import ClusterConfig
import Foundation
import FreePorts
import GRPC
import Metrics
import NIOCore
import NIOPosix
import NIOSSL
import Programs
import Registry
import StorageStandIn
import StoreClient
import StoreNode
import Testing
import Waiting

/// What front-ends under test keep their objects in.
enum TestStore: String, Sendable, CaseIterable {
  /// A store in memory, in the test itself.
  case standIn
  /// The project's own, one replica on disk, over mutual TLS.
  case own
  /// A real etcd.
  case etcd

  /// Those that are processes of their own in production; etcd where the machine has one.
  static let real: [TestStore] = EtcdServer.program == nil ? [.own] : [.own, .etcd]
  static let all: [TestStore] = [.standIn] + real
}

/// A store that runs, as front-ends see it.
struct RunningStore: Sendable {
  /// One for each front-end, with connections of its own.
  var storages: [any Storage]
  /// Forgets the state at that revision, and all before it.
  var forget: @Sendable (Int64) async throws -> Void
}

/// Runs a store for the time of `body`.
func withStore(_ kind: TestStore, frontEnds: Int = 1, _ body: (RunningStore) async throws -> Void) async throws {
  switch kind {
  case .standIn:
    let storage = InMemoryStorage()
    try await body(
      RunningStore(
        storages: Array(repeating: storage, count: frontEnds), forget: { _ in storage.compact() }))
  case .etcd:
    let etcd = try EtcdServer()
    let result: Result<Void, any Error>
    do {
      try await etcd.untilServing()
      try await withClients(port: etcd.port, tls: nil, frontEnds, body)
      result = .success(())
    } catch { result = .failure(error) }
    await etcd.remove()
    try result.get()
  case .own: try await withOwnStore(frontEnds, body)
  }
}

private func withOwnStore(_ frontEnds: Int, _ body: (RunningStore) async throws -> Void) async throws {
  let certificates = try TestCertificates.shared.get()
  var config = TestCertificates.config
  config.ports.storeClient = UInt16(FreePorts.next())
  config.ports.storePeer = UInt16(FreePorts.next())
  config.ports.storeMetrics = UInt16(FreePorts.next())
  let folder = "/tmp/apus-store-\(getpid())-\(UInt64.random(in: 0 ... .max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let store = StoreNodeProcess(
    options: .init(cluster: config, host: "one", certificates: certificates, dataPath: folder),
    metrics: NOOPMetricsHandler.instance, logger: quiet)
  let running = Task { try await FreePorts.whenFree { try await store.run() } }
  let result: Result<Void, any Error>
  do {
    try await withClients(
      port: Int(config.ports.storeClient), tls: try storeTLS(certificates.host("one")), frontEnds, body)
    result = .success(())
  } catch { result = .failure(error) }
  running.cancel()
  if case .failure(let error) = await running.result { Issue.record(error, "the store ended with an error") }
  try result.get()
}

/// A front-end's TLS towards the store.
private func storeTLS(_ files: HostCertificates) throws -> NIOSSLContext {
  var tls = TLSConfiguration.makeClientConfiguration()
  tls.minimumTLSVersion = .tlsv12
  tls.trustRoots = .file(files.trust(.storeClient))
  let pair = files.apiserverStoreClient
  tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
  tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
  tls.applicationProtocols = ["h2"]
  return try NIOSSLContext(configuration: tls)
}

extension StoreClientConfiguration {
  /// A front-end's, that waits for longer than a busy machine stands still.
  static var patient: StoreClientConfiguration {
    var configuration = StoreClientConfiguration()
    configuration.sharesStream = true
    configuration.requestTimeout = .seconds(60)
    configuration.attemptTimeout = .seconds(30)
    configuration.connection.connectTimeout = .seconds(30)
    configuration.connection.keepAlive = GRPCKeepAlive(interval: .seconds(10), timeout: .seconds(60))
    return configuration
  }
}

/// Clients of the store at a port of 127.0.0.1, once it serves.
private func withClients(
  port: Int, tls: NIOSSLContext?, _ count: Int, _ body: (RunningStore) async throws -> Void
) async throws {
  let clients = (0..<count).map { _ in
    StoreClient(
      endpoints: [.tcp(host: "127.0.0.1", port: port)], tls: tls, group: MultiThreadedEventLoopGroup.singleton,
      configuration: .patient, logger: quiet)
  }
  let storages = clients.map { FrontEnd.storage($0, logger: quiet) }
  let result: Result<Void, any Error>
  do {
    for client in clients {
      try await eventually("the store serves", every: .milliseconds(50)) {
        (try? await client.currentRevision()) != nil
      }
    }
    let first = clients[0]
    let storage = storages[0]
    try await body(
      RunningStore(storages: storages) { revision in
        let rounds = Task { await FrontEnd.compact(first, every: .milliseconds(50), logger: quiet) }
        defer { rounds.cancel() }
        try await eventually("revision \(revision) is compacted") {
          do throws(StorageError) {
            _ = try await storage.range(.key("/registry/none", revision: revision))
            return false
          } catch { return error.code == .compacted }
        }
      })
    result = .success(())
  } catch { result = .failure(error) }
  for client in clients { await client.close() }
  try result.get()
}

/// Runs a front-end over a store for the time of `body`.
func withFrontEnd(
  over kind: TestStore, http1: Bool = false, _ body: (FrontEnd, TestClient) async throws -> Void
) async throws {
  try await withStore(kind) { store in
    try await withFrontEnd(storage: store.storages[0], http1: http1, body)
  }
}

/// Runs front-ends over one store for the time of `body`, which gets a client of each.
func withFrontEnds(
  _ count: Int, over kind: TestStore, configuration: RegistryConfiguration = .patient,
  _ body: ([TestClient]) async throws -> Void
) async throws {
  try await withStore(kind, frontEnds: count) { store in
    try await withFrontEnds(store.storages[...], [], configuration, body)
  }
}

private func withFrontEnds(
  _ storages: ArraySlice<any Storage>, _ clients: [TestClient], _ configuration: RegistryConfiguration,
  _ body: ([TestClient]) async throws -> Void
) async throws {
  guard let storage = storages.first else { return try await body(clients) }
  try await withFrontEnd(storage: storage, registry: configuration) { _, client in
    try await withFrontEnds(storages.dropFirst(), clients + [client], configuration, body)
  }
}
