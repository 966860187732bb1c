import ArgumentParser
import ClusterConfig
import ClusterJoin
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
    let renewal = CertificateRenewal(host: host, certificates: options.certificates, logger: logger)
    renewal.complete()
    let kubelet = try KubeletProcess(
      KubeletOptions(cluster: config, host: host, certificates: options.certificates, data: options.data),
      logger: logger)
    return KubeletWithRenewal(kubelet: kubelet, renewal: renewal)
  }
}

/// The kubelet, and beside it the renewal of the node's certificates.
private struct KubeletWithRenewal: Service {
  let kubelet: KubeletProcess
  let renewal: CertificateRenewal

  func run() async throws {
    let renewing = Task { try await renewal.run() }
    defer { renewing.cancel() }
    try await kubelet.run()
  }
}
