import ClusterClient
package import ClusterConfig
package import Logging
import NIOPosix
import ServiceLifecycle

/// The balancer that every host runs on 127.0.0.1 in front of all front-ends.
///
/// It spreads connections over those whose `/readyz` answers, tries the next when one refuses, and ends the
/// connections of one that has died, so that its clients come back by another.
package struct BalancerProcess: Service {
  package struct Options: Sendable {
    /// Where to listen. Default 127.0.0.1.
    package var address: IPv4Address = .init(127, 0, 0, 1)
    package var port: UInt16
    package var frontends: [Endpoint]
    /// PEM of the authority that the front-ends' certificates are checked against.
    package var authority: [UInt8]
    /// How often a front-end is asked. Default 500 ms.
    package var interval: Duration = .milliseconds(500)
    /// How long it may take to answer. Default 1 s.
    package var timeout: Duration = .seconds(1)
    /// How many answers in a row must fail. Default 2.
    package var threshold: Int = 2

    package init(port: UInt16, frontends: [Endpoint], authority: [UInt8]) {
      self.port = port
      self.frontends = frontends
      self.authority = authority
    }
  }

  private let options: Options
  private let logger: Logger

  package init(options: Options, logger: Logger) {
    self.options = options
    self.logger = logger
  }

  /// Serves until it is cancelled or asked to shut down.
  package func run() async throws {
    let router = BalancerRouter(options.frontends)
    let listener = ProxyListener(
      configuration: .init(address: options.address, port: options.port, isTransparent: false),
      group: MultiThreadedEventLoopGroup.singleton, router: router, logger: logger)
    try await listener.start()
    logger.info(
      "Balancing over the front-ends",
      metadata: ["address": "\(options.address):\(options.port)", "frontends": "\(options.frontends)"])
    await withGracefulShutdownHandler {
      await withTaskGroup(of: Void.self) { group in
        for frontend in options.frontends { group.addTask { await watch(frontend, router, listener) } }
        await group.waitForAll()
      }
    } onGracefulShutdown: {
    }
    await listener.close()
  }

  private func watch(_ frontend: Endpoint, _ router: BalancerRouter, _ listener: ProxyListener) async {
    var configuration = ClientConfiguration(server: "https://\(frontend)")
    configuration.certificateAuthority = options.authority
    configuration.requestTimeout = options.timeout
    guard let transport = try? HTTPTransport(configuration: configuration) else { return }
    var failures = 0
    var isAlive = true
    while !Task.isCancelled && !Task.isShuttingDownGracefully {
      let answer = try? await transport.perform(ClusterRequest(.get, "/readyz"))
      if answer?.status == 200 {
        failures = 0
        if !isAlive {
          isAlive = true
          router.setHealth(frontend, isAlive: true)
          logger.info("A front-end is back", metadata: ["frontend": "\(frontend)"])
        }
      } else {
        failures += 1
        if isAlive && failures >= options.threshold {
          isAlive = false
          router.setHealth(frontend, isAlive: false)
          listener.reset(frontend)
          logger.warning("A front-end is dead: its connections are closed", metadata: ["frontend": "\(frontend)"])
        }
      }
      try? await Task.sleep(for: options.interval)
    }
    await transport.shutdown()
  }
}
