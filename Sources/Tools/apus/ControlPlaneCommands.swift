import APIServer
import AccessTokens
import ArgumentParser
import ClusterConfig
import ControllerKit
import Controllers
import FoundationEssentials
import Logging
import NodeNetwork
import PKI
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
    var settings = APIServerProcess.Options(
      config: config, host: host.name, certificates: CertificateFolder(path: options.certs))
    // Proxied requests go from here to pods. Where there is a kubelet, it keeps the routes.
    if !host.roles.contains(.kubelet), !host.address.isLoopback {
      let routes = RouteTable(planner: RoutePlanner(own: nil, clusterPods: config.network.pods), logger: logger)
      settings.followsNodes = { await routes.reconcile($0.compactMap { RemoteNode($0) }) }
    }
    return APIServerProcess(options: settings, logger: logger)
  }
}

extension RemoteNode {
  /// `nil` while the node has no address or no pods' range.
  init?(_ place: NodePlace) {
    guard let address = IPv4Address(place.address), let range = IPv4Network(place.podRange) else { return nil }
    self.init(name: place.name, address: address, podRange: range)
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
    var settings = ControllerManagerOptions(
      kubeconfig: options.certificates.kubeconfig(.controllerManager), identity: host.name,
      election: LeaderElectionTiming(config.timing),
      nodes: .init(
        gracePeriod: config.timing.nodeMonitorGrace, defaultToleration: config.timing.defaultNotReadyToleration),
      clusterCIDR: config.network.pods.description, nodePrefix: config.network.nodePrefix, nodeRanges: ranges)
    settings.certificates = try CertificateOptions(config, options.certificates)
    let tokenKey = options.certificates.controllerServiceAccountKey
    if FileManager.default.fileExists(atPath: tokenKey) {
      settings.tokenKey = try TokenSigningKey(pem: String(contentsOfFile: tokenKey, encoding: .utf8))
    }
    return try ControllerManagerProcess(settings, logger: logger)
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

extension CertificateOptions {
  /// Of a host that runs the controller manager. Without the key of the cluster's authority, which `apus certs init`
  /// gives such hosts, there is no authority to sign with.
  /// - Throws: when there is a key that cannot be used.
  init?(_ config: ClusterConfig, _ files: HostCertificates) throws {
    guard let authority = try? String(contentsOfFile: files.trust(.cluster), encoding: .utf8),
      let frontEnd = config.hosts(with: .apiserver).first
    else { return nil }
    var signing: CertificateAuthority?
    if FileManager.default.fileExists(atPath: files.clusterSigningKey) {
      signing = try CertificateAuthority(
        certificatePEM: authority, keyPEM: String(contentsOfFile: files.clusterSigningKey, encoding: .utf8))
    }
    self.init(
      authorityPEM: authority, authority: signing, server: "https://\(frontEnd.address):\(config.ports.apiserver)",
      configuration: config.yaml,
      hosts: Dictionary(config.hosts.map { ($0.name, $0.address.description) }) { first, _ in first },
      reserved: [config.network.services, config.network.pods])
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
