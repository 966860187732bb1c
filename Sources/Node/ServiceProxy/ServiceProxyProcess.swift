package import ClusterClient
package import ClusterConfig
import KubernetesAPI
package import Logging
import NIOPosix
import ServiceLifecycle
import Supervision

/// The service proxy of a node: follows Services and EndpointSlices and balances TCP connections over the ready
/// endpoints.
package struct ServiceProxyProcess: Service {
  package struct Options: Sendable {
    package var node: String
    /// The host's own address: what its own connections to services come from.
    package var address: IPv4Address
    package var serviceRange: IPv4Network
    /// Where redirected connections arrive. Default 10255.
    package var listener: UInt16 = 10255

    package init(node: String, address: IPv4Address, serviceRange: IPv4Network) {
      self.node = node
      self.address = address
      self.serviceRange = serviceRange
    }
  }

  private let options: Options
  private let client: ClusterClient
  private let logger: Logger

  package init(options: Options, client: ClusterClient, logger: Logger) {
    self.options = options
    self.client = client
    self.logger = logger
  }

  /// Serves until it is cancelled or asked to shut down. The packet rules go with it; a proxy that is killed leaves
  /// them, and the next one replaces them in one transaction.
  package func run() async throws {
    let router = ServiceRouter()
    let listener = ProxyListener(
      configuration: .init(address: .init(0, 0, 0, 0), port: options.listener, isTransparent: true),
      group: MultiThreadedEventLoopGroup.singleton, router: router, logger: logger)
    let rules = PacketRules(serviceRange: options.serviceRange, listener: options.listener)
    let services = Informer(client, codec: .followed(CoreV1.Service.self), logger: logger)
    let slices = Informer(client, codec: .followed(DiscoveryV1.EndpointSlice.self), logger: logger)
    let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    services.addHandler { _ in changed.yield() }
    slices.addHandler { _ in changed.yield() }
    try await listener.start()
    do throws(Command.Failure) {
      // A host without a default route would not send to a service at all: give the packets a way to the rules.
      try Command.run(["ip", "route", "replace", "\(options.serviceRange)", "dev", "lo", "src", "\(options.address)"])
    } catch {
      logger.warning("The host's own connections to services may find no route", metadata: ["error": "\(error)"])
    }
    var failure: (any Error)?
    do {
      try await cancelWhenGracefulShutdown {
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await services.run() }
          group.addTask { try await slices.run() }
          group.addTask {
            try await services.waitForSync()
            try await slices.waitForSync()
            let table = ServiceTable(
              services: services.list(), slices: slices.list(), node: options.node, serviceRange: options.serviceRange)
            router.update(table)
            try NFTables.apply(rules.install(table))
            logger.info(
              "Serving", metadata: ["frontends": "\(table.entries.count)", "listener": "\(options.listener)"])
            for await _ in changes { apply(services.list(), slices.list(), rules, router) }
          }
          try await group.next()
          group.cancelAll()
        }
      }
    } catch is CancellationError {
      // How it is meant to end.
    } catch {
      failure = error
    }
    // However it ended: a rule that is left would lead packets to a port on which nobody listens.
    try? NFTables.apply(rules.remove)
    _ = try? Command.run(["ip", "route", "del", "\(options.serviceRange)", "dev", "lo"])
    await listener.close()
    if let failure { throw failure }
  }

  /// Order: what comes is routed before packets arrive, what goes is unrouted after they stop.
  private func apply(
    _ services: [CoreV1.Service], _ slices: [DiscoveryV1.EndpointSlice], _ rules: PacketRules, _ router: ServiceRouter
  ) {
    let table = ServiceTable(services: services, slices: slices, node: options.node, serviceRange: options.serviceRange)
    let old = router.update(table)
    guard table != old else { return }
    guard let script = rules.update(from: old, to: table) else { return }
    do throws(NFTables.Failure) {
      try NFTables.apply(script)
    } catch {
      logger.warning("The packet rules are made anew", metadata: ["reason": "\(error)"])
      do throws(NFTables.Failure) {
        try NFTables.apply(rules.install(table))
      } catch {
        logger.error("The packet rules could not be set", metadata: ["error": "\(error)"])
      }
    }
  }
}
