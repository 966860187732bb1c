import ArgumentParser
import ClusterConfig
import Logging
import Observability
import ServiceLifecycle

/// A role of a host as a subcommand: sets the process up, makes the role's service and runs it to its end.
protocol RoleCommand: AsyncParsableCommand, Sendable {
  static var role: ClusterConfig.Role { get }
  var options: HostOptions { get }
  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service
}

extension RoleCommand {
  mutating func run() async throws {
    Observability.bootstrap(level: options.logLevel.level)
    let (config, host) = try options.load()
    guard host.roles.contains(Self.role) else {
      throw ValidationError(
        "the host \(host.name) does not have the role \(Self.role.rawValue) in \(options.file.config)")
    }
    let logger = Logger(label: Self.role.rawValue)
    let service = try await makeService(config, host, logger)
    try await runToTheEnd(service, logger)
  }
}

/// Runs a service until it ends or the process is asked to stop by SIGTERM or SIGINT.
func runToTheEnd(_ service: any Service, _ logger: Logger) async throws {
  var configuration = ServiceGroupConfiguration(
    services: [.init(service: service)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
  configuration.maximumGracefulShutdownDuration = .seconds(10)
  configuration.maximumCancellationDuration = .seconds(5)
  try await ServiceGroup(configuration: configuration).run()
}
