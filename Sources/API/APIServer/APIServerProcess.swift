import Access
import AccessTokens
package import ClusterConfig
import FoundationEssentials
import GRPC
package import Logging
import NIOCore
import NIOPosix
import Registry
import ServiceLifecycle
import StoreClient

/// The process `apus apiserver`: a front-end of one host, over the cluster's store.
///
/// It begins to listen once its caches show the store's state, so that no client can read anything older, and stops
/// gracefully: it leaves the `kubernetes` endpoints, ends watches, lets requests end, and closes.
package struct APIServerProcess: Sendable {
  package struct Options: Sendable {
    package var config: ClusterConfig
    /// The host's name in the cluster's file; it has to have the role `apiserver`.
    package var host: String
    package var certificates: CertificateFolder
    /// Told where the nodes are, whenever that changes and every now and then; see ``NodeFollower``. `nil`: nobody is.
    package var followsNodes: (@Sendable ([NodePlace]) async -> Void)?

    package init(config: ClusterConfig, host: String, certificates: CertificateFolder) {
      self.config = config
      self.host = host
      self.certificates = certificates
    }
  }

  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  private let options: Options
  private let logger: Logger

  package init(options: Options, logger: Logger) {
    self.options = options
    self.logger = logger
  }

  package func run() async throws {
    let config = options.config
    guard let host = config.host(named: options.host) else {
      throw StartError(description: "the cluster's file has no host \(options.host)")
    }
    guard host.roles.contains(.apiserver) else {
      throw StartError(description: "host \(host.name) does not have the role apiserver")
    }
    let stores = config.hosts(with: .store)
    guard !stores.isEmpty else { throw StartError(description: "the cluster's file has no host with the role store") }
    guard let serviceAddress = config.network.services[1] else {
      throw StartError(description: "the service range \(config.network.services) is too small")
    }
    let files = options.certificates.host(host.name)
    var storeConfiguration = StoreClientConfiguration()
    // Every linearisable read asks the leader anyway, directly or through a follower.
    storeConfiguration.balancing = .leader
    storeConfiguration.sharesStream = true
    let storeTLS = try FrontEnd.storeTLS(files)
    storeConfiguration.connection.tlsOfNewConnection = { storeTLS.current().context }
    let client = StoreClient(
      endpoints: stores.map { .tcp(host: $0.address.description, port: Int(config.ports.storeClient)) },
      tls: storeTLS.current().context, group: MultiThreadedEventLoopGroup.singleton,
      configuration: storeConfiguration, logger: logger)
    var settings = RegistryConfiguration()
    settings.serviceCIDR = config.network.services.description
    settings.nodePorts = Int(config.network.nodePorts.lowerBound)...Int(config.network.nodePorts.upperBound)
    let storage = StoreStorage(client: client, prefix: settings.prefix, logger: logger)
    let authorizer = ClusterAuthorizer(logger: logger)
    var environment = FrontEnd.environment(logger: logger)
    environment.roleGuard = { authorizer.roleGuard(for: $0) }
    environment.permits = { authorizer.judge($0, $1).isAllowed }
    let keys = try Self.tokenKeys(files, domain: config.network.domain)
    settings.mountsServiceAccountTokens = keys != nil
    let registry = try ResourceRegistry(storage: storage, configuration: settings, environment: environment)
    let tokens = TokenService(registry: registry, keys: keys, logger: logger)
    let tls = try FrontEnd.reloadingServerTLS(files)
    var serving = FrontEnd.Configuration(
      host: host.address.description, port: Int(config.ports.apiserver), tls: tls.current(),
      kubeletTLS: try FrontEnd.kubeletTLS(files), kubeletPort: Int(config.ports.kubelet))
    serving.tlsOfNewConnection = { tls.current() }
    let frontEnd = FrontEnd(
      configuration: serving, registry: registry, authorizer: authorizer, tokens: tokens, logger: logger,
      storeProblem: {
        do { _ = try await client.currentRevision() } catch { return "\(error)" }
        return nil
      })
    let presence = FrontEndPresence(
      storage: storage, registry: registry, prefix: settings.prefix, address: host.address.description,
      port: Int(config.ports.apiserver), logger: logger)
    let bootstrap = ClusterBootstrap(
      registry: registry, serviceAddress: serviceAddress.description, port: Int(config.ports.apiserver), logger: logger)
    let policy = PolicyBootstrap(registry: registry, logger: logger)
    let compactor = Compactor(client: client, interval: .seconds(300), logger: logger)

    // The registry outlives everything that asks it.
    let caches = Task { await registry.run() }
    let access = Task { await authorizer.run(registry) }
    let result: Result<Void, any Error>
    do {
      try await serve(
        frontEnd, registry: registry, bootstrap: bootstrap, policy: policy, presence: presence, compactor: compactor)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    // Also where it never came to serving; a second time it does nothing.
    await frontEnd.shutdown()
    access.cancel()
    caches.cancel()
    await access.value
    await caches.value
    await client.close()
    try result.get()
  }

  private func serve(
    _ frontEnd: FrontEnd, registry: ResourceRegistry, bootstrap: ClusterBootstrap, policy: PolicyBootstrap,
    presence: FrontEndPresence, compactor: Compactor
  ) async throws {
    do { try await cancelWhenGracefulShutdown { try await registry.waitUntilReady() } } catch is CancellationError {
      return
    }
    let port = try await frontEnd.start()
    logger.info("Serving the Kubernetes API", metadata: ["port": "\(port)"])
    let background = Task {
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          try? await bootstrap.run()
          // Both need the system's namespaces; neither waits for the other.
          await withTaskGroup(of: Void.self) { group in
            group.addTask { await presence.run() }
            group.addTask {
              await policy.run()
              await RoleAggregator(registry: registry, logger: logger).run()
            }
          }
        }
        group.addTask { await compactor.run() }
        if let tell = options.followsNodes {
          group.addTask { await NodeFollower(registry: registry, logger: logger, tell: tell).run() }
        }
      }
    }
    // Returns when the process is told to stop, or throws when the task is cancelled: the same to us.
    try? await gracefulShutdown()
    background.cancel()
    await background.value
    await frontEnd.shutdown()
  }

  /// The keys of service accounts' tokens; nil for a cluster whose certificates were made without.
  private static func tokenKeys(_ files: HostCertificates, domain: String) throws -> TokenKeys? {
    let path = files.serviceAccountKey
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let key = try TokenSigningKey(pem: try String(contentsOfFile: path, encoding: .utf8))
    return TokenKeys(issuer: TokenService.defaultIssuer(domain: domain), signing: key)
  }
}
