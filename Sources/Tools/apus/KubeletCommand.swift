import ArgumentParser
import ClusterConfig
import FoundationEssentials
import Kubelet
import Logging
import ServiceLifecycle

/// `apus kubelet`: the node's agent.
struct KubeletCommand: RoleCommand {
  static let role = ClusterConfig.Role.kubelet
  static let configuration = CommandConfiguration(
    commandName: "kubelet", abstract: "Run the node's agent, which runs pods in containers.",
    discussion: """
      Needs root. With `runtime: {kind: managed}` it runs a containerd of its own; pods live on when it ends.
      """)

  @OptionGroup var options: HostOptions

  func makeService(_ config: ClusterConfig, _ host: ClusterConfig.Host, _ logger: Logger) async throws -> any Service {
    try KubeletProcess(
      KubeletOptions(cluster: config, host: host, certificates: options.certificates, data: options.data),
      logger: logger)
  }
}
