import APIServer
import ArgumentParser
import ClusterConfig
import ControllerKit
import Controllers
import Logging
import Scheduling
import ServiceLifecycle

/// `apus apiserver`: one front-end.
struct APIServerCommand: RoleCommand {
  static let role = ClusterConfig.Role.apiserver
  static let configuration = CommandConfiguration(
    commandName: "apiserver", abstract: "Run one front-end: the Kubernetes API over the store.",
    discussion: "It holds no state: run as many as you like.")

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    APIServerProcess(
      options: .init(config: config, host: host.name, certificates: CertificateFolder(path: options.certs)),
      logger: logger)
  }
}

/// `apus controller-manager`: all controllers.
struct ControllerManager: RoleCommand {
  static let role = ClusterConfig.Role.controllerManager
  static let configuration = CommandConfiguration(
    commandName: "controller-manager", abstract: "Run the controllers; of several instances one leads.")

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    var ranges: [String: String] = [:]
    for (index, node) in config.hosts(with: .kubelet).enumerated() {
      ranges[node.name] = config.podRange(ofNode: index)?.description
    }
    return try ControllerManagerProcess(
      ControllerManagerOptions(
        kubeconfig: options.certificates.kubeconfig(.controllerManager), identity: host.name,
        election: LeaderElectionTiming(config.timing),
        nodes: .init(
          gracePeriod: config.timing.nodeMonitorGrace, defaultToleration: config.timing.defaultNotReadyToleration),
        clusterCIDR: config.network.pods.description, nodePrefix: config.network.nodePrefix, nodeRanges: ranges),
      logger: logger)
  }
}

/// `apus scheduler`: places pods on nodes.
struct SchedulerCommand: RoleCommand {
  static let role = ClusterConfig.Role.scheduler
  static let configuration = CommandConfiguration(
    commandName: "scheduler", abstract: "Run the scheduler; of several instances one leads.")

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    try SchedulerProcess(
      SchedulerOptions(
        kubeconfig: options.certificates.kubeconfig(.scheduler), identity: host.name,
        election: LeaderElectionTiming(config.timing)),
      logger: logger)
  }
}

extension LeaderElectionTiming {
  /// A leader gives up halfway between a renewal and the end of its lease.
  init(_ timing: ClusterConfig.Timing) {
    self.init(
      leaseDuration: timing.leaderLease, renewDeadline: (timing.leaderLease + timing.leaderRenew) / 2,
      retryPeriod: timing.leaderRenew)
  }
}

extension APIServerProcess: Service {}
