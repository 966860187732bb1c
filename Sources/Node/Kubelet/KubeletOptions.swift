package import ClusterConfig

/// How a kubelet is run.
package struct KubeletOptions: Sendable {
  /// Which runtime holds the containers.
  package enum Runtime: Sendable {
    /// A containerd of Apus' own for this host, below this absolute folder. `images` are archives that are imported at
    /// the start.
    case managed(folder: String, images: [String])
    /// A CRI runtime that runs already, and the folder from which it reads its network configuration (nil: not ours to
    /// write).
    case socket(String, networkFolder: String?)
    /// Pretends only.
    case hollow
  }

  package var nodeName: String
  /// The address under which other hosts reach this one; also where the kubelet listens.
  package var hostAddress: IPv4Address
  /// Default 10250; 0 lets the system choose (tests).
  package var port: UInt16 = 10250
  package var kubeconfig: String
  /// Nil: the kubelet's own port is not served (tests of other parts).
  package var server: ServerFiles?
  /// The kubelet's own folder: volumes, logs. Absolute.
  package var root: String
  package var runtime: Runtime
  package var pauseImage: String = "docker.io/library/pause:1"
  /// The range of all pods, for the check of routes.
  package var clusterPods: IPv4Network
  /// The node's own range. Nil: the one that the API assigns (`spec.podCIDR`), for which the kubelet waits.
  package var podRange: IPv4Network?
  /// Below this cgroup the pods' are made. Each host of a machine needs its own.
  package var cgroupParent: String
  /// How often the Lease is renewed. Default 1 s.
  package var leaseRenew: Duration = .seconds(1)
  /// How often the runtime is looked at. Default 1 s.
  package var relist: Duration = .seconds(1)
  package var clusterDomain: String = "cluster.local"
  /// Addresses of the cluster's DNS; none: pods use the host's resolv.conf.
  package var clusterDNS: [String] = []
  package var maxPods: Int64 = 110
  package var labels: [String: String] = [:]
  package var version: String = "v1.33.0"
  /// Whether routes to other nodes' pods are set. Off in tests that have no other nodes.
  package var managesRoutes: Bool = true

  /// PEM files of the kubelet's server.
  package struct ServerFiles: Sendable {
    package var certificate: String
    package var key: String
    /// The authority that signs clients.
    package var clientAuthority: String

    package init(certificate: String, key: String, clientAuthority: String) {
      self.certificate = certificate
      self.key = key
      self.clientAuthority = clientAuthority
    }
  }

  package init(
    nodeName: String, hostAddress: IPv4Address, kubeconfig: String, server: ServerFiles?, root: String,
    runtime: Runtime, clusterPods: IPv4Network, podRange: IPv4Network? = nil, cgroupParent: String
  ) {
    self.nodeName = nodeName
    self.hostAddress = hostAddress
    self.kubeconfig = kubeconfig
    self.server = server
    self.root = root
    self.runtime = runtime
    self.clusterPods = clusterPods
    self.podRange = podRange
    self.cgroupParent = cgroupParent
  }

  /// The options of a host of a cluster. `data` is the host's data folder; everything of the kubelet lies in
  /// `data`/kubelet and of its containerd in `data`/containerd.
  package init(cluster: ClusterConfig, host: ClusterConfig.Host, certificates: HostCertificates, data: String) {
    let folder = data.hasPrefix("/") ? data : FolderPath.absolute(data)
    let runtime: Runtime =
      switch cluster.runtime.kind {
      case .managed:
        .managed(folder: "\(folder)/containerd", images: cluster.runtime.images.map(FolderPath.absolute))
      case .socket(let path): .socket(path, networkFolder: "/etc/cni/net.d")
      case .hollow: .hollow
      }
    self.init(
      nodeName: host.name, hostAddress: host.address, kubeconfig: certificates.kubeconfig(.kubelet),
      server: ServerFiles(
        certificate: certificates.kubeletServer.certificate, key: certificates.kubeletServer.key,
        clientAuthority: certificates.trust(.cluster)),
      root: "\(folder)/kubelet", runtime: runtime, clusterPods: cluster.network.pods,
      cgroupParent: "/apus-\(cluster.name)/\(host.name)")
    port = cluster.ports.kubelet
    pauseImage = cluster.runtime.pauseImage
    leaseRenew = cluster.timing.nodeLeaseRenew
    clusterDomain = cluster.network.domain
  }
}
