import ClusterConfig
import Foundation
import FreePorts
import Logging
import MVCC
import Metrics
import PKI
import Programs
import StoreNode
import Synchronization
import Testing

/// Stores on the loopback network, each with an address of its own, run as the process runs them.
final class TestCluster: Sendable {
  let config: ClusterConfig
  let path: String
  private let running = Mutex<[String: Task<Void, any Error>]>([:])
  private let failures = Mutex<[String: String]>([:])

  var certificates: CertificateFolder { CertificateFolder(path: "\(path)/certs") }
  var names: [String] { config.hosts.map(\.name) }

  /// Where it is: enough for another process to find it.
  struct Place: Codable, Sendable {
    var path = "/tmp/apus-store-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    // Other tests have other addresses: 127.0.0.0/8 is large.
    var second = UInt8.random(in: 1...250)
    var third = UInt8.random(in: 1...250)
    var port = UInt16.random(in: 20000...30000)
    var count: Int
  }

  let place: Place

  init(_ count: Int) throws {
    place = Place(count: count)
    (path, config) = (place.path, Self.config(place))
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    var certificates = ClusterCertificates(config: config, folder: CertificateFolder(path: "\(path)/certs"))
    try certificates.makeAll()
  }

  /// One that exists.
  init(at place: Place) {
    self.place = place
    (path, config) = (place.path, Self.config(place))
  }

  private static func config(_ place: Place) -> ClusterConfig {
    var config = ClusterConfig(
      name: "test",
      hosts: (1...place.count).map {
        .init(name: "s\($0)", address: .init(127, place.second, place.third, UInt8($0)), roles: [.store])
      })
    config.ports.storeClient = place.port
    config.ports.storePeer = place.port + 1
    config.ports.storeMetrics = place.port + 2
    // On a busy machine a thread may wait for a second or two: that is no reason for an election.
    config.timing.election = .seconds(3)
    return config
  }

  func dataPath(_ name: String) -> String { "\(path)/\(name)" }

  /// - Parameter known: the hosts that are in the cluster's file that they are started with; all of them by default.
  func start(_ names: [String]? = nil, knowing known: [String]? = nil, acceptsTornTail: Bool = false) {
    var config = config
    if let known { config.hosts.removeAll { !known.contains($0.name) } }
    for name in names ?? self.names {
      var options = StoreNodeProcess.Options(
        cluster: config, host: name, certificates: certificates, dataPath: dataPath(name),
        acceptsTornTail: acceptsTornTail)
      options.adjust = { $0.passwordCost = .minimal }
      let process = StoreNodeProcess(
        options: options, metrics: NOOPMetricsHandler.instance, logger: Self.logger)
      failures.withLock { $0[name] = nil }
      let task = Task {
        do {
          try await FreePorts.whenFree { try await process.run() }
        } catch {
          failures.withLock { $0[name] = "\(error)" }
          throw error
        }
      }
      running.withLock { $0[name] = task }
    }
  }

  static var logger: Logger {
    var logger = Logger(label: "test")
    logger.logLevel = ProcessInfo.processInfo.environment["STORE_TEST_LOG"] == nil ? .critical : .debug
    return logger
  }

  /// Ends a replica and returns how it ended.
  @discardableResult
  func stop(_ name: String) async -> Result<Void, any Error> {
    guard let task = running.withLock({ $0.removeValue(forKey: name) }) else { return .success(()) }
    task.cancel()
    return await task.result
  }

  /// Why a replica ended by itself; nil while it runs.
  func failure(of name: String) -> String? { failures.withLock { $0[name] } }

  /// Waits for a replica that ends by itself.
  func ending(of name: String) async -> Result<Void, any Error> {
    guard let task = running.withLock({ $0[name] }) else { return .success(()) }
    return await task.result
  }

  func remove() async {
    for name in names { await stop(name) }
    try? FileManager.default.removeItem(atPath: path)
  }

  // MARK: - etcdctl

  static var hasEtcdctl: Bool { EtcdServer.control != nil }

  func endpoint(_ name: String) -> String {
    "https://\(config.host(named: name)!.address):\(config.ports.storeClient)"
  }

  /// Runs the real etcdctl and returns what it printed and whether it succeeded.
  func etcdctl(_ arguments: [String], endpoints: [String]? = nil) async throws -> (output: String, code: Int32) {
    let program = try #require(EtcdServer.control)
    let outcome = await program.run(
      connecting(to: endpoints ?? names) + ["--command-timeout", "30s"] + arguments,
      environment: ["ETCDCTL_API": "3"])
    // Its own log tells of what it has tried again.
    let lines = outcome.text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("{\"level\"") }
    return (lines.joined(separator: "\n"), outcome.code)
  }

  /// The flags that say where these members are, and who asks.
  func connecting(to members: [String]) -> [String] {
    [
      "--endpoints", members.map(endpoint).joined(separator: ","), "--cacert", certificates.adminTrust(.storeClient),
      "--cert", certificates.adminStoreClient.certificate, "--key", certificates.adminStoreClient.key,
    ]
  }
}

/// Counts what several tasks do.
final class Counter: Sendable {
  private let count = Atomic<Int>(0)
  var value: Int { count.load(ordering: .relaxed) }

  @discardableResult
  func increment() -> Int { count.add(1, ordering: .relaxed).newValue }
}
