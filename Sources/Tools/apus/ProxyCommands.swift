import ArgumentParser
import ClusterClient
import ClusterConfig
import FoundationEssentials
import Logging
import Observability
import ServiceLifecycle
import ServiceProxy

/// `apus proxy`: ClusterIP and NodePort traffic of this node.
struct Proxy: RoleCommand {
  static let role = ClusterConfig.Role.proxy
  static let configuration = CommandConfiguration(
    abstract: "Balance ClusterIP and NodePort traffic on this node.",
    discussion: "Needs root, for the packet rules, and nftables.")

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    let client = try ClusterClient(
      kubeconfigFile: options.certificates.kubeconfig(.proxy), userAgent: "apus-proxy")
    return ServiceProxyProcess(
      options: .init(node: host.name, address: host.address, serviceRange: config.network.services), client: client,
      logger: logger)
  }
}

/// `apus balancer`: the way to the front-ends, on 127.0.0.1 of every host.
struct Balancer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Balance 127.0.0.1:6443 over the front-ends that are ready.")

  @OptionGroup var file: ConfigOptions

  @Option(help: "The certificate (PEM) of the authority of the front-ends; or use --certs and --host.")
  var authority: String?

  @Option(help: "The folder with the certificates.")
  var certs: String?

  @Option(help: "This host's name in the cluster's file.")
  var host: String?

  mutating func run() async throws {
    Observability.bootstrap()
    let config = try file.load()
    let path: String
    if let authority {
      path = authority
    } else if let certs, let host {
      path = CertificateFolder(path: certs).host(host).trust(.cluster)
    } else {
      throw ValidationError("say --authority FILE, or --certs DIR and --host NAME")
    }
    guard let pem = FileManager.default.contents(atPath: path) else { throw ValidationError("\(path) cannot be read") }
    let frontends = config.hosts(with: .apiserver).map {
      Endpoint(address: $0.address, port: config.ports.apiserver)
    }
    guard !frontends.isEmpty else { throw ValidationError("no host of \(file.config) has the role apiserver") }
    let logger = Logger(label: "balancer")
    try await runToTheEnd(
      BalancerProcess(
        options: .init(port: config.ports.balancer, frontends: frontends, authority: Array(pem)), logger: logger),
      logger)
  }
}
