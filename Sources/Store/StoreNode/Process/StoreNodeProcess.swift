package import ClusterConfig
import GRPC
import HTTPServer
package import Logging
package import Metrics
import NIOCore
import NIOPosix
import NIOSSL
import RaftTransport
import ServiceLifecycle

/// `apus store`: one replica, its etcd API for clients, its metrics and health.
///
/// Starts the replica, listens, and runs until it is told to stop (graceful shutdown, or cancellation of the task) or
/// the replica cannot go on; then hands the leadership over, answers what is under way, and closes its files.
package struct StoreNodeProcess: Service {
  package struct Options: Sendable {
    package var cluster: ClusterConfig
    /// The host whose store this is.
    package var host: String
    /// The folder of all certificates, as `apus certs init` writes it.
    package var certificates: CertificateFolder
    /// Where the replica's files lie; made where it is missing.
    package var dataPath: String
    /// See ``StoreNodeConfiguration/acceptsLostTail``.
    package var acceptsTornTail: Bool
    /// See ``StoreNodeConfiguration/rejoins``.
    package var rejoins: Bool
    /// See ``StoreNodeConfiguration/joins``.
    package var joins: Bool
    /// See ``StoreNodeConfiguration/beginsAnew``.
    package var beginsAnew: Bool
    /// See ``StoreNodeConfiguration/rebuilds``.
    package var rebuilds: Bool
    /// For tests: the replica, before it starts.
    package var onStart: (@Sendable (StoreNode) -> Void)?
    /// For tests: changes settings that the cluster's file does not have.
    package var adjust: (@Sendable (inout StoreNodeConfiguration) -> Void)?
    /// How often the certificates' files are looked at, for whether they have changed. Default 10 s.
    package var certificateInterval = Duration.seconds(10)
    /// Text for `/metrics`.
    package var exposition: @Sendable () -> String

    package init(
      cluster: ClusterConfig, host: String, certificates: CertificateFolder, dataPath: String,
      acceptsTornTail: Bool = false, rejoins: Bool = false, joins: Bool = false, beginsAnew: Bool = false,
      rebuilds: Bool = false,
      exposition: @escaping @Sendable () -> String = { "" }
    ) {
      self.cluster = cluster
      self.host = host
      self.certificates = certificates
      self.dataPath = dataPath
      self.acceptsTornTail = acceptsTornTail
      self.rejoins = rejoins
      self.joins = joins
      self.beginsAnew = beginsAnew
      self.rebuilds = rebuilds
      self.exposition = exposition
    }
  }

  private let options: Options
  private let metrics: any MetricsFactory
  private let logger: Logger

  package init(options: Options, metrics: any MetricsFactory, logger: Logger) {
    self.options = options
    self.metrics = metrics
    self.logger = logger
  }

  package func run() async throws {
    guard let host = options.cluster.host(named: options.host),
      var configuration = StoreNodeConfiguration(options.cluster, host: options.host, dataPath: options.dataPath)
    else {
      throw StoreStartError.failed("the cluster's file gives the host \(options.host) no store")
    }
    for warning in options.cluster.warnings { logger.warning("\(warning)") }
    configuration.acceptsLostTail = options.acceptsTornTail
    configuration.rejoins = options.rejoins
    configuration.joins = options.joins
    configuration.beginsAnew = options.beginsAnew
    configuration.rebuilds = options.rebuilds
    options.adjust?(&configuration)
    let files = options.certificates.host(options.host)
    // Peers have a loop of their own: what clients do must not delay a heartbeat.
    let peerGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let bulkGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let clientGroup = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    for group in [peerGroup, clientGroup] { group.next().execute { Promptness.prompt.take() } }
    let node = StoreNode(configuration: configuration, metrics: metrics, logger: logger)
    options.onStart?(node)
    var status: StatusServer?
    var watching: Task<Void, Never>?
    defer { watching?.cancel() }
    do {
      let credentials = try PeerCredentials(files: files)
      let clients = try ClientServer(node: node, files: files, group: clientGroup, logger: logger)
      let watch = CertificateWatch(
        peer: credentials, server: clients.tls, interval: options.certificateInterval, logger: logger)
      watching = Task { await watch.run() }
      let server = statusServer(node, clients, watch, on: host, clientGroup)
      status = server
      try await cancelWhenGracefulShutdown {
        // It may have to wait for others, as long as it takes: whoever asks is told for whom.
        try await node.start(
          credentials: credentials, loops: PeerLoops(streams: peerGroup.next(), bulk: bulkGroup.next()),
          whenHeld: { try await server.start() })
      }
      try await serve(node, clients, on: host)
    } catch {
      await status?.stop()
      await node.stop()
      try? await clientGroup.shutdownGracefully()
      try? await peerGroup.shutdownGracefully()
      try? await bulkGroup.shutdownGracefully()
      // Told to stop while it waited.
      if error is CancellationError { return }
      throw error
    }
    await status?.stop()
    await node.stop()
    try await clientGroup.shutdownGracefully()
    try await peerGroup.shutdownGracefully()
    try await bulkGroup.shutdownGracefully()
  }

  private func statusServer(
    _ node: StoreNode, _ clients: ClientServer, _ watch: CertificateWatch, on host: ClusterConfig.Host,
    _ group: any EventLoopGroup
  ) -> StatusServer {
    StatusServer(
      node: node, calls: clients.calls, tls: { [tls = clients.tls] in tls.current.status },
      address: host.address.description, port: Int(options.cluster.ports.storeMetrics), group: group,
      exposition: { [exposition = options.exposition] in exposition() + watch.metricsText }, logger: logger)
  }

  private func serve(_ node: StoreNode, _ clients: ClientServer, on host: ClusterConfig.Host) async throws {
    try await clients.bind(host: host.address.description, port: Int(options.cluster.ports.storeClient))
    logger.info("serving the etcd API", metadata: ["address": "\(host.address):\(options.cluster.ports.storeClient)"])
    let failure = try await untilStopped(node)
    let wasRemoved = node.engine?.directory.isRemoved == true
    await node.stepDown()
    await clients.shutdown()
    if wasRemoved { throw StoreStartError.removed(path: options.dataPath) }
    if let failure { throw StoreStartError.failed(failure) }
  }

  /// - Returns: why the replica failed; nil when it was told to stop.
  private func untilStopped(_ node: StoreNode) async throws -> String? {
    await withTaskGroup(of: String?.self) { group in
      group.addTask { try? await node.failure() }
      group.addTask {
        try? await gracefulShutdown()
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }
}

/// The etcd API on its port, for clients with a certificate of the store's clients' authority.
struct ClientServer {
  /// By one certificate: the API speaks HTTP/2 alone, `/metrics` and health what HTTP speaks.
  struct Contexts: Sendable {
    let api: NIOSSLContext
    let status: NIOSSLContext
  }

  private let server: GRPCServer
  let tls: ReloadedTLS<Contexts>
  let calls: CallMetrics

  init(node: StoreNode, files: HostCertificates, group: any EventLoopGroup, logger: Logger) throws {
    let files = TLSFiles(files.storeServer, trust: files.trust(.storeClient))
    let tls = try ReloadedTLS<Contexts>(files) { content in
      // Clients may trust whom the store does not; with the certificates of `apus certs init` it is a mistake.
      if !content.isOwnAuthoritys { logger.warning("\(files.foreignCertificate)") }
      return Contexts(
        api: try Self.context(content, protocols: ["h2"]),
        status: try Self.context(content, protocols: ["h2", "http/1.1"]))
    }
    self.tls = tls
    var router = GRPCRouter()
    var services = EtcdServices(
      store: node, maximumRequestBytes: node.configuration.maximumRequestBytes,
      passwords: PasswordHasher(cost: node.configuration.passwordCost), logger: logger)
    // All clients are on one loop.
    services.watchExecutor = EventLoopTaskExecutor(group.next())
    services.register(in: &router)
    calls = CallMetrics(router.methods)
    var configuration = EtcdServices.serverConfiguration(maximumRequestBytes: node.configuration.maximumRequestBytes)
    configuration.observers = calls.observers
    configuration.tlsOfNewConnection = { tls.current.api }
    server = GRPCServer(router: router, tls: nil, group: group, configuration: configuration, logger: logger)
  }

  private static func context(_ content: TLSFiles.Content, protocols: [String]) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: content.sources, privateKey: .privateKey(content.key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.trustRoots = .certificates(content.trust)
    configuration.certificateVerification = .noHostnameVerification
    configuration.applicationProtocols = protocols
    return try NIOSSLContext(configuration: configuration)
  }

  func bind(host: String, port: Int) async throws {
    try await server.bind(to: .tcp(host: host, port: port))
  }

  func shutdown() async { await server.shutdown() }
}
